"""Violations: the cells of one sheet that break a rule, in temporary tables on the connection."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingest.contract.sheet_contract import Rule
from ingest.model.findings import Tier, digest_sql
from ingest.rules.cross_checks import Facts
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import quoted

LONGEST_VALUE = 1_000
"""Maximum number of characters of a cell in a finding."""

MAX_LISTED = 1_000
"""Maximum number of findings per rule and sheet that are listed cell by cell; one more counts the remaining cells."""


@dataclass(frozen=True)
class CheckedSheet:
    """A typed sheet with its facts; the rows of `relation` have the typed values and the facts."""

    typed: TypedSheet
    facts: Facts
    relation: str

    @property
    def staged(self) -> StagedSheet:
        return self.typed.staged

    @property
    def violations(self) -> str:
        """The temporary table of the sheet's violations (row, rule, id, tier)."""
        return f"violations_{self.staged.contract.kind}"

    def rows(self, ids: str) -> str:
        """Query the typed rows, with their facts, whose ids the query `ids` returns."""
        if self.staged.is_small:
            return f"select * from {self.relation} where row_id in ({ids})"
        base = f"(select *, rowid from {self.staged.table} where rowid in ({ids}))"
        return self.facts.query(f"({self.typed.query(base)})")


@dataclass(frozen=True)
class Violation:
    """One cell that breaks a rule: its place and value, the evidence, and the row's key.

    `fact` is a digest of the values to confirm if the rule needs a reason, else empty.
    """

    part: int
    row_number: int
    value: str
    evidence: str
    row_key: str = ""
    fact: str = ""


def write_violations(con: duckdb.DuckDBPyConnection, kind: str, faults: pa.Table, rules: Mapping[str, Rule]) -> None:
    """Write the violations to temporary table `violations_<kind>` (row, rule, id, tier)."""
    ids = pa.array([rule.id for rule in rules.values()], pa.string())
    tiers = pa.array([rule.tier.value for rule in rules.values()], pa.string())
    which = pc.index_in(faults["rule"], pa.array(list(rules), pa.string()))
    con.register("found_faults", faults.append_column("id", ids.take(which)).append_column("tier", tiers.take(which)))
    con.execute(f"create or replace temp table violations_{kind} as select row, rule, id, tier from found_faults")
    con.unregister("found_faults")


def error_rows(con: duckdb.DuckDBPyConnection, kind: str) -> int:
    """The number of rows to quarantine."""
    query = f"select count(distinct row) from violations_{kind} where tier = ?"
    ((rows,),) = con.execute(query, [Tier.ROW.value]).fetchall()
    return int(rows)


def count_violations(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet) -> dict[str, int]:
    """The number of cells that break each rule, by the rule's key."""
    return dict(con.execute(f"select rule, count(*) from {sheet.violations} group by rule").fetchall())


def violating_rows(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet) -> str:
    """A relation with the rows that are listed cell by cell, and their facts; for a small sheet, with all rows."""
    if sheet.staged.is_small:
        return sheet.relation
    name = f"violating_{sheet.staged.contract.kind}"
    first = f"row_number() over (partition by rule order by row) <= {MAX_LISTED}"
    listed = f"select row from {sheet.violations} qualify {first}"
    con.execute(f"create or replace temp table {name} as {sheet.rows(listed)}")
    return name


def first_violations(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet, rule: Rule, rows: str) -> list[Violation]:
    """The violations of a rule that are listed cell by cell."""
    found = con.execute(
        f"select t.part, t.row_number, {received_sql(sheet, rule)}, {evidence_sql(rule)}, "
        f"{row_key_sql(sheet.staged, 't.received')}, {fact_sql(sheet, rule)} "
        f"from {sheet.violations} as f "
        f"join {rows} as t on t.row_id = f.row where f.rule = ? order by t.row_id limit {MAX_LISTED}",
        [rule.key],
    ).fetchall()
    return [Violation(*row) for row in found]


@dataclass(frozen=True)
class SameValue:
    """The cells with one value that break a rule: the first, their number, and (part, row) of the first few."""

    first: Violation
    cells: int
    places: tuple[tuple[int, int], ...]


