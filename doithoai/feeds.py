"""Checking and landing feeds from the command line, and showing what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import warehouse.settings
from doithoai.terminal import Terminal
from ingest.findings import Finding, Tier
from warehouse.errors import FindingsError, UsageError
from warehouse.home import Home, writer_lock

if TYPE_CHECKING:
    from ingest.check import CheckedFeed
    from ingest.land import Landing
    from ingest.snippets import Snippet

_TIERS = (Tier.FEED, Tier.ROW, Tier.WARN)


@dataclass(frozen=True)
class Outcome:
    """What became of one feed, or would: `verdict` is accepted, rejected or already_landed."""

    file: str
    verdict: str
    feed_id: str | None
    rows: int
    quarantined: int
    findings: tuple[Finding, ...]
    return_workbook: Path | None = None
    snippets: "tuple[Snippet, ...]" = ()


def check_files(
    terminal: Terminal,
    files: Sequence[Path],
    home: Home,
    now: datetime,
    profile: str | None,
    *,
    return_to: Path | None = None,
) -> list[Outcome]:
    """What would happen to each feed; nothing is written but, with `return_to`, return workbooks into that folder."""
    from ingest.take_in import check_paths

    _require_existing(terminal, files)
    found = check_paths(files, home, warehouse.settings.load(home), now, profile, return_to=return_to)
    return [_outcome(it) for it in found]


def land_files(
    terminal: Terminal, paths: Sequence[Path], home: Home, now: datetime, profile: str | None
) -> list[Outcome]:
    """Land the feeds in `paths`, or in the inbox where there are none, as the home's only writer."""
    from ingest.take_in import take_in

    _require_existing(terminal, paths)
    settings = warehouse.settings.load(home)
    with writer_lock(home, "ingest", now):
        landings = take_in(paths or [home.inbox], home, settings, now, profile=profile, on_progress=terminal.progress)
    return [_outcome(it) for it in landings]


def show_verdicts(terminal: Terminal, outcomes: Sequence[Outcome]) -> None:
    """Show what would happen to each feed, with every finding: place, value, rule, remedy."""
    for outcome in outcomes:
        key = {"accepted": "would_accept", "rejected": "would_reject"}.get(outcome.verdict, outcome.verdict)
        _say(terminal, key, outcome)
        _show_findings(terminal, outcome.findings)
        if outcome.return_workbook:
            terminal.say("feed.returned", path=outcome.return_workbook)
    terminal.json([asdict(outcome) for outcome in outcomes])


def show_landings(terminal: Terminal, outcomes: Sequence[Outcome], home: Home) -> None:
    """Show what became of each feed; the findings of those rejected, place by place."""
    if not outcomes:
        terminal.say("feed.none", inbox=home.inbox)
    for outcome in outcomes:
        _say(terminal, outcome.verdict, outcome)
        if outcome.verdict == "rejected":
            _show_findings(terminal, outcome.findings)
    terminal.json([asdict(outcome) for outcome in outcomes])


def stop_if_rejected(terminal: Terminal, outcomes: Iterable[Outcome]) -> None:
    """FindingsError if a feed was, or would be, rejected."""
    count = sum(outcome.verdict == "rejected" for outcome in outcomes)
    if count:
        raise FindingsError(terminal.text("feed.rejected_some", count=count), terminal.text("feed.rejected_remedy"))


def _outcome(feed: "CheckedFeed | Landing") -> Outcome:
    return Outcome(
        file=feed.file_name,
        verdict=feed.verdict.value,
        feed_id=feed.feed_id,
        rows=feed.rows_landed,
        quarantined=feed.rows_quarantined,
        findings=feed.findings,
        return_workbook=getattr(feed, "return_workbook", None),
        snippets=getattr(feed, "snippets", ()),
    )


def _say(terminal: Terminal, key: str, outcome: Outcome) -> None:
    terminal.say(
        f"feed.{key}",
        file=outcome.file,
        rows=outcome.rows,
        quarantined=outcome.quarantined,
        findings=len(outcome.findings),
    )


def _show_findings(terminal: Terminal, findings: Sequence[Finding]) -> None:
    headers = [terminal.text(f"feed.{key}") for key in ("place", "value", "rule", "remedy")]
    worst_first = sorted(findings, key=lambda finding: _TIERS.index(finding.tier))
    terminal.table(headers, [_row(terminal, finding) for finding in worst_first], apart=True)


def _row(terminal: Terminal, finding: Finding) -> tuple[str, str, str, str]:
    tier = terminal.text(f"feed.tier_{finding.tier}")
    more = " " + terminal.text("feed.cells", count=finding.count) if finding.count > 1 else ""
    place = "\n".join(filter(None, (finding.cell, finding.header, f"[{tier}]")))
    return place, finding.value, finding.message + more, finding.remedy


def _require_existing(terminal: Terminal, paths: Iterable[Path]) -> None:
    """UsageError for a path that is not there, and for a folder without a feed: silence would read as «good»."""
    from ingest.take_in import feed_sources

    for path in paths:
        if not path.exists():
            raise UsageError(terminal.text("error.no_file", path=path), terminal.text("error.no_file_remedy"))
        if not list(feed_sources([path])):
            raise UsageError(terminal.text("error.no_feed", path=path), terminal.text("error.no_feed_remedy"))
