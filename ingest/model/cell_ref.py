"""Cell references, written as in a spreadsheet. Pure."""

import re
from dataclasses import dataclass

_A1 = re.compile(r"([A-Z]{1,3})([0-9]+)")


@dataclass(frozen=True)
class CellRef:
    """One cell of a sheet, written `Kiến nghị!I14` in records, JSON and messages.

    `row` counts from 1. In a CSV file, rows are records, and columns have letters too.
    """

    sheet: str
    letter: str
    row: int

    @property
    def a1(self) -> str:
        """The cell within its sheet: `I14`."""
        return f"{self.letter}{self.row}"

    def __str__(self) -> str:
        return place_in(self.sheet, self.a1)

    @classmethod
    def parse(cls, text: str) -> "CellRef | None":
        """The cell that a text like `Kiến nghị!I14` refers to; None for any other text."""
        sheet, mark, a1 = text.rpartition("!")
        found = _A1.fullmatch(a1) if mark else None
        return cls(sheet, found[1], int(found[2])) if found else None


def place_in(sheet: str, a1: str) -> str:
    """The reference to a cell in a sheet, as text; `a1` may come from a damaged file and be invalid."""
    return f"{sheet}!{a1}"


def sheet_of(place: str) -> str:
    """The sheet or file that a place is in: `Hội nghị` for `Hội nghị!B5` (a cell) and `Hội nghị:3` (a record)."""
    return place.partition("!")[0].partition(":")[0]
