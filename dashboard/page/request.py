"""Conversion of an address to a page and its selection of petitions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard import filters
from dashboard.access.reader import EVERYBODY_HERE, Reader
from dashboard.filters import Choices, View
from dashboard.model import Breadth
from dashboard.page.page import Page
from dashboard.page.snapshots import Snapshot
from dashboard.queries import catalogue, petitions
from dashboard.queries.petitions import Selection
from dashboard.queries.suppression import within_surface
from dashboard.text import labels, sentences
from warehouse.access.roles import Right
from warehouse.errors import SnapshotMissing


def page_of(
    snapshot: Snapshot, parameters: Mapping[str, str], title: str = "", reader: Reader = EVERYBODY_HERE
) -> Page:
    """Return the page of an address; SnapshotMissing if the snapshot has no period."""
    info, choices = snapshot.know(catalogue.snapshot_info), _choices(snapshot)
    if not choices.periods:
        raise SnapshotMissing(sentences.SNAPSHOT_EMPTY)
    parsed = filters.parse(parameters, choices)
    kpis = {kpi.code: kpi for kpi in snapshot.know(catalogue.kpis)}
    page = Page(snapshot, info, choices, kpis, parsed.view, (), parsed.unreadable, {}, title, reader=reader)
    page = _of_own_unit(_without_odd_meeting(page))
    is_of_today = title == labels.PROGRESS or (title == labels.UNITS and page.view.is_of_today)
    page = replace(page, follows_period=not is_of_today)
    page = replace(
        page, units=snapshot.ask(catalogue.units_on, page.day), known_units=snapshot.ask(catalogue.known_units)
    )
    page = _with_ended(page, page.view.unit)
    if page.view.unit == page.province:
        page = replace(page, view=replace(page.view, unit=""))
    return _without_absent_unit(page)


def _of_own_unit(page: Page) -> Page:
    """Return the page of a unit whose petitions the reader sees, on the page about the petitions of a unit."""
    if page.title != labels.PROGRESS or page.reader.sees_records_of(page.view.unit):
        return page
    unreadable = (filters.PARAMETERS["unit"],) if page.view.unit else ()
    own = next(iter(page.reader.person.units_with(Right.RECORDS) or ()), "")
    return replace(page, view=page.view.to(unit=own), unreadable=(*page.unreadable, *unreadable))


def _with_ended(page: Page, code: str) -> Page:
    """Return the page including a unit that ended before its period, if the address names one: its open petitions are
    shown."""
    known = page.known_units.get(code)
    if known is None or page.unit(code) or known.last_day is None or known.last_day >= page.day:
        return page
    return replace(page, units=(*page.units, known.unit))


def _without_absent_unit(page: Page) -> Page:
    """Return the page of the whole province if the unit does not exist yet or is outside the scope."""
    code = page.view.unit
    if not code or page.unit(code) is not None:
        return page
    known, whole = page.known_units.get(code), replace(page, view=page.view.to(unit=""))
    if known is not None and known.first_day > page.day:
        return replace(whole, warnings=(*page.warnings, sentences.not_begun(known, page.period)))
    return replace(whole, unreadable=(*page.unreadable, filters.PARAMETERS["unit"]))


def _without_odd_meeting(page: Page) -> Page:
    """Return the page without the day of a meeting that is before the day of the data or too far ahead."""
    day, today = filters.parse_day(page.view.meeting), page.info.as_of.date()
    if day is None or today <= day <= today + filters.FARTHEST_MEETING:
        return page
    warning = sentences.no_meeting_day(day, page.info.as_of)
    return replace(page, view=replace(page.view, meeting=""), warnings=(*page.warnings, warning))


def _choices(snapshot: Snapshot) -> Choices:
    """Return what the address may choose; for a reader with a least count, only what such a reader may ask for."""
    choices = Choices(
        periods=snapshot.know(catalogue.periods),
        unit_codes=snapshot.know(catalogue.unit_codes),
        fields=snapshot.know(catalogue.fields),
        kpi_codes=tuple(kpi.code for kpi in snapshot.know(catalogue.kpis)),
        buckets=tuple(petitions.BUCKETS),
    )
    if not snapshot.scope.least_count:
        return choices
    periods = tuple(each for each in choices.periods if within_surface(each))
    return replace(choices, periods=periods, fields=(), breadths=(Breadth.SUBTREE,))


def selection_of(page: Page) -> Selection:
    """Return the selection of petitions of the address."""
    view = page.view
    return Selection(
        unit=page.unit_set.root,
        is_alone=page.unit_set.is_alone,
        field=view.field,
        head=view.head,
        period=page.period,
        **_list_of(view),
    )


def _list_of(view: View) -> dict[str, Any]:
    """Return the list of the address: the first parameter counts, as in the title."""
    if view.kpi:
        return {"kpi": view.kpi, "part": view.part}
    if view.petition_class:
        return {"petition_class": view.petition_class}
    return {"bucket": view.bucket} if view.bucket else {"due_before": filters.parse_day(view.meeting)}


def opened_text(page: Page) -> str:
    """Return what the address opens of the text of petitions: a petition, a code, or a list; '' if nothing."""
    view = page.view
    if not page.may(Right.TEXT):
        return ""
    if view.petition or (view.code and page.title == labels.PROVENANCE):
        return view.petition or view.code
    is_list = page.title == labels.PROGRESS or bool(view.kpi or view.petition_class or view.bucket or view.meeting)
    return filters.address(page.here, view) if is_list else ""
