"""The letter encodings of senders."""

import unicodedata

import pytest
from viparse.normalize.tables import convert
from viparse.normalize.tcvn3 import TCVN3

from sample_province.letters import Letters, encoded


@pytest.mark.parametrize(
    ("text", "legacy"),
    [("Kim Bảng", "Kim B¶ng"), ("Số người dự", "Sè ng\u00adêi dù"), ("Đất đai", "§Êt ®ai"), ("Ủy ban", "ñy ban")],
)
def test_tcvn3_is_the_inverse_of_the_public_table(text: str, legacy: str) -> None:
    assert encoded(text, Letters.TCVN3) == legacy


def test_tcvn3_round_trips_without_accented_capitals() -> None:
    text = "Đề nghị nạo vét kênh mương nội đồng bị bồi lắng, gây úng khi mưa lớn tại xã Hòa Hậu"
    assert convert(encoded(text, Letters.TCVN3), TCVN3) == text


@pytest.mark.parametrize(
    ("text", "old"),
    [("hòa", "hoà"), ("Thủy", "Thuỷ"), ("Nguyễn Úy", "Nguyễn Uý"), ("quý", "quý"), ("múa", "múa"), ("hoàn", "hoàn")],
)
def test_old_tone_places(text: str, old: str) -> None:
    assert encoded(text, Letters.OLD_TONES) == old


def test_the_other_d_with_a_stroke() -> None:
    assert encoded("Đồng đều", Letters.OLD_TONES) == "\u00d0ồng đều"


def test_decomposed_text_composes_to_the_original() -> None:
    written = encoded("Bình Lục", Letters.DECOMPOSED)
    assert len(written) > len("Bình Lục")
    assert unicodedata.normalize("NFC", written) == "Bình Lục"
