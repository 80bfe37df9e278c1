"""Cell ranges of grouped findings: all cells of a finding that is reported once per column or value.

They are found in the staged sheets: violations by row, repairs by text, masked cells by their mask.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import pyarrow as pa

from ingest.contract import load as contract_files
from ingest.findings.messages import (
    IS_REPORTED,
    ONE_PER_VALUE,
    READ_AS,
    REPAIR_RULES,
    REPORTED_TEXT,
    read_shown,
    sentence,
)
from ingest.model.cell_ref import CellRef
from ingest.model.findings import Finding
from ingest.staging.typed_sheet import TypedSheet
from warehouse.masking import MASK_END
from warehouse.sql import literal, quoted

MISSING_VALUE = "missing_value"
"""The rule about single blanks; `blanks_below` reports the blanks of a column once."""

MAX_RANGES = 20_000
"""Maximum number of ranges per finding; cells beyond them are only counted."""

MAX_MESSAGES = 5_000
"""Maximum number of cells per finding that get a message about their reading."""

Key = tuple[str, str]
"""The rule and cell of a finding; the cell is the first one of its group."""


@dataclass(frozen=True)
class CellRange:
    """Adjacent cells of one column: `first` and `last` are rows of the sender's file."""

    sheet: str
    letter: str
    first: int
    last: int

    @property
    def reference(self) -> str:
        """The range within its sheet: `F5:F9`, or `F5` for a single cell."""
        first = f"{self.letter}{self.first}"
        return first if self.first == self.last else f"{first}:{self.letter}{self.last}"

    @property
    def top(self) -> CellRef:
        """The first of the cells."""
        return CellRef(self.sheet, self.letter, self.first)

    @property
    def cells(self) -> int:
        """The number of cells."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Group:
    """The cells of one grouped finding in row order; `more` is the number of cells beyond these ranges.

    `messages` are the messages for single cells, about their value and reading.
    """

    ranges: tuple[CellRange, ...]
    more: int = 0
    messages: Mapping[CellRef, str] = field(default_factory=dict)


Groups = Mapping[Key, Group]


def key_of(finding: Finding) -> Key:
    """The key of the finding's group."""
    return finding.rule, finding.cell


@dataclass(frozen=True)
class _Source:
    """One sheet, the names in `lookups.fields` by code, and whether cells get messages about their reading."""

    con: duckdb.DuckDBPyConnection
    sheet: TypedSheet
    fields: Mapping[str, Sequence[str]]
    with_messages: bool


def groups_of(
    con: duckdb.DuckDBPyConnection, sheets: Iterable[TypedSheet], findings: Iterable[Finding], *, with_messages: bool
) -> Groups:
    """The cells of each grouped finding about several cells, by its key.

    `with_messages` adds a message for each cell that was repaired. `sheets` are still staged on `con`.
    """
    several = [each for each in findings if (each.grouped or each.rule in ONE_PER_VALUE) and each.count > 1]
    names = con.execute("select field_code, field_name from lookups.fields").fetchall() if several else []
    fields = {code: (name,) for code, name in names}
    found: dict[Key, Group] = {}
    for sheet in sheets:
        here = {key_of(it): it for it in several if it.sheet_kind == sheet.staged.contract.kind}
        if here:
            found |= _groups(_Source(con, sheet, fields, with_messages), here)
    return found


def _groups(source: _Source, findings: Mapping[Key, Finding]) -> dict[Key, Group]:
    _write_cells(source, findings.values())
    ranges: dict[tuple[str, ...], list[CellRange]] = {}
    totals: dict[tuple[str, ...], int] = {}
    for *alike, total, part, first, last in source.con.execute(_RANGES, {"most": MAX_RANGES}).fetchall():
        totals[tuple(alike)] = total
        ranges.setdefault(tuple(alike), []).append(_range(source.sheet, part, alike[1], first, last))
    messages = _messages(source, findings) if source.with_messages else {}
    found = {alike: Group(tuple(each), totals[alike] - sum(it.cells for it in each)) for alike, each in ranges.items()}
    by_key = {(alike[0], str(each.ranges[0].top)): (alike, each) for alike, each in found.items()}
    return {
        key: replace(each, messages=messages.get(alike, {})) for key, (alike, each) in by_key.items() if key in findings
    }


def _range(sheet: TypedSheet, part: int, name: str, first: int, last: int) -> CellRange:
    place = sheet.staged.parts[part]
    return CellRange(place.name, place.columns[name].letter, first, last)


