"""Each page opens on a desktop and on a phone with its message, without errors and without requests to other hosts."""

import pytest
from playwright.sync_api import Page

from .conftest import DESKTOP, PHONE, visiting

pytestmark = pytest.mark.browser

PAGES = {
    "": "giải quyết đúng hạn",
    "cap-va-don-vi": "giải quyết đúng hạn",
    "cap-va-don-vi?don-vi=350": "Huyện Kim Bảng",
    "nguoi-dung-dau": "người đứng đầu",
    "tien-do-va-qua-han": "kiến nghị",
    "phuong-phap-tinh": "tính lại bằng tay",
    "tinh-trang-bao-cao": "7/7 báo cáo đã nhận",
    "kiem-tra-tep": "Chưa có tệp nào",
    "chat-luong-du-lieu": "dấu hiệu chờ giải trình",
    "tra-cuu-nguon-goc": "Từ số liệu về đúng ô",
    "tra-cuu-nguon-goc?ma=350-2024Q3-v1": "350-2024Q3-v1: Huyện Kim Bảng, Quý III/2024, đã nhận",
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("address", PAGES, ids=lambda address: address or "tong-quan")
def test_a_page_opens_with_its_message(window: Page, dashboard: str, address: str, size: tuple[int, int]) -> None:
    for visit in visiting(window, dashboard, size):
        visit.open(address)
        assert PAGES[address] in visit.text(".message")
        assert "DỮ LIỆU MẪU" in visit.text(".sample")
        assert "Số liệu đến 30/09/2024" in visit.text(".status")
        assert visit.page.locator('[data-testid="stException"], [data-testid="stAlert"]').count() == 0
        assert visit.width_overflow() == 0
        assert visit.errors == []
        assert visit.outside == []


def test_charts_are_drawn_as_svg_in_the_local_font(window: Page, dashboard: str) -> None:
    for visit in visiting(window, dashboard, DESKTOP):
        visit.open()
        visit.page.wait_for_selector(".vega-embed svg")
        assert visit.page.locator(".vega-embed canvas").count() == 0
        assert "mục tiêu 90\u00a0%" in (visit.page.locator(".vega-embed svg").first.text_content() or "")
        assert visit.page.evaluate("document.fonts.check('600 16px \"Be Vietnam Pro\"', 'ệ')") is True
