"""Faults: the cells of one sheet that break a rule, beside the sheet in temporary tables of the connection."""

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
"""Letters of a cell that a finding keeps."""

MAX_LISTED = 1_000
"""Findings of one rule on one sheet that are told cell by cell; one more then tells how many cells follow."""


@dataclass(frozen=True)
class CheckedSheet:
    """A typed sheet with its facts: `relation` has the rows with both, to be selected from as alias `t`."""

    typed: TypedSheet
    facts: Facts
    relation: str

    @property
    def staged(self) -> StagedSheet:
        return self.typed.staged

    @property
    def faults(self) -> str:
        """The temporary table of the sheet's faults (row, rule, id, tier)."""
        return f"violations_{self.staged.contract.kind}"

    def rows(self, ids: str) -> str:
        """A query for the rows whose ids the query `ids` yields, typed and with their facts."""
        if self.staged.is_small:
            return f"select * from {self.relation} where row_id in ({ids})"
        base = f"(select *, rowid from {self.staged.table} where rowid in ({ids}))"
        return self.facts.query(f"({self.typed.query(base)})")


@dataclass(frozen=True)
class Violation:
    """One cell that breaks a rule: its place, what stood there, what the fact about it says, and the row's key.

    `fact` is a digest of what is to be confirmed, where a reason is asked for.
    """

    part: int
    row_number: int
    value: str
    evidence: str
    row_key: str = ""
    fact: str = ""


def write_violations(con: duckdb.DuckDBPyConnection, kind: str, faults: pa.Table, rules: Mapping[str, Rule]) -> None:
    """Writes the faults to temporary table `faults_<kind>` (row, rule, id, tier)."""
    ids = pa.array([rule.id for rule in rules.values()], pa.string())
    tiers = pa.array([rule.tier.value for rule in rules.values()], pa.string())
    which = pc.index_in(faults["rule"], pa.array(list(rules), pa.string()))
    con.register("found_faults", faults.append_column("id", ids.take(which)).append_column("tier", tiers.take(which)))
    con.execute(f"create or replace temp table violations_{kind} as select row, rule, id, tier from found_faults")
    con.unregister("found_faults")


def error_rows(con: duckdb.DuckDBPyConnection, kind: str) -> int:
    """How many rows of the sheet are to be quarantined."""
    query = f"select count(distinct row) from violations_{kind} where tier = ?"
    ((rows,),) = con.execute(query, [Tier.ROW.value]).fetchall()
    return int(rows)


def count_violations(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet) -> dict[str, int]:
    """How many cells break each rule, by the rule's key."""
    return dict(con.execute(f"select rule, count(*) from {sheet.faults} group by rule").fetchall())


def violating_rows(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet) -> str:
    """A relation of all rows that are told cell by cell, with their facts; of a small sheet, that of all rows."""
    if sheet.staged.is_small:
        return sheet.relation
    name = f"violating_{sheet.staged.contract.kind}"
    told = f"select row from {sheet.faults} qualify row_number() over (partition by rule order by row) <= {MAX_LISTED}"
    con.execute(f"create or replace temp table {name} as {sheet.rows(told)}")
    return name


def first_violations(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet, rule: Rule, faulty: str) -> list[Violation]:
    """The first faults of a rule, as many as are told cell by cell."""
    rows = con.execute(
        f"select t.part, t.row_number, {received_sql(sheet, rule)}, {evidence_sql(rule)}, "
        f"{row_key_sql(sheet.staged, 't.received')}, {fact_sql(sheet, rule)} "
        f"from {sheet.faults} as f "
        f"join {faulty} as t on t.row_id = f.row where f.rule = ? order by t.row_id limit {MAX_LISTED}",
        [rule.key],
    ).fetchall()
    return [Violation(*row) for row in rows]


@dataclass(frozen=True)
class SameValue:
    """The cells of one value that break a rule: the first one, how many there are, and (part, row) of the first few."""

    first: Violation
    cells: int
    places: tuple[tuple[int, int], ...]


MOST_PLACES = 5
"""Cells of one value that a sentence names."""


def violations_by_value(con: duckdb.DuckDBPyConnection, sheet: CheckedSheet, rule: Rule) -> list[SameValue]:
    """The faults of a rule, those of one value together, in the order of their first rows.

    Nothing where there are more values than are told one by one.
    """
    name = f"same_value_{sheet.staged.contract.kind}"
    value = f"coalesce(r.{quoted(rule.field)}, '')" if rule.field in sheet.staged.fields else "''"
    con.execute(
        f"create or replace temp table {name} as select {value} as same, count(*) as cells, min(r.rowid) as first, "
        f"list({{'part': r.part, 'row': r.row_number}} order by r.rowid)[1:{MOST_PLACES}] as places "
        f"from {sheet.faults} as f join {sheet.staged.table} as r on r.rowid = f.row where f.rule = $1 group by same",
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
        SameValue(Violation(*fault), cells, tuple((it["part"], it["row"]) for it in places))
        for *fault, cells, places in rows
    ]


def received_sql(sheet: CheckedSheet, rule: Rule) -> str:
    """What stood in the rule's cell, as SQL over alias `t`."""
    value = f"t.received.{quoted(rule.field)}" if rule.field in sheet.staged.fields else "null"
    return f"left(coalesce({value}, ''), {LONGEST_VALUE})"


def row_key_sql(staged: StagedSheet, texts: str) -> str:
    """The received key of a row, its parts joined by ` / `, as SQL; `texts` names the row's received texts."""
    parts = [f"{texts}.{quoted(name)}" for name in staged.contract.key if name in staged.fields]
    return f"concat_ws(' / ', {', '.join(parts)})" if parts else "''"


def evidence_sql(rule: Rule) -> str:
    """The fact that a rule looks at tells the evidence; for unreadable texts, what they could have been.

    Of a rule that holds two cells of a row against each other it is what stands in the other one.
    """
    if other := _other_field(rule):
        return f"left(coalesce(t.received.{quoted(other)}, ''), {LONGEST_VALUE})"
    return _told_sql(rule)


def fact_sql(sheet: CheckedSheet, rule: Rule) -> str:
    """A digest of the values as read that a rule asks about, with the row's key; empty where no reason is asked for.

    How a value is written, what else stands in the row and where the row stands make no difference to it.
    """
    if not rule.needs_reason:
        return "''"
    there = sheet.staged.fields
    key = [name for name in sheet.staged.contract.key if name in there]
    fields = [*key, *(name for name in (rule.field, _other_field(rule)) if name in there)]
    return digest_sql(*map(_read_sql, fields), _told_sql(rule))


def _read_sql(field: str) -> str:
    """A value as read; of one that could not be read, the text without the spaces around it."""
    return f"coalesce(t.{quoted(field)}::varchar, trim(t.received.{quoted(field)}), '')"


def _other_field(rule: Rule) -> str:
    """The field that a rule holds its own against; empty where it looks at one alone."""
    kwargs = rule.kwargs or {}
    pair = [str(kwargs[name]).partition("__")[0] for name in ("column_A", "column_B") if name in kwargs]
    return next((name for name in pair if name != rule.field), "")


def _told_sql(rule: Rule) -> str:
    """What the fact says that a rule looks at; of an unreadable text, what it could have been."""
    column = str((rule.kwargs or {}).get("column", ""))
    if "__" not in column:
        return "''"
    return f"coalesce(t.{quoted(column.replace('__problem', '__evidence'))}::varchar, '')"
