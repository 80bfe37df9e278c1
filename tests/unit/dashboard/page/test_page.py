"""The parts that all pages share, without a browser."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from dashboard.access.reader import reader_of
from dashboard.model import Breadth
from dashboard.page import elements
from dashboard.page.answers import Answers
from dashboard.page.page import Page
from dashboard.page.request import page_of, selection_of
from dashboard.page.snapshots import Snapshot
from dashboard.pages import visible_to
from dashboard.queries import petitions
from dashboard.queries.scope import EVERYTHING, Scope
from dashboard.text import labels
from tests.unit.dashboard.conftest import on_time, tiny_snapshot
from warehouse.access.roles import RIGHTS, Grant, Person, Right, Role

KPIS = {"on_time_rate": on_time()}


def page_after_an_end(unit: str) -> Page:
    """The page of a unit in the third quarter; Kim Bảng ended on the day before the quarter."""
    changed = tiny_snapshot()
    changed.execute("delete from dim_units where unit_code = '13400' and parent_code = '350'")
    changed.execute("update dim_units set valid_to = '2024-07-01' where unit_code = '350'")
    snapshot = Snapshot("after-an-end", Path("none"), EVERYTHING, changed)
    return page_of(snapshot, {"ky": "2024Q3", "don-vi": unit})


def test_an_ended_unit_is_shown_as_ended() -> None:
    page = page_after_an_end("350")
    assert (page.view.unit, page.unreadable, page.has_ended("350")) == ("350", (), True)
    assert page.owner() == "Huyện Kim Bảng (gồm cấp xã, đã kết thúc hoạt động 30/06/2024)"
    assert [unit.name for unit in page.way("350")] == ["Tỉnh Hà Nam", "Huyện Kim Bảng"]


def test_a_unit_in_force_is_named_with_its_scope() -> None:
    page = page_after_an_end("347")
    assert (page.place(), page.has_ended("347")) == ("Thành phố Phủ Lý (gồm cấp xã)", False)
    assert page.name("350") == "Huyện Kim Bảng (đã kết thúc hoạt động 30/06/2024)"
    assert page.name("999") == "999"


def test_an_unknown_unit_is_replaced_and_named() -> None:
    page = page_after_an_end("999")
    assert (page.view.unit, page.unreadable) == ("", ("don-vi",))


def test_a_table_shows_whole_rows() -> None:
    assert elements.frame_height(2, 560) == elements.HEADER_HEIGHT + 2 * elements.ROW_HEIGHT
    assert elements.frame_height(500, 560) == elements.HEADER_HEIGHT + 17 * elements.ROW_HEIGHT


def page_with(**parameters: str) -> Page:
    """The page of the tiny snapshot, in which Phường Mới begins with the fourth quarter."""
    changed = tiny_snapshot()
    changed.execute(
        "insert into dim_units values ('13999', '', '', 'Phường Mới', 'commune', '347', '2024-10-01', null)"
    )
    snapshot = Snapshot(f"asked-{sorted(parameters.items())}", Path("none"), EVERYTHING, changed)
    title = parameters.pop("title", "")
    return page_of(snapshot, {name.replace("_", "-"): value for name, value in parameters.items()}, title)


def test_a_future_unit_is_shown_as_not_yet_in_force() -> None:
    page = page_with(ky="2024Q3", don_vi="13999")
    assert (page.view.unit, page.unreadable) == ("", ())
    assert page.warnings == (
        "Phường Mới chưa có trong Quý III/2024 (hoạt động từ 01/10/2024); trang đang hiển thị toàn tỉnh.",
    )
    assert page_with(ky="2024Q4", don_vi="13999").view.unit == "13999"
    assert page.name("13999") == "Phường Mới (hoạt động từ 01/10/2024)", "where it is named for what it took over"
    now = page_with(ky="2024Q3", don_vi="13999", title=labels.PROGRESS)
    assert (now.view.unit, now.warnings) == ("13999", ()), "a page without a period shows the units of today"


def test_a_meeting_day_is_neither_past_nor_too_far_ahead() -> None:
    past, far, today = (page_with(hop=day) for day in ("2020-01-01", "9999-12-31", "2024-10-05"))
    assert (past.view.meeting, far.view.meeting, today.view.meeting) == ("", "", "2024-10-05")
    assert past.warnings == (
        "Ngày họp 01/01/2020 trong địa chỉ đã qua (số liệu đến 05/10/2024); hãy chọn ngày họp từ 05/10/2024 trở đi.",
    )
    assert "quá xa" in far.warnings[0]
    assert today.warnings == ()


def test_a_unit_page_with_an_invalid_meeting_shows_the_units_of_the_period() -> None:
    page = page_with(ky="2024Q3", hop="2020-01-01", title=labels.UNITS)
    assert (page.view.meeting, page.day) == ("", date(2024, 9, 30))
    assert page.unit("13999") is None
    listed = page_with(ky="2024Q3", hop="2024-10-10", title=labels.UNITS)
    assert (listed.day, listed.unit("13999") is None) == (date(2024, 10, 5), False), "a list as of the day of the data"


def test_a_selected_field_is_named_in_the_scope_and_kpis_without_it_are_marked() -> None:
    page = replace(
        page_with(linh_vuc="land", don_vi="347"),
        kpis={"head_chaired_rate": replace(on_time(), is_by_field=False), **KPIS},
    )
    assert page.place() == "Thành phố Phủ Lý (gồm cấp xã), lĩnh vực «Đất đai»"
    assert replace(page, view=page.view.to(breadth=Breadth.UNIT)).owner().endswith("cấp huyện), lĩnh vực «Đất đai»")
    assert page.kpi("head_chaired_rate").name == "Tỷ lệ giải quyết đúng hạn (mọi lĩnh vực)"
    assert page.kpi("head_chaired_rate").short_name == "Đúng hạn (mọi lĩnh vực)"
    assert page.kpi("on_time_rate") == on_time()
    assert replace(page, view=page.view.to(field="ALL")).kpi("head_chaired_rate") == page.kpis["head_chaired_rate"]


def test_an_address_that_names_several_lists_shows_the_one_of_its_title() -> None:
    page = page_with(chi_tieu="on_time_rate", nhom="open_overdue", tuoi="qua-60", hop="2024-10-10")
    chosen = selection_of(page)
    assert (chosen.kpi, chosen.petition_class, chosen.bucket, chosen.due_before) == ("on_time_rate", "", "", None)
    by_class = selection_of(replace(page, view=page.view.to(kpi="")))
    assert (by_class.petition_class, by_class.bucket, by_class.due_before) == ("open_overdue", "", None)


def test_a_unit_that_ended_before_the_period_is_not_shown() -> None:
    page = page_after_an_end("350")
    assert page.ended_before_period("350")
    earlier = replace(page, view=page.view.to(period="2024Q2"))
    assert (earlier.ended_before_period("350"), earlier.has_ended("350")) == (False, False)


def test_the_pages_of_each_role() -> None:
    figures = {labels.OVERVIEW, labels.UNITS, labels.METHOD}
    reading = {*figures, labels.HEADS, labels.PROGRESS, labels.FEED_BOARD, labels.DATA_QUALITY, labels.PROVENANCE}
    assert {role: {*visible_to(rights)} for role, rights in RIGHTS.items()} == {
        Role.LEADER: reading,
        Role.REVIEWER: reading,
        Role.STEWARD: {*reading, labels.CHECK_FILE},
        Role.UNIT_STEWARD: {*reading, labels.CHECK_FILE},
        Role.VIEWER: figures,
        Role.ADMINISTRATOR: {labels.AUDIT},
    }


def test_rights_that_share_one_scope_come_together() -> None:
    """The scope has one set of units for records and feeds, and one for uploads and reasons."""
    for rights in RIGHTS.values():
        assert (Right.RECORDS in rights) == (Right.FEEDS in rights)
        assert (Right.UPLOAD in rights) == (Right.EXPLAIN in rights)


def page_of_steward(title: str, unit: str = "") -> Page:
    """A page for the steward of Kim Bảng, to which the commune Đi Lại moved."""
    con = tiny_snapshot()
    reader = reader_of(Person("a", "A", (Grant(Role.UNIT_STEWARD, "350"),)), con)
    return page_of(Snapshot("of-steward", Path("none"), reader.scope, con), {"don-vi": unit}, title, reader)


def test_the_page_of_open_petitions_begins_with_the_reader_s_unit() -> None:
    page = page_of_steward(labels.PROGRESS)
    assert (page.view.unit, page.unreadable) == ("350", ())
    assert [unit.code for unit in page.choosable] == ["350", "13400"]
    assert page_of_steward(labels.PROGRESS, "13400").view.unit == "13400"


def test_another_unit_reads_like_an_unknown_one_where_petitions_are_listed() -> None:
    for unit in ("347", "999"):
        page = page_of_steward(labels.PROGRESS, unit)
        assert (page.view.unit, page.unreadable) == ("350", ("don-vi",))


def test_figures_of_other_units_are_visible_and_their_records_are_not() -> None:
    page = page_of_steward(labels.UNITS, "347")
    assert (page.view.unit, page.sees_records_of("347"), page.sees_records_of("35")) == ("347", False, False)
    assert page.sees_records_of("13400")
    assert page.reader.works_for("350", Right.UPLOAD)
    assert not page.reader.works_for("347", Right.UPLOAD)
    assert not page.reader.works_for("350", Right.BUILD)


def test_readers_of_different_scope_share_no_answer() -> None:
    con, answers = tiny_snapshot(), Answers()
    scopes = (EVERYTHING, Scope(records=("350",), text=("350",)), Scope(text=()), EVERYTHING)
    seen = [Snapshot("shared", Path("none"), each, con, answers).ask(petitions.petition, "p1") for each in scopes]
    assert [each and each["summary"] for each in seen] == ["Nội dung p1", None, None, "Nội dung p1"]
    assert (seen[1], seen[2] is None) == (None, False)
