"""A snapshot small enough to check by eye: a province, two districts, two communes, the worked example."""

from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import yaml

from dashboard.model import Figure, Kpi, KpiPart, Part, Period
from dashboard.queries.scope import Connection
from warehouse.publish import SUITE_RESULTS

MARTS = Path(__file__).parents[3] / "dbt_project" / "models" / "marts"
AS_OF = datetime(2024, 10, 5, 12)

SNAPSHOT = """
create table snapshot (snapshot_id varchar, as_of timestamp, known_at timestamp, built_at timestamp,
    province_code varchar, province_name varchar, is_sample boolean, min_denominator integer, min_coverage double,
    petitions integer, dialogues integer);
"""

ROWS = """
insert into snapshot (snapshot_id, as_of, known_at, built_at, province_code, province_name, is_sample,
    min_denominator, min_coverage, petitions, dialogues) values
    ('s1', '2024-10-05 12:00', '2024-10-05 12:00', '2024-10-05 12:01', '35', 'Hà Nam', true, 5, 0.8, 8, 2);
insert into dim_units (unit_code, display_name, level, parent_code, valid_from, valid_to) values
    ('35', 'Tỉnh Hà Nam', 'province', null, '2020-01-01', null),
    ('347', 'Thành phố Phủ Lý', 'district', '35', '2020-01-01', null),
    ('350', 'Huyện Kim Bảng', 'district', '35', '2020-01-01', null),
    ('13285', 'Phường Quang Trung', 'commune', '347', '2020-01-01', null),
    ('13400', 'Xã Đi Lại', 'commune', '347', '2020-01-01', '2024-08-15'),
    ('13400', 'Xã Đi Lại', 'commune', '350', '2024-08-15', null);
insert into dim_periods (calendar, period_type, period_start, period_end, period_code, label, cutoff, is_running,
    previous_start, sort_order, feeds_expected, feeds_received) values
    ('party', 'quarter', '2024-04-01', '2024-06-30', '2024Q2', 'Quý II/2024', '2024-06-30 23:59:59.999999', false,
     null, 1, 2, 1),
    ('party', 'quarter', '2024-07-01', '2024-09-30', '2024Q3', 'Quý III/2024', '2024-09-30 23:59:59.999999', false,
     '2024-04-01', 1, 1, 1),
    ('party', 'quarter', '2024-10-01', '2024-12-31', '2024Q4', 'Quý IV/2024', '2024-10-05 12:00', true, '2024-07-01',
     1, 0, 0),
    ('state', 'quarter', '2024-06-15', '2024-09-14', '2024Q3', 'Quý III/2024', '2024-09-14 23:59:59.999999', false,
     null, 1, 1, 1);
insert into dim_fields (field_code, field_name, sort_order) values ('land', 'Đất đai', 1), ('other', 'Khác', 2);
insert into dim_tenures (head_id, leader_code, full_name, unit_code, body, post, from_on, to_on, unit_in_force) values
    ('A|13285|government', 'A', 'An', '13285', 'government', 'Chủ tịch UBND phường', '2023-01-01', '2024-08-16', true),
    ('B|13285|government', 'B', 'Bình', '13285', 'government', 'Chủ tịch UBND phường', '2024-08-16', null, true),
    ('vacant|13285|party', 'vacant', 'Khuyết', '13285', 'party', null, null, null, true);
insert into subject_stock_flow (subject_type, subject_id, field_code, calendar, period_type, period_start, opening,
    joined, received, settled, left_scope, moved_away, closing) values
    ('unit', '13285', 'ALL', 'party', 'quarter', '2024-07-01', 1, 0, 5, 3, 1, 0, 2),
    ('unit', '13285', 'land', 'party', 'quarter', '2024-07-01', 1, 0, 1, 2, 0, 0, 0),
    ('subtree', '350', 'ALL', 'party', 'quarter', '2024-07-01', 0, 0, 1, 1, 0, 0, 0),
    ('subtree', '347', 'ALL', 'party', 'quarter', '2024-07-01', 1, 0, 6, 4, 1, 0, 2),
    ('province', '35', 'ALL', 'party', 'quarter', '2024-07-01', 1, 0, 7, 5, 1, 0, 2);
insert into feed_status (sender_unit_code, calendar, period_type, period_start, period_end, status, feed_id,
    received_at, deadline, version, period_code, days_late, nil_return, rows_landed, rows_quarantined,
    feeds_rejected, findings_unconfirmed, prepared_by, approved_by, has_errors, last_feed_status, last_received_at)
    values
    ('347', 'party', 'quarter', '2024-07-01', '2024-09-30', 'on_time', '347-2024Q3-v2', '2024-10-01', '2024-10-10', 2,
     '2024Q3', null, false, 8, 1, 0, 1, 'Người Lập Mẫu', 'Người Duyệt Mẫu', true,
     'accepted', '2024-10-02'),
    ('350', 'party', 'quarter', '2024-07-01', '2024-09-30', 'not_due', null, null, '2024-10-10 23:59:59', null,
     '2024Q3', null, null, null, null, 0, 0, null, null, false, null, null),
    ('347', 'party', 'quarter', '2024-04-01', '2024-06-30', 'late', '347-2024Q2-v1', '2024-07-12', '2024-07-10', 1,
     '2024Q2', 2, false, 5, 0, 0, 0, null, null, false, 'accepted', '2024-07-12'),
    ('350', 'party', 'quarter', '2024-04-01', '2024-06-30', 'missing', null, null, '2024-07-10', null,
     '2024Q2', null, null, null, null, 1, 0, null, null, false, 'rejected', '2024-07-09');
insert into feed_findings (feed_id, finding_no, tier, sheet, cell, row_number, message, remedy, rule, count, reason)
    values
    ('347-2024Q3-v2', 1, 'warn', 'Kiến nghị', 'Kiến nghị!D3', 3, 'Ngày viết bằng chữ.', 'Không cần làm gì.',
     'repaired_date', 4, null),
    ('347-2024Q3-v2', 2, 'row', 'Kiến nghị', 'Kiến nghị!M9', 9, 'Ô «Ngày giải quyết xong» để trống.', 'Ghi ngày.',
     'settled_on_missing', 1, null),
    ('rejected-1', 1, 'feed', 'Thông tin', 'Thông tin', null, 'Thiếu trang.', 'Thêm trang.', 'missing_sheet', 1, null);
insert into feed_deadlines (level, period_code, period_start, period_end, deadline) values
    ('district', '2024Q4', '2024-10-01', '2024-12-31', '2025-01-10 23:59:59'),
    ('district', '2024Q3', '2024-07-01', '2024-09-30', '2024-10-10 23:59:59'),
    ('district', '2024Q2', '2024-04-01', '2024-06-30', '2024-07-10 23:59:59');
insert into fct_feeds (feed_id, file_name, sender_unit_code, period_code, period_end, version, received_at, status,
    is_current, rows_landed, rows_quarantined) values
    ('347-2024Q2-v1', 'quy2.xlsx', '347', '2024Q2', '2024-06-30', 1, '2024-07-12', 'accepted', true, 5, 0),
    ('347-2024Q3-v1', 'cu.xlsx', '347', '2024Q3', '2024-09-30', 1, '2024-10-01', 'accepted', false, 9, 0),
    ('347-2024Q3-v2', 'quy3.xlsx', '347', '2024Q3', '2024-09-30', 2, '2024-10-02', 'accepted', true, 8, 1),
    ('rejected-1', 'hong.xlsx', '350', '2024Q2', '2024-06-30', null, '2024-07-09', 'rejected', false, 0, 0);
insert into received_rows (feed_id, sheet_kind, sheet, row_number, row_key, row_status, rules, received) values
    ('347-2024Q3-v1', 'petitions', 'Kiến nghị', 3, 'p1', 'landed', null,
     '{"petition_code": "p1", "received_on": "20/6/2024"}'),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 3, 'p1', 'landed', null,
     '{"petition_code": "p1", "received_on": "20.6.24"}'),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 4, 'p2', 'landed', null, '{"petition_code": "p2", "field": "Khác"}'),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 12, 'p3', 'landed', null, '{"petition_code": "p3"}'),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 9, 'p9', 'quarantined', 'settled_on_missing',
     '{"petition_code": "p9"}');
update received_rows set subject_id = row_key;
insert into feed_repairs (feed_id, sheet_kind, sheet, field, received, read_shown, repair) values
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 'received_on', '20.6.24', '20/06/2024', 'date'),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 'field', '', 'Đất đai', 'filled_down'),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 'field', '', 'Khác', 'filled_down');
insert into feed_changes (feed_id, sheet_kind, row_key, change, field, header, before_shown, after_shown) values
    ('347-2024Q3-v2', 'petitions', 'p1', 'changed', 'outcome', 'Tình trạng', 'Đang giải quyết', 'Đã giải quyết'),
    ('347-2024Q3-v2', 'petitions', 'p9', 'set_aside', '', '', null, null);
insert into feed_columns (feed_id, sheet_kind, sheet, first_row, last_row, field, header, letter, filled_rows) values
    ('347-2024Q3-v1', 'petitions', '', null, null, 'petition_code', 'Mã kiến nghị', 'A', null),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 3, 9, 'received_on', 'Ngày tiếp nhận', 'D', null),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 3, 9, 'field', 'Lĩnh vực', 'E', [4]),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 3, 9, 'petition_code', 'Mã kiến nghị', 'B', null),
    ('347-2024Q3-v2', 'petitions', 'Kiến nghị', 12, 20, 'petition_code', 'Mã số', 'C', null),
    ('347-2024Q3-v2', 'petitions', 'Xã', 2, 30, 'petition_code', 'Mã', 'A', null);
insert into dim_flags (flag_code, name, sort_order) values
    ('vanished', 'Mất khỏi báo cáo sau', 1), ('settled_on_day_off', 'Ngày nghỉ', 2);
insert into integrity_flags (flag_id, flag_code, severity, subject_type, subject_id, unit_code, flagged_on, detail,
    feed_id) values
    ('settled_on_day_off|p2', 'settled_on_day_off', 'info', 'petition', 'p2', '13285', '2024-09-02', 'Chủ nhật.',
     '347-2024Q3-v2'),
    ('vanished|p7', 'vanished', 'warn', 'petition', 'p7', '13285', '2024-08-02', 'Không còn trong báo cáo.', null);
insert into suite_results (suite, check_id, description, examined, rows_examined) values
    ('marts', 'b', 'Mỗi kiến nghị một dòng', 'fct_petitions', 8), ('dbt', 'a', 'Có hạn', 'int_petitions', null);
insert into fct_dialogues (dialogue_code, unit_code, held_on, form, chair_name, chair_post, chaired_by_head,
    opinions_raised, answered_at_once, conclusion_on, conclusion_due_on, party_head_id, government_head_id,
    file_name, sheet, row_number) values
    ('d1', '13285', '2024-07-02', 'periodic', 'An', 'Chủ tịch', true, 10, 7, '2024-07-08', '2024-07-12', null,
     'A|13285|government', 'f.xlsx', 'Hội nghị', 5),
    ('d2', '13285', '2024-09-02', 'thematic', 'Bình', 'Chủ tịch', true, 4, 4, null, '2024-09-12', null,
     'B|13285|government', 'f.xlsx', 'Hội nghị', 6);
insert into kpi_values (calendar, period_type, period_start, subject_type, subject_id, field_code, kpi_code,
    numerator, denominator, value, lower, upper, rank, rank_best, rank_worst, peer_count, previous_value, coverage)
    values
    ('party', 'quarter', '2024-07-01', 'unit', '13285', 'ALL', 'on_time_rate', 2, 4, 0.5, 0.15, 0.85, null, null, null,
     null, 1.0, 1.0),
    ('party', 'quarter', '2024-07-01', 'unit', '13285', 'land', 'on_time_rate', 1, 2, 0.5, 0.09, 0.91, null, null, null,
     null, null, 1.0),
    ('party', 'quarter', '2024-07-01', 'unit', '13285', 'ALL', 'dialogues_held', 2, null, 2, null, null, null, null,
     null, null, 1, 1.0),
    ('party', 'quarter', '2024-07-01', 'unit', '13285', 'ALL', 'head_chaired_rate', 2, 2, 1, 0.34, 1, null, null, null,
     null, null, 1.0),
    ('party', 'quarter', '2024-04-01', 'unit', '13285', 'ALL', 'on_time_rate', 3, 3, 1, 0.43, 1, null, null, null, null,
     null, 1.0),
    ('party', 'quarter', '2024-07-01', 'province', '35', 'ALL', 'on_time_rate', 2, 4, 0.5, 0.15, 0.85, null, null, null,
     null, 1.0, 1.0),
    ('party', 'quarter', '2024-07-01', 'head', 'B|13285|government', 'ALL', 'on_time_rate', 1, 2, 0.5, 0.09, 0.91, null,
     null, null, null, null, 1.0),
    ('party', 'quarter', '2024-07-01', 'head', 'B|13285|government', 'ALL', 'overdue_open', 1, null, 1, null, null,
     null, null, null, null, null, 1.0);
"""

