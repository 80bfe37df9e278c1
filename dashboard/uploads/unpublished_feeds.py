"""Landed feeds that are not in the published figures yet: the same for all users and pages."""

import streamlit as st

from dashboard.access.reader import Reader
from warehouse.arrivals import Arrival, arrivals
from warehouse.errors import SnapshotMissing, WriterBusy
from warehouse.home import Home
from warehouse.publish import SnapshotFile, current
from warehouse.published_feeds import published_sender


def unpublished_feeds(home: Home) -> tuple[Arrival, ...]:
    """Return the accepted feeds that the published figures do not contain, oldest first.

    Empty while a writer is busy; its changes show once it is done.
    """
    snapshot, written = _in_force(home), home.warehouse.stat().st_mtime_ns if home.warehouse.exists() else 0
    try:
        return _accepted(str(home.root), snapshot.id if snapshot else "", written, home, snapshot)
    except WriterBusy:
        return ()


def visible_feeds(home: Home, reader: Reader) -> tuple[Arrival, ...]:
    """Return the unpublished feeds of senders whose feeds the reader sees."""
    return tuple(it for it in unpublished_feeds(home) if reader.sees_records_of(it.sender_unit_code or ""))


def sender_of(home: Home, feed_id: str) -> str:
    """Return the code of the sender of a received feed, also before it is published; '' if it is unknown."""
    snapshot = _in_force(home)
    if snapshot is not None and (found := published_sender(snapshot, feed_id)):
        return found
    came = (each.sender_unit_code for each in unpublished_feeds(home) if each.feed_id.lower() == feed_id.lower())
    return next(came, None) or ""


def _in_force(home: Home) -> SnapshotFile | None:
    try:
        return current(home)
    except SnapshotMissing:
        return None


@st.cache_data(max_entries=8, show_spinner=False)
def _accepted(
    root: str,  # noqa: ARG001  part of the key
    snapshot_id: str,  # noqa: ARG001  part of the key
    written: int,  # noqa: ARG001  part of the key
    _home: Home,
    _snapshot: SnapshotFile | None,
) -> tuple[Arrival, ...]:
    """Return the accepted feeds; cached by home, snapshot and `written`, when the warehouse file last changed."""
    return tuple(each for each in arrivals(_home, _snapshot) if each.status == "accepted")
