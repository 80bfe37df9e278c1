"""Large CSV sheets: scanned by DuckDB or, if it does not accept every record, read record by record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ingest.model.received import CsvSource, Encoding, Obstacle, SkippedLine
from ingest.reading import obstacles
from ingest.reading.csv import parse
from ingest.reading.csv.grid import LONGEST_RECORD, Layout, read_records
from ingest.reading.grid import Grid, make_grid
from ingest.reading.tables.rows import (
    DATA_FIELDS,
    KEY_DIGIT,
    NUMBERED_ROWS,
    Indices,
    SortedRows,
    TableColumns,
    UnsureRows,
    skipped_line,
    sort_rows,
    sort_unsure,
)
from ingest.reading.tables.sheets import sampled, sampled_encodings
from warehouse.sql import literal, quoted

_SCANS, _ERRORS = "csv_reject_scans", "csv_reject_errors"
_MEMORY = "4GB"
"""The memory limit of a scan, which stores refused records: a file full of open quotes would exhaust the memory."""

_SPACE = r"[\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
"""A regular expression for Unicode white space."""


@dataclass(frozen=True)
class CsvTally:
    """What the records below the header became: the number of `rows` in the table, skipped lines and obstacles.

    `encodings` are the encodings of the columns, by field.
    """

    rows: int
    skipped_lines: tuple[SkippedLine, ...]
    obstacles: tuple[Obstacle, ...]
    encodings: Mapping[str, Encoding]


def create_rows(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str, name: str) -> CsvTally:
    """Create the temporary `table` of the data rows (`row_number`, known fields) in the sheet called `name`.

    Cells with only white space become null.
    """
    is_scanned = _scan(con, source, table)
    skipped, refused = _take_skipped(con, source, table) if is_scanned else _read(con, source, table, name)
    ((rows,),) = con.execute(f"select count(*) from {table}").fetchall()
    return CsvTally(rows, skipped, refused, _encodings(con, source, table))


def keys_of(source: CsvSource, name: str, key: Sequence[str]) -> set[tuple[str | None, ...]]:
    """The distinct combinations of these fields' texts in the data rows of the sheet called `name`."""
    with duckdb.connect() as con:
        create_rows(con, source, "keyed_rows", name)
        return set(con.execute(f"select distinct {', '.join(map(quoted, key))} from keyed_rows").fetchall())


def unsure_sql(source: CsvSource) -> str:
    """An SQL condition on `row_number` and the known fields that is true for a row that is not surely data."""
    filled = " + ".join(f"({field} is not null)::utinyint" for field in _known(source).values())
    digit = " or ".join(f"coalesce(regexp_matches({_known(source)[at]}, '{KEY_DIGIT}'), false)" for at in source.key)
    return f"row_number <= {source.header_row + NUMBERED_ROWS} or {filled} < {DATA_FIELDS} or not ({digit})"


def _scan(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str) -> bool:
    """Create `table` with the known fields, and all `cells` of unsure rows; return whether every record was read."""
    _forget_refused(con)
    con.execute(f"set memory_limit = '{_MEMORY}'")
    try:
        con.execute(f"create or replace temp table {table} as {_scan_sql(source)}")
        return con.execute(f"select count(*) from {_ERRORS}").fetchall() == [(0,)]
    except (duckdb.InvalidInputException, duckdb.OutOfMemoryException):
        return False
    finally:
        con.execute("reset memory_limit")
        _forget_refused(con)


def _scan_sql(source: CsvSource) -> str:
    cells = [f"c{at}" for at in range(len(source.fields))]
    types = ", ".join(f"'{cell}': 'VARCHAR'" for cell in cells)
    known = ", ".join(f"{_without_spaces(cells[at])} as {field}" for at, field in _known(source).items())
    return (
        f"select row_number, {known}, case when {unsure_sql(source)} then [{', '.join(cells)}] end as cells "
        f"from (select (row_number() over () + {source.header_row})::integer as row_number, * "
        f"from read_csv({literal(str(source.path))}, auto_detect = false, header = false, skip = {source.header_row}, "
        f"delim = '{source.delimiter}', quote = '\"', escape = '\"', strict_mode = true, null_padding = false, "
        f"max_line_size = {LONGEST_RECORD}, columns = {{{types}}}, store_rejects = true, rejects_limit = 1, "
        f"rejects_scan = '{_SCANS}', rejects_table = '{_ERRORS}'))"
    )


def _known(source: CsvSource) -> dict[int, str]:
    """The known fields as SQL names, by the index of their column."""
    return {at: quoted(field) for at, field in enumerate(source.fields) if field}


