"""Every table and chart of every page can be downloaded as typed data.

The pages are drawn from the tiny snapshot; workbooks are written as a click on the button does.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from dashboard.page import downloads
from dashboard.page.snapshots import Snapshot
from dashboard.queries import petitions
from dashboard.queries.petitions import Selection
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from dashboard.sheets import petitions as sheets
from dashboard.text import downloads as texts
from dashboard.text import headings, labels, sentences
from tests.unit.dashboard.conftest import tiny_snapshot

PERIOD, UNIT = {"ky": "2024Q3"}, {"don-vi": "13285", "pham-vi": "rieng"}
VIEWS = {
    "overview": (labels.OVERVIEW, PERIOD),
    "province": (labels.UNITS, PERIOD),
    "unit": (labels.UNITS, PERIOD | UNIT),
    "list behind a figure": (labels.UNITS, PERIOD | UNIT | {"chi-tieu": "on_time_rate", "phan": "mau"}),
    "list of a class": (labels.UNITS, PERIOD | {"nhom": "open_overdue"}),
    "list of dialogues": (labels.UNITS, PERIOD | {"chi-tieu": "dialogues_held", "phan": "tu"}),
    "petition": (labels.UNITS, PERIOD | {"kien-nghi": "p3"}),
    "heads": (labels.HEADS, PERIOD),
    "head": (labels.HEADS, PERIOD | {"nguoi": "B|13285|government"}),
    "progress": (labels.PROGRESS, PERIOD),
    "method": (labels.METHOD, PERIOD),
    "board": (labels.FEED_BOARD, PERIOD),
    "quality": (labels.DATA_QUALITY, PERIOD),
    "flags of a kind": (labels.DATA_QUALITY, PERIOD | {"ma": "vanished"}),
    "feeds": (labels.PROVENANCE, PERIOD),
    "feed": (labels.PROVENANCE, PERIOD | {"ma": "347-2024Q3-v2"}),
    "row": (labels.PROVENANCE, PERIOD | {"ma": "p2"}),
}
"""A page of every kind: its title and its address."""
NOT_DATA = re.compile(r"–|nan|None|NaT|\d{2}/\d{2}/\d{4}|\d{1,3}(\.\d{3})+|-?\d+,\d+( %)?|\d+ %|\d+/\d+|")
"""Texts that ought to be a blank, a day, a number or two numbers."""
SNAPSHOT = "s1"
CODES = {"Mã", "Mã kiến nghị", "Bản"}


@cache
def snapshot() -> Snapshot:
    """The tiny snapshot in the form that pages use."""
    return Snapshot("tiny", Path(), EVERYTHING, tiny_snapshot())


def draw(title: str, parameters: dict[str, str]) -> None:
    """Draw one page as the dashboard's composition root does, but without navigation."""
    from collections.abc import Callable

    from dashboard.page.page import Page
    from dashboard.page.request import page_of
    from dashboard.screens import data_quality, feed_board, heads, method, overview, progress, provenance, units
    from dashboard.text import labels
    from tests.unit.dashboard.components.test_page_tables import snapshot

    drawers: dict[str, Callable[[Page], None]] = {
        labels.OVERVIEW: overview.show,
        labels.UNITS: units.show,
        labels.HEADS: heads.show,
        labels.PROGRESS: progress.show,
        labels.METHOD: method.show,
        labels.FEED_BOARD: feed_board.show,
        labels.DATA_QUALITY: data_quality.show,
        labels.PROVENANCE: provenance.show,
    }
    drawers[title](page_of(snapshot(), parameters, title))


def drawn(title: str, parameters: dict[str, str]) -> list[str]:
    """The tables, charts and buttons of a page, in its order."""
    app = AppTest.from_function(draw, args=(title, parameters), default_timeout=60).run()
    assert not app.exception
    return [kind for each in elements(app.main) if (kind := kind_of(each))]


def elements(block: Any) -> Iterator[Any]:
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from elements(each)
        else:
            yield each


def kind_of(element: Any) -> str:
    if element.type == "html":
        return "table" if '<table class="grid' in element.proto.body else ""
    return {"dataframe": "table", "vega_lite_chart": "chart", "download_button": "button"}.get(element.type, "")


def table_of(page: Any) -> tuple[dict[str, Any], list[str], list[tuple[Any, ...]]]:
    """The facts at the top of a sheet, and the headers and rows below them."""
    first = int(re.findall(r"\d+", page.auto_filter.ref)[0])
    about = dict(page.iter_rows(min_row=2, max_row=first - 1, max_col=2, values_only=True))
    heads, *rows = page.iter_rows(min_row=first)
    assert page.freeze_panes == f"A{first + 1}"
    return about, [cell.value for cell in heads], rows


@pytest.mark.parametrize("view", VIEWS)
def test_every_table_and_chart_can_be_downloaded_as_data(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Callable[[], bytes]] = {}
    offered = downloads.button

    def noted(name: str, file: str, make: Callable[[], bytes], label: str) -> None:
        made[name] = make
        offered(name, file, make, label)

    monkeypatch.setattr(downloads, "button", noted)
    found = drawn(*VIEWS[view])
    alone = [number for number, kind in enumerate(found) if kind != "button" and found[number + 1 :][:1] != ["button"]]
    assert not alone, f"{found}: nothing to take away at {alone}"
    assert found.count("button") == len(made) > 0
    for name, make in made.items():
        holds_data(name, load_workbook(io.BytesIO(make())).worksheets[0])


def holds_data(name: str, page: Any) -> None:
    """Assert that a sheet has its facts and rows, and that no number or date is stored as text."""
    about, heads, rows = table_of(page)
    assert about[texts.ROWS] == len(rows) > 0, name
    assert about[texts.SNAPSHOT] == SNAPSHOT, name
    assert isinstance(about[texts.PUBLISHED], datetime), name
    assert len(set(heads)) == len(heads), f"{name}: {heads}"
    cells_of_data = [cell.value for row in rows for head, cell in zip(heads, row, strict=True) if head not in CODES]
    assert not [text for text in cells_of_data if isinstance(text, str) and NOT_DATA.fullmatch(text)], name


def test_a_list_is_downloaded_with_its_types(con: Connection) -> None:
    found = petitions.petition_list(con, Scope(text=()), Selection(unit="13285"), None)
    table = sheets.petitions(found, list(headings.PETITIONS))
    rows = {row[0]: dict(zip(table.headers, row, strict=True)) for row in table.rows}
    assert (len(rows), rows["p1"]["Tiếp nhận"], rows["p1"]["Giải quyết"]) == (6, date(2024, 6, 20), date(2024, 7, 10))
    assert (rows["p3"]["Giải quyết"], rows["p3"]["Quá hạn (ngày)"]) == (None, 44)
    assert rows["p4"]["Quá hạn (ngày)"] is None
    assert {row["Nội dung kiến nghị"] for row in rows.values()} == {sentences.TEXT_HIDDEN}
