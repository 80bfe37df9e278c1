"""Open URLs in the browser and wait until the page is complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

from . import figures
from .screen import Frame, Screen

_SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
_WAITS = """
() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  const frames = [...document.querySelectorAll('[data-testid="stDataFrame"]')];
  const stands = {
    'the script': app?.getAttribute('data-test-script-state') === 'notRunning',
    'parts of the page before': !document.querySelector('[data-stale="true"]'),
    'parts to come': !document.querySelector('[data-testid*="keleton"]'),
    'a sentence': document.querySelector('.message, .notice, .st-key-person, [role=dialog]'),
    'charts': charts.every(each => each.querySelector('svg g.mark-text, svg g.mark-symbol')),
    'tables': frames.every(each => each.querySelector('table[role=grid]')),
  };
  return Object.keys(stands).filter(each => !stands[each]);
}
"""
_READY = f"() => ({_WAITS.strip()})().length === 0"
SECONDS = 40
"""The time limit for a page to become complete."""
BETWEEN_LOOKS = 80
"""Milliseconds between two looks at an incomplete page."""
_WATCH = """
address => {
  const app = document.querySelector('[data-testid="stApp"]');
  window.hasRun = false;
  const watch = new MutationObserver(() => { window.hasRun = true; watch.disconnect(); });
  watch.observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}
"""
_TABLES = ("frame", "download")
_BUTTON = '[data-testid="stDownloadButton"] button'
_SIZE = "document.querySelectorAll('*').length + ':' + document.body.innerText.length"


class IncompletePage(Exception):
    """Some part of a page was not complete in time."""


def go(page: Page, root: str, path: str) -> None:
    """Go to `path` within the session; if the script ran too briefly to be detected, load the page."""
    page.evaluate(_WATCH, f"/{path}")
    try:
        page.wait_for_function("window.hasRun", polling=BETWEEN_LOOKS, timeout=5_000)
    except TooLate:
        page.goto(f"{root}/{path}")


def settle(page: Page) -> None:
    """Wait until the script has run, charts and tables are drawn, and nothing moves.

    Raise IncompletePage, naming the missing parts, after SECONDS.
    """
    before = ""
    while before != (before := _size(page)):
        page.wait_for_timeout(BETWEEN_LOOKS)


def _size(page: Page) -> str:
    """The size of the page's content after everything is drawn."""
    try:
        page.wait_for_function(_READY, polling=BETWEEN_LOOKS, timeout=SECONDS * 1000)
    except TooLate as error:
        raise IncompletePage(", ".join(page.evaluate(_WAITS))) from error
    return str(page.evaluate(_SIZE))


@dataclass
class Reader:
    """A browser page on the dashboard at `root`; errors of scripts are collected in `errors`."""

    page: Page
    root: str
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def read(self, address: str, *, reload: bool = True) -> Screen:
        """The complete page at `address`, its canvas tables read from their workbooks.

        `reload` opens it as a link does; otherwise the page navigates as the back and forward buttons do, without
        loading Streamlit again.
        """
        path = address.removeprefix("./")
        if reload or self.page.url == "about:blank":
            self.page.goto(f"{self.root}/{path}")
        else:
            go(self.page, self.root, path)
        settle(self.page)
        found = self.page.evaluate(_SCRIPT)
        return Screen.of(address, found, self._frames([each for each in found["blocks"] if each["kind"] in _TABLES]))

    def _frames(self, blocks: list[Mapping[str, Any]]) -> list[Frame]:
        """The contents of the tables on the page, from their workbooks; a table without rows has no download button."""
        found, button = [], 0
        for block, below in zip(blocks, [*blocks[1:], {"kind": ""}], strict=False):
            if block["kind"] == "download":
                button += 1
            elif below["kind"] == "download":
                found.append(Frame(block["count"], *self._download(button)))
            else:
                found.append(Frame(0, (), ()))
        return found

    def _download(self, number: int) -> tuple[tuple[str, ...], tuple[Mapping[str, str], ...]]:
        with self.page.expect_download() as download:
            self.page.locator(_BUTTON).nth(number).click()
        return _workbook(Path(download.value.path()))


def _workbook(path: Path) -> tuple[tuple[str, ...], tuple[Mapping[str, str], ...]]:
    """The headers and rows of a downloaded table, below its description, with cells as displayed."""
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True)
        lines = list(book.worksheets[0].iter_rows())
        book.close()
    first = next(number for number, line in enumerate(lines) if line and line[0].value == "Số dòng") + 2
    names = tuple(map(_text, lines[first]))
    return names, tuple(dict(zip(names, map(_text, row), strict=False)) for row in lines[first + 1 :])


def _text(cell: Any) -> str:
    """A cell as displayed: '05/09/2024', '1.154', '87,3 %', a word; '–' if blank."""
    value = cell.value
    if value is None:
        return figures.DASH
    if isinstance(value, datetime):
        return figures.day(value)
    if isinstance(value, int | float):
        decimals = cell.number_format.partition(".")[2].count("0")
        is_share = cell.number_format.endswith("%")
        shown = f"{value * 100 if is_share else value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
        return f"{shown} %" if is_share else shown
    return str(value).replace("\u00a0", " ")
