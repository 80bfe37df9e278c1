"""One workbook has the same values and the same findings in every container."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

import warehouse.home
import warehouse.settings
from ingest.check import CheckedFeed, check_feed
from tests.integration.feed_files import COVER
from tests.integration.misleading.xml_variants import rewritten, variants
from warehouse.border_checks import Engine
from warehouse.connection import connect
from warehouse.lookups import load_lookups
from warehouse.raw import create_raw
from warehouse.settings import Settings

NOW = datetime(2024, 10, 15, 8)
FIXTURES = Path(__file__).parents[2] / "fixtures"
REPORTED = FIXTURES / "public_reports"
ONE_WORKBOOK = FIXTURES / "containers" / "one_workbook.xlsx"
VARIANTS = variants(ONE_WORKBOOK)

Seen = tuple[Sequence[tuple[object, ...]], Sequence[Sequence[tuple[object, ...]]]]
"""Findings, and the typed rows of each sheet with their received texts."""


class Door:
    """Checks feeds in one home."""

    def __init__(self, con: duckdb.DuckDBPyConnection, settings: Settings, workdir: Path) -> None:
        self._con, self._settings, self._workdir = con, settings, workdir

    def checked(self, source: Path) -> CheckedFeed:
        """The feed at `source`, checked; its typed sheets stay until the next one."""
        return check_feed(source, self._settings, self._con, NOW, self._workdir, engine=Engine.SQL)

    def seen(self, source: Path) -> Seen:
        """What is said of the feed and what is read of it."""
        feed = self.checked(source)
        told = sorted(
            (it.rule, it.tier, it.cell.replace(it.file, ""), it.value, it.message, it.remedy, it.count, it.row_key)
            for it in feed.findings
        )
        rows = [self._con.execute(f"select * from {it.view} order by row_number").fetchall() for it in feed.sheets]
        return told, rows

    def received(self, view: str) -> list[dict[str, str | None]]:
        """The texts of a sheet of the feed checked last, as received, by field."""
        rows = self._con.execute(f"select received from {view} order by row_number").fetchall()
        return [row for (row,) in rows]

    def told(self, source: Path) -> list[tuple[str, str, str]]:
        """Rule, cell and value of each finding."""
        return sorted((it.rule, it.cell, it.value) for it in self.checked(source).findings)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    home = warehouse.home.create(tmp_path_factory.mktemp("home"))
    with connect(Path(":memory:")) as con:
        create_raw(con)
        load_lookups(con, home)
        yield Door(con, warehouse.settings.load(home), tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="module")
def as_xlsx(door: Door) -> Seen:
    return door.seen(ONE_WORKBOOK)


def test_every_kind_of_cell_is_told_in_the_plain_workbook(door: Door) -> None:
    told = door.told(ONE_WORKBOOK)
    assert {
        ("cell_error", "Hội nghị!E5", "#REF!"),
        ("cell_error", "Hội nghị!K8", "#VALUE!"),
        ("cell_error", "Kiến nghị!C6", "#N/A"),
        ("cell_error", "Kiến nghị!G10", "#NAME?"),
        ("not_a_number", "Hội nghị!G6", "#DIV/0!"),
        ("not_a_number", "Hội nghị!G7", "50%"),
        ("not_a_date", "Kiến nghị!H7", "#N/A"),
        ("unknown_field", "Kiến nghị!F8", "#REF!"),
        ("unknown_unit", "Kiến nghị!D9", "#REF!"),
        ("hidden_rows", "Hội nghị", ""),
        ("hidden_rows", "Kiến nghị", ""),
    } <= set(told)


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_another_container_has_the_same_values_and_findings(door: Door, as_xlsx: Seen, suffix: str) -> None:
    assert door.seen(ONE_WORKBOOK.with_suffix(suffix)) == as_xlsx


@pytest.mark.parametrize("name", VARIANTS)
def test_another_spelling_of_the_xml_has_the_same_values_and_findings(
    door: Door, as_xlsx: Seen, tmp_path: Path, name: str
) -> None:
    assert door.seen(rewritten(ONE_WORKBOOK, tmp_path / "feed.xlsx", VARIANTS[name])) == as_xlsx


def test_error_cells_and_hidden_rows_are_told_in_every_container(door: Door) -> None:
    as_xlsx = door.seen(REPORTED / "error_cells_same_source.xlsx")
    assert [each[:1] for each in as_xlsx[0]].count(("hidden_rows",)) == 1
    for suffix in (".xls", ".ods"):
        assert door.seen(REPORTED / f"error_cells{suffix}") == as_xlsx


def test_uncomputed_cells_are_told_with_and_without_prefix(door: Door) -> None:
    as_plain = door.seen(REPORTED / "error_cells.xlsx")
    assert {each[0] for each in as_plain[0]} >= {"hidden_rows", "cell_error", "not_a_date"}
    assert door.seen(REPORTED / "error_cells_prefixed_xml.xlsx") == as_plain


def test_a_sheet_whose_xml_breaks_off_is_told_once(door: Door, tmp_path: Path) -> None:
    """A control character, which the parser of values passes over: what follows it is not known to be whole."""

    def with_control(name: str, xml: bytes) -> bytes:
        return xml.replace("Đề nghị xử lý việc số 9 ".encode(), "Đề nghị xử lý việc \x0b số 9 ".encode())

    inline = rewritten(ONE_WORKBOOK, tmp_path / "inline.xlsx", VARIANTS["inline"])
    told = door.told(rewritten(inline, tmp_path / "feed.xlsx", with_control))
    assert [each[0] for each in told].count("unread_cells") == 1


IN_NO_CSV = {"hidden_rows", "repaired_format", "repaired_blank", "date_code", "zero_date"}
"""What only cells of a workbook tell; a CSV file has the texts that they show."""


def test_the_same_texts_in_csv_have_the_same_findings(door: Door, tmp_path: Path) -> None:
    feed = door.checked(ONE_WORKBOOK)
    texts = {str(it.staged.contract.kind): door.received(it.view) for it in feed.sheets}
    (tmp_path / "feed").mkdir()
    covers: list[dict[str, str | None]] = [{**COVER}]
    for name, rows in {"cover": covers, **texts}.items():
        with (tmp_path / "feed" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    as_csv = door.checked(tmp_path / "feed")
    assert _told(as_csv) == _told(feed)


def _told(feed: CheckedFeed) -> list[tuple[str, str, str]]:
    return sorted((it.rule, it.row_key, it.value) for it in feed.findings if it.rule not in IN_NO_CSV)
