"""Người đứng đầu: heads with their posts, own figures and inherited petitions; the page of one head."""

import pandas as pd
import streamlit as st

from dashboard import filters
from dashboard.components import petition_views, record_tables, unit_tables
from dashboard.components.petition_views import Listing
from dashboard.kpi_codes import OVERDUE
from dashboard.model import Breadth, HeadCounts, Kpi, Part, Subject, Tenure, UnitSet
from dashboard.page import downloads, elements
from dashboard.page.filter_bar import body_switch, filter_bar
from dashboard.page.page import Page
from dashboard.queries import figures, heads
from dashboard.queries.petitions import Selection
from dashboard.render import blocks, html
from dashboard.render.html import Link
from dashboard.sheets import figures as figure_sheets
from dashboard.sheets import heads as sheets
from dashboard.text import downloads as files
from dashboard.text import formats, headings, headlines, labels, sentences
from dashboard.text import petitions as petition_texts

_WIDTHS = {"full_name": 145, "post": 175, "unit_name": 150, "body": 90, "since": 150}
_FIGURE_WIDTHS = {"overdue": 70, "inherited": 105, "on_time": 75, "pair": 125, "dialogues": 75, "chaired": 75}
COLUMNS = elements.text_columns(headings.HEADS, _WIDTHS, _FIGURE_WIDTHS, headings.HEADS_HELP)


def show(page: Page) -> None:
    """Draw the list of heads, or the head that the URL names."""
    if page.view.head:
        _show_head(page, page.view.head)
    else:
        _show_list(page)


def _show_list(page: Page) -> None:
    filter_bar(page)
    units, body, field = UnitSet(page.view.unit), page.view.body, page.view.field
    found = page.snapshot.ask(heads.heads_in, page.period, units, body=body, field_code=field)
    title, switch = st.columns([3, 1], vertical_alignment="bottom")
    with title:
        elements.say(headlines.heads_headline(page.period, _counts(found), page.in_field()), "message")
    with switch:
        body_switch(page)
    if found.empty:
        elements.notice(sentences.NO_HEADS)
        return
    notes = [sentences.OPEN_HEAD_BY_CLICK, sentences.HEAD_RULE]
    if page.field_name:
        notes.append(sentences.CHAIRED_OF_ALL_FIELDS)
    elements.say(" ".join(notes), "note")
    row = elements.local_frame(_shown(found), COLUMNS, "nguoi-dung-dau", opens=True, height=640)
    downloads.offer(page, files.HEADS, lambda: sheets.heads(found))
    if row is not None:
        elements.go_to_head(page, str(found["head_id"].iloc[row]))


def _counts(found: pd.DataFrame) -> HeadCounts:
    """Return the numbers of persons and vacant posts in the list, for the whole period and at its end."""
    held, vacant = found[~found["is_vacant"]], found[found["is_vacant"] & ~found["is_abolished"]]
    late = held[held["overdue"].fillna(0) > 0]
    return HeadCounts(
        last=held[held["is_last"]]["leader_code"].nunique(),
        ever=held["leader_code"].nunique(),
        with_overdue=late["leader_code"].nunique(),
        vacant_last=int(vacant["is_last"].sum()),
        vacant_ever=len(vacant),
    )


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    spans = zip(found["from_on"], found["to_on"], strict=True)
    pairs = zip(found["on_time_numerator"], found["on_time_denominator"], strict=True)
    return pd.DataFrame(
        {
            "full_name": found["full_name"],
            "post": found["post"].fillna(found["body"].map(labels.POSTS)),
            "unit_name": found["unit_name"],
            "body": found["body"].map(labels.BODIES),
            "since": [formats.day_span(*map(elements.day_or_none, span)) for span in spans],
            "overdue": [formats.number(elements.or_none(value)) for value in found["overdue"]],
            "inherited": [formats.number(elements.or_none(value)) for value in found["inherited"]],
            "on_time": [formats.percent(elements.or_none(value)) for value in found["on_time"]],
            "pair": [formats.share(elements.or_none(part), elements.or_none(whole)) for part, whole in pairs],
            "dialogues": [formats.number(elements.or_none(value)) for value in found["dialogues"]],
            "chaired": [formats.percent(elements.or_none(value)) for value in found["head_chaired"]],
        }
    )


