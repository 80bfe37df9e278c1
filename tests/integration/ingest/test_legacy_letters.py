"""Legacy encodings through the whole reader: agencies' workbooks and their transcripts, feeds of mixed encodings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

import warehouse.home
import warehouse.settings
from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed
from ingest.contract import load
from ingest.contract.load import landed_columns
from ingest.lookups.units import UnitNames
from ingest.model.received import Encoding, ReceivedColumn, ReceivedSheet, SheetKind
from ingest.parsing import repair_text
from ingest.reading.grid import Grid
from ingest.reading.tables.sheets import sampled_encodings
from ingest.reading.workbook.read import read_workbook
from ingest.staging.column_parsers import Lexicon
from ingest.staging.stage import stage
from ingest.staging.typed_sheet import sources_of, type_sheet
from tests.integration.feed_files import DIALOGUE, PETITION, petitions, write_feed
from tests.unit.ingest.parsing.legacy_texts import TEXTS, in_letters
from warehouse.border_checks import Engine
from warehouse.connection import MEMORY, connect
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Limits, Settings

NOW = datetime(2024, 10, 5, 12)
FOLDER = Path(__file__).parents[2] / "fixtures" / "legacy_encodings"
WORKBOOKS = sorted(FOLDER.glob("*.xls"))
LIMITS = Limits(max_file_mb=10, max_rows=10_000, memory_mb=1_024, timeout_s=60)
WORD = re.compile(r"[^\W\d_]+")
MASK = re.compile(r"\[[^\]]*đã che\]")


# ------------------------------------------------------------------------------------- workbooks and their transcripts

SLIPS: Mapping[str, str] = {
    # still in TCVN3, as in the cells: víi, khÈu, mÝa, lÝt
    "víi": "với",
    "khèu": "khẩu",
    "mýa": "mía",
    "lýt": "lít",
    # TCVN3 decoded with the table of VNI: triÖu, tæng
    "triưu": "triệu",
    "tỉng": "tổng",
    # one letter lost: xuÊt
    "xŭt": "xuất",
}
"""Misread words of the transcripts, with the correct words, which are those of the workbook."""


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_workbook_agrees_with_its_transcript_word_by_word(path: Path, tmp_path: Path) -> None:
    """At least 99 % of the words match, in order, over all sheets.

    Masks are removed, because a long fraction may be masked as a personal number.
    """
    read = words(MASK.sub(" ", text) for text in texts_read(path, tmp_path))
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    transcript = [SLIPS.get(word, word) for word in words(repair_text(line).value or "" for line in lines)]
    same = sum(block.size for block in SequenceMatcher(None, read, transcript, autojunk=False).get_matching_blocks())
    assert same / max(len(read), len(transcript)) >= 0.99


def words(texts: Iterator[str]) -> list[str]:
    return [word for text in texts for word in WORD.findall(text.lower())]


def texts_read(path: Path, workdir: Path) -> Iterator[str]:
    """Every non-blank cell of the workbook as the pipeline reads it, sheet by sheet and row by row."""
    grids = read_workbook(path, path.name, None, LIMITS, workdir)
    contract = load.load().sheets[SheetKind.PETITIONS]
    with connect(MEMORY) as con:
        for grid in (each for each in grids if each.columns):
            staged = stage(con, columns_as_summaries(grid), contract)
            typed = type_sheet(con, staged, sources_of(staged), Lexicon({}, UnitNames(frozenset(), {}, {})))
            found = con.execute(
                f"select summary from {typed.view} where summary is not null order by row_number, part"
            ).fetchall()
            yield from (text for (text,) in found)


def columns_as_summaries(grid: Grid) -> list[ReceivedSheet]:
    """Each column as a sheet of summaries: a template of 2003 has none of the contract's headers."""
    encodings = sampled_encodings(list(grid.columns))
    return [
        ReceivedSheet(
            SheetKind.PETITIONS,
            grid.name,
            0,
            (ReceivedColumn("summary", "Nội dung", "A", encoding),),
            pa.table({"row_number": pa.array(range(1, len(column) + 1), pa.int32()), "summary": column}),
        )
        for column, encoding in zip(grid.columns, encodings, strict=True)
    ]


