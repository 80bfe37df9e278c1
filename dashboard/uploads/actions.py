"""Actions on uploaded files. Results are kept in the session; a refusal is shown as a sentence on the page."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.check_result import CheckedFile
from dashboard.page import elements
from dashboard.text import file_check as texts
from dashboard.uploads.cli_client import CliClient, DroppedFile
from dashboard.uploads.session import Dropped, Said
from warehouse.errors import DoithoaiError

DROPPED, COMPUTED = "da-tha", "vua-tinh"

Answer = TypeVar("Answer")


def known() -> Dropped:
    """What is known of the files that were dropped in this session."""
    found: Dropped = st.session_state.get(DROPPED, Dropped())
    return found


def remember(dropped: Dropped) -> None:
    """Keep it for the session."""
    st.session_state[DROPPED] = dropped


def forget_but(file_ids: Collection[str]) -> None:
    """Nothing is kept of other files."""
    remember(known().only(file_ids))


def forget(file_id: str) -> None:
    """What was said of the file is asked anew."""
    remember(known().told(file_id, None))


def check(cli: CliClient, file: UploadedFile, number: int = 1, total: int = 1) -> None:
    """Know what would happen to the file, or why nobody can say; `number` of `total` that are asked about."""
    said: Said
    with st.spinner(texts.doing(texts.CHECKING, number, total, file.name)):
        try:
            said = cli.check(_bytes(file))
        except DoithoaiError as error:
            said = _sentence(error)
    remember(known().told(file.file_id, said))


def take_in(cli: CliClient, files: Sequence[UploadedFile]) -> None:
    """Have the files taken in one after the other until one is refused, and draw anew what is then true."""
    for number, file in enumerate(files, start=1):
        doing = texts.doing(texts.TAKING_IN, number, len(files), file.name)
        outcome = granted(doing, lambda file=file: cli.take_in(_bytes(file)))  # type: ignore[misc]
        if outcome is None:
            return
        remember(known().taken_in(file.file_id, outcome))
    st.rerun()


def confirm(cli: CliClient, file: UploadedFile, reasons: Mapping[str, str], who: str) -> None:
    """Have the reasons kept, of a file that is in under the id of its feed, and draw anew what is then true."""
    checked, landed = known().said[file.file_id], known().landed.get(file.file_id)

    def keep() -> bool:
        if landed and landed.feed_id:
            cli.confirm_landed(landed.feed_id, reasons, who)
        else:
            cli.confirm(_bytes(file), reasons, who)
        return True

    if granted(texts.CONFIRMING, keep) and isinstance(checked, CheckedFile):
        remember(known().answered(checked.sender, reasons))
        st.rerun()


def confirm_landed(cli: CliClient, feed_id: str, reasons: Mapping[str, str], who: str) -> None:
    """Have the reasons of a feed that is in kept, and draw anew what is then true."""

    def keep() -> bool:
        cli.confirm_landed(feed_id, reasons, who)
        return True

    if granted(texts.CONFIRMING, keep):
        st.rerun()


def build(cli: CliClient) -> None:
    """Have the figures computed and published, say how far it has come, and draw anew what is then true."""
    line = st.empty()

    def publish() -> bool:
        cli.build(line.text)
        return True

    if granted(texts.BUILDING, publish):
        remember(known().computed())
        st.session_state[COMPUTED] = True
        st.rerun()


def has_just_computed() -> bool:
    """Whether the figures were computed since this was last asked."""
    return bool(st.session_state.pop(COMPUTED, False))


def granted(doing: str, ask: Callable[[], Answer]) -> Answer | None:
    """What `ask` answers; None, and why on the page, where it is refused: what was typed below stays."""
    with st.spinner(doing):
        try:
            return ask()
        except DoithoaiError as error:
            elements.notice(_sentence(error))
            return None


def _bytes(file: UploadedFile) -> DroppedFile:
    return DroppedFile(file.name, file.getvalue())


def _sentence(error: DoithoaiError) -> str:
    return f"{error.message} {error.remedy}".strip()
