"""Check and land feeds from the command line, and show the findings."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import warehouse.settings
from doithoai.terminal import Terminal
from doithoai.versions import changes_json, show_versions
from ingest.findings.messages import day_shown
from ingest.model.findings import Finding, Tier
from warehouse.border_checks import Engine
from warehouse.errors import DoithoaiError, FindingsError, UsageError
from warehouse.home import Home, writer_lock

if TYPE_CHECKING:
    from ingest.checking.checked_feed import CheckedFeed
    from ingest.checking.in_force import InForce
    from ingest.checking.version_diff import Changes
    from ingest.findings.cell_ranges import Groups
    from ingest.findings.snippets import Snippet
    from ingest.findings.unused_reasons import UnusedReason
    from ingest.mapping.profiles import Given
    from ingest.model.reasons import GivenReason
    from ingest.reading.save_time import Superseded
    from ingest.rules.cover import Cover

MOST_NAMED = 5
"""The most reasons in a sentence; `--json` has all."""

_TIERS = (Tier.FEED, Tier.ROW, Tier.WARN)


@dataclass(frozen=True)
class Outcome:
    """The outcome of one feed, landed or checked: `verdict` is accepted, rejected or already_landed."""

    file: str
    verdict: str
    feed_id: str | None
    rows: int
    quarantined: int
    findings: tuple[Finding, ...]
    previous: str | None = None
    waiting: int = 0
    fixed: tuple[Finding, ...] = ()
    changes: "Changes | None" = None
    cover: "Cover | None" = None
    sender_name: str = ""
    return_workbook: Path | None = None
    snippets: "tuple[Snippet, ...]" = ()
    source: Path | None = None
    groups: "Groups" = field(default_factory=dict)
    said: "Mapping[str, GivenReason]" = field(default_factory=dict)
    unused: "tuple[UnusedReason, ...]" = ()
    supersedes: "Superseded | None" = None
    in_force: "InForce | None" = None
    is_broken: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the outcome as JSON values; findings include their confirmation keys."""
        own = {name: getattr(self, name) for name in ("file", "verdict", "feed_id", "rows", "quarantined", "previous")}
        return own | {
            "waiting": self.waiting,
            "findings": [finding_json(each, self.said) | _cells_json(each, self.groups) for each in self.findings],
            "fixed": [finding_json(each, {}) for each in self.fixed],
            "unused": [asdict(each) for each in self.unused],
            "changes": changes_json(self.changes),
            "cover": _cover_json(self.cover, self.sender_name),
            "return_workbook": self.return_workbook,
            "snippets": [asdict(each) for each in self.snippets],
            "supersedes": asdict(self.supersedes) if self.supersedes else None,
            "in_force": asdict(self.in_force) if self.in_force else None,
        }


def check_files(
    terminal: Terminal,
    files: Sequence[Path],
    home: Home,
    now: datetime,
    profile: str | None,
    *,
    given: "Given | None" = None,
    return_to: Path | None = None,
    again: bool = False,
) -> list[Outcome]:
    """Return the outcome of a check of each feed; write nothing but, with `return_to`, return workbooks in that folder.

    A feed id stands for the archived feed as it landed; with `return_to`, so does a file whose bytes have landed.
    """
    from ingest.checking.checked_feed import Verdict
    from ingest.landed_feeds import is_feed, load_landed
    from ingest.mapping.profiles import NOTHING_GIVEN
    from ingest.pipeline import check_paths

    settings = warehouse.settings.load(home)
    ids = [str(each) for each in files if not each.exists() and is_feed(home, str(each))]
    paths = [each for each in files if str(each) not in ids]
    _require_existing(terminal, paths)
    known = given or NOTHING_GIVEN
    found = (
        check_paths(paths, home, settings, now, profile, given=known, return_to=return_to, again=again) if paths else []
    )
    found = [
        replace(load_landed(home, settings, it.feed_id, return_to, it.file_name), source=it.source)
        if it.verdict is Verdict.ALREADY_LANDED and it.feed_id and return_to
        else it
        for it in found
    ]
    return [outcome_of(it) for it in (*found, *(load_landed(home, settings, each, return_to) for each in ids))]


