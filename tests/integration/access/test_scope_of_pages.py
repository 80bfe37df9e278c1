"""What the pages draw and offer for download obeys the rights and the scope of the reader."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_plus

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.reader import EVERYBODY_HERE, Reader
from dashboard.access.visitor import Visitor
from dashboard.page import downloads
from dashboard.page.page import Page
from dashboard.page.request import page_of
from dashboard.page.snapshots import Snapshot
from dashboard.pages import ADDRESSES, NEEDS, visible_to
from dashboard.screens import (
    check_file,
    data_quality,
    feed_board,
    heads,
    method,
    overview,
    progress,
    provenance,
    units,
)
from dashboard.text import labels
from dashboard.uploads.cli_client import CliClient
from tests.integration.access.answers import Words, found_in
from tests.integration.access.query_cases import Aim
from tests.integration.access.worlds import World, foreign_words
from warehouse.access.roles import Grant, Role
from warehouse.publish import current
from warehouse.settings import Limits

Parameters = Mapping[str, str]
UNKNOWN = "KHONG-CO"
DRAWERS: Mapping[str, Callable[[Page, CliClient], None]] = {
    labels.OVERVIEW: lambda page, _: overview.show(page),
    labels.UNITS: lambda page, _: units.show(page),
    labels.HEADS: lambda page, _: heads.show(page),
    labels.PROGRESS: lambda page, _: progress.show(page),
    labels.METHOD: lambda page, _: method.show(page),
    labels.FEED_BOARD: feed_board.show,
    labels.CHECK_FILE: lambda page, cli: check_file.show(cli, page.shared()),
    labels.DATA_QUALITY: lambda page, _: data_quality.show(page),
    labels.PROVENANCE: provenance.show,
}
WITHOUT_SNAPSHOT = {labels.AUDIT}
"""Pages that draw nothing from the snapshot."""


def addresses_of(aim: Aim) -> dict[str, list[Parameters]]:
    """Addresses of every page: of the province, and of the unit and records of others."""
    ky, unit = {"ky": aim.period.code}, {"ky": aim.period.code, "don-vi": aim.unit}
    behind = {"chi-tieu": "on_time_rate", "phan": "mau"}
    return {
        labels.OVERVIEW: [ky, unit],
        labels.UNITS: [ky, unit, unit | behind, ky | {"nhom": "open_overdue"},
                       ky | {"chi-tieu": "dialogues_held", "phan": "tu"}, ky | behind | {"nguoi": aim.head}],
        labels.HEADS: [ky, ky | {"nguoi": aim.head}],
        labels.PROGRESS: [ky, unit],
        labels.METHOD: [ky],
        labels.FEED_BOARD: [ky],
        labels.CHECK_FILE: [ky],
        labels.DATA_QUALITY: [ky],
        labels.PROVENANCE: [ky],
    }  # fmt: skip


def deep_links_of(world: World, aim: Aim) -> list[tuple[str, str, str]]:
    """The page, the parameter and the code of a petition, a feed and a flag of others."""
    flag = min(world.codes(f"select flag_id from integrity_flags where unit_code = '{world.other}'"))
    return [
        (labels.UNITS, "kien-nghi", aim.petition),
        (labels.PROVENANCE, "ma", aim.petition),
        (labels.PROVENANCE, "ma", aim.feed),
        (labels.DATA_QUALITY, "dau-hieu", flag),
    ]


@dataclass(frozen=True)
class Drawn:
    """What a page draws: the values of its elements, and the tables that it offers for download."""

    elements: list[Any]
    tables: list[Any]

    @property
    def text(self) -> str:
        return " ".join(each for each in self.elements if isinstance(each, str))


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The tables that pages offer, collected as a click on each button writes them."""
    found: list[Any] = []

    def write(*parts: object) -> bytes:
        found.append(parts)
        return b""

    monkeypatch.setattr(downloads, "as_workbook", write)
    monkeypatch.setattr(downloads, "button", lambda name, file, made, label: found.append((name, file, made(), label)))
    return found


