"""The ingest pipeline: check and land the feeds in files and folders, one after the other."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.checking.check import broken_feed, check_feed
from ingest.checking.checked_feed import ArchivedFeed, CheckedFeed, Verdict
from ingest.checking.landed_copy import copy_landed, history_for_copy, history_for_writer
from ingest.checking.sender_history import SenderHistory
from ingest.confirming import store_given_reasons
from ingest.contract.load import landed_columns
from ingest.findings.cell_ranges import groups_of
from ingest.findings.snippets import snippets_of
from ingest.landing.land import Landing, land, sweep_archive
from ingest.landing.supersession import Supersession
from ingest.mapping.profiles import NOTHING_GIVEN, Given, profile_for
from ingest.reading.save_time import SavedFeed, in_order_of_saving
from ingest.reading.source_file import with_plain_name
from ingest.reading.sources import feed_sources
from ingest.return_workbook import return_names, write_return
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.errors import DoithoaiError
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings


@dataclass(frozen=True)
class Delivery:
    """One feed, its time of receipt, and its save time if known."""

    source: Path
    received_at: datetime
    saved: SavedFeed | None = None


GX_MAX_FEEDS = 12
"""A run over more feeds than this uses the compiled query: Great Expectations takes a second or two per feed."""


def land_paths(
    paths: Iterable[Path],
    home: Home,
    settings: Settings,
    now: datetime,
    *,
    profile: str | None = None,
    given: Given = NOTHING_GIVEN,
    again: bool = False,
    engine: Engine = Engine.SQL,
    on_progress: Callable[[str], None] | None = None,
) -> list[Landing]:
    """Check and land every feed in `paths`, in the order of their save times; the caller holds the writer's lock.

    A rejected feed, or one whose check fails with an error, does not stop the others. With `again`, bytes that landed
    before and are no longer in force land again as a new version.
    """
    deliveries = _deliveries(paths, settings, now)
    return land_deliveries(
        deliveries, home, settings, profile=profile, given=given, again=again, engine=engine, on_progress=on_progress
    )


def _deliveries(paths: Iterable[Path], settings: Settings, now: datetime) -> list[Delivery]:
    """The feeds in `paths`, in the order in which they were saved."""
    saved = in_order_of_saving(feed_sources(paths), settings.zone, settings.limits)
    return [Delivery(each.source, now, each) for each in saved]


def land_deliveries(
    deliveries: Sequence[Delivery],
    home: Home,
    settings: Settings,
    *,
    profile: str | None = None,
    given: Given = NOTHING_GIVEN,
    again: bool = False,
    engine: Engine = Engine.SQL,
    on_progress: Callable[[str], None] | None = None,
) -> list[Landing]:
    """Check and land feeds in this order, each with its own time of receipt; the caller holds the writer's lock."""
    landings = []
    sweep_archive(home)
    with connect(home.warehouse) as con:
        create_raw(con, landed_columns())
        load_lookups(con, home)
        checker = Checker(
            con, settings, history_for_writer(con, home), engine_for(engine, len(deliveries)), profile, given, again
        )
        supersession = Supersession(con)
        for number, delivery in enumerate(deliveries, start=1):
            if on_progress:
                on_progress(f"{number}/{len(deliveries)} {delivery.source.name}")
            landings.append(_land_one(checker, supersession, home, delivery))
    return landings


def _land_one(checker: "Checker", supersession: Supersession, home: Home, delivery: Delivery) -> Landing:
    """Check and land one feed; an internal error is recorded as a rejection, so that the next feed can land."""

    def landed(checked: CheckedFeed) -> Landing:
        return land(checker.con, home, checked, delivery.received_at, checker.settings.limits.max_file_mb)

    try:
        with checker.checked(delivery) as checked:
            annotated = supersession.annotate(checked, delivery.saved)
            store_given_reasons(home, annotated, delivery.received_at)
            landing = landed(annotated)
            supersession.note(landing.checked, delivery.saved, landing.feed_id)
            return landing
    except DoithoaiError:
        raise
    except Exception as error:  # noqa: BLE001 - one feed that breaks the program must not keep the others out
        with checker.broken(delivery, error) as checked:
            return landed(checked)


