"""A download as workbook below every table and chart; Streamlit's own CSV would execute formulas in texts.

The file is created when the button is clicked.
"""

import re
from collections.abc import Callable, Iterable

import streamlit as st

from dashboard import filters
from dashboard.model import Breadth
from dashboard.page.page import Page
from dashboard.queries import catalogue
from dashboard.render.workbook import About, Table, Value, as_workbook
from dashboard.text import downloads as texts
from dashboard.text import formats, headings, labels, missing_feeds, sentences
from warehouse.access.audit import Action
from warehouse.invisible import REPLACEMENT, visible

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OF_UNITS = frozenset({labels.OVERVIEW, labels.UNITS, labels.HEADS, labels.PROGRESS})
_OF_PERIODS = frozenset({labels.OVERVIEW, labels.UNITS, labels.HEADS, labels.FEED_BOARD})
_BAD_IN_NAMES = re.compile(rf'[\\/:*?"<>|\x00-\x1f{REPLACEMENT}]+')
_LONGEST_NAME = 150
Fact = tuple[str, Value]


def offer(
    page: Page,
    name: str,
    make: Callable[[], Table],
    *,
    title: str = "",
    whose: str = "",
    label: str = labels.DOWNLOAD,
    is_of_period: bool = True,
) -> None:
    """Draw the download button of a table. `title` is its heading, `whose` its subject if not the unit in view, and
    `is_of_period` whether it follows the period.

    `make` returns the whole table, which may be longer than the page shows.
    """
    owner, follows = whose or _owner(page), is_of_period and page.title in _OF_PERIODS and page.follows_period
    period = page.period.label if follows else texts.until(page.info.as_of)

    def made() -> bytes:
        table = make()
        if page.visitor is not None:
            page.visitor.note(Action.EXPORTED, unit=page.root, subject=f"{page.title}: {name}")
        lines = (*facts(page, owner, is_of_period=follows), (texts.ROWS, len(table.rows)))
        return as_workbook(name, About(title or name, lines), table)

    button(name, file_name((owner, period, name, page.info.snapshot_id)), made, label)


def offer_checked(name: str, facts: Iterable[Fact], parts: Iterable[str], make: Callable[[], Table]) -> None:
    """Draw the download button of a check result, which belongs to no snapshot."""
    shown = tuple(facts)

    def made() -> bytes:
        table = make()
        return as_workbook(name, About(name, (*shown, (texts.ROWS, len(table.rows)))), table)

    button(name, file_name((*parts, name)), made, labels.DOWNLOAD)


def button(name: str, file: str, made: Callable[[], bytes], label: str) -> None:
    """Draw the button; the server creates the file on click, without rerunning the page."""
    st.download_button(
        label,
        data=made,
        file_name=file,
        mime=_WORKBOOK,
        key=f"tai-ve-{name}",
        on_click="ignore",
        type="tertiary",
    )


def file_name(parts: Iterable[str]) -> str:
    """'Huyện Kim Bảng - Quý III-2024 - Kiến nghị - 20241015-080000.xlsx': without characters that file systems
    forbid."""
    joined = " - ".join(_BAD_IN_NAMES.sub("-", visible(part)).strip(" .-") for part in parts if part)
    return f"{joined[:_LONGEST_NAME]}.xlsx"


def facts(page: Page, owner: str, *, is_of_period: bool) -> tuple[Fact, ...]:
    """Return the facts above every table: subject, period and cutoff, snapshot, filters, coverage."""
    info = page.info
    lines: list[Fact] = [(texts.SAMPLE, sentences.SAMPLE)] if info.is_sample else []
    lines.append((texts.OWNER, owner))
    if is_of_period:
        calendar = labels.CALENDARS[page.period.calendar]
        whole = texts.period(page.period.label, page.period.start, page.period.end, calendar)
        lines += [(texts.PERIOD, whole), (texts.UNTIL, page.period.cutoff)]
    else:
        lines.append((texts.PERIOD, texts.WITHOUT_PERIOD))
    lines += [(texts.DATA_UNTIL, info.as_of), (texts.SNAPSHOT, info.snapshot_id), (texts.PUBLISHED, info.built_at)]
    lines.append((texts.FILTERS, "; ".join(_filters(page)) or texts.NONE))
    if is_of_period:
        found = page.snapshot.ask(catalogue.coverage, page.period)
        lines.append((texts.COVERAGE, missing_feeds.coverage(found, page.period)))
    return tuple(lines)


def _owner(page: Page) -> str:
    """Return the unit in view with its scope; the province if the page does not follow a unit."""
    if page.title not in _OF_UNITS or not page.view.unit:
        return page.name(page.root if page.title in _OF_UNITS else page.province)
    scope = labels.ALONE if page.view.breadth is Breadth.UNIT else labels.WITH_BELOW
    unit = page.unit(page.root)
    return page.name(page.root, scope.get(unit.level, "") if unit else "")


def _filters(page: Page) -> Iterable[str]:
    """Return the active filters that do not define the subject, each with its name."""
    view = page.view
    if page.title in _OF_UNITS and page.field_name:
        yield f"{headings.FIELD}: {page.field_name}"
    if page.title in _OF_UNITS and view.breadth is Breadth.UNIT:
        yield f"{headings.BREADTH}: {labels.BREADTHS[view.breadth]}"
    if page.title == labels.HEADS and view.body and not view.head:
        yield f"{headings.BODY}: {labels.BODIES[view.body]}"
    if view.meeting:
        yield f"{headings.MEETING}: {formats.day(filters.parse_day(view.meeting))}"
    if page.title == labels.PROVENANCE and view.code:
        yield f"{texts.LOOKED_UP}: {view.code}"
