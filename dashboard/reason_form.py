"""The form in which a sender's reasons are written, each at the findings that it answers."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import answers, file_views, layout
from dashboard.checked import CheckedFile, Finding
from dashboard.desk import CommandLine
from dashboard.text import desk as texts

WIDTH = 640
"""Pixels of a field, where the screen has as many: a line that can be read over."""


def reasons(desk: CommandLine, file: UploadedFile, checked: CheckedFile) -> None:
    """A line for each reason that is waited for; nothing where none is."""
    if not checked.waiting:
        return
    layout.say(texts.heading(texts.WAITING, len(checked.waiting)), "heading")
    layout.say(texts.waiting(len(checked.waiting)), "note")
    key = f"{file.file_id}-ly-do"
    shown = file_views.first_of(checked.questions, key)
    with st.form("ly-do", border=False):
        who = st.text_input(texts.WHO, key="nguoi-thuc-hien", max_chars=120, width=WIDTH).strip()
        written = {asked[0].confirmation_key: _reason(asked, checked, key) for asked in shown}
        is_sent = st.form_submit_button(texts.SAVE)
    file_views.offer_more(len(shown), len(checked.questions), key)
    given = {asked: reason for asked, reason in written.items() if reason}
    if is_sent and given and who:
        answers.confirm(desk, file, given, who)
    elif is_sent:
        layout.notice(texts.WHO_MISSING)


def _reason(asked: Sequence[Finding], checked: CheckedFile, key: str) -> str:
    """What is written below findings that one reason answers; the field is theirs wherever in the list they stand."""
    for each in asked:
        file_views.finding(each, checked)
    return st.text_input(texts.REASON, key=f"{key}-{asked[0].confirmation_key}", max_chars=500, width=WIDTH).strip()