MOST_PLACES = 5
"""Maximum number of cells with the same value that a message lists."""


def violations_by_value(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet, rule: Rule) -> list[SameValue]:
    """The violations of a rule by value, in the order of their first rows.

    Empty if there are more values than MAX_LISTED.
    """
    name = f"same_value_{sheet.staged.contract.kind}"
    value = f"coalesce(r.{quoted(rule.field)}, '')" if rule.field in sheet.staged.fields else "''"
    con.execute(
        f"create or replace temp table {name} as select {value} as same, count(*) as cells, min(r.rowid) as first, "
        f"list({{'part': r.part, 'row': r.row_number}} order by r.rowid)[1:{MOST_PLACES}] as places "
        f"from {sheet.violations} as f join {sheet.staged.table} as r on r.rowid = f.row "
        "where f.rule = $1 group by same",
        [rule.key],
    )
    ((values,),) = con.execute(f"select count(*) from {name}").fetchall()
    if values > MAX_LISTED:
        return []
    rows = con.execute(
        f"select t.part, t.row_number, {received_sql(sheet, rule)}, {evidence_sql(rule)}, "
        f"{row_key_sql(sheet.staged, 't.received')}, s.cells, s.places "
        f"from ({sheet.rows(f'select first from {name}')}) as t "
        f"join {name} as s on s.first = t.row_id order by t.row_id"
    ).fetchall()
    return [
        SameValue(Violation(*violation), cells, tuple((it["part"], it["row"]) for it in places))
        for *violation, cells, places in rows
    ]


def received_sql(sheet: CheckedSheet, rule: Rule) -> str:
    """SQL over alias `t` for the received text of the rule's cell."""
    value = f"t.received.{quoted(rule.field)}" if rule.field in sheet.staged.fields else "null"
    return f"left(coalesce({value}, ''), {LONGEST_VALUE})"


def row_key_sql(staged: StagedSheet, texts: str) -> str:
    """SQL for the received key of a row, its parts joined by ` / `; `texts` is the alias of the received texts."""
    parts = [f"{texts}.{quoted(name)}" for name in staged.contract.key if name in staged.fields]
    return f"concat_ws(' / ', {', '.join(parts)})" if parts else "''"


def evidence_sql(rule: Rule) -> str:
    """SQL for the evidence: the rule's fact or, for a text that could not be read, a possible reading.

    For a rule that compares two cells of a row, it is the text of the other cell.
    """
    if other := _other_field(rule):
        return f"left(coalesce(t.received.{quoted(other)}, ''), {LONGEST_VALUE})"
    return _fact_evidence_sql(rule)


def fact_sql(sheet: CheckedSheet, rule: Rule) -> str:
    """SQL for a digest of the row's key and the parsed values that a rule examines; empty if it needs no reason.

    The spelling of values, the other cells of the row and its position do not change the digest.
    """
    if not rule.needs_reason:
        return "''"
    present = sheet.staged.fields
    key = [name for name in sheet.staged.contract.key if name in present]
    fields = [*key, *(name for name in (rule.field, _other_field(rule)) if name in present)]
    return digest_sql(*map(_read_sql, fields), _fact_evidence_sql(rule))


def _read_sql(field: str) -> str:
    """SQL for the parsed value, or for the trimmed text if it could not be parsed."""
    return f"coalesce(t.{quoted(field)}::varchar, trim(t.received.{quoted(field)}), '')"


def _other_field(rule: Rule) -> str:
    """The field that a rule compares its own field with; empty for a rule about one field."""
    kwargs = rule.kwargs or {}
    pair = [str(kwargs[name]).partition("__")[0] for name in ("column_A", "column_B") if name in kwargs]
    return next((name for name in pair if name != rule.field), "")


def _fact_evidence_sql(rule: Rule) -> str:
    """SQL for the rule's fact or, for a text that could not be read, a possible reading."""
    column = str((rule.kwargs or {}).get("column", ""))
    if "__" not in column:
        return "''"
    return f"coalesce(t.{quoted(column.replace('__problem', '__evidence'))}::varchar, '')"
