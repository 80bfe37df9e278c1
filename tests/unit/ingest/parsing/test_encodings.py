"""Legacy encodings are detected by column and by cell."""

import pytest

from ingest.model.received import Encoding
from ingest.parsing import (
    Reading,
    both_ways,
    column_encoding,
    column_encodings,
    letters_of,
    other_reading,
    repair_text,
    to_unicode,
)
from tests.unit.ingest.parsing.legacy_texts import TEXTS, in_letters


@pytest.mark.parametrize(
    ("texts", "encoding"),
    [
        (["Kim B¶ng", "Thanh Liªm", "phô tr¸ch"], Encoding.TCVN3),
        (["Kim Baûng", "Uûy ban nhaân daân"], Encoding.VNI),
        (["Phá»§ LÃ½", "Kim Báº£ng"], Encoding.UTF8_AS_CP1252),
        (["Phủ Lý", "Kim Bảng"], Encoding.UNICODE),
        (["Phu\u0309 Ly\u0301"], Encoding.UNICODE),
        (["phô", "sè"], Encoding.UNICODE),
        (["abc", None], Encoding.UNICODE),
        (["122/Q\u00d0-UBND"], Encoding.UNICODE),
        (["§", "№ 5"], Encoding.UNICODE),
        (["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Lý Công Uyên", "Đỗ Hà"], Encoding.UNICODE),
    ],
)
def test_the_encoding_of_a_column(texts: list[str | None], encoding: Encoding) -> None:
    assert column_encoding(texts) is encoding


def test_a_column_with_too_little_evidence_follows_its_sheet() -> None:
    assert column_encodings([["Kim B¶ng", "Thanh Liªm"], ["sè"], ["12"]]) == [
        Encoding.TCVN3,
        Encoding.TCVN3,
        Encoding.UNICODE,
    ]


def test_a_mostly_unicode_sheet_does_not_decide_a_column_with_too_little_evidence() -> None:
    assert column_encodings([["Kim B¶ng"], ["Hài lòng", "Rất hài lòng", "Đạt"], ["Lý Công"]])[2] is Encoding.UNICODE


CELLS = [
    ("§Ò nghÞ söa ch÷a ®­êng liªn th«n", Encoding.TCVN3, "Đề nghị sửa chữa đường liên thôn"),
    ("thêi gian phôc vô", Encoding.TCVN3, "thời gian phục vụ"),
    ("Hµ", Encoding.TCVN3, "Hà"),
    ("«ng B»ng", Encoding.TCVN3, "ông Bằng"),
    ("122/Q§-UBND", Encoding.TCVN3, "122/QĐ-UBND"),
    ("QUYÕT §ÞNH", Encoding.TCVN3, "QUYẾT ĐỊNH"),
    ("§ç §øC", Encoding.TCVN3, "ĐỖ ĐỨC"),
    ("UBND x· Méc B¾c", Encoding.TCVN3, "UBND xã Mộc Bắc"),
    ("C«ng ty S¸ccom t¹i x· nghÌo Kim B¶ng", Encoding.TCVN3, "Công ty Sáccom tại xã nghèo Kim Bảng"),
    ("thò traán", Encoding.VNI, "thị trấn"),
    ("12/QÑ-UBND", Encoding.VNI, "12/QĐ-UBND"),
    ("HÃ  Nam", Encoding.UTF8_AS_CP1252, "Hà Nam"),
    ("sá»\xada", Encoding.UTF8_AS_CP1252, "sửa"),
]


@pytest.mark.parametrize(("text", "encoding", "read"), CELLS)
@pytest.mark.parametrize("column", Encoding)
def test_a_certainly_legacy_cell_is_converted_in_any_column(
    text: str, encoding: Encoding, read: str, column: Encoding
) -> None:
    if column in (Encoding.UNICODE, encoding):
        assert (letters_of(text, column), to_unicode(text, column)) == (encoding, read)
    assert repair_text(text) == Reading(read, encoding)


@pytest.mark.parametrize(
    "text",
    [
        *("Lý Công Uyên", "Nguyên Ân", "Hài lòng", "«Hài lòng»", "café Müller", "m²", "30 °C", "½ ha", "5 µm", "§ 5"),
        *("122/QÐ-UBND", "an\xadtoàn", "hoà giải", "Kông", "Rất hài lòng", "« ý kiến »", "10 a¹", "“Tâm”"),
    ],
)
@pytest.mark.parametrize("column", Encoding)
def test_a_cell_that_no_font_improves_is_unchanged(text: str, column: Encoding) -> None:
    if column is Encoding.UNICODE or text in {"Lý Công Uyên", "Hài lòng", "«Hài lòng»", "m²", "½ ha", "§ 5"}:
        assert to_unicode(text, column) == text
    assert other_reading(text) is None


@pytest.mark.parametrize(("text", "in_font"), [("sè", "số"), ("phô", "phụ"), ("Vò Tó", "Vũ Tú"), ("Lê Tú", "Lờ Tỳ")])
def test_an_ambiguous_cell_follows_its_column(text: str, in_font: str) -> None:
    assert (to_unicode(text), to_unicode(text, Encoding.TCVN3)) == (text, in_font)
    assert both_ways(text, Encoding.TCVN3) == in_font
    assert other_reading(text) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Đề nghị söa ch÷a", "Đề nghị sửa chữa"),
        ("Hà Nam ®Ò nghÞ", "Hà Nam đề nghị"),
        ("đường liªn th«n và tr\xadêng", "đường liên thôn và trường"),
        ("Đề nghị sá»\xada", "Đề nghị sửa"),
        ("tèt", "tốt"),
        ("tö", "tử"),
    ],
)
def test_an_undecidable_cell_is_unchanged(text: str, other: str) -> None:
    """The cell is half in a legacy font, in two fonts, or one word that may be a typing error; even U+00AD is kept."""
    assert other_reading(text) == other
    assert repair_text(text) == Reading(text)


@pytest.mark.parametrize("letters", [*list(Encoding)[1:], "nfd"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_single_cell_in_any_encoding_is_restored(text: str, letters: str) -> None:
    """Only case is lost in TCVN3, which has no capitals with tones."""
    read = repair_text(in_letters(text, letters)).value or ""
    if (text, letters) == ("Vũ Tú", Encoding.TCVN3):
        assert read == in_letters(text, letters), "as Vietnamese as Vũ Tú"
    else:
        assert (read.lower() if letters == Encoding.TCVN3 else read) == (
            text.lower() if letters == Encoding.TCVN3 else text
        )
    assert repair_text(text) == Reading(text)
