"""Provenance: the versions of a feed, their rows, and the text received in every cell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, cast

from dashboard.check_result import Finding
from dashboard.queries.scope import Connection, Scope, named_rows, records, rows

KINDS = ("petitions", "dialogues", "tenures", "plans", "trainings", "decisions", "practices")


@dataclass(frozen=True)
class FeedRecord:
    """One received feed; `sender` is the sender's name during the period of the feed."""

    feed_id: str
    file_name: str
    sender_unit_code: str
    sender: str
    period_code: str
    version: int | None
    received_at: datetime
    status: str
    is_current: bool
    rows_landed: int
    rows_quarantined: int


@dataclass(frozen=True)
class FieldChange:
    """The change of one field since the previous version, or of the whole row if `header` is ''."""

    header: str
    change: str
    before: str
    after: str


@dataclass(frozen=True)
class RowVersion:
    """One row in one version of a feed: `faults` are the reasons of its quarantine, `changes` its changes since the
    previous version."""

    feed: FeedRecord
    sheet_kind: str
    sheet: str
    row_number: int
    row_key: str
    subject_id: str
    row_status: str
    faults: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class ReceivedCell:
    """One cell: its place, its text, and the value read if that differs.

    The text of a cell that `is_sensitive` is not published.
    """

    field: str
    letter: str
    header: str
    received: str
    read: str
    is_repaired: bool = False
    is_sensitive: bool = False


_FEED = """
    f.feed_id, f.file_name, coalesce(f.sender_unit_code, '') as sender_unit_code, coalesce((select arg_max(
    u.display_name, (u.valid_from <= f.period_end and coalesce(u.valid_to > f.period_end, true), u.valid_from))
    from dim_units u where u.unit_code = f.sender_unit_code), f.sender_unit_code, '') as sender,
    coalesce(f.period_code, '') as period_code, f.version, f.received_at, f.status, f.is_current,
    coalesce(f.rows_landed, 0) as rows_landed, coalesce(f.rows_quarantined, 0) as rows_quarantined"""
_FAULTS = """
    coalesce((select string_agg(t.message, ' ' order by t.finding_no) from feed_findings t where t.feed_id = r.feed_id
    and t.sheet = r.sheet and t.row_number = r.row_number and t.tier = 'row'), r.rules, '') as faults"""


def feed(con: Connection, scope: Scope, feed_id: str) -> FeedRecord | None:
    """Return the feed with that id (case-insensitive) if its sender is in the scope."""
    values: dict[str, object] = {"feed": feed_id}
    sql = f"select {_FEED} from fct_feeds f where lower(f.feed_id) = lower($feed) "
    sql += f"and {scope.where('f.sender_unit_code', values)}"
    return next(iter(records(con, FeedRecord, sql, values)), None)


def newest_feeds(con: Connection, scope: Scope, most: int | None) -> tuple[FeedRecord, ...]:
    """Return the `most` feeds received last, or all with None, including rejected ones."""
    values: dict[str, object] = {}
    sql = f"""
        select {_FEED} from fct_feeds f where {scope.where("f.sender_unit_code", values)}
        order by f.received_at desc, f.feed_id desc {"" if most is None else f"limit {int(most)}"}"""
    return records(con, FeedRecord, sql, values)


def row_versions(con: Connection, scope: Scope, row_key: str) -> tuple[RowVersion, ...]:
    """Return every version of every row of that petition, dialogue or key (case-insensitive), newest first; petitions
    before dialogues before other rows. The code of a leader is the key of all their tenures."""
    values: dict[str, object] = {"key": row_key, "kinds": list(KINDS)}
    sql = f"""
        select {_FEED}, r.sheet_kind, r.sheet, r.row_number, coalesce(r.row_key, '') as row_key, r.subject_id,
               r.row_status, {_FAULTS},
               (select list([c.header, c.change, coalesce(c.before_shown, ''), coalesce(c.after_shown, '')]
                    order by c.field) from feed_changes c where c.feed_id = r.feed_id and c.sheet_kind = r.sheet_kind
                    and c.row_key = r.row_key) as changes
        from received_rows r join fct_feeds f using (feed_id)
        where (lower(r.subject_id) = lower($key)
                or r.sheet_kind = 'tenures' and lower(split_part(r.row_key, ' / ', 1)) = lower($key))
            and {scope.where("f.sender_unit_code", values)}
        order by list_position($kinds, r.sheet_kind), f.received_at desc, f.version desc, r.row_number"""
    return tuple(_version(row) for row in named_rows(con, sql, values))


def _version(row: dict[str, Any]) -> RowVersion:
    feed = FeedRecord(**{item.name: row.pop(item.name) for item in fields(FeedRecord)})
    changes = tuple(FieldChange(*each) for each in row.pop("changes") or ())
    return RowVersion(feed=feed, changes=changes, **row)


