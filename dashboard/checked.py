"""What the command line says of a feed, as the pages hold it. Pure.

The feed, and with it every text in here, was written by a sender: nothing of it is trusted, all of it is escaped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from dashboard.markup import SheetRow, SmallSheet

AROUND = 2
"""Columns that a small spreadsheet shows on either side of a cell."""


@dataclass(frozen=True)
class Finding:
    """One finding as `doithoai check --json` tells it; `count` cells are covered by it, `cell` is the first."""

    tier: str
    rule: str
    sheet: str
    cell: str
    row_number: int | None
    header: str
    field: str
    value: str
    message: str
    remedy: str
    count: int = 1
    standing: str | None = None
    needs_reason: bool = False
    reason: str | None = None
    confirmation_key: str = ""

    @property
    def letter(self) -> str:
        """The column of the cell; empty where no single cell is meant."""
        _, sign, place = self.cell.rpartition("!")
        return place.rstrip("0123456789") if sign else ""

    @property
    def is_repair(self) -> bool:
        """Whether it tells how something was read, and not that something is wrong."""
        return self.rule.startswith("repaired_")

    @property
    def waits(self) -> bool:
        """Whether the sender has still to say why it is so."""
        return self.needs_reason and not self.reason


@dataclass(frozen=True)
class Block:
    """Rows of one block of a sheet: `columns` are (letter, header), `rows` are (row number, cells)."""

    sheet: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class SheetChanges:
    """How many rows of a sheet differ from the version accepted before."""

    sheet: str
    added: int
    changed: int
    withdrawn: int
    set_aside: int


@dataclass(frozen=True)
class Change:
    """One field of a changed row under its header, or a row added, withdrawn or set aside (then without header)."""

    row_key: str
    change: str
    cell: str | None
    header: str
    before_shown: str
    after_shown: str


@dataclass(frozen=True)
class CheckedFile:
    """A dropped file with all that was said of it; `return_workbook` are the bytes of the sender's file with notes."""

    name: str
    verdict: str
    feed_id: str | None
    rows: int
    quarantined: int
    sender: str
    period: str
    prepared_by: str
    previous: str | None
    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    blocks: tuple[Block, ...]
    sheets: tuple[SheetChanges, ...]
    changes: tuple[Change, ...]
    return_workbook: bytes | None
    return_name: str

    def of_tier(self, tier: str) -> tuple[Finding, ...]:
        """The findings of a tier that tell of something wrong or ask for a reason, in the order of the file."""
        return tuple(each for each in self.findings if each.tier == tier and (each.waits or not each.is_repair))

    @property
    def is_compared(self) -> bool:
        """Whether the findings stand against those of the version before, which an early release did not keep."""
        return bool(self.fixed) or any(each.standing for each in self.findings)

    @property
    def repairs(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.is_repair and not each.waits)

    @property
    def waiting(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.waits)

    @property
    def questions(self) -> tuple[tuple[Finding, ...], ...]:
        """The findings that wait, those together that one reason answers, in the order of the file."""
        found: dict[str, tuple[Finding, ...]] = {}
        for each in self.waiting:
            found[each.confirmation_key] = (*found.get(each.confirmation_key, ()), each)
        return tuple(found.values())

    def answered(self, reasons: Mapping[str, str]) -> "CheckedFile":
        """The file with `reasons`, by confirmation key, at the findings that waited for them."""
        findings = (
            replace(each, reason=reasons.get(each.confirmation_key)) if each.waits else each for each in self.findings
        )
        return replace(self, findings=tuple(findings))


def checked_file(said: Mapping[str, Any], workbook: bytes | None = None, workbook_name: str = "") -> CheckedFile:
    """The outcome `said` by the command line; KeyError where it is none."""
    cover, changes = said.get("cover") or {}, said.get("changes") or {}
    return CheckedFile(
        name=said["file"],
        verdict=said["verdict"],
        feed_id=said["feed_id"],
        rows=said["rows"],
        quarantined=said["quarantined"],
        sender=cover.get("sender_name") or cover.get("sender_unit_code") or "",
        period=str(cover.get("period") or ""),
        prepared_by=cover.get("prepared_by") or "",
        previous=said.get("previous"),
        findings=tuple(_one(Finding, each) for each in said["findings"]),
        fixed=tuple(_one(Finding, each) for each in said.get("fixed", ())),
        blocks=tuple(_block(each) for each in said.get("snippets", ())),
        sheets=tuple(_one(SheetChanges, each) for each in changes.get("sheets", ())),
        changes=tuple(_one(Change, each) for each in changes.get("rows", ())),
        return_workbook=workbook,
        return_name=workbook_name,
    )


def _one(kind: type[Any], said: Mapping[str, Any]) -> Any:
    return kind(**{each.name: said[each.name] for each in fields(kind) if each.name in said})


def _block(said: Mapping[str, Any]) -> Block:
    columns = tuple((each["letter"], each["header"]) for each in said["columns"])
    return Block(said["sheet"], columns, tuple((each["row_number"], tuple(each["cells"])) for each in said["rows"]))


def around(finding: Finding, blocks: Sequence[Block]) -> SmallSheet | None:
    """The small spreadsheet around the cell of a finding; None where no row is meant."""
    for block in blocks:
        numbers = [number for number, _ in block.rows]
        if block.sheet == finding.sheet and finding.row_number in numbers:
            return _small(finding, block, numbers.index(finding.row_number))
    return None


def _small(finding: Finding, block: Block, told: int) -> SmallSheet:
    letters = [letter for letter, _ in block.columns]
    place = letters.index(finding.letter) if finding.letter in letters else None
    shown = _window(len(letters), place)
    rows = tuple(
        SheetRow(number, tuple(cells[column] for column in shown), index == told)
        for index, (number, cells) in enumerate(block.rows)
        if abs(index - told) <= 1
    )
    return SmallSheet(
        letters=tuple(letters[column] for column in shown),
        headers=tuple(block.columns[column][1] for column in shown),
        rows=rows,
        marked=None if place is None else shown.index(place),
    )


def _window(columns: int, place: int | None) -> list[int]:
    """The first column, which names the row, and those around `place`; the first few where there is no place."""
    near = range(columns) if place is None else range(max(place - AROUND, 0), min(place + AROUND + 1, columns))
    return sorted({0, *list(near)[: 2 * AROUND + 1]})
