"""Stage the sheets of a feed as received, in temporary tables on the checking connection.

Personal data in cells is masked during staging, so no later step and no table has it unmasked.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from ingest.contract.sheet_contract import SheetContract, ValueType
from ingest.model.cell_ref import CellRef
from ingest.model.received import CsvSource, Encoding, NoCode, Obstacle, ReceivedColumn, ReceivedSheet, SkippedLine
from ingest.parsing import to_unicode
from ingest.reading.csv.scan import create_rows
from ingest.reading.masking import masked_line, masked_obstacle
from warehouse.masking import masked, masked_code, may_need_masking_sql
from warehouse.sql import literal, quoted

LONGEST_TEXT = 32_767
"""Maximum length of a workbook cell; no column allows longer texts."""

SMALL = 5_000
"""Up to this many rows, the number of queries determines the cost of a sheet; above, the number of rows does."""

FEW_CELLS = 10_000
"""Up to this many cells, masking every text costs less than compiling the patterns that select texts to mask."""

PartText = tuple[int, str]
"""A part of the sheet, and a text in it."""

_A_DAY = r"[0-9]{1,4}[/.\-][0-9]{1,2}[/.\-][0-9]{1,4}([ T][0-9:.]+)?"
"""A date or an instant as people and spreadsheets write it; it is never a personal number."""
_DAY = re.compile(_A_DAY)


@dataclass(frozen=True)
class Part:
    """One page, or one block of a page: the page's name, and its known columns by field."""

    name: str
    columns: dict[str, ReceivedColumn]


@dataclass(frozen=True)
class Masked:
    """The number of a column's cells that were masked during staging, and the first such row."""

    field: str
    part: int
    first_row: int
    cells: int


@dataclass(frozen=True)
class StagedSheet:
    """All parts of one sheet, staged: temporary table `table` has `part`, `row_number` and a text column per field.

    Its `rowid` identifies a row; `rows` is their number. `set_aside` are the skipped lines, `obstacles` the records
    that could not be read, `masked` the columns with cells masked here (cells received masked do not count).
    `filled_down` are the cells (part, field, row number) that got the text of their merged block, `no_codes` are texts
    in code columns that may not be the code as typed, by field, part and text.
    """

    contract: SheetContract
    table: str
    parts: tuple[Part, ...]
    rows: int
    set_aside: tuple[tuple[str, SkippedLine], ...]
    obstacles: tuple[Obstacle, ...]
    masked: tuple[Masked, ...] = ()
    filled_down: tuple[tuple[int, str, int], ...] = ()
    no_codes: Mapping[tuple[str, int, str], NoCode] = dataclasses.field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that some part has, in the contract's order."""
        there = {field for part in self.parts for field in part.columns}
        return tuple(column.field for column in self.contract.columns if column.field in there)

    @property
    def is_small(self) -> bool:
        """Whether the number of queries matters more than the number of rows."""
        return self.rows <= SMALL

    @property
    def name(self) -> str:
        """The sheet's name as received; if it has several parts, that of the first."""
        return self.parts[0].name

    def cell(self, part: int, field: str, row_number: int) -> CellRef | None:
        """The cell as the sender sees it; None if the field has no column."""
        column = self.parts[part].columns.get(field)
        return CellRef(self.parts[part].name, column.letter, column.row or row_number) if column else None

    def place(self, part: int, field: str, row_number: int) -> str:
        """The reference to the cell as text, or the sheet's name if the field has no column."""
        return str(self.cell(part, field, row_number) or self.parts[part].name)

    def row(self, part: int, field: str, row_number: int) -> int:
        """The row of the cell in the sender's file."""
        column = self.parts[part].columns.get(field)
        return column.row if column and column.row else row_number

    def header(self, field: str) -> str:
        """The column's header as received, or the contract's if the sender wrote the field's name or nothing."""
        found = (part.columns[field].header for part in self.parts if field in part.columns)
        header = next(found, "")
        return self.contract.column(field).header if header in {"", field} else header

    def encoding(self, part: int, field: str) -> Encoding:
        """The encoding of the column."""
        column = self.parts[part].columns.get(field)
        return column.encoding if column else Encoding.UNICODE

    def is_unicode(self, field: str) -> bool:
        """Whether every part writes the column in Unicode."""
        return all(self.encoding(part, field) is Encoding.UNICODE for part in range(len(self.parts)))


