"""A door at which feeds are checked, in a home where nothing has landed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed
from ingest.checking.sender_history import SenderHistory
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from warehouse.border_checks import Engine
from warehouse.settings import Settings

NOW = datetime(2024, 10, 15, 8)
CASES = Path(__file__).parents[3] / "fixtures" / "public_reports"
"""The inputs of public reports."""


@dataclass(frozen=True)
class Door:
    """Checks feeds on one connection; `folder` is the test's own."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    folder: Path

    def checked(
        self, source: Path, reasons: Mapping[str, GivenReason] | None = None, settings: Settings | None = None
    ) -> CheckedFeed:
        """The feed at `source`, checked, its sender having given `reasons` before."""
        history = SenderHistory(reasons=lambda _sender: reasons or {})
        return check_feed(
            source, settings or self.settings, self.con, NOW, self.folder / "work", engine=Engine.SQL, history=history
        )

    def values(self, field: str, kind: str = "petitions") -> list[object]:
        """The typed values of a column of the feed checked last."""
        rows = self.con.execute(f"select {field} from typed_rows_{kind} order by row_id").fetchall()
        return [value for (value,) in rows]


def about(feed: CheckedFeed, *rules: str) -> list[Finding]:
    """The findings of these rules."""
    return [each for each in feed.findings if each.rule in rules]
