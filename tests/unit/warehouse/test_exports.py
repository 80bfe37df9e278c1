"""Text that looks like a formula leaves as text, in CSV and in workbooks."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from warehouse.exports import as_csv, as_workbook, cell_text, csv_text, looks_like_formula

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")']
TEXTS = ["Đề nghị", "12/TB-UBND", "a=b", "-5", "+12,5 %", "-3.25", "", "85 % = tốt"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_told(text: str) -> None:
    assert looks_like_formula(text)
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_other_text_and_signed_numbers_stay(text: str) -> None:
    assert not looks_like_formula(text)
    assert csv_text(text) == text


def test_numbers_in_csv_are_numbers() -> None:
    assert as_csv(["a", "=b"], [[-5, "=1"], [None, 2.5]]).decode("utf-8-sig") == "a,'=b\r\n-5,'=1\r\n,2.5\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_holds_formulas_as_marked_text(text: str) -> None:
    page = load_workbook(io.BytesIO(as_workbook("Trang", ["Cột"], [[text], [7], [date(2024, 9, 5)], [True]])))["Trang"]
    assert (page["A2"].data_type, page["A2"].quotePrefix) == ("s", True)
    assert (page["A3"].value, page["A4"].value.date(), page["A5"].value) == (7, date(2024, 9, 5), "Có")


def test_a_cell_holds_no_more_than_a_cell_can() -> None:
    assert cell_text("a\x00b") == "a\ufffdb"
    assert len(cell_text("x" * 40_000)) == 32_767