def stage(con: duckdb.DuckDBPyConnection, sheets: Sequence[ReceivedSheet], contract: SheetContract) -> StagedSheet:
    """Copy the parts of one sheet into a temporary table and mask them."""
    table = f"received_{contract.kind}"
    con.execute(f"drop table if exists {table}")
    names = [table] if len(sheets) == 1 else [f"{table}_{part}" for part in range(len(sheets))]
    staged = [_stage_part(con, sheet, name, part) for part, (sheet, name) in enumerate(zip(sheets, names, strict=True))]
    sheets = [part.sheet for part in staged]
    if len(sheets) > 1:
        union = " union all by name ".join(f"select * from {name}" for name in names)
        con.execute(f"create temp table {table} as {union}")
    ((rows,),) = con.execute(f"select count(*) from {table}").fetchall()
    sheet = StagedSheet(
        contract=contract,
        table=table,
        parts=tuple(Part(sheet.name, _columns(sheet)) for sheet in sheets),
        rows=rows,
        set_aside=tuple((sheet.name, line) for sheet in sheets for line in sheet.set_aside),
        obstacles=tuple(each for part in staged for each in part.obstacles),
        filled_down=tuple((part, *cell) for part, sheet in enumerate(sheets) for cell in sheet.filled_down),
        no_codes={(it.field, part, it.text): it for part, sheet in enumerate(sheets) for it in sheet.no_codes},
    )
    _shorten(con, sheet)
    return replace(sheet, masked=_masked_in_place(con, sheet))


def _shorten(con: duckdb.DuckDBPyConnection, sheet: StagedSheet) -> None:
    """Cut longer texts to LONGEST_TEXT + 1 characters: they are still too long for any column, but cheap."""
    if not sheet.fields:
        return
    longest = ", ".join(f"max(strlen({quoted(field)}))" for field in sheet.fields)
    (found,) = con.execute(f"select {longest} from {sheet.table}").fetchall()
    for field, most in zip(sheet.fields, found, strict=True):
        if (most or 0) > LONGEST_TEXT:
            name = quoted(field)
            con.execute(f"update {sheet.table} set {name} = left({name}, {LONGEST_TEXT + 1}) where length({name}) > ?",
                        [LONGEST_TEXT])  # fmt: skip


def _columns(sheet: ReceivedSheet) -> dict[str, ReceivedColumn]:
    return {column.field: column for column in sheet.columns if column.field is not None}


@dataclass(frozen=True)
class _StagedPart:
    """A sheet as known after its rows are staged, and the obstacles for records that could not be read."""

    sheet: ReceivedSheet
    obstacles: tuple[Obstacle, ...] = ()


def _stage_part(con: duckdb.DuckDBPyConnection, sheet: ReceivedSheet, table: str, part: int) -> _StagedPart:
    if sheet.csv is not None:
        return _stage_csv(con, sheet, sheet.csv, table, part)
    con.register("received_rows", sheet.rows)
    con.execute(f"create or replace temp table {table} as select *, {part} as part from received_rows")
    con.unregister("received_rows")
    return _StagedPart(sheet)


def _stage_csv(
    con: duckdb.DuckDBPyConnection, sheet: ReceivedSheet, source: CsvSource, table: str, part: int
) -> _StagedPart:
    tally = create_rows(con, source, table, sheet.name)
    con.execute(f"alter table {table} add column part integer default {part}")
    found = tally.encodings
    columns = (replace(each, encoding=found.get(each.field or "", each.encoding)) for each in sheet.columns)
    skipped = (*sheet.set_aside, *map(masked_line, tally.skipped_lines))
    return _StagedPart(
        replace(sheet, columns=tuple(columns), set_aside=skipped), tuple(map(masked_obstacle, tally.obstacles))
    )


