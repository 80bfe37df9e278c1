"""Queries on the tiny snapshot; the petitions are those of the worked example of the KPI definitions."""

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from dashboard.model import (
    TO_HANDLE,
    Coverage,
    Flow,
    KnownUnit,
    KpiPart,
    MemberSpell,
    Part,
    QuarantinedRow,
    RankedLevel,
    Subject,
    Unit,
    UnitName,
    UnitSet,
)
from dashboard.queries import catalogue, figures, heads, membership, petitions
from dashboard.queries.petitions import Selection
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from tests.unit.dashboard.conftest import on_time, quarter, tiny_snapshot

QUANG_TRUNG = "13285"
ALONE = UnitSet(QUANG_TRUNG, is_alone=True)
THIRD = quarter(3)
FIRST = date(2020, 1, 1)


def listed(con: Connection, selection: Selection, scope: Scope = EVERYTHING) -> set[str]:
    found = petitions.petition_list(con, scope, selection)
    assert petitions.petition_count(con, scope, selection) == len(found)
    return set(found["petition_id"])


@pytest.mark.parametrize(
    ("kpi", "part", "codes"),
    [
        ("on_time_rate", Part.NUMERATOR, {"p1", "p5"}),
        ("on_time_rate", Part.DENOMINATOR, {"p1", "p2", "p3", "p5"}),
        ("resolution_rate", Part.NUMERATOR, {"p1", "p2", "p5"}),
        ("resolution_rate", Part.DENOMINATOR, {"p1", "p2", "p3", "p4", "p5"}),
        ("resolved_share", Part.NUMERATOR, {"p1", "p2"}),
        ("overdue_open", Part.NUMERATOR, {"p3"}),
        ("overdue_rate", Part.DENOMINATOR, {"p3", "p4"}),
        ("median_days_to_settle", Part.DENOMINATOR, {"p2", "p3", "p4", "p5"}),
    ],
)
def test_the_petitions_behind_a_figure_are_those_of_the_worked_example(
    con: Connection, kpi: str, part: Part, codes: set[str]
) -> None:
    assert listed(con, Selection(unit=QUANG_TRUNG, period=THIRD, kpi=kpi, part=part)) == codes


@pytest.mark.parametrize(
    ("head", "kpi", "part", "codes"),
    [
        ("A|13285|government", "on_time_rate", Part.DENOMINATOR, {"p1", "p2"}),
        ("B|13285|government", "on_time_rate", Part.DENOMINATOR, {"p3", "p5"}),
        ("A|13285|government", "resolution_rate", Part.NUMERATOR, {"p1"}),
        ("B|13285|government", "resolution_rate", Part.NUMERATOR, {"p2", "p5"}),
        ("B|13285|government", "overdue_open", Part.NUMERATOR, {"p3"}),
        ("A|13285|government", "overdue_open", Part.NUMERATOR, set()),
    ],
)
def test_a_petition_counts_for_the_head_in_office_on_its_day(
    con: Connection, head: str, kpi: str, part: Part, codes: set[str]
) -> None:
    assert listed(con, Selection(head=head, period=THIRD, kpi=kpi, part=part)) == codes


def test_petitions_to_handle_are_not_listed_for_a_head() -> None:
    sides = tuple(
        KpiPart(part, "petitions", event, "", "")
        for part, event in [(Part.NUMERATOR, "settled"), (Part.DENOMINATOR, TO_HANDLE)]
    )
    resolution = replace(on_time(), parts=sides)
    assert resolution.lists("petitions") == (Part.NUMERATOR, Part.DENOMINATOR)
    assert resolution.lists("petitions", of_head=True) == (Part.NUMERATOR,)
    assert on_time().lists("petitions", of_head=True) == (Part.NUMERATOR, Part.DENOMINATOR)
    assert on_time().lists("dialogues") == ()


def test_kpis_have_the_parts_that_can_be_listed(con: Connection) -> None:
    found = {kpi.code: kpi for kpi in catalogue.kpis(con)}
    assert found["on_time_rate"] == on_time()
    assert found["dialogues_held"].lists("dialogues") == (Part.NUMERATOR,)


