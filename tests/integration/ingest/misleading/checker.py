"""Check feeds against a home without landed feeds."""

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
"""Files modelled on public bug reports."""


@dataclass(frozen=True)
class Checker:
    """Checks feeds on one connection; `folder` belongs to the test."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    folder: Path

    def checked(
        self, source: Path, reasons: Mapping[str, GivenReason] | None = None, settings: Settings | None = None
    ) -> CheckedFeed:
        """Check the feed at `source`, after its sender gave `reasons`."""
        history = SenderHistory(reasons=lambda _sender: reasons or {})
        return check_feed(
            source, settings or self.settings, self.con, NOW, self.folder / "work", engine=Engine.SQL, history=history
        )

    def values(self, field: str, kind: str = "petitions") -> list[object]:
        """The typed values of a column of the last checked feed."""
        rows = self.con.execute(f"select {field} from typed_rows_{kind} order by row_id").fetchall()
        return [value for (value,) in rows]


def about(feed: CheckedFeed, *rules: str) -> list[Finding]:
    """The findings of these rules."""
    return [each for each in feed.findings if each.rule in rules]
