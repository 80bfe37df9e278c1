"""Formulas stored as text, and texts that only begin like a formula."""

import pytest

from ingest.parsing.formulas import is_error, is_formula


@pytest.mark.parametrize(
    "text",
    [
        '=DISPIMG("ID_4F0C",1)', '=_xlfn.DISPIMG("ID_4F0C",1)', '=_xlfn.IMAGE("x")', "=A1+1", "=$B$2", "=B2&C2",
        '=HYPERLINK("x","KN-1")', "=SUM(A1:A9)", "=-A1*2", "='Tháng 9'!B4", "=Sheet1!B4", "=1+2", "=@INDEX(A:A,2)",
        "= vlookup(A1;B:C;2;0)", "'=A1+1",
    ],
)  # fmt: skip
def test_formulas_are_recognised(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "===",
        "=> đã trả lời",
        "= 5 hộ",
        "- ý 1",
        "+ ý 2",
        "=",
        "= như trên",
        "=>A1",
        "KN=A1+1",
        "=x2 (nhân đôi)",
        "=1+1 + thêm hộ",
    ],
)
def test_a_text_that_only_begins_like_a_formula_is_not_one(text: str) -> None:
    assert not is_formula(text)


def test_errors_of_excel_and_libreoffice_are_recognised() -> None:
    assert all(map(is_error, ["#N/A", "#ref!", " #NAME? ", "Err:502", "#SPILL!"]))
    assert not any(map(is_error, ["#1", "# ý 1", "Err: sai", "N/A"]))
