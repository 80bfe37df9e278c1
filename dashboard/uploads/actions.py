"""Actions on uploaded files. Results are kept in the session; a refusal is shown as a sentence on the page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.check_result import CheckedFile
from dashboard.page import elements
from dashboard.text import file_check as texts
from dashboard.uploads.cli_client import CliClient, Upload
from dashboard.uploads.session import Result, Uploads
from warehouse.errors import DoithoaiError

UPLOADS, BUILT = "da-tha", "vua-tinh"

Answer = TypeVar("Answer")


def known() -> Uploads:
    """Return the uploads of this session."""
    found: Uploads = st.session_state.get(UPLOADS, Uploads())
    return found


def remember(uploads: Uploads) -> None:
    """Store the uploads in the session."""
    st.session_state[UPLOADS] = uploads


def forget_but(file_ids: Collection[str]) -> None:
    """Forget all other files."""
    remember(known().only(file_ids))


def forget(file_id: str) -> None:
    """Forget the result of the file, so that it is checked again."""
    remember(known().with_result(file_id, None))


def check(cli: CliClient, file: UploadedFile, number: int = 1, total: int = 1) -> None:
    """Check the file and store the result, or the message of a refusal; `number` of `total` is shown as progress."""
    result: Result
    with st.spinner(elements.literal(texts.doing(texts.CHECKING, number, total, file.name))):
        try:
            result = cli.check(_bytes(file))
        except DoithoaiError as error:
            result = _sentence(error)
    remember(known().with_result(file.file_id, result))


def ingest(cli: CliClient, files: Sequence[UploadedFile]) -> None:
    """Ingest the files in order until one is refused, then rerun the page."""
    for number, file in enumerate(files, start=1):
        doing = texts.doing(texts.TAKING_IN, number, len(files), file.name)
        outcome = attempt(doing, lambda file=file: cli.ingest(_bytes(file)))  # type: ignore[misc]
        if outcome is None:
            return
        remember(known().with_landed(file.file_id, outcome))
    st.rerun()


def confirm(cli: CliClient, file: UploadedFile, reasons: Mapping[str, str], who: str) -> None:
    """Store the reasons, for a landed file by its feed id, then rerun the page."""
    checked, landed = known().results[file.file_id], known().landed.get(file.file_id)

    def keep() -> bool:
        if landed and landed.feed_id:
            cli.confirm_landed(landed.feed_id, reasons, who)
        else:
            cli.confirm(_bytes(file), reasons, who)
        return True

    if attempt(texts.CONFIRMING, keep) and isinstance(checked, CheckedFile):
        remember(known().with_reasons(checked.sender, reasons))
        st.rerun()


def confirm_landed(cli: CliClient, feed_id: str, reasons: Mapping[str, str], who: str) -> None:
    """Store the reasons of a landed feed, then rerun the page."""

    def keep() -> bool:
        cli.confirm_landed(feed_id, reasons, who)
        return True

    if attempt(texts.CONFIRMING, keep):
        st.rerun()


def build(cli: CliClient) -> None:
    """Build the figures, show the progress, then rerun the page."""
    line = st.empty()

    def publish() -> bool:
        cli.build(line.text)
        return True

    if attempt(texts.BUILDING, publish):
        remember(known().with_build())
        st.session_state[BUILT] = True
        st.rerun()


def has_just_computed() -> bool:
    """Return whether the figures were built since the last call."""
    return bool(st.session_state.pop(BUILT, False))


def attempt(doing: str, ask: Callable[[], Answer]) -> Answer | None:
    """Return the result of `ask`; None if refused, with the message on the page, so that typed text is kept."""
    with st.spinner(elements.literal(doing)):
        try:
            return ask()
        except DoithoaiError as error:
            elements.notice(_sentence(error))
            return None


def _bytes(file: UploadedFile) -> Upload:
    return Upload(file.name, file.getvalue())


def _sentence(error: DoithoaiError) -> str:
    return f"{error.message} {error.remedy}".strip()
