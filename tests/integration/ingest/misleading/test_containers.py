"""One workbook gives the same values and findings in every container."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed
from tests.integration.feed_files import COVER
from tests.integration.ingest.misleading.checker import CASES, Checker
from tests.integration.ingest.misleading.xml_variants import rewrite_zip, variants
from warehouse.home import Home

FIXTURES = Path(__file__).parents[3] / "fixtures"
ONE_WORKBOOK = FIXTURES / "containers" / "one_workbook.xlsx"
VARIANTS = variants(ONE_WORKBOOK)

Seen = tuple[Sequence[tuple[object, ...]], Sequence[Sequence[tuple[object, ...]]]]
"""Findings, and the typed rows of each sheet with their received texts."""


def seen(checker: Checker, source: Path) -> Seen:
    """The findings and the typed rows of a feed."""
    feed = checker.checked(source)
    found = sorted(
        (it.rule, it.tier, it.cell.replace(it.file, ""), it.value, it.message, it.remedy, it.count, it.row_key)
        for it in feed.findings
    )
    rows = [checker.con.execute(f"select * from {it.view} order by row_number").fetchall() for it in feed.sheets]
    return found, rows


def received(checker: Checker, view: str) -> list[dict[str, str | None]]:
    """The received texts of a sheet of the last checked feed, by field."""
    rows = checker.con.execute(f"select received from {view} order by row_number").fetchall()
    return [row for (row,) in rows]


def located_findings(checker: Checker, source: Path) -> list[tuple[str, str, str]]:
    """Rule, cell and value of each finding."""
    return sorted((it.rule, it.cell, it.value) for it in checker.checked(source).findings)


@pytest.fixture(scope="module")
def as_xlsx(checking: duckdb.DuckDBPyConnection, empty_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    checker = Checker(checking, warehouse.settings.load(empty_home), tmp_path_factory.mktemp("seen"))
    return seen(checker, ONE_WORKBOOK)


def test_findings_of_the_plain_workbook(checker: Checker) -> None:
    findings = located_findings(checker, ONE_WORKBOOK)
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
    } <= set(findings)


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_another_container_has_the_same_values_and_findings(checker: Checker, as_xlsx: Seen, suffix: str) -> None:
    assert seen(checker, ONE_WORKBOOK.with_suffix(suffix)) == as_xlsx


@pytest.mark.parametrize("name", VARIANTS)
def test_another_spelling_of_the_xml_has_the_same_values_and_findings(
    checker: Checker, as_xlsx: Seen, tmp_path: Path, name: str
) -> None:
    assert seen(checker, rewrite_zip(ONE_WORKBOOK, tmp_path / "feed.xlsx", VARIANTS[name])) == as_xlsx


def test_error_cells_and_hidden_rows_are_reported_in_every_container(checker: Checker) -> None:
    as_xlsx = seen(checker, CASES / "error_cells_same_source.xlsx")
    assert [each[:1] for each in as_xlsx[0]].count(("hidden_rows",)) == 1
    for suffix in (".xls", ".ods"):
        assert seen(checker, CASES / f"error_cells{suffix}") == as_xlsx


def test_uncomputed_cells_are_reported_with_and_without_prefix(checker: Checker) -> None:
    as_plain = seen(checker, CASES / "error_cells.xlsx")
    assert {each[0] for each in as_plain[0]} >= {"hidden_rows", "cell_error", "not_a_date"}
    assert seen(checker, CASES / "error_cells_prefixed_xml.xlsx") == as_plain


def test_a_sheet_with_truncated_xml_is_reported_once(checker: Checker, tmp_path: Path) -> None:
    """The parser that reads the values skips a control character, so the text after it may be incomplete."""

    def with_control(name: str, xml: bytes) -> bytes:
        return xml.replace("Đề nghị xử lý việc số 9 ".encode(), "Đề nghị xử lý việc \x0b số 9 ".encode())

    inline = rewrite_zip(ONE_WORKBOOK, tmp_path / "inline.xlsx", VARIANTS["inline"])
    findings = located_findings(checker, rewrite_zip(inline, tmp_path / "feed.xlsx", with_control))
    assert [each[0] for each in findings].count("unread_cells") == 1


IN_NO_CSV = {"hidden_rows", "repaired_format", "repaired_blank", "date_code", "zero_date"}
"""Findings that only cells of a workbook give; a CSV file has their displayed texts."""


def test_the_same_texts_in_csv_have_the_same_findings(checker: Checker, tmp_path: Path) -> None:
    feed = checker.checked(ONE_WORKBOOK)
    texts = {str(it.staged.contract.kind): received(checker, it.view) for it in feed.sheets}
    (tmp_path / "feed").mkdir()
    covers: list[dict[str, str | None]] = [{**COVER}]
    for name, rows in {"cover": covers, **texts}.items():
        with (tmp_path / "feed" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    as_csv = checker.checked(tmp_path / "feed")
    assert _rules_and_values(as_csv) == _rules_and_values(feed)


def _rules_and_values(feed: CheckedFeed) -> list[tuple[str, str, str]]:
    return sorted((it.rule, it.row_key, it.value) for it in feed.findings if it.rule not in IN_NO_CSV)
