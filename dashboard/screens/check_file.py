"""Kiểm tra tệp: drop a file, see what would happen to it and where it is wrong, give reasons, take it in."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import file_views, layout
from dashboard.checked import CheckedFile
from dashboard.desk import CommandLine, DroppedFile
from dashboard.text import desk as texts
from warehouse.errors import DoithoaiError

STOPPING = ("feed", "row")
"""Tiers that keep something out: what stops comes before what is asked."""

CHECKED, LANDED = "da-kiem-tra", "da-nhan"


def show(desk: CommandLine) -> None:
    """Draw the page."""
    dropped = _dropped(desk)
    if not dropped:
        layout.say(texts.EMPTY, "message")
        layout.say(texts.INTRODUCTION, "note")
        return
    results = {file.file_id: _result(desk, file) for file in dropped}
    file = _chosen(dropped, results)
    checked = results[file.file_id]
    if isinstance(checked, str):
        layout.notice(checked)
        return
    _verdict(checked)
    _actions(desk, file, checked)
    _what_was_found(desk, file, checked)


def _dropped(desk: CommandLine) -> list[UploadedFile]:
    limit = desk.limits.max_file_mb
    return st.file_uploader(texts.drop(limit), accept_multiple_files=True, max_upload_size=limit, key="tep-bao-cao")


def _result(desk: CommandLine, file: UploadedFile) -> CheckedFile | str:
    """What was said of the file when it was dropped; a sentence where nobody could say."""
    known: dict[str, CheckedFile | str] = st.session_state.setdefault(CHECKED, {})
    if file.file_id not in known:
        with st.spinner(texts.CHECKING):
            try:
                known[file.file_id] = desk.check(_bytes(file))
            except DoithoaiError as error:
                known[file.file_id] = f"{error.message} {error.remedy}".strip()
    return known[file.file_id]


def _bytes(file: UploadedFile) -> DroppedFile:
    return DroppedFile(file.name, file.getvalue())


def _chosen(dropped: list[UploadedFile], results: dict[str, CheckedFile | str]) -> UploadedFile:
    """The file to look at; of several, one that is chosen under a table of all."""
    if len(dropped) == 1:
        return dropped[0]
    file_views.all_files([(file.name, results[file.file_id]) for file in dropped])
    number = st.selectbox(texts.CHOOSE, range(len(dropped)), format_func=lambda each: dropped[each].name)
    return dropped[number]


def _verdict(checked: CheckedFile) -> None:
    layout.say(texts.verdict(checked, len(checked.of_tier("feed")), len(checked.of_tier("warn"))), "message")
    file_views.whose(checked)


def _actions(desk: CommandLine, file: UploadedFile, checked: CheckedFile) -> None:
    landed: dict[str, CheckedFile] = st.session_state.setdefault(LANDED, {})
    with st.container(key="actions", horizontal=True):
        if checked.return_workbook:
            st.download_button(texts.RETURN, checked.return_workbook, checked.return_name, help=texts.RETURN_HINT)
        is_open = checked.verdict == "accepted" and file.file_id not in landed
        if is_open and st.button(texts.TAKE_IN, type="primary"):
            with st.spinner(texts.TAKING_IN):
                landed[file.file_id] = desk.take_in(_bytes(file))
            st.rerun()
    if file.file_id in landed:
        layout.notice(texts.landed(landed[file.file_id]))
        _rebuild(desk)


def _rebuild(desk: CommandLine) -> None:
    layout.say(texts.BUILD_HINT, "note")
    if st.button(texts.BUILD):
        line = st.empty()
        with st.spinner(texts.BUILDING):
            desk.build(line.text)
        line.empty()
        layout.notice(texts.BUILT)


def _what_was_found(desk: CommandLine, file: UploadedFile, checked: CheckedFile) -> None:
    for tier in STOPPING:
        file_views.findings(checked, tier)
    _reasons(desk, file, checked)
    file_views.findings(checked, "warn")
    file_views.fixed(checked)
    file_views.changes(checked)
    file_views.repairs(checked)


def _reasons(desk: CommandLine, file: UploadedFile, checked: CheckedFile) -> None:
    """A form with a line for each finding that waits for a reason."""
    if not checked.waiting:
        return
    layout.say(texts.heading(texts.WAITING, len(checked.waiting)), "heading")
    layout.say(texts.waiting(len(checked.waiting)), "note")
    with st.form("ly-do", border=False):
        who = st.text_input(texts.WHO, key="nguoi-thuc-hien", max_chars=120)
        written = []
        for number, finding in enumerate(checked.waiting):
            file_views.finding(finding, checked)
            reason = st.text_input(texts.REASON, key=f"ly-do-{file.file_id}-{number}", max_chars=500)
            written.append((finding, reason.strip()))
        is_sent = st.form_submit_button(texts.SAVE)
    given = [(finding, reason) for finding, reason in written if reason]
    if is_sent and (not given or not who.strip()):
        layout.notice(texts.WHO_MISSING)
    elif is_sent:
        with st.spinner(texts.CONFIRMING):
            desk.confirm(_bytes(file), given, who.strip())
        st.session_state[CHECKED].pop(file.file_id)
        st.rerun()
