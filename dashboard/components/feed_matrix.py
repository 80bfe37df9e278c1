"""The matrix of senders and recent periods: one sign per feed; former senders are listed below."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.page import downloads, elements
from dashboard.page.page import Page
from dashboard.queries.feeds import ExpectedFeed
from dashboard.render import html
from dashboard.render.html import PINNED, Cell
from dashboard.sheets import feeds as sheets
from dashboard.text import downloads as files
from dashboard.text import formats
from dashboard.text import steward as texts

PERIODS = 8
"""The number of recent periods shown."""

Feeds = Mapping[tuple[str, str], ExpectedFeed]


def show(page: Page, found: Sequence[ExpectedFeed]) -> None:
    """Draw the matrix, or nothing if there are fewer than two periods."""
    by_end = sorted(found, key=lambda each: each.period_end)
    codes = list(dict.fromkeys(each.period_code for each in by_end))[-PERIODS:]
    if len(codes) < 2:
        return
    elements.say(texts.MATRIX, "heading")
    elements.say(texts.LEGEND, "note")
    state, labels = {each.key: each for each in found}, {each.period_code: each.period_label for each in found}
    names = {each.sender_unit_code: each.sender for each in by_end}
    order = dict.fromkeys(each.sender_unit_code for each in found)
    here = [code for code in order if (code, codes[-1]) in state]
    former = [code for code in order if code not in here and any((code, each) in state for each in codes)]
    headers = [Cell(texts.BOARD_COLUMNS[0], is_left=True), *(Cell(labels[each], is_centred=True) for each in codes)]
    for title, senders in (("", here), (texts.FORMER, former)):
        if title and senders:
            elements.say(title, "heading")
        if senders:
            body = [_row(state, names[code], code, codes) for code in senders]
            st.html(html.table(headers, body, PINNED))
            _offer(page, state, {code: names[code] for code in senders}, {each: labels[each] for each in codes}, title)


def _offer(page: Page, state: Feeds, names: Mapping[str, str], periods: Mapping[str, str], title: str) -> None:
    """Draw the download of the matrix, which has words instead of signs."""
    words = {key: _words(feed) for key, feed in state.items()}
    name = files.FORMER if title else files.MATRIX
    downloads.offer(page, name, lambda: sheets.matrix(names, periods, words), title=title or texts.MATRIX)


def _row(state: Feeds, name: str, sender: str, codes: Sequence[str]) -> list[Cell]:
    return [Cell(name, is_left=True), *(_sign(state.get((sender, each))) for each in codes)]


def _sign(feed: ExpectedFeed | None) -> Cell:
    if feed is None:
        return Cell(formats.NOTHING, is_dim=True, is_centred=True)
    return Cell(
        texts.sign(feed.status, feed.days_late),
        is_bad=feed.status == "missing",
        is_dim=feed.status == "not_due",
        is_centred=True,
        hint=_words(feed),
    )


def _words(feed: ExpectedFeed) -> str:
    return ", ".join(part for part in (texts.state(feed.status, feed.days_late), beside(feed)) if part)


def beside(feed: ExpectedFeed) -> str:
    """Return the remark next to the status of a feed."""
    if feed.status == "missing":
        return texts.REJECTED if feed.feeds_rejected else ""
    if feed.nil_return:
        return texts.NIL
    return texts.WITH_ERRORS if feed.rows_quarantined else ""