@dataclass(frozen=True)
class Checker:
    """Checks feeds on one connection."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    history: SenderHistory
    engine: Engine
    profile: str | None = None
    given: Given = NOTHING_GIVEN
    again: bool = False

    @contextmanager
    def checked(self, delivery: Delivery, archived: ArchivedFeed | None = None) -> Iterator[CheckedFeed]:
        """Yield the checked feed; its unpacked files exist until the block ends."""
        with TemporaryDirectory(prefix="doithoai-") as workdir:
            profile = profile_for(self.profile, self.given, Path(workdir) / "profile")
            checked = check_feed(
                with_plain_name(delivery.source, Path(workdir)),
                self.settings,
                self.con,
                delivery.received_at,
                Path(workdir),
                profile=profile,
                engine=self.engine,
                history=self.history,
                archived=archived,
                again=self.again,
                given=self.given,
            )
            yield replace(checked, saved_at=delivery.saved.saved_at if delivery.saved else None)

    @contextmanager
    def broken(self, delivery: Delivery, error: Exception) -> Iterator[CheckedFeed]:
        """Yield the feed, rejected because of an internal `error`, which is logged with its traceback."""
        logging.getLogger(__name__).error("%s could not be checked or landed", delivery.source, exc_info=error)
        with TemporaryDirectory(prefix="doithoai-") as workdir:
            source = with_plain_name(delivery.source, Path(workdir))
            yield broken_feed(source, self.con, Path(workdir), type(error).__name__)


def engine_for(asked: Engine, feeds: int) -> Engine:
    """The requested engine; the compiled query if there are more than GX_MAX_FEEDS feeds."""
    return Engine.SQL if feeds > GX_MAX_FEEDS else asked


def check_paths(
    paths: Sequence[Path],
    home: Home,
    settings: Settings,
    now: datetime,
    profile: str | None = None,
    *,
    return_to: Path | None = None,
    given: Given = NOTHING_GIVEN,
    again: bool = False,
) -> list[CheckedFeed]:
    """Check every feed in `paths` without changing the home.

    With `return_to`, write each feed's return workbook into that folder. Suites are evaluated by the compiled query,
    which finds the same as Great Expectations without its import time.
    """
    deliveries = _deliveries(paths, settings, now)
    with copy_landed(home) as con:
        checker = Checker(con, settings, history_for_copy(con, home), Engine.SQL, profile, given, again)
        supersession = Supersession(con)
        targets = [return_to / name if return_to else None for name in return_names([it.source for it in deliveries])]
        return [_checked(checker, supersession, *each) for each in zip(deliveries, targets, strict=True)]


def _checked(checker: Checker, supersession: Supersession, delivery: Delivery, target: Path | None) -> CheckedFeed:
    """Check one feed; an internal error rejects it, so that the next feed can be checked."""
    try:
        checked = supersession.annotate(_check_and_report(checker, delivery, target), delivery.saved)
        supersession.note(checked, delivery.saved, None)
        return checked
    except DoithoaiError:
        raise
    except Exception as error:  # noqa: BLE001 - one feed that breaks the program must not stop the check of the others
        with checker.broken(delivery, error) as broken:
            return broken


def _check_and_report(checker: Checker, delivery: Delivery, target: Path | None) -> CheckedFeed:
    with checker.checked(delivery) as checked:
        report = replace(
            checked,
            snippets=snippets_of(checker.con, checked.staged, checked.findings),
            groups=groups_of(checker.con, checked.sheets, checked.findings, with_messages=target is not None),
        )
        if target is None or checked.verdict is Verdict.ALREADY_LANDED:
            return report
        limits = checker.settings.limits
        return replace(report, return_workbook=write_return(checker.con, report, delivery.source, target, limits))
