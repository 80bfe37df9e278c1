"""Tình trạng báo cáo: received, late and missing feeds; reminders, and the next deadlines."""

from collections import Counter
from collections.abc import Collection, Sequence

import streamlit as st

from dashboard import filters
from dashboard.components import feed_matrix, return_download
from dashboard.page import downloads, elements
from dashboard.page.filter_bar import filter_bar
from dashboard.page.page import Page
from dashboard.queries import feeds
from dashboard.queries.feeds import Deadline, ExpectedFeed
from dashboard.render import html
from dashboard.render.html import Cell, Link
from dashboard.sheets import feeds as sheets
from dashboard.text import downloads as files
from dashboard.text import file_check, formats, labels, reminders
from dashboard.text import steward as texts
from dashboard.uploads.cli_client import CliClient
from dashboard.uploads.unpublished_feeds import visible_feeds
from warehouse.access.roles import Right
from warehouse.arrivals import Arrival


def show(page: Page, cli: CliClient | None = None) -> None:
    """Draw the page; with a `cli` it offers the return workbooks."""
    filter_bar(page, with_unit=False, with_field=False)
    found = page.snapshot.ask(feeds.expected, page.period)
    counts, waiting = Counter(each.status for each in found), sum(each.unconfirmed for each in found)
    elements.say(texts.board_message(page.period.label, counts, waiting), "message")
    came = visible_feeds(page.visitor.home, page.reader) if page.visitor else ()
    _uncomputed(page, came)
    if not found:
        elements.notice(texts.NO_BOARD)
    _board(page, found, {(it.sender_unit_code or "", it.period_code or "") for it in came})
    if cli is not None:
        return_download.offer_one_of(cli, _returnable(page, found))
    feed_matrix.show(page, page.snapshot.ask(feeds.recent, page.period))
    _calendar(page, page.snapshot.ask(feeds.deadlines, page.info.as_of))


def _uncomputed(page: Page, came: Sequence[Arrival]) -> None:
    """Draw the notice that landed feeds are not on this board yet, with a link to the build."""
    if came:
        way = Link(labels.CHECK_FILE, filters.address(filters.CHECK_FILE, page.shared()))
        st.html(html.notice(texts.board_behind(len(came)), [way] if page.may(Right.UPLOAD) else []))


def _returnable(page: Page, found: Sequence[ExpectedFeed]) -> dict[str, str]:
    """Return the feeds whose return workbook the reader may make, by id, with their labels."""
    return {
        it.feed_id: f"{it.sender}, {it.period_label}"
        for it in found
        if it.feed_id and page.reader.works_for(it.sender_unit_code, Right.UPLOAD)
    }


def _board(page: Page, found: Sequence[ExpectedFeed], came: Collection[tuple[str, str]]) -> None:
    """Draw the missing senders as a paragraph per period, all others as a table, then the reminders."""
    missing = [each for each in found if each.status == "missing"]
    if missing:
        elements.say(texts.missing_title(len(missing)), "heading")
        for label in dict.fromkeys(each.period_label for each in missing):
            names = [_named(each, came) for each in missing if each.period_label == label]
            elements.say(f"{label}: {', '.join(names)}.", "lead")
    sent = [each for each in found if each.status != "missing"]
    if sent:
        elements.say(texts.BOARD, "heading")
        st.html(html.stacked(_headers(texts.BOARD_COLUMNS, 0, 1, 3), [_row(page, each) for each in sent]))
    if found:
        notes = {each.key: _note(each, came) for each in found}
        downloads.offer(page, files.BOARD, lambda: sheets.board(found, notes))
    _remind([each for each in missing if each.is_reminded and each.key not in came])


def _named(feed: ExpectedFeed, came: Collection[tuple[str, str]]) -> str:
    return texts.named_missing(feed.sender, _note(feed, came))


def _note(feed: ExpectedFeed, came: Collection[tuple[str, str]]) -> str:
    """Return the note on a feed: landed but not published, or the remark next to its status."""
    return texts.ARRIVED if feed.status == "missing" and feed.key in came else feed_matrix.beside(feed)


def _headers(names: Sequence[str], *left: int) -> list[Cell]:
    """Return headers; those at the indexes `left` are left-aligned."""
    return [Cell(name, is_left=number in left) for number, name in enumerate(names)]


def _row(page: Page, feed: ExpectedFeed) -> list[Cell]:
    source = filters.address(filters.PROVENANCE, page.shared().to(code=feed.feed_id)) if feed.feed_id else ""
    people = " / ".join(name for name in (feed.prepared_by, feed.approved_by) if name)
    return [
        Cell(feed.sender, is_left=True),
        Cell(feed.period_label, is_left=True),
        Cell(formats.day(feed.deadline)),
        Cell(texts.state(feed.status, feed.days_late), feed_matrix.beside(feed), is_left=True),
        Cell(texts.minute(feed.received_at)),
        Cell(formats.number(feed.version), texts.renewed(feed.version, feed.version_received_at)),
        Cell(formats.number(feed.rows_landed)),
        Cell(formats.number(feed.rows_quarantined), is_bad=(feed.rows_quarantined or 0) > 0),
        Cell(formats.number(feed.unconfirmed) if feed.feed_id else formats.NOTHING,
             link=source if feed.unconfirmed else "", is_bad=feed.unconfirmed > 0),
        Cell(people or formats.NOTHING),
        Cell(texts.SEE_FILE if source else formats.NOTHING, link=source),
    ]  # fmt: skip


def _remind(missing: Sequence[ExpectedFeed]) -> None:
    """Draw the reminders, each to be copied separately."""
    elements.say(texts.REMINDERS, "heading")
    if not missing:
        elements.say(texts.NOBODY_MISSING, "note")
        return
    elements.say(texts.REMINDERS_NOTE, "note")
    with st.expander(texts.letters_title(len(missing))):
        for each in missing:
            st.code(reminders.reminder(_told(each)), language=None, wrap_lines=True)


def _told(feed: ExpectedFeed) -> reminders.MissingFeed:
    return reminders.MissingFeed(
        unit_name=feed.sender,
        period_label=feed.period_label,
        deadline=feed.deadline,
        days_overdue=feed.days_overdue or 0,
        was_rejected=feed.feeds_rejected > 0,
        province_name=feed.province,
    )


def _calendar(page: Page, found: Sequence[Deadline]) -> None:
    if not found:
        return
    elements.say(texts.DEADLINES, "heading")
    body = [
        [
            Cell(file_check.label(each.period_code), is_left=True),
            Cell(labels.LEVELS[each.level], is_left=True),
            Cell(formats.day(each.start)),
            Cell(formats.day(each.end)),
            Cell(formats.day(each.deadline)),
        ]
        for each in found
    ]
    st.html(html.stacked(_headers(texts.DEADLINE_COLUMNS, 0, 1), body))
    downloads.offer(page, files.DEADLINES, lambda: sheets.deadlines(found), is_of_period=False)
