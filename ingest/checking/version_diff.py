"""Version diff: the changes between a feed and the last accepted version of the same sender and period.

One query per sheet compares typed values by the contract's key: a date written in another way is not a change. Rows
with a duplicate key are quarantined and not compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from ingest.checking.context import LANDED, CheckContext
from ingest.contract.sheet_contract import SheetContract, ValueType
from ingest.findings.messages import day_shown
from ingest.rules.cover import Cover
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal, quoted

COLUMNS_OF_CHANGES = ("sheet_kind", "row_key", "change", "field", "before", "after", "row_number", "cell")


@dataclass(frozen=True)
class Earlier:
    """Earlier records of the same sender and period: the newest one, accepted or not, and the last accepted version."""

    previous: str
    accepted: str | None


@dataclass(frozen=True)
class SheetChanges:
    """The numbers of rows of a sheet that differ; `set_aside` counts rows that had landed and are now quarantined."""

    sheet_kind: str
    sheet: str
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    set_aside: int = 0


@dataclass(frozen=True)
class Changes:
    """The differences from version `previous_feed_id`.

    `rows` has COLUMNS_OF_CHANGES: one line per changed field of a row, with the values before and after in canonical
    form and the cell of the new file; one line with a null field for a row that was added, withdrawn or quarantined.
    `labels` are the labels of coded values, by sheet and field.
    """

    previous_feed_id: str
    sheets: tuple[SheetChanges, ...]
    rows: pa.Table
    labels: Mapping[tuple[str, str], Mapping[str, str]]

    def shown(self, kind: str, field: str, value: str | None) -> str:
        """The value as displayed: a label, Có or Không, or a date in Vietnamese form; "" for a blank."""
        return self.labels.get((kind, field), _YES_NO).get(value or "", day_shown(value or ""))


_YES_NO = {"true": "Có", "false": "Không"}


def earlier_records(con: duckdb.DuckDBPyConnection, cover: Cover) -> Earlier | None:
    """The earlier records of the sender and period of `cover`; None if there are none."""
    rows = con.execute(
        "select feed_id, status from raw.feeds where sender_unit_code = ? and period_code = ? "
        "order by received_at desc, rowid desc",
        [cover.sender_unit_code, cover.period.code if cover.period else None],
    ).fetchall()
    accepted = next((feed_id for feed_id, status in rows if status == "accepted"), None)
    return Earlier(rows[0][0], accepted) if rows else None


def changes_since(context: CheckContext, sheets: Sequence[TypedSheet], accepted: str) -> Changes:
    """The changes in `sheets` relative to the landed rows of `accepted`; also written to temp table `feed_changes`."""
    con = context.con
    clear_changes(con)
    present = {typed.staged.contract.kind: typed for typed in sheets}
    for kind in LANDED:
        _write_changes(con, context.contracts.sheets[kind], present.get(kind), accepted)
    counted = con.execute(
        "select sheet_kind, change, count(distinct row_key) from feed_changes group by all order by all"
    ).fetchall()
    counts: dict[str, dict[str, int]] = {}
    for name, change, rows in counted:
        counts.setdefault(name, {})[change] = rows
    return Changes(
        accepted,
        tuple(
            SheetChanges(kind, context.contracts.sheets[kind].name, **counts[kind]) for kind in LANDED if kind in counts
        ),
        con.sql("select * from feed_changes").to_arrow_table(),
        _labels(context),
    )


def _labels(context: CheckContext) -> dict[tuple[str, str], Mapping[str, str]]:
    fields = dict(context.con.execute("select field_code, field_name from lookups.fields").fetchall())
    return {
        (kind.value, column.field): fields if column.type is ValueType.FIELD else labels
        for kind in LANDED
        for column in context.contracts.sheets[kind].columns
        if (labels := {choice.code: choice.label for choice in column.choices}) or column.type is ValueType.FIELD
    }


def clear_changes(con: duckdb.DuckDBPyConnection) -> None:
    """Empty temporary table `feed_changes` for the next feed."""
    con.execute(
        "create or replace temp table feed_changes (sheet_kind varchar, row_key varchar, change varchar, "
        "field varchar, before varchar, after varchar, row_number integer, cell varchar)"
    )


def _write_changes(
    con: duckdb.DuckDBPyConnection, contract: SheetContract, typed: TypedSheet | None, accepted: str
) -> None:
    fields = [column.field for column in contract.columns]
    names = ", ".join(map(quoted, fields))
    old = f"select feed_id, {names} from raw.{contract.kind} where feed_id = {literal(accepted)}"
    paired = _paired(contract, f"({landing_rows(contract, typed)})", f"({old})")
    cells = [f"{{'field': {literal(n)}, 'before': before_{n}, 'after': after_{n}}}" for n in fields]
    one = "[{'field': null::varchar, 'before': null::varchar, 'after': null::varchar}]"
    con.execute(
        f"insert into feed_changes with paired as ({paired}), lines as (select row_key, part, row_number, change, "
        f"unnest(case when change = 'changed' then list_filter([{', '.join(cells)}], "
        f"lambda c: c.before is distinct from c.after) else {one} end) as line from paired) "
        f"select {literal(contract.kind.value)}, row_key, {_change_sql(contract, typed)}, line.field, line.before, "
        f"line.after, row_number, {_cell_sql(contract, typed)} from lines order by row_number nulls last, row_key"
    )


def landing_rows(contract: SheetContract, typed: TypedSheet | None) -> str:
    """Query the rows that would land, those without an error; no rows for a missing sheet."""
    names = ", ".join(quoted(column.field) for column in contract.columns)
    if typed is None:
        return f"select 0 as part, row_number, 0 as row_id, {names} from raw.{contract.kind} where false"
    errors = f"select row from violations_{contract.kind} where tier = 'row'"
    return f"select part, row_number, row_id, {names} from {typed.view} where row_id not in ({errors})"


def _paired(contract: SheetContract, new: str, old: str) -> str:
    """Query new and old rows side by side, joined by key, without those that are equal."""
    fields = [column.field for column in contract.columns]
    both = " and ".join(f"n.{quoted(name)} = o.{quoted(name)}" for name in contract.key)
    differs = " or ".join(f"n.{quoted(name)} is distinct from o.{quoted(name)}" for name in fields)
    key = ", ".join(f"coalesce(n.{quoted(name)}, o.{quoted(name)})::varchar" for name in contract.key)
    sides = (("before", "o"), ("after", "n"))
    values = ", ".join(f"{row}.{quoted(name)}::varchar as {side}_{name}" for name in fields for side, row in sides)
    return (
        f"select concat_ws(' / ', {key}) as row_key, n.part, n.row_number, case when o.feed_id is null then 'added' "
        f"when n.row_id is null then 'withdrawn' else 'changed' end as change, {values} "
        f"from {new} as n full join {old} as o on {both} "
        f"where o.feed_id is null or n.row_id is null or {differs}"
    )


def _change_sql(contract: SheetContract, typed: TypedSheet | None) -> str:
    """SQL for the kind of change; a row that the feed still has, but with an error, is quarantined, not withdrawn."""
    if typed is None:
        return "change"
    key = ", ".join(f"{quoted(name)}::varchar" for name in contract.key)
    violating = f"select row from violations_{contract.kind}"
    here = f"select concat_ws(' / ', {key}) from {typed.view} where row_id in ({violating})"
    return f"if(change = 'withdrawn' and row_key in ({here}), 'set_aside', change)"


def _cell_sql(contract: SheetContract, typed: TypedSheet | None) -> str:
    """SQL for a line's cell in the new file; for an added row, the cell of its key."""
    if typed is None:
        return "null::varchar"
    cases = [
        f"when part = {number} and coalesce(line.field, {literal(contract.key[0])}) = {literal(name)} "
        f"then {literal(f'{part.name}!{column.letter}')} || row_number"
        for number, part in enumerate(typed.staged.parts)
        for name, column in part.columns.items()
    ]
    names = " ".join(f"when part = {number} then {literal(p.name)}" for number, p in enumerate(typed.staged.parts))
    return f"case {' '.join(cases)} {names} end"
