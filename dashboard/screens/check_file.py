"""Kiểm tra tệp: upload a file, see the check result and its faults, give reasons, ingest it."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import filters
from dashboard.check_result import CheckedFile
from dashboard.components import file_views
from dashboard.components.reason_form import given_reasons
from dashboard.filters import View
from dashboard.page import downloads, elements
from dashboard.render import html
from dashboard.render.html import Link
from dashboard.sheets import check_result as sheets
from dashboard.text import downloads as names
from dashboard.text import feed_use, headings
from dashboard.text import file_check as texts
from dashboard.uploads import actions
from dashboard.uploads.cli_client import CliClient
from warehouse.access.roles import Right

STOPPING = ("feed", "row")
"""Tiers that reject or quarantine; they are shown before questions."""


def show(cli: CliClient, shared: View | None = None) -> None:
    """Draw the page; its links keep the `shared` filters."""
    shared = shared or View()
    files = _files(cli)
    actions.forget_but([each.file_id for each in files])
    _uncomputed(cli, shared)
    if actions.has_just_computed() and not files:
        elements.notice(texts.COMPUTED)
    if not files:
        elements.say(texts.EMPTY, "message")
        elements.say(texts.INTRODUCTION, "note")
        return
    file = _chosen(cli, files)
    said = actions.known().results[file.file_id]
    if isinstance(said, CheckedFile):
        _verdict(file, said, shared)
        _actions(cli, file, said)
        _what_was_found(cli, file, said)
    else:
        elements.notice(said or "")
        _check_again(file)


def _files(cli: CliClient) -> list[UploadedFile]:
    limit = cli.limits.max_file_mb
    return st.file_uploader(texts.drop(limit), accept_multiple_files=True, max_upload_size=limit, key="tep-bao-cao")


def _uncomputed(cli: CliClient, shared: View) -> None:
    """Draw the landed feeds that are not published yet, and a button that builds."""
    came = cli.unpublished_feeds()
    if came:
        links = [Link(each.feed_id, filters.address(filters.PROVENANCE, shared.to(code=each.feed_id))) for each in came]
        st.html(html.notice(texts.uncomputed(len(came)), links))
        if cli.reader.may(Right.BUILD) and st.button(texts.BUILD, type="primary", key="tinh-lai"):
            actions.build(cli)


def _chosen(cli: CliClient, files: Sequence[UploadedFile]) -> UploadedFile:
    """Return the file to show; for several files, the one selected in a table of all."""
    if len(files) == 1:
        _checked(cli, files)
        return files[0]
    table = st.empty()
    for number, file in enumerate(files, start=1):
        if file.file_id not in actions.known().results:
            actions.check(cli, file, number, len(files))
            table.html(_table(files[:number]))
    _take_all(cli, files)
    number = st.selectbox(
        texts.CHOOSE, range(len(files)), format_func=lambda each: files[each].name, placeholder=headings.CHOOSE
    )
    _checked(cli, files[number : number + 1])
    table.html(_table(files))
    known = actions.known()
    listed = [(each.file_id, each.name) for each in files]
    downloads.offer_checked(names.FILES, (), (), lambda: sheets.files(listed, known))
    return files[number]


def _checked(cli: CliClient, files: Sequence[UploadedFile]) -> None:
    for file in files:
        if actions.known().results.get(file.file_id) is None:
            actions.check(cli, file)


def _table(files: Sequence[UploadedFile]) -> str:
    known = actions.known()
    return file_views.all_files([(each.file_id, each.name) for each in files], known, known.twins())


def _take_all(cli: CliClient, files: Sequence[UploadedFile]) -> None:
    """Draw the button that ingests all files without faults, and a notice if files would replace each other."""
    known = actions.known()
    if known.twins():
        elements.notice(texts.TWICE)
    clean = [each for each in files if each.file_id in known.clean()]
    if len(clean) > 1 and st.button(texts.take_all(len(clean))):
        actions.ingest(cli, clean)


def _verdict(file: UploadedFile, checked: CheckedFile, shared: View) -> None:
    outcome = actions.known().landed.get(file.file_id, checked)
    stopping = [each.message for each in outcome.of_tier("feed")]
    is_in = outcome is not checked and outcome.verdict == "accepted"
    verdict = texts.verdict(outcome, stopping, len(checked.waiting), checked.notes)
    elements.say(texts.landed(outcome) if is_in else verdict, "message")
    if feed_id := outcome.feed_id:
        address = filters.address(filters.PROVENANCE, shared.to(code=feed_id))
        st.html(html.quiet_links([Link(texts.SEE_FEED, address)]))
    file_views.whose(checked)


def _actions(cli: CliClient, file: UploadedFile, checked: CheckedFile) -> None:
    """Draw the actions: ingest the file; after it is published, build again for later reasons."""
    is_in, is_published = (file.file_id in each for each in (actions.known().landed, actions.known().published))
    if is_published:
        _say_use(cli, actions.known().landed[file.file_id])
    with st.container(key="actions", horizontal=True):
        takes_in = not is_in and checked.verdict == "accepted" and st.button(texts.TAKE_IN, type="primary")
        builds = is_published and cli.reader.may(Right.BUILD) and st.button(texts.BUILD, key="tinh-lai-nua")
        if checked.return_workbook:
            st.download_button(texts.RETURN, checked.return_workbook, checked.return_name, help=texts.RETURN_HINT)
        if not is_in:
            _check_again(file)
    if takes_in:
        actions.ingest(cli, [file])
    if builds:
        actions.build(cli)


def _say_use(cli: CliClient, landed: CheckedFile) -> None:
    """Draw how the figures, built after the file landed, use it."""
    use = feed_use.sentence(*cli.use(landed.feed_id)) if landed.feed_id else ""
    elements.notice(f"{texts.COMPUTED} {use}".rstrip())


def _check_again(file: UploadedFile) -> None:
    """Draw the button that checks the file again."""
    st.button(texts.CHECK_AGAIN, on_click=actions.forget, args=(file.file_id,))


def _what_was_found(cli: CliClient, file: UploadedFile, checked: CheckedFile) -> None:
    for tier in STOPPING:
        file_views.findings(checked, tier, file.file_id)
    if checked.verdict == "rejected":
        file_views.waiting_collapsed(checked, file.file_id)
    else:
        _reasons(cli, file, checked)
    file_views.findings(checked, "warn", file.file_id)
    file_views.offer_findings(checked)
    file_views.fixed(checked, file.file_id)
    file_views.changes(checked, file.file_id)
    file_views.repairs(checked)


def _reasons(cli: CliClient, file: UploadedFile, checked: CheckedFile) -> None:
    """Draw the given reasons, and the form for the missing ones."""
    if checked.unused:
        elements.notice(texts.unused([(each.cell, each.reason) for each in checked.unused]))
    file_views.explained_findings(checked.explained)
    if not checked.waiting:
        return
    elements.say(texts.heading(texts.WAITING, len(checked.waiting)), "heading")
    is_in = file.file_id in actions.known().landed
    elements.say((texts.waiting_of_landed if is_in else texts.waiting)(len(checked.waiting)), "note")
    given = given_reasons(
        checked.questions, f"{file.file_id}-ly-do", lambda each: file_views.of_row([each], checked), cli.visitor
    )
    if given:
        actions.confirm(cli, file, given.reasons, given.by)