def test_a_moved_unit_counts_in_its_subtree_of_the_day(con: Connection) -> None:
    chosen = {"period": THIRD, "kpi": "on_time_rate", "part": Part.DENOMINATOR, "field": "land"}
    assert listed(con, Selection(unit="347", **chosen)) == {"p1", "p2", "m1"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="350", **chosen)) == {"m2"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="35", **chosen)) == {"p1", "p2", "m1", "m2"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="347", is_alone=True, **chosen)) == set()  # type: ignore[arg-type]


def test_members_with_their_days(con: Connection) -> None:
    moved = date(2024, 8, 15)
    assert membership.members_of(con, "347") == [
        MemberSpell("13285", None, None),
        MemberSpell("13400", None, moved),
        MemberSpell("347", None, None),
    ]
    assert membership.members_of(con, "350") == [MemberSpell("13400", moved, None), MemberSpell("350", None, None)]


def test_a_unit_that_left_and_came_back_counts_in_both_spells() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_units set valid_to = '2024-09-01' where unit_code = '13400' and parent_code = '350'")
    changed.execute("insert into dim_units values ('13400', '', '', 'Xã Đi Lại', 'commune', '347', '2024-09-01', null)")
    left, back = date(2024, 8, 15), date(2024, 9, 1)
    assert membership.members_of(changed, "347")[1:3] == [
        MemberSpell("13400", None, left),
        MemberSpell("13400", back, None),
    ]
    assert membership.members_of(changed, "350") == [MemberSpell("13400", left, back), MemberSpell("350", None, None)]


def test_petitions_to_handle_follow_a_unit_that_moves(con: Connection) -> None:
    """m1 was received and settled under Phủ Lý, m2 received and settled under Kim Bảng."""
    chosen = {"period": THIRD, "kpi": "resolution_rate", "part": Part.DENOMINATOR}
    assert listed(con, Selection(unit="347", **chosen)) == {"p1", "p2", "p3", "p4", "p5", "m1"}  # type: ignore[arg-type]
    assert listed(con, Selection(unit="350", **chosen)) == {"m2"}  # type: ignore[arg-type]
    changed = tiny_snapshot()
    changed.execute("update fct_petitions set settled_at = '2024-08-20' where petition_id = 'm1'")
    assert "m1" in listed(changed, Selection(unit="347", **chosen)), "open when the commune left"  # type: ignore[arg-type]
    assert listed(changed, Selection(unit="350", **chosen)) == {"m1", "m2"}, "brought along"  # type: ignore[arg-type]


def test_a_unit_before_its_beginning_has_its_first_name() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_units set valid_from = '2024-10-01' where unit_code = '13285'")
    found = petitions.petition_list(
        changed, EVERYTHING, Selection(period=THIRD, kpi="overdue_open", part=Part.NUMERATOR)
    )
    assert list(found["unit_name"]) == ["Phường Quang Trung"]
    record = petitions.petition(changed, EVERYTHING, "p3")
    assert record is not None
    assert (record["unit_name"], record["responsible_name"]) == ("Phường Quang Trung", "Phường Quang Trung")


def test_a_list_of_a_period_shows_the_state_at_its_end(con: Connection) -> None:
    changed = tiny_snapshot()
    changed.execute(
        "update fct_petitions set settled_at = '2024-10-04', class = 'settled_late', days_overdue = 43.0 "
        "where petition_id = 'p3'"
    )
    late = Selection(unit=QUANG_TRUNG, period=THIRD, kpi="overdue_open", part=Part.NUMERATOR)
    found = petitions.petition_list(changed, EVERYTHING, late).iloc[0]
    assert (found["petition_id"], found["class"], int(found["days_overdue"])) == ("p3", "open_overdue", 40)
    assert found["settled_at"] is pd.NaT
    now = petitions.petition_list(changed, EVERYTHING, Selection(unit=QUANG_TRUNG)).set_index("petition_id")
    assert now.loc["p3", "class"] == "settled_late"
    assert dict(now["class"]) == dict(changed.execute(
        "select petition_id, class from fct_petitions where unit_code = '13285'").fetchall())  # fmt: skip


