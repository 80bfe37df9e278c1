"""Downloaded tables have typed cells, and no text in them is evaluated as a formula."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from dashboard.page import downloads
from dashboard.render import theme
from dashboard.render.workbook import About, Measure, Table, Value, as_workbook, widths
from dashboard.sheets import figures, values
from dashboard.text import rounding
from tests.unit.dashboard.conftest import figure, on_time, overdue

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("x")']
LAST_INSTANT = datetime(2024, 9, 30, 23, 59, 59, 999999)


def sheet_of(table: Table) -> Any:
    """The sheet that a table is written to, below the title and one fact."""
    made = as_workbook("Kiến nghị/quá hạn", About("=Tên bảng", (("Số liệu đến", LAST_INSTANT),)), table)
    return load_workbook(io.BytesIO(made)).worksheets[0]


def cell_of(value: Value) -> Any:
    return sheet_of(Table(("Cột",), [(value,)]))["A5"]


@pytest.mark.parametrize(
    ("value", "stored", "look"),
    [
        (7, 7, "#,##0"),
        (1234567, 1234567, "#,##0"),
        (12.5, 12.5, "#,##0"),
        (Measure(12.5), 12.5, "#,##0.0"),
        (Measure(0.873125, is_share=True), 0.873125, "0.0\\ %"),
        (Measure(0.8996, 2, is_share=True), 0.8996, "0.00\\ %"),
        (date(2024, 9, 5), datetime(2024, 9, 5), "dd/mm/yyyy"),
        (datetime(2024, 9, 5, 14, 5, 59), datetime(2024, 9, 5, 14, 5), "dd/mm/yyyy hh:mm"),
        (LAST_INSTANT, datetime(2024, 9, 30, 23, 59), "dd/mm/yyyy hh:mm"),
        (True, "có", "General"),
        (False, "không", "General"),
        ("013285", "013285", "General"),
        (None, None, "General"),
        ("", None, "General"),
    ],
)
def test_a_cell_has_the_type_and_format_of_its_value(value: Value, stored: object, look: str) -> None:
    cell = cell_of(value)
    assert (cell.value, cell.number_format) == (stored, look)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_text_as_it_was_written(text: str) -> None:
    cell = cell_of(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_sheet_has_titles_above_a_frozen_header_with_a_filter() -> None:
    page = sheet_of(Table(("Tên", "=Số"), [("An", 1), ("Bình", None)]))
    assert page.title == "Kiến nghị quá hạn"
    assert [cell.data_type for cell in (page["A1"], page["B4"])] == ["s", "s"]
    assert (page["A2"].value, page["B2"].value) == ("Số liệu đến", datetime(2024, 9, 30, 23, 59))
    assert (page.freeze_panes, page.auto_filter.ref) == ("A5", "A4:B6")
    assert page.print_title_rows == "$4:$4"


def test_columns_are_as_wide_as_their_cells_up_to_a_limit() -> None:
    table = Table(("Mã", "Nội dung", "Ngày"), [("KN-2024-000123", "x" * 500, date(2024, 1, 2))])
    assert widths(About("", ()), table) == [15, 60, 11]
    assert widths(About("", (("Chốt số liệu của kỳ", None),)), table) == [20, 60, 11]


@pytest.mark.parametrize("value", [0.8, 0.8996, 0.9, 1 / 3, 0.0])
def test_a_rate_is_unrounded_and_formatted_as_on_the_page(value: float) -> None:
    kpi = on_time()
    stored = values.measured(kpi, value)
    assert isinstance(stored, Measure)
    decimals = rounding.measure(kpi, value).partition(",")[2].partition("\u00a0")[0]
    assert (stored.value, stored.digits) == (value, len(decimals))


def test_a_figure_is_exported_with_numerator_denominator_interval_and_rank() -> None:
    rate, count = figure(7, 8, rank=3, rank_best=1, rank_worst=4, peer_count=6), figure(12, None, value=12.0)
    table = figures.kpis([(on_time(), rate), (overdue(), count)])
    assert table.rows[0][2:7] == (
        Measure(0.875, 1, is_share=True), 7, 8, Measure(0.4, 1, is_share=True), Measure(0.8, 1, is_share=True)
    )  # fmt: skip
    assert table.rows[0][9:] == (3, 6, 1, 4)
    assert table.rows[1][2:7] == (12, None, None, None, None)


def test_a_file_is_named_after_unit_period_table_and_snapshot() -> None:
    parts = ("Huyện Kim Bảng", "Quý III/2024", 'Kiến nghị: "quá hạn"?', "20241015-080000")
    name = "Huyện Kim Bảng - Quý III-2024 - Kiến nghị- -quá hạn - 20241015-080000.xlsx"
    assert downloads.file_name(parts) == name
    assert len(downloads.file_name(["x" * 400])) < 160


def test_the_csv_download_of_the_toolbar_is_hidden() -> None:
    assert '[data-testid="stElementToolbar"] { display:none; }' in theme.style_sheet()
