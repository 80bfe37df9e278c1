"""Tình trạng báo cáo: who sent, who is late, who is missing; whom to remind, and what falls due next."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard import filters, layout, markup
from dashboard.filter_bar import filter_bar
from dashboard.layout import Page
from dashboard.markup import Cell
from dashboard.queries import feeds
from dashboard.queries.feeds import Deadline, ExpectedFeed
from dashboard.text import formats, labels, reminders
from dashboard.text import steward as texts

_SHOWN_PERIODS = 8


def show(page: Page) -> None:
    """Draw the page."""
    filter_bar(page, with_unit=False, with_field=False)
    found = page.snapshot.ask(feeds.expected, page.period)
    layout.say(texts.board_message(page.period.label, Counter(each.status for each in found)), "message")
    if not found:
        layout.notice(texts.NO_BOARD)
    else:
        layout.say(texts.BOARD, "heading")
        st.html(markup.table(_headers(texts.BOARD_COLUMNS, 0, 3), [_row(page, each) for each in found]))
    _remind(page, [each for each in found if each.status == "missing"])
    _matrix(page.snapshot.ask(feeds.recent, page.period))
    _calendar(page.snapshot.ask(feeds.deadlines, page.info.as_of))


def _headers(names: Sequence[str], *left: int) -> list[Cell]:
    """Headers over columns; those numbered `left` stand left."""
    return [Cell(name, is_left=number in left) for number, name in enumerate(names)]


def _row(page: Page, feed: ExpectedFeed) -> list[Cell]:
    source = filters.address(filters.PROVENANCE, page.shared().to(code=feed.feed_id)) if feed.feed_id else ""
    people = " / ".join(name for name in (feed.prepared_by, feed.approved_by) if name)
    errors = feed.rows_quarantined or 0
    return [
        Cell(feed.sender, is_left=True),
        Cell(feed.period_code),
        Cell(formats.day(feed.deadline)),
        Cell(texts.state(feed.status, feed.days_late), _beside(feed), is_left=True, is_bad=feed.status == "missing"),
        Cell(texts.minute(feed.received_at)),
        Cell(formats.number(feed.version), texts.renewed(feed.version, feed.version_received_at)),
        Cell(formats.number(feed.rows_landed)),
        Cell(formats.number(feed.rows_quarantined), is_bad=errors > 0),
        Cell(formats.number(feed.unconfirmed) if feed.feed_id else formats.NOTHING, is_bad=feed.unconfirmed > 0),
        Cell(people or formats.NOTHING),
        Cell(texts.SEE_FILE if source else formats.NOTHING, link=source),
    ]


def _beside(feed: ExpectedFeed) -> str:
    """What else is to be known beside the state."""
    if feed.status == "missing":
        return texts.REJECTED if feed.feeds_rejected else ""
    if feed.nil_return:
        return texts.NIL
    return texts.WITH_ERRORS if feed.rows_quarantined else ""


def _remind(page: Page, missing: Sequence[ExpectedFeed]) -> None:
    layout.say(texts.REMINDERS, "heading")
    if not missing:
        layout.say(texts.NOBODY_MISSING, "note")
        return
    layout.say(texts.REMINDERS_NOTE, "note")
    told = [
        reminders.MissingFeed(
            unit_name=each.sender,
            period_label=each.period_label,
            deadline=each.deadline,
            days_overdue=each.days_overdue or 0,
            was_rejected=each.feeds_rejected > 0,
            province_name=page.info.province_name,
        )
        for each in missing
    ]
    st.code(reminders.reminders(told), language=None, wrap_lines=True)


def _matrix(found: Sequence[ExpectedFeed]) -> None:
    codes = list(dict.fromkeys(each.period_code for each in sorted(found, key=lambda each: each.period_end)))
    shown = codes[-_SHOWN_PERIODS:]
    if len(shown) < 2:
        return
    state = {(each.sender_unit_code, each.period_code): each for each in found}
    senders = dict.fromkeys((each.sender_unit_code, each.sender) for each in found)
    names = dict(senders.keys())
    layout.say(texts.MATRIX, "heading")
    body = [
        [Cell(name, is_left=True), *(_state(state.get((code, each))) for each in shown)] for code, name in names.items()
    ]
    st.html(markup.table([Cell(texts.BOARD_COLUMNS[0], is_left=True), *map(Cell, shown)], body))


def _state(feed: ExpectedFeed | None) -> Cell:
    if feed is None:
        return Cell(formats.NOTHING, is_dim=True)
    word = texts.state(feed.status, feed.days_late)
    return Cell(word, _beside(feed), is_bad=feed.status == "missing", is_dim=feed.status == "not_due")


def _calendar(found: Sequence[Deadline]) -> None:
    if not found:
        return
    layout.say(texts.DEADLINES, "heading")
    body = [
        [
            Cell(each.period_code, is_left=True),
            Cell(labels.LEVELS[each.level], is_left=True),
            Cell(formats.day(each.start)),
            Cell(formats.day(each.end)),
            Cell(formats.day(each.deadline)),
        ]
        for each in found
    ]
    st.html(markup.table(_headers(texts.DEADLINE_COLUMNS, 0, 1), body))
