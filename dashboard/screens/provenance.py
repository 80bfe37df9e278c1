"""Tra cứu nguồn gốc: from a code to the files, versions, rows and cells it came from."""

from collections.abc import Sequence

import streamlit as st

from dashboard import filters, layout, markup
from dashboard.filter_bar import remember
from dashboard.layout import Page
from dashboard.markup import Cell
from dashboard.queries import provenance
from dashboard.queries.provenance import CellFinding, FeedRecord, ReceivedCell, RowVersion
from dashboard.text import formats, headings
from dashboard.text import steward as texts

_NEWEST = 20


def show(page: Page) -> None:
    """Draw the page."""
    layout.say(texts.PROVENANCE, "message")
    layout.say(texts.PROVENANCE_NOTE.format(link=texts.SEE_PROVENANCE), "note")
    _ask(page)
    if not page.view.code:
        layout.say(texts.FEEDS, "heading")
        _feeds(page, page.snapshot.ask(provenance.newest_feeds, _NEWEST))
        return
    feed = page.snapshot.ask(provenance.feed, page.view.code)
    versions = page.snapshot.ask(provenance.row_versions, page.view.code)
    if feed is not None:
        _feed(page, feed)
    if versions:
        _row(page, versions)
    if feed is None and not versions:
        layout.notice(texts.UNKNOWN_CODE.format(code=page.view.code))


def _ask(page: Page) -> None:
    key = "tra-cuu"
    st.session_state[key] = page.view.code
    st.text_input(
        texts.LOOK_UP, key=key, on_change=lambda: remember(page.view.to(code=str(st.session_state[key]).strip()))
    )


def _headers(names: Sequence[str]) -> list[Cell]:
    return [Cell(name, is_left=True) for name in names]


def _feeds(page: Page, found: Sequence[FeedRecord]) -> None:
    body = [
        [
            Cell(
                each.feed_id,
                link=filters.address(filters.PROVENANCE, page.shared().to(code=each.feed_id)),
                is_left=True,
            ),
            Cell(each.file_name, is_left=True),
            Cell(each.sender or texts.UNKNOWN_SENDER, is_left=True),
            Cell(each.period_code or formats.NOTHING, is_left=True),
            Cell(texts.version(each.version, each.is_current), is_left=True),
            Cell(texts.minute(each.received_at), is_left=True),
            Cell(texts.FEED_STATUS[each.status], is_left=True, is_bad=each.status == "rejected"),
            Cell(formats.number(each.rows_landed)),
            Cell(formats.number(each.rows_quarantined), is_bad=each.rows_quarantined > 0),
        ]
        for each in found
    ]
    st.html(markup.table(_headers(texts.FEED_COLUMNS), body))


def _feed(page: Page, feed: FeedRecord) -> None:
    _feeds(page, [feed])
    kept = page.snapshot.ask(provenance.quarantined, feed.feed_id)
    if kept:
        layout.say(texts.QUARANTINED, "heading")
        body = [
            [
                Cell(sheet, is_left=True),
                Cell(str(row), is_left=True),
                Cell(key or formats.NOTHING, is_left=True,
                     link=filters.address(filters.PROVENANCE, page.shared().to(code=key)) if key else ""),
                Cell(faults, is_left=True, is_wide=True),
            ]
            for sheet, row, key, faults in kept
        ]  # fmt: skip
        st.html(markup.table(_headers(texts.QUARANTINE_COLUMNS), body))
    _findings(texts.FEED_FINDINGS, page.snapshot.ask(provenance.findings, feed.feed_id))


def _row(page: Page, versions: Sequence[RowVersion]) -> None:
    """All versions of a row, and the newest one cell by cell."""
    newest = versions[0]
    layout.say(texts.VERSIONS, "heading")
    st.html(markup.table(_headers(texts.VERSION_COLUMNS), [_version(page, each) for each in versions]))
    layout.say(f"{texts.CELLS}: {newest.feed.file_name}, {newest.sheet}, {newest.row_number}", "heading")
    found = page.snapshot.ask(provenance.cells, newest)
    st.html(markup.table(_headers(texts.CELL_COLUMNS), [_cell(newest, each) for each in found]))
    told = page.snapshot.ask(provenance.findings, newest.feed.feed_id, newest.sheet, newest.row_number)
    _findings(texts.FINDINGS, told)


def _version(page: Page, version: RowVersion) -> list[Cell]:
    feed = version.feed
    changes = "; ".join(texts.change(each.change, each.header, each.before, each.after) for each in version.changes)
    link = filters.address(filters.PROVENANCE, page.shared().to(code=feed.feed_id))
    return [
        Cell(feed.period_code, is_left=True),
        Cell(texts.version(feed.version, feed.is_current), is_left=True),
        Cell(texts.minute(feed.received_at), is_left=True),
        Cell(feed.file_name, is_left=True, link=link),
        Cell(version.sheet, is_left=True),
        Cell(str(version.row_number), is_left=True),
        Cell(texts.ROW_STATUS[version.row_status], version.faults, is_left=True, is_bad=version.row_status != "landed"),
        Cell(changes or formats.NOTHING, is_left=True, is_wide=True),
    ]


def _cell(version: RowVersion, cell: ReceivedCell) -> list[Cell]:
    hidden = cell.field == "summary"
    text = texts.HIDDEN_TEXT if hidden else cell.received or formats.NOTHING
    read = cell.read if cell.is_repaired else texts.AS_RECEIVED
    return [
        Cell(f"{cell.letter}{version.row_number}" if cell.letter else formats.NOTHING, is_left=True),
        Cell(cell.header, is_left=True),
        Cell(text, is_left=True, is_wide=True, is_dim=hidden),
        Cell(read, is_left=True, is_wide=True, is_dim=not cell.is_repaired),
    ]


def _findings(title: str, found: Sequence[CellFinding]) -> None:
    if not found:
        return
    layout.say(title, "heading")
    names = [headings.FINDINGS["cell"], headings.FINDINGS["message"], headings.FINDINGS["remedy"]]
    body = [
        [
            Cell(each.cell, is_left=True, is_bad=each.tier != "warn"),
            Cell(each.message, each.reason, is_left=True, is_wide=True),
            Cell(each.remedy, is_left=True, is_wide=True),
        ]
        for each in found
    ]
    st.html(markup.table(_headers(names), body))
