"""Columns whose days may be swapped with months, and whether the sender said that they are right. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.model.findings import digest
from ingest.model.received import SheetKind
from ingest.parsing import Reading
from ingest.parsing.swapped import days_of, evidence, is_swapped, may_be_swapped

SWAPPED, KEPT = "swapped_days", "days_kept"
"""The rule of days that may be swapped, and that of those of which the sender said that they are right."""


@dataclass(frozen=True)
class SwapDoubt:
    """What makes a column doubtful, and whether its days were confirmed as they are."""

    evidence: str
    confirmed: bool

    def of(self, reading: Reading[Any]) -> tuple[Reading[Any], str]:
        """What is made of a day that may be swapped: nothing before it was confirmed."""
        value, problem = (reading.value, KEPT) if self.confirmed else (None, SWAPPED)
        return replace(reading, value=value, problem=problem), self.evidence


def swap_doubts(
    kind: SheetKind, cells: Iterable[tuple[str, str, int]], confirmed: Collection[str]
) -> Mapping[str, SwapDoubt]:
    """By field, the doubt about its days; `cells` are field, text and number of cells, `confirmed` keys of findings."""
    by_field: dict[str, list[tuple[str, int]]] = {}
    for field, text, count in cells:
        by_field.setdefault(field, []).append((text, count))
    found = {field: days for field, texts in by_field.items() if (days := days_of(texts)) and is_swapped(days)}
    told = {field: evidence(days) for field, days in found.items()}
    return {field: SwapDoubt(said, _key(kind, field, said) in confirmed) for field, said in told.items()}


def has_texts_to_swap(texts: Iterable[str]) -> bool:
    """Whether the texts that are no canonical dates could stand beside swapped ones."""
    return days_of([("2001-02-01", 1), *((text, 1) for text in texts if not may_be_swapped(text))]) is not None


def _key(kind: SheetKind, field: str, said: str) -> str:
    """The confirmation key of the finding that tells of the column."""
    return digest(digest(SWAPPED, kind.value, field, ""), "", said)
