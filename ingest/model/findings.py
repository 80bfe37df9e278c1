"""Findings: what a check has to say about one place of a feed."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Tier(StrEnum):
    """What a finding does: `feed` rejects the feed, `row` quarantines the row, `warn` lets it land, flagged."""

    FEED = "feed"
    ROW = "row"
    WARN = "warn"


class Standing(StrEnum):
    """How a finding stands against what the same sender sent for the same period before."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"


@dataclass(frozen=True)
class Finding:
    """One finding, with the place as the sender sees it.

    `cell` is like `Kiến nghị!I14`, or the sheet or file name where no single cell is meant; `row_number` is None for
    findings about a whole sheet or file. `count` is how many cells the same finding covers (repairs are told once a
    column, with the first cell); every other finding covers one. `sheet_kind` is the contract's sheet and `row_key` the
    received key of the row (its parts joined by ` / `), both empty where there is none. A finding that `needs_reason`
    is to be confirmed by the sender, once; `reason` is what the sender said. `standing` is None where the sender never
    sent that period before. `evidence` is what the value was held against; a `grouped` finding speaks of a column, its
    row being the first one only. `fact` is a digest of the typed values that are to be confirmed, with the row's key as
    read; empty where the received texts say it all, and in records of earlier releases.
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
    def identity(self) -> str:
        """What is the same fault in another version of the feed: rule, column and row, whatever the row's number."""
        row = self.row_key or ("" if self.row_number is None else f"#{self.row_number}")
        row = "" if self.grouped else row
        return digest(self.rule, self.sheet_kind, self.field, row)

    @property
    def confirmation_key(self) -> str:
        """What a confirmation is good for: the same rule, column and row with the same values as read."""
        return digest(self.rule, self.sheet_kind, self.field, self.fact) if self.fact else self.received_key

    @property
    def received_key(self) -> str:
        """The key under which earlier releases kept a confirmation: over the texts as received."""
        return digest(self.identity, self.value, self.evidence)


def digest_sql(*parts: str) -> str:
    """The digest of texts that are SQL expressions, none of them null."""
    return f"left(sha256(concat_ws(chr(31), {', '.join(parts)})), 16)"


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for the texts, in this order."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
