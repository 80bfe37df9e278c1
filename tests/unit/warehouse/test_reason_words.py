"""Texts without a reason are recognized, in linear time."""

import time

import pytest

from warehouse.reason_words import FORMULA, NOTHING_SAID, why_no_reason


@pytest.mark.parametrize("text", ["=A1", "+SUM(A1:B2)*1,5", "-A1", "@LOG10(F2)", "+F2.X(1)"])
def test_text_that_computes_is_a_formula(text: str) -> None:
    assert why_no_reason(text) == FORMULA


@pytest.mark.parametrize("text", ["- do mưa lũ", "+84 912 gọi lại sau", "Theo kế hoạch vốn"])
def test_words_are_a_reason_after_any_prefix(text: str) -> None:
    assert why_no_reason(text) == ""


@pytest.mark.parametrize("text", ["...", "aaa", "x"])
def test_empty_phrases_are_no_reason(text: str) -> None:
    assert why_no_reason(text) == NOTHING_SAID


@pytest.mark.parametrize("part", ["1", "A1", "1.", "+", "A("])
def test_a_long_text_is_judged_quickly(part: str) -> None:
    started = time.perf_counter()
    assert why_no_reason(f"-{part * 2_000} lý do") == ""
    assert time.perf_counter() - started < 1
