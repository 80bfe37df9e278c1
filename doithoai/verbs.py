"""The verbs, one function each: parse options, call the lower layers, report the outcome."""

from datetime import datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import warehouse.home
import warehouse.settings
from doithoai import surroundings
from doithoai.messages import Language
from doithoai.options import (
    AddressOption,
    AgainOption,
    AllArchivedOption,
    AsOfOption,
    BoardPeriodOption,
    ByOption,
    CellOption,
    DraftToOption,
    ExportArgument,
    FilesArgument,
    GivenPeriodOption,
    HomeOption,
    JsonOption,
    KeyOption,
    KnownAtOption,
    LanguageOption,
    NoServeOption,
    PathsArgument,
    PeriodOption,
    PortOption,
    ProfileOption,
    ReadOption,
    ReasonOption,
    ReasonsOption,
    RemindersOption,
    ReturnToOption,
    RuleOption,
    SenderOption,
    TargetArgument,
    ToOption,
    UnitOption,
    WorldOption,
)
from doithoai.terminal import Terminal
from doithoai.worlds import World
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.settings import DEFAULT_TIME_ZONE, zone_of

if TYPE_CHECKING:
    from ingest.mapping.profiles import Given

DEFAULT_PORT = 8501
LOOPBACK = "127.0.0.1"


def _show_version(asked: bool) -> None:
    if asked:
        print(installed_version("doithoai"))  # noqa: T201
        raise typer.Exit


VersionOption = Annotated[bool, typer.Option("--version", help="option.version", is_eager=True, callback=_show_version)]


def doithoai(
    lang: LanguageOption = Language.VI,
    version: VersionOption = False,
) -> None:
    """Global options."""


def init(home: HomeOption = None, profile: ProfileOption = None, lang: LanguageOption = Language.VI) -> None:
    """Create a home with the lookups of Hà Nam or of a mapping profile."""
    from doithoai.homes import new_home

    made = new_home(surroundings.home_root(home), profile)
    Terminal(lang).say("init.done", home=made.root, inbox=made.inbox)


