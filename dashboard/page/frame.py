"""The frame of every page: banner, navigation that carries the filters, state of the data."""

from collections.abc import Mapping

import streamlit as st

from dashboard import filters
from dashboard.filters import View
from dashboard.page.elements import notice, say
from dashboard.page.page import Page
from dashboard.queries import catalogue
from dashboard.render import html
from dashboard.text import labels, sentences


def frame_of(page: Page) -> None:
    """What stands above every page: banner, navigation that carries the filters, state of the data."""
    if page.info.is_sample:
        say(sentences.SAMPLE, "sample")
    navigation(page.places, page.title, page.shared())
    data_state(page)
    if page.unreadable:
        notice(sentences.unreadable_parameters(page.unreadable))
    for warning in page.warnings:
        notice(warning)


def navigation(places: Mapping[str, st.Page], here: str, shared: View) -> None:
    """Links to every page, which carry the filters along: the leaders' pages, under them those of the stewards."""
    stewards = [title for title in places if title in labels.STEWARD_PAGES]
    with st.container(key="top", horizontal=True, gap="medium"):
        _links(places, here, shared, [title for title in places if title not in stewards])
    with st.container(key="stewards", horizontal=True, gap="medium"):
        with st.container(width="content"):
            say(labels.DATA, "group")
        _links(places, here, shared, stewards)


def _links(places: Mapping[str, st.Page], here: str, shared: View, titles: list[str]) -> None:
    for title in titles:
        with st.container(key="here" if title == here else None, width="content"):
            st.page_link(places[title], label=title, query_params=filters.parameters_of(shared))


def data_state(page: Page) -> None:
    """Province, day of the data, coverage of the period; which snapshot it is, for those who keep the data."""
    found = page.snapshot.ask(catalogue.coverage, page.period)
    parts = [
        page.name(page.province),
        sentences.data_until(page.info.as_of),
        sentences.coverage(found, page.period),
    ]
    if page.title in labels.STEWARD_PAGES:
        parts.append(sentences.snapshot_named(page.info.snapshot_id))
    st.html(html.status(parts))
