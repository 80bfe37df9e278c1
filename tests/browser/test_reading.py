"""Random views of the dashboard are read as a reader would, and held against SQL on the snapshot.

`--page-views 200 --page-seed 7` reads more of them, and others.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from warehouse.home import Home
from warehouse.publish import current

from .conftest import DESKTOP
from .reading.notes import Finding
from .reading.reader import Reader
from .reading.reading import read_all
from .reading.views import random_views
from .reading.world import World

pytestmark = pytest.mark.browser

MOST_TOLD = 40
NOT_YET = re.compile(r"field of the list")
"""Where pages do not yet say what holds."""


@pytest.fixture(scope="module")
def reader(chromium: Browser, dashboard: str) -> Iterator[Reader]:
    """One page of the browser, which goes from view to view."""
    page = chromium.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="vi-VN")
    yield Reader(page, dashboard)
    page.close()


def told(findings: list[Finding]) -> str:
    """The findings one below the other: the address, what the page says, what SQL says."""
    shown = "\n".join(map(str, findings[:MOST_TOLD]))
    return f"{len(findings)} findings\n{shown}"


def test_what_pages_say_is_what_the_snapshot_says(
    reader: Reader, sample_home: Home, page_views: int, page_seed: int
) -> None:
    world = World(current(sample_home).path)
    read = read_all(world, reader, random_views(world, page_seed, page_views))
    findings = [finding for notes in read for finding in notes.findings if not NOT_YET.search(finding.where)]
    assert not findings, told(findings)
    assert reader.errors == []
    assert sum(notes.compared for notes in read) > 50 * page_views
