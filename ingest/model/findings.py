"""Findings: the results of a check, each about one place of a feed."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from ingest.model.cell_ref import CellRef


class Tier(StrEnum):
    """The effect of a finding: `feed` rejects the feed, `row` quarantines the row, `warn` lets the row land."""

    FEED = "feed"
    ROW = "row"
    WARN = "warn"


class Standing(StrEnum):
    """The status of a finding relative to the previous record of the same sender and period."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"


@dataclass(frozen=True)
class Finding:
    """One finding, with the place as the sender sees it.

    `cell` is a reference like `Kiến nghị!I14`, or the sheet or file name where the finding is not about a single cell;
    `row_number` is None for findings about a whole sheet or file. `count` is the number of cells that the finding
    covers: repairs are reported once per column, at the first cell. `sheet_kind` is the contract's sheet and `row_key`
    the received key of the row, its parts joined by ` / `; both are empty if there is none.

    A finding that `needs_reason` asks the sender for a confirmation, once; `reason` is the sender's answer. `standing`
    is None if the sender has no earlier record for the period. `evidence` is the compared value. A
    `grouped` finding is about a column, with the first of its rows. `fact` is a digest of the typed values to confirm
    and of the row's key as read; empty if the received texts suffice, and in records of earlier releases.
    """

    tier: Tier
    rule: str
    file: str
    sheet: str
    cell: str
    row_number: int | None
    header: str
    field: str
    value: str
    message: str
    remedy: str
    count: int = 1
    sheet_kind: str = ""
    row_key: str = ""
    needs_reason: bool = False
    standing: Standing | None = None
    reason: str = ""
    evidence: str = ""
    grouped: bool = False
    fact: str = ""

    @property
    def ref(self) -> CellRef | None:
        """The cell; None if the finding is about a sheet or file."""
        return CellRef.parse(self.cell)

    @property
    def identity(self) -> str:
        """Equal for the same problem in another version: a digest of rule, column and row key, not the row number."""
        row = self.row_key or ("" if self.row_number is None else f"#{self.row_number}")
        row = "" if self.grouped else row
        return digest(self.rule, self.sheet_kind, self.field, row)

    @property
    def confirmation_key(self) -> str:
        """The key of a confirmation: it applies to the same rule, column and row with the same values as read."""
        return digest(self.rule, self.sheet_kind, self.field, self.fact) if self.fact else self.received_key

    @property
    def received_key(self) -> str:
        """The key under which earlier releases stored a confirmation, a digest of the texts as received."""
        return digest(self.identity, self.value, self.evidence)


def digest_sql(*parts: str) -> str:
    """SQL for the `digest` of SQL expressions, none of them null."""
    return f"left(sha256(concat_ws(chr(31), {', '.join(parts)})), 16)"


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the texts, in this order."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