def test_classes_and_ages_as_of_the_snapshot(con: Connection) -> None:
    assert petitions.class_counts(con, EVERYTHING, Selection(unit=QUANG_TRUNG)) == {
        "settled_on_time": 2, "settled_late": 1, "open_overdue": 1, "open_in_term": 1, "left_scope": 1,
    }  # fmt: skip
    ages = {bucket.code: bucket.petitions for bucket in petitions.aging(con, EVERYTHING, Selection())}
    assert {code: count for code, count in ages.items() if count} == {"con-30": 1, "qua-60": 1}
    assert listed(con, Selection(bucket="qua-60")) == {"p3"}


def test_the_longest_delay_is_counted_at_the_given_instant(con: Connection) -> None:
    late_in_period = Selection(period=THIRD, kpi="overdue_open", part=Part.NUMERATOR)
    (then,) = petitions.count_by_unit(con, EVERYTHING, late_in_period)
    assert (then.unit_code, then.count, int(then.longest_days or 0)) == (QUANG_TRUNG, 1, 40), "21 August–30 September"
    (now,) = petitions.count_by_unit(con, EVERYTHING, Selection(petition_class="open_overdue"))
    assert int(now.longest_days or 0) == 44, "to 5 October, the day of the data"


def test_what_falls_due_before_a_meeting(con: Connection) -> None:
    assert listed(con, Selection(due_before=date(2024, 10, 30))) == set()
    assert listed(con, Selection(due_before=date(2024, 10, 31))) == {"p4"}


def test_a_petition_has_lineage_to_file_sheet_and_row(con: Connection) -> None:
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


def test_a_petition_from_an_older_feed_names_the_newer_quarantined_row(con: Connection) -> None:
    assert petitions.quarantined_row(con, EVERYTHING, "p1") is None, "its newest row landed"
    changed = tiny_snapshot()
    changed.execute("update fct_petitions set feed_id = '347-2024Q2-v1' where petition_id = 'p3'")
    changed.execute(
        "update received_rows set row_key = 'p3' where row_status = 'quarantined' and feed_id = '347-2024Q3-v2'"
    )
    expected = QuarantinedRow("347-2024Q3-v2", "Kiến nghị!M9", "Ô «Ngày giải quyết xong» để trống.", "2024Q2")
    assert petitions.quarantined_row(changed, EVERYTHING, "p3") == expected
    assert petitions.quarantined_row(changed, Scope(("350",), ("350",)), "p3") is None
    changed.execute("update fct_feeds set is_current = false where feed_id = '347-2024Q3-v2'")
    assert petitions.quarantined_row(changed, EVERYTHING, "p3") is None, "a feed that another replaced says nothing"


def test_a_scope_limits_every_query(con: Connection) -> None:
    elsewhere = Scope(("350",), ("350",), text=())
    assert listed(con, Selection(), elsewhere) == set()
    assert petitions.petition(con, elsewhere, "p2") is None
    assert petitions.findings_of_row(con, elsewhere, "347-2024Q3-v2", "Kiến nghị", 3).empty
    assert petitions.class_counts(con, elsewhere, Selection()) == {}
    assert figures.figures(con, elsewhere, THIRD, Subject("unit", QUANG_TRUNG)) == {}
    assert figures.figures(con, elsewhere, THIRD, Subject("head", "B|13285|government")) == {}
    assert figures.figures(con, elsewhere, THIRD, Subject("province", "35"))["on_time_rate"].numerator == 2
    assert figures.flows(con, elsewhere, (THIRD,), Subject("subtree", "347")) == ()
    assert heads.tenures_of(con, elsewhere, "A|13285|government", THIRD.end) == ()
    assert heads.heads_in(con, elsewhere, THIRD, ALONE).empty
    assert heads.dialogues(con, elsewhere, THIRD, ALONE).empty
    assert [unit.code for unit in catalogue.units_on(con, elsewhere, THIRD.end)] == ["350"]


