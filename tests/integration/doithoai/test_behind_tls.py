"""The sample of deploy/nginx.conf on this machine: TLS with a self-signed certificate before a real dashboard."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import warehouse.home
from warehouse.access import accounts, audit, tables
from warehouse.access.audit import Actor
from warehouse.access.grants import read_grant
from warehouse.home import Home

DEPLOY = Path(__file__).parents[3] / "deploy"
NAME = "doithoai.example.vn"
PASSWORD = "một câu dài dễ nhớ"
ACCESS = f"""
[network]
public_url = "https://{NAME}"
trusted_proxies = ["127.0.0.1"]
"""


@dataclass(frozen=True)
class Site:
    """The ports of nginx, the certificate's file, and the home behind."""

    tls: int
    plain: int
    certificate: Path
    home: Home

    def client(self) -> httpx2.Client:
        """Return a client that resolves the site's name to this machine and trusts its certificate."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        context.check_hostname = False  # the address is 127.0.0.1, the certificate names the site
        return httpx2.Client(
            base_url=f"https://127.0.0.1:{self.tls}",
            verify=context,
            headers={"host": NAME, "origin": f"https://{NAME}"},
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty home with one account, served behind nginx with the sample configuration."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or pytest.fail(
        "nginx is missing: apt-get install nginx-light"
    )
    folder = tmp_path_factory.mktemp("tls")
    home = warehouse.home.create(folder / "home")
    home.access_file.write_text(ACCESS, encoding="utf-8")
    _add_account(home)
    tls, plain, behind = _free_port(), _free_port(), _free_port()
    certificate = _certificate(folder)
    serve = [sys.executable, "-m", "doithoai", "serve", "--home", str(home.root), "--port", str(behind)]
    config = _config(folder, tls, plain, behind)
    with _running(serve, behind), _running([nginx, "-p", str(folder), "-c", str(config), "-g", "daemon off;"], tls):
        yield Site(tls, plain, certificate, home)


def _add_account(home: Home) -> None:
    by, now = Actor("root", "", "console"), datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).replace(tzinfo=None)
    con = tables.opened(home)
    accounts.add(con, "an", "An (mẫu)", [read_grant("steward")], by=by, now=now)
    accounts.change_password(con, "an", PASSWORD, by=by, now=now)
    con.close()


def _certificate(folder: Path) -> Path:
    """Create a self-signed certificate and its key; return the certificate."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}", "-addext",
         f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate


def _config(folder: Path, tls: int, plain: int, behind: int) -> Path:
    """Write the sample configuration with the ports and paths of this test."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "127.0.0.1:8501": f"127.0.0.1:{behind}",
        "/etc/ssl/doithoai/": f"{folder}/",
        "/etc/nginx/doithoai-proxy.conf": str(DEPLOY / "nginx-proxy.conf"),
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{text}\n}}\n",
        encoding="utf-8",
    )
    return config


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    """Run a server during the block, from when it listens on `port`."""
    environment = {**os.environ, "DOITHOAI_SECRET": "s" * 40}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as child:
        try:
            _wait_for(port, child)
            yield
        finally:
            child.terminate()


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert child.poll() is None, "the server ended while starting"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server did not listen within a minute")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_person_signs_in_over_tls(site: Site) -> None:
    with site.client() as client:
        answer = client.get("/", headers={"accept": "text/html"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")
        answer = client.post("/dang-nhap", data={"ten": "an", "mat-khau": PASSWORD})
        written = answer.headers["set-cookie"]
        assert written.startswith("__Host-doithoai=")
        assert {"Secure", "HttpOnly"} <= set(written.replace(";", "").split())
        page = client.get("/", headers={"accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_a_plain_request_is_led_to_tls(site: Site) -> None:
    answer = httpx2.get(f"http://127.0.0.1:{site.plain}/x?y=1", headers={"host": NAME})
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/x?y=1")


def test_the_websocket_passes_with_a_session_only(site: Site) -> None:
    context = ssl.create_default_context(cafile=str(site.certificate))
    with site.client() as client:
        client.post("/dang-nhap", data={"ten": "an", "mat-khau": PASSWORD})
        cookie = f"__Host-doithoai={client.cookies['__Host-doithoai']}"
    for headers, is_open in (({"cookie": cookie}, True), ({}, False)):
        with socket.create_connection(("127.0.0.1", site.tls)) as plain:
            options = {
                "sock": plain, "ssl": context, "server_hostname": NAME, "origin": f"https://{NAME}",
                "subprotocols": ["streamlit", "x"], "additional_headers": headers,
            }  # fmt: skip
            assert _opens(f"wss://{NAME}/_stcore/stream", options) == is_open


def _opens(url: str, options: dict[str, object]) -> bool:
    """Return whether the websocket is accepted."""
    try:
        with connect(url, **options):  # type: ignore[call-overload]
            return True
    except InvalidStatus as refused:
        return refused.response.status_code != 403


def test_the_audit_log_has_the_address_that_the_proxy_saw(site: Site) -> None:
    with site.client() as client:
        client.post("/dang-nhap", data={"ten": "an", "mat-khau": "sai"}, headers={"x-forwarded-for": "203.0.113.9"})
    con = tables.opened(site.home)
    (line,) = audit.lines(con, action="sign_in_failed")
    con.close()
    assert line.origin == "127.0.0.1"


def test_a_file_that_is_too_large_is_refused_by_the_proxy(site: Site) -> None:
    context = ssl.create_default_context(cafile=str(site.certificate))
    context.check_hostname = False
    connection = http.client.HTTPSConnection("127.0.0.1", site.tls, context=context, timeout=10)
    connection.putrequest("PUT", "/_stcore/upload_file/x/y", skip_host=True)
    for name, value in (("Host", NAME), ("Content-Length", str(56 * 1024 * 1024))):
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_the_health_check_is_open_and_says_nothing(site: Site) -> None:
    context = ssl.create_default_context(cafile=str(site.certificate))
    context.check_hostname = False
    request = urllib.request.Request(f"https://127.0.0.1:{site.tls}/_stcore/health", headers={"Host": NAME})
    with urllib.request.urlopen(request, context=context, timeout=10) as answer:
        assert answer.read() == b"ok"
