"""What every page has, as far as it can be said without a screen."""

from pathlib import Path

from dashboard import layout
from dashboard.layout import Page
from dashboard.queries.scope import EVERYTHING
from dashboard.snapshots import Snapshot

from .conftest import tiny_snapshot


def page_after_an_end(unit: str) -> Page:
    """The page of a unit in the third quarter, Kim Bảng having ended the day before it began."""
    changed = tiny_snapshot()
    changed.execute("delete from dim_units where unit_code = '13400' and parent_code = '350'")
    changed.execute("update dim_units set valid_to = '2024-07-01' where unit_code = '350'")
    snapshot = Snapshot("after-an-end", Path("none"), EVERYTHING, changed)
    return layout.page_of(snapshot, {"ky": "2024Q3", "don-vi": unit})


def test_a_unit_that_ended_is_still_shown_and_said_to_have_ended() -> None:
    page = page_after_an_end("350")
    assert (page.view.unit, page.unreadable, page.has_ended("350")) == ("350", (), True)
    assert page.owner() == "Huyện Kim Bảng (gồm cấp xã, đã kết thúc hoạt động 30/06/2024)"
    assert [unit.name for unit in page.way("350")] == ["Tỉnh Hà Nam", "Huyện Kim Bảng"]


def test_a_unit_that_is_there_is_named_with_what_it_counts() -> None:
    page = page_after_an_end("347")
    assert (page.place(), page.has_ended("347")) == ("Thành phố Phủ Lý (gồm cấp xã)", False)
    assert page.name("350") == "Huyện Kim Bảng (đã kết thúc hoạt động 30/06/2024)"
    assert page.name("999") == "999"


def test_a_unit_that_never_was_falls_back_and_is_named() -> None:
    page = page_after_an_end("999")
    assert (page.view.unit, page.unreadable) == ("", ("don-vi",))


def test_a_table_shows_whole_rows() -> None:
    assert layout.frame_height(2, 560) == layout.HEADER_HEIGHT + 2 * layout.ROW_HEIGHT
    assert layout.frame_height(500, 560) == layout.HEADER_HEIGHT + 17 * layout.ROW_HEIGHT