def _show_head(page: Page, head_id: str) -> None:
    spells = page.snapshot.ask(heads.tenures_of, head_id, page.day)
    if not spells:
        elements.notice(sentences.HEAD_UNKNOWN)
        st.html(html.quiet_links([Link(sentences.TO_HEADS, filters.address(filters.HEADS, page.shared()))]))
        return
    newest = spells[0]
    back = Link(labels.HEADS, filters.address(filters.HEADS, page.shared()))
    unit = Link(
        newest.unit_name, filters.address(filters.UNITS, page.shared().to(unit=page.as_filter(newest.unit_code)))
    )
    post = newest.post or labels.POSTS[newest.body]
    st.html(html.crumbs([back, unit], post))
    filter_bar(page, with_unit=False)
    with st.container(key="person"):
        st.text(newest.full_name)
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        _figures(page, newest)
    with right:
        _posts(page, spells)
    if page.sees_records_of(newest.unit_code):
        _records(page, newest)


def _records(page: Page, newest: Tenure) -> None:
    """Draw the decisions about a head, the overdue petitions, and the dialogues that the head chaired."""
    record_tables.head_decisions(page, newest)
    _overdue(page, newest)
    own = UnitSet(newest.unit_code, is_alone=True)
    asked = unit_tables.DialogueSelection(page.period, own, head_id=newest.head_id, field_code=page.view.field)
    unit_tables.dialogues(page, asked, page.field_name, whose=petition_texts.head_named(newest))


def _figures(page: Page, newest: Tenure) -> None:
    found = page.snapshot.ask(figures.figures, page.period, Subject("head", newest.head_id), page.view.field)
    elements.say(
        headlines.head_figures_title(newest.post or labels.POSTS[newest.body], newest.unit_name, page.period), "heading"
    )
    shown = [(page.kpi(code), found[code]) for code in page.kpis if code in found]
    least = page.info.min_denominator
    sees = page.sees_records_of(newest.unit_code)
    body = [
        blocks.kpi_row(kpi, figure, _links(page, kpi) if sees else {}, least, ranked=False) for kpi, figure in shown
    ]
    if body:
        st.html(html.table(blocks.kpi_headers(ranked=False), body))
        whose = petition_texts.head_named(newest)
        downloads.offer(page, files.KPIS, lambda: figure_sheets.kpis(shown), whose=whose)
    else:
        elements.say(sentences.NO_HEAD_FIGURES, "note")


def _links(page: Page, kpi: Kpi) -> dict[Part, str]:
    """Return the URLs of the lists behind a head's figure."""
    return blocks.evidence(page.view.to(unit="", breadth=Breadth.SUBTREE), kpi, kpi.lists("petitions", of_head=True))


def _posts(page: Page, spells: tuple[Tenure, ...]) -> None:
    others = page.snapshot.ask(heads.other_posts, spells[0].leader_code, spells[0].head_id, page.day)
    elements.say(headings.POSTS, "heading")
    rows = [*spells, *others]
    shown = pd.DataFrame(
        {
            "post": [item.post or labels.POSTS[item.body] for item in rows],
            "unit": [item.unit_name for item in rows],
            "since": [formats.day_span(item.from_on, item.to_on) for item in rows],
        }
    )
    elements.local_frame(shown, headings.HELD, "chuc-vu")
    downloads.offer(page, files.POSTS, lambda: sheets.posts(rows), whose=spells[0].full_name)


def _overdue(page: Page, newest: Tenure) -> None:
    elements.say(f"{headlines.head_overdue_title(page.period)}{page.in_field()}", "heading")
    selection = Selection(
        head=newest.head_id, field=page.view.field, period=page.period, kpi=OVERDUE, part=Part.NUMERATOR
    )
    listing = Listing(files.OVERDUE_LIST, headlines.head_overdue_title(page.period), petition_texts.head_named(newest))
    petition_views.show_list(page, selection, listing, note=sentences.state_at(page.period, page.info.as_of))
