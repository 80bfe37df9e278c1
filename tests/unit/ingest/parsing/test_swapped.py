"""Dates whose day and month a spreadsheet in another language swapped, and correct columns that look similar."""

from collections.abc import Sequence

import pytest

from ingest.parsing.swapped import days_of, is_swapped

SWAPPED = ["2024-08-07", "2024-07-08", "2024-09-08", "2024-07-09", "2024-02-09", "2024-11-08"]
TEXTS = ["15/07/2024", "22/07/2024", "14/08/2024", "19/08/2024", "30/07/2024", "13/09/2024"]


def swap(cells: Sequence[str]) -> bool:
    days = days_of((text, 1) for text in cells)
    return days is not None and is_swapped(days)


def test_dates_up_to_12_among_texts_above_12_are_swapped() -> None:
    assert swap([*SWAPPED, *TEXTS])
    assert swap([f"{day} 08:30:00" for day in SWAPPED] + [f"{text} 9:00" for text in TEXTS])
    assert swap([*SWAPPED, *(f"{text[3:5]}/{text[:2]}/{text[6:]}" for text in TEXTS)]), "months first too"
    assert swap(["2024-01-08", "2024-03-08", "2024-11-08", "25/08/2024"]), "far from the texts, near when swapped"


@pytest.mark.parametrize(
    "cells",
    [
        SWAPPED,
        TEXTS,
        [*SWAPPED, "2024-08-25", *TEXTS],
        [*SWAPPED, "05/08/2024", *TEXTS],
        [*SWAPPED[:2], *TEXTS],
        [*SWAPPED, *TEXTS, "08/25/2024"],
        ["2024-08-08", "2024-09-09", "2024-07-07", *TEXTS],
        [*(f"2024-08-{day:02}" for day in range(1, 12)), "13/08/2024", "20/08/2024", "27/08/2024"],
        ["2024-08-05", "2024-08-06", "2024-08-09", "25/08/2024"],
    ],
    ids=["dates", "texts", "a_high_date", "a_low_text", "two_dates", "both_orders", "same_either_way", "one_month",
         "few_that_fit"],
)  # fmt: skip
def test_a_correct_column_is_unchanged(cells: Sequence[str]) -> None:
    assert not swap(cells)
