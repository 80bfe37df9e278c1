"""The sentences of the screen agree with the figures."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import (
    Coverage,
    Figure,
    Flow,
    HeadCounts,
    Kpi,
    Period,
    QuarantinedRow,
    SnapshotInfo,
    TrendPoint,
    UnitName,
)
from dashboard.queries.petitions import BUCKETS
from dashboard.text import headlines, labels, missing_feeds, sentences
from dashboard.text import petitions as petition_texts
from tests.unit.dashboard.conftest import AS_OF, figure, on_time, overdue, quarter

THIRD = quarter(3)
INFO = SnapshotInfo("s1", AS_OF, AS_OF, "35", "Hà Nam", True, 5, 0.8, 8, 2)


def test_the_headline_has_rate_counts_change_and_overdue_petitions() -> None:
    headline = headlines.headline(
        "toàn tỉnh",
        THIRD,
        on_time(),
        on_time=replace(figure(45, 60), previous_value=0.78),
        overdue=figure(1234, None),
        previous_label="Quý II/2024",
        info=INFO,
    )
    assert headline == (
        "Quý III/2024, toàn tỉnh giải quyết đúng hạn 75,0\u00a0% kiến nghị (45/60), giảm 3 điểm so với Quý II/2024; "
        "còn 1.234 kiến nghị quá hạn chưa giải quyết."
    )


def test_the_headline_of_a_period_without_due_petitions() -> None:
    headline = headlines.headline(
        "Xã A", THIRD, on_time(), on_time=figure(0, 0), overdue=figure(0, None), previous_label="", info=INFO
    )
    assert headline == ("Quý III/2024, Xã A không có kiến nghị nào đến hạn; còn 0 kiến nghị quá hạn chưa giải quyết.")


def test_a_running_year_shows_its_cutoff_and_small_counts_are_not_rates() -> None:
    year = replace(quarter(4), label="Năm 2024")
    headline = headlines.headline(
        "Xã A",
        year,
        on_time(),
        on_time=replace(figure(3, 4), previous_value=1.0),
        overdue=figure(1, None),
        previous_label="Năm 2023",
        info=INFO,
    )
    assert headline == (
        "Năm 2024 (đến 05/10/2024), Xã A giải quyết đúng hạn 3 trong 4 kiến nghị; "
        "còn 1 kiến nghị quá hạn chưa giải quyết."
    )


def test_a_period_with_few_reports_is_not_compared() -> None:
    few = replace(figure(2, 52), previous_value=0.75, coverage=1 / 7)
    headline = headlines.headline(
        "toàn tỉnh",
        THIRD,
        on_time(),
        on_time=few,
        overdue=figure(188, None),
        previous_label="Quý II/2024",
        info=INFO,
    )
    assert headline == (
        "Quý III/2024, mới có báo cáo của 14,3\u00a0% đơn vị, toàn tỉnh giải quyết đúng hạn 3,8\u00a0% kiến nghị "
        "(2/52); còn 188 kiến nghị quá hạn chưa giải quyết."
    )


def test_ranks_are_withheld_if_too_few_units_have_reported() -> None:
    assert missing_feeds.ranks_withheld(0.8) == (
        "Cấp nào mới có báo cáo của dưới 80\u00a0% đơn vị thì các đơn vị cấp đó chưa xếp hạng."
    )


def test_stock_and_flow_of_a_running_period_end_on_the_day_of_the_data() -> None:
    running = Flow(quarter(4), 3, 0, 2, 1, 0, 0, 4)
    assert headlines.flow_line(running).endswith("+ tồn đến 05/10/2024 4.")
    assert headlines.flow_title(running) == "Tồn đọng tăng từ 3 lên 4 trong kỳ"
    assert headlines.flow_title(replace(running, closing=3)) == "Tồn đọng giữ nguyên 3 trong kỳ"
    assert headlines.flow_title(replace(running, closing=1)) == "Tồn đọng giảm từ 3 xuống 1 trong kỳ"
    assert headlines.head_overdue_title(quarter(4)) == "Kiến nghị quá hạn chưa giải quyết đến 05/10/2024"
    assert sentences.holders(quarter(4)) == "Người đứng đầu đến 05/10/2024"
    assert sentences.holders(THIRD) == "Người đứng đầu cuối kỳ"


def test_links_show_the_counts_of_numerator_and_denominator() -> None:
    settled_on_time, matured = on_time().parts
    assert sentences.counted(settled_on_time, figure(306, 406)) == "306 đúng hạn"
    assert sentences.counted(matured, figure(306, 1406)) == "1.406 đến hạn"
    assert sentences.see_counted(matured, figure(306, 1406)) == "xem 1.406 kiến nghị đến hạn"


def test_the_two_counts_of_received_petitions_are_labelled() -> None:
    assert headlines.flow_line(Flow(quarter(3), 1, 0, 427, 3, 1, 0, 424)) == (
        "Tồn đầu kỳ 1 + tiếp nhận 427 (kể cả ngoài diện tính) = giải quyết 3 + ra khỏi diện tính 1 + tồn cuối kỳ 424."
    )
    median = replace(overdue(), unit="ngày", denominator_label="kiến nghị tiếp nhận trong kỳ")
    assert sentences.denominator(median, figure(0, 384)) == "384 kiến nghị tiếp nhận trong kỳ, thuộc diện tính"
    assert sentences.denominator(on_time(), figure(0, 0)) == "không có kiến nghị đã rõ đúng hạn hay quá hạn"


def test_the_stock_of_joining_and_leaving_units_is_part_of_the_sum() -> None:
    assert headlines.flow_line(Flow(quarter(3), 10, 5, 20, 12, 2, 4, 17)) == (
        "Tồn đầu kỳ 10 + nhận theo đơn vị chuyển đến 5 + tiếp nhận 20 (kể cả ngoài diện tính) = "
        "giải quyết 12 + ra khỏi diện tính 2 + chuyển đi theo đơn vị 4 + tồn cuối kỳ 17."
    )


def test_a_period_without_reports_differs_from_one_without_due_petitions() -> None:
    arguments = {
        "on_time": figure(0, 0, coverage=0.0),
        "overdue": figure(188, None),
        "previous_label": "",
        "info": INFO,
    }
    due = Coverage(34, 0, (), None)
    assert headlines.headline("toàn tỉnh", THIRD, on_time(), due=due, **arguments) == (  # type: ignore[arg-type]
        "Chưa nhận được báo cáo nào của Quý III/2024 (0/34); theo các báo cáo trước, còn 188 kiến nghị quá hạn "
        "chưa giải quyết."
    )
    assert headlines.headline("Xã A", THIRD, on_time(), **arguments).startswith(  # type: ignore[arg-type]
        "Chưa nhận được báo cáo nào của Quý III/2024 về Xã A; "
    )


def test_stocks_are_counted_at_the_end_of_a_period_or_on_the_day_of_the_data() -> None:
    assert headlines.attention_title(THIRD) == "Cần chú ý, cuối Quý III/2024"
    assert sentences.moment(quarter(4)) == "đến 05/10/2024"
    assert sentences.moment(replace(THIRD, period_type="term")) == "đến 30/09/2024"


@pytest.mark.parametrize(
    ("kpi", "now", "before", "verdict"),
    [(on_time(), 0.8, 0.7, "tốt hơn"), (on_time(), 0.7, 0.8, "kém hơn"), (overdue(), 5, 3, "kém hơn"),
     (overdue(), 3, 5, "tốt hơn"), (replace(on_time(), better=""), 0.7, 0.8, ""), (on_time(), 0.7, 0.7, ""),
     (on_time(), 0.7, None, "")],
)  # fmt: skip
def test_good_or_bad_depends_on_the_better_side(kpi: Kpi, now: float, before: float | None, verdict: str) -> None:
    assert sentences.judged_change(kpi, figure(0, None, value=now, previous_value=before)) == verdict


def test_targets() -> None:
    assert sentences.target(on_time(), 0.75) == "Mục tiêu ≥\u00a090\u00a0% ·\u00a0chưa\u00a0đạt"
    assert sentences.target(on_time(), 0.95) == "Mục tiêu ≥\u00a090\u00a0% ·\u00a0đạt"
    assert sentences.target(on_time(), None) == "Mục tiêu ≥\u00a090\u00a0%"
    assert sentences.target(replace(on_time(), target=None), 0.5) == "Chưa đặt mục tiêu"
    assert sentences.target(replace(on_time(), target=1.0), None) == "Mục tiêu 100\u00a0%", "no rate lies above it"
    assert sentences.bound(replace(overdue(), target=20, unit="ngày")) == "≤\u00a020\u00a0ngày"


NAME = "Tỷ lệ giải quyết đúng hạn"
NOTHING, SMALL, FEW = figure(0, 0), figure(1, 2), figure(1, 10, coverage=0.5)


def quarters(most: int) -> list[Period]:
    """Consecutive quarters from Q1 of 2023 on, each with a reference to the previous one."""
    starts = [date(2023 + number // 4, number % 4 * 3 + 1, 1) for number in range(most)]
    return [
        replace(THIRD, start=start, previous_start=starts[number - 1] if number else None, label=f"Q{number + 1}")
        for number, start in enumerate(starts)
    ]


def titled(*rates: float | Figure, until: int = 0) -> str:
    """The title of a trend over Q1, Q2, … with these rates of 100 petitions; `until` more quarters follow."""
    found = [rate if isinstance(rate, Figure) else figure(100 * rate, 100) for rate in rates]
    run = quarters(len(rates) + until)
    points = [TrendPoint(period, each) for period, each in zip(run, found, strict=False)]
    return headlines.trend_title(on_time(), points, run[-1], INFO)


def test_a_trend_title_compares_the_last_two_periods() -> None:
    assert titled(0.9, 0.8, 0.7) == f"{NAME} giảm 2 kỳ liền, chưa đạt mục tiêu"
    assert titled(0.7, 0.9, 0.8, 0.95) == f"{NAME} tăng so với Q3, đạt mục tiêu"
    assert titled(0.8, 0.95, until=1) == f"{NAME} tăng so với Q1, đạt mục tiêu (đến Q2)"
    assert titled(0.9, 0.7504, 0.7496) == f"{NAME} không đổi so với Q2, chưa đạt mục tiêu"
    assert titled(0.8) == f"{NAME} 80,0\u00a0%, chưa đạt mục tiêu"
    assert titled(NOTHING) == NAME


def test_a_trend_with_a_gap_names_the_compared_period_and_counts_no_run_across_it() -> None:
    assert titled(0.9, 0.8, NOTHING, 0.7) == f"{NAME} giảm so với Q2, chưa đạt mục tiêu"
    assert titled(0.9, NOTHING, 0.8, 0.7) == f"{NAME} giảm so với Q3, chưa đạt mục tiêu"
    assert titled(0.9, NOTHING, 0.8, 0.7, 0.6) == f"{NAME} giảm 2 kỳ liền, chưa đạt mục tiêu"


@pytest.mark.parametrize("thin", [SMALL, FEW])
def test_a_trend_title_ignores_periods_with_too_little_data(thin: Figure) -> None:
    assert titled(0.8, thin) == NAME
    assert titled(0.8, thin, until=1) == f"{NAME} (đến Q2)"
    assert titled(0.9, thin, 0.7) == f"{NAME} 70,0\u00a0%, chưa đạt mục tiêu", "the headline compares with Q2"
    assert titled(0.9, thin, 0.8, 0.7) == f"{NAME} giảm so với Q3, chưa đạt mục tiêu"


FIGURES = st.one_of(st.just(NOTHING), st.just(SMALL), st.just(FEW), st.integers(0, 300).map(lambda it: figure(it, 300)))


@given(st.lists(FIGURES, min_size=1, max_size=12))
def test_title_and_headline_never_contradict_each_other(found: list[Figure]) -> None:
    run = quarters(len(found))
    before = found[-2].value if len(found) > 1 else None
    last, label = replace(found[-1], previous_value=before), run[-2].label if len(found) > 1 else ""
    title = headlines.trend_title(
        on_time(), [TrendPoint(period, each) for period, each in zip(run, found, strict=True)], run[-1], INFO
    )
    headline = headlines.headline(
        "toàn tỉnh", run[-1], on_time(), on_time=last, overdue=figure(0, None), previous_label=label, info=INFO
    )
    ways = ("tăng", "giảm", "không đổi")
    directions, title_directions = (
        [way for way in ways if f" {way} " in text] for text in (headline, title.split(", ", maxsplit=1)[0])
    )
    if last.value is not None and directions and title_directions:
        assert directions == title_directions
    if directions:
        assert last.value is not None
        assert before is not None
        assert (directions == ["tăng"]) is (round(last.value, 3) > round(before, 3))


def test_the_title_of_levels_compares_displayed_values() -> None:
    levels = {"Cấp tỉnh": 0.9, "Cấp huyện": 0.8, "Cấp xã": 0.7}
    assert headlines.levels_title(on_time(), levels) == f"{NAME}: cấp tỉnh cao nhất, cấp xã thấp nhất"
    assert headlines.levels_title(on_time(), levels | {"Cấp huyện": 0.9}) == (
        f"{NAME}: cấp tỉnh và cấp huyện cao nhất, cấp xã thấp nhất"
    )
    assert headlines.levels_title(on_time(), {"Cấp tỉnh": 0.7004, "Cấp xã": 0.6996}) == f"{NAME} theo cấp"
    assert headlines.levels_title(on_time(), {"Cấp tỉnh": 0.9, "Cấp huyện": None, "Cấp xã": 0.7}, left_out=True) == (
        f"{NAME}: cấp tỉnh cao nhất, cấp xã thấp nhất, không kể cấp chưa đủ số liệu"
    )


def test_the_renaming_of_a_unit_is_mentioned() -> None:
    run = quarters(4)
    then, now = UnitName("Tỉnh Hà Nam", date(2020, 1, 1)), UnitName("Tỉnh Ninh Bình", date(2023, 7, 1))
    assert headlines.seam_note(run, [then] * 4) == ""
    assert headlines.seam_note(run, [UnitName("", None), then, now, now]) == (
        "Tỉnh Hà Nam đến 30/06/2023, Tỉnh Ninh Bình từ 01/07/2023."
    )
    assert sentences.under_name("Quý II/2025", "Tỉnh Hà Nam") == "Quý II/2025 (Tỉnh Hà Nam)"


def test_a_missing_change_has_a_reason() -> None:
    both = figure(45, 60, previous_value=0.78)
    assert sentences.change(on_time(), both, "") == "Không có kỳ trước để so sánh"
    assert sentences.change(on_time(), figure(45, 60), "Quý II/2024") == "Không so sánh: Quý II/2024 không có số liệu"
    assert sentences.change(on_time(), figure(0, 0, previous_value=0.5), "Quý II/2024") == (
        "Không so sánh: kỳ này không có số liệu"
    )


def test_the_state_of_a_petition_includes_its_delay() -> None:
    assert petition_texts.state({"class": "open_overdue", "days_overdue": 12.9}) == "Quá hạn chưa giải quyết 12 ngày"
    assert petition_texts.state({"class": "settled_late", "days_overdue": 0.5}) == (
        "Đã giải quyết quá hạn chưa đến 1 ngày"
    )
    assert petition_texts.state({"class": "open_in_term", "days_overdue": None}) == "Đang giải quyết, còn hạn"


def test_a_quarantined_row_is_shown_with_its_cell_and_the_report_used_instead() -> None:
    text = petition_texts.quarantined_row(
        QuarantinedRow("353-2024Q3-v2", "Kiến nghị!E15", "Ngày không có thật.", "2024Q2")
    )
    assert text == (
        "Dòng này trong bản 353-2024Q3-v2 đang bị giữ lại (ô E15: Ngày không có thật); "
        "đang dùng báo cáo Quý II/2024, nên tình trạng dưới đây có thể đã cũ."
    )


def test_the_flags_of_a_petition_are_described_in_words() -> None:
    record = {
        "petition_id": "p1", "petition_code": "p1", "dialogue_id": None, "field_name": "Đất đai", "unit_name": "Xã A",
        "responsible_name": "Xã A", "responsible_body": "government", "received_at": datetime(2024, 7, 1),
        "due_at": datetime(2024, 7, 21), "original_due_at": datetime(2024, 7, 21), "due_is_default": True,
        "settled_at": None, "outcome": "in_progress", "result_no": None, "satisfaction": None,
        "flag_names": ["Gia hạn không có văn bản", "Kiến nghị mất khỏi báo cáo sau"],
    }  # fmt: skip
    rows = dict(petition_texts.handling(record))
    assert rows["Dấu hiệu cần xem kỹ"] == "Gia hạn không có văn bản; Kiến nghị mất khỏi báo cáo sau"
    assert rows["Hạn giải quyết"] == "21/07/2024 (theo quy định, vì báo cáo không nêu hạn)"
    assert dict(petition_texts.handling(record | {"flag_names": []}))["Dấu hiệu cần xem kỹ"] == "không có"


def test_every_age_class_of_the_queries_has_a_label() -> None:
    assert list(labels.AGES) == list(BUCKETS)


def test_coverage_counts_reports_and_names_those_not_due_yet() -> None:
    assert missing_feeds.coverage(Coverage(14, 11, (), None), THIRD) == "Đã nhận 11/14 báo cáo của Quý III/2024"
    waiting = Coverage(0, 0, (), datetime(2024, 10, 10, 23, 59))
    assert missing_feeds.coverage(waiting, THIRD) == "Chưa báo cáo nào của Quý III/2024 đến hạn (hạn 10/10/2024)"
    year = replace(THIRD, label="Năm 2024")
    assert missing_feeds.coverage(Coverage(21, 21, (), None, ("2024Q4",)), year) == (
        "Đã nhận 21/21 báo cáo đã đến hạn của Năm 2024; còn Quý IV/2024 chưa đến hạn"
    )


def test_heads_and_vacant_posts_are_counted_at_the_end_and_over_the_period() -> None:
    assert headlines.heads_headline(THIRD, HeadCounts(232, 238, 45, 6, 9)) == (
        "Quý III/2024: 232 người đứng đầu cuối kỳ (238 người trong cả kỳ); 45 người có kiến nghị quá hạn chưa giải "
        "quyết; 6 vị trí khuyết cuối kỳ (9 vị trí có lúc khuyết)."
    )
    assert headlines.heads_headline(quarter(4), HeadCounts(2, 2, 0, 1, 1)) == (
        "Quý IV/2024: 2 người đứng đầu đến 05/10/2024; 0 người có kiến nghị quá hạn chưa giải quyết; "
        "1 vị trí khuyết đến 05/10/2024."
    )


def test_long_lists_of_names_are_cut_and_counted() -> None:
    sentence = missing_feeds.names(Coverage(9, 3, tuple("ABCDEF"), None), THIRD)
    assert sentence == "6 đơn vị còn thiếu báo cáo của Quý III/2024: A, B, C, D và 2 nơi khác."


def test_lists_say_which_rows_are_shown() -> None:
    assert petition_texts.listed(30, 30, 1) == "30 kiến nghị."
    assert petition_texts.listed(200, 1234, 201) == "Dòng 201–400 trong 1.234 kiến nghị."
    assert petition_texts.listed(0, 0, 1) == "Không có kiến nghị nào."


def test_what_falls_due_before_a_meeting() -> None:
    assert petition_texts.due_before(date(2024, 10, 15), 15) == (
        "15 kiến nghị đang còn hạn sẽ đến hạn trước ngày họp 15/10/2024 nếu chưa giải quyết xong."
    )


def test_a_list_names_the_day_of_its_states() -> None:
    sentence = "Tình trạng và số ngày quá hạn ghi ở đây tính đến 30/09/2024"
    assert sentences.state_at(THIRD, AS_OF) == f"{sentence}; trang của từng kiến nghị ghi tình trạng đến 05/10/2024."
    assert sentences.state_at(quarter(4), AS_OF) == ("Tình trạng và số ngày quá hạn ghi ở đây tính đến 05/10/2024.")


def test_titles_name_the_subject_of_the_figures() -> None:
    assert headlines.of_whole_province("Tỷ lệ theo cấp") == "Toàn tỉnh: tỷ lệ theo cấp"
    assert petition_texts.children_title("Tỉnh A", 33, 6) == (
        "33 đơn vị trực thuộc Tỉnh A và 6 đơn vị đã kết thúc hoạt động"
    )
    assert petition_texts.children_title("Huyện B", 0, 2) == "2 đơn vị đã kết thúc hoạt động, từng trực thuộc Huyện B"
    assert petition_texts.dialogues_title(2, 2, THIRD, "Đất đai") == (
        "2 hội nghị đối thoại có lĩnh vực chính «Đất đai» trong Quý III/2024"
    )
    counts = HeadCounts(last=2, ever=2, with_overdue=1, vacant_last=0, vacant_ever=0)
    assert "1 người có kiến nghị quá hạn chưa giải quyết, lĩnh vực «Đất đai»;" in headlines.heads_headline(
        THIRD, counts, sentences.in_field("Đất đai")
    )


def test_a_list_page_beyond_the_last_one_is_reported() -> None:
    assert sentences.no_such_list_page(9999, 3) == "Danh sách này chỉ có 3 trang, không có trang 9.999."