RECORDS = """
update fct_dialogues set supervised_on = '2024-07-20' where dialogue_code = 'd1';
update fct_dialogues set dialogue_id = dialogue_code;
update kpi_values set unit_code = case when subject_type = 'head' then '13285' else subject_id end;
update feed_status set nil_return = sender_unit_code = '347' and period_start = '2024-04-01' where feed_id is not null;
insert into fct_plans (unit_code, year, planned_dialogues, programme_no, file_name, sheet, row_number) values
    ('13285', 2024, 3, '05-CTr/ĐU', 'f.xlsx', 'Kế hoạch', 2),
    ('347', 2024, 1, null, 'f.xlsx', 'Kế hoạch', 3),
    ('13285', 2023, 9, null, 'e.xlsx', 'Kế hoạch', 2);
insert into fct_trainings (training_code, unit_code, held_on, topic, participants, file_name, sheet, row_number)
    values
    ('t1', '13285', '2024-07-01', 'Kỹ năng đối thoại', 30, 'f.xlsx', 'Tập huấn', 2),
    ('t2', '347', '2024-09-30', 'Theo dõi kiến nghị', null, 'f.xlsx', 'Tập huấn', 3),
    ('t3', '13285', '2024-06-30', 'Kỳ trước', 10, 'f.xlsx', 'Tập huấn', 4);
insert into fct_decisions (decision_no, decided_on, kind, unit_code, leader_code, form, reason, file_name, sheet,
    row_number) values
    ('1/QĐ', '2024-07-10', 'reward', '13285', null, 'Giấy khen', 'Đúng hạn', 'f.xlsx', 'Khen thưởng', 2),
    ('2/QĐ', '2024-08-20', 'reminder', null, 'B', 'Phê bình', null, 'f.xlsx', 'Khen thưởng', 3),
    ('3/QĐ', '2024-06-01', 'discipline', null, 'A', 'Khiển trách', null, 'f.xlsx', 'Khen thưởng', 4),
    ('4/QĐ', '2024-10-03', 'reward', '13285', 'B', 'Bằng khen', null, 'f.xlsx', 'Khen thưởng', 5);
insert into fct_practices (practice_code, unit_code, published_on, title, summary, file_name, sheet, row_number)
    values
    ('c1', '13285', '2024-03-01', 'Sổ theo dõi', 'Ghi từng việc', 'f.xlsx', 'Cách làm hay', 2),
    ('c2', '347', '2024-10-02', 'Đối thoại lưu động', null, 'f.xlsx', 'Cách làm hay', 3);
"""

