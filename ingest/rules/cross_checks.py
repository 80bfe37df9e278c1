"""Facts for the cross-checks of a sheet: columns derived in SQL from the typed view, the lookups and other sheets.

Most facts are null if the row is correct, else the evidence for the finding (the right name, the other head, …); some
are values that rules compare a column with.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from ingest.contract.sheet_contract import Column, SheetContract, ValueType
from ingest.lookups.periods import Period
from ingest.lookups.units import UnitNames
from ingest.model.received import SheetKind
from ingest.staging.typed_sheet import TypedSheet, sources_of
from warehouse.sql import literal, quoted


@dataclass(frozen=True)
class Surroundings:
    """The context of cross-checks: period, unit names, the other typed sheets, and feeds received by `now`."""

    period: Period | None
    units: UnitNames
    views: Mapping[SheetKind, str]
    now: datetime


@dataclass(frozen=True)
class Fact:
    """One derived column: a select item over alias `t` (the typed rows), and the join that it needs, if any.

    Joins are left joins to tables with one row per key: correlated subqueries cost twenty times as much.
    """

    item: str
    join: str = ""


@dataclass(frozen=True)
class Facts:
    """The facts of a sheet."""

    facts: tuple[Fact, ...]

    def query(self, typed: str) -> str:
        """Query the rows of `typed` (a view or a parenthesised query) with their facts."""
        items = ", ".join(("t.*", *(fact.item for fact in self.facts)))
        joins = " ".join(fact.join for fact in self.facts if fact.join)
        return f"select {items} from {typed} as t {joins}"


REFERENCES = {
    SheetKind.PETITIONS: (SheetKind.DIALOGUES, "dialogue_code"),
    SheetKind.DECISIONS: (SheetKind.TENURES, "leader_code"),
}
"""By sheet, the sheet that its rows refer to, and the code by which they do."""


def with_facts(con: duckdb.DuckDBPyConnection, typed: TypedSheet, facts: Facts) -> str:
    """The relation of the typed rows with their facts: a temporary table for a small sheet, else a query."""
    query = facts.query(typed.view)
    if not typed.staged.is_small:
        return f"({query})"
    name = f"checked_{typed.staged.contract.kind}"
    con.execute(f"create or replace temp table {name} as {query}")
    return name


def sheet_facts(con: duckdb.DuckDBPyConnection, typed: TypedSheet, around: Surroundings) -> Facts:
    """The facts that the rules of this sheet use; needs `create_spans` for the sender's units."""
    contract = typed.staged.contract
    facts = [
        fact
        for column in contract.columns
        if column.type is ValueType.UNIT
        for fact in _unit_facts(typed, column, around)
    ]
    if contract.columns[0].type is ValueType.CODE:
        facts.append(_example_fact(typed))
    if contract.kind is SheetKind.DIALOGUES:
        facts.append(_name_fact(con, typed, around.units))
    if contract.kind is SheetKind.PETITIONS:
        facts += [Fact(_FLOOR), _alike_fact(con, typed, "petition_code")]
    if contract.kind is SheetKind.TENURES:
        facts += [Fact(_overlap_item(typed.view)), Fact(_two_posts_item(typed))]
    if contract.kind is SheetKind.DECISIONS:
        facts.append(Fact(_ABOUT_NOBODY))
    if contract.kind in REFERENCES:
        facts.append(_reference_fact(con, around, *REFERENCES[contract.kind]))
    return Facts(tuple(facts))


_FLOOR = (
    "case when t.settled_on__timed then t.received_on else t.received_on::date::timestamp end as received_on__floor"
)
"""The lower bound of settled_on: the time of receipt, or only its date if the settlement has no time."""


_ABOUT_NOBODY = (
    "case when t.received.unit_code is null and t.received.leader_code is null then coalesce(t.decision_no, '') end "
    "as decision_no__about_nobody"
)
"""A decision whose row names neither a unit nor a leader, not even an unreadable one."""


def create_spans(con: duckdb.DuckDBPyConnection, subtree: Collection[str]) -> None:
    """Create `unit_spans`, one row per unit: its first day in force, the day after its last, and its gaps.

    It also has whether the unit is foreign: outside `subtree`, the units that the sender may report on.
    """
    con.execute(
        "create or replace temp table unit_spans as with spells as (select unit_code, valid_from, "
        "coalesce(valid_to, date '9999-12-31') as valid_to from lookups.units), gaps as (select unit_code, valid_to as "
        "gap_from, lead(valid_from) over (partition by unit_code order by valid_from) as gap_to from spells) "
        "select unit_code, min(valid_from) as first_on, max(valid_to) as until, unit_code not in (select unnest(?)) as "
        "is_foreign, (select list({'from': gap_from, 'to': gap_to}) from gaps as g "
        "where g.unit_code = s.unit_code and g.gap_to > g.gap_from) as gaps from spells as s group by unit_code",
        [sorted(subtree) or [""]],
    )


