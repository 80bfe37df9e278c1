"""The dashboard's composition root; `dashboard/server.py` runs it for every view.

The only module that reads the command line, and the only one that catches errors.
"""

import argparse
import gc
import logging
import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page as Place

ROOT = Path(__file__).resolve().parent
sys.path.append(str(ROOT.parent))

from dashboard import addresses, filters
from dashboard.access.reader import Reader, reader_of
from dashboard.filters import View
from dashboard.page import elements, snapshots
from dashboard.page.frame import frame_of, navigation
from dashboard.page.page import HomeAccess, Page
from dashboard.page.request import page_of
from dashboard.pages import ADDRESSES, visible_to
from dashboard.render import html, theme
from dashboard.render.html import Link
from dashboard.screens import (
    check_file,
    data_quality,
    feed_board,
    heads,
    method,
    overview,
    progress,
    provenance,
    units,
)
from dashboard.text import file_check, labels, sentences
from dashboard.uploads.cli_client import CliClient
from warehouse import settings
from warehouse.access.roles import EVERYBODY, Person
from warehouse.errors import DoithoaiError, UsageError
from warehouse.home import Home

DRAWERS = {
    labels.OVERVIEW: overview.show,
    labels.UNITS: units.show,
    labels.HEADS: heads.show,
    labels.PROGRESS: progress.show,
    labels.METHOD: method.show,
    labels.DATA_QUALITY: data_quality.show,
}


def home() -> Home:
    """Return the home of the `--home` option; UsageError without it."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--home", type=Path)
    told, _ = parser.parse_known_args()
    if told.home is None:
        raise UsageError(sentences.NO_HOME)
    return Home(told.home.resolve())


@st.cache_resource(show_spinner=False)
def prepare() -> None:
    """Freeze, once per process, the objects loaded so far, so that the garbage collector skips them."""
    gc.freeze()


def page_in_view(title: str, person: Person) -> Page | None:
    """Return the page of the address; show a notice and return None if the snapshot has no such page."""
    try:
        snapshot, reader = snapshots.open_current(home(), person)
        return page_of(snapshot, st.query_params.to_dict(), title, reader)
    except DoithoaiError as error:
        elements.notice(f"{error.message} {error.remedy}".strip())
        return None


def _drawn_below() -> None:
    """A placeholder that Streamlit requires; `run` draws the pages, because it has their inputs."""


def run() -> None:
    """Draw the page of the address, or a notice with the reason why there is none."""
    st.set_page_config(page_title=labels.TITLE, page_icon=str(ROOT / "static" / "icon.svg"), layout="wide")
    st.html(theme.style_sheet())
    try:
        _run()
    except DoithoaiError as error:
        elements.notice(f"{error.message} {error.remedy}".strip())
    except Exception:  # the one catcher: readers see a sentence, the log has the traceback
        logging.getLogger(__name__).exception("a page could not be drawn")
        elements.notice(file_check.UNEXPECTED)


def _run() -> None:
    prepare()
    person = EVERYBODY
    allowed = visible_to(person.rights)
    places = {title: _place(title, address) for title, address in allowed.items()}
    closed = [address for title, address in ADDRESSES.items() if title not in allowed]
    nowhere = [_place(sentences.NO_SUCH_PAGE, address) for address in (*closed, filters.NOWHERE)]
    chosen = st.navigation([*places.values(), *nowhere], position="hidden")
    if chosen.title == sentences.NO_SUCH_PAGE:
        _draw_nowhere(places)
    else:
        _draw(page_in_view(chosen.title, person), places, chosen.title, person)


def _draw_nowhere(places: dict[str, Place]) -> None:
    """The page shown for an unknown address, or one that the reader may not see, with links to other pages."""
    navigation(places, "", View())
    elements.say(sentences.NO_SUCH_PAGE, "message")
    elements.notice(sentences.NO_SUCH_ADDRESS)
    if labels.OVERVIEW in places:
        st.html(html.quiet_links([Link(sentences.TO_OVERVIEW, filters.OVERVIEW)]))


def _draw(page: Page | None, places: dict[str, Place], title: str, person: Person) -> None:
    """Draw a page; the check of files also works before anything is published."""
    cli = _cli(page.reader if page else reader_of(person, None))
    if page is not None:
        page = replace(page, places=places, access=HomeAccess(home(), _now))
        frame_of(page)
    elif title == labels.CHECK_FILE:
        navigation(places, title, View())
    if title == labels.CHECK_FILE:
        check_file.show(cli, page.shared() if page else View())
    elif title == labels.PROVENANCE and page is not None:
        provenance.show(page, cli)
    elif title == labels.FEED_BOARD and page is not None:
        feed_board.show(page, cli)
    elif page is not None:
        DRAWERS[title](page)


def _now() -> datetime:
    """Return the current time in the home's time zone."""
    return datetime.now(settings.load(home()).zone).replace(tzinfo=None)


def _cli(reader: Reader) -> CliClient:
    return CliClient(home(), settings.load(home()).limits, os.environ, reader)


def _place(title: str, address: str) -> Place:
    is_first = address == filters.OVERVIEW
    return st.Page(_drawn_below, title=title, url_path=addresses.FIRST if is_first else address, default=is_first)


run()
