"""Text that looks like a formula is told from numbers, and fits into a cell."""

import pytest

from warehouse.exports import cell_text, looks_like_formula

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")']
TEXTS = ["Đề nghị", "12/TB-UBND", "a=b", "-5", "+12,5 %", "-3.25", "", "85 % = tốt"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_told(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", TEXTS)
def test_other_text_and_signed_numbers_are_none(text: str) -> None:
    assert not looks_like_formula(text)


def test_a_cell_holds_no_more_than_a_cell_can() -> None:
    assert cell_text("a\x00b") == "a\ufffdb"
    assert len(cell_text("x" * 40_000)) == 32_767
