"""Views of petitions: the list behind a figure, and one petition with file, sheet and row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import filters
from dashboard.page import downloads, elements
from dashboard.page.page import Page
from dashboard.queries import heads, petitions
from dashboard.queries.petitions import PAGE_ROWS, Selection
from dashboard.render import html
from dashboard.render.html import Link
from dashboard.sheets import heads as head_sheets
from dashboard.sheets import petitions as sheets
from dashboard.text import downloads as files
from dashboard.text import formats, headings, labels, sentences, steward
from dashboard.text import petitions as petition_texts

_WIDTHS = {"petition_id": 170, "unit_name": 165, "body": 90, "field_name": 185, "summary": 480}
_DAY_WIDTHS = {"received": 88, "due": 88, "late": 105}
OPEN_COLUMNS = elements.text_columns(headings.PETITIONS, _WIDTHS, _DAY_WIDTHS)
LIST_COLUMNS = elements.text_columns(headings.PETITIONS, _WIDTHS | {"state": 170}, _DAY_WIDTHS | {"settled": 88})


@dataclass(frozen=True)
class Listing:
    """A list of petitions: its name in downloads, its title, and whose petitions they are if not the unit's in view."""

    name: str
    title: str
    whose: str = ""


def show_list(
    page: Page, selection: Selection, listing: Listing, *, only_first: bool = False, height: int = 560, note: str = ""
) -> None:
    """Draw one page of the petitions of `selection`; a click opens a petition. With `only_first`, because another list
    uses the page number in the URL, the first page is drawn with a link to the whole list. `note` is shown above the
    list."""
    number = 1 if only_first else int(page.view.page)
    total = page.snapshot.ask(petitions.petition_count, selection)
    last = max(1, -(-total // PAGE_ROWS))
    if number > last:
        elements.notice(sentences.no_such_list_page(number, last))
        first_page = filters.address(page.here, page.view.to(page="1"))
        st.html(html.quiet_links([Link(sentences.TO_FIRST_PAGE, first_page)]))
        return
    found = page.snapshot.ask(petitions.petition_list, selection, number)
    first = (number - 1) * PAGE_ROWS + 1
    notes = [petition_texts.listed(len(found), total, first), *([sentences.OPEN_BY_CLICK, note] if total else [])]
    if not page.sees_records_of(""):
        notes.append(sentences.ONLY_VISIBLE)
    elements.say(" ".join(filter(None, notes)), "note")
    if found.empty:
        return
    is_open = bool(found["class"].isin(petitions.OPEN).all())
    columns = OPEN_COLUMNS if is_open else LIST_COLUMNS
    row = elements.local_frame(_shown(found), columns, f"{listing.name}-{number}", opens=True, height=height)
    _offer(page, selection, listing, columns, total)
    if row is not None:
        open_petition(page, str(found["petition_id"].iloc[row]))
    if not only_first:
        _pager(page, last, number)


def _offer(page: Page, selection: Selection, listing: Listing, columns: Mapping[str, Any], total: int) -> None:
    """Draw the download of the whole list."""
    downloads.offer(
        page,
        listing.name,
        lambda: sheets.petitions(page.snapshot.take(petitions.petition_list, selection, None), list(columns)),
        title=listing.title,
        whose=listing.whose,
        label=files.whole_list(total),
    )


def open_petition(page: Page, code: str) -> None:
    """Open one petition; the URL keeps the list."""
    st.switch_page(page.places[labels.UNITS], query_params=filters.parameters_of(page.view.to(petition=code)))


def _pager(page: Page, last: int, number: int) -> None:
    steps = [(headings.PREVIOUS_PAGE, number - 1), (headings.NEXT_PAGE, number + 1)]
    links = [
        Link(label, filters.address(page.here, page.view.to(page=str(to)))) for label, to in steps if 1 <= to <= last
    ]
    if links:
        st.html(html.quiet_links(links))


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "petition_id": found["petition_id"],
            "unit_name": found["unit_name"],
            "body": found["body"].map(labels.BODIES),
            "field_name": found["field_name"],
            "received": _days(found["received_at"]),
            "due": _days(found["due_at"]),
            "settled": _days(found["settled_at"]),
            "state": found["class"].map(labels.CLASSES),
            "late": [formats.NOTHING if pd.isna(days) else formats.number(int(days)) for days in found["days_overdue"]],
            "summary": found["summary"].fillna(sentences.TEXT_HIDDEN),
        }
    )


