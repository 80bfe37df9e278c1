"""The gate: what passes without a session, with one, and after it ended; files and pages of others."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.access.door import Door
from dashboard.access.gate import Gate
from dashboard.access.local_only import LocalOnly
from dashboard.access.sign_in import local_target
from warehouse.access import accounts, audit, tables
from warehouse.access.access_settings import AccessSettings
from warehouse.access.audit import Actor
from warehouse.access.grants import read_grant
from warehouse.home import Home

SITE = "http://testserver"
PASSWORD = "một câu dài dễ nhớ"
ROOT = Actor("root", "", "console")
PAGE_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
HTML = {"accept": "text/html"}


@dataclass
class Clock:
    """The time of the home, which a test moves."""

    now: datetime = field(default_factory=lambda: datetime(2024, 9, 30, 8))

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def accounts_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of a home with four accounts; hashing their passwords takes most of the time."""
    home = Home(tmp_path_factory.mktemp("accounts"))
    con, now = tables.opened(home), Clock().now
    for name, role in (("an", "leader"), ("binh", "unit_steward:347"), ("chi", "viewer"), ("dung", "administrator")):
        accounts.add(con, name, name.title(), [read_grant(role)], by=ROOT, now=now)
        accounts.change_password(con, name, PASSWORD, by=ROOT, now=now)
    con.close()
    return home.state


@pytest.fixture
def door(tmp_path: Path, clock: Clock, accounts_file: Path) -> Door:
    copyfile(accounts_file, Home(tmp_path).state)
    return Door(Home(tmp_path), AccessSettings(), "s" * 40, "", clock)


@pytest.fixture
def site(door: Door) -> Gate:
    return Gate(
        Starlette(
            routes=[WebSocketRoute("/_stcore/stream", _socket), Route("/{path:path}", _any, methods=["GET", "PUT"])]
        ),
        door,
    )


async def _any(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"served {request.url.path}")


async def _socket(socket: WebSocket) -> None:
    """A server that sends a page's id and a file's address, then tells what the browser asked for."""
    await socket.accept(subprotocol="streamlit")
    await socket.send_bytes(f"{PAGE_ID} /media/abc123.xlsx /_stcore/upload_file/{PAGE_ID}/f1".encode())
    with suppress(WebSocketDisconnect):
        while True:
            asked = await socket.receive_bytes()
            await socket.send_bytes(asked + b" " + ",".join(socket.scope["subprotocols"]).encode())


def _client(site: Gate, name: str = "") -> TestClient:
    client = TestClient(site, base_url=SITE, follow_redirects=False)
    if name:
        answer = client.post("/dang-nhap", data={"ten": name, "mat-khau": PASSWORD}, headers={"origin": SITE})
        assert answer.status_code == 303
    return client


def _stream(client: TestClient, *, origin: str = SITE, page: str = "") -> object:
    asked = ["streamlit", "xsrf", *([page] if page else [])]
    return client.websocket_connect("/_stcore/stream", subprotocols=asked, headers={"origin": origin})


@pytest.mark.parametrize(
    "path",
    ["/", "/cap-va-don-vi", "/static/js/index.js", "/app/static/x.ttf", "/media/abc123.xlsx", "/_stcore/host-config",
     "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/upload_file/x/y", "/tai-khoan", "/component/x",
     "/_stcore/health/", "//_stcore/health", "/_stcore/health/../stream"],
)  # fmt: skip
def test_nothing_but_sign_in_and_health_is_open(site: Gate, path: str) -> None:
    client = _client(site)
    assert client.get(path).status_code == 401
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/dang-nhap")
    assert "served" not in answer.text
    assert client.get("/_stcore/health").text == "served /_stcore/health"


def test_a_websocket_needs_a_session_and_a_page_of_this_site(site: Gate) -> None:
    for client, origin in ((_client(site), SITE), (_client(site, "an"), "http://evil.example"), (_client(site), "")):
        with pytest.raises(WebSocketDisconnect), _stream(client, origin=origin):  # type: ignore[attr-defined]
            pass


