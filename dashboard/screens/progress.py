"""Tiến độ và quá hạn: ages of open petitions, overdue petitions, deadlines before a meeting."""

from datetime import date, timedelta

import streamlit as st

from dashboard import filters
from dashboard.components import petition_views
from dashboard.components.petition_views import Listing
from dashboard.model import Breadth, Bucket, UnitCount
from dashboard.page import downloads, elements
from dashboard.page.filter_bar import filter_bar, meeting_day
from dashboard.page.page import Page
from dashboard.queries import petitions
from dashboard.queries.petitions import Selection
from dashboard.render import html
from dashboard.render.charts import comparisons
from dashboard.render.html import Cell, Link
from dashboard.sheets import figures as sheets
from dashboard.text import downloads as files
from dashboard.text import formats, headings, labels, sentences
from dashboard.text import petitions as petition_texts

MOST_UNITS = 12


def show(page: Page) -> None:
    """Draw the page."""
    filter_bar(page, with_period=False)
    if not page.sees_records_of(page.root):
        elements.notice(sentences.UNIT_UNKNOWN)
        return
    everything = Selection(unit=page.view.unit, field=page.view.field)
    late = Selection(unit=page.view.unit, field=page.view.field, petition_class="open_overdue")
    buckets = page.snapshot.ask(petitions.aging, everything)
    by_unit = page.snapshot.ask(petitions.count_by_unit, late)
    still_open, overdue = _sum(buckets), _sum([bucket for bucket in buckets if bucket.is_overdue])
    headline = petition_texts.progress_headline(page.info.as_of, page.place(), overdue, still_open, len(by_unit))
    elements.say(headline, "message")
    elements.say(sentences.PROGRESS_NOTE.format(as_of=formats.instant(page.info.as_of)), "note")
    left, right = st.columns(2, gap="large")
    with left:
        _ages(page, buckets, overdue)
    with right:
        _units(page, by_unit)
    _before_meeting(page)
    elements.say(headings.OVERDUE_LIST, "heading")
    petition_views.show_list(page, late, Listing(files.OVERDUE_LIST, headings.OVERDUE_LIST))


def _sum(buckets: list[Bucket] | tuple[Bucket, ...]) -> int:
    return sum(bucket.petitions for bucket in buckets)


def _ages(page: Page, buckets: tuple[Bucket, ...], overdue: int) -> None:
    over_a_month = _sum([bucket for bucket in buckets if bucket.code in {"qua-60", "qua-90", "qua-91"}])
    title = petition_texts.aging_title(overdue, over_a_month)
    elements.say(title, "heading")
    elements.chart(comparisons.aging(buckets), title)
    downloads.offer(page, files.AGES, lambda: sheets.ages(buckets), title=title, label=files.CHART)
    links = [
        Link(f"{labels.AGES[bucket.code]}: {formats.number(bucket.petitions)}",
             filters.address(filters.UNITS, page.shared().to(bucket=bucket.code)))
        for bucket in buckets if bucket.petitions
    ]  # fmt: skip
    st.html(html.quiet_links(links, "chips note"))


def _units(page: Page, by_unit: tuple[UnitCount, ...]) -> None:
    elements.say(petition_texts.units_overdue_title(len(by_unit), MOST_UNITS), "heading")
    headers = (Cell(headings.UNIT, is_left=True), *map(Cell, headings.UNIT_OVERDUE))
    body = [_unit_row(page, item) for item in by_unit[:MOST_UNITS]]
    if body:
        st.html(html.table(headers, body))
        names = {item.unit_code: _named(page, item.unit_code) for item in by_unit}
        downloads.offer(page, files.OVERDUE, lambda: sheets.overdue(names, by_unit))


def _unit_row(page: Page, item: UnitCount) -> list[Cell]:
    """Return a unit, its own overdue petitions, and the age of the oldest; all as of the snapshot."""
    here = page.shared().to(unit=page.as_filter(item.unit_code), breadth=Breadth.UNIT)
    longest = None if item.longest_days is None else int(item.longest_days)
    return [
        Cell(_named(page, item.unit_code), is_left=True, link=filters.address(filters.UNITS, here)),
        Cell(formats.number(item.count), is_bad=True,
             link=filters.address(filters.UNITS, here.to(petition_class="open_overdue"))),
        Cell(formats.number(longest)),
    ]  # fmt: skip


def _named(page: Page, code: str) -> str:
    known = page.known(code)
    return code if known is None else sentences.unit_named(known, labels.ALONE.get(known.unit.level, ""))


def _before_meeting(page: Page) -> None:
    """Draw the petitions due before the selected date, by default 15 days after the date of the snapshot."""
    default = page.info.as_of.date() + timedelta(days=15)
    day: date = filters.parse_day(page.view.meeting) or default
    elements.say(headings.BEFORE_MEETING, "heading")
    field, answer = st.columns([1, 3], vertical_alignment="bottom")
    with field:
        meeting_day(page, day)
    selection = Selection(unit=page.view.unit, field=page.view.field, due_before=day)
    with answer:
        elements.say(petition_texts.due_before(day, page.snapshot.ask(petitions.petition_count, selection)), "lead")
        whole = filters.address(filters.UNITS, page.shared().to(meeting=day.isoformat()))
        st.html(html.quiet_links([Link(headings.WHOLE_LIST, whole)]))
    listing = Listing(files.DUE_SOON, petition_texts.before_meeting(day, page.place()))
    petition_views.show_list(page, selection, listing, only_first=True, height=340)
