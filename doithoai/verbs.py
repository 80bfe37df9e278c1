"""The verbs on a home: parse options, call the lower layers, report the outcome."""

from importlib.metadata import version as installed_version
from typing import Annotated

import typer

from doithoai import surroundings
from doithoai.calls import existing_home, now_at, profile_named
from doithoai.messages import Language
from doithoai.options import (
    AddressOption,
    AsOfOption,
    BoardPeriodOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    LanguageOption,
    NoServeOption,
    PortOption,
    ProfileOption,
    RemindersOption,
    WorldOption,
)
from doithoai.terminal import Terminal
from doithoai.worlds import World
from warehouse.settings import DEFAULT_TIME_ZONE, zone_of

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
    """Accept the options that stand before a verb."""


def init(home: HomeOption = None, profile: ProfileOption = None, lang: LanguageOption = Language.VI) -> None:
    """Create a home with the lookups of Hà Nam or of a mapping profile."""
    from doithoai.homes import new_home

    made = new_home(surroundings.home_root(home), profile)
    Terminal(lang).say("init.done", home=made.root, inbox=made.inbox)


def build(
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Compute, check and publish a snapshot."""
    from doithoai.builds import build_and_report

    place = existing_home(home)
    build_and_report(Terminal(lang), place, now_at(place), as_of, known_at)


def run(home: HomeOption = None, profile: ProfileOption = None, lang: LanguageOption = Language.VI) -> None:
    """Land the inbox, then build and publish; if a feed was rejected, exit 1 after the rest is published.

    The nightly run is not interactive, so Great Expectations evaluates the suites of tables of ordinary size.
    """
    from doithoai import feeds
    from doithoai.builds import build_and_report
    from warehouse.border_checks import Engine

    terminal = Terminal(lang)
    place = existing_home(home)
    outcomes = feeds.land_files(terminal, [], place, now_at(place), profile_named(place, profile), engine=Engine.AUTO)
    feeds.show_landings(terminal, outcomes, place)
    build_and_report(terminal, place, now_at(place), None, None, engine=Engine.AUTO)
    feeds.stop_if_rejected(terminal, outcomes)


def status(
    period: BoardPeriodOption = None,
    reminders: RemindersOption = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Show the snapshot in force and the received, late and missing feeds, or only the reminders to senders."""
    from doithoai.status import read_status, show_reminders, show_status

    terminal = Terminal(lang, as_json)
    found = read_status(terminal, existing_home(home), period)
    show_reminders(terminal, found) if reminders else show_status(terminal, found)


def serve(
    home: HomeOption = None,
    port: PortOption = DEFAULT_PORT,
    address: AddressOption = LOOPBACK,
    lang: LanguageOption = Language.VI,
) -> None:
    """Serve the dashboard on this machine until stopped."""
    from doithoai.serving import serve_dashboard

    serve_dashboard(Terminal(lang), existing_home(home), address, port)


def demo(
    no_serve: NoServeOption = False,
    port: PortOption = DEFAULT_PORT,
    world: WorldOption = World.HA_NAM,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Create a home with a sample world, then serve its dashboard."""
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