def test_a_wrong_password_is_refused_and_noted(site: Gate, door: Door) -> None:
    answer = _client(site).post("/dang-nhap", data={"ten": "an", "mat-khau": "sai"}, headers={"origin": SITE})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    con = tables.opened(door.home)
    assert audit.lines(con, most=1)[0].action == "sign_in_failed"
    con.close()


def test_the_cookie_is_signed_http_only_and_same_site(site: Gate) -> None:
    client = TestClient(site, base_url=SITE, follow_redirects=False)
    answer = client.post("/dang-nhap", data={"ten": "an", "mat-khau": PASSWORD}, headers={"origin": SITE})
    written = answer.headers["set-cookie"].lower()
    assert "httponly" in written
    assert "samesite=lax" in written
    value = client.cookies["doithoai"]
    forged = TestClient(site, base_url=SITE, cookies={"doithoai": value[:-3] + "abc"})
    assert forged.get("/_stcore/host-config").status_code == 401
    assert client.get("/_stcore/host-config").status_code == 200


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(door: Door) -> None:
    settings = AccessSettings.model_validate({"network": {"public_url": "https://testserver"}})
    site = Gate(Starlette(routes=[Route("/{path:path}", _any)]), Door(door.home, settings, "s" * 40, "", door.now))
    client = TestClient(site, base_url="https://testserver", follow_redirects=False)
    answer = client.post(
        "/dang-nhap", data={"ten": "an", "mat-khau": PASSWORD}, headers={"origin": "https://testserver"}
    )
    assert answer.headers["set-cookie"].startswith("__Host-doithoai=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_form_of_another_site_is_refused(site: Gate) -> None:
    client = _client(site, "an")
    for path in ("/dang-nhap", "/dang-xuat", "/doi-mat-khau", "/_stcore/upload_file/x/y"):
        assert client.post(path, headers={"origin": "http://evil.example"}).status_code == 403
        assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("end", ["sign out", "disable", "role", "idle"])
def test_an_ended_session_opens_nothing_and_its_open_page_closes(
    site: Gate, door: Door, clock: Clock, end: str
) -> None:
    client = _client(site, "an")
    cookies = dict(client.cookies)
    with _stream(client) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
        _end(end, client, door, clock)
        socket.send_bytes(b"rerun")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
        assert closed.value.code == 4401
    replayed = TestClient(site, base_url=SITE, cookies=cookies)
    assert replayed.get("/_stcore/host-config").status_code == 401
    assert replayed.get("/phien").status_code == 401


def _end(how: str, client: TestClient, door: Door, clock: Clock) -> None:
    con = tables.opened(door.home)
    if how == "sign out":
        assert client.post("/dang-xuat", headers={"origin": SITE}).status_code == 303
    elif how == "disable":
        accounts.change(con, "an", by=ROOT, now=clock.now, is_disabled=True)
    elif how == "role":
        accounts.change(con, "an", by=ROOT, now=clock.now, grants=[read_grant("viewer")])
    else:
        clock.now += timedelta(minutes=31)
    con.close()


def test_an_open_page_closes_without_a_click(site: Gate, door: Door, clock: Clock) -> None:
    client = _client(site, "an")
    with _stream(client) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
        _end("disable", client, door, clock)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
    assert closed.value.code == 4401


def test_the_heartbeat_does_not_prolong_a_session(site: Gate, clock: Clock) -> None:
    client = _client(site, "an")
    for _ in range(2):
        clock.now += timedelta(minutes=14)
        assert client.get("/phien").status_code == 204
    clock.now += timedelta(minutes=3)
    assert client.get("/phien").status_code == 401


def test_a_file_is_served_only_to_the_session_that_was_sent_its_address(site: Gate) -> None:
    steward, leader = _client(site, "binh"), _client(site, "an")
    assert steward.get("/media/abc123.xlsx").status_code == 404
    with _stream(steward) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
    assert steward.get("/media/abc123.xlsx").status_code == 200
    assert leader.get("/media/abc123.xlsx").status_code == 404
    upload = f"/_stcore/upload_file/{PAGE_ID}/f1"
    assert steward.put(upload, headers={"origin": SITE}).status_code == 200
    assert leader.put(upload, headers={"origin": SITE}).status_code == 404


def test_uploads_need_the_right_even_with_the_address(site: Gate) -> None:
    viewer = _client(site, "chi")
    with _stream(viewer) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
    assert viewer.put(f"/_stcore/upload_file/{PAGE_ID}/f1", headers={"origin": SITE}).status_code == 404


def test_the_page_of_another_session_cannot_be_resumed(site: Gate) -> None:
    with _stream(_client(site, "binh")) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
    with _stream(_client(site, "an"), page=PAGE_ID) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
        socket.send_bytes(b"who")
        assert socket.receive_bytes() == b"who streamlit,xsrf"


def test_one_s_own_page_is_resumed(site: Gate) -> None:
    client = _client(site, "an")
    with _stream(client) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
    with _stream(client, page=PAGE_ID) as socket:  # type: ignore[attr-defined]
        socket.receive_bytes()
        socket.send_bytes(b"who")
        assert socket.receive_bytes() == f"who streamlit,xsrf,{PAGE_ID}".encode()


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check",
                                  "/auth/login", "/oauth2callback"])  # fmt: skip
