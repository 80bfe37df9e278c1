"""The sentences of the screen say what the figures say."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard.model import Coverage, HeadCounts, KeptBack, Kpi, SnapshotInfo
from dashboard.queries.petition_sets import SETS
from dashboard.queries.petitions import BUCKETS
from dashboard.text import labels, messages, sentences
from dashboard.text import petitions as petition_texts

from .conftest import AS_OF, figure, on_time, overdue, quarter

THIRD = quarter(3)
INFO = SnapshotInfo("s1", AS_OF, AS_OF, "35", "Hà Nam", True, 5, 0.8, 8, 2)


def test_the_headline_names_rate_pair_change_and_what_is_overdue() -> None:
    told = messages.headline(
        "toàn tỉnh",
        THIRD,
        on_time(),
        on_time=replace(figure(45, 60), previous_value=0.78),
        overdue=figure(1234, None),
        previous_label="Quý II/2024",
        info=INFO,
    )
    assert told == (
        "Quý III/2024, toàn tỉnh giải quyết đúng hạn 75,0\u00a0% kiến nghị (45/60), giảm 3 điểm so với Quý II/2024; "
        "còn 1.234 kiến nghị quá hạn chưa giải quyết."
    )


def test_the_headline_of_a_period_in_which_nothing_fell_due() -> None:
    told = messages.headline(
        "Xã A", THIRD, on_time(), on_time=figure(0, 0), overdue=figure(0, None), previous_label="", info=INFO
    )
    assert told == ("Quý III/2024, Xã A không có kiến nghị nào đến hạn; còn 0 kiến nghị quá hạn chưa giải quyết.")


def test_a_part_of_a_year_says_until_when_and_small_numbers_are_no_rate() -> None:
    year = replace(quarter(4), label="Năm 2024")
    told = messages.headline(
        "Xã A",
        year,
        on_time(),
        on_time=replace(figure(3, 4), previous_value=1.0),
        overdue=figure(1, None),
        previous_label="Năm 2023",
        info=INFO,
    )
    assert told == (
        "Năm 2024 (đến 05/10/2024), Xã A giải quyết đúng hạn 3 trong 4 kiến nghị; "
        "còn 1 kiến nghị quá hạn chưa giải quyết."
    )


def test_a_period_of_which_few_reports_have_come_is_set_beside_none() -> None:
    few = replace(figure(2, 52), previous_value=0.75, coverage=1 / 7)
    told = messages.headline(
        "toàn tỉnh",
        THIRD,
        on_time(),
        on_time=few,
        overdue=figure(188, None),
        previous_label="Quý II/2024",
        info=INFO,
    )
    assert told == (
        "Quý III/2024, mới nhận 14,3\u00a0% báo cáo, toàn tỉnh giải quyết đúng hạn 3,8\u00a0% kiến nghị (2/52); "
        "còn 188 kiến nghị quá hạn chưa giải quyết."
    )


def test_every_side_that_can_be_listed_has_the_words_of_its_link() -> None:
    assert set(SETS) <= set(labels.COUNTED)
    assert sentences.counted("on_time_rate", "tu", figure(306, 406)) == "306 đúng hạn"
    assert sentences.counted("on_time_rate", "mau", figure(306, 1406)) == "1.406 đến hạn"


def test_two_counts_of_what_came_in_say_what_they_count() -> None:
    assert messages.flow_line(1, 427, 3, 1, 424) == (
        "Tồn đầu kỳ 1 + tiếp nhận 427 (kể cả ngoài diện tính) = giải quyết 3 + ra khỏi diện tính 1 + tồn cuối kỳ 424."
    )
    median = replace(overdue(), unit="ngày", denominator_label="kiến nghị tiếp nhận trong kỳ")
    assert sentences.denominator(median, figure(0, 384)) == "384 kiến nghị tiếp nhận trong kỳ, thuộc diện tính"
    assert sentences.denominator(on_time(), figure(0, 0)) == "không có kiến nghị đã rõ đúng hạn hay quá hạn"


def test_a_period_without_any_report_is_not_one_in_which_nothing_fell_due() -> None:
    told = {"on_time": figure(0, 0, coverage=0.0), "overdue": figure(188, None), "previous_label": "", "info": INFO}
    due = Coverage(34, 0, (), None)
    assert messages.headline("toàn tỉnh", THIRD, on_time(), due=due, **told) == (  # type: ignore[arg-type]
        "Chưa nhận được báo cáo nào của Quý III/2024 (0/34); theo các báo cáo trước, còn 188 kiến nghị quá hạn "
        "chưa giải quyết."
    )
    assert messages.headline("Xã A", THIRD, on_time(), **told).startswith(  # type: ignore[arg-type]
        "Chưa nhận được báo cáo nào của Quý III/2024 về Xã A; "
    )


def test_stocks_are_counted_at_the_end_of_a_period_or_on_the_day_of_the_data() -> None:
    assert messages.attention_title(THIRD) == "Cần chú ý, cuối Quý III/2024"
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


def test_the_title_of_a_trend_counts_steps_the_same_way() -> None:
    assert messages.trend_title(on_time(), [0.9, 0.8, 0.7]) == "Đúng hạn giảm 2 kỳ liền, chưa đạt mục tiêu"
    assert messages.trend_title(on_time(), [0.8, None, 0.95]) == "Đúng hạn tăng so với kỳ trước, đạt mục tiêu"
    assert messages.trend_title(on_time(), [0.8, 0.95], "Quý IV/2023") == (
        "Đúng hạn tăng so với kỳ trước, đạt mục tiêu (đến Quý IV/2023)"
    )
    assert messages.trend_title(on_time(), [0.8]) == "Tỷ lệ giải quyết đúng hạn"


def test_a_petition_s_state_says_by_how_much_it_is_late() -> None:
    assert petition_texts.state({"class": "open_overdue", "days_overdue": 12.9}) == "Quá hạn chưa giải quyết 12 ngày"
    assert petition_texts.state({"class": "settled_late", "days_overdue": 0.5}) == (
        "Đã giải quyết quá hạn chưa đến 1 ngày"
    )
    assert petition_texts.state({"class": "open_in_term", "days_overdue": None}) == "Đang giải quyết, còn hạn"


def test_a_row_kept_back_is_told_with_its_cell_and_the_report_used_instead() -> None:
    told = petition_texts.kept_back(KeptBack("353-2024Q3-v2", "Kiến nghị!E15", "Ngày không có thật.", "2024Q2"))
    assert told == (
        "Dòng này trong bản 353-2024Q3-v2 đang bị giữ lại (ô E15: Ngày không có thật); "
        "đang dùng báo cáo Quý II/2024, nên tình trạng dưới đây có thể đã cũ."
    )


def test_a_petition_s_flags_are_said_in_words() -> None:
    record = {
        "petition_code": "p1", "dialogue_code": None, "field_name": "Đất đai", "unit_name": "Xã A",
        "responsible_name": "Xã A", "responsible_body": "government", "received_at": datetime(2024, 7, 1),
        "due_at": datetime(2024, 7, 21), "original_due_at": datetime(2024, 7, 21), "due_is_default": True,
        "settled_at": None, "outcome": "in_progress", "result_no": None, "satisfaction": None,
        "flags": "extension_without_document,vanished",
    }  # fmt: skip
    told = dict(petition_texts.handling(record))
    assert told["Dấu hiệu cần xem kỹ"] == (
        "Gia hạn không có số văn bản: vẫn tính theo hạn cũ; Còn tồn nhưng không có trong báo cáo mới nhất"
    )
    assert told["Hạn giải quyết"] == "21/07/2024 (theo quy định, vì báo cáo không nêu hạn)"
    assert dict(petition_texts.handling(record | {"flags": ""}))["Dấu hiệu cần xem kỹ"] == "không có"


def test_every_age_of_the_queries_has_its_name() -> None:
    assert list(labels.AGES) == list(BUCKETS)


def test_coverage_counts_reports_and_says_what_is_not_due_yet() -> None:
    assert sentences.coverage(Coverage(14, 11, (), None), THIRD) == "Đã nhận 11/14 báo cáo của Quý III/2024"
    waiting = Coverage(0, 0, (), datetime(2024, 10, 10, 23, 59))
    assert sentences.coverage(waiting, THIRD) == "Chưa báo cáo nào của Quý III/2024 đến hạn (hạn 10/10/2024)"
    year = replace(THIRD, label="Năm 2024")
    assert sentences.coverage(Coverage(21, 21, (), None, ("2024Q4",)), year) == (
        "Đã nhận 21/21 báo cáo đã đến hạn của Năm 2024; còn Quý IV/2024 chưa đến hạn"
    )


def test_heads_and_vacant_posts_are_counted_at_the_end_and_over_the_period() -> None:
    assert messages.heads_headline(THIRD, HeadCounts(232, 238, 45, 6, 9)) == (
        "Quý III/2024: 232 người đứng đầu cuối kỳ (238 người trong cả kỳ); 45 người có kiến nghị quá hạn chưa giải "
        "quyết; 6 vị trí khuyết cuối kỳ (9 vị trí có lúc khuyết)."
    )
    assert messages.heads_headline(quarter(4), HeadCounts(2, 2, 0, 1, 1)) == (
        "Quý IV/2024: 2 người đứng đầu đến 05/10/2024; 0 người có kiến nghị quá hạn chưa giải quyết; "
        "1 vị trí khuyết đến 05/10/2024."
    )


def test_long_lists_of_names_are_cut_and_counted() -> None:
    told = sentences.missing_feeds(Coverage(9, 3, tuple("ABCDEF"), None), THIRD)
    assert told == "6 đơn vị còn thiếu báo cáo của Quý III/2024: A, B, C, D và 2 nơi khác."


def test_lists_say_which_rows_are_shown() -> None:
    assert petition_texts.listed(30, 30, 1) == "30 kiến nghị."
    assert petition_texts.listed(200, 1234, 201) == "Dòng 201–400 trong 1.234 kiến nghị."
    assert petition_texts.listed(0, 0, 1) == "Không có kiến nghị nào."


def test_what_falls_due_before_a_meeting() -> None:
    assert petition_texts.due_before(date(2024, 10, 15), 15) == (
        "15 kiến nghị đang còn hạn sẽ đến hạn trước ngày họp 15/10/2024 nếu chưa giải quyết xong."
    )


def test_every_flag_that_a_petition_can_bear_has_words() -> None:
    models = Path(__file__).parents[3] / "dbt_project" / "models" / "intermediate"
    written = "\n".join(path.read_text(encoding="utf-8") for path in models.glob("int_flags_*.sql"))
    codes = set(re.findall(r"petition_flag\(\s*'(\w+)'", written))
    not_on_a_petition_in_force = {"settled_on_non_working_day", "withdrawn_while_open"}
    assert set(labels.PETITION_FLAGS) == codes - not_on_a_petition_in_force