def _masked_in_place(con: duckdb.DuckDBPyConnection, sheet: StagedSheet) -> tuple[Masked, ...]:
    """Mask every column, each distinct text once; return the columns in which cells were masked."""
    few = sheet.rows * len(sheet.fields) <= FEW_CELLS
    suspects = _every_text(con, sheet) if few else _suspects(con, sheet)
    return tuple(each for field, texts in suspects.items() for each in _mask(con, sheet, field, texts))


def _every_text(con: duckdb.DuckDBPyConnection, sheet: StagedSheet) -> dict[str, set[PartText]]:
    """All texts by field; in columns that are neither codes nor texts, without those that are dates."""
    names = ", ".join(map(quoted, sheet.fields))
    rows = con.execute(f"select part, {names} from {sheet.table}").fetchall()
    found: dict[str, set[PartText]] = {}
    for number, field in enumerate(sheet.fields, start=1):
        texts = {(row[0], row[number]) for row in rows if row[number] is not None}
        found[field] = texts if _is_text(sheet, field) else {each for each in texts if not _DAY.fullmatch(each[1])}
    return found


def _suspects(con: duckdb.DuckDBPyConnection, sheet: StagedSheet) -> dict[str, set[PartText]]:
    """By field, the texts that may need masking; most fields have none."""
    return {field: set(con.execute(_suspects_query(sheet, field)).fetchall()) for field in sheet.fields}


def _suspects_query(sheet: StagedSheet, field: str) -> str:
    """Query the texts of a field that may need masking: by row for texts and codes, else by distinct text.

    Only codes are masked as codes: cells for dates, counts and units may hold any words and numbers, as texts do.
    """
    suspect = may_need_masking_sql("x", text=sheet.contract.column(field).type is not ValueType.CODE)
    cells = f"select part, {quoted(field)} as x from {sheet.table}"
    if _is_text(sheet, field):
        return f"select distinct part, x from ({cells}) where {suspect}"
    is_suspect = f"{suspect} and not regexp_full_match(x, {literal(_A_DAY)})"
    # a plain condition on x would be evaluated before the grouping, on every row
    return f"select part, x from ({cells}) group by part, x having case when count(*) > 0 then {is_suspect} end"


def _is_text(sheet: StagedSheet, field: str) -> bool:
    """Whether the column holds codes, names or free text."""
    return sheet.contract.column(field).type in {ValueType.CODE, ValueType.FREE_TEXT, ValueType.NAME}


def _mask(con: duckdb.DuckDBPyConnection, sheet: StagedSheet, field: str, texts: Iterable[PartText]) -> list[Masked]:
    """Mask a column, as text or as code; a masked text in a legacy encoding becomes Unicode."""
    mask = masked_code if sheet.contract.column(field).type is ValueType.CODE else masked
    plain = ((part, text, to_unicode(text, sheet.encoding(part, field))) for part, text in texts)
    changed = [(part, text, read) for part, text, before in plain if (read := mask(before)) != before]
    if not changed:
        return []
    parts, received, reads = (pa.array(values) for values in zip(*changed, strict=True))
    con.register("masked_texts", pa.table({"part": parts, "x": received, "read": reads}))
    name = quoted(field)
    same = f"masked_texts as m where m.part = r.part and m.x = r.{name}"
    counted = con.execute(
        f"select r.part, min(r.row_number), count(*) from {sheet.table} as r, {same} group by r.part order by r.part"
    ).fetchall()
    con.execute(f"update {sheet.table} as r set {name} = m.read from {same}")
    con.unregister("masked_texts")
    return [Masked(field, part, first_row, cells) for part, first_row, cells in counted]
