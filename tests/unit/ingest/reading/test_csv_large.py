"""A CSV file below and above the size from which DuckDB scans it: the same rows, skipped lines and obstacles."""

import csv
import dataclasses
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.model.received import CsvSource, Obstacle, ReceivedFeed, ReceivedSheet
from ingest.reading.csv import sheet as csv_sheet
from ingest.reading.csv.scan import create_rows, unsure_sql
from ingest.reading.grid import make_grid
from ingest.reading.tables.rows import TableColumns, sort_rows
from tests.unit.ingest.reading.test_csv import cp1258

Reader = Callable[[Path], ReceivedFeed]
Read = tuple[list[ReceivedSheet], list[Obstacle], bool]
Lines = list[list[str]]

HEADER = ["STT", "Mã kiến nghị", "Mã đơn vị tiếp nhận", "Ngày tiếp nhận", "Tình trạng", "Nội dung"]
DATA = [["1", "KN-1", "13285", "05/09/2024", "Đã giải quyết", "x"], ["2", "KN-2", "13285", "06/09/2024", "", "a, b"]]
MORE = [[str(n), f"KN-{n}", "13285", "07/09/2024", "Đang giải quyết", "y"] for n in range(3, 7)]


def line(*cells: str) -> list[str]:
    """A line as wide as the table, padded with blanks."""
    return [*cells, *[""] * (len(HEADER) - len(cells))]


def written(lines: Lines, delimiter: str = ",", end: str = "\n") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(lines)
    return file.getvalue().encode()


def scanned(
    con: duckdb.DuckDBPyConnection, sheet: ReceivedSheet, source: CsvSource
) -> tuple[ReceivedSheet, tuple[Obstacle, ...]]:
    """Scan the CSV file of a sheet; return the sheet with its rows, and the obstacles of records that are not rows."""
    tally = create_rows(con, source, "scanned", sheet.name)
    rows = con.sql("select * from scanned order by row_number").to_arrow_table()
    columns = [dataclasses.replace(c, encoding=tally.encodings.get(c.field or "", c.encoding)) for c in sheet.columns]
    skipped = (*sheet.set_aside, *tally.skipped_lines)
    assert tally.rows == rows.num_rows
    return dataclasses.replace(sheet, rows=rows, set_aside=skipped, columns=tuple(columns), csv=None), tally.obstacles


