"""Recheck all archived feeds from the command line, and land again those that would change."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import warehouse.settings
from doithoai.feeds import outcome_of
from doithoai.terminal import Terminal
from doithoai.versions import show_versions
from ingest.model.findings import Finding, Standing
from warehouse.home import Home, writer_lock

if TYPE_CHECKING:
    from ingest.recheck import Rechecked


def check_again(terminal: Terminal, home: Home) -> None:
    """Show which feeds in force would change under the current contracts and aliases, and which rejected would pass.

    Nothing is written.
    """
    from ingest.recheck import recheck

    found = recheck(home, warehouse.settings.load(home), terminal.progress)
    in_force = [each for each in found if not each.landed.was_rejected]
    changed = [each for each in in_force if each.would_change]
    rejected = [each for each in found if each.landed.was_rejected]
    by_rule, by_unit = summed_by_rule(changed), summed_by_sender([*changed, *rejected])
    _show_sums(terminal, by_rule, by_unit)
    for each in (*changed, *rejected):
        _show(terminal, each)
    terminal.say("recheck.would_change" if changed else "recheck.nothing", count=len(changed), all=len(in_force))
    if rejected:
        terminal.say("recheck.would_accept", count=len(rejected))
    if terminal.as_json:
        sums = {"by_rule": [asdict(it) for it in by_rule], "by_sender": [asdict(it) for it in by_unit]}
        terminal.json({"summary": sums, "feeds": [_as_json(each) for each in found]})


@dataclass(frozen=True)
class RuleSum:
    """Changes in the findings of one rule: new findings, vanished findings, and the number of feeds."""

    rule: str
    new: int
    gone: int
    feeds: int


@dataclass(frozen=True)
class SenderSum:
    """Changes in the feeds of one sender: rows landed and quarantined, before and after."""

    sender: str
    name: str
    feeds: int
    rows_before: int
    rows: int
    quarantined_before: int
    quarantined: int


def summed_by_rule(changed: Sequence["Rechecked"]) -> list[RuleSum]:
    """Return one sum per rule, largest changes first."""
    new = [(it.rule, each.landed.feed_id, it.count) for each in changed for it in _new(each.checked.findings)]
    gone = [(it.rule, each.landed.feed_id, it.count) for each in changed for it in each.checked.fixed]
    sums = [
        RuleSum(
            rule,
            sum(count for name, _, count in new if name == rule),
            sum(count for name, _, count in gone if name == rule),
            len({feed_id for name, feed_id, _ in (*new, *gone) if name == rule}),
        )
        for rule in {name for name, _, _ in (*new, *gone)}
    ]
    return sorted(sums, key=lambda it: (-it.new - it.gone, it.rule))


def summed_by_sender(changed: Sequence["Rechecked"]) -> list[SenderSum]:
    """Return one sum per sender, ordered by code."""
    own: dict[str, list[Rechecked]] = {}
    for each in changed:
        own.setdefault(each.checked.cover.sender_unit_code or "", []).append(each)
    return [
        SenderSum(
            sender,
            found[-1].checked.sender_name,
            len(found),
            sum(it.landed.rows_landed for it in found),
            sum(it.checked.rows_landed for it in found),
            sum(it.landed.rows_quarantined for it in found),
            sum(it.checked.rows_quarantined for it in found),
        )
        for sender, found in sorted(own.items())
    ]


def _show_sums(terminal: Terminal, by_rule: Sequence[RuleSum], by_sender: Sequence[SenderSum]) -> None:
    headers = list(map(terminal.text, ("recheck.rule", "recheck.sum_new", "recheck.sum_gone", "recheck.sum_feeds")))
    terminal.table(headers, [(it.rule, *map(terminal.number, (it.new, it.gone, it.feeds))) for it in by_rule])
    headers = list(
        map(terminal.text, ("recheck.sender", "recheck.sum_feeds", "recheck.sum_rows", "recheck.sum_quarantined"))
    )
    terminal.table(headers, [_sender_row(terminal, it) for it in by_sender])


def _sender_row(terminal: Terminal, it: SenderSum) -> tuple[str, ...]:
    """Return a row with counts as `before → after`."""
    pairs = ((it.rows_before, it.rows), (it.quarantined_before, it.quarantined))
    shown = (f"{terminal.number(before)} → {terminal.number(then)}" for before, then in pairs)
    return " ".join(filter(None, (it.sender, it.name))), terminal.number(it.feeds), *shown


def ingest_again(terminal: Terminal, home: Home, now: datetime) -> None:
    """Land every feed that would change as a new version received now."""
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
