"""Checking every archived feed again from the command line, and landing again those that would change."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import warehouse.settings
from doithoai.feeds import outcome_of
from doithoai.terminal import Terminal
from doithoai.versions import show_versions
from ingest.findings import Finding, Standing
from warehouse.home import Home, writer_lock

if TYPE_CHECKING:
    from ingest.recheck import Rechecked


def check_again(terminal: Terminal, home: Home) -> None:
    """Show what every feed in force would be under today's contracts and aliases, and which rejected ones would be
    accepted; nothing is written."""
    from ingest.recheck import recheck

    found = recheck(home, warehouse.settings.load(home), terminal.progress)
    in_force = [each for each in found if not each.landed.was_rejected]
    changed = [each for each in in_force if each.would_change]
    rejected = [each for each in found if each.landed.was_rejected]
    for each in (*changed, *rejected):
        _show(terminal, each)
    terminal.say("recheck.would_change" if changed else "recheck.nothing", count=len(changed), all=len(in_force))
    if rejected:
        terminal.say("recheck.would_accept", count=len(rejected))
    if terminal.as_json:
        terminal.json([_as_json(each) for each in found])


def ingest_again(terminal: Terminal, home: Home, now: datetime) -> None:
    """Land every feed that would change once more, as a new version received now."""
    from ingest.recheck import land_again

    with writer_lock(home, "ingest", now):
        landings = land_again(home, warehouse.settings.load(home), now, terminal.progress)
    for each, landing in landings:
        terminal.say("recheck.landed", before=each.landed.feed_id, feed_id=landing.feed_id)
    terminal.say("recheck.done" if landings else "recheck.nothing_landed", count=len(landings))
    if terminal.as_json:
        terminal.json([outcome_of(landing.checked, landing.feed_id).as_json() for _, landing in landings])


def _show(terminal: Terminal, each: "Rechecked") -> None:
    landed, checked = each.landed, each.checked
    became = "recheck.rejected" if checked.verdict == "rejected" else "recheck.accepted"
    terminal.say(
        "recheck.was_rejected" if landed.was_rejected else became,
        feed_id=landed.feed_id,
        file=landed.file_name,
        rows_before=landed.rows_landed,
        quarantined_before=landed.rows_quarantined,
        rows=checked.rows_landed,
        quarantined=checked.rows_quarantined,
        received=landed.received_at,
    )
    if new := _new(checked.findings):
        terminal.say("recheck.new", count=len(new))
        headers = [terminal.text(f"feed.{key}") for key in ("place", "value", "rule")]
        terminal.table(headers, [(it.cell, it.value, it.message) for it in new])
    show_versions(terminal, outcome_of(checked))


def _new(findings: Sequence[Finding]) -> list[Finding]:
    return [it for it in findings if it.standing is Standing.NEW]


def _as_json(each: "Rechecked") -> dict[str, object]:
    before = {"rows": each.landed.rows_landed, "quarantined": each.landed.rows_quarantined}
    own = {"would_change": each.would_change, "was_rejected": each.landed.was_rejected, "before": before}
    return own | outcome_of(each.checked).as_json()
