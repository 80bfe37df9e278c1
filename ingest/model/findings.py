"""Findings: the results of a check, each about one place in a feed."""

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
    """The status of a finding relative to the sender's previous feed for the period."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"


@dataclass(frozen=True)
class Finding:
    """One finding, with the place as the sender sees it.

    `cell` is a reference like `Kiến nghị!I14`, or a sheet or file name if the finding is not about a single cell;
    `row_number` is None for findings about a whole sheet or file. `count` is the number of cells that the finding
    covers: repairs are reported once per column, at the first cell. `sheet_kind` is the contract's kind of sheet and
    `row_key` the received key of the row, its parts joined by ` / `; both are empty if there is none.

    A finding that `needs_reason` asks the sender once for a confirmation; `reason` is the answer. `standing` is None if
    the sender has no earlier feed for the period. `evidence` is the fact behind the finding, such as the value that
    `value` conflicts with or a likely reading. A `grouped` finding is about several rows of a column and names the
    first. `fact` is a digest of the typed values to confirm and of the row's key as read; it is empty if the received
    texts suffice, and in records of earlier releases.
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
        """The same for the same problem in another version: a digest of rule, sheet kind, column and row key.

        A row without a key is identified by its number; a grouped finding has no row.
        """
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
    """An SQL expression for the `digest` of these SQL expressions, none of which may be null."""
    return f"left(sha256(concat_ws(chr(31), {', '.join(parts)})), 16)"


def digest(*parts: str) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of the texts, in this order."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
