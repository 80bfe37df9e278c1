"""Sign-in in a real browser: local accounts, a real OpenID Connect provider, and what each role receives."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from shutil import copytree, ignore_patterns

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, WebSocket

from dashboard.pages import ADDRESSES
from tests.browser.conftest import free_port, wait_for
from warehouse.access import accounts, audit, tables
from warehouse.access.audit import Actor
from warehouse.access.grants import read_grant
from warehouse.home import Home
from warehouse.publish import current

pytestmark = pytest.mark.browser

PASSWORD = "một câu dài dễ nhớ"
ROOT = Actor("root", "", "console")
PHU_LY, KIM_BANG = "347", "350"
SECRETS = {"DOITHOAI_SECRET": "s" * 40, "DOITHOAI_OIDC_SECRET": "c" * 20}
ROLES = {
    "lanh.dao": "leader",
    "don.vi": f"unit_steward:{PHU_LY}",
    "nguoi.xem": "viewer",
    "quan.tri": "administrator",
}
PEOPLE = (
    {"sub": "an", "name": "An (mẫu)", "email": "an@example.vn", "email_verified": True},
    {"sub": "binh", "name": "Bình (mẫu)", "email": "binh@example.vn", "email_verified": False},
    {"sub": "chi", "name": "Chi (mẫu)", "groups": ["lanh-dao"]},
)
ACCESS = """
[oidc]
issuer = "{issuer}"
client_id = "doithoai"
label = "Đăng nhập qua tỉnh"

[[grant]]
email = "an@example.vn"
role = "unit_steward"
unit = "347"

[[grant]]
email = "binh@example.vn"
role = "leader"

[[grant]]
group = "lanh-dao"
role = "leader"
"""


@dataclass(frozen=True)
class Site:
    """A dashboard with sign-in, its provider and its home."""

    root: str
    issuer: str
    home: Home


@pytest.fixture(scope="module")
def site(sample_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample province with four accounts and a provider, served in processes that end with the module."""
    home = Home(tmp_path_factory.mktemp("sign-in") / "home")
    copytree(sample_home.root, home.root, ignore=ignore_patterns("inbox", "archive"))
    with _provider() as issuer:
        home.access_file.write_text(ACCESS.format(issuer=issuer), encoding="utf-8")
        con = tables.opened(home)
        for name, role in ROLES.items():
            accounts.add(con, name, f"{name} (mẫu)", [read_grant(role)], by=ROOT, now=_now())
            accounts.change_password(con, name, PASSWORD, by=ROOT, now=_now())
        con.close()
        with _child([sys.executable, "-m", "doithoai", "serve", "--home", str(home.root)]) as root:
            yield Site(root, issuer, home)


