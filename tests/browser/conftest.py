"""A dashboard that serves a sample world on a free port, and a Chromium that opens it."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, WebSocket, sync_playwright

from warehouse.home import Home

from .reading.reader import go, settle

CHROMIUM = Path("/usr/bin/chromium")
DESKTOP, PHONE = (1440, 900), (390, 844)
# Streamlit looks for its server under the page's own path first, where it does not find it, then at the root.
PROBE = "/_stcore/"


@dataclass
class Visit:
    """A browser page on the dashboard that records errors and requests to other hosts."""

    page: Page
    root: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> "Visit":
        """Go to `address` and wait until the page is complete."""
        self.page.goto(f"{self.root}/{address.removeprefix('./')}")
        return self.ready()

    def go(self, address: str) -> "Visit":
        """Go to `address` within the session, as the back button does, without loading Streamlit again."""
        go(self.page, self.root, address)
        return self.ready()

    def ready(self) -> "Visit":
        """Wait until the script has run and the page is complete."""
        settle(self.page)
        return self

    @property
    def address(self) -> str:
        """The current URL, relative to the server."""
        return self.page.url.removeprefix(f"{self.root}/")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def follow(self, link: Locator) -> "Visit":
        """Click a link to another URL and wait for its page."""
        before = self.page.url
        link.click()
        self.page.wait_for_url(lambda url: url != before, timeout=15_000)
        return self.ready()

    def click_first_row(self) -> "Visit":
        """Click the first row of the first canvas table."""
        box = self.page.locator('[data-testid="stDataFrame"]').first.bounding_box()
        assert box is not None
        before = self.page.url
        self.page.mouse.click(box["x"] + 60, box["y"] + 52)
        self.page.wait_for_url(lambda url: url != before, timeout=15_000)
        return self.ready()

    def width_overflow(self) -> int:
        """The number of pixels by which the page is wider than its window."""
        overflow: int = self.page.evaluate(
            "Math.max(...[document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')]"
            ".map(e => e.scrollWidth - e.clientWidth))"
        )
        return overflow


@pytest.fixture(scope="session")
def dashboard(sample_home: Home) -> Iterator[str]:
    """The URL of a dashboard that serves the sample province, in a process that ends with the session."""
    yield from served(sample_home.root)


@pytest.fixture(scope="session")
def merger_dashboard(merger_home: Home) -> Iterator[str]:
    """The URL of a dashboard that serves the world across the mergers."""
    yield from served(merger_home.root)


def served(root: Path) -> Iterator[str]:
    """Serve the home at `root` on a free port during the life of the iterator."""
    port = free_port()
    command = [sys.executable, "-m", "doithoai", "serve", "--port", str(port), "--home", str(root)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as child:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", child)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, child: subprocess.Popen[bytes], seconds: float = 60) -> None:
    for _ in range(int(seconds * 5)):
        assert child.poll() is None, "the dashboard's server ended while starting"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the dashboard's server did not answer within a minute")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium, installed from Debian."""
    if not CHROMIUM.exists():
        pytest.fail("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[Page]:
    """The page that the tests share; a new one would load and compile Streamlit again."""
    page = chromium.new_page(locale="vi-VN")
    yield page
    page.close()


@pytest.fixture
def visit(window: Page, dashboard: str) -> Iterator[Visit]:
    """The window at the size of a desktop."""
    yield from visiting(window, dashboard, DESKTOP)


def resized(window: Page, root: str, size: tuple[int, int]) -> Page:
    """Resize the window; blank it if it shows another server, which may have ended."""
    if not window.url.startswith(root):
        window.goto("about:blank")
    window.set_viewport_size({"width": size[0], "height": size[1]})
    return window


def visiting(window: Page, root: str, size: tuple[int, int]) -> Iterator[Visit]:
    """Resize the window, and record requests to other hosts and errors until the iterator ends."""
    visit = Visit(resized(window, root, size), root)

    def note_request(request: Request) -> None:
        if not request.url.startswith((root, root.replace("http", "ws"), "data:", "blob:")):
            visit.outside.append(request.url)

    def note_socket(socket: WebSocket) -> None:
        if root[4:] not in socket.url:
            visit.outside.append(socket.url)

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and PROBE not in message.location["url"]:
            visit.errors.append(message.text)

    def note_error(error: Error) -> None:
        visit.errors.append(str(error))

    notes = {"request": note_request, "websocket": note_socket, "console": note_console, "pageerror": note_error}
    for event, note in notes.items():
        window.on(event, note)  # type: ignore[call-overload]
    yield visit
    for event, note in notes.items():
        window.remove_listener(event, note)