def test_unused_routes_of_streamlit_are_closed(site: Gate, path: str) -> None:
    assert _client(site, "an").get(path).status_code == 404


def test_a_first_password_opens_only_the_page_to_replace_it(site: Gate, door: Door, clock: Clock) -> None:
    con = tables.opened(door.home)
    first = accounts.reset_password(con, "an", by=ROOT, now=clock.now)
    con.close()
    client = TestClient(site, base_url=SITE, follow_redirects=False)
    client.post("/dang-nhap", data={"ten": "an", "mat-khau": first}, headers={"origin": SITE})
    assert client.get("/", headers=HTML).headers["location"] == "/doi-mat-khau"
    assert client.get("/_stcore/host-config").status_code == 401
    with pytest.raises(WebSocketDisconnect), _stream(client):  # type: ignore[attr-defined]
        pass
    form = {"mat-khau": first, "mat-khau-moi": "câu mới của riêng tôi", "nhac-lai": "câu mới của riêng tôi"}
    assert client.post("/doi-mat-khau", data=form, headers={"origin": SITE}).status_code == 303
    assert client.get("/", headers=HTML).status_code == 200
    assert client.post("/dang-nhap", data={"ten": "an", "mat-khau": first}, headers={"origin": SITE}).status_code == 401


def test_an_administrator_begins_at_the_first_page_of_the_role(site: Gate) -> None:
    assert _client(site, "an").get("/", headers=HTML).status_code == 200
    steward = _client(site, "binh").get("/", headers=HTML)
    assert steward.status_code == 200
    assert "/phien.js" in steward.text


def test_every_answer_has_the_security_headers(site: Gate) -> None:
    for path in ("/", "/dang-nhap", "/_stcore/health"):
        headers = _client(site).get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"].split("style-src")[0]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


@pytest.mark.parametrize(
    ("written", "target"),
    [("/cap-va-don-vi?don-vi=347", "/cap-va-don-vi?don-vi=347"), ("", "/"), ("https://evil.example", "/"),
     ("//evil.example", "/"), ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("/a\r\nb: c", "/")],
)  # fmt: skip
def test_sign_in_leads_only_to_pages_of_this_site(written: str, target: str) -> None:
    assert local_target(written) == target


@pytest.fixture
def local() -> TestClient:
    return TestClient(LocalOnly(Starlette(routes=[Route("/{path:path}", _any)])), client=("127.0.0.1", 5))


def test_without_sign_in_only_this_machine_looks(local: TestClient) -> None:
    assert local.get("/", headers={"host": "127.0.0.1:8501"}).status_code == 200
    assert local.get("/", headers={"host": "localhost:8501"}).status_code == 200
    assert local.get("/", headers={"host": "evil.example"}).status_code == 403
    other = TestClient(LocalOnly(Starlette(routes=[Route("/{path:path}", _any)])), client=("10.0.0.7", 5))
    assert other.get("/", headers={"host": "localhost:8501"}).status_code == 403
