"""Examine a machine and a home: software, disk space, settings, clock, permissions, lookups, snapshot, inbox."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

import warehouse.home
import warehouse.settings
from doithoai.terminal import Terminal
from warehouse import state_file
from warehouse.access import audit
from warehouse.arrivals import last_receipt
from warehouse.errors import DoithoaiError, FindingsError, SnapshotMissing, WriterBusy
from warehouse.home import Home
from warehouse.lookups import read_lookups
from warehouse.lookups.rules import RuleSpell, rules_in_words
from warehouse.publish import current
from warehouse.settings import DEFAULT_TIME_ZONE, zone_of

PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "streamlit", "altair", "great-expectations", "pandas", "pyarrow")
LEAST_FREE_GB = 2.0
STALE_AFTER = timedelta(days=7)


class Verdict(StrEnum):
    """The result of one item."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Item:
    """One examined item: `name` is a message key (`doctor.<name>`), `found` a sentence.

    `rules` are the dated rules, in the item of valid lookups only.
    """

    name: str
    found: str
    verdict: Verdict
    rules: tuple[RuleSpell, ...] = ()


def examine(terminal: Terminal, root: Path, machine_time: datetime) -> tuple[Item, ...]:
    """Return all items: those of the machine, then those of the home if it exists.

    `machine_time` has the machine's time zone.
    """
    machine = (_python(), _packages(), _disk(terminal, root))
    try:
        home = warehouse.home.existing(root)
    except DoithoaiError:
        return (*machine, Item("home", terminal.text("doctor.no_home", home=root), Verdict.NOTE))
    return (*machine, *_home_items(terminal, home, machine_time))


def show_examination(terminal: Terminal, items: tuple[Item, ...]) -> None:
    """Show all items; raise FindingsError if one is broken."""
    headers = [terminal.text(f"doctor.{key}") for key in ("item", "found", "verdict")]
    rows = [(terminal.text(f"doctor.{it.name}"), it.found, terminal.text(f"doctor.{it.verdict}")) for it in items]
    terminal.table(headers, rows)
    show_rules(terminal, [rule for item in items for rule in item.rules])
    terminal.json([asdict(item) for item in items])
    broken = sum(item.verdict is Verdict.BAD for item in items)
    if broken:
        raise FindingsError(terminal.text("doctor.broken", count=broken), terminal.text("doctor.remedy"))


def show_rules(terminal: Terminal, rules: Sequence[RuleSpell]) -> None:
    """Show all dated rules with level, dates, value and basis, in the given order."""
    if not rules:
        return
    terminal.say("doctor.rules")
    headers = [terminal.text(f"doctor.{key}") for key in ("rule", "level", "from_day", "to_day", "value", "basis")]
    terminal.table(headers, [_rule_row(terminal, rule) for rule in rules])


def _rule_row(terminal: Terminal, rule: RuleSpell) -> tuple[str, ...]:
    last = f"{rule.valid_to - timedelta(days=1):%d/%m/%Y}" if rule.valid_to else terminal.text("doctor.open_end")
    return rule.rule, rule.level, f"{rule.valid_from:%d/%m/%Y}", last, rule.value_in_words, rule.basis


def _home_items(terminal: Terminal, home: Home, machine_time: datetime) -> Iterator[Item]:
    zone, settings = _settings(home)
    now = machine_time.astimezone(zone).replace(tzinfo=None)
    yield _audit(terminal, home)
    yield _writable(terminal, home)
    yield settings
    yield _time_zone(terminal, zone, machine_time)
    yield _clock(terminal, home, now)
    yield _private(terminal, home)
    yield _lookups(terminal, home)
    yield _writer(terminal, home, now)
    yield _snapshot(terminal, home, now)
    yield _inbox(terminal, home)


def _python() -> Item:
    found = ".".join(map(str, sys.version_info[:3]))
    return Item("python", found, Verdict.GOOD if sys.version_info >= (3, 11) else Verdict.BAD)


