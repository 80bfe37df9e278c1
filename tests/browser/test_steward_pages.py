"""User journeys of a data steward: from a petition to its source cells, from a flag to a stored explanation."""

import shutil
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page

from warehouse.home import Home
from warehouse.publish import current
from warehouse.state import known_state

from .conftest import DESKTOP, PHONE, Visit, served, visiting

pytestmark = pytest.mark.browser


def one(home: Home, sql: str) -> tuple[object, ...]:
    with duckdb.connect(str(current(home).path), read_only=True) as con:
        return con.execute(sql).fetchall()[0]


def test_from_a_petition_to_the_text_received_in_each_cell(visit: Visit, sample_home: Home) -> None:
    code, feed_id, kind, text, read = one(
        sample_home,
        "select r.row_key, r.feed_id, r.sheet_kind, p.received, p.read_shown from received_rows r "
        "join feed_repairs p on p.feed_id = r.feed_id and p.sheet_kind = r.sheet_kind and p.field = 'received_on' "
        "and p.first_row = r.row_number and p.sheet = r.sheet join fct_petitions f on f.petition_code = r.row_key "
        "and f.feed_id = r.feed_id where r.sheet_kind = 'petitions' and p.received not like '____-__-__' "
        "and p.received <> p.read_shown order by r.row_key limit 1",
    )
    assert kind == "petitions"
    visit.open(f"cap-va-don-vi?kien-nghi={code}")
    visit.follow(visit.page.get_by_role("link", name="xem nguồn gốc từng ô"))
    row = visit.page.locator("table.grid tr", has_text="Ngày tiếp nhận").first.inner_text()
    assert str(text) in row
    assert str(read) in row
    assert visit.page.locator("table.grid a", has_text=".").first.get_attribute("href") is not None
    assert visit.open(f"tra-cuu-nguon-goc?ma={feed_id}").page.locator("table.grid").count() >= 1


def test_from_a_finding_without_a_reason_to_its_form(visit: Visit, sample_home: Home) -> None:
    (feed_id, waiting) = one(
        sample_home,
        "select feed_id, findings_unconfirmed from feed_status where period_code = '2024Q3' "
        "order by findings_unconfirmed desc limit 1",
    )
    visit.open("tinh-trang-bao-cao?ky=2024Q3")
    visit.follow(visit.page.locator("table.grid a", has_text=str(waiting)).first)
    assert str(feed_id) in visit.text(".message")
    assert visit.text(".heading") == f"Cần lý do ({waiting})"
    assert visit.page.get_by_role("button", name="Lưu lý do").count() == 1


def test_an_unknown_code_is_reported(visit: Visit) -> None:
    visit.open("tra-cuu-nguon-goc?ma=KHONG-CO")
    assert visit.text(".notice") == "Mã «KHONG-CO» không có trong các tệp đã nhận hoặc ngoài phạm vi được xem."


def test_the_board_lists_every_sender_of_the_quarter(visit: Visit, sample_home: Home) -> None:
    (senders,) = one(
        sample_home,
        "select count(*) from feed_status where calendar = 'party' and period_code = '2024Q3'",
    )
    visit.open("tinh-trang-bao-cao?ky=2024Q3")
    assert visit.page.locator("table.grid").first.locator("tbody tr").count() == senders
    assert "Không đơn vị nào quá hạn" in visit.text("body")


@pytest.mark.parametrize("address", ["tinh-trang-bao-cao?ky=2024Q3", "chat-luong-du-lieu", "tra-cuu-nguon-goc"])
def test_on_a_phone_no_column_is_outside_the_screen(window: Page, dashboard: str, address: str) -> None:
    for visit in visiting(window, dashboard, PHONE):
        visit.open(address)
        hidden = visit.page.evaluate(
            "[...document.querySelectorAll('table.stacked td')].filter(e => e.offsetParent && "
            "e.getBoundingClientRect().right > innerWidth).length"
        )
        assert (hidden, visit.width_overflow()) == (0, 0)


def test_an_explanation_is_stored_shown_and_withdrawn(window: Page, sample_home: Home, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(sample_home.root, tmp_path / "home")))
    for root in served(home.root):
        for visit in visiting(window, root, DESKTOP):
            visit.open("chat-luong-du-lieu")
            visit.follow(visit.page.locator("table.grid a", has_text="chưa có").first)
            visit.page.get_by_label("Nội dung giải trình").fill("Huyện đã có văn bản, gửi bổ sung kỳ sau")
            visit.page.get_by_label("Người ghi").fill("Cán bộ mẫu")
            visit.page.get_by_role("button", name="Lưu giải trình").click()
            visit.page.get_by_text("Huyện đã có văn bản, gửi bổ sung kỳ sau").first.wait_for(timeout=20_000)
            visit.ready()
            visit.page.get_by_label("Người ghi").fill("Phụ trách mẫu")
            visit.page.get_by_role("button", name="Rút lại giải trình").click()
            visit.page.get_by_text("(rút lại)").first.wait_for(timeout=20_000)
    with known_state(home) as state:
        (explanations,) = state.explanations().values()
    assert [(each.text, each.author) for each in explanations] == [
        ("", "Phụ trách mẫu (tự ghi tên)"),
        ("Huyện đã có văn bản, gửi bổ sung kỳ sau", "Cán bộ mẫu (tự ghi tên)"),
    ]