def _write_cells(source: _Source, findings: Iterable[Finding]) -> None:
    """Write the cells to temporary table `grouped_cells`; the cells of one finding share rule, field and `alike`."""
    con, filled_down = source.con, source.sheet.staged.filled_down
    filled = list(zip(*filled_down, strict=True)) or [(), (), ()]
    types = (pa.int32(), pa.string(), pa.int32())
    columns = [pa.array(values, kind) for values, kind in zip(filled, types, strict=True)]
    con.register("filled_cells", pa.table(columns, names=["part", "field", "row_number"]))
    queries = [_query(source.sheet, *each) for each in sorted({(it.rule, it.field) for it in findings})]
    con.execute(f"create or replace temp table grouped_cells as {' union all '.join(queries)}")
    con.unregister("filled_cells")


def _query(sheet: TypedSheet, rule: str, name: str) -> str:
    """Query the cells of all findings of a rule about a field; for repairs, with text and reading."""
    staged, names = sheet.staged, f"{literal(rule)} as rule, {literal(name)} as field"
    parts = ", ".join(str(part) for part, each in enumerate(staged.parts) if name in each.columns) or "-1"
    rows = f"(select *, rowid from {staged.table} where part in ({parts})) as r"
    plain = "r.part, r.row_number, null::varchar as x, null::varchar as read"
    repairs = [repair for repair, of_rule in REPAIR_RULES.items() if of_rule == rule]
    if repairs:
        return _repairs_query(sheet, f"select {names}", rows, name, repairs)
    if rule == "masked_text":
        first = [f"r.part = {it.part} and r.row_number >= {it.first_row}" for it in staged.masked if it.field == name]
        masks = f"contains(r.{quoted(name)}, {literal(MASK_END)}) and ({' or '.join(first)})"
        return f"select {names}, r.part::varchar as alike, {plain} from {rows} where {masks}"
    of_cells = MISSING_VALUE if rule == "blanks_below" else rule
    violating = f"select row from violations_{staged.contract.kind} where rule = {literal(f'{of_cells}:{name}')}"
    alike = f"coalesce(r.{quoted(name)}, '')" if rule in ONE_PER_VALUE and name in staged.fields else "''"
    return f"select {names}, {alike} as alike, {plain} from {rows} where r.rowid in ({violating})"


def _repairs_query(sheet: TypedSheet, select: str, rows: str, name: str, repairs: Sequence[str]) -> str:
    text = f"coalesce({REPORTED_TEXT}, '')"
    wanted = ", ".join(map(literal, repairs))
    read = (
        f"{select}, concat_ws('|', r.part, m.repair, {text}) as alike, r.part, r.row_number, m.x, {READ_AS} as read "
        f"from {rows} "
        f"join (select * from {sheet.reads.table} where {IS_REPORTED}) as m on m.field = {literal(name)} "
        f"and m.part = r.part and m.x = {sheet.sources[name]} where m.repair in ({wanted})"
    )
    if "filled_down" not in repairs:
        return read
    return (
        f"{select}, r.part::varchar as alike, r.part, r.row_number, '' as x, r.{quoted(name)} as read from {rows} "
        f"join filled_cells as f using (part, row_number) where f.field = {literal(name)}"
    )


_RANGES = """
with islands as (
    select *, row_number - row_number() over (partition by rule, field, alike, part order by row_number) as island
    from grouped_cells
),
ranges as (
    select rule, field, alike, part, min(row_number) as first, max(row_number) as last, count(*) as cells
    from islands group by rule, field, alike, part, island
),
numbered as (
    select *, sum(cells) over of_finding as total, row_number() over (of_finding order by part, first) as number
    from ranges window of_finding as (partition by rule, field, alike)
)
select rule, field, alike, total::bigint, part, first, last from numbered
where number <= $most order by rule, field, alike, number
"""

_READ = f"""
select * from grouped_cells where x is not null
qualify row_number() over (partition by rule, field, alike order by part, row_number) <= {MAX_MESSAGES}
"""


def _messages(source: _Source, findings: Mapping[Key, Finding]) -> dict[tuple[str, ...], dict[CellRef, str]]:
    """The messages for cells that were read as something else, by finding and cell."""
    rules = contract_files.load().feed_rules
    headers = {(each.rule, each.field): each.header for each in findings.values()}
    messages: dict[tuple[str, ...], dict[CellRef, str]] = {}
    for rule, name, alike, part, row, received, read in source.con.execute(_READ).fetchall():
        evidence = read_shown(source.sheet, name, read or "", source.fields)
        words = {"value": received, "evidence": evidence, "header": headers[rule, name]}
        cell = source.sheet.staged.cell(part, name, row)
        if cell is None:
            continue
        messages.setdefault((rule, name, alike), {})[cell] = sentence(rules[rule].message, words)
    return messages
