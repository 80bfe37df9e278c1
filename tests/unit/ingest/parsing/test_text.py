"""Texts that are repaired, texts that are not, and the filter for large columns, which misses none."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model.received import Encoding
from ingest.parsing import SUSPECT_TEXT, Reading, normalised, other_reading, read_code, repair_text
from ingest.parsing.tones import canonical_tones, is_syllable


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ("Nguyễn Úy", "Nguyễn Úy", None),
        ("Nguyễn Uý", "Nguyễn Úy", "tone_mark"),
        ("Nguye\u0302\u0303n", "Nguyễn", "nfc"),
        ("Ðồng Ɖa", "Đồng Đa", "d_stroke"),
        ("  Đất   đai ", "Đất đai", "spaces"),
        ("Đất\u00a0đai\u200b", "Đất đai", "spaces"),
        ("dòng 1 \r\n  dòng 2", "dòng 1\ndòng 2", "spaces"),
        ("   ", None, "spaces"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_repaired_texts(text: str | None, value: str | None, repair: str | None) -> None:
    assert repair_text(text) == Reading(value, repair)


@pytest.mark.parametrize(
    ("text", "encoding", "value"),
    [
        ("Kim B¶ng", Encoding.TCVN3, "Kim Bảng"),
        ("n\u00adíc", Encoding.TCVN3, "nước"),
        ("phô tr¸ch", Encoding.TCVN3, "phụ trách"),
        ("Kim Baûng", Encoding.VNI, "Kim Bảng"),
        ("Uûy ban thaúng", Encoding.VNI, "Ủy ban thẳng"),
        ("HÃ\u00a0 Nam", Encoding.UTF8_AS_CP1252, "Hà Nam"),
        ("Phá»§ LÃ½", Encoding.UTF8_AS_CP1252, "Phủ Lý"),
    ],
)
def test_legacy_texts(text: str, encoding: Encoding, value: str) -> None:
    assert repair_text(text, encoding) == Reading(value, encoding.value)


def test_unicode_in_a_legacy_column_is_unchanged() -> None:
    assert repair_text("Kim Bảng", Encoding.TCVN3) == Reading("Kim Bảng")


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ("13285.0", "13285", "number_text"),
        ("'13285", "13285", "spaces"),
        (" KN-1 ", "KN-1", "spaces"),
        ("KN-1", "KN-1", None),
    ],
)
def test_codes(text: str, value: str, repair: str | None) -> None:
    assert read_code(text) == Reading(value, repair)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà thuỷ loè", "hòa thủy lòe"),
        ("tóan hòan qúy gìa", "toán hoàn quý già"),
        ("thiêú ngươì", "thiếu người"),
        ("HOÀ", "HÒA"),
        ("quý huỳnh khuỷu ngoài thuở giếng", "quý huỳnh khuỷu ngoài thuở giếng"),
        ("café résumé Đắk Lắk", "café résumé Đắk Lắk"),
    ],
)
def test_tone_marks_are_moved_to_one_place(written: str, canonical: str) -> None:
    assert canonical_tones(written) == canonical


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("nghiêng", True),
        ("quyết", True),
        ("giếng", True),
        ("Baỷng", False),
        ("các", True),
        ("càc", False),
        ("kõ", False),
        ("uyờn", False),
        ("cêp", False),
        ("qé", False),
    ],
)
def test_syllables(word: str, is_one: bool) -> None:
    assert is_syllable(word) is is_one


def test_headers_compare_by_their_words() -> None:
    assert normalised(" NGÀY  tổ chức (dd/mm/yyyy)*:") == "ngày tổ chức"
    assert normalised("dialogue_code") == normalised("Dialogue code")
    assert normalised("Hoà giải") == normalised("Hòa giải")
    assert normalised("(1)") == "1"


@pytest.mark.parametrize("text", ["qúa", "Qủy", "gìo", "ơaàc", "thủy", "hoà", "tèt", "Cã", "đường ch÷a", "an\xadtoàn"])
def test_the_filter_selects_misplaced_tone_marks_and_legacy_texts(text: str) -> None:
    with duckdb.connect() as con:
        ((is_suspect,),) = con.execute("select regexp_matches($x, $s)", {"x": text, "s": SUSPECT_TEXT}).fetchall()
    assert is_suspect or repair_text(text) == Reading(text)


_LETTERS = "aàảeềiìoòóôồơờuùúưừyỳýbcghntqđÐQ Ủ\u0301\u00a0\u200b-,.1\n§®µ¸«»\u00adêèÕöñá"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(_LETTERS, max_size=12), min_size=40, max_size=40))
def test_texts_skipped_by_the_filter_need_no_repair(texts: list[str]) -> None:
    with duckdb.connect() as con:
        query = "select x from unnest($texts) t(x) where x <> '' and not regexp_matches(x, $suspect)"
        passed = con.execute(query, {"texts": texts, "suspect": SUSPECT_TEXT}).fetchall()
    assert [repair_text(text) for (text,) in passed] == [Reading(text) for (text,) in passed]
    assert [other_reading(text) for (text,) in passed] == [None] * len(passed)
