"""Kiểm tra tệp: drop a file, see what would happen to it and where it is wrong, give reasons, take it in."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import answers, file_views, layout
from dashboard.checked import CheckedFile
from dashboard.desk import CommandLine
from dashboard.reason_form import reasons
from dashboard.text import desk as texts

STOPPING = ("feed", "row")
"""Tiers that keep something out: what stops comes before what is asked."""


def show(desk: CommandLine) -> None:
    """Draw the page."""
    files = _files(desk)
    answers.forget_but([each.file_id for each in files])
    if not files:
        layout.say(texts.EMPTY, "message")
        layout.say(texts.INTRODUCTION, "note")
        return
    for file in files:
        if file.file_id not in answers.known().said:
            answers.check(desk, file)
    file = _chosen(desk, files)
    said = answers.known().said[file.file_id]
    if isinstance(said, CheckedFile):
        _verdict(file, said)
        _actions(desk, file, said)
        _what_was_found(desk, file, said)
    else:
        layout.notice(said or "")
        _check_again(file)


def _files(desk: CommandLine) -> list[UploadedFile]:
    limit = desk.limits.max_file_mb
    return st.file_uploader(texts.drop(limit), accept_multiple_files=True, max_upload_size=limit, key="tep-bao-cao")


def _chosen(desk: CommandLine, files: Sequence[UploadedFile]) -> UploadedFile:
    """The file to look at, of several one that is chosen under a table of all; what is known of it holds."""
    table = st.container()
    number = 0
    if len(files) > 1:
        number = st.selectbox(texts.CHOOSE, range(len(files)), format_func=lambda each: files[each].name)
    if answers.known().said[files[number].file_id] is None:
        answers.check(desk, files[number])
    if len(files) > 1:
        with table:
            file_views.all_files([(each.file_id, each.name) for each in files], answers.known())
    return files[number]


def _verdict(file: UploadedFile, checked: CheckedFile) -> None:
    landed = answers.known().landed.get(file.file_id)
    verdict = texts.verdict(checked, len(checked.of_tier("feed")), len(checked.of_tier("warn")))
    layout.say(texts.landed(landed) if landed else verdict, "message")
    file_views.whose(checked)


def _actions(desk: CommandLine, file: UploadedFile, checked: CheckedFile) -> None:
    """What can be done: have the file taken in, and once it is, have the figures computed, also for a later reason."""
    is_in, is_published = (file.file_id in each for each in (answers.known().landed, answers.known().published))
    if is_published:
        layout.notice(texts.BUILT)
    elif is_in:
        layout.say(texts.BUILD_HINT, "note")
    with st.container(key="actions", horizontal=True):
        takes_in = not is_in and checked.verdict == "accepted" and st.button(texts.TAKE_IN, type="primary")
        builds = is_in and st.button(texts.BUILD, type="secondary" if is_published else "primary")
        if checked.return_workbook:
            st.download_button(texts.RETURN, checked.return_workbook, checked.return_name, help=texts.RETURN_HINT)
        if not is_in:
            _check_again(file)
    if takes_in:
        answers.take_in(desk, file)
    if builds:
        answers.build(desk)


def _check_again(file: UploadedFile) -> None:
    """A way to have what was said of the file asked anew."""
    st.button(texts.CHECK_AGAIN, on_click=answers.forget, args=(file.file_id,))


def _what_was_found(desk: CommandLine, file: UploadedFile, checked: CheckedFile) -> None:
    for tier in STOPPING:
        file_views.findings(checked, tier, file.file_id)
    reasons(desk, file, checked)
    file_views.findings(checked, "warn", file.file_id)
    file_views.fixed(checked, file.file_id)
    file_views.changes(checked, file.file_id)
    file_views.repairs(checked)
