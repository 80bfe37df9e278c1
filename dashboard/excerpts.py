"""Excerpts of a sender's sheet around the cells of findings. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.check_result import Block, Finding
from dashboard.text.file_check import received

AROUND = 2
"""Columns shown on either side of a cell."""

LONGEST_CELL = 120
"""Characters shown of a cell."""


@dataclass(frozen=True)
class ExcerptRow:
    """A numbered row of an excerpt; `is_marked` is set on the row with the marked cells."""

    number: int
    cells: tuple[str, ...]
    is_marked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """An excerpt of a sheet: column letters, headers, rows; `marked` are the indexes of the marked columns."""

    letters: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]
    marked: tuple[int, ...]


def excerpt_around(findings: Sequence[Finding], blocks: Sequence[Block]) -> Excerpt | None:
    """Return the excerpt around the cells of findings of one row; None if they have no row."""
    first = findings[0]
    for block in blocks:
        numbers = [number for number, _ in block.rows]
        if block.sheet == first.sheet and first.row_number in numbers:
            return _excerpt(findings, block, numbers.index(first.row_number))
    return None


def _excerpt(findings: Sequence[Finding], block: Block, marked_row: int) -> Excerpt:
    letters = [letter for letter, _ in block.columns]
    wrong = {letters.index(each.letter): each.value for each in findings if each.letter in letters}
    shown = _window(len(letters), sorted(wrong))
    rows = tuple(
        ExcerptRow(number, _texts(cells, wrong if index == marked_row else {}, shown), index == marked_row)
        for index, (number, cells) in enumerate(block.rows)
        if abs(index - marked_row) <= 1
    )
    return Excerpt(
        letters=tuple(letters[column] for column in shown),
        headers=tuple(block.columns[column][1] for column in shown),
        rows=rows,
        marked=tuple(shown.index(column) for column in sorted(wrong)),
    )


def _texts(cells: Sequence[str], wrong: Mapping[int, str], shown: Iterable[int]) -> tuple[str, ...]:
    """Return the texts of the shown cells; a marked cell shows the received text."""
    return tuple(received(wrong.get(column, "") or cells[column])[:LONGEST_CELL] for column in shown)


def _window(columns: int, places: Sequence[int]) -> list[int]:
    """Return the first column, which names the row, and the columns around each place; the first few without places."""
    near = {each for place in places for each in range(max(place - AROUND, 0), min(place + AROUND + 1, columns))}
    return sorted({0, *(near or range(min(2 * AROUND + 1, columns)))})
