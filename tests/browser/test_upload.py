"""Upload a spoiled workbook, see its finding at its cell, and ingest it into a copy of the home."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from warehouse.connection import connect
from warehouse.home import Home
from warehouse.state import open_state

from .conftest import DESKTOP, Visit, served, visiting

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> **đậm** [liên kết](http://example.invalid)"


@pytest.fixture
def own_home(sample_home: Home, tmp_path: Path) -> Home:
    """A copy of the sample home that the test may change."""
    return Home(Path(shutil.copytree(sample_home.root, tmp_path / "home")))


@pytest.fixture
def spoiled(own_home: Home, tmp_path: Path) -> Path:
    """The feed of district 347 for the third quarter, with two spoiled cells."""
    with connect(own_home.warehouse, read_only=True) as con:
        query = "select sha256 from raw.feeds where feed_id = '347-2024Q3-v1'"
        ((digest,),) = con.execute(query).fetchall()
    (kept,) = own_home.archive.glob(f"{digest}.*")
    workbook = openpyxl.load_workbook(kept)
    workbook["Kiến nghị"]["E13"] = "32/13/2024"
    workbook["Kiến nghị"]["N15"] = HOSTILE
    workbook["Thông tin"]["C15"] = 9999
    workbook.save(tmp_path / "347 hỏng.xlsx")
    return tmp_path / "347 hỏng.xlsx"


@pytest.fixture
def visit(window: Page, own_home: Home) -> Iterator[Visit]:
    for root in served(own_home.root):
        yield from visiting(window, root, DESKTOP)


def give_reasons(visit: Visit) -> None:
    """Enter the name and a reason for the first finding that needs one; the file is then checked again."""
    page = visit.page
    before = page.locator(".heading", has_text="Cần lý do").inner_text()
    page.get_by_label("Người thực hiện").fill("Trần Thị Mẫu")
    page.get_by_label("Lý do", exact=True).first.fill("Số khai tính cả kiến nghị chuyển kỳ")
    page.get_by_role("button", name="Lưu lý do").click()
    page.wait_for_function(
        "before => document.querySelector('.st-key-actions') && ![...document.querySelectorAll('.heading')]"
        ".some(each => each.innerText === before)",
        arg=before,
        timeout=90_000,
    )
    visit.ready()


def test_a_spoiled_workbook_shows_its_finding_at_its_cell_and_is_ingested(
    visit: Visit, own_home: Home, spoiled: Path
) -> None:
    page = visit.open("kiem-tra-tep").page
    page.set_input_files("input[type=file]", spoiled)
    page.wait_for_selector(".st-key-actions", timeout=90_000)
    visit.ready()
    assert "2 dòng có lỗi sẽ bị giữ lại" in visit.text(".message")
    marked = page.locator("table.cells td.marked").all_inner_texts()
    assert "! 32/13/2024" in marked
    assert f"! {HOSTILE}" in marked
    assert page.locator("table.cells img, table.cells a, table.cells strong").count() == 0
    assert "Kiến nghị!E13 · Ngày tiếp nhận" in page.locator(".finding b").all_inner_texts()
    assert page.locator("tr.told", has_text="32/13/2024").locator("th").inner_text() == "13"
    assert page.get_by_role("button", name="Tải tệp trả lại").count() == 1
    give_reasons(visit)
    fields = page.get_by_label("Lý do", exact=True)
    expect(fields).to_have_count(1)
    expect(fields, "no reason moves up").to_have_value("")
    recorded = [text for text in page.locator(".finding .note").all_inner_texts() if text.startswith("Đã ghi lý do")]
    assert [text.split(" · ")[0] for text in recorded] == [
        "Đã ghi lý do: Số khai tính cả kiến nghị chuyển kỳ (Trần Thị Mẫu (tự ghi tên)"
    ]
    page.get_by_role("button", name="Nhận tệp").click()
    page.wait_for_selector("text=Đã nhận tệp thành lần gửi 347-2024Q3-v2", timeout=90_000)
    with connect(own_home.warehouse, read_only=True) as con:
        query = "select status, file_name from raw.feeds where feed_id = '347-2024Q3-v2'"
        assert con.execute(query).fetchall() == [("accepted", "347 hỏng.xlsx")]
    with open_state(own_home) as state:
        reasons = list(state.confirmations("347").values())
    assert [(each.rule, each.reason, each.confirmed_by) for each in reasons] == [
        ("declared_petitions_differ", "Số khai tính cả kiến nghị chuyển kỳ", "Trần Thị Mẫu (tự ghi tên)")
    ]
    assert "1 tệp đã nhận, chưa tính vào số liệu." in visit.open("tinh-trang-bao-cao?ky=2024Q3").text(".notice")
    assert "1 tệp đã nhận, chưa tính vào số liệu." in visit.open("kiem-tra-tep").text(".notice")
    assert page.get_by_role("button", name="Tính lại số liệu").count() == 1
    assert visit.outside == []
    assert visit.errors == []