def test_text_outside_the_scope_is_withheld(con: Connection) -> None:
    silent = Scope(text=())
    found = petitions.petition(con, silent, "p2")
    assert found is not None
    assert found["summary"] is None
    assert petitions.petition_list(con, silent, Selection())["summary"].isna().all()


def test_figures_follow_the_selected_field(con: Connection) -> None:
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


def test_a_trend_has_a_gap_for_a_period_without_published_values(con: Connection) -> None:
    run = (quarter(2), THIRD, quarter(4))
    points = figures.trend(con, EVERYTHING, run, Subject("unit", QUANG_TRUNG), kpi_code="on_time_rate")
    assert [(point.period, point.figure.value) for point in points] == [
        (run[0], 1.0), (run[1], 0.5), (run[2], None),
    ]  # fmt: skip


def test_the_trend_of_the_province_continues_under_its_new_code() -> None:
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
    assert figures.names(changed, EVERYTHING, run, now) == (
        UnitName("Tỉnh Hà Nam", date(2020, 1, 1)), UnitName("Tỉnh Ninh Bình", date(2024, 7, 1)),
    )  # fmt: skip
    assert figures.names(changed, EVERYTHING, run, Subject("subtree", "999")) == (UnitName("", None),) * 2


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


def test_stock_and_flow_are_those_of_the_subject_and_the_field(con: Connection) -> None:
    def flows(kind: str, code: str, field: str = "ALL") -> tuple[Flow, ...]:
        return figures.flows(con, EVERYTHING, (quarter(2), THIRD), Subject(kind, code), field)

    assert flows("subtree", "347") == (Flow(THIRD, 1, 0, 6, 4, 1, 0, 2),)
    assert flows("unit", QUANG_TRUNG) == (Flow(THIRD, 1, 0, 5, 3, 1, 0, 2),)
    assert flows("unit", QUANG_TRUNG, "land") == (Flow(THIRD, 1, 0, 1, 2, 0, 0, 0),)
    assert flows("province", "37") == (Flow(THIRD, 1, 0, 7, 5, 1, 0, 2),), "also under the code of another time"
    assert flows("subtree", "350", "land") == (Flow(THIRD, 0, 0, 0, 0, 0, 0, 0),), "nothing of the field, not nothing"


def test_coverage_counts_feeds_that_are_due_or_received(con: Connection) -> None:
    third = catalogue.coverage(con, EVERYTHING, THIRD)
    assert (third.due, third.received, third.missing) == (1, 1, ())
    assert third.open_until is not None
    assert catalogue.coverage(con, EVERYTHING, quarter(2)) == Coverage(2, 1, ("Huyện Kim Bảng",), None)


def test_missing_feeds_are_those_that_cover_the_selected_units(con: Connection) -> None:
    def missing(units: UnitSet, above: str = "") -> tuple[str, ...]:
        return catalogue.coverage(con, EVERYTHING, quarter(2), units, above).missing

    assert (missing(UnitSet("350")), missing(UnitSet("347"))) == (("Huyện Kim Bảng",), ())
    assert (missing(UnitSet("13400", is_alone=True)), missing(UnitSet("13400"), "350")) == ((), ("Huyện Kim Bảng",))


def test_a_feed_that_ends_after_the_period_is_not_missing_from_it() -> None:
    changed = tiny_snapshot()
    changed.execute(
        "insert into feed_status by name select * replace ('347' as sender_unit_code, date '2024-01-01' as "
        "period_start, '2024H1' as period_code) from feed_status where status = 'missing'"
    )
    first = replace(quarter(2), start=date(2024, 1, 1), end=date(2024, 3, 31), cutoff=datetime(2024, 3, 31, 23, 59))
    assert catalogue.coverage(changed, EVERYTHING, first).missing == ()
    both = ("Huyện Kim Bảng", "Thành phố Phủ Lý")
    assert catalogue.coverage(changed, EVERYTHING, quarter(2)).missing == both


def test_coverage_is_read_as_published() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_periods set feeds_expected = 14, feeds_received = 11 where period_code = '2024Q2'")
    assert catalogue.coverage(changed, EVERYTHING, quarter(2)) == Coverage(14, 11, ("Huyện Kim Bảng",), None)


