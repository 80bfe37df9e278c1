"""Numeric cells become texts of up to 15 digits, whose decimal point is never taken for a thousands separator."""

import runpy
from pathlib import Path

import pytest

import ingest.reading.workbook.read
from ingest.parsing import read_integer

CHILD = runpy.run_path(str(Path(ingest.reading.workbook.read.__file__).with_name("child.py")))


@pytest.mark.parametrize(
    ("number", "text", "read"),
    [
        (5.0, "5", 5),
        (1000.0, "1000", 1000),
        (1.234, "1.2340", None),
        (-12.125, "-12.1250", None),
        (1234.567, "1234.567", None),
        (0.1 + 0.2, "0.3", None),
        (999999999999999.0, "999999999999999", 999999999999999),
        (123456789012345678.0, "1.23456789012346e+17", None),
    ],
)
def test_a_number_keeps_its_digits(number: float, text: str, read: int | None) -> None:
    assert CHILD["_text"](number) == text
    assert CHILD["_numbers"]([number, None, 1.0]).to_pylist() == [text, None, "1"]
    assert read_integer(text).value == read