def land_files(
    terminal: Terminal,
    paths: Sequence[Path],
    home: Home,
    now: datetime,
    profile: str | None,
    *,
    given: "Given | None" = None,
    again: bool = False,
    engine: Engine = Engine.SQL,
) -> list[Outcome]:
    """Land the feeds in `paths` (default: the inbox) as the home's only writer.

    With `again`, bytes that landed before and were superseded land once more.
    """
    from ingest.mapping.profiles import NOTHING_GIVEN
    from ingest.pipeline import land_paths

    _require_existing(terminal, paths)
    settings = warehouse.settings.load(home)
    with writer_lock(home, "ingest", now):
        landings = land_paths(
            paths or [home.inbox],
            home,
            settings,
            now,
            profile=profile,
            given=given or NOTHING_GIVEN,
            again=again,
            engine=engine,
            on_progress=terminal.progress,
        )
    return [outcome_of(it.checked, it.feed_id) for it in landings]


def show_verdicts(terminal: Terminal, outcomes: Sequence[Outcome]) -> None:
    """Show the outcome of each check, with all findings: place, value, rule, remedy."""
    for outcome in outcomes:
        key = {"accepted": "would_accept", "rejected": "would_reject"}.get(outcome.verdict, outcome.verdict)
        _say(terminal, key, outcome)
        _show_findings(terminal, outcome.findings)
        show_versions(terminal, outcome)
        if outcome.return_workbook:
            terminal.say("feed.returned", path=outcome.return_workbook)
    if terminal.as_json:
        terminal.json([outcome.as_json() for outcome in outcomes])


def show_landings(terminal: Terminal, outcomes: Sequence[Outcome], home: Home) -> None:
    """Show the outcome of each landing, and the findings of rejected feeds."""
    if not outcomes:
        terminal.say("feed.none", inbox=home.inbox)
    for outcome in outcomes:
        _say(terminal, outcome.verdict, outcome)
        if outcome.verdict == "rejected":
            _show_findings(terminal, outcome.findings)
    if terminal.as_json:
        terminal.json([outcome.as_json() for outcome in outcomes])


def stop_if_rejected(terminal: Terminal, outcomes: Iterable[Outcome]) -> None:
    """Raise FindingsError if a feed was, or would be, rejected; DoithoaiError if the program failed on one."""
    outcomes = list(outcomes)
    if broken := [outcome.file for outcome in outcomes if outcome.is_broken]:
        raise DoithoaiError(terminal.text("feed.broken", files=", ".join(broken)), terminal.text("feed.broken_remedy"))
    count = sum(outcome.verdict == "rejected" for outcome in outcomes)
    if count:
        raise FindingsError(terminal.text("feed.rejected_some", count=count), terminal.text("feed.rejected_remedy"))


def outcome_of(checked: "CheckedFeed", feed_id: str | None = None) -> Outcome:
    """Return the outcome of a check, or of the landing that gave the feed its id."""
    return Outcome(
        file=checked.file_name,
        verdict=checked.verdict.value,
        feed_id=feed_id or checked.feed_id,
        rows=checked.rows_landed,
        quarantined=checked.rows_quarantined,
        findings=checked.findings,
        previous=checked.previous,
        waiting=checked.waiting,
        fixed=checked.fixed,
        changes=checked.changes,
        cover=checked.cover,
        sender_name=checked.sender_name,
        return_workbook=checked.return_workbook,
        snippets=checked.snippets,
        source=checked.source,
        groups=checked.groups,
        said=checked.known_reasons,
        unused=checked.unused,
        supersedes=checked.supersedes,
        in_force=checked.in_force,
        is_broken=checked.is_broken,
    )


def finding_json(finding: Finding, known: "Mapping[str, GivenReason]") -> dict[str, object]:
    """Return a finding with its keys, and the author and time of its reason if known."""
    own = asdict(finding) | {"identity": finding.identity, "confirmation_key": finding.confirmation_key}
    said = known.get(finding.confirmation_key) or known.get(finding.received_key)
    if not (finding.reason and said):
        return own
    return own | {"reason_by": said.by, "reason_at": said.at.isoformat(" ", "seconds") if said.at else ""}