def test_a_running_year_names_the_periods_not_due_yet(con: Connection) -> None:
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
    assert known["350"] == KnownUnit(Unit("350", "Huyện Kim Bảng", "district", "35"), date(2024, 9, 30), FIRST)
    assert known["13400"] == KnownUnit(Unit("13400", "Xã Đi Lại", "commune", "350"), None, FIRST)
    assert set(catalogue.known_units(changed, Scope(("347",), ("347",)))) == {"347"}


def test_heads_of_a_period_with_their_own_figures(con: Connection) -> None:
    found = heads.heads_in(con, EVERYTHING, THIRD, ALONE)
    assert list(found["head_id"]) == ["B|13285|government", "A|13285|government", "vacant|13285|party"]
    assert found["overdue"].iloc[0] == 1
    assert list(found["is_vacant"]) == [False, False, True]
    assert list(found["is_last"]) == [True, False, True], "An left on 16 August"


def test_the_dates_of_a_head_are_those_of_the_newest_tenure_even_if_open() -> None:
    changed = tiny_snapshot()
    changed.execute(
        "insert into dim_tenures values ('B|13285|government', 'B', 'Bình', '13285', 'government', 'Chủ tịch', "
        "'2024-07-05', '2024-07-20', true)"
    )
    found = heads.heads_in(changed, EVERYTHING, THIRD, ALONE).set_index("head_id").loc["B|13285|government"]
    assert (found["from_on"], found["to_on"]) == (pd.Timestamp(2024, 8, 16), pd.NaT)


def after_an_end() -> Connection:
    """A snapshot in which Quang Trung ended on 31 August, and with it the tenure of its chairman Bình.

    Its open petitions belong to the vacant post.
    """
    changed = tiny_snapshot()
    changed.execute("update dim_units set valid_to = '2024-09-01' where unit_code = '13285'")
    changed.execute("update dim_tenures set to_on = '2024-09-01' where leader_code = 'B' or leader_code = 'vacant'")
    changed.execute(
        "insert into dim_tenures values "
        "('vacant|13285|party', 'vacant', 'Không còn chức vụ', '13285', 'party', '', '2024-09-01', null, false), "
        "('vacant|13285|government', 'vacant', 'Không còn chức vụ', '13285', 'government', '', '2024-09-01', null, "
        "false)"
    )
    return changed


def test_heads_of_a_unit_that_ended_in_the_period_are_listed_under_its_name() -> None:
    found = heads.heads_in(after_an_end(), EVERYTHING, THIRD, UnitSet("347"))
    assert list(found["full_name"]) == ["Bình", "An", "Khuyết"]
    assert set(found["unit_name"]) == {"Phường Quang Trung"}
    assert not found["is_last"].any(), "no post was left to be held when the quarter ended"


def test_an_abolished_post_is_not_vacant_and_is_listed_only_with_petitions_left() -> None:
    changed = after_an_end()
    assert heads.vacant_posts(changed, EVERYTHING, UnitSet(), THIRD.end) == ()
    assert [item.body for item in heads.vacant_posts(changed, EVERYTHING, UnitSet(), date(2024, 8, 31))] == ["party"]
    assert heads.holders_of(changed, EVERYTHING, QUANG_TRUNG, THIRD.end) == ()
    assert heads.heads_in(changed, EVERYTHING, quarter(4), UnitSet()).empty
    changed.execute(
        "insert into kpi_values (calendar, period_type, period_start, subject_type, subject_id, field_code, kpi_code, "
        "value, numerator) values ('party', 'quarter', '2024-10-01', 'head', 'vacant|13285|government', 'ALL', "
        "'overdue_open', 1, 1)"
    )
    (name,) = heads.heads_in(changed, EVERYTHING, quarter(4), UnitSet())["full_name"]
    assert name == "Không còn chức vụ"


def test_figures_of_heads_are_those_of_the_field() -> None:
    changed = tiny_snapshot()
    changed.execute(
        "update kpi_values set field_code = 'land' where subject_type = 'head' and kpi_code = 'overdue_open'"
    )
    land, whole = (heads.heads_in(changed, EVERYTHING, THIRD, ALONE, field_code=code) for code in ("land", "ALL"))
    assert [land["overdue"].max(), whole["overdue"].isna().sum()] == [1, len(whole)]
    assert [land["on_time_denominator"].isna().sum(), whole["on_time_denominator"].max()] == [len(land), 2]