KPI_PARTS = """
insert into kpi_parts (kpi_code, part, record_kind, event, only_column, link_label) values
    ('on_time_rate', 'numerator', 'petitions', 'matured', 'is_settled_on_time', 'đúng hạn'),
    ('on_time_rate', 'denominator', 'petitions', 'matured', '', 'đến hạn'),
    ('resolution_rate', 'numerator', 'petitions', 'settled', '', 'đã giải quyết'),
    ('resolution_rate', 'denominator', 'petitions', 'to_handle', '', 'phải giải quyết'),
    ('resolved_share', 'numerator', 'petitions', 'settled', 'is_resolved', 'giải quyết xong'),
    ('overdue_open', 'numerator', 'petitions', 'overdue', '', 'quá hạn'),
    ('overdue_rate', 'denominator', 'petitions', 'open', '', 'còn tồn'),
    ('median_days_to_settle', 'denominator', 'petitions', 'received_in_scope', '', 'tiếp nhận'),
    ('dialogues_held', 'numerator', 'dialogues', 'held', '', 'hội nghị'),
    ('head_chaired_rate', 'numerator', 'dialogues', 'held', 'chaired_by_head', 'trực tiếp chủ trì');
insert into dim_kpis (kpi_code, name, short_name, unit, definition, record_kind, by_field, known_without_feeds,
    sort_order) values
    ('dialogues_held', 'Số hội nghị', 'Hội nghị', 'hội nghị', 'Định nghĩa.', 'dialogues', true, false, 3),
    ('head_chaired_rate', 'Tỷ lệ chủ trì', 'Chủ trì', '%', 'Định nghĩa.', 'dialogues', false, false, 4);
"""
KPI_COLUMNS = """
kpi_code, name, short_name, unit, numerator_label, denominator_label, definition, better, target, basis,
record_kind, by_field, known_without_feeds, overview_order, comparison_order, sort_order
"""
PETITION_COLUMNS = """
petition_id, petition_code, dialogue_id, dialogue_code, unit_code, responsible_unit_code, responsible_body,
field_code, received_at,
original_due_at, due_at, due_is_default, settled_at, left_at, matured_at, overdue_from, is_settled_on_time,
is_resolved, outcome, class, satisfaction,
result_no, days, days_overdue, head_at_maturity, head_at_settlement, head_now, flags, summary, feed_id,
file_name, sheet, row_number
"""

