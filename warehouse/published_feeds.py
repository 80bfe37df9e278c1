"""How the published snapshot uses landed feeds."""

from collections.abc import Sequence

from warehouse.connection import connect
from warehouse.feed_use import Cutoff, FeedUse, Pinned, Use
from warehouse.home import Home
from warehouse.publish import SnapshotFile, current
from warehouse.settings import load

_RECORDS = ("petitions", "dialogues", "plans", "trainings", "decisions", "practices")
_USES = """
    with feeds as (
        select f.*, coalesce(c.feed_id, '') as in_force
        from fct_feeds f
        left join fct_feeds c
            on c.is_current and c.sender_unit_code = f.sender_unit_code and c.period_code = f.period_code
        where {where}
    )
    select
        feed_id,
        case
            when status = 'rejected' then 'rejected'
            when in_force <> feed_id then 'replaced'
            when period_start > $last then 'ahead'
            when rows_landed = 0 and nil_return then 'nil'
            when rows_landed = 0 then 'empty'
            when period_end + interval 1 day - interval 1 microsecond > $as_of then 'running'
            else 'past'
        end,
        coalesce(period_code, ''), period_start, period_end, in_force,
        (select count(*) from received_rows r
            where r.feed_id = feeds.feed_id and r.row_status = 'landed' and r.sheet_kind <> 'tenures'),
        {used}
    from feeds
    order by period_start, received_at, feed_id"""


_NAMED = "list_contains($ids, f.feed_id) or f.period_code = $period"
_AHEAD = "f.is_current and f.period_start > $last"


def cutoff(home: Home, snapshot: SnapshotFile) -> Cutoff:
    """Return the cutoff of the snapshot and its reason."""
    own = Pinned.NOW if snapshot.as_of == snapshot.built_at else Pinned.CHOSEN
    return Cutoff(snapshot.as_of, snapshot.known_at, Pinned.SAMPLE if load(home).sample else own)


def feed_uses(snapshot: SnapshotFile, feed_ids: Sequence[str] = (), period_code: str = "") -> tuple[FeedUse, ...]:
    """Return how the snapshot uses the given feeds and all feeds of a period, oldest first; unknown feeds come last."""
    known = _uses(snapshot, _NAMED, {"ids": list(feed_ids), "period": period_code or None})
    unknown = [each for each in feed_ids if each not in {use.feed_id for use in known}]
    return (*known, *(FeedUse(each, Use.UNKNOWN, "", None, None, "", 0, 0) for each in unknown))


def feeds_ahead(snapshot: SnapshotFile) -> tuple[FeedUse, ...]:
    """Return the feeds in force whose period begins after the cutoff of the snapshot."""
    return _uses(snapshot, _AHEAD, {})


def _uses(snapshot: SnapshotFile, where: str, values: dict[str, object]) -> tuple[FeedUse, ...]:
    used = " + ".join(f"(select count(*) from fct_{each} e where e.feed_id = feeds.feed_id)" for each in _RECORDS)
    with connect(snapshot.path, read_only=True) as con:
        asked = values | {"last": snapshot.as_of.date(), "as_of": snapshot.as_of}
        rows = con.execute(_USES.format(where=where, used=used), asked).fetchall()
    return tuple(FeedUse(feed_id, Use(use), *rest) for feed_id, use, *rest in rows)


def feed_use(home: Home, feed_id: str) -> tuple[FeedUse, Cutoff]:
    """Return how the snapshot in force uses a feed; raise SnapshotMissing if nothing is published."""
    snapshot = current(home)
    (found,) = feed_uses(snapshot, [feed_id])
    return found, cutoff(home, snapshot)


def published_sender(snapshot: SnapshotFile, feed_id: str) -> str:
    """Return the code of the sender of a published feed (case-insensitive); '' if it is unknown."""
    with connect(snapshot.path, read_only=True) as con:
        sql = "select sender_unit_code from fct_feeds where lower(feed_id) = lower($feed)"
        found = con.execute(sql, {"feed": feed_id}).fetchone()
    return str(found[0] or "") if found else ""
