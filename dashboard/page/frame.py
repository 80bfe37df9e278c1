"""The frame of all pages: banner, navigation that keeps the filters, state of the data."""

from collections.abc import Mapping

import streamlit as st

from dashboard import filters
from dashboard.access.visitor import Visitor
from dashboard.filters import View
from dashboard.page.elements import notice, say
from dashboard.page.page import Page
from dashboard.queries import catalogue
from dashboard.render import html
from dashboard.text import labels, missing_feeds, sentences
from warehouse.access.roles import Right

OF_RECORDS = frozenset({labels.PROGRESS, labels.FEED_BOARD, labels.DATA_QUALITY, labels.PROVENANCE})
"""Pages of petitions, feeds and findings; they show only those of the reader's units."""


def frame_of(page: Page) -> None:
    """Draw the frame above a page."""
    if page.info.is_sample:
        say(sentences.SAMPLE, "sample")
    navigation(page.places, page.title, page.shared(), page.visitor)
    data_state(page)
    if page.unreadable:
        notice(sentences.unreadable_parameters(page.unreadable))
    for warning in page.warnings:
        notice(warning)
    if page.title in OF_RECORDS and not page.reader.sees_records_of(""):
        say(sentences.own_units(_own_units(page)), "note")


def _own_units(page: Page) -> list[str]:
    """Return the names of the units whose records the reader sees, without the units below them."""
    return [page.name(code) for code in page.reader.person.units_with(Right.RECORDS) or ()]


def navigation(places: Mapping[str, st.Page], here: str, shared: View, visitor: Visitor | None = None) -> None:
    """Draw links to all pages, which keep the filters: the leaders' pages, below them the stewards'; and who visits."""
    stewards = [title for title in places if title in labels.STEWARD_PAGES]
    with st.container(key="top", horizontal=True, gap="medium"):
        _links(places, here, shared, [title for title in places if title not in stewards])
        if visitor is not None:
            st.html(html.visitor(sentences.NO_SIGN_IN if not visitor.person.is_signed_in else "", visitor.person.name))
    if not stewards:
        return
    with st.container(key="stewards", horizontal=True, gap="medium"):
        with st.container(width="content"):
            say(labels.DATA, "group")
        _links(places, here, shared, stewards)


def _links(places: Mapping[str, st.Page], here: str, shared: View, titles: list[str]) -> None:
    parameters = filters.parameters_of(shared)
    for title in titles:
        with st.container(key="here" if title == here else None, width="content"):
            st.page_link(places[title], label=title, query_params=parameters)


def data_state(page: Page) -> None:
    """Draw province, day of the data and coverage of the period, and for stewards the snapshot id."""
    found = page.snapshot.ask(catalogue.coverage, page.period)
    parts = [
        page.name(page.province),
        sentences.data_until(page.info.as_of),
        missing_feeds.coverage(found, page.period),
    ]
    if page.title in labels.STEWARD_PAGES:
        parts.append(sentences.snapshot_named(page.info.snapshot_id))
    st.html(html.status(parts))
