"""Navigation of the dashboard: links that reopen a view; from a figure to its petitions, to file, sheet and row."""

import re
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from dashboard.text import file_check
from warehouse.home import Home, create
from warehouse.publish import current

from .conftest import DESKTOP, Visit, served, visiting

pytestmark = pytest.mark.browser


def parameters(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def count_in(text: str) -> int:
    """The length that a list states: '1.234 kiến nghị.' or 'Dòng 1–200 trong 1.234 kiến nghị.'"""
    found = re.search(r"([\d.]+) kiến nghị\.", text)
    assert found is not None, text
    return int(found[1].replace(".", ""))


def test_a_choice_is_written_into_the_address_and_a_link_reopens_it(visit: Visit, chromium: Browser) -> None:
    visit.open()
    visit.page.locator('[data-testid="stSelectbox"]').nth(2).click()
    visit.page.keyboard.type("Huyện Kim Bảng")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(lambda url: "don-vi=350" in url)
    message = visit.ready().text(".message")
    assert "Huyện Kim Bảng" in message
    with chromium.new_page() as other:
        assert Visit(other, visit.root).open(visit.address).text(".message") == message


def test_navigation_keeps_the_filters(visit: Visit) -> None:
    visit.open("?ky=2023Q4&don-vi=350&linh-vuc=land&lich=nha-nuoc")
    before = parameters(visit)
    for title in ("Cấp và đơn vị", "Người đứng đầu", "Tiến độ và quá hạn", "Phương pháp tính", "Tổng quan"):
        visit.follow(visit.page.get_by_role("link", name=title, exact=True).first)
        assert parameters(visit) == before


def test_from_a_figure_to_its_petitions_to_file_sheet_and_row(visit: Visit, sample_home: Home) -> None:
    visit.open("?ky=2024Q3")
    card = visit.page.locator(".card").first
    found = re.search(r"([\d.]+)/([\d.]+)", card.locator(".of").inner_text())
    assert found is not None
    visit.follow(card.get_by_role("link", name="đến hạn"))
    assert count_in(visit.text(".note")) == int(found[2].replace(".", ""))
    visit.click_first_row()
    (code,) = parameters(visit)["kien-nghi"]
    sql = "select file_name, sheet, row_number from fct_petitions where petition_id = ?"
    with duckdb.connect(str(current(sample_home).path), read_only=True) as con:
        file_name, sheet, row = con.execute(sql, [code]).fetchall()[0]
    source = visit.page.locator("dl.facts").nth(1).inner_text()
    assert source.splitlines()[:6] == [
        "Tệp",
        file_name,
        "Trang tính",
        file_check.sheet(sheet),
        "Dòng",
        f"{row:,}".replace(",", "."),
    ]
    message = visit.text(".message")
    assert visit.open(visit.address).text(".message") == message


def test_from_a_count_of_dialogues_to_their_rows(visit: Visit) -> None:
    visit.open("?ky=2024Q3")
    card = visit.page.locator(".card").nth(4)
    count = card.locator(".value").inner_text().split()[0]
    visit.follow(card.get_by_role("link", name=f"{count} hội nghị"))
    assert visit.text(".heading") == f"{count} hội nghị đối thoại trong Quý III/2024"
    visit.click_first_row()
    assert parameters(visit)["ma"][0].startswith("HN-")
    assert "Từng ô như đã nhận" in visit.text("body")


def test_the_breadcrumb_leads_back_up(visit: Visit) -> None:
    visit.open("cap-va-don-vi?don-vi=13402")
    assert visit.page.locator(".crumbs a").all_inner_texts() == ["Tỉnh Hà Nam", "Huyện Kim Bảng"]
    visit.follow(visit.page.locator(".crumbs a").nth(1))
    assert parameters(visit)["don-vi"] == ["350"]


def test_a_head_s_page_opens_from_the_list(visit: Visit) -> None:
    visit.open("nguoi-dung-dau?ky=2024Q3").click_first_row()
    assert parameters(visit)["nguoi"][0].count("|") == 2
    assert visit.text(".st-key-person")
    assert "Số liệu riêng trong Quý III/2024" in visit.text("body")


def test_a_missing_object_of_an_address_is_reported(visit: Visit) -> None:
    visit.open("?ky=2031Q9&don-vi=999")
    assert visit.text(".notice") == (
        "Địa chỉ có thông tin không đọc được (kỳ báo cáo, đơn vị); trang đang hiển thị theo lựa chọn mặc định."
    )
    assert "Quý III/2024" in visit.text(".message")


def test_without_a_snapshot_the_page_has_one_sentence(window: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    for root in served(create(tmp_path_factory.mktemp("empty")).root):
        for visit in visiting(window, root, DESKTOP):
            visit.open("tien-do-va-qua-han")
            assert visit.text(".notice") == (
                "Chưa có số liệu nào được công bố. Chạy «doithoai run» để nạp và tính số liệu."
            )
            assert visit.page.locator(".message").count() == 0


def test_a_link_opens_its_page_on_the_first_visit_after_a_start(window: Page, sample_home: Home) -> None:
    for root in served(sample_home.root):
        for visit in visiting(window, root, DESKTOP):
            visit.open("phuong-phap-tinh")
            assert "tính lại bằng tay" in visit.text(".message")
            assert visit.page.get_by_role("dialog").count() == 0
            assert visit.errors == []


@pytest.mark.parametrize("address", ["khong-co-trang", "foo/bar", "cap-va-don-vi/xyz", "cap-va-don-vi/a/b/c?ky=2024Q3"])
def test_an_address_without_a_page_gets_one_sentence_and_a_way_back(visit: Visit, address: str) -> None:
    visit.open(address)
    assert visit.text(".message") == "Không có trang này"
    assert visit.text(".notice") == (
        "Địa chỉ không đúng hoặc đã đổi; hãy chọn một trang ở trên hoặc mở trang Tổng quan."
    )
    assert "not found" not in visit.text("body").lower()
    assert visit.page.get_by_role("dialog").count() == 0
    assert visit.page.locator("[data-testid=stDialog]").count() == 0
    assert visit.errors == []
    visit.follow(visit.page.get_by_role("link", name="mở trang Tổng quan"))
    assert "Quý III/2024" in visit.text(".message")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tien-do-va-qua-han?hop=2020-01-01", "Ngày họp 01/01/2020 trong địa chỉ đã qua"),
        ("tien-do-va-qua-han?hop=9999-12-31", "Ngày họp 31/12/9999 trong địa chỉ quá xa"),
        ("cap-va-don-vi?chi-tieu=on_time_rate&trang=9999", "không có trang 9.999."),
        (f"cap-va-don-vi?chi-tieu=on_time_rate&trang={'9' * 5000}", "không đọc được (trang)"),
        ("cap-va-don-vi?chi-tieu=procedure_rate&phan=tu", "không có danh sách kiến nghị đứng sau"),
        (
            "cap-va-don-vi?chi-tieu=resolution_rate&phan=mau&nguoi=khong|co|ai",
            "không có danh sách kiến nghị đứng sau",
        ),
        ("cap-va-don-vi?kien-nghi=KHONG-CO", "Kiến nghị mang mã này không có"),
        ("nguoi-dung-dau?nguoi=khong|co|ai", "Người đứng đầu này không có"),
    ],
)
def test_an_invalid_address_gets_a_sentence_on_a_complete_page(visit: Visit, address: str, told: str) -> None:
    visit.open(address)
    assert told in visit.text(".notice")
    assert "ngoài dự kiến" not in visit.text("body")
    assert visit.page.locator(".st-key-top a").count() == 5
    assert visit.errors == []