# ----------------------------------------------------------------------------------------------- feeds of mixed letters


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = warehouse.home.create(tmp_path_factory.mktemp("home"))
    with connect(MEMORY) as opened:
        create_raw(opened, landed_columns())
        load_lookups(opened, home)
        yield opened


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return warehouse.settings.load(warehouse.home.create(tmp_path_factory.mktemp("settings")))


Checker = tuple[duckdb.DuckDBPyConnection, Settings, Path]


@pytest.fixture
def checker(con: duckdb.DuckDBPyConnection, settings: Settings, tmp_path: Path) -> Checker:
    return con, settings, tmp_path


def checked(checker: Checker, **sheets: Any) -> CheckedFeed:
    con, settings, folder = checker
    return check_feed(write_feed(folder / "f", **sheets), settings, con, NOW, folder / "work", engine=Engine.SQL)


def read_values(checker: Checker, kind: str, field: str) -> list[object]:
    """The values read from a column, in row order."""
    return [
        value for (value,) in checker[0].execute(f"select {field} from typed_rows_{kind} order by row_id").fetchall()
    ]


def repairs(checker: Checker, kind: str, field: str) -> dict[str, tuple[str, str]]:
    """The repaired texts of a column: as received → the repair and the read text."""
    found = (
        checker[0]
        .execute(f"select x, repair, read from reads_{kind} where field = ? and repair is not null", [field])
        .fetchall()
    )
    return {text: (repair, value) for text, repair, value in found}


def summaries(texts: Sequence[str]) -> list[dict[str, str]]:
    return [{**PETITION, "petition_code": f"P{number}", "summary": text} for number, text in enumerate(texts)]


@pytest.mark.parametrize("every", [1, 2], ids=["whole column", "every other cell"])
@pytest.mark.parametrize("letters", [*list(Encoding)[1:], "nfd"])
def test_texts_in_any_encoding_are_restored_or_reported(checker: Checker, letters: str, every: int) -> None:
    """Only case is lost in TCVN3, which has no capitals with tones."""
    written = [in_letters(text, letters) if at % every == 0 else text for at, text in enumerate(TEXTS)]
    feed = checked(checker, petitions=summaries(written))
    findings = {each.row_number for each in feed.findings if each.rule == "unsure_letters"}
    same = str.lower if letters == Encoding.TCVN3 else str
    pairs = zip(read_values(checker, "petitions", "summary"), TEXTS, strict=True)
    wrong = {row for row, (value, text) in enumerate(pairs, start=2) if same(str(value)) != same(text)}
    assert wrong <= findings
    assert len(findings) <= 1


def test_legacy_texts_do_not_affect_a_coded_column(checker: Checker) -> None:
    texts = [in_letters(text, Encoding.TCVN3) for text in TEXTS[16:31]]
    rows = [row | {"satisfaction": "Hài lòng"} for row in summaries([*texts, *["Đường"] * 25])]
    feed = checked(checker, petitions=rows)
    assert read_values(checker, "petitions", "satisfaction") == ["satisfied"] * 40
    assert read_values(checker, "petitions", "summary")[:15] == list(TEXTS[16:31])
    assert [(each.rule, each.field, each.count) for each in feed.findings] == [("repaired_encoding", "summary", 15)]


def test_legacy_names_do_not_affect_other_names(checker: Checker) -> None:
    legacy = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Hồng Phúc", "Đỗ Đức Hạnh", "Hà Thu Hương"]
    names = ["Lý Công Uyên", "Nguyên Ân", "Phạm Thị Lan", "Vũ Tú", "Hoàng Yến", *legacy]
    written = [in_letters(name, Encoding.TCVN3) if name in legacy else name for name in names]
    rows = [{**DIALOGUE, "dialogue_code": f"D{n}", "chair_name": name} for n, name in enumerate(written)]
    feed = checked(checker, dialogues=rows)
    assert read_values(checker, "dialogues", "chair_name") == names
    assert repairs(checker, "dialogues", "chair_name") == {
        text: ("tcvn3", name) for text, name in zip(written, names, strict=True) if text != name
    }
    assert [each.count for each in feed.findings if each.rule == "repaired_encoding"] == [5]