def test_heads_of_a_moved_unit_are_listed_in_its_former_subtree() -> None:
    changed = tiny_snapshot()
    changed.execute(
        "insert into dim_tenures values ('C|13400|party', 'C', 'Chi', '13400', 'party', 'Bí thư', '2023-01-01', "
        "'2024-08-01', true)"
    )
    assert "Chi" in list(heads.heads_in(changed, EVERYTHING, THIRD, UnitSet("347"))["full_name"])
    assert heads.heads_in(changed, EVERYTHING, THIRD, UnitSet("350")).empty, "she left before the commune came"


def test_holders_and_vacant_posts_on_a_day(con: Connection) -> None:
    day = date(2024, 8, 16)
    assert [item.full_name for item in heads.holders_of(con, EVERYTHING, QUANG_TRUNG, day)] == ["Khuyết", "Bình"]
    assert [item.body for item in heads.vacant_posts(con, EVERYTHING, ALONE, day)] == ["party"]


def test_dialogues_of_a_head(con: Connection) -> None:
    found = heads.dialogues(con, EVERYTHING, THIRD, ALONE, head_id="A|13285|government")
    assert list(found["dialogue_id"]) == ["d1"]


def test_dialogues_of_a_moved_unit_are_limited_to_its_days_in_the_subtree() -> None:
    changed = tiny_snapshot()
    changed.execute("update fct_dialogues set unit_code = '13400' where dialogue_code in ('d1', 'd2')")

    def codes(unit: str) -> list[str]:
        return list(heads.dialogues(changed, EVERYTHING, THIRD, UnitSet(unit))["dialogue_id"])

    assert (codes("347"), codes("350"), codes("")) == (["d1"], ["d2"], ["d2", "d1"])


def test_dialogues_behind_a_figure() -> None:
    changed = tiny_snapshot()
    changed.execute("update fct_dialogues set chaired_by_head = false, main_field = 'land' where dialogue_code = 'd2'")
    chosen = (EVERYTHING, THIRD, ALONE)
    assert list(heads.dialogues(changed, *chosen)["dialogue_id"]) == ["d2", "d1"]
    assert list(heads.dialogues(changed, *chosen, only="chaired_by_head")["dialogue_id"]) == ["d1"]
    assert list(heads.dialogues(changed, *chosen, field_code="land")["dialogue_id"]) == ["d2"]


def test_units_under_the_names_of_the_day(con: Connection) -> None:
    codes = [unit.code for unit in catalogue.units_on(con, EVERYTHING, date(2024, 9, 30))]
    assert codes == ["35", "347", "13285", "350", "13400"]


def test_columns_missing_in_an_older_snapshot_are_named(con: Connection) -> None:
    assert catalogue.missing_parts(con) == ()
    older = tiny_snapshot()
    older.execute("alter table kpi_values drop column coverage")
    older.execute("drop table feed_findings")
    assert set(catalogue.missing_parts(older)) == {"kpi_values.coverage", "feed_findings"}


def test_a_post_has_the_name_of_its_unit_on_the_given_day() -> None:
    changed = tiny_snapshot()
    changed.execute("update dim_units set valid_to = '2024-09-01' where unit_code = '13285'")
    changed.execute(
        "insert into dim_units values ('13285', '', '', 'Phường Sau', 'commune', '347', '2024-09-01', null)"
    )

    def names(day: date) -> list[str]:
        return [item.unit_name for item in heads.vacant_posts(changed, EVERYTHING, ALONE, day)]

    assert (names(date(2024, 8, 31)), names(date(2024, 9, 30))) == (["Phường Quang Trung"], ["Phường Sau"])
    (former,) = heads.tenures_of(changed, EVERYTHING, "A|13285|government", date(2024, 9, 30))
    assert former.unit_name == "Phường Quang Trung", "the name when he left"
