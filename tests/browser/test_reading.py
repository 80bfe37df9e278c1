"""Random views of the dashboard are read as a reader would, and held against SQL on the snapshot.

`--page-views 200 --page-seed 7` reads more of them, and others.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from warehouse.home import Home
from warehouse.publish import current

from .conftest import DESKTOP, served
from .reading.notes import Notes
from .reading.reader import Reader
from .reading.reading import read_all
from .reading.views import random_views
from .reading.world import World

pytestmark = pytest.mark.browser

MOST_TOLD = 40


@pytest.fixture(scope="module", params=["sample_home", "merger_home"], ids=["ha-nam", "mergers"])
def home(request: pytest.FixtureRequest) -> Home:
    """Each of the sample worlds."""
    answer: Home = request.getfixturevalue(request.param)
    return answer


@pytest.fixture(scope="module")
def reader(chromium: Browser, home: Home) -> Iterator[Reader]:
    """One page of the browser, which goes from view to view of a dashboard that serves the world."""
    for root in served(home.root):
        page = chromium.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="vi-VN")
        yield Reader(page, root)
        page.close()


@pytest.fixture(scope="module")
def world(home: Home) -> World:
    """What the pages ought to show."""
    return World(current(home).path)


def told(found: list[Notes]) -> str:
    """The findings one below the other: the address, what the page says, what SQL says."""
    findings = [finding for notes in found for finding in notes.findings]
    shown = "\n".join(map(str, findings[:MOST_TOLD]))
    return f"{len(findings)} findings\n{shown}" if findings else ""


def test_what_pages_say_is_what_the_snapshot_says(
    reader: Reader, world: World, page_views: int, page_seed: int
) -> None:
    read = read_all(world, reader, random_views(world, page_seed, page_views))
    assert not told(read), told(read)
    assert reader.errors == []
    assert sum(notes.compared for notes in read) > 50 * page_views
