"""The marks in a return workbook: cells with findings get a note and the colour of the worst finding. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.findings.cell_ranges import CellRange, Group, Groups, key_of
from ingest.model.cell_ref import CellRef
from ingest.model.findings import Finding, Tier
from ingest.return_workbook.words import TIERS
from warehouse.exports import cell_text
from warehouse.invisible import visible

MAX_NOTES = 5_000
_WORST_FIRST = (Tier.FEED, Tier.ROW, Tier.WARN)
_LONGEST_NOTE = 8_000

Rows = list[tuple[int, int]]
"""The first and last rows of disjoint ranges, in order."""


@dataclass(frozen=True)
class Marks:
    """The marks of one sheet: coloured ranges by tier, and notes by cell."""

    ranges: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Marked:
    """The marks of each sheet, and the numbers of coloured cells, of cells with notes, and of cells left uncoloured."""

    marks: Mapping[str, Marks]
    cells: int
    noted: int
    more: int


def marks_of(findings: Sequence[Finding], groups: Groups) -> Marked:
    """The marks of `findings`, given worst first; a finding about many cells marks all that its group lists."""
    marks: dict[str, Marks] = {}
    cells = 0
    for (sheet, letter), tiers in _by_column(findings, groups).items():
        here = marks.setdefault(sheet, Marks())
        for tier, rows in _apart(tiers).items():
            found = [CellRange(sheet, letter, *each) for each in rows]
            here.ranges.setdefault(tier.value, []).extend(each.reference for each in found)
            cells += sum(each.cells for each in found)
    notes = _notes(findings, groups)
    for cell, texts in notes.items():
        marks[cell.sheet].notes[cell.a1] = cell_text(visible("\n\n".join(dict.fromkeys(texts))))[:_LONGEST_NOTE]
    return Marked(marks, cells, len(notes), sum(groups[key].more for key in set(map(key_of, findings)) & set(groups)))


def joined(ranges: Iterable[tuple[int, int]]) -> Rows:
    """The ranges, with adjacent and overlapping ones merged."""
    found: Rows = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def without(ranges: Rows, taken: Rows) -> Rows:
    """The parts of `ranges` outside `taken`."""
    edges = [(0, 0), *taken, (2_000_000, 2_000_000)]
    gaps = [(before[1] + 1, after[0] - 1) for before, after in pairwise(edges)]
    found: Rows = []
    at = 0
    for first, last in ranges:
        while gaps[at][1] < first:
            at += 1
        for gap in range(at, len(gaps)):
            if gaps[gap][0] > last:
                break
            found.append((max(first, gaps[gap][0]), min(last, gaps[gap][1])))
    return [each for each in found if each[0] <= each[1]]


def _apart(tiers: Mapping[Tier, Iterable[tuple[int, int]]]) -> dict[Tier, Rows]:
    """By tier, the rows that have no worse tier."""
    taken: Rows = []
    found = {}
    for tier in _WORST_FIRST:
        rows = joined(tiers.get(tier, ()))
        if left := without(rows, taken):
            found[tier] = left
        taken = joined([*taken, *rows])
    return found


def _by_column(findings: Iterable[Finding], groups: Groups) -> dict[tuple[str, str], dict[Tier, Rows]]:
    found: dict[tuple[str, str], dict[Tier, Rows]] = {}
    for finding in findings:
        for each in _ranges(finding, groups.get(key_of(finding))):
            column = found.setdefault((each.sheet, each.letter), {})
            column.setdefault(finding.tier, []).append((each.first, each.last))
    return found


def _ranges(finding: Finding, group: Group | None) -> Sequence[CellRange]:
    """The cells of a finding; none for a finding about a sheet or file."""
    if group:
        return group.ranges
    ref = finding.ref
    return (CellRange(ref.sheet, ref.letter, ref.row, ref.row),) if ref else ()


def _notes(findings: Iterable[Finding], groups: Groups) -> dict[CellRef, list[str]]:
    """The texts for each cell's note, for at most MAX_NOTES cells: spreadsheets fail to open files with more."""
    notes: dict[CellRef, list[str]] = {}
    for finding in findings:
        group = groups.get(key_of(finding))
        for cell in _cells(_ranges(finding, group)):
            if cell in notes or len(notes) < MAX_NOTES:
                message = group.messages.get(cell, finding.message) if group else finding.message
                notes.setdefault(cell, []).append(f"[{TIERS[finding.tier]}] {message}\n→ {finding.remedy}")
    return notes


def _cells(ranges: Iterable[CellRange]) -> Iterator[CellRef]:
    for each in ranges:
        yield from (CellRef(each.sheet, each.letter, row) for row in range(each.first, each.last + 1))
