"""A spoiled workbook is dropped: its finding stands at its cell; then it is taken in, on a copy of the home."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from warehouse.connection import connect
from warehouse.home import Home

from .conftest import DESKTOP, Visit, served, visiting

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> **đậm** [liên kết](http://example.invalid)"


@pytest.fixture
def own_home(sample_home: Home, tmp_path: Path) -> Home:
    """A copy that may change; its snapshot and archive are the same."""
    return Home(Path(shutil.copytree(sample_home.root, tmp_path / "home")))


@pytest.fixture
def spoiled(own_home: Home, tmp_path: Path) -> Path:
    """What district 347 sent for the third quarter, with two cells spoiled."""
    with connect(own_home.warehouse, read_only=True) as con:
        query = "select sha256 from raw.feeds where feed_id = '347-2024Q3-v1'"
        ((digest,),) = con.execute(query).fetchall()
    (kept,) = own_home.archive.glob(f"{digest}.*")
    workbook = openpyxl.load_workbook(kept)
    workbook["Kiến nghị"]["E13"] = "32/13/2024"
    workbook["Kiến nghị"]["N15"] = HOSTILE
    workbook.save(tmp_path / "347 hỏng.xlsx")
    return tmp_path / "347 hỏng.xlsx"


@pytest.fixture
def visit(chromium: Browser, own_home: Home) -> Iterator[Visit]:
    for root in served(own_home.root):
        yield from visiting(chromium, root, DESKTOP)


def test_a_spoiled_workbook_shows_its_fault_at_its_cell_and_is_taken_in(
    visit: Visit, own_home: Home, spoiled: Path
) -> None:
    page = visit.open("kiem-tra-tep").page
    page.set_input_files("input[type=file]", spoiled)
    page.wait_for_selector(".st-key-actions", timeout=90_000)
    visit.ready()
    assert "2 dòng có lỗi sẽ bị giữ lại" in visit.text(".message")
    marked = page.locator("table.cells td.marked")
    assert marked.first.inner_text() == "▲ 32/13/2024"
    assert "<img src=x" in marked.nth(1).inner_text()
    assert page.locator("table.cells img, table.cells a, table.cells strong").count() == 0
    assert "Kiến nghị!E13 · Ngày tiếp nhận" in visit.text(".told b")
    assert page.locator("table.cells").first.locator("tr.told th").inner_text() == "13"
    assert page.get_by_role("button", name="Tải tệp trả lại").count() == 1
    page.get_by_role("button", name="Nhận tệp").click()
    page.wait_for_selector("text=Đã nhận tệp thành lần gửi 347-2024Q3-v2", timeout=90_000)
    with connect(own_home.warehouse, read_only=True) as con:
        query = "select status, file_name from raw.feeds where feed_id = '347-2024Q3-v2'"
        assert con.execute(query).fetchall() == [("accepted", "347 hỏng.xlsx")]
    assert visit.outside == []
    assert visit.errors == []


def test_an_address_that_is_none_is_answered_in_vietnamese(visit: Visit) -> None:
    visit.open("khong-co-trang-nay")
    said = visit.page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stDialog] h2'), '::after').content"
    )
    assert said == '"Không có trang này"'
    size = visit.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stDialog] h2')).fontSize")
    assert size == "0px"