def _packages() -> Item:
    try:
        return Item("packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES), Verdict.GOOD)
    except PackageNotFoundError as error:
        return Item("packages", str(error), Verdict.BAD)


def _disk(terminal: Terminal, root: Path) -> Item:
    place = next(folder for folder in (root.resolve(), *root.resolve().parents) if folder.exists())
    gigabytes = shutil.disk_usage(place).free / 1e9
    verdict = Verdict.GOOD if gigabytes >= LEAST_FREE_GB else Verdict.BAD
    return Item("disk", terminal.text("doctor.free", gigabytes=gigabytes), verdict)


def _audit(terminal: Terminal, home: Home) -> Item:
    """Verify the chain of the audit log."""
    if not home.state.exists():
        return Item("audit", terminal.text("doctor.audit_empty"), Verdict.GOOD)
    with state_file.read_only(home) as con:
        if not audit.exists(con):
            return Item("audit", terminal.text("doctor.audit_empty"), Verdict.GOOD)
        broken, newest = audit.broken_line(con), audit.lines(con, most=1)
    if broken is not None:
        return Item("audit", terminal.text("doctor.audit_broken", line=broken), Verdict.BAD)
    if not newest:
        return Item("audit", terminal.text("doctor.audit_empty"), Verdict.GOOD)
    told = terminal.text("doctor.audit_whole", count=newest[0].seq, hash=newest[0].hash[:16])
    return Item("audit", told, Verdict.GOOD)


def _writable(terminal: Terminal, home: Home) -> Item:
    if os.access(home.root, os.W_OK):
        return Item("home", terminal.text("doctor.writable", home=home.root), Verdict.GOOD)
    return Item("home", terminal.text("doctor.not_writable", home=home.root), Verdict.BAD)


def _settings(home: Home) -> tuple[ZoneInfo, Item]:
    """Return the time zone of the home (the default if its settings are invalid) and the item for its settings."""
    try:
        settings = warehouse.settings.load(home)
    except DoithoaiError as error:
        return zone_of(DEFAULT_TIME_ZONE), Item("settings", str(error), Verdict.BAD)
    return settings.zone, Item("settings", f"{settings.province_code} {settings.province_name}", Verdict.GOOD)


def _time_zone(terminal: Terminal, zone: ZoneInfo, machine_time: datetime) -> Item:
    """Return the item for the home's time zone; it mentions a different zone of the machine, which has no effect."""
    if machine_time.astimezone(zone).utcoffset() == machine_time.utcoffset():
        return Item("time_zone", zone.key, Verdict.GOOD)
    own = f"{machine_time:%Z, UTC%z}"
    return Item("time_zone", terminal.text("doctor.other_zone", zone=zone.key, machine=own), Verdict.GOOD)


def _clock(terminal: Terminal, home: Home, now: datetime) -> Item:
    """Return the item for the clock: a clock behind the newest receipt or publication would date feeds wrongly."""
    try:
        newest = {"doctor.receipt": last_receipt(home), "doctor.publication": _built_at(home)}
    except DoithoaiError as error:
        return Item("clock", error.message, Verdict.NOTE)
    behind = [
        terminal.text("doctor.clock_behind", what=terminal.text(what), now=now, then=then)
        for what, then in newest.items()
        if then and then > now
    ]
    if behind:
        return Item("clock", "; ".join(behind), Verdict.BAD)
    return Item("clock", terminal.text("doctor.clock_says", now=now), Verdict.GOOD)


def _built_at(home: Home) -> datetime | None:
    try:
        return current(home).built_at
    except SnapshotMissing:
        return None


def _private(terminal: Terminal, home: Home) -> Item:
    """Return the item for privacy: only the owner should be able to read received feeds and the data from them."""
    open_to = ((stat.S_IRGRP, "group"), (stat.S_IROTH, "others"))
    found = [
        terminal.text(f"doctor.readable_{who}", path=path)
        for path in warehouse.home.private(home)
        for right, who in open_to
        if path.stat().st_mode & right
    ]
    if not found:
        return Item("private", terminal.text("doctor.private_kept"), Verdict.GOOD)
    return Item("private", terminal.text("doctor.private_open", found="; ".join(found)), Verdict.NOTE)


def _lookups(terminal: Terminal, home: Home) -> Item:
    try:
        lookups = read_lookups(home)
    except DoithoaiError as error:
        return Item("lookups", str(error), Verdict.BAD)
    found = terminal.text("doctor.loaded", count=len(lookups.tables))
    return Item("lookups", found, Verdict.GOOD, tuple(rules_in_words(lookups.tables["rules"])))


def _writer(terminal: Terminal, home: Home, now: datetime) -> Item:
    try:
        with warehouse.home.held(home, "doctor", now):
            return Item("lock", terminal.text("doctor.unlocked"), Verdict.GOOD)
    except WriterBusy as error:
        return Item("lock", f"{terminal.text('doctor.locked')}: {error.message}", Verdict.NOTE)


def _snapshot(terminal: Terminal, home: Home, now: datetime) -> Item:
    try:
        snapshot = current(home)
    except DoithoaiError as error:
        return Item("snapshot", str(error), Verdict.NOTE)
    age = now - snapshot.built_at
    found = terminal.text("doctor.stale", snapshot=snapshot.id, days=age.days)
    return Item("snapshot", found, Verdict.NOTE if age > STALE_AFTER else Verdict.GOOD)


def _inbox(terminal: Terminal, home: Home) -> Item:
    count = sum(1 for entry in home.inbox.iterdir() if not entry.name.startswith("."))
    return Item("inbox", terminal.text("doctor.waiting", count=count), Verdict.GOOD)