@contextmanager
def _provider() -> Iterator[str]:
    people = [f"--user-claims={json.dumps(each)}" for each in PEOPLE]
    with _child([sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", *people], health="/") as root:
        yield root


@contextmanager
def _child(command: list[str], health: str = "/_stcore/health") -> Iterator[str]:
    """Run a server on a free port during the block."""
    port, quiet = free_port(), subprocess.DEVNULL
    command = [*command, "--port", str(port)]
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env={**os.environ, **SECRETS}) as child:
        try:
            wait_for(f"http://127.0.0.1:{port}{health}", child)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()


def _now() -> datetime:
    return datetime.now()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, without cookies."""
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@dataclass
class Received:
    """All bytes that a page received from the server, in responses and over websockets."""

    parts: list[bytes] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        def note(response: Response) -> None:
            self.hosts.add(response.url.split("/")[2] if "//" in response.url else "")
            if response.ok and "/static/" not in response.url:
                self.parts.append(response.body())

        def note_socket(socket: WebSocket) -> None:
            socket.on("framereceived", lambda data: self.parts.append(data if isinstance(data, bytes) else b""))

        page.on("response", note)
        page.on("websocket", note_socket)

    def text(self) -> str:
        return b"\n".join(self.parts).decode("utf-8", errors="replace")


def _enter(page: Page, site: Site, name: str, address: str = "") -> None:
    page.goto(f"{site.root}/{address}")
    page.fill("#ten", name)
    page.fill("#mat-khau", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def _open(page: Page, site: Site, address: str) -> str:
    """Open a page and return its text once it is drawn."""
    page.goto(f"{site.root}/{address.removeprefix('./')}")
    page.wait_for_selector(".visitor, .notice", timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(500)
    return page.locator("body").inner_text()


def test_a_page_leads_to_the_sign_in_and_back(site: Site, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto(f"{site.root}/cap-va-don-vi?don-vi={PHU_LY}")
    assert "/dang-nhap" in page.url
    page.fill("#ten", "lanh.dao")
    page.fill("#mat-khau", "sai mật khẩu")
    page.get_by_role("button", name="Đăng nhập").click()
    assert "không đúng" in page.get_by_role("alert").inner_text()
    page.fill("#ten", "lanh.dao")
    page.fill("#mat-khau", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_selector(".visitor", timeout=30_000)
    assert page.url == f"{site.root}/cap-va-don-vi?don-vi={PHU_LY}"
    assert page.locator(".visitor").inner_text() == "lanh.dao (mẫu)"


def test_signing_out_ends_the_session_of_a_page_that_is_still_open(site: Site, browser: BrowserContext) -> None:
    page = browser.new_page()
    _enter(page, site, "lanh.dao")
    page.wait_for_selector(".visitor", timeout=30_000)
    account = browser.new_page()
    account.goto(f"{site.root}/tai-khoan")
    cookies = browser.cookies()
    account.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap*", timeout=30_000)
    browser.add_cookies([{"name": each["name"], "value": each["value"], "url": site.root} for each in cookies])
    account.goto(f"{site.root}/")
    assert "/dang-nhap" in account.url


def test_a_person_of_the_provider_gets_the_role_of_the_verified_address(site: Site, browser: BrowserContext) -> None:
    page = browser.new_page()
    _through_provider(page, site, "an")
    page.wait_for_selector(".visitor", timeout=30_000)
    assert page.locator(".visitor").inner_text() == "An (mẫu)"
    assert "Thành phố Phủ Lý" in _open(page, site, "tien-do-va-qua-han")


@pytest.mark.parametrize("person", ["binh", "chi"])
def test_an_address_that_is_not_verified_gives_no_role_but_a_group_does(
    site: Site, browser: BrowserContext, person: str
) -> None:
    page = browser.new_page()
    _through_provider(page, site, person)
    if person == "binh":
        assert "chưa được cấp quyền" in page.get_by_role("alert").inner_text()
    else:
        page.wait_for_selector(".visitor", timeout=30_000)


def test_a_sign_in_that_the_provider_denies_or_that_is_forged_is_refused(site: Site, browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto(f"{site.root}/dang-nhap")
    page.get_by_role("link", name="Đăng nhập qua tỉnh").click()
    page.get_by_role("button", name="Deny").click()
    assert "không cho đăng nhập" in page.get_by_role("alert").inner_text()
    page.goto(f"{site.root}/dang-nhap/tinh/xong?code=abc&state=forged")
    assert page.get_by_role("alert").count() == 1
    page.goto(f"{site.root}/")
    assert "/dang-nhap" in page.url


def _through_provider(page: Page, site: Site, person: str) -> None:
    page.goto(f"{site.root}/dang-nhap")
    page.get_by_role("link", name="Đăng nhập qua tỉnh").click()
    page.fill("[name=sub]", person)
    page.get_by_role("button", name="Authorize").click()


def _foreign_texts(home: Home, own: str) -> list[str]:
    """Texts of petitions of districts other than `own`, none of which stands in a petition of `own`."""
    with duckdb.connect(str(current(home).path), read_only=True) as con:
        rows = con.execute(
            """select distinct p.summary, u.parent_code = $own or p.responsible_unit_code = $own as is_own
               from fct_petitions p join dim_units u on u.unit_code = p.responsible_unit_code""",
            {"own": own},
        ).fetchall()
    known = {text for text, is_own in rows if is_own}
    return [text for text, is_own in rows if text and not is_own and text not in known]


def test_a_unit_steward_receives_no_text_of_another_unit(site: Site, browser: BrowserContext) -> None:
    foreign = _foreign_texts(site.home, PHU_LY)
    assert len(foreign) > 100
    page, received = browser.new_page(), Received()
    received.watch(page)
    _enter(page, site, "don.vi")
    for address in (*ADDRESSES.values(), f"cap-va-don-vi?don-vi={KIM_BANG}&chi-tieu=on_time_rate",
                    f"tien-do-va-qua-han?don-vi={KIM_BANG}", f"tien-do-va-qua-han?don-vi={PHU_LY}"):  # fmt: skip
        _open(page, site, address)
    got = received.text()
    assert "Thành phố Phủ Lý" in got
    assert [text for text in foreign if text in got] == []
    assert received.hosts == {site.root.removeprefix("http://")}


def test_a_viewer_receives_neither_texts_nor_heads_and_sees_three_pages(site: Site, browser: BrowserContext) -> None:
    page, received = browser.new_page(), Received()
    received.watch(page)
    _enter(page, site, "nguoi.xem")
    shown = _open(page, site, "")
    assert not re.search("Người đứng đầu|Tiến độ và quá hạn|Kiểm tra tệp", shown.split("Kỳ báo cáo")[0])
    for address in ADDRESSES.values():
        _open(page, site, address)
    with duckdb.connect(str(current(site.home).path), read_only=True) as con:
        names = con.execute("select distinct full_name from dim_tenures where length(full_name) > 8").fetchall()
    got = received.text()
    assert [text for text in _foreign_texts(site.home, "") if text in got] == []
    assert [name for (name,) in names if name in got] == []


def test_the_administrator_sees_the_log_and_no_figures(site: Site, browser: BrowserContext) -> None:
    page = browser.new_page()
    _enter(page, site, "quan.tri")
    page.wait_for_selector('[data-testid="stDataFrame"]', timeout=30_000)
    assert page.url == f"{site.root}/nhat-ky-truy-cap"
    assert "Chuỗi nhật ký nguyên vẹn." in page.locator("body").inner_text()
    assert "Không có trang này" in _open(page, site, "cap-va-don-vi")
    con = tables.opened(site.home)
    newest = audit.lines(con, actor="quan.tri", action="refused")
    con.close()
    assert [line.subject for line in newest] == ["cap-va-don-vi"]


def test_a_disabled_account_loses_its_open_page(site: Site, browser: BrowserContext) -> None:
    page = browser.new_page()
    _enter(page, site, "don.vi")
    page.wait_for_selector(".visitor", timeout=30_000)
    con = tables.opened(site.home)
    accounts.change(con, "don.vi", by=ROOT, now=_now(), is_disabled=True)
    con.close()
    page.wait_for_url("**/dang-nhap*", timeout=30_000)
