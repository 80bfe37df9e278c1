"""Confirm findings from the command line, and store what senders' texts mean."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import warehouse.settings
from doithoai.feeds import finding_json, show_unused
from doithoai.reasons import Reasons
from doithoai.terminal import Terminal
from ingest.confirming import Confirmable, confirmable_in_feed, confirmable_in_file, keep, label_of, meaning
from ingest.findings.confirmations import Speaker
from ingest.findings.messages import day_shown
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.state import open_state


@dataclass(frozen=True)
class ConfirmRequest:
    """A request to confirm: the findings (all waiting ones, or those of a rule, cell or key), the reason, its author.

    `read` is `X=Y`: the sender's text X means the value Y. `reasons` excludes the other fields, because it has the
    findings, reasons and author.
    """

    rule: str | None = None
    cell: str | None = None
    reason: str | None = None
    read: str | None = None
    by: str | None = None
    key: str | None = None
    reasons: Reasons | None = None


def confirm_or_list(
    terminal: Terminal, home: Home, target: str, request: ConfirmRequest, *, now: datetime, profile: str | None = None
) -> None:
    """Store the reasons, or the meaning of a text, for the feed `target` (an id or a file).

    List the waiting findings if neither is given.
    """
    _require_author(terminal, request)
    feed = _confirmable(terminal, home, target, now, profile)
    chosen = [it for it in feed.waiting if _is_selected(request, it)]
    by = Speaker(feed.sender_unit_code, request.reasons.by if request.reasons else request.by or "", now)
    if request.reasons is not None:
        _require_waiting(terminal, feed, request.reasons)
        _keep(terminal, home, feed, request.reasons.by_key, by)
    elif request.read is not None:
        _remember(terminal, home, feed, request, by)
    elif request.reason is None:
        _list(terminal, feed, request)
    else:
        _keep(terminal, home, feed, {it.confirmation_key: request.reason for it in chosen}, by)


def _require_author(terminal: Terminal, request: ConfirmRequest) -> None:
    """Raise UsageError if a reason or meaning has no author."""
    if (request.reason is not None or request.read is not None) and not (request.by or "").strip():
        raise UsageError(terminal.text("error.no_speaker"), terminal.text("error.no_speaker_remedy"))


def _confirmable(terminal: Terminal, home: Home, target: str, now: datetime, profile: str | None) -> Confirmable:
    from ingest.pipeline import check_paths

    if Path(target).exists():
        (checked, *others) = check_paths([Path(target)], home, warehouse.settings.load(home), now, profile)
        if others:
            raise UsageError(terminal.text("error.one_feed", path=target), terminal.text("error.one_feed_remedy"))
        if not checked.feed_id:
            return confirmable_in_file(checked)
        target = checked.feed_id
    if found := confirmable_in_feed(home, target):
        return found
    raise UsageError(terminal.text("error.no_such_feed", target=target), terminal.text("error.no_such_feed_remedy"))


def _is_selected(request: ConfirmRequest, finding: Finding) -> bool:
    said = ((request.rule, finding.rule), (request.cell, finding.cell), (request.key, finding.confirmation_key))
    return all(wished in (None, found) for wished, found in said)


def _list(terminal: Terminal, feed: Confirmable, request: ConfirmRequest) -> None:
    chosen = [it for it in feed.waiting if _is_selected(request, it)]
    terminal.say("confirm.waiting" if chosen else "confirm.none", feed=feed.name, count=len(chosen))
    headers = [terminal.text(f"feed.{key}") for key in ("place", "value", "rule")]
    terminal.table(headers, [_row(terminal, it) for it in chosen], apart=True)
    answered = [(it, said) for it, said in feed.answered if _is_selected(request, it)]
    if answered:
        terminal.say("confirm.answered", count=len(answered))
        rows = [(*_row(terminal, it)[:2], _answer(said)) for it, said in answered]
        terminal.table([*headers[:2], terminal.text("confirm.reason")], rows, apart=True)
    show_unused(terminal, feed.unused)
    if unread := sorted({it.value for it in feed.unread}):
        terminal.say("confirm.unread", values="; ".join(f"«{value}»" for value in unread))
    answers = [finding_json(replace(it, reason=said.reason), {it.confirmation_key: said}) for it, said in answered]
    terminal.json(
        {
            "feed": feed.name,
            "sender_unit_code": feed.sender_unit_code,
            "waiting": [finding_json(it, {}) for it in chosen],
            "answered": answers,
            "unused": [asdict(each) for each in feed.unused],
            "unread": unread,
        }
    )


def _row(terminal: Terminal, finding: Finding) -> tuple[str, str, str]:
    """Return the three cells of a finding in the table: its place with rule and key, its value, its message."""
    row = finding.row_key and terminal.text("confirm.row", row=finding.row_key)
    key = terminal.text("confirm.key", digits=finding.confirmation_key)
    place = "\n".join(filter(None, (finding.cell, finding.header, row, f"[{finding.rule}]", key)))
    return place, day_shown(finding.value), finding.message


def _answer(said: GivenReason) -> str:
    when = f"{said.at:%d/%m/%Y %H:%M}" if said.at else ""
    return "\n".join(filter(None, (said.reason, " · ".join(filter(None, (said.by, when))))))


def _require_waiting(terminal: Terminal, feed: Confirmable, reasons: Reasons) -> None:
    """Raise UsageError unless every finding with a reason waits for one, so that all reasons are stored or none."""
    waiting = {it.confirmation_key for it in feed.waiting}
    if others := [key for key in reasons.by_key if key not in waiting]:
        complaint = terminal.text("error.waits_no_more", feed=feed.name, keys=", ".join(others))
        raise UsageError(complaint, terminal.text("error.waits_no_more_remedy"))


def _keep(terminal: Terminal, home: Home, feed: Confirmable, said: Mapping[str, str], by: Speaker) -> None:
    """Store the reasons, by confirmation key; raise UsageError if there are none."""
    if not said:
        complaint = terminal.text("error.nothing_waits", feed=feed.name)
        raise UsageError(complaint, terminal.text("error.nothing_waits_remedy"))
    keep(home, said, feed.waiting, by)
    count = sum(it.confirmation_key in said for it in feed.waiting)
    terminal.say("confirm.kept", feed=feed.name, count=count)
    terminal.json({"feed": feed.name, "confirmed": count})


def _remember(terminal: Terminal, home: Home, feed: Confirmable, request: ConfirmRequest, by: Speaker) -> None:
    received, sign, read = (request.read or "").partition("=")
    if not sign:
        raise UsageError(terminal.text("error.no_meaning"), terminal.text("error.no_meaning_remedy"))
    unread = [it for it in feed.unread if request.cell in (None, it.cell)]
    aliases = meaning(home, unread, received, read, by)
    with open_state(home) as state:
        state.remember(aliases)
    for alias in aliases:
        read = label_of(home, alias) or "–"
        terminal.say("confirm.read", received=alias.received, read=read, sender=alias.sender_unit_code)
    terminal.json({"feed": feed.name, "aliases": [asdict(alias) for alias in aliases]})