def _without_spaces(cell: str) -> str:
    """SQL for the cell, null if it has only white space.

    The regular expression runs only if the first character may be white space.
    """
    ascii_sign, letter = f"{cell} >= '!' and {cell} < '\x7f'", f"{cell} >= '\u00a1' and {cell} < '\u1680'"
    return (
        f"case when {ascii_sign} then {cell} when {letter} then {cell} "
        f"when regexp_full_match({cell}, '{_SPACE}') then null else {cell} end"
    )


def _forget_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables in which DuckDB stored the refused records of the last scan."""
    con.execute(f"drop table if exists {_ERRORS}")
    con.execute(f"drop table if exists {_SCANS}")


_NotData = tuple[tuple[SkippedLine, ...], tuple[Obstacle, ...]]
"""The skipped lines, and the obstacles of records that could not be read."""


def _take_skipped(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str) -> _NotData:
    """Remove the skipped lines and the column `cells` from the table; return those lines."""
    grid = _unsure_rows(con, source, table)
    rows, offsets = np.arange(grid.length), np.asarray(grid.numbers, dtype=np.int64) - source.header_row - 1
    found = sort_unsure(grid, UnsureRows(rows, offsets, offsets - rows), _columns(source))
    _delete(con, table, np.asarray(grid.numbers)[np.setdiff1d(rows, found.data)])
    con.execute(f"alter table {table} drop column cells")
    return _skipped_lines(grid, source, found), ()


def _unsure_rows(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str) -> Grid:
    """The rows of the table that are not surely data, with all their cells."""
    query = f"select row_number, cells from {table} where cells is not null order by row_number"
    unsure: pa.Table = con.sql(query).to_arrow_table()
    columns = [pc.list_element(unsure["cells"], at) for at in range(len(source.fields))]
    return make_grid("", columns, unsure["row_number"].combine_chunks())


def _delete(con: duckdb.DuckDBPyConnection, table: str, numbers: npt.NDArray[np.int32]) -> None:
    """Delete the rows with these numbers."""
    if not len(numbers):
        return
    con.register("skipped_rows", pa.table({"skipped": numbers}))
    con.execute(f"delete from {table} where row_number in (select skipped from skipped_rows)")
    con.unregister("skipped_rows")


def _read(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str, name: str) -> _NotData:
    """Read the file record by record, and create the table; a file with too many broken records gives no rows."""
    records = parse.records(parse.decoded(source.path, "utf-8"), source.delimiter)
    below = (record for record in records if record.number > source.header_row)
    read = read_records(below, Layout(name, source.header_row, len(source.fields)))
    if len(read.refused) >= parse.MOST_BROKEN:
        _create(con, source, table, read.grid, np.array([], dtype=np.int64))
        return (), (obstacles.too_many_broken(name, parse.MOST_BROKEN),)
    found = sort_rows(read.grid, 0, read.grid.length, _columns(source))
    _create(con, source, table, read.grid, found.data)
    return _skipped_lines(read.grid, source, found), read.refused


def _create(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str, grid: Grid, rows: Indices) -> None:
    """Create the table from these rows of the grid."""
    blank = pa.nulls(grid.length, pa.string())
    columns = dict(enumerate(grid.columns))
    known = {field: columns.get(at, blank) for at, field in enumerate(source.fields) if field}
    con.register("read_rows", pa.table({"row_number": grid.numbers, **known}).take(pa.array(rows)))
    con.execute(f"create or replace temp table {table} as select * from read_rows")
    con.unregister("read_rows")


def _encodings(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str) -> dict[str, Encoding]:
    """The encodings of the known fields, judged by samples of the data rows."""
    numbers = con.sql(f"select row_number from {table} order by row_number").to_arrow_table()["row_number"]
    con.register("sampled_rows", pa.table({"sampled": numbers.take(pa.array(sampled(len(numbers))))}))
    known = _known(source).values()
    query = f"select {', '.join(known)} from {table} where row_number in (select sampled from sampled_rows)"
    samples = con.sql(f"{query} order by row_number").to_arrow_table()
    con.unregister("sampled_rows")
    return dict(zip(samples.column_names, sampled_encodings(samples.columns), strict=True))


def _columns(source: CsvSource) -> TableColumns:
    return TableColumns(tuple(_known(source)), source.key)


def _skipped_lines(grid: Grid, source: CsvSource, found: SortedRows) -> tuple[SkippedLine, ...]:
    return tuple(skipped_line(grid, row, reason, source.kept) for row, reason in found.skipped)