@pytest.mark.parametrize("others", ["Nguyễn Văn An", "Le Van An"])
@pytest.mark.parametrize("letters", list(Encoding)[1:])
def test_one_legacy_cell_is_repaired_like_a_column(checker: Checker, letters: Encoding, others: str) -> None:
    name = "Trần Thị Bường"
    names = [others] * 6 + [in_letters(name, letters)]
    rows = [{**DIALOGUE, "dialogue_code": f"D{n}", "chair_name": each} for n, each in enumerate(names)]
    feed = checked(checker, dialogues=rows)
    assert read_values(checker, "dialogues", "chair_name") == [others] * 6 + [name]
    (finding,) = feed.findings
    assert (finding.rule, finding.cell, finding.evidence) == ("repaired_encoding", "dialogues!E8", name)
    assert finding.needs_reason


def test_a_text_valid_in_both_encodings_is_kept_and_reported_among_legacy_cells(
    checker: Checker,
) -> None:
    legacy = [in_letters(text, Encoding.TCVN3) for text in TEXTS[:4]]
    feed = checked(checker, petitions=summaries(["sè phô", "Nguyễn Văn An", *legacy]))
    assert read_values(checker, "petitions", "summary")[0] == "sè phô"
    findings = [(each.rule, each.cell, each.evidence) for each in feed.findings if each.rule == "unsure_letters"]
    assert findings == [("unsure_letters", "petitions!H2", "số phụ")]
    few = checked(checker, petitions=summaries(["sè phô", *["Nguyễn Văn An"] * 20, *legacy]))
    assert [each.rule for each in few.findings] == ["repaired_encoding"]


def test_an_uncertain_cell_is_kept_and_reported_at_its_place(checker: Checker) -> None:
    mixed = "đường liªn th«n và tr\xadêng"
    rows = [*petitions(12, summary="Đường"), {**PETITION, "petition_code": "P99", "summary": mixed}]
    feed = checked(checker, petitions=rows)
    assert read_values(checker, "petitions", "summary")[-1] == mixed
    (finding,) = feed.findings
    assert (finding.rule, finding.tier, finding.cell, finding.value) == (
        "unsure_letters",
        "warn",
        "petitions!H14",
        mixed,
    )
    assert finding.evidence == "đường liên thôn và trường"
    assert finding.remedy.startswith("Gõ lại ô này bằng bộ gõ Unicode")
    assert finding.needs_reason


def test_a_required_text_may_be_reported(checker: Checker) -> None:
    feed = checked(checker, dialogues=[DIALOGUE | {"chair_name": "Nguyễn V¨n An"}])
    assert [(each.rule, each.tier, each.cell) for each in feed.findings] == [("unsure_letters", "warn", "dialogues!E2")]


@pytest.mark.parametrize(
    ("field", "text", "value", "repair"),
    [
        ("outcome", "§· gi¶i quyÕt", "resolved", "tcvn3"),
        ("satisfaction", "Haøi loøng", "satisfied", "vni"),
        ("received_on", "ng\xb5y 01 th\xb8ng 8 n\xa8m 2024", datetime(2024, 8, 1), "date_text"),
        ("unit_code", "Ph­êng Quang Trung", "13285", "unit_name"),
        ("field", "§Êt ®ai", "land", "tcvn3"),
    ],
)
def test_one_legacy_cell_of_a_column_with_a_meaning_is_read(
    checker: Checker, field: str, text: str, value: object, repair: str
) -> None:
    rows = [*petitions(12, satisfaction="Hài lòng"), {**PETITION, "petition_code": "P99", field: text}]
    feed = checked(checker, petitions=[row | {"satisfaction": row.get("satisfaction", "")} for row in rows])
    assert read_values(checker, "petitions", field)[-1] == value
    assert repairs(checker, "petitions", field)[text][0] == repair
    assert feed.rows_quarantined == 0


def test_yes_in_legacy_letters_is_yes_and_recorded(checker: Checker) -> None:
    rows = [DIALOGUE, DIALOGUE | {"dialogue_code": "D2", "chaired_by_head": "Cã"}]
    checked(checker, dialogues=rows)
    assert read_values(checker, "dialogues", "chaired_by_head") == [True, True]
    assert repairs(checker, "dialogues", "chaired_by_head") == {"Cã": ("tcvn3", "true")}
