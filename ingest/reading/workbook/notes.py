"""Facts about a sheet that the workbook parser does not report."""

from dataclasses import dataclass, field

from ingest.reading.grid import Merged, Position, Shown

LONGEST_FORMULA = 1_000
"""Maximum number of characters of a formula that are kept."""


@dataclass
class SheetNotes:
    """Facts from the records or the XML of one sheet.

    `texts` are the texts to read in error cells, in cells whose formula was never computed, and for numbers to be read
    as displayed (50%). `zeros` are the cells with a formula whose stored result is zero, which is also what programs
    without a calculation engine store. `shown` are the displayed texts of numbers in custom formats; `merged` are the
    merged blocks, if the parser does not report them; `hidden_rows` count from 0. `far_cell` is the first cell beyond
    any sensible range; `unordered` is whether rows are out of order. If `unread`, the records or the XML are damaged,
    and facts may be missing.
    """

    far_cell: str = ""
    unordered: bool = False
    texts: dict[Position, str] = field(default_factory=dict)
    zeros: set[Position] = field(default_factory=set)
    shown: dict[Position, Shown] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    unread: bool = False

    def note_shown(self, position: Position, shown: Shown | None) -> None:
        """Note how a number is displayed: a percentage is read in every column, other texts only in code columns."""
        if shown and shown.text and shown.text.endswith("%"):
            self.texts[position] = shown.text
        elif shown:
            self.shown[position] = shown
