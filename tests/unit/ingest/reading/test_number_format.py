"""Numbers with a code's format are read as displayed; plain numbers, dates and amounts are read as stored."""

import time

import pytest

from ingest.reading.workbook.number_format import shown_by


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ('"KN-347-"0000', 1, "KN-347-0001"),
        ('"KN-347-"000#', 12, "KN-347-0012"),
        ("\\K\\N\\-000", 10, "KN-010"),
        ("00000", 688, "00688"),
        ("00000", 101010, "101010"),
        ("00-000", 1234567, "1234-567"),
        ('"HN-"General', 7, "HN-7"),
        ('[Red]"KN-"00;"âm "0', 7, "KN-07"),
        ('0"/TB";;"không có"', 3, "3/TB"),
        ("0%", 0.5, "50%"),
        ("0.00%", 0.125, "12,50%"),
    ],
)
def test_a_formatted_number_is_read_as_displayed(pattern: str, number: float, text: str) -> None:
    shown = shown_by(pattern, float(number))
    assert shown is not None
    assert shown.text == text


@pytest.mark.parametrize(
    "pattern",
    ["General", "0", "#,##0", "0.00", "@", "_-* #,##0_-", "dd/mm/yyyy", '[$-42A]dd" tháng "mm', "mmm-yy", "[h]:mm",
     "0.00E+00"],
)  # fmt: skip
def test_plain_numbers_and_days_are_unchanged(pattern: str) -> None:
    assert shown_by(pattern, 45505.0) is None


@pytest.mark.parametrize(
    ("pattern", "number"), [('[<10]"a"0;"b"0', 3), ('0"/TB";;"không có"', 0), ('"KN-"000', 1.5), ('"KN-"000', -1)]
)
def test_unsupported_formats_are_not_guessed(pattern: str, number: float) -> None:
    shown = shown_by(pattern, float(number))
    assert shown is not None
    assert shown.text is None


def test_an_excessively_long_format_is_read_in_constant_time() -> None:
    started = time.perf_counter()
    shown = shown_by("x" * 20_000 + '"', 1.0)
    assert shown is not None
    assert shown.text is None
    assert time.perf_counter() - started < 1