def drawn(world: World, reader: Reader, title: str, parameters: Parameters, tables: list[Any]) -> Drawn:
    """The page as the root of the dashboard draws it, without navigation."""

    def script(draw):  # type: ignore[no-untyped-def]
        draw()

    def draw() -> None:
        file = current(world.home)
        page = page_of(Snapshot(file.id, file.path, reader.scope, world.con, world.answers), parameters, title, reader)
        page = replace(page, visitor=Visitor(world.home, lambda: page.info.as_of))
        DRAWERS[title](page, CliClient(world.home, Limits(), os.environ, reader))

    tables.clear()
    app = AppTest.from_function(script, args=(draw,), default_timeout=60).run()
    assert not app.exception, (title, parameters)
    return Drawn([value_of(each) for each in elements(app.main)], list(tables))


def elements(block: Any) -> Iterator[Any]:
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from elements(each)
        else:
            yield each


def value_of(element: Any) -> Any:
    """The rows of a table, and all text of another element, with its addresses decoded."""
    if element.type == "dataframe":
        return element.value
    return unquote_plus(" ".join(strings(element.proto)))


def strings(message: Any) -> Iterator[str]:
    """The texts of a message to the browser and of its parts."""
    for _, value in message.ListFields():
        for each in [value] if isinstance(value, str) or not isinstance(value, Iterable) else value:
            if isinstance(each, str):
                yield each
            elif hasattr(each, "ListFields"):
                yield from strings(each)


def test_every_page_has_a_right_and_addresses_here(world: World) -> None:
    assert ADDRESSES.keys() == NEEDS.keys() == DRAWERS.keys() | WITHOUT_SNAPSHOT
    assert DRAWERS.keys() == addresses_of(world.aim(world.other)).keys()


def test_pages_show_a_steward_nothing_of_other_units(world: World, tables: list[Any]) -> None:
    reader, foreign = world.reader(Grant(Role.UNIT_STEWARD, world.own)), foreign_words(world)
    for title, views in addresses_of(world.aim(world.other)).items():
        for parameters in views:
            found = drawn(world, reader, title, parameters, tables)
            assert not found_in((found.elements, found.tables), foreign), (title, parameters)
    seen = drawn(world, EVERYBODY_HERE, labels.UNITS, {"kien-nghi": world.aim(world.other).petition}, tables)
    assert found_in(seen.elements, foreign), "the search finds what others see"


def test_a_deep_link_to_other_units_reads_like_an_unknown_one(world: World, tables: list[Any]) -> None:
    for reader in (world.reader(Grant(Role.UNIT_STEWARD, world.own)), world.reader(Grant(Role.VIEWER))):
        for title, parameter, code in deep_links_of(world, world.aim(world.other)):
            if title in visible_to(reader.rights):
                asked = (drawn(world, reader, title, {parameter: each}, tables).text for each in (code, UNKNOWN))
                there, nowhere = (text.replace(each, "") for text, each in zip(asked, (code, UNKNOWN), strict=True))
                assert there == nowhere, (title, code)
                assert "không có" in there


@pytest.mark.parametrize("world", ["district", "commune after the mergers"], indirect=True)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_pages_show_no_text_of_petitions_without_the_right(world: World, tables: list[Any], role: Role) -> None:
    """A viewer sees no petition, feed or finding either, and no link to the pages about them."""
    reader = world.reader(Grant(role))
    codes = foreign_words(world).codes if role is Role.VIEWER else frozenset()
    words = Words(world.codes("select distinct summary from fct_petitions"), codes)
    closed = [address for title, address in ADDRESSES.items() if title not in visible_to(reader.rights)]
    for title, views in addresses_of(world.aim(world.other)).items():
        if title in visible_to(reader.rights):
            for parameters in views:
                found = drawn(world, reader, title, parameters, tables)
                assert not found_in((found.elements, found.tables), words), (title, parameters)
                assert not [each for each in closed if f'href="{each}' in found.text], (title, parameters)