PETITIONS = (
    # code, unit, received, due, settled, left, outcome, class, field
    ("p1", "13285", "2024-06-20", "2024-07-10", "2024-07-10", None, "resolved", "settled_on_time", "land"),
    ("p2", "13285", "2024-07-05", "2024-07-25", "2024-09-02", None, "resolved", "settled_late", "land"),
    ("p3", "13285", "2024-08-01", "2024-08-21", None, None, "in_progress", "open_overdue", "other"),
    ("p4", "13285", "2024-08-10", "2024-10-30", None, None, "in_progress", "open_in_term", "other"),
    ("p5", "13285", "2024-09-10", "2024-09-30", "2024-09-12", None, "explained", "settled_on_time", "other"),
    ("p6", "13285", "2024-09-15", "2024-10-05", None, "2024-09-20", "out_of_scope", "left_scope", "other"),
    # the commune that moved from Phủ Lý to Kim Bảng on 15 August: one matured before, one after
    ("m1", "13400", "2024-07-01", "2024-07-21", "2024-07-20", None, "resolved", "settled_on_time", "land"),
    ("m2", "13400", "2024-08-20", "2024-09-09", "2024-09-08", None, "resolved", "settled_on_time", "land"),
)
LAST = timedelta(days=1, microseconds=-1)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _petition(number: int, row: tuple[str | None, ...]) -> list[object]:
    code, unit, received, due, settled, left, outcome, petition_class, field = row
    due_at = datetime.fromisoformat(str(due)) + LAST
    settled_at, left_at = _instant(settled), _instant(left)
    matured = min(settled_at or due_at, due_at)
    matures = matured <= AS_OF and (left_at is None or left_at >= matured)
    overdue = ((settled_at or AS_OF) - due_at).days if petition_class in {"settled_late", "open_overdue"} else None
    post = "13285|government" if unit == "13285" else ""
    heads = [f"{'A' if day < datetime(2024, 8, 16) else 'B'}|{post}" if day and post else None
             for day in (matured if matures else None, settled_at, AS_OF)]  # fmt: skip
    return [
        code, code, "d1", "d1", unit, unit, "government", field, _instant(received), due_at, due_at, False, settled_at,
        left_at,
        matured if matures else None, due_at + LAST.resolution if overdue is not None else None,
        petition_class == "settled_on_time", outcome == "resolved", outcome, petition_class, None, None, 1.0, overdue,
        *heads, "",
        f"Nội dung {code}", "347-2024Q3-v2", "f.xlsx", "Kiến nghị", number,
    ]  # fmt: skip


