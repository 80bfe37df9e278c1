"""Columns with dates whose day and month may be swapped, and whether the sender confirmed them. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.model.findings import digest
from ingest.model.received import SheetKind
from ingest.parsing import Reading
from ingest.parsing.swapped import days_of, evidence, is_swapped, may_be_swapped

SWAPPED, KEPT = "swapped_days", "days_kept"
"""The rule about dates that may be swapped, and the rule about such dates that the sender confirmed."""


@dataclass(frozen=True)
class SwapDoubt:
    """The evidence that the dates in a column may be swapped, and whether the sender confirmed them."""

    evidence: str
    confirmed: bool

    def of(self, reading: Reading[Any]) -> tuple[Reading[Any], str]:
        """The reading of a date that may be swapped: without a value unless it was confirmed."""
        value, problem = (reading.value, KEPT) if self.confirmed else (None, SWAPPED)
        return replace(reading, value=value, problem=problem), self.evidence


def swap_doubts(
    kind: SheetKind, cells: Iterable[tuple[str, str, int]], confirmed: Collection[str]
) -> Mapping[str, SwapDoubt]:
    """The doubts by field; `cells` are field, text and number of cells, `confirmed` are confirmation keys."""
    by_field: dict[str, list[tuple[str, int]]] = {}
    for field, text, count in cells:
        by_field.setdefault(field, []).append((text, count))
    found = {field: days for field, texts in by_field.items() if (days := days_of(texts)) and is_swapped(days)}
    evidences = {field: evidence(days) for field, days in found.items()}
    return {field: SwapDoubt(each, _key(kind, field, each) in confirmed) for field, each in evidences.items()}


def has_texts_to_swap(texts: Iterable[str]) -> bool:
    """Whether these texts could be in a column with swapped dates, judged without those that may be swapped."""
    return days_of([("2001-02-01", 1), *((text, 1) for text in texts if not may_be_swapped(text))]) is not None


def _key(kind: SheetKind, field: str, said: str) -> str:
    """The confirmation key of the finding about the column."""
    return digest(digest(SWAPPED, kind.value, field, ""), "", said)