def _unit_facts(typed: TypedSheet, column: Column, around: Surroundings) -> list[Fact]:
    contract = typed.staged.contract
    if _is_blank(typed, column) and not _asks_for(contract, f"{column.field}__foreign"):
        return [Fact(f"null::varchar as {quoted(column.field + '__unknown')}")]
    name, spans = f"t.{quoted(column.field)}", f"u_{column.field}"
    inherited = f"{name} is distinct from t.{quoted(column.default)} and " if column.default else ""
    day, until = _days(contract, column, around.period)
    outside = f"{until} < {spans}.first_on or {day} >= {spans}.until"
    in_gap = (
        f"case when {spans}.gaps is null then false else "
        f"len(list_filter({spans}.gaps, lambda g: {day} >= g['from'] and {until} < g['to'])) > 0 end"
    )
    unknown = f"{name} is not null and {inherited}({spans}.unit_code is null or {outside} or {in_gap})"
    return [
        Fact(
            f"case when {unknown} then {name} end as {quoted(column.field + '__unknown')}",
            f"left join unit_spans as {spans} on {spans}.unit_code = {name}",
        ),
        Fact(f"case when {spans}.is_foreign then {name} end as {quoted(column.field + '__foreign')}"),
    ]


def _is_blank(typed: TypedSheet, column: Column) -> bool:
    """Whether a column is known to hold no text, so that each row has its default; unknown for a large sheet."""
    return typed.reads.values is not None and column.field not in typed.reads.values


def _asks_for(contract: SheetContract, name: str) -> bool:
    return any((rule.kwargs or {}).get("column") == name for rule in contract.rules)


def _days(contract: SheetContract, column: Column, period: Period | None) -> tuple[str, str]:
    """SQL for the first and the last date between which the unit must be in force at some time; null if unknown."""
    on = f"t.{quoted(column.unit_on)}"
    if contract.column(column.unit_on).type is ValueType.YEAR:
        return f"make_date({on}, 1, 1)", f"make_date({on}, 12, 31)"
    day = f"{on}::date"
    if column.unit_until == "period_end" and period:
        return day, f"greatest({day}, {literal(period.end)})"
    if column.unit_until and column.unit_until != "period_end":
        return day, f"coalesce(t.{quoted(column.unit_until)}, date '9999-12-31')"
    return day, day


def _name_fact(con: duckdb.DuckDBPyConnection, typed: TypedSheet, units: UnitNames) -> Fact:
    """`unit_name__other`: the official name for the code, if its unit never had the given name."""
    pairs = con.execute(
        f"select distinct unit_code, unit_name from {typed.view} where unit_code is not null and unit_name is not null"
    ).fetchall()
    wrong = [(code, name) for code, name in pairs if code in units.codes and not units.is_name_of(name, code)]
    con.register(
        "wrong_names",
        pa.table(
            {
                "code": pa.array([code for code, _ in wrong], pa.string()),
                "name": pa.array([name for _, name in wrong], pa.string()),
                "other": pa.array([units.title(code) for code, _ in wrong], pa.string()),
            }
        ),
    )
    con.execute("create or replace temp table name_differs as select * from wrong_names")
    con.unregister("wrong_names")
    return Fact(
        "w.other as unit_name__other",
        "left join name_differs as w on w.code = t.unit_code and w.name = t.unit_name",
    )


def _alike_fact(con: duckdb.DuckDBPyConnection, typed: TypedSheet, code: str) -> Fact:
    """`<code>__alike`: another code of the sheet that differs only in case, spaces or punctuation."""
    if typed.reads.values is not None and not _has_alike(typed.reads.values.get(code, ())):
        return Fact(f"null::varchar as {code}__alike")
    bare = f"translate(upper({code}), '-–—_./ ', '')"
    codes = f"(select {code}, {bare} as bare, hash(bare) as hashed from {typed.view} where {code} is not null)"
    several = f"(select hashed from {codes} group by hashed having min(hash({code})) <> max(hash({code})))"
    con.execute(
        "create or replace temp table alike_codes as "
        f"select {code} as code, if({code} = least, greatest, least) as other "
        f"from (select distinct {code}, min({code}) over same as least, max({code}) over same as greatest "
        f"from {codes} semi join {several} using (hashed) window same as (partition by bare)) where least <> greatest"
    )
    return Fact(f"a.other as {code}__alike", f"left join alike_codes as a on a.code = t.{code}")


def _has_alike(codes: Collection[str]) -> bool:
    """Whether any two codes may be equal except for case, spaces and punctuation.

    A code counts twice if its received and read forms differ.
    """
    without = str.maketrans("", "", "-–—_./ ")
    return len({code.translate(without).upper().casefold() for code in codes}) < len(codes)


