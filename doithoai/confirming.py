"""Confirming from the command line what a check found odd, and what a sender's own words mean."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import warehouse.settings
from doithoai.reasons import Reasons
from doithoai.terminal import Terminal
from ingest.confirmable import Confirmable, keep, label_of, meaning, of_checked, of_landed
from ingest.confirmations import Speaker
from ingest.findings import Finding
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.state import open_state


@dataclass(frozen=True)
class Wish:
    """What is asked for: which findings (all that wait, or those of a rule, a cell or a key), why, and who says so.

    `read` is `X=Y`: the text X of the sender means the value Y. `reasons` stand for themselves: they say which, why and
    who.
    """

    rule: str | None = None
    cell: str | None = None
    reason: str | None = None
    read: str | None = None
    by: str | None = None
    key: str | None = None
    reasons: Reasons | None = None


def confirm_or_list(
    terminal: Terminal, home: Home, target: str, wish: Wish, *, now: datetime, profile: str | None = None
) -> None:
    """Keep what is said of the feed `target` (its id or a file), or list what waits where nothing is said."""
    feed = _confirmable(terminal, home, target, now, profile)
    chosen = [it for it in feed.waiting if _is_meant(wish, it)]
    by = Speaker(feed.sender_unit_code, wish.reasons.by if wish.reasons else wish.by or "", now)
    if wish.reasons is not None:
        _require_waiting(terminal, feed, wish.reasons)
        _keep(terminal, home, feed, wish.reasons.by_key, by)
    elif wish.read is not None:
        _remember(terminal, home, feed, wish, by)
    elif wish.reason is None:
        _list(terminal, feed, chosen)
    else:
        _keep(terminal, home, feed, {it.confirmation_key: wish.reason for it in chosen}, by)


def _confirmable(terminal: Terminal, home: Home, target: str, now: datetime, profile: str | None) -> Confirmable:
    from ingest.take_in import check_paths

    if Path(target).exists():
        (checked, *others) = check_paths([Path(target)], home, warehouse.settings.load(home), now, profile)
        if others:
            raise UsageError(terminal.text("error.one_feed", path=target), terminal.text("error.one_feed_remedy"))
        return of_checked(checked)
    if found := of_landed(home, target):
        return found
    raise UsageError(terminal.text("error.no_such_feed", target=target), terminal.text("error.no_such_feed_remedy"))


def _is_meant(wish: Wish, finding: Finding) -> bool:
    said = ((wish.rule, finding.rule), (wish.cell, finding.cell), (wish.key, finding.confirmation_key))
    return all(wished in (None, found) for wished, found in said)


def _list(terminal: Terminal, feed: Confirmable, chosen: Sequence[Finding]) -> None:
    terminal.say("confirm.waiting" if chosen else "confirm.none", feed=feed.name, count=len(chosen))
    headers = [terminal.text(f"feed.{key}") for key in ("place", "value", "rule")]
    rows = [(f"{it.cell}\n{it.header}\n[{it.rule}]", it.value, it.message) for it in chosen]
    terminal.table(headers, rows, apart=True)
    if unread := sorted({it.value for it in feed.unread}):
        terminal.say("confirm.unread", values="; ".join(f"«{value}»" for value in unread))
    said = [asdict(it) | {"confirmation_key": it.confirmation_key} for it in chosen]
    terminal.json({"feed": feed.name, "sender_unit_code": feed.sender_unit_code, "waiting": said, "unread": unread})


def _require_waiting(terminal: Terminal, feed: Confirmable, reasons: Reasons) -> None:
    """UsageError unless everything that a reason is given for waits for one: they are kept together, or none is."""
    waiting = {it.confirmation_key for it in feed.waiting}
    if others := [key for key in reasons.by_key if key not in waiting]:
        complaint = terminal.text("error.waits_no_more", feed=feed.name, keys=", ".join(others))
        raise UsageError(complaint, terminal.text("error.waits_no_more_remedy"))


def _keep(terminal: Terminal, home: Home, feed: Confirmable, said: Mapping[str, str], by: Speaker) -> None:
    """Keep the reasons `said` by confirmation key."""
    if not said:
        complaint = terminal.text("error.nothing_waits", feed=feed.name)
        raise UsageError(complaint, terminal.text("error.nothing_waits_remedy"))
    keep(home, said, feed.waiting, by)
    count = sum(it.confirmation_key in said for it in feed.waiting)
    terminal.say("confirm.kept", feed=feed.name, count=count)
    terminal.json({"feed": feed.name, "confirmed": count})


def _remember(terminal: Terminal, home: Home, feed: Confirmable, wish: Wish, by: Speaker) -> None:
    received, sign, read = (wish.read or "").partition("=")
    if not sign:
        raise UsageError(terminal.text("error.no_meaning"), terminal.text("error.no_meaning_remedy"))
    unread = [it for it in feed.unread if wish.cell in (None, it.cell)]
    aliases = meaning(home, unread, received, read, by)
    with open_state(home) as state:
        state.remember(aliases)
    for alias in aliases:
        read = label_of(home, alias) or "–"
        terminal.say("confirm.read", received=alias.received, read=read, sender=alias.sender_unit_code)
    terminal.json({"feed": feed.name, "aliases": [asdict(alias) for alias in aliases]})