@pytest.fixture(scope="session")
def con() -> Connection:
    """An open connection to the tiny snapshot."""
    return tiny_snapshot()


def mart_columns() -> dict[str, list[str]]:
    """The columns of every published mart, with their types, as the contracts of dbt enforce them."""
    models = (model for file in MARTS.glob("_*.yml") for model in yaml.safe_load(file.read_text()).get("models", ()))
    return {model["name"]: [f"{each['name']} {each['data_type']}" for each in model["columns"]] for model in models}


def tiny_snapshot() -> Connection:
    """A new tiny snapshot, which a test may change."""
    connection = duckdb.connect(":memory:")
    for table, columns in mart_columns().items():
        connection.execute(f"create table {table} ({', '.join(columns)})")
    connection.execute(SNAPSHOT)
    connection.execute(SUITE_RESULTS)
    connection.execute(ROWS)
    connection.execute(RECORDS)
    for number, row in enumerate(PETITIONS, start=2):
        marks = ", ".join("?" * 33)
        connection.execute(f"insert into fct_petitions ({PETITION_COLUMNS}) values ({marks})", _petition(number, row))
    for number, kpi in enumerate((on_time(), overdue())):
        values = [kpi.code, kpi.name, kpi.short_name, kpi.unit, kpi.numerator_label, kpi.denominator_label,
                  kpi.definition, kpi.better, kpi.target, kpi.basis, kpi.record_kind, kpi.is_by_field,
                  kpi.is_known_without_feeds, kpi.overview_order, kpi.comparison_order, number]  # fmt: skip
        connection.execute(f"insert into dim_kpis ({KPI_COLUMNS}) values ({', '.join('?' * 16)})", values)
    connection.execute(KPI_PARTS)
    return connection


