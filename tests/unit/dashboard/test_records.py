"""Plans, trainings, decisions, practices and nil returns on the tiny snapshot, and the sentences about them."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.queries import records
from dashboard.queries.records import NilReturn
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from dashboard.text import records as texts

from .conftest import figure, quarter

THIRD, SECOND = quarter(3), quarter(2)
PHU_LY = ("347", "13285")
END = date(2024, 9, 30)


def listed(found: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of these columns, what is missing as None."""
    plain = found.astype(object).where(found.notna(), None)
    return [tuple(row) for row in plain[list(columns)].itertuples(index=False)]


def test_a_plan_stands_beside_what_was_held_by_the_day_furthest_behind_first(con: Connection) -> None:
    found = records.plans(con, EVERYTHING, PHU_LY, END)
    assert listed(found, "unit_name", "planned", "held", "programme_no", "row_number") == [
        ("Phường Quang Trung", 3, 2, "05-CTr/ĐU", 2),
        ("Thành phố Phủ Lý", 1, 0, None, 3),
    ]
    assert listed(found, "total", "all_planned", "all_held")[0] == (2, 4, 2)
    in_august = records.plans(con, EVERYTHING, ("13285",), date(2024, 8, 1))
    assert listed(in_august, "planned", "held") == [(3, 1)]
    assert listed(records.plans(con, EVERYTHING, ("13285",), date(2023, 12, 31)), "planned", "held") == [(9, 0)]


def test_trainings_of_the_period_with_their_sum(con: Connection) -> None:
    found = records.trainings(con, EVERYTHING, THIRD, PHU_LY)
    assert listed(found, "held_on", "unit_name", "topic", "participants") == [
        (pd.Timestamp(2024, 9, 30), "Thành phố Phủ Lý", "Theo dõi kiến nghị", None),
        (pd.Timestamp(2024, 7, 1), "Phường Quang Trung", "Kỹ năng đối thoại", 30),
    ]
    assert listed(found, "total", "all_participants")[0] == (2, 30)
    assert listed(records.trainings(con, EVERYTHING, SECOND, PHU_LY), "topic") == [("Kỳ trước",)]


def test_decisions_about_a_unit_are_those_about_its_heads_too(con: Connection) -> None:
    found = records.decisions(con, EVERYTHING, THIRD, PHU_LY)
    assert listed(found, "decision_no", "kind", "unit_name", "full_name", "form", "reason") == [
        ("2/QĐ", "reminder", "Phường Quang Trung", "Bình", "Phê bình", None),
        ("1/QĐ", "reward", "Phường Quang Trung", None, "Giấy khen", "Đúng hạn"),
    ]
    assert listed(found, "total", "rewards", "disciplines", "reminders")[0] == (2, 1, 0, 1)
    assert listed(records.decisions(con, EVERYTHING, SECOND, ("13285",)), "decision_no") == [("3/QĐ",)]
    assert records.decisions(con, EVERYTHING, THIRD, ("350",)).empty


def test_decisions_about_a_head_by_the_end_of_the_period(con: Connection) -> None:
    assert listed(records.decisions_about(con, EVERYTHING, "B", END), "decision_no") == [("2/QĐ",)]
    later = records.decisions_about(con, EVERYTHING, "B", date(2024, 10, 5))
    assert listed(later, "decision_no", "rewards", "reminders") == [("4/QĐ", 1, 1), ("2/QĐ", 1, 1)]


def test_practices_spread_by_the_day(con: Connection) -> None:
    assert listed(records.practices(con, EVERYTHING, PHU_LY, END), "title", "total") == [("Sổ theo dõi", 1)]
    later = records.practices(con, EVERYTHING, PHU_LY, date(2024, 10, 2))
    assert listed(later, "title", "summary") == [("Đối thoại lưu động", None), ("Sổ theo dõi", "Ghi từng việc")]


def test_nil_returns_of_the_periods_touched(con: Connection) -> None:
    assert records.nil_returns(con, EVERYTHING, SECOND, PHU_LY) == (NilReturn("Thành phố Phủ Lý", "Quý II/2024"),)
    assert records.nil_returns(con, EVERYTHING, THIRD, PHU_LY) == ()


def test_a_scope_cuts_every_record(con: Connection) -> None:
    elsewhere = Scope(units=("350",))
    assert records.plans(con, elsewhere, PHU_LY, END).empty
    assert records.trainings(con, elsewhere, THIRD, PHU_LY).empty
    assert records.decisions(con, elsewhere, THIRD, PHU_LY).empty
    assert records.decisions_about(con, elsewhere, "B", END).empty
    assert records.practices(con, elsewhere, PHU_LY, END).empty
    assert records.nil_returns(con, elsewhere, SECOND, PHU_LY) == ()


def test_a_list_that_is_cut_says_so(con: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LIMIT", 1)
    found = records.plans(con, EVERYTHING, PHU_LY, END)
    assert listed(found, "total", "all_planned") == [(2, 4)]
    assert texts.only_newest(len(found), 2) == " (hiển thị 1 dòng mới nhất)"
    assert texts.only_newest(2, 2) == ""


def test_the_sentences() -> None:
    assert texts.plans_title(4, 2, END) == (
        "Kế hoạch năm 2024: 4 hội nghị; đến 30/9/2024 các đơn vị có kế hoạch đã tổ chức 2"
    )
    assert texts.decisions_counted(2, 0, 1) == "2 khen thưởng, 1 nhắc nhở"
    assert texts.trainings_title(2, 0, THIRD) == "2 lớp tập huấn trong Quý III/2024"
    assert texts.supervision(figure(5, 8)) == "Mặt trận Tổ quốc đã giám sát 5/8 kết luận của các hội nghị trong kỳ."
    assert texts.supervision(figure(0, 0)).startswith("Chưa hội nghị nào")
    assert texts.nil_returns([("Huyện Kim Bảng", "Quý III/2024"), ("Huyện Lý Nhân", "Quý II/2024")]) == (
        "Báo cáo không phát sinh: Huyện Kim Bảng (Quý III/2024); Huyện Lý Nhân (Quý II/2024)."
    )
