"""Received feeds: the sheets that the readers return, before any value is parsed.

Text is as the sender wrote it. Typed values in a workbook become text, each type in one canonical form: numbers `5` or
`1234.5`, dates `2024-09-05`, instants `2024-09-05 14:30:00[.ffffff]`, booleans `TRUE`/`FALSE`, errors as Excel shows
them (`#N/A`). A cell that is empty or holds only white space is null.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from ingest.model.cell_ref import sheet_of


class SheetKind(StrEnum):
    """The kinds of sheets that have a contract."""

    COVER = "cover"
    DIALOGUES = "dialogues"
    PETITIONS = "petitions"
    TENURES = "tenures"
    PLANS = "plans"
    TRAININGS = "trainings"
    DECISIONS = "decisions"
    PRACTICES = "practices"


class Encoding(StrEnum):
    """How the letters in a column are encoded."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    UTF8_AS_CP1252 = "utf8_as_cp1252"
    REFERENCES = "references"


UNCOMPUTED = "#CHƯA TÍNH: ="
"""The prefix that stands for a cell whose formula was never computed; the formula follows."""


@dataclass(frozen=True)
class ReceivedColumn:
    """One column of a sheet.

    `field` is the contract's field, or None for a column that is not in the contract; `header` is the header as the
    sender sees it; `letter` is the column's letter in the sender's file (A, B, …; also for CSV). In a cover that lists
    labels and values, `row` is the row of the value; else it is None.
    """

    field: str | None
    header: str
    letter: str
    encoding: Encoding = Encoding.UNICODE
    row: int | None = None


@dataclass(frozen=True)
class SkippedLine:
    """A row that is not data.

    `reason` is one of title, header (a repeated one), column_numbers, group, total, footer, blank_formatted.
    """

    row_number: int
    reason: str
    text: str


@dataclass(frozen=True)
class CsvSource:
    """A large CSV sheet, staged as a file that `ingest.reading.csv.scan` reads with DuckDB.

    The file at `path` is UTF-8 without BOM, under a generated name without glob characters; quote and escape are `"`.
    Records are numbered from 1; data starts below record `header_row`. `fields` names the columns of the file in order,
    None if the contract does not know the column. `key` are the indices of the columns that tell data rows from other
    lines, `kept` those of the columns whose cells are stored for skipped lines.
    """

    path: Path
    delimiter: str
    header_row: int
    fields: tuple[str | None, ...]
    key: tuple[int, ...]
    kept: tuple[int, ...]


@dataclass(frozen=True)
class NoCode:
    """A text in a code column that may differ from the code that the sender typed.

    `problem` is date_code (the cell holds a date; `evidence` says what was probably typed) or unsure_format (the cell
    displays its number in a format that is not supported here; `evidence` is the format).
    """

    field: str
    text: str
    problem: str
    evidence: str


@dataclass(frozen=True)
class ReceivedSheet:
    """One sheet of a feed.

    `rows` has one row per data row: `row_number` (int32, the row in the sender's file, from 1; in a CSV file the record
    number) and one nullable string column per known field, named after the field. Columns whose `field` is None are
    listed in `columns` but not in `rows`. For a large CSV sheet, `csv` replaces the rows, and `rows` is empty with the
    same columns. `hidden` is whether the sheet is hidden, `hidden_rows` are the hidden data rows; both are read.
    `filled_down` are the cells (field, row number) that got the text of their merged block, `zeros` the formulas whose
    result is zero. `headerless` are the columns without a header (letter, number of filled cells). `shown` are the
    cells (field, row number, stored number) whose text is the displayed one; `no_codes` are texts in code columns that
    may not be the code as typed. If `unread`, hidden rows and error cells may be missing.
    """

    kind: SheetKind
    name: str
    header_row: int
    columns: tuple[ReceivedColumn, ...]
    rows: pa.Table
    set_aside: tuple[SkippedLine, ...] = ()
    csv: CsvSource | None = None
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    filled_down: tuple[tuple[str, int], ...] = ()
    zeros: tuple[tuple[str, int], ...] = ()
    headerless: tuple[tuple[str, int], ...] = ()
    shown: tuple[tuple[str, int, str], ...] = ()
    no_codes: frozenset[NoCode] = frozenset()
    unread: bool = False


@dataclass(frozen=True)
class Obstacle:
    """Why a file, a sheet or a record could not be read; it becomes a finding that rejects the feed or the row.

    `rule` is a stable identifier such as `encrypted`; `message` and `remedy` are Vietnamese sentences; `place` is a
    sheet, a cell or a record inside the file, empty for the whole file; `value` is the text found there.
    """

    rule: str
    message: str
    remedy: str
    place: str = ""
    value: str = ""
    rejects_feed: bool = True

    @property
    def sheet(self) -> str:
        """The sheet or file of `place`; empty for the whole feed."""
        return sheet_of(self.place)


@dataclass(frozen=True)
class ReceivedFeed:
    """All sheets of one feed (a workbook, a CSV file, or a folder or zip of CSV files), and its obstacles.

    There may be several sheets of one kind: several pages, or blocks of one page whose columns differ. `ignored` names
    the sheets and files with content that are not in the contract. `result_rows` are the rows of the result sheet, if
    the file is a return workbook that was sent back; they hold the sender's reasons, not data.
    """

    file_name: str
    sheets: tuple[ReceivedSheet, ...]
    obstacles: tuple[Obstacle, ...] = ()
    ignored: tuple[str, ...] = ()
    result_rows: tuple[tuple[str | None, ...], ...] = ()
