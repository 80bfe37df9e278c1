"""Large CSV sheets, read by DuckDB: one strict pass in which every record lands or is told as an obstacle."""

import csv
from dataclasses import dataclass, replace

import duckdb

from ingest.model.received import CsvSource, Obstacle, SetAside
from ingest.reading import obstacles
from ingest.reading.csv.parse import MOST_BROKEN, records

_SCANS, _ERRORS = "csv_reject_scans", "csv_reject_errors"
_BROKEN = "?"
_MEMORY = "4GB"
"""A scan keeps what it refuses: a file of nothing but open quotes would take all the memory that there is."""

_TOTAL = r"^\s*(tổng|cộng)(\s+(cộng|số))?\s*:?\s*$"


@dataclass(frozen=True)
class CsvTally:
    """What became of the records below the header: `rows` in the table, the others here."""

    rows: int
    set_aside: tuple[SetAside, ...]
    obstacles: tuple[Obstacle, ...]


def relation_sql(source: CsvSource) -> str:
    """A SELECT of row_number (int, the record number if none was refused) and the known fields, as received.

    Cells of white space only are null. Records that are no rows are left out and listed in two temporary tables, which
    `refused_records` reads; so one such scan at a time on a connection, and the tables dropped before the next.
    """
    names = [field or f"unknown_{index}" for index, field in enumerate(source.fields)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    quoted = [f'"{field}"' for field in source.fields if field]
    known = ", ".join(f"if({field} < '!' and trim({field}) = '', null, {field}) as {field}" for field in quoted)
    path = str(source.path).replace("'", "''")
    return (
        f"select (row_number() over () + {source.header_row})::integer as row_number, {known} from read_csv('{path}', "
        f"auto_detect = false, header = false, skip = {source.header_row}, delim = '{source.delimiter}', "
        f"quote = '\"', escape = '\"', strict_mode = true, null_padding = false, columns = {{{columns}}}, "
        f"store_rejects = true, rejects_limit = {MOST_BROKEN}, rejects_scan = '{_SCANS}', rejects_table = '{_ERRORS}')"
    )


def create_rows(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str, name: str) -> CsvTally:
    """Creates the temporary `table` of data rows (`row_number`, known fields) of the sheet called `name`."""
    try:
        refused = _filled(con, source, table, name)
    except duckdb.OutOfMemoryException:
        return _nothing_of(con, source, table, obstacles.parser_stopped(name))
    if len(refused) >= MOST_BROKEN:
        return _nothing_of(con, source, table, obstacles.too_many_broken(name, MOST_BROKEN))
    if any(obstacle.rule == "broken_quotes" for _number, obstacle in refused):
        source, broken = _with_quotes_closed(source)
        refused = _filled(con, source, table, name)
        refused = [(number, _told_again(name, obstacle, broken.get(number))) for number, obstacle in refused]
    _renumber(con, table, [number for number, _obstacle in refused])
    aside = _take_aside(con, source, table)
    forget_refused(con)
    rows = con.execute(f"select count(*) from {table}").fetchall()[0][0]
    return CsvTally(rows, aside, tuple(obstacle for _number, obstacle in refused))


def _nothing_of(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str, why: Obstacle) -> CsvTally:
    """An empty table for a sheet that is broken as a whole."""
    forget_refused(con)
    fields = "".join(f', null::varchar as "{field}"' for field in source.fields if field)
    con.execute(f"create or replace temp table {table} as select 0::integer as row_number{fields} where false")
    return CsvTally(0, (), (why,))


def _filled(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str, name: str) -> list[tuple[int, Obstacle]]:
    """Fills `table` from the source; returns what was refused, by record number."""
    forget_refused(con)
    con.execute(f"set memory_limit = '{_MEMORY}'")
    try:
        con.execute(f"create or replace temp table {table} as {relation_sql(source)}")
    finally:
        con.execute("reset memory_limit")
    return refused_records(con, source, name)


def _with_quotes_closed(source: CsvSource) -> tuple[CsvSource, dict[int, str]]:
    """A copy in which a record whose quotes do not match is one word, and the texts of such records by number.

    DuckDB looks for the end of an open quote through all that follows; one slip would cost many records.
    """
    target = source.path.with_name(f"{source.path.stem}-closed.csv")
    broken: dict[int, str] = {}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=source.delimiter, lineterminator="\n")
        for record in records(source.path.read_text(encoding="utf-8", errors="replace"), source.delimiter):
            if record.cells is None:
                broken[record.number] = record.text
            writer.writerow([_BROKEN] if record.cells is None else record.cells)
    return replace(source, path=target), broken


