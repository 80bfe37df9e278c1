"""The result of a check of a feed, parsed from the JSON of the command line. Pure.

The texts come from the sender's file: they are untrusted and are escaped on output.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Finding:
    """One finding of `doithoai check --json`; it covers `count` cells, `cell` is the first.

    `reason_by` and `reason_at` (ISO format) are the author and time of its reason, if known. `cells` are ranges of the
    cells; `cells_more` is the number of cells outside these ranges.
    """

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
    reason_by: str = ""
    reason_at: str = ""
    cells: tuple[str, ...] = ()
    cells_more: int = 0

    @property
    def letter(self) -> str:
        """The column letter of the cell; '' if the finding is about no single cell."""
        _, sign, place = self.cell.rpartition("!")
        return place.rstrip("0123456789") if sign else ""

    @property
    def is_repair(self) -> bool:
        """Whether the finding reports how a cell was read, not an error."""
        return self.rule.startswith("repaired_")

    @property
    def waits(self) -> bool:
        """Whether the sender still has to give a reason."""
        return self.needs_reason and not self.reason


@dataclass(frozen=True)
class Question:
    """The findings of one rule that wait for a reason, grouped into answers by confirmation key."""

    rule: str
    answers: tuple[tuple[Finding, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The confirmation key of each answer."""
        return tuple(answer[0].confirmation_key for answer in self.answers)


@dataclass(frozen=True)
class Block:
    """Rows of one block of a sheet: `columns` are (letter, header), `rows` are (row number, cells)."""

    sheet: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class SheetChanges:
    """Counts of the rows of a sheet that differ from the last accepted version."""

    sheet: str
    added: int
    changed: int
    withdrawn: int
    set_aside: int


@dataclass(frozen=True)
class Change:
    """A changed field of a row, or an added, withdrawn or quarantined row (without a header)."""

    row_key: str
    change: str
    cell: str | None
    header: str
    before_shown: str
    after_shown: str


@dataclass(frozen=True)
class InForce:
    """The version in force of a file whose bytes landed before: its feed id, file name and time of receipt."""

    feed_id: str
    file_name: str
    received_at: datetime


@dataclass(frozen=True)
class UnusedReason:
    """A reason that no longer matches a finding of the file."""

    cell: str
    message: str
    reason: str
    by: str = ""


@dataclass(frozen=True)
class CheckedFile:
    """The check result of an uploaded file; `return_workbook` is the sender's file with notes, as bytes."""

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
    in_force: InForce | None = None
    unused: tuple[UnusedReason, ...] = ()
    sender_code: str = ""

    def of_tier(self, tier: str) -> tuple[Finding, ...]:
        """The findings of a tier that report an error or need a reason, in the order of the file."""
        return tuple(each for each in self.findings if each.tier == tier and (each.waits or not each.is_repair))

    @property
    def errors(self) -> int:
        """The number of findings that quarantine a row or reject the file."""
        return len(self.of_tier("feed")) + len(self.of_tier("row"))

    @property
    def notes(self) -> int:
        """The number of findings that quarantine nothing and need no reason."""
        return sum(not each.waits for each in self.of_tier("warn"))

    @property
    def is_clean(self) -> bool:
        """Whether the file would be accepted with all its rows."""
        return self.verdict == "accepted" and not self.quarantined

    @property
    def is_compared(self) -> bool:
        """Whether the findings were compared with the previous version; early releases did not store its findings."""
        return bool(self.fixed) or any(each.standing for each in self.findings)

    @property
    def repairs(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.is_repair and not each.waits)

    @property
    def waiting(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.waits)

    @property
    def explained(self) -> tuple[Finding, ...]:
        """The findings that needed a reason and have one."""
        return tuple(each for each in self.findings if each.needs_reason and each.reason)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions to the sender, one per rule."""
        return questions(self.findings)

    def with_reasons(self, reasons: Mapping[str, str]) -> "CheckedFile":
        """Return the file with `reasons`, by confirmation key, set on the findings that waited for them."""
        findings = (
            replace(each, reason=reasons.get(each.confirmation_key)) if each.waits else each for each in self.findings
        )
        return replace(self, findings=tuple(findings))


def parse_check(result: Mapping[str, Any], workbook: bytes | None = None, workbook_name: str = "") -> CheckedFile:
    """Parse the JSON of a check; raise KeyError if a key is missing, ValidationError if a value has another type."""
    cover, changes = result.get("cover") or {}, result.get("changes") or {}
    return CheckedFile(
        name=result["file"],
        verdict=result["verdict"],
        feed_id=result["feed_id"],
        rows=result["rows"],
        quarantined=result["quarantined"],
        sender=cover.get("sender_name") or cover.get("sender_unit_code") or "",
        period=str(cover.get("period") or ""),
        prepared_by=cover.get("prepared_by") or "",
        previous=result.get("previous"),
        findings=parse_findings(result["findings"]),
        fixed=parse_findings(result.get("fixed", ())),
        blocks=tuple(_block(each) for each in result.get("snippets", ())),
        sheets=_many(SheetChanges, changes.get("sheets", ())),
        changes=_many(Change, changes.get("rows", ())),
        return_workbook=workbook,
        return_name=workbook_name,
        in_force=next(iter(_many(InForce, filter(None, [result.get("in_force")]))), None),
        unused=_many(UnusedReason, result.get("unused", ())),
        sender_code=cover.get("sender_unit_code") or "",
    )


def parse_findings(result: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Parse findings from the JSON of the command line."""
    return _many(Finding, result)


def _many(kind: type[Parsed], result: Iterable[Any]) -> tuple[Parsed, ...]:
    """Return the objects as dataclasses of `kind`; keys that are not its fields are ignored."""
    return tuple(map(TypeAdapter(kind).validate_python, result))


def _block(result: Mapping[str, Any]) -> Block:
    columns = tuple((each["letter"], each["header"]) for each in result["columns"])
    return Block(result["sheet"], columns, tuple((each["row_number"], tuple(each["cells"])) for each in result["rows"]))


def questions(findings: Iterable[Finding]) -> tuple[Question, ...]:
    """Group the findings that wait for a reason into one question per rule, in their order."""
    asked: dict[str, dict[str, tuple[Finding, ...]]] = {}
    for each in findings:
        if each.waits:
            answers = asked.setdefault(each.rule, {})
            answers[each.confirmation_key] = (*answers.get(each.confirmation_key, ()), each)
    return tuple(Question(rule, tuple(answers.values())) for rule, answers in asked.items())


def by_row(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Group findings by row; a finding of no row or of several rows forms its own group."""
    found: dict[object, tuple[Finding, ...]] = {}
    for number, each in enumerate(findings):
        is_of_one_row = each.row_number is not None and each.count == 1
        key = (each.sheet, each.row_number) if is_of_one_row else number
        found[key] = (*found.get(key, ()), each)
    return tuple(found.values())