def on_time() -> Kpi:
    return Kpi("on_time_rate", "Tỷ lệ giải quyết đúng hạn", "Đúng hạn", "%", "kiến nghị đúng hạn",
               "kiến nghị đã rõ đúng hạn hay quá hạn", "Định nghĩa.", "higher", 0.9, "Quy định 11-QĐi/TW",
               "petitions", True, False, 1, 3,
               (KpiPart(Part.NUMERATOR, "petitions", "matured", "is_settled_on_time", "đúng hạn"),
                KpiPart(Part.DENOMINATOR, "petitions", "matured", "", "đến hạn")))  # fmt: skip


def overdue() -> Kpi:
    return Kpi("overdue_open", "Số kiến nghị quá hạn", "Quá hạn", "kiến nghị", "kiến nghị còn tồn đã quá hạn", "",
               "Định nghĩa.", "lower", 0.0, "", "petitions", True, True, 2, 4,
               (KpiPart(Part.NUMERATOR, "petitions", "overdue", "", "quá hạn"),))  # fmt: skip


def figure(numerator: float, denominator: float | None, **changes: object) -> Figure:
    """A figure of unit 13285 with the value of numerator over denominator."""
    value = numerator if denominator is None else (numerator / denominator if denominator else None)
    plain: dict[str, object] = {
        "subject_id": "13285", "kpi_code": "on_time_rate", "field_code": "ALL", "numerator": numerator,
        "denominator": denominator, "value": value, "lower": 0.4, "upper": 0.8, "rank": None, "rank_best": None,
        "rank_worst": None, "peer_count": None, "previous_value": None, "coverage": 1.0,
    }  # fmt: skip
    return Figure(**{**plain, **changes})  # type: ignore[arg-type]


def quarter(number: int, *, calendar: str = "party") -> Period:
    """Quarter II, III or IV of 2024 in the tiny snapshot."""
    starts = {2: date(2024, 4, 1), 3: date(2024, 7, 1), 4: date(2024, 10, 1)}
    ends = {2: date(2024, 6, 30), 3: date(2024, 9, 30), 4: date(2024, 12, 31)}
    roman = {2: "II", 3: "III", 4: "IV"}[number]
    cutoff = min(AS_OF, datetime.combine(ends[number], datetime.max.time()))
    return Period(calendar, "quarter", starts[number], ends[number], f"2024Q{number}", f"Quý {roman}/2024", cutoff,
                  number == 4, starts.get(number - 1))  # fmt: skip