def _told_again(name: str, obstacle: Obstacle, text: str | None) -> Obstacle:
    return obstacle if text is None else obstacles.broken_quotes(name, int(obstacle.place.rpartition(":")[2]), text)


def refused_records(con: duckdb.DuckDBPyConnection, source: CsvSource, name: str) -> list[tuple[int, Obstacle]]:
    """The records that the last scan refused, once each, by record number."""
    found = con.execute(
        f"select line, min(error_type::varchar), min(csv_line) from {_ERRORS} group by line order by line"
    ).fetchall()
    return [(line, _obstacle(name, line, kind, text or "", len(source.fields))) for line, kind, text in found]


def forget_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Drops the temporary tables of the last scan."""
    con.execute(f"drop table if exists {_ERRORS}")
    con.execute(f"drop table if exists {_SCANS}")


def _obstacle(name: str, record: int, kind: str, text: str, width: int) -> Obstacle:
    match kind:
        case "MISSING COLUMNS" | "TOO MANY COLUMNS":
            return obstacles.ragged_record(name, record, None, width, text)
        case "INVALID ENCODING" | "INVALID UNICODE":
            return obstacles.undecodable_record(name, record)
        case "LINE SIZE OVER MAXIMUM":
            return obstacles.endless_record(name, record)
        case _:
            return obstacles.broken_quotes(name, record, text)


def _renumber(con: duckdb.DuckDBPyConnection, table: str, refused: list[int]) -> None:
    """Moves row numbers past the refused records before them: the k-th refused, record n, stands before n - k + 1."""
    if not refused:
        return
    con.execute("create or replace temp table csv_refused (after integer, shift integer)")
    con.executemany(
        "insert into csv_refused values (?, ?)",
        [(number - shift + 1, shift) for shift, number in enumerate(refused, start=1)],
    )
    con.execute(
        f"update {table} set row_number = row_number + shift from (select after, max(shift) as shift, "
        f"lead(after) over (order by after) as before from csv_refused group by after) "
        f"where row_number >= after and (before is null or row_number < before)"
    )
    con.execute("drop table csv_refused")


def _take_aside(con: duckdb.DuckDBPyConnection, source: CsvSource, table: str) -> tuple[SetAside, ...]:
    """Takes rows without a key that hold at most one value, and totals, out of the table."""
    fields = [f'"{field}"' for field in source.fields if field]
    if not source.key:
        return ()
    keyless = " and ".join(f'"{field}" is null' for field in source.key)
    filled = " + ".join(f"({field} is not null)::integer" for field in fields)
    beyond_ascii = "strlen({0}) > length({0})"  # as the word for a total is, and few codes are
    total = " or ".join(
        f"({beyond_ascii.format(field)} and regexp_matches({field}, '{_TOTAL}', 'i'))" for field in fields[:3]
    )
    text = f"concat_ws(' | ', {', '.join(fields)})"
    where = f"({keyless} and {filled} <= 1) or ({total})"
    taken = con.execute(
        f"select row_number, case when {total} then 'total' when {filled} = 0 then 'blank_formatted' else 'group' end, "
        f"{text} from {table} where {where} order by row_number"
    ).fetchall()
    if taken:
        con.execute(f"delete from {table} where {where}")
    return tuple(SetAside(number, reason, text) for number, reason, text in taken)
