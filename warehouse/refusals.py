"""Refusals: the message on a rule that a mart violates, with the feeds and source rows of the violating rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

MOST_NAMED = 3
"""The most rows named per rule; the number of further ones is given."""

_LINEAGE = ("file_name", "sheet", "row_number")
_NARROWEST_FIRST = ("unit", "head", "subtree", "level", "province")
_KPI = "select name, record_kind from dim_kpis where kpi_code = $1"
_PETITIONS = """
    select file_name, sheet, row_number
    from fct_petitions
    where ($unit is null or responsible_unit_code = $unit) and ($body is null or responsible_body = $body)
      and ($field = 'ALL' or field_code = $field)
      and cast(received_at as date) <= $last and (settled_at is null or cast(settled_at as date) >= $first)
    order by least(coalesce(settled_at, received_at), due_at) - received_at, file_name, row_number
"""
_DIALOGUES = """
    select file_name, sheet, row_number
    from fct_dialogues
    where ($unit is null or unit_code = $unit) and ($body is null or true) and ($field = 'ALL' or main_field = $field)
      and held_on between $first and $last
    order by held_on, file_name, row_number
"""
_SUBJECT_NAME = """
    select full_name || ' (' || $id || ')' from dim_tenures where head_id = $id
    union all
    select display_name || ' (' || $id || ')' from dim_units where unit_code = $id
    limit 1
"""
_BEHIND: Mapping[str, str] = {"petitions": _PETITIONS, "dialogues": _DIALOGUES}
"""The tables of the records of a figure, by what it counts (`record_kind` of dim_kpis)."""


def refusal(con: duckdb.DuckDBPyConnection, table: str, rule: str, row_ids: Sequence[int | None]) -> str:
    """Return the message on `rule` of mart `table`; `row_ids` are the rowids of the violating rows, None for the table.

    Records are named by file, sheet and row. For figures, one is named by subject, period and value, with the records
    to look at first: those of its unit and field in the period, implausible ones (closed or due before receipt) first.
    """
    found = [row_id for row_id in row_ids if row_id is not None]
    told = f"{rule} ({len(row_ids)} dòng)"
    if not found:
        return told
    rows = _rows(con, table, found)
    if set(_LINEAGE) <= rows[0].keys():
        return f"{told}: {_named([_place(*(row[name] for name in _LINEAGE)) for row in rows], len(rows))}"
    if "period_start" in rows[0] and {"subject_id", "unit_code"} & rows[0].keys():
        return f"{told}: {_figure(con, min(rows, key=_breadth))}"
    return told


def _rows(con: duckdb.DuckDBPyConnection, table: str, row_ids: Sequence[int]) -> list[dict[str, Any]]:
    answer = con.execute(f"select * from {table} where rowid in (select unnest($1)) order by rowid", [list(row_ids)])
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _breadth(row: Mapping[str, Any]) -> int:
    """Return the sort key of a figure: units first, then heads, then aggregates, which count the most rows."""
    return _NARROWEST_FIRST.index(row.get("subject_type", "unit"))


def _figure(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> str:
    """Return the figure that violates the rule, and the records to look at."""
    first, last = row["period_start"], row["period_end"]
    value = "" if row.get("value") is None else f" = {row['value']:.6g}"
    name, record_kind = _name_and_records(con, row)
    places = _behind(con, row, record_kind)
    told = f"; các dòng cần xem trước: {_named(places, len(places))}" if places else ""
    return f"{name}{value} của {_subject_name(con, row)}, kỳ {first:%d/%m/%Y}–{last:%d/%m/%Y}{told}"


def _subject_name(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> str:
    """Return the name and code of the unit or head; for a level, only its code."""
    subject = str(row.get("subject_id", row.get("unit_code")))
    return next((str(name) for (name,) in con.execute(_SUBJECT_NAME, {"id": subject}).fetchall()), subject)


def _name_and_records(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the displayed name of a figure (a KPI, or the balance of stock and flow) and the kind of its records."""
    found = con.execute(_KPI, [row.get("kpi_code")]).fetchone()
    return (str(found[0]), str(found[1])) if found else ("Tồn đầu kỳ, tiếp nhận, tồn cuối kỳ", "petitions")


def _behind(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any], record_kind: str) -> list[str]:
    """Return the places of the records behind a figure, to look at first; none if it counts feeds."""
    query = _BEHIND.get(record_kind)
    if query is None:
        return []
    asked = {
        "unit": _unit_of(row),
        "body": str(row["subject_id"]).split("|")[2] if row.get("subject_type") == "head" else None,
        "field": row.get("field_code", "ALL"),
        "first": row["period_start"],
        "last": row["period_end"],
    }
    return [_place(*place) for place in con.execute(query, asked).fetchall()]


def _unit_of(row: Mapping[str, Any]) -> str | None:
    """Return the unit whose records a figure counts; None for an aggregate of units."""
    kind = row.get("subject_type", "unit")
    return str(row.get("unit_code") or row["subject_id"]) if kind in {"unit", "head"} else None


def _place(file_name: str, sheet: str, row_number: int) -> str:
    return f"tệp {file_name}, trang {sheet}, dòng {row_number}"


def _named(places: Sequence[str], total: int) -> str:
    rest = total - MOST_NAMED
    return "; ".join(places[:MOST_NAMED]) + (f" và {rest} dòng nữa" if rest > 0 else "")
