"""Random views of the dashboard are read as a reader would, and held against SQL on the snapshot.

`--page-views 200 --page-seed 7` reads more of them, and others.
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

from .conftest import DESKTOP, turned
from .reading import everywhere, odd, overview
from .reading.drawn import Drawn
from .reading.notes import Notes
from .reading.reader import Reader
from .reading.reading import read_all
from .reading.views import OVERVIEW, Asked, random_views
from .reading.views import asked as read_address
from .reading.world import World

pytestmark = pytest.mark.browser

MOST_TOLD = 40
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
"""Patterns in the texts of the overview, and what stands there instead."""


@pytest.fixture(
    scope="module",
    params=[("sample_home", "dashboard"), ("merger_home", "merger_dashboard")],
    ids=["ha-nam", "mergers"],
)
def served_home(request: pytest.FixtureRequest) -> tuple[Home, str]:
    """Each of the sample worlds, and the address of the dashboard that serves it."""
    home, dashboard = request.param
    return request.getfixturevalue(home), request.getfixturevalue(dashboard)


@pytest.fixture(scope="module")
def reader(window: Page, served_home: tuple[Home, str]) -> Reader:
    """The window, which goes from view to view."""
    _, root = served_home
    return Reader(turned(window, root, DESKTOP), root)


@pytest.fixture(scope="module")
def world(served_home: tuple[Home, str]) -> World:
    """What the pages ought to show."""
    home, _ = served_home
    return World(current(home).path)


def told(found: list[Notes]) -> str:
    """The findings one below the other: the address, what the page says, what SQL says."""
    findings = [finding for notes in found for finding in notes.findings]
    shown = "\n".join(map(str, findings[:MOST_TOLD]))
    return f"{len(findings)} findings\n{shown}" if findings else ""


def test_what_pages_say_is_what_the_snapshot_says(
    reader: Reader, world: World, page_views: int, page_seed: int
) -> None:
    views = [*map(read_address, ALWAYS), *random_views(world, page_seed, page_views)]
    read = read_all(world, reader, views)
    assert not told(read), told(read)
    assert reader.errors == []
    assert sum(notes.compared for notes in read) > 50 * page_views


def test_an_odd_address_is_answered_in_one_sentence(
    reader: Reader, world: World, page_views: int, page_seed: int
) -> None:
    found = []
    for number, (address, _) in enumerate(odd.odd_addresses(world, page_seed, page_views // 4)):
        odd.hold(reader.read(address, afresh=number % 2 == 0), notes := Notes(address[:200]))
        found.append(notes)
    for addresses, hold in ((odd.LOST, odd.hold_lost), (odd.VAIN, odd.hold_vain)):
        for address in addresses:
            hold(reader.read(address), notes := Notes(address))
            found.append(notes)
    assert not told(found), told(found)


def test_a_reader_finds_what_is_wrong(reader: Reader, world: World) -> None:
    """The same page with one of its figures, sentences or links spoiled does not pass."""
    asked = Asked(OVERVIEW, View(period=world.period("party", "").code))
    drawn = reader.read(asked.address)
    honest = Notes("")
    everywhere.hold(world, asked, drawn, honest)
    overview.hold(world, asked, drawn, honest)
    assert not told([honest])
    for says, lies in SPOILED.items():
        notes = Notes(says)
        spoiled = spoil(drawn, says, lies)
        assert spoiled != drawn, says
        everywhere.hold(world, asked, spoiled, notes)
        overview.hold(world, asked, spoiled, notes)
        assert notes.findings, f"{says} → {lies} passes"


def spoil(drawn: Drawn, says: str, lies: str) -> Drawn:
    """The page with the first match of a pattern in any of its texts replaced."""

    def spoiled(part: Any) -> Any:
        if isinstance(part, str):
            return re.sub(says, lies, part, count=1)
        if isinstance(part, tuple):
            return tuple(map(spoiled, part))
        if isinstance(part, Mapping):
            return {name: spoiled(value) for name, value in part.items()}
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{each.name: spoiled(getattr(part, each.name)) for each in fields(part)})
        return part

    answer: Drawn = spoiled(drawn)
    return answer
