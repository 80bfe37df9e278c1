"""Retention: remove drafts and old snapshots from a home."""

from warehouse.home import Home
from warehouse.publish import SnapshotFile


def remove_drafts(home: Home) -> None:
    """Remove draft snapshots that an interrupted build left behind. The caller holds the writer lock."""
    for draft in (*home.published.glob("*.tmp"), *home.published.glob("*.tmp.wal")):
        draft.unlink()


def remove_old_snapshots(home: Home, keep: int, in_force: SnapshotFile) -> None:
    """Remove all snapshots but the newest `keep` and the one in force. Frozen snapshots are in another folder."""
    files = sorted(home.published.glob("*.duckdb"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[keep:]:
        if path != in_force.path:
            path.unlink()
