"""Plans, trainings, decisions, practices and nil returns on the tiny snapshot, and the sentences about them."""

from datetime import date
from typing import Any

import pandas as pd

from dashboard.model import UnitSet
from dashboard.queries import records
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from dashboard.text import records as texts
from tests.unit.dashboard.conftest import figure, quarter, tiny_snapshot

THIRD, SECOND = quarter(3), quarter(2)
PHU_LY, QUANG_TRUNG = UnitSet("347"), UnitSet("13285", is_alone=True)
END = date(2024, 9, 30)


def listed(found: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of these columns; missing values are None."""
    plain = found.astype(object).where(found.notna(), None)
    return [tuple(row) for row in plain[list(columns)].itertuples(index=False)]


def test_plans_are_compared_with_dialogues_held_by_the_cutoff_furthest_behind_first(con: Connection) -> None:
    found = records.plans(con, EVERYTHING, THIRD, PHU_LY)
    assert listed(found, "unit_name", "planned", "held", "programme_no", "row_number") == [
        ("Phường Quang Trung", 3, 2, "05-CTr/ĐU", 2),
        ("Thành phố Phủ Lý", 1, 0, None, 3),
    ]
    assert listed(records.plans(con, EVERYTHING, SECOND, QUANG_TRUNG), "planned", "held") == [(3, 0)]


def test_trainings_of_the_period_newest_first(con: Connection) -> None:
    found = records.trainings(con, EVERYTHING, THIRD, PHU_LY)
    assert listed(found, "day", "unit_name", "topic", "participants") == [
        (pd.Timestamp(2024, 9, 30), "Thành phố Phủ Lý", "Theo dõi kiến nghị", None),
        (pd.Timestamp(2024, 7, 1), "Phường Quang Trung", "Kỹ năng đối thoại", 30),
    ]
    assert listed(records.trainings(con, EVERYTHING, SECOND, PHU_LY), "topic") == [("Kỳ trước",)]


def test_decisions_about_a_unit_include_those_about_its_heads(con: Connection) -> None:
    found = records.decisions(con, EVERYTHING, THIRD, PHU_LY)
    assert listed(found, "decision_no", "kind", "unit_name", "full_name", "form", "reason") == [
        ("2/QĐ", "reminder", "Phường Quang Trung", "Bình", "Phê bình", None),
        ("1/QĐ", "reward", "Phường Quang Trung", None, "Giấy khen", "Đúng hạn"),
    ]
    assert listed(records.decisions(con, EVERYTHING, SECOND, QUANG_TRUNG), "decision_no") == [("3/QĐ",)]
    assert records.decisions(con, EVERYTHING, THIRD, UnitSet("350")).empty


def test_decisions_about_a_head_are_ordered_by_day(con: Connection) -> None:
    assert listed(records.decisions_about(con, EVERYTHING, "B", END), "decision_no") == [("2/QĐ",)]
    later = records.decisions_about(con, EVERYTHING, "B", date(2024, 10, 5))
    assert listed(later, "decision_no", "kind") == [("4/QĐ", "reward"), ("2/QĐ", "reminder")]


def test_practices_shared_in_the_period(con: Connection) -> None:
    assert records.practices(con, EVERYTHING, THIRD, PHU_LY).empty
    later = records.practices(con, EVERYTHING, quarter(4), PHU_LY)
    assert listed(later, "title", "summary", "unit_name") == [("Đối thoại lưu động", None, "Thành phố Phủ Lý")]


def test_records_of_a_moved_unit_are_limited_to_its_days_in_the_subtree() -> None:
    changed = tiny_snapshot()
    changed.execute(
        "insert into fct_trainings (training_code, unit_code, held_on, topic, file_name, sheet, row_number) values "
        "('t4', '13400', '2024-08-01', 'Trước khi chuyển', 'f', 's', 1), "
        "('t5', '13400', '2024-09-01', 'Sau', 'f', 's', 2)"
    )
    changed.execute("insert into fct_plans values ('13400', 2024, 2, null, 'x', 'f', 's', 3)")
    changed.execute("update dim_units set valid_to = '2024-09-16' where unit_code = '13400' and parent_code = '350'")
    assert "Trước khi chuyển" in list(records.trainings(changed, EVERYTHING, THIRD, PHU_LY)["topic"])
    assert list(records.trainings(changed, EVERYTHING, THIRD, UnitSet("350"))["topic"]) == ["Sau"]
    plans = records.plans(changed, EVERYTHING, THIRD, UnitSet("350"))
    assert listed(plans, "unit_name", "planned") == [("Xã Đi Lại", 2)], "a unit that has ended keeps plan and name"
    assert len(records.trainings(changed, EVERYTHING, THIRD, UnitSet())) == 4


def test_nil_returns_of_the_period(con: Connection) -> None:
    returns = records.nil_returns(con, EVERYTHING, SECOND, PHU_LY)
    assert listed(returns, "unit_name", "label") == [("Thành phố Phủ Lý", "Quý II/2024")]
    assert records.nil_returns(con, EVERYTHING, THIRD, PHU_LY).empty
    assert listed(records.nil_returns(con, EVERYTHING, SECOND, QUANG_TRUNG, above="347"), "label") == [("Quý II/2024",)]


def test_a_scope_limits_every_record(con: Connection) -> None:
    elsewhere = Scope(("350",), ("350",))
    assert records.plans(con, elsewhere, THIRD, PHU_LY).empty
    assert records.trainings(con, elsewhere, THIRD, PHU_LY).empty
    assert records.decisions(con, elsewhere, THIRD, PHU_LY).empty
    assert records.decisions_about(con, elsewhere, "B", END).empty
    assert records.practices(con, elsewhere, quarter(4), PHU_LY).empty
    assert records.nil_returns(con, elsewhere, SECOND, PHU_LY).empty


def test_the_sentences() -> None:
    assert texts.plan_title(2024, 4, 2, 2) == "Kế hoạch năm 2024 của 2 đơn vị: 4 hội nghị, đã tổ chức 2"
    kinds = ["reward", "reminder", "reward"]
    assert texts.decisions_title(kinds, THIRD) == "Quyết định trong Quý III/2024: 2 khen thưởng, 1 nhắc nhở"
    assert texts.trainings_title(2, 0, THIRD) == "Tập huấn trong Quý III/2024: 2 lớp"
    assert texts.supervised(figure(5, 8), THIRD) == "MTTQ giám sát: 5/8 kết luận của các hội nghị trong Quý III/2024."
    assert texts.nil_returns([("Huyện Kim Bảng", "Quý III/2024"), ("Huyện Kim Bảng", "Quý II/2024")]) == (
        "Báo cáo «Không phát sinh»: Huyện Kim Bảng (Quý III/2024, Quý II/2024)."
    )
