"""Notes about a sheet that the parser of workbooks does not provide."""

from dataclasses import dataclass, field

from ingest.reading.grid import Merged, Position, Shown

LONGEST_FORMULA = 1_000
"""Maximum number of letters of a stored formula."""


@dataclass
class SheetNotes:
    """Notes from the records or the XML of one sheet.

    `texts` are those of error cells, of formulas without a computed result, and of numbers to be read as displayed
    (50%); `zeros` the cells of formulas whose stored result is zero, as programs without a calculation engine write
    it; `shown` the displayed texts of numbers with a custom format; `merged` the merged blocks, if the parser does not
    provide them; `hidden_rows` count from 0. `far_cell` is the first cell beyond any sensible range, `unordered` is
    whether rows are out of order. `unread` is whether the records are incomplete, so that notes may be missing.
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
        """Note the displayed text of a number: percentages apply in every column, other texts only in code columns."""
        if shown and shown.text and shown.text.endswith("%"):
            self.texts[position] = shown.text
        elif shown:
            self.shown[position] = shown
