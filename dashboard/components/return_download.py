"""The return workbook of a received feed: a child process writes it on request, then it can be downloaded."""

from collections.abc import Mapping

import streamlit as st

from dashboard.page import elements
from dashboard.text import file_check as texts
from dashboard.text import headings
from dashboard.uploads import actions
from dashboard.uploads.cli_client import CliClient, ReturnWorkbook

_MADE = "tep-tra-lai"
"""The session key of the last workbook; only one is kept, because each may be large."""


def offer(cli: CliClient, feed_id: str) -> None:
    """Draw a button that creates the workbook of a feed, then its download."""
    if st.button(texts.MAKE_RETURN, key=f"{_MADE}-lap", help=texts.RETURN_NOTE):
        st.session_state[_MADE] = actions.attempt(texts.RETURNING, lambda: cli.return_workbook(feed_id))
    made: ReturnWorkbook | None = st.session_state.get(_MADE)
    if made is not None and made.feed_id == feed_id:
        st.download_button(texts.RETURN, made.data, made.name, help=texts.RETURN_HINT, key=f"{_MADE}-tai")


def offer_one_of(cli: CliClient, feeds: Mapping[str, str]) -> None:
    """Draw a box to select one of `feeds` (labels by feed id), and what `offer` draws for it."""
    if not feeds:
        return
    elements.say(texts.RETURN_OF, "heading")
    elements.say(texts.RETURN_NOTE, "note")
    chosen = st.selectbox(texts.RETURN_OF, list(feeds), format_func=feeds.__getitem__, label_visibility="collapsed",
                          placeholder=headings.CHOOSE,
                          key=f"{_MADE}-chon")  # fmt: skip
    offer(cli, chosen)
