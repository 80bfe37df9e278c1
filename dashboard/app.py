"""The dashboard's composition root; `dashboard/server.py` runs it for every view.

The only module that reads the command line, and the only one that catches errors.
"""

import argparse
import gc
import logging
import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

import streamlit as st
from streamlit.navigation.page import Page as Place

ROOT = Path(__file__).resolve().parent
sys.path.append(str(ROOT.parent))

from dashboard import addresses, filters
from dashboard.access.door import Door
from dashboard.access.entrance import door_of
from dashboard.access.reader import Reader, reader_of
from dashboard.access.visitor import Visitor
from dashboard.filters import View
from dashboard.page import elements, snapshots
from dashboard.page.frame import frame_of, navigation
from dashboard.page.page import Page
from dashboard.page.request import opened_text, page_of
from dashboard.pages import ADDRESSES, visible_to
from dashboard.render import html, theme
from dashboard.render.html import Link
from dashboard.screens import (
    audit_log,
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
from warehouse.access.audit import Action
from warehouse.access.roles import Person
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

PAGES_AT_A_TIME = 2


def home() -> Home:
    """Return the home of the `--home` option; UsageError without it."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--home", type=Path)
    told, _ = parser.parse_known_args()
    if told.home is None:
        raise UsageError(sentences.NO_HOME)
    return Home(told.home.resolve())


@st.cache_resource(show_spinner=False)
def door() -> Door | None:
    """Return the door of the home; None if it asks for no sign-in."""
    return door_of(home(), os.environ, _now)


def visitor_here() -> Visitor | None:
    """Return who visits; None if the session has ended."""
    gate, origin = door(), str(st.context.ip_address or "127.0.0.1")
    if gate is None:
        return Visitor(home(), _now, origin=origin)
    session = gate.session(st.context.cookies.to_dict())
    return None if session is None or session.is_first else Visitor(home(), _now, session.person, origin)


@st.cache_resource(show_spinner=False)
def prepare() -> None:
    """Freeze, once per process, the objects loaded so far, so that the garbage collector skips them."""
    gc.freeze()


@st.cache_resource(show_spinner=False)
def turns() -> BoundedSemaphore:
    """Return the turns to draw. Threads of one process share one interpreter: more pages at a time would all be slower,
    and the thread that sends them would wait for each."""
    return BoundedSemaphore(PAGES_AT_A_TIME)


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
    visitor = visitor_here()
    if visitor is None:
        elements.notice(sentences.SIGNED_OUT)
        return
    person = visitor.person
    allowed = visible_to(person.rights)
    places = {title: _place(title, address) for title, address in allowed.items()}
    closed = [address for title, address in ADDRESSES.items() if title not in allowed]
    nowhere = [_place(sentences.NO_SUCH_PAGE, address) for address in (*closed, filters.NOWHERE)]
    chosen = st.navigation([*places.values(), *nowhere], position="hidden")
    if chosen.title == sentences.NO_SUCH_PAGE:
        _draw_nowhere(places, visitor, chosen.url_path if chosen.url_path in closed else "")
    elif chosen.title == labels.AUDIT:
        navigation(places, chosen.title, View(), visitor)
        audit_log.show(visitor)
    else:
        # pages that may run a command for a steward do not keep others waiting
        with turns() if chosen.title in DRAWERS else nullcontext():
            _draw(page_in_view(chosen.title, person), places, chosen.title, visitor)


def _draw_nowhere(places: dict[str, Place], visitor: Visitor, refused: str) -> None:
    """The page shown for an unknown address, or one that the reader may not see, with links to other pages."""
    if refused:
        visitor.note(Action.REFUSED, subject=refused)
    navigation(places, "", View(), visitor)
    elements.say(sentences.NO_SUCH_PAGE, "message")
    elements.notice(sentences.NO_SUCH_ADDRESS)
    if labels.OVERVIEW in places:
        st.html(html.quiet_links([Link(sentences.TO_OVERVIEW, filters.OVERVIEW)]))


def _draw(page: Page | None, places: dict[str, Place], title: str, visitor: Visitor) -> None:
    """Draw a page; the check of files also works before anything is published."""
    cli = _cli(page.reader if page else reader_of(visitor.person, None), visitor)
    if page is not None:
        page = replace(page, places=places, visitor=visitor)
        _note_text(page, visitor)
        frame_of(page)
    elif title == labels.CHECK_FILE:
        navigation(places, title, View(), visitor)
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


def _cli(reader: Reader, visitor: Visitor) -> CliClient:
    return CliClient(home(), settings.load(home()).limits, os.environ, reader, visitor)


def _note_text(page: Page, visitor: Visitor) -> None:
    """Note in the audit log, once per address, that a signed-in person opened the text of petitions."""
    opened = opened_text(page)
    noted: set[str] = st.session_state.setdefault("da-ghi", set())
    if visitor.person.is_signed_in and opened and opened not in noted:
        noted.add(opened)
        visitor.note(Action.TEXT_OPENED, unit=page.root, subject=opened)


def _place(title: str, address: str) -> Place:
    is_first = address == filters.OVERVIEW
    return st.Page(_drawn_below, title=title, url_path=addresses.FIRST if is_first else address, default=is_first)


run()