def template(
    unit: UnitOption,
    period: PeriodOption,
    to: ToOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Write the template workbook of a unit for a period."""
    from doithoai.templates import make_template

    make_template(Terminal(lang), _existing(home), unit, period, to)


def profile_draft(
    file: ExportArgument,
    sender: SenderOption = None,
    to: DraftToOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Draft a mapping profile from the headers and values of another system's export."""
    from doithoai.profiles import draft

    draft(Terminal(lang), _existing(home), file, sender, to)


def check(
    files: FilesArgument = None,
    *,
    all_archived: AllArchivedOption = False,
    home: HomeOption = None,
    profile: ProfileOption = None,
    sender: SenderOption = None,
    period: GivenPeriodOption = None,
    again: AgainOption = False,
    return_to: ReturnToOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Check each feed, or every feed in force; exit 1 if a file would be rejected."""
    from doithoai import feeds, rechecking

    terminal = Terminal(lang, as_json)
    if all_archived and not files:
        rechecking.check_again(terminal, _existing(home))
        return
    if all_archived or not files:
        raise _wrong_use(terminal, "error.all_or_files" if files else "error.missing")
    place = _existing(home)
    verdicts = feeds.check_files(
        terminal,
        files,
        place,
        _now(place),
        _profile(place, profile),
        given=_given(terminal, sender, period),
        return_to=return_to,
        again=again,
    )
    feeds.show_verdicts(terminal, verdicts)
    feeds.stop_if_rejected(terminal, verdicts)


def ingest(
    paths: PathsArgument = None,
    *,
    all_archived: AllArchivedOption = False,
    again: AgainOption = False,
    home: HomeOption = None,
    profile: ProfileOption = None,
    sender: SenderOption = None,
    period: GivenPeriodOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Land the given feeds, the inbox, or the feeds that changed rules affect; exit 1 if one was rejected."""
    from doithoai import feeds, rechecking

    terminal = Terminal(lang, as_json)
    place = _existing(home)
    if all_archived and (paths or again):
        raise _wrong_use(terminal, "error.all_or_files")
    if again and not paths:
        raise _wrong_use(terminal, "error.again_names_files")
    if all_archived:
        rechecking.ingest_again(terminal, place, _now(place))
        return
    outcomes = feeds.land_files(
        terminal,
        paths or [],
        place,
        _now(place),
        _profile(place, profile),
        given=_given(terminal, sender, period),
        again=again,
    )
    feeds.show_landings(terminal, outcomes, place)
    feeds.stop_if_rejected(terminal, outcomes)


def confirm(
    target: TargetArgument,
    *,
    rule: RuleOption = None,
    cell: CellOption = None,
    key: KeyOption = None,
    reason: ReasonOption = None,
    reasons: ReasonsOption = None,
    read: ReadOption = None,
    by: ByOption = None,
    home: HomeOption = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """List the findings of a feed that wait for a reason, store reasons, or store the meaning of a sender's text."""
    from doithoai.confirming import ConfirmRequest, confirm_or_list
    from doithoai.reasons import read_reasons

    terminal = Terminal(lang, as_json)
    if reasons and any((rule, cell, key, reason, read, by)):
        raise _wrong_use(terminal, "error.reasons_alone")
    place = _existing(home)
    request = ConfirmRequest(rule, cell, reason, read, by, key, read_reasons(terminal, reasons) if reasons else None)
    confirm_or_list(terminal, place, target, request, now=_now(place), profile=_profile(place, profile))


def build(
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Compute, check and publish a snapshot."""
    from doithoai.builds import build_and_report

    place = _existing(home)
    build_and_report(Terminal(lang), place, _now(place), as_of, known_at)


def run(home: HomeOption = None, profile: ProfileOption = None, lang: LanguageOption = Language.VI) -> None:
    """Ingest the inbox, then build. Exit 1 if a feed was rejected, after the rest is published.

    The nightly run is not interactive, so Great Expectations evaluates the suites of tables of ordinary size.
    """
    from doithoai import feeds
    from doithoai.builds import build_and_report
    from warehouse.border_checks import Engine

    terminal = Terminal(lang)
    place = _existing(home)
    outcomes = feeds.land_files(terminal, [], place, _now(place), _profile(place, profile), engine=Engine.AUTO)
    feeds.show_landings(terminal, outcomes, place)
    build_and_report(terminal, place, _now(place), None, None, engine=Engine.AUTO)
    feeds.stop_if_rejected(terminal, outcomes)


def status(
    period: BoardPeriodOption = None,
    reminders: RemindersOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Show received, late and missing feeds and the snapshot in force; or the reminders to missing senders."""
    from doithoai.status import read_status, show_reminders, show_status

    terminal = Terminal(lang, as_json)
    found = read_status(terminal, _existing(home), period)
    show_reminders(terminal, found) if reminders else show_status(terminal, found)


def serve(
    home: HomeOption = None,
    port: PortOption = DEFAULT_PORT,
    address: AddressOption = LOOPBACK,
    lang: LanguageOption = Language.VI,
) -> None:
    """Serve the dashboard on this machine until stopped."""
    from doithoai.serving import serve_dashboard

    serve_dashboard(Terminal(lang), _existing(home), address, port)


def demo(
    no_serve: NoServeOption = False,
    port: PortOption = DEFAULT_PORT,
    world: WorldOption = World.HA_NAM,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Create a sample world from its feeds, then serve it."""
    from doithoai.demo import make_demo
    from doithoai.serving import require_free_port, serve_dashboard

    terminal = Terminal(lang)
    if not no_serve:
        require_free_port(terminal, LOOPBACK, port)
    made = make_demo(terminal, surroundings.home_root(home), surroundings.now(zone_of(DEFAULT_TIME_ZONE)), world)
    if not no_serve:
        serve_dashboard(terminal, made, LOOPBACK, port)


def doctor(home: HomeOption = None, as_json: JsonOption = False, lang: LanguageOption = Language.VI) -> None:
    """Examine the machine and the home; exit 1 if an item is broken."""
    from doithoai.doctor import examine, show_examination

    terminal = Terminal(lang, as_json)
    show_examination(terminal, examine(terminal, surroundings.home_root(home), surroundings.machine_time()))


def _wrong_use(terminal: Terminal, key: str) -> UsageError:
    detail = terminal.text(key, name="FILE...")
    return UsageError(terminal.text("error.wrong_use", detail=detail), terminal.text("error.see_help"))


def _now(place: Home) -> datetime:
    """Return the current time in the home's time zone."""
    return surroundings.now(warehouse.settings.load(place).zone)


def _profile(place: Home, name: str | None) -> str | None:
    """Return the path or name of a profile; a profile of the home takes precedence over a built-in one."""
    if name is None:
        return None
    from ingest.mapping.profiles import named_in

    return named_in(place.profiles, name)


def _given(terminal: Terminal, sender: str | None, period: str | None) -> "Given | None":
    """Return the given sender and period; UsageError if the period is invalid."""
    if sender is None and period is None:
        return None
    from ingest.lookups.periods import read_period
    from ingest.mapping.profiles import Given

    if period is not None and read_period(period).value is None:
        raise UsageError(
            terminal.text("status.unreadable_period", period=period), terminal.text("status.unreadable_period_remedy")
        )
    return Given(sender, period)


def _existing(option: Path | None) -> Home:
    from doithoai.homes import bring_up_to_date

    home = warehouse.home.existing(surroundings.home_root(option))
    bring_up_to_date(home, lambda: _now(home))
    return home
