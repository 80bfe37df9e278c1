"""Text that looks like a formula is distinguished from numbers, and text is cut to the size of a cell."""

import pytest

from warehouse.exports import cell_text, looks_like_formula

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")']
TEXTS = ["Đề nghị", "12/TB-UBND", "a=b", "-5", "+12,5 %", "-3.25", "", "85 % = tốt"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_recognized(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", TEXTS)
def test_other_text_and_signed_numbers_are_no_formulas(text: str) -> None:
    assert not looks_like_formula(text)


def test_text_is_cut_to_the_size_of_a_cell() -> None:
    assert cell_text("a\x00b") == "a\ufffdb"
    assert len(cell_text("x" * 40_000)) == 32_767