def cells(con: Connection, scope: Scope, version: RowVersion) -> tuple[ReceivedCell, ...]:
    """Return the cells of one row in the order of the sender's columns; none if the sender is outside the scope."""
    if feed(con, scope, version.feed.feed_id) is None:
        return ()
    place: dict[str, object] = {
        "feed": version.feed.feed_id,
        "kind": version.sheet_kind,
        "sheet": version.sheet,
        "row": version.row_number,
    }
    where = "feed_id = $feed and sheet_kind = $kind"
    ((received,),) = rows(
        con, f"select received from received_rows where {where} and sheet = $sheet and row_number = $row", place
    )[:1]
    texts = cast("Mapping[str, str | None]", json.loads(str(received or "{}")))
    repaired = {
        (str(name), str(text)): str(read)
        for name, text, read in rows(
            con,
            "select field, coalesce(received, ''), coalesce(read_shown, '') from feed_repairs "
            f"where {where} and sheet = $sheet and repair <> 'filled_down'",
            {key: place[key] for key in ("feed", "kind", "sheet")},
        )
    }
    columns = rows(
        con,
        f"select field, letter, header, list_contains(filled_rows, $row), is_sensitive from feed_columns where {where} "
        "and (sheet = '' or sheet = $sheet and $row between first_row and last_row) "
        "order by length(letter), letter, field",
        place,
    )
    cells = [
        ReceivedCell(str(name), str(letter), str(header), texts.get(str(name)) or "", "", is_sensitive=bool(hidden))
        for name, letter, header, _, hidden in columns
    ]
    return tuple(
        _as_read(cell, repaired.get((cell.field, cell.received)), is_filled=bool(filled))
        for cell, (*_, filled, _) in zip(cells, columns, strict=True)
    )


def _as_read(cell: ReceivedCell, read: str | None, *, is_filled: bool) -> ReceivedCell:
    """Return the cell with the value read; a blank cell inside a merged block was read as the block's text."""
    if is_filled:
        return replace(cell, received="", read=read or cell.received, is_repaired=True)
    return replace(cell, read=read or "", is_repaired=read is not None)


def findings(
    con: Connection,
    scope: Scope,
    feed_id: str,
    sheet: str | None = None,
    row_number: int | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a feed, or of one of its rows, most severe first; reasons are those of the snapshot."""
    values: dict[str, object] = {"feed": feed_id}
    where = f"feed_id = $feed and {_of_a_sender_in(scope, values)}"
    if sheet is not None:
        values |= {"sheet": sheet, "row": row_number}
        where += " and sheet = $sheet and row_number = $row"
    sql = f"""
        select tier, rule, coalesce(sheet, '') as sheet, coalesce(cell, '') as cell, row_number,
               coalesce(header, '') as header, coalesce(field, '') as field, coalesce(value, '') as value, message,
               coalesce(remedy, '') as remedy, coalesce(count, 1) as count, standing,
               coalesce(needs_reason, false) as needs_reason, reason,
               coalesce(confirmation_key, '') as confirmation_key, coalesce(reason_by, '') as reason_by,
               coalesce(strftime(reason_at, '%Y-%m-%d %H:%M:%S'), '') as reason_at
        from feed_findings where {where}
        order by list_position(['feed', 'row', 'warn'], tier), finding_no"""
    return records(con, Finding, sql, values)


def others_of(con: Connection, scope: Scope, version: RowVersion) -> tuple[str, ...]:
    """Return the other petitions or dialogues for which the row's code was used too."""
    values: dict[str, object] = {"kind": version.sheet_kind, "key": version.row_key, "subject": version.subject_id}
    sql = f"""
        select distinct r.subject_id from received_rows r join fct_feeds f using (feed_id)
        where r.sheet_kind = $kind and r.row_key = $key and r.subject_id <> $subject
            and {scope.where("f.sender_unit_code", values)}
        order by length(r.subject_id), r.subject_id"""
    return tuple(str(found) for (found,) in rows(con, sql, values))


def petition_and_dialogue(con: Connection, scope: Scope, petition_id: str) -> tuple[str, str] | None:
    """Return the published petition with that id, and the dialogue at which it was raised ("" if none)."""
    values: dict[str, object] = {"id": petition_id}
    sql = f"""
        select petition_id, coalesce(dialogue_id, '') from fct_petitions
        where petition_id = $id and {scope.where("responsible_unit_code", values)}"""
    return next(((str(found), str(dialogue)) for found, dialogue in rows(con, sql, values)), None)


def quarantined(con: Connection, scope: Scope, feed_id: str) -> tuple[tuple[str, int, str, str], ...]:
    """Return sheet, row number, key and faults of the quarantined rows of a feed."""
    values: dict[str, object] = {"feed": feed_id}
    sql = f"""
        select r.sheet, r.row_number, coalesce(r.row_key, ''), {_FAULTS} from received_rows r
        where feed_id = $feed and row_status = 'quarantined' and {_of_a_sender_in(scope, values)}
        order by r.sheet, r.row_number"""
    return tuple((str(a), int(str(b)), str(c), str(d)) for a, b, c, d in rows(con, sql, values))


def _of_a_sender_in(scope: Scope, values: dict[str, object]) -> str:
    """Return the condition that the sender of a feed is inside the scope."""
    return f"feed_id in (select feed_id from fct_feeds where {scope.where('sender_unit_code', values)})"
