"""Supersession: which version a feed supersedes, and the evidence for their order."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import duckdb

from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.reading.save_time import SAME_TIME, Basis, SavedFeed, Superseded, superseded

_Owner = tuple[str, str]
"""A sender and a period, as codes."""


@dataclass(frozen=True)
class _Seen:
    """An accepted feed in this run."""

    saved: SavedFeed
    feed_id: str | None
    file_name: str


@dataclass(frozen=True)
class Supersession:
    """Finds the version that a feed supersedes: the last one in the same run, or one in force that was saved later."""

    con: duckdb.DuckDBPyConnection
    _seen: dict[_Owner, _Seen] = field(default_factory=dict)

    def annotate(self, checked: CheckedFeed, saved: SavedFeed | None) -> CheckedFeed:
        """Return the feed with the version that it supersedes, if their order needs an explanation."""
        owner = _owner(checked)
        if saved is None or owner is None or checked.verdict is not Verdict.ACCEPTED:
            return checked
        if before := self._seen.get(owner):
            return replace(checked, supersedes=superseded(before.saved, saved, before.feed_id, before.file_name))
        return replace(checked, supersedes=self._saved_later(owner, saved))

    def note(self, checked: CheckedFeed, saved: SavedFeed | None, feed_id: str | None) -> None:
        """Remember an accepted feed for those that follow it."""
        owner = _owner(checked)
        if saved and owner and checked.verdict is Verdict.ACCEPTED:
            self._seen[owner] = _Seen(saved, feed_id, checked.file_name)

    def _saved_later(self, owner: _Owner, saved: SavedFeed) -> Superseded | None:
        """The version in force if its file was saved after this one."""
        found = self.con.execute(
            "select feed_id, file_name, saved_at from raw.feeds where status = 'accepted' "
            "and sender_unit_code = ? and period_code = ? order by version desc limit 1",
            list(owner),
        ).fetchone()
        if found is None or saved.saved_at is None:
            return None
        feed_id, file_name, other = found
        if not isinstance(other, datetime) or other - saved.saved_at < SAME_TIME:
            return None
        return Superseded(feed_id, file_name, Basis.SAVED_EARLIER, saved.saved_at, other)


def _owner(checked: CheckedFeed) -> _Owner | None:
    cover = checked.cover
    return (cover.sender_unit_code, cover.period.code) if cover.sender_unit_code and cover.period else None