def _reference_fact(con: duckdb.DuckDBPyConnection, around: Surroundings, kind: SheetKind, code: str) -> Fact:
    """`<code>__unknown`: a code that no sheet of this kind has, here or in a landed feed, not even in quarantine."""
    here = around.views.get(kind)
    also = f" union select {code} from {here}" if here else ""
    con.execute(
        f"create or replace temp table known_{kind} as "
        f"with by_now as (select feed_id from raw.feeds where received_at <= {literal(around.now)}) "
        f"select distinct {code} from (select {code} from raw.{kind} semi join by_now using (feed_id) "
        f"union all select received ->> {literal(code)} from raw.quarantine semi join by_now using (feed_id) "
        f"where sheet_kind = {literal(kind.value)}{also}) where {code} is not null"
    )
    return Fact(
        f"case when k.{code} is null then t.{code} end as {code}__unknown",
        f"left join known_{kind} as k on k.{code} = t.{code}",
    )


_EXAMPLE = r"(?i)^\s*(ví dụ|thí dụ|vd|vi du)\s*[:.\-–]|^\s*(ví dụ|thí dụ)"
"""The beginning of the key of an example row."""

_EXAMPLE_TEXT = r"(?i)^\s*(ví dụ|thí dụ)\s*:"


_LIKE_EXAMPLE = re.compile(_EXAMPLE)
"""Matches at least the texts that one of these patterns matches, because `\\s` is any white space in Python."""


def _example_fact(typed: TypedSheet) -> Fact:
    """`<key>__example`: the key of a row that says it is an example, or has the template's key and two of its values.

    Small sheets are searched here: compiling the patterns in SQL would cost more than reading the rows.
    """
    key, *others = typed.staged.contract.columns
    if not _may_have_example(typed, key):
        return Fact(f"null::varchar as {quoted(key.field + '__example')}")
    texts = [c for c in others if c.type is ValueType.FREE_TEXT or c.example]
    same = [f"t.received.{quoted(c.field)} = {literal(c.example)}" for c in others if c.example]
    marked = [f"regexp_matches(t.received.{quoted(c.field)}, {literal(_EXAMPLE_TEXT)})" for c in texts]
    received = f"t.received.{quoted(key.field)}"
    alike = " + ".join(f"coalesce({each}, false)::int" for each in same)
    copied = f"({received} = {literal(key.example)} and {alike} >= {min(2, len(same))})" if same else "false"
    is_example = " or ".join((f"regexp_matches({received}, {literal(_EXAMPLE)})", copied, *marked))
    return Fact(f"case when {is_example} then coalesce({received}, '') end as {quoted(key.field + '__example')}")


def _may_have_example(typed: TypedSheet, key: Column) -> bool:
    """Whether a text may begin like an example, or a key may be that of the template's example row.

    It is also true for a large sheet, or one read through a mapping profile, whose texts are not known here.
    """
    values = typed.reads.values
    if values is None or typed.sources != sources_of(typed.staged):
        return True
    return key.example in values.get(key.field, ()) or any(
        _LIKE_EXAMPLE.match(text) for texts in values.values() for text in texts
    )


_PARTY_HEAD = r"(?i)(^|[^\p{L}])bí thư"
_DEPUTY = r"(?i)phó\s+(bí thư|chủ tịch)"
_GOVERNMENT_HEAD = (
    r"(?i)(^|[^\p{L}])chủ tịch(\s*$|\s*[,;(]|\s+(ubnd|ủy ban nhân dân|uỷ ban nhân dân|xã|phường|thị trấn|huyện|kiêm))"
)


def _two_posts_item(typed: TypedSheet) -> str:
    """`post__two`: the body of a row whose post heads both bodies, if no row has that leader in the other body.

    A deputy secretary who is chairman heads only the government; a chairman of the people's council heads neither.
    """
    if typed.reads.values is not None and not any(map(_names_two_posts, typed.reads.values.get("post", ()))):
        return "null::varchar as post__two"
    post = f"regexp_replace(coalesce(t.post, ''), {literal(_DEPUTY)}, '', 'g')"
    both = f"regexp_matches({post}, {literal(_PARTY_HEAD)}) and regexp_matches({post}, {literal(_GOVERNMENT_HEAD)})"
    other = (
        f"exists (select 1 from {typed.view} as o where o.leader_code = t.leader_code and o.unit_code = t.unit_code "
        "and o.body <> t.body)"
    )
    body = "case t.body when 'party' then 'Cấp ủy' else 'Chính quyền' end"
    return f"case when {both} and not {other} then {body} end as post__two"


def _names_two_posts(post: str) -> bool:
    """Whether the text of a post may name the heads of both bodies."""
    return "bí thư" in post.lower() and "chủ tịch" in post.lower()


def _overlap_item(view: str) -> str:
    """`from_on__overlap`: another head of the same unit and body with an overlapping tenure."""
    return (
        "(select min(o.full_name || ' (' || strftime(o.from_on, '%d/%m/%Y') || ')') "
        f"from {view} as o where o.unit_code = t.unit_code and o.body = t.body and o.row_id <> t.row_id "
        "and t.to_on__problem is null and o.to_on__problem is null "
        "and o.from_on < coalesce(t.to_on, date '9999-12-31') and t.from_on < coalesce(o.to_on, date '9999-12-31')) "
        "as from_on__overlap"
    )