def _cells_json(finding: Finding, groups: "Groups") -> dict[str, object]:
    """Return the ranges of a finding that covers many cells, and the number of further cells; {} for others."""
    group = groups.get((finding.rule, finding.cell))
    if group is None:
        return {}
    return {"cells": [f"{each.sheet}!{each.reference}" for each in group.ranges], "cells_more": group.more}


def _cover_json(cover: "Cover | None", sender_name: str) -> dict[str, object] | None:
    if cover is None:
        return None
    own = {name: getattr(cover, name) for name in ("sender_unit_code", "prepared_by", "approved_by", "nil_return")}
    return own | {"sender_name": sender_name, "period": cover.period.code if cover.period else None}


def _say(terminal: Terminal, key: str, outcome: Outcome) -> None:
    in_force = outcome.in_force
    terminal.say(
        "feed.superseded" if in_force and in_force.feed_id != outcome.feed_id else f"feed.{key}",
        file=outcome.file,
        feed_id=outcome.feed_id,
        rows=outcome.rows,
        quarantined=outcome.quarantined,
        findings=len(outcome.findings),
        in_force=in_force and in_force.feed_id,
        in_force_file=in_force and in_force.file_name,
        since=in_force and in_force.received_at,
        target=shlex.quote(str(outcome.source)),
    )
    if order := outcome.supersedes:
        terminal.say(
            f"feed.order_{order.basis}",
            other=" ".join(filter(None, (order.feed_id, f"({order.file_name})"))),
            saved=order.saved_at and f"{order.saved_at:%H:%M:%S %d/%m/%Y}",
            other_saved=order.other_saved_at and f"{order.other_saved_at:%H:%M:%S %d/%m/%Y}",
        )
    if outcome.waiting and outcome.verdict != "rejected":
        terminal.say("feed.waiting", count=outcome.waiting, target=outcome.feed_id or shlex.quote(str(outcome.source)))
    show_unused(terminal, outcome.unused)


def show_unused(terminal: Terminal, unused: "Sequence[UnusedReason]") -> None:
    """Show the reasons that no longer match a finding."""
    if unused:
        named = "; ".join(
            terminal.text("feed.unused_one", reason=it.reason, cell=it.cell) for it in unused[:MOST_NAMED]
        )
        more = "; …" if len(unused) > MOST_NAMED else ""
        terminal.say("feed.unused", count=len(unused), reasons=named + more)


def _show_findings(terminal: Terminal, findings: Sequence[Finding]) -> None:
    headers = [terminal.text(f"feed.{key}") for key in ("place", "value", "rule", "remedy")]
    worst_first = sorted(findings, key=lambda finding: _TIERS.index(finding.tier))
    terminal.table(headers, [_row(terminal, finding) for finding in worst_first], apart=True)


def _row(terminal: Terminal, finding: Finding) -> tuple[str, str, str, str]:
    tier = terminal.text(f"feed.tier_{finding.tier}")
    more = " " + terminal.text("feed.cells", count=finding.count) if finding.count > 1 else ""
    standing = terminal.text(f"feed.standing_{finding.standing}") if finding.standing else ""
    place = "\n".join(filter(None, (finding.cell, finding.header, f"[{tier}]", standing)))
    reason = finding.reason and "\n" + terminal.text("feed.confirmed", reason=finding.reason)
    return place, day_shown(finding.value), finding.message + more, finding.remedy + reason


def _require_existing(terminal: Terminal, paths: Iterable[Path]) -> None:
    """Raise UsageError if a path does not exist or is a folder without feeds: no output would read as "valid"."""
    from ingest.reading.sources import feed_sources

    for path in paths:
        if not path.exists():
            raise UsageError(terminal.text("error.no_file", path=path), terminal.text("error.no_file_remedy"))
        if not list(feed_sources([path])):
            raise UsageError(terminal.text("error.no_feed", path=path), terminal.text("error.no_feed_remedy"))
