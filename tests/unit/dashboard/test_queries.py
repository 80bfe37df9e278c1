"""Queries on the tiny snapshot; the petitions are those of the worked example of the KPI definitions."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard.model import Coverage, Flow, KeptBack, KnownUnit, MemberSpell, RankedLevel, Subject, Unit
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petitions import Selection
from dashboard.queries.scope import EVERYTHING, Connection, Scope

from .conftest import quarter, tiny_snapshot

QUANG_TRUNG = "13285"
THIRD = quarter(3)


def listed(con: Connection, selection: Selection, scope: Scope = EVERYTHING) -> set[str]:
    found = petitions.petition_list(con, scope, selection)
    assert petitions.petition_count(con, scope, selection) == len(found)
    return set(found["petition_code"])


@pytest.mark.parametrize(
    ("kpi", "part", "codes"),
    [
        ("on_time_rate", "tu", {"p1", "p5"}),
        ("on_time_rate", "mau", {"p1", "p2", "p3", "p5"}),
        ("resolution_rate", "tu", {"p1", "p2", "p5"}),
        ("resolution_rate", "mau", {"p1", "p2", "p3", "p4", "p5"}),
        ("resolved_share", "tu", {"p1", "p2"}),
        ("overdue_open", "tu", {"p3"}),
        ("overdue_rate", "mau", {"p3", "p4"}),
        ("median_days_to_settle", "mau", {"p2", "p3", "p4", "p5"}),
    ],
)
def test_the_petitions_behind_a_figure_are_those_of_the_worked_example(
    con: Connection, kpi: str, part: str, codes: set[str]
) -> None:
    assert listed(con, Selection(unit=QUANG_TRUNG, period=THIRD, kpi=kpi, part=part)) == codes


@pytest.mark.parametrize(
    ("head", "kpi", "part", "codes"),
    [
        ("A|13285|government", "on_time_rate", "mau", {"p1", "p2"}),
        ("B|13285|government", "on_time_rate", "mau", {"p3", "p5"}),
        ("A|13285|government", "resolution_rate", "tu", {"p1"}),
        ("B|13285|government", "resolution_rate", "tu", {"p2", "p5"}),
        ("B|13285|government", "overdue_open", "tu", {"p3"}),
        ("A|13285|government", "overdue_open", "tu", set()),
    ],
)
def test_a_petition_is_the_head_s_who_held_the_post_on_its_day(
    con: Connection, head: str, kpi: str, part: str, codes: set[str]
) -> None:
    assert listed(con, Selection(head=head, period=THIRD, kpi=kpi, part=part)) == codes


def test_a_unit_that_moved_counts_where_it_lay_on_the_day(con: Connection) -> None:
    chosen = {"period": THIRD, "kpi": "on_time_rate", "part": "mau", "field": "land"}
    assert listed(con, Selection(unit="347", **chosen)) == {"p1", "p2", "m1"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="350", **chosen)) == {"m2"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="35", **chosen)) == {"p1", "p2", "m1", "m2"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="347", is_alone=True, **chosen)) == set()  # type: ignore[arg-type]


def test_members_with_their_days(con: Connection) -> None:
    moved = date(2024, 8, 15)
    assert catalogue.members_of(con, "347") == [
        MemberSpell("13285", None, None),
        MemberSpell("13400", None, moved),
        MemberSpell("347", None, None),
    ]
    assert catalogue.members_of(con, "350") == [MemberSpell("13400", moved, None), MemberSpell("350", None, None)]


def test_classes_and_ages_as_of_the_snapshot(con: Connection) -> None:
    assert petitions.class_counts(con, EVERYTHING, Selection(unit=QUANG_TRUNG)) == {
        "settled_on_time": 2, "settled_late": 1, "open_overdue": 1, "open_in_term": 1, "left_scope": 1,
    }  # fmt: skip
    ages = {bucket.code: bucket.petitions for bucket in petitions.aging(con, EVERYTHING, Selection())}
    assert {code: count for code, count in ages.items() if count} == {"con-30": 1, "qua-60": 1}
    assert listed(con, Selection(bucket="qua-60")) == {"p3"}


def test_how_long_the_oldest_is_overdue_follows_the_moment_for_which_it_is_counted(con: Connection) -> None:
    late_in_period = Selection(period=THIRD, kpi="overdue_open", part="tu")
    (then,) = petitions.count_by_unit(con, EVERYTHING, late_in_period)
    assert (then.unit_code, then.count, int(then.longest_days or 0)) == (QUANG_TRUNG, 1, 40), "21 August–30 September"
    (now,) = petitions.count_by_unit(con, EVERYTHING, Selection(petition_class="open_overdue"))
    assert int(now.longest_days or 0) == 44, "to 5 October, the day of the data"


def test_what_falls_due_before_a_meeting(con: Connection) -> None:
    assert listed(con, Selection(due_before=date(2024, 10, 30))) == set()
    assert listed(con, Selection(due_before=date(2024, 10, 31))) == {"p4"}


def test_a_petition_down_to_file_sheet_and_row(con: Connection) -> None:
    found = petitions.petition(con, EVERYTHING, "p2")
    assert found is not None
    assert (found["file_name"], found["sheet"], found["row_number"], found["feed_version"]) == (
        "f.xlsx", "Kiến nghị", 3, 2,
    )  # fmt: skip
    assert found["feed_received_at"] == datetime(2024, 10, 2), "of this version, not of the first of its period"
    assert (found["summary"], found["responsible_name"], found["field_name"]) == (
        "Nội dung p2", "Phường Quang Trung", "Đất đai",
    )  # fmt: skip
    notes = petitions.findings_of_row(con, EVERYTHING, found["feed_id"], found["sheet"], found["row_number"])
    assert list(notes["cell"]) == ["Kiến nghị!D3"]
    assert petitions.petition(con, EVERYTHING, "p99") is None


def test_a_petition_shown_from_an_older_feed_says_which_newer_row_was_kept_back(con: Connection) -> None:
    assert petitions.kept_back(con, EVERYTHING, "p1") is None, "its newest row landed"
    changed = tiny_snapshot()
    changed.execute("update fct_petitions set feed_id = '347-2024Q2-v1' where petition_code = 'p3'")
    changed.execute(
        "update received_rows set row_key = 'p3' where row_status = 'quarantined' and feed_id = '347-2024Q3-v2'"
    )
    expected = KeptBack("347-2024Q3-v2", "Kiến nghị!M9", "Ô «Ngày giải quyết xong» để trống.", "2024Q2")
    assert petitions.kept_back(changed, EVERYTHING, "p3") == expected
    assert petitions.kept_back(changed, Scope(units=("350",)), "p3") is None
    changed.execute("update fct_feeds set is_current = false where feed_id = '347-2024Q3-v2'")
    assert petitions.kept_back(changed, EVERYTHING, "p3") is None, "a feed that another replaced says nothing"


def test_a_scope_cuts_every_answer(con: Connection) -> None:
    elsewhere = Scope(units=("350",), may_read_text=False)
    assert listed(con, Selection(), elsewhere) == set()
    assert petitions.petition(con, elsewhere, "p2") is None
    assert petitions.findings_of_row(con, elsewhere, "347-2024Q3-v2", "Kiến nghị", 3).empty
    assert petitions.class_counts(con, elsewhere, Selection()) == {}
    assert figures.figures(con, elsewhere, THIRD, Subject("unit", QUANG_TRUNG)) == {}
    assert figures.figures(con, elsewhere, THIRD, Subject("head", "B|13285|government")) == {}
    assert figures.figures(con, elsewhere, THIRD, Subject("province", "35"))["on_time_rate"].numerator == 2
    assert figures.flows(con, elsewhere, (THIRD,), ("13285", "347")) == ()
    assert heads.tenures_of(con, elsewhere, "A|13285|government") == ()
    assert heads.heads_in(con, elsewhere, THIRD, (QUANG_TRUNG,)).empty
    assert heads.dialogues(con, elsewhere, THIRD, (QUANG_TRUNG,)).empty
    assert [unit.code for unit in catalogue.units_on(con, elsewhere, THIRD.end)] == ["350"]


def test_text_is_withheld_where_it_may_not_be_read(con: Connection) -> None:
    silent = Scope(may_read_text=False)
    found = petitions.petition(con, silent, "p2")
    assert found is not None
    assert found["summary"] is None
    assert petitions.petition_list(con, silent, Selection())["summary"].isna().all()


def test_figures_by_field_where_there_is_one(con: Connection) -> None:
    subject = Subject("unit", QUANG_TRUNG)
    whole = figures.figures(con, EVERYTHING, THIRD, subject)
    assert (whole["on_time_rate"].numerator, whole["on_time_rate"].denominator) == (2, 4)
    land = figures.figures(con, EVERYTHING, THIRD, subject, "land")
    assert (land["on_time_rate"].numerator, land["on_time_rate"].denominator) == (1, 2)
    assert land["head_chaired_rate"].numerator == 2
    assert "dialogues_held" not in land


def test_trend_runs_from_the_oldest_period_to_the_one_in_view(con: Connection) -> None:
    run = figures.run_until(THIRD, catalogue.periods(con), 8)
    assert [period.code for period in run] == ["2024Q2", "2024Q3"]
    points = figures.trend(con, EVERYTHING, run, Subject("unit", QUANG_TRUNG), kpi_code="on_time_rate")
    assert [point.figure.value for point in points] == [1.0, 0.5]


def test_a_trend_keeps_a_place_for_a_period_of_which_nothing_was_published(con: Connection) -> None:
    run = (quarter(2), THIRD, quarter(4))
    points = figures.trend(con, EVERYTHING, run, Subject("unit", QUANG_TRUNG), kpi_code="on_time_rate")
    assert [(point.period, point.figure.value) for point in points] == [
        (run[0], 1.0), (run[1], 0.5), (run[2], None),
    ]  # fmt: skip


def test_a_trend_of_the_province_goes_on_under_its_new_code() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_units set valid_to = '2024-07-01' where unit_code = '35'")
    changed.execute(
        "insert into dim_units (unit_code, display_name, level, valid_from) "
        "values ('37', 'Tỉnh Ninh Bình', 'province', '2024-07-01')"
    )
    changed.execute(
        "insert into kpi_values by name select calendar, period_type, subject_type, field_code, "
        "kpi_code, date '2024-04-01' as period_start, subject_id, 0.75 as value from kpi_values "
        "where subject_type = 'province' and kpi_code = 'on_time_rate'"
    )
    changed.execute(
        "update kpi_values set subject_id = '37' where subject_type = 'province' and period_start = '2024-07-01'"
    )
    run, now = (quarter(2), THIRD), Subject("province", "37")
    points = figures.trend(changed, EVERYTHING, run, now, kpi_code="on_time_rate")
    assert [(point.figure.subject_id, point.figure.value) for point in points] == [("35", 0.75), ("37", 0.5)]
    assert figures.names(changed, EVERYTHING, run, now) == ("Tỉnh Hà Nam", "Tỉnh Ninh Bình")
    assert figures.names(changed, EVERYTHING, run, Subject("subtree", "999")) == ("", "")


def test_levels_are_counted_with_all_their_units_in_force() -> None:
    changed = tiny_snapshot()
    assert figures.ranked_levels(changed, EVERYTHING, THIRD, kpi_code="on_time_rate") == {}
    for code, rank in (("13285", 1), ("13400", 2)):
        changed.execute(
            "insert into kpi_values (calendar, period_type, period_start, subject_type, field_code, kpi_code, "
            "subject_id, rank) "
            f"values ('party', 'quarter', '2024-07-01', 'subtree', 'ALL', 'on_time_rate', '{code}', {rank})"
        )
    changed.execute(
        "insert into dim_units (unit_code, display_name, level, valid_from) "
        "values ('13500', 'Xã Ba', 'commune', '2024-07-01'), ('13600', 'Xã Bốn', 'commune', '2024-10-01')"
    )
    assert figures.ranked_levels(changed, EVERYTHING, THIRD, kpi_code="on_time_rate") == {
        "commune": RankedLevel(units=3, ranked=2, last_rank=2, share_last=1)
    }


def test_stock_and_flow_of_several_units_is_their_sum(con: Connection) -> None:
    assert figures.flows(con, EVERYTHING, (THIRD,), ("13285", "347")) == (Flow(THIRD, 3, 6, 3, 1, 5),)


def test_coverage_counts_what_is_due_or_here(con: Connection) -> None:
    third = catalogue.coverage(con, EVERYTHING, THIRD)
    assert (third.due, third.received, third.missing) == (1, 1, ())
    assert third.open_until is not None
    assert catalogue.coverage(con, EVERYTHING, quarter(2)) == Coverage(2, 1, ("Huyện Kim Bảng",), None)


def test_coverage_is_read_as_it_was_published() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_periods set feeds_expected = 14, feeds_received = 11 where period_code = '2024Q2'")
    assert catalogue.coverage(changed, EVERYTHING, quarter(2)) == Coverage(14, 11, ("Huyện Kim Bảng",), None)


def test_a_running_year_names_the_periods_of_which_nothing_is_due_yet(con: Connection) -> None:
    year = replace(quarter(4), period_type="year", start=date(2024, 1, 1), code="2024", label="Năm 2024")
    assert catalogue.coverage(con, EVERYTHING, year).ahead == ("2024Q4",)
    assert catalogue.coverage(con, EVERYTHING, quarter(4)).ahead == (), "the period itself is named anyway"
    third = quarter(3, calendar="state")
    third = replace(third, start=date(2024, 6, 15), end=date(2024, 9, 14), cutoff=datetime(2024, 9, 14, 23, 59))
    assert catalogue.coverage(con, EVERYTHING, third).ahead == (), "the party quarter goes on, but feeds of it came"


def test_a_unit_that_ended_keeps_its_last_name() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_units set valid_to = '2024-10-01' where unit_code = '350'")
    known = catalogue.known_units(changed, EVERYTHING)
    assert known["350"] == KnownUnit(Unit("350", "Huyện Kim Bảng", "district", "35"), date(2024, 9, 30))
    assert known["13400"] == KnownUnit(Unit("13400", "Xã Đi Lại", "commune", "350"), None)
    assert set(catalogue.known_units(changed, Scope(units=("347",)))) == {"347"}


def test_heads_of_a_period_with_their_own_figures(con: Connection) -> None:
    found = heads.heads_in(con, EVERYTHING, THIRD, (QUANG_TRUNG,))
    assert list(found["head_id"]) == ["B|13285|government", "A|13285|government", "vacant|13285|party"]
    assert found["overdue_open"].iloc[0] == 1
    assert list(found["is_vacant"]) == [False, False, True]
    assert list(found["is_last"]) == [True, False, True], "An left on 16 August"


def test_holders_and_vacant_posts_on_a_day(con: Connection) -> None:
    day = date(2024, 8, 16)
    assert [item.full_name for item in heads.holders_of(con, EVERYTHING, QUANG_TRUNG, day)] == ["Khuyết", "Bình"]
    assert [item.body for item in heads.vacant_posts(con, EVERYTHING, (QUANG_TRUNG,), day)] == ["party"]


def test_dialogues_of_a_head(con: Connection) -> None:
    found = heads.dialogues(con, EVERYTHING, THIRD, (QUANG_TRUNG,), head_id="A|13285|government")
    assert list(found["dialogue_code"]) == ["d1"]


def test_dialogues_behind_a_figure() -> None:
    changed = tiny_snapshot()
    changed.execute("update fct_dialogues set chaired_by_head = false, main_field = 'land' where dialogue_code = 'd2'")
    chosen = (EVERYTHING, THIRD, (QUANG_TRUNG,))
    assert list(heads.dialogues(changed, *chosen)["dialogue_code"]) == ["d2", "d1"]
    assert list(heads.dialogues(changed, *chosen, only_chaired=True)["dialogue_code"]) == ["d1"]
    assert list(heads.dialogues(changed, *chosen, field_code="land")["dialogue_code"]) == ["d2"]


def test_units_under_the_names_of_the_day(con: Connection) -> None:
    codes = [unit.code for unit in catalogue.units_on(con, EVERYTHING, date(2024, 9, 30))]
    assert codes == ["35", "347", "13285", "350", "13400"]


def test_what_an_older_snapshot_lacks_is_named(con: Connection) -> None:
    assert catalogue.missing_parts(con) == ()
    older = tiny_snapshot()
    older.execute("alter table kpi_values drop column coverage")
    older.execute("drop table feed_findings")
    assert set(catalogue.missing_parts(older)) == {"kpi_values.coverage", "feed_findings"}


def test_a_post_bears_the_name_its_unit_has_by_the_day_of_the_data() -> None:
    changed = tiny_snapshot()
    changed.execute(
        "insert into dim_units (unit_code, display_name, level, parent_code, valid_from) "
        "values ('13285', 'Phường Mai Sau', 'commune', '347', '2025-07-01')"
    )
    (vacant,) = heads.vacant_posts(changed, EVERYTHING, (QUANG_TRUNG,), date(2024, 9, 30))
    assert vacant.unit_name == "Phường Quang Trung"
