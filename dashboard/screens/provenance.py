"""Tra cứu nguồn gốc: from a code to its files, versions, rows and cells."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import filters
from dashboard.components import feed_views
from dashboard.page import downloads, elements
from dashboard.page.filter_bar import remember
from dashboard.page.page import Page
from dashboard.queries import provenance
from dashboard.queries.provenance import ReceivedCell, RowVersion
from dashboard.render import html
from dashboard.render.html import Cell, Link
from dashboard.sheets import provenance as sheets
from dashboard.text import downloads as files
from dashboard.text import file_check, formats
from dashboard.text import steward as texts
from dashboard.uploads.cli_client import CliClient

_NEWEST = 20


def show(page: Page, cli: CliClient | None = None) -> None:
    """Draw the page; with a `cli` it offers the form for missing reasons."""
    feed = page.snapshot.ask(provenance.feed, page.view.code) if page.view.code else None
    versions = page.snapshot.ask(provenance.row_versions, page.view.code) if page.view.code else ()
    elements.say(_message(page, versions) if feed is None else texts.feed_found(feed), "message")
    if feed is None and not versions:
        elements.say(texts.PROVENANCE_NOTE.format(link=texts.SEE_PROVENANCE), "note")
    _ask(page)
    if not page.view.code:
        elements.say(texts.FEEDS, "heading")
        feed_views.feeds(page, page.snapshot.ask(provenance.newest_feeds, _NEWEST))
    elif feed is not None:
        feed_views.feed(page, cli, feed)
    if versions:
        _row(page, versions)
    elif page.view.code and feed is None and not feed_views.uncomputed(page, cli):
        elements.notice(texts.UNKNOWN_CODE.format(code=page.view.code))


def _message(page: Page, versions: Sequence[RowVersion]) -> str:
    """Return the headline of a row."""
    if not versions:
        return texts.PROVENANCE
    newest, feeds = versions[0], {each.feed.feed_id for each in versions}
    code = page.view.code if newest.sheet_kind == "tenures" else newest.subject_id
    return texts.row_found(code, len(feeds), newest.feed.file_name, newest.sheet, newest.row_number)


def _ask(page: Page) -> None:
    key = "tra-cuu"
    st.session_state[key] = page.view.code
    st.text_input(
        texts.LOOK_UP, key=key, on_change=lambda: remember(page.view.to(code=str(st.session_state[key]).strip()))
    )


def _row(page: Page, versions: Sequence[RowVersion]) -> None:
    """Draw all versions of a row, and the cells of the newest."""
    newest = versions[0]
    found = page.snapshot.ask(provenance.cells, newest)
    _ways_back(page, newest, found)
    elements.say(texts.VERSIONS, "heading")
    st.html(html.stacked(feed_views.headers(texts.VERSION_COLUMNS), [_version(page, each) for each in versions]))
    downloads.offer(page, files.VERSIONS, lambda: sheets.versions(versions))
    where = f"{newest.feed.file_name}, {file_check.sheet(newest.sheet)}, {newest.row_number}"
    elements.say(f"{texts.CELLS}: {where}", "heading")
    st.html(html.stacked(feed_views.headers(texts.CELL_COLUMNS), [_cell(newest, each) for each in found]))
    downloads.offer(page, files.CELLS, lambda: sheets.cells(newest, found), title=f"{texts.CELLS}: {where}")
    findings = page.snapshot.ask(provenance.findings, newest.feed.feed_id, newest.sheet, newest.row_number)
    feed_views.findings(page, texts.FINDINGS, findings)


def _ways_back(page: Page, newest: RowVersion, found: Sequence[ReceivedCell]) -> None:
    """Draw links from a petition to its page and dialogue, and to the other records with its code."""
    links = [_to_code(page, texts.SEE_OTHER, code) for code in page.snapshot.ask(provenance.others_of, newest)]
    if newest.sheet_kind == "petitions":
        links = [*_ways_of_petition(page, newest, found), *links]
    if links:
        st.html(html.quiet_links(links))


def _ways_of_petition(page: Page, newest: RowVersion, found: Sequence[ReceivedCell]) -> list[Link]:
    published = page.snapshot.ask(provenance.petition_and_dialogue, newest.subject_id)
    if published is None:
        written = [each.read or each.received for each in found if each.field == "dialogue_code"]
        return [_to_code(page, texts.SEE_DIALOGUE, code) for code in written if code]
    petition, dialogue = published
    view = replace(page.shared(), petition=petition)
    to_page = Link(texts.SEE_PETITION, filters.address(filters.UNITS, view))
    return [to_page, _to_code(page, texts.SEE_DIALOGUE, dialogue)] if dialogue else [to_page]


def _to_code(page: Page, label: str, code: str) -> Link:
    return Link(label.format(code=code), filters.address(filters.PROVENANCE, page.shared().to(code=code)))


def _version(page: Page, version: RowVersion) -> list[Cell]:
    feed = version.feed
    changes = "; ".join(texts.change(each.change, each.header, each.before, each.after) for each in version.changes)
    link = filters.address(filters.PROVENANCE, page.shared().to(code=feed.feed_id))
    return [
        Cell(file_check.label(feed.period_code), is_left=True),
        Cell(texts.version(feed.version, feed.is_current), is_left=True),
        Cell(texts.minute(feed.received_at), is_left=True),
        Cell(feed.file_name, is_left=True, link=link),
        Cell(file_check.sheet(version.sheet), is_left=True),
        Cell(str(version.row_number), is_left=True),
        Cell(texts.ROW_STATUS[version.row_status], version.faults, is_left=True, is_bad=version.row_status != "landed"),
        Cell(changes or formats.NOTHING, is_left=True, is_wide=True),
    ]


def _cell(version: RowVersion, cell: ReceivedCell) -> list[Cell]:
    hidden = cell.is_sensitive
    text = texts.HIDDEN_TEXT if hidden else file_check.received(cell.received) or formats.NOTHING
    is_other = cell.is_repaired and not hidden and cell.read != text
    same = texts.AS_RECEIVED if (cell.received and not cell.is_repaired) or cell.read == text else formats.NOTHING
    return [
        Cell(f"{cell.letter}{version.row_number}" if cell.letter else formats.NOTHING, is_left=True),
        Cell(cell.header, is_left=True),
        Cell(text, is_left=True, is_wide=True, is_dim=hidden),
        Cell(cell.read if is_other else same, is_left=True, is_wide=True, is_dim=not is_other),
    ]
