"""Findings: what a check has to say about one place of a feed."""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """What a finding does: `feed` rejects the feed, `row` quarantines the row, `warn` lets it land, flagged."""

    FEED = "feed"
    ROW = "row"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One finding, with the place as the sender sees it.

    `cell` is like `Kiến nghị!I14`, or the sheet or file name where no single cell is meant; `row_number` is None for
    findings about a whole sheet or file. `count` is how many cells the same finding covers (repairs are told once a
    column, with the first cell); every other finding covers one.
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
