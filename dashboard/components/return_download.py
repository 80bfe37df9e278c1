"""The return workbook of a feed that was received: written by a child process when asked for, then downloaded."""

from collections.abc import Mapping

import streamlit as st

from dashboard.page import elements
from dashboard.text import file_check as texts
from dashboard.text import headings
from dashboard.uploads import actions
from dashboard.uploads.cli_client import CliClient, ReturnWorkbook

_MADE = "tep-tra-lai"
"""Where the workbook made last is kept for the session: one at a time, as each may be large."""


def offer(cli: CliClient, feed_id: str) -> None:
    """A button that has the workbook of a feed made, and then the way to download it."""
    if st.button(texts.MAKE_RETURN, key=f"{_MADE}-lap", help=texts.RETURN_NOTE):
        st.session_state[_MADE] = actions.granted(texts.RETURNING, lambda: cli.returned(feed_id))
    made: ReturnWorkbook | None = st.session_state.get(_MADE)
    if made is not None and made.feed_id == feed_id:
        st.download_button(texts.RETURN, made.data, made.name, help=texts.RETURN_HINT, key=f"{_MADE}-tai")


def offer_one_of(cli: CliClient, feeds: Mapping[str, str]) -> None:
    """The same for one of `feeds`, that is chosen by its label."""
    if not feeds:
        return
    elements.say(texts.RETURN_OF, "heading")
    elements.say(texts.RETURN_NOTE, "note")
    chosen = st.selectbox(texts.RETURN_OF, list(feeds), format_func=feeds.__getitem__, label_visibility="collapsed",
                          placeholder=headings.CHOOSE,
                          key=f"{_MADE}-chon")  # fmt: skip
    offer(cli, chosen)