def _days(column: "pd.Series[Any]") -> list[str]:
    return [formats.NOTHING if pd.isna(value) else formats.day(value) for value in column]


def show_petition(page: Page, code: str) -> None:
    """Draw one petition: its text, its dates, its responsible heads, and its source row."""
    record = page.snapshot.ask(petitions.petition, code)
    if record is None:
        elements.notice(sentences.PETITION_UNKNOWN)
        st.html(html.quiet_links([Link(sentences.TO_UNIT, filters.address(filters.UNITS, page.shared()))]))
        return
    elements.say(petition_texts.state(record), "message")
    _quarantined_row(page, code)
    with st.container(key="body"):
        st.text(record["summary"] or sentences.TEXT_HIDDEN)
    left, right = st.columns(2, gap="large")
    with left:
        elements.say(headings.HANDLING, "heading")
        _facts(petition_texts.handling(record))
    with right:
        _answerable(page, record)
        elements.say(headings.SOURCE, "heading")
        _facts(petition_texts.source(record))
        if page.reader.sees_records_of(record["feed_sender"] or ""):
            way = filters.address(filters.PROVENANCE, page.shared().to(code=code))
            st.html(html.quiet_links([Link(steward.SEE_PROVENANCE, way)]))
        _findings(page, record)


def _quarantined_row(page: Page, code: str) -> None:
    """Draw why an older report is shown, if the newest row of the petition is quarantined."""
    found = page.snapshot.ask(petitions.quarantined_row, code)
    if found is not None:
        elements.notice(petition_texts.quarantined_row(found))
        if found.is_visible:
            way = filters.address(filters.PROVENANCE, page.shared().to(code=code))
            st.html(html.quiet_links([Link(headings.SEE_QUARANTINED, way)]))


def _answerable(page: Page, record: dict[str, Any]) -> None:
    """Draw the heads responsible for a petition at each moment that counts; a click opens the head's page."""
    found = [
        (moment, page.snapshot.ask(heads.tenures_of, str(record[name]), page.info.as_of.date()))
        for name, moment in headings.MOMENTS.items()
        if record[name]
    ]
    known = [(moment, spells[0]) for moment, spells in found if spells]
    if not known:
        return
    elements.say(headings.ANSWERABLE, "heading")
    shown = pd.DataFrame(
        {
            "moment": [moment for moment, _ in known],
            "name": [item.full_name for _, item in known],
            "post": [item.post or labels.POSTS[item.body] for _, item in known],
        }
    )
    row = elements.local_frame(shown, headings.ANSWERING, "chiu-trach-nhiem", opens=True)
    downloads.offer(page, files.ANSWERABLE, lambda: head_sheets.answerable(known), title=str(record["petition_id"]))
    if row is not None:
        elements.go_to_head(page, known[row][1].head_id)


def _facts(pairs: list[tuple[str, str]]) -> None:
    st.html(html.facts(pairs))


def _findings(page: Page, record: dict[str, Any]) -> None:
    found = page.snapshot.ask(petitions.findings_of_row, record["feed_id"], record["sheet"], record["row_number"])
    if found.empty:
        elements.say(sentences.NO_FINDINGS, "note")
        return
    elements.local_frame(found, headings.FINDINGS, "ghi-chu")
    downloads.offer(page, files.ROW_FINDINGS, lambda: sheets.findings(found), title=str(record["petition_id"]))
