"""Read random views of the dashboard and compare them with SQL on the snapshot.

`--page-views 200 --page-seed 7` reads more views, and others.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Page

from dashboard.filters import View
from warehouse.home import Home
from warehouse.publish import current

from .conftest import DESKTOP, resized
from .reading import common, invalid_addresses, overview
from .reading.notes import Notes
from .reading.reader import Reader
from .reading.runner import read_all
from .reading.screen import Screen
from .reading.views import OVERVIEW, Request, random_views, read_address
from .reading.world import World

pytestmark = pytest.mark.browser

MAX_REPORTED = 40
ALWAYS = ("tien-do-va-qua-han?ky=2024Q3&linh-vuc=urban", "cap-va-don-vi?ky=2024Q3&pham-vi=rieng")
"""Views that once led to lists of another province."""
SPOILED = {
    r"^(\d+),\d %$": r"\g<1>,95 %",
    r"còn (\d)": r"còn 1\g<1>",
    r"^(\d+) đúng hạn$": r"1\g<1> đúng hạn",
    r" · kém hơn": " · tốt hơn",
    r"chưa đạt mục tiêu": "đạt mục tiêu",
    r"lâu nhất (\d)": r"lâu nhất 1\g<1>",
    r"^Tỉnh .+$": "Tỉnh Hà Bắc",
    r"Quý": "Qúy",
    r"Cần chú ý, .+": "Cần chú ý: overdue_open",
}
"""Patterns in the texts of the overview, and their wrong replacements."""


@pytest.fixture(
    scope="module",
    params=[("sample_home", "dashboard"), ("merger_home", "merger_dashboard")],
    ids=["ha-nam", "mergers"],
)
def served_home(request: pytest.FixtureRequest) -> tuple[Home, str]:
    """Each of the sample worlds, and the URL of the dashboard that serves it."""
    home, dashboard = request.param
    return request.getfixturevalue(home), request.getfixturevalue(dashboard)


@pytest.fixture(scope="module")
def reader(window: Page, served_home: tuple[Home, str]) -> Reader:
    """A reader that moves the shared window from view to view."""
    _, root = served_home
    return Reader(resized(window, root, DESKTOP), root)


@pytest.fixture(scope="module")
def world(served_home: tuple[Home, str]) -> World:
    """The expected content of the pages."""
    home, _ = served_home
    return World(current(home).path)


def report(found: list[Notes]) -> str:
    """The first findings, each with the URL, the page's statement and the result in SQL; '' if there are none."""
    findings = [finding for notes in found for finding in notes.findings]
    shown = "\n".join(map(str, findings[:MAX_REPORTED]))
    return f"{len(findings)} findings\n{shown}" if findings else ""


def test_pages_agree_with_the_snapshot(reader: Reader, world: World, page_views: int, page_seed: int) -> None:
    views = [*map(read_address, ALWAYS), *random_views(world, page_seed, page_views)]
    read = read_all(world, reader, views)
    assert not report(read), report(read)
    assert reader.errors == []
    assert sum(notes.compared for notes in read) > 50 * page_views


def test_an_invalid_address_gets_one_sentence(reader: Reader, world: World, page_views: int, page_seed: int) -> None:
    found = []
    for number, (address, _) in enumerate(invalid_addresses.random_addresses(world, page_seed, page_views // 4)):
        invalid_addresses.check(reader.read(address, reload=number % 2 == 0), notes := Notes(address[:200]))
        found.append(notes)
    for addresses, check in (
        (invalid_addresses.UNKNOWN_PATHS, invalid_addresses.check_unknown_path),
        (invalid_addresses.WITHOUT_RESULT, invalid_addresses.check_without_result),
    ):
        for address in addresses:
            check(reader.read(address), notes := Notes(address))
            found.append(notes)
    assert not report(found), report(found)


def test_a_reader_finds_planted_faults(reader: Reader, world: World) -> None:
    """The same page with a spoiled figure, sentence or link does not pass."""
    request = Request(OVERVIEW, View(period=world.period("party", "").code))
    screen = reader.read(request.address)
    honest = Notes("")
    common.check(world, request, screen, honest)
    overview.check(world, request, screen, honest)
    assert not report([honest])
    for says, wrong in SPOILED.items():
        notes = Notes(says)
        spoiled = spoil(screen, says, wrong)
        assert spoiled != screen, says
        common.check(world, request, spoiled, notes)
        overview.check(world, request, spoiled, notes)
        assert notes.findings, f"{says} → {wrong} passes"


def spoil(screen: Screen, says: str, wrong: str) -> Screen:
    """The page with the first match of a pattern in any of its texts replaced."""

    def spoiled(part: Any) -> Any:
        if isinstance(part, str):
            return re.sub(says, wrong, part, count=1)
        if isinstance(part, tuple):
            return tuple(map(spoiled, part))
        if isinstance(part, Mapping):
            return {name: spoiled(value) for name, value in part.items()}
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{each.name: spoiled(getattr(part, each.name)) for each in fields(part)})
        return part

    answer: Screen = spoiled(screen)
    return answer