def read_large(read: Reader, path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read the file as a large one; return its sheets and obstacles, and whether DuckDB scanned it."""
    with monkeypatch.context() as patch, duckdb.connect() as con:
        patch.setattr(csv_sheet, "LARGE_BYTES", 1)
        feed = read(path)
        sheets, found, is_staged = list(feed.sheets), list(feed.obstacles), False
        for at, sheet in enumerate(sheets):
            if sheet.csv is not None:
                (sheets[at], more), is_staged = scanned(con, sheet, sheet.csv), True
                found += more
    return sheets, found, is_staged


def comparable(sheet: ReceivedSheet) -> ReceivedSheet:
    """The sheet and its rows as comparable values, with fields sorted by name."""
    names = sorted(sheet.rows.column_names)
    rows = tuple(tuple(row[name] for name in names) for row in sheet.rows.to_pylist())
    return dataclasses.replace(sheet, rows=(tuple(names), rows))


PLAIN: dict[str, bytes] = {
    "data": written([HEADER, *DATA, *MORE]),
    "semicolons": written([HEADER, *DATA], ";"),
    "tabs": written([HEADER, *DATA], "\t"),
    "lines of Windows": written([HEADER, *DATA], end="\r\n"),
    "a mark at the start": b"\xef\xbb\xbf" + written([HEADER, *DATA]),
    "UTF-16": written([HEADER, *DATA]).decode().encode("utf-16"),
    "Windows-1258": cp1258(written([HEADER, *DATA, line("Tổng cộng")]).decode()),
    "totals": written(
        [HEADER, *DATA, line("Tổng cộng", "", "12"), *MORE, line("", "CỘNG"), line("Lũy kế từ đầu năm"), line("", "TC")]
    ),
    "totals with digits": written([HEADER, *DATA, line("", "Tổng số: 12"), line("Cộng (3)", "", "3"), *MORE]),
    "totals in TCVN3": written([HEADER, *DATA, line("", "Tæng céng", "", "Tæng céng"), *MORE]),
    "groups": written(
        [HEADER, line("I", "Xã Mộc Bắc"), *DATA, line("II. Phường Châu Giang"), *MORE, line("", "Xã Tiên Sơn", "4")]
    ),
    "signatures": written(
        [
            HEADER,
            *DATA,
            *MORE,
            line("", "", "", "Phủ Lý, ngày 05 tháng 10 năm 2024"),
            line("Nơi nhận:", "Người lập"),
            line("- Như trên;", "", "", "Trần Thị B"),
        ]
    ),
    "data below a signature": written([HEADER, *DATA, line("Người lập"), *MORE, line("", "Trần Thị B", "x")]),
    "notes": written([HEADER, *DATA, *MORE, line("Ghi chú: số liệu tạm tính"), line("./.")]),
    "blank cells": written([HEADER, *DATA, line(), line("", " "), line("\u00a0"), line("7", "", "\u2003"), *MORE]),
    "numbers of columns": written([HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *DATA, line("1", "2", "3")]),
    "titles and units": written([line("BÁO CÁO"), line("", "", "Đơn vị tính: kiến nghị"), HEADER, *DATA]),
    "a title of several lines": written([line("BÁO\nCÁO"), HEADER, *DATA], end="\r\n"),
    "a header of several lines": written([[*HEADER[:3], "Ngày\ntiếp nhận", *HEADER[4:]], *DATA, *MORE], end="\r\n"),
    "line breaks in cells": written([HEADER, *DATA, line("7", "KN-7", "13285", "x\ny", "p\r\nq"), *MORE]),
    "quotes in cells": written([HEADER, *DATA, line("7", "KN-7", 'Theo "Nghị quyết", "a" và', 'b "c"'), *MORE]),
    "unknown columns that matter": written([HEADER, *DATA, ["", "", "", "", "", "Người lập biểu"], *MORE]),
    "a blank cell too many": written([HEADER, *DATA]) + b",KN-9,13285,05/09/2024,,,\n",
    "blank lines at the end": written([HEADER, *DATA]) + b"\n\n\n",
    "no end of the last line": written([HEADER, *DATA]).rstrip(),
    "letters lost before": written([HEADER, *DATA, line("7", "KN-\ufffd", "13285", "x")]),
    "no data": written([HEADER]),
    "few known columns": b"M\xc3\xa3 ki\xe1\xba\xbfn ngh\xe1\xbb\x8b,T\xc3\xacnh tr\xe1\xba\xa1ng\nKN-1,x\nKN-2,\n",
    "a key without digits": written([HEADER, *[line("1", "Một", "13285", "x", "y")] * 5, line("", "Tổng cộng")]),
    "ragged records": written([HEADER, *DATA, ["KN-8", "x"], [*DATA[0], "y"], line("", "Cộng"), *MORE]),
    "broken quotes": written([HEADER, *DATA]) + b'"KN-9"x,1,2,3,4,5\n' + written([line("", "Cộng"), *MORE]),
    "an open quote": written([HEADER, *DATA]) + b'8,"KN-9,1,2,3,4\n' + written(MORE),
    "a narrow blank line": written([HEADER, *DATA]) + b"  \n,,\n" + written(MORE),
    "a byte that is no letter": written([HEADER, *DATA]) + b"8,KN-\xff,1,2,3,4\n" + written(MORE),
    "mixed line breaks": written([HEADER, *DATA]) + written(MORE, end="\r\n"),
    "most records broken": written([HEADER, *[["KN-8", "x"]] * 1_001, *DATA]),
    "an endless record": written([HEADER, *DATA, line("7", "KN-7", "13285", "x" * 2_000_001), *MORE]),
}
"""Files that are staged for DuckDB, whatever becomes of their records."""

ODD: dict[str, bytes] = {
    "a blank line": written([HEADER, *DATA]) + b"\n" + written([["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *MORE]),
    "a repeated header": written([HEADER, *DATA, HEADER, *MORE]),
    "a header with other columns": written([HEADER, *DATA, line("Mã kiến nghị", "Tình trạng"), line("KN-9", "x")]),
    "a column without header": written([[*HEADER[:5], ""], *DATA, *MORE]),
    "a space before a quote": written([HEADER, *DATA]) + b'7, "KN-7",13285,x,y,z\n"8" ,KN-8,1,2,3,4\n',
    "lines of an old Macintosh": written([HEADER, *DATA], end="\r"),
    "a NUL": written([HEADER, *DATA, line("7", "KN\0-7", "13285")]),
    "a column twice": written([[*HEADER[:5], "Tình trạng"], *DATA]),
    "a broken title": b'"B\xc3\x81O" C\xc3\x81O,,,,,\n' + written([HEADER, *DATA]),
}
"""Files that DuckDB would read otherwise."""


@pytest.mark.parametrize("case", [*PLAIN, *ODD])
def test_large_and_small_files_are_read_alike(
    case: str, read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "petitions.csv"
    path.write_bytes((PLAIN | ODD)[case])
    small = read(path)
    sheets, found, is_staged = read_large(read, path, monkeypatch)
    if case == "most records broken":  # a scan reports it with a sheet without rows
        assert [sheet.rows.num_rows for sheet in sheets] == [0]
        sheets = []
    assert list(map(comparable, sheets)) == list(map(comparable, small.sheets))
    assert found == list(small.obstacles)
    assert is_staged == (case in PLAIN)


def test_a_large_cover_is_a_list_of_labels_too(read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cover.csv"
    path.write_text("Mã đơn vị gửi,347\nKỳ báo cáo,2024Q3\nNgười lập,Trần Thị B\n", encoding="utf-8")
    sheets, found, is_staged = read_large(read, path, monkeypatch)
    assert (list(map(comparable, sheets)), found, is_staged) == (list(map(comparable, read(path).sheets)), [], False)


TEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "KN-1",
            "13285",
            "Tổng cộng",
            "Tổng số 12",
            "Cộng",
            "Xã Mộc Bắc",
            "I",
            "Người lập",
            "TC",
            "./.",
            "ngày 5 tháng 10 năm 2024",
            " ",
            "\u00a0",
            "(1)",
            "(2)",
            "(3)",
            "x",
            "٣",
            "Đ",
        ]
    ),
    st.text(max_size=4),
)
KNOWN = ("petition_code", "unit_code", "received_on", "outcome")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(*[TEXTS] * 5), min_size=1, max_size=12), keys=st.integers(1, 2))
def test_a_scan_classifies_every_line_without_data(rows: list[Sequence[str | None]], keys: int) -> None:
    columns = TableColumns((0, 1, 2, 3), tuple(range(keys)))
    grid = make_grid("x", [pa.chunked_array([pa.array(cells, pa.string())]) for cells in zip(*rows, strict=True)])
    found = sort_rows(grid, 0, grid.length, columns)
    source = CsvSource(Path("x"), ",", 1, (*KNOWN, None), columns.key, ())
    with duckdb.connect() as con:
        numbered = {"row_number": pa.array(range(2, grid.length + 2), pa.int32())}
        con.register("scanned", pa.table(numbered | dict(zip(KNOWN, grid.columns, strict=False))))
        query = f"select row_number - 2 from scanned where {unsure_sql(source)}"
        unsure = {row for (row,) in con.execute(query).fetchall()}
    assert set(range(grid.length)) - set(found.data.tolist()) <= unsure
