"""A snapshot small enough to check by eye: a province, two districts, two communes, the worked example."""

from datetime import date, datetime, timedelta

import duckdb
import pytest

from dashboard.model import Figure, Kpi, Period
from dashboard.queries.scope import Connection

AS_OF = datetime(2024, 10, 5, 12)

SCHEMA = """
create table snapshot (snapshot_id varchar, as_of timestamp, known_at timestamp, built_at timestamp,
    province_code varchar,
    province_name varchar, is_sample boolean, min_denominator integer, min_coverage double, petitions integer,
    dialogues integer);
create table dim_units (unit_code varchar, display_name varchar, level varchar, parent_code varchar, valid_from date,
    valid_to date);
create table dim_periods (calendar varchar, period_type varchar, period_start date, period_end date,
    period_code varchar, label varchar, cutoff timestamp, is_running boolean, previous_start date);
create table dim_fields (field_code varchar, field_name varchar, sort_order integer);
create table dim_kpis (kpi_code varchar, name varchar, short_name varchar, unit varchar, numerator_label varchar,
    denominator_label varchar, definition varchar, better varchar, target double, basis varchar, sort_order integer);
create table dim_tenures (head_id varchar, leader_code varchar, full_name varchar, unit_code varchar, body varchar,
    post varchar, from_on date, to_on date);
create table kpi_values (calendar varchar, period_type varchar, period_start date, subject_type varchar,
    subject_id varchar, field_code varchar, kpi_code varchar, numerator double, denominator double, value double,
    lower double, upper double, rank integer, rank_best integer, rank_worst integer, peer_count integer,
    previous_value double, coverage double);
create table stock_flow (unit_code varchar, calendar varchar, period_type varchar, period_start date, opening bigint,
    received bigint, settled bigint, left_scope bigint, closing bigint);
create table fct_petitions (petition_code varchar, dialogue_code varchar, unit_code varchar,
    responsible_unit_code varchar, responsible_body varchar, field_code varchar, received_at timestamp,
    original_due_at timestamp, due_at timestamp, due_is_default boolean, settled_at timestamp, left_at timestamp,
    matured_at timestamp, outcome varchar, class varchar, satisfaction varchar, result_no varchar, days double,
    days_overdue double, head_at_maturity varchar, head_at_settlement varchar, head_now varchar, flags varchar,
    summary varchar, feed_id varchar, file_name varchar, sheet varchar, row_number integer);
create table fct_dialogues (dialogue_code varchar, unit_code varchar, held_on date, form varchar, chair_name varchar,
    chair_post varchar, chaired_by_head boolean, opinions_raised integer, answered_at_once integer,
    conclusion_on date, conclusion_due_on date, party_head_id varchar, government_head_id varchar, file_name varchar,
    sheet varchar, row_number integer);
create table feed_status (sender_unit_code varchar, calendar varchar, period_type varchar, period_start date,
    period_end date, status varchar, feed_id varchar, received_at timestamp, deadline timestamp, version integer,
    period_code varchar, days_late integer, nil_return boolean, rows_landed bigint, rows_quarantined bigint,
    feeds_rejected bigint, findings_unconfirmed bigint, prepared_by varchar, approved_by varchar,
    has_errors boolean, last_feed_status varchar, last_received_at timestamp);
create table feed_findings (feed_id varchar, finding_no integer, tier varchar, sheet varchar, cell varchar,
    row_number integer, message varchar, remedy varchar, rule varchar, count bigint, reason varchar);
create table feed_deadlines (level varchar, period_code varchar, period_start date, period_end date,
    deadline timestamp);
create table fct_feeds (feed_id varchar, file_name varchar, sender_unit_code varchar, period_code varchar,
    period_end date, version integer, received_at timestamp, status varchar, is_current boolean, rows_landed bigint,
    rows_quarantined bigint);
create table received_rows (feed_id varchar, sheet_kind varchar, sheet varchar, row_number integer, row_key varchar,
    row_status varchar, rules varchar, received varchar);
create table feed_repairs (feed_id varchar, sheet_kind varchar, sheet varchar, field varchar, received varchar,
    read varchar);
create table feed_changes (feed_id varchar, sheet_kind varchar, row_key varchar, change varchar, field varchar,
    before varchar, after varchar);
create table feed_columns (feed_id varchar, sheet_kind varchar, field varchar, header varchar, letter varchar);
create table integrity_flags (flag_id varchar, flag_code varchar, severity varchar, subject_type varchar,
    subject_id varchar, unit_code varchar, flagged_on date, detail varchar, feed_id varchar);
create table dim_flags (flag_code varchar, name varchar, sort_order integer);
create table suite_results (suite varchar, check_id varchar, description varchar, passed boolean, failed_rows bigint);
"""

ROWS = """
insert into snapshot values
    ('s1', '2024-10-05 12:00', '2024-10-05 12:00', '2024-10-05 12:01', '35', 'Hà Nam', true, 5, 0.8, 8, 2);
insert into dim_units values
    ('35', 'Tỉnh Hà Nam', 'province', null, '2020-01-01', null),
    ('347', 'Thành phố Phủ Lý', 'district', '35', '2020-01-01', null),
    ('350', 'Huyện Kim Bảng', 'district', '35', '2020-01-01', null),
    ('13285', 'Phường Quang Trung', 'commune', '347', '2020-01-01', null),
    ('13400', 'Xã Đi Lại', 'commune', '347', '2020-01-01', '2024-08-15'),
    ('13400', 'Xã Đi Lại', 'commune', '350', '2024-08-15', null);
insert into dim_periods values
    ('party', 'quarter', '2024-04-01', '2024-06-30', '2024Q2', 'Quý II/2024', '2024-06-30 23:59:59.999999', false,
     null),
    ('party', 'quarter', '2024-07-01', '2024-09-30', '2024Q3', 'Quý III/2024', '2024-09-30 23:59:59.999999', false,
     '2024-04-01'),
    ('party', 'quarter', '2024-10-01', '2024-12-31', '2024Q4', 'Quý IV/2024', '2024-10-05 12:00', true, '2024-07-01'),
    ('state', 'quarter', '2024-06-15', '2024-09-14', '2024Q3', 'Quý III/2024', '2024-09-14 23:59:59.999999', false,
     null);
insert into dim_fields values ('land', 'Đất đai', 1), ('other', 'Khác', 2);
insert into dim_tenures values
    ('A|13285|government', 'A', 'An', '13285', 'government', 'Chủ tịch UBND phường', '2023-01-01', '2024-08-16'),
    ('B|13285|government', 'B', 'Bình', '13285', 'government', 'Chủ tịch UBND phường', '2024-08-16', null),
    ('vacant|13285|party', 'vacant', 'Khuyết', '13285', 'party', null, null, null);
insert into stock_flow values
    ('13285', 'party', 'quarter', '2024-07-01', 1, 5, 3, 1, 2),
    ('347', 'party', 'quarter', '2024-07-01', 2, 1, 0, 0, 3);
insert into feed_status values
    ('347', 'party', 'quarter', '2024-07-01', '2024-09-30', 'on_time', '347-2024Q3-v1', '2024-10-02', '2024-10-10', 1,
     '2024Q3', null, false, 8, 1, 0, 1, 'Người Lập Mẫu', 'Người Duyệt Mẫu', true,
     'accepted', '2024-10-02'),
    ('350', 'party', 'quarter', '2024-07-01', '2024-09-30', 'not_due', null, null, '2024-10-10 23:59:59', null,
     '2024Q3', null, null, null, null, 0, 0, null, null, false, null, null),
    ('347', 'party', 'quarter', '2024-04-01', '2024-06-30', 'late', '347-2024Q2-v1', '2024-07-12', '2024-07-10', 1,
     '2024Q2', 2, false, 5, 0, 0, 0, null, null, false, 'accepted', '2024-07-12'),
    ('350', 'party', 'quarter', '2024-04-01', '2024-06-30', 'missing', null, null, '2024-07-10', null,
     '2024Q2', null, null, null, null, 1, 0, null, null, false, 'rejected', '2024-07-09');
insert into feed_findings values
    ('347-2024Q3-v1', 1, 'warn', 'Kiến nghị', 'Kiến nghị!D3', 3, 'Ngày viết bằng chữ.', 'Không cần làm gì.',
     'repaired_date', 4, null),
    ('rejected-1', 1, 'feed', 'Thông tin', 'Thông tin', null, 'Thiếu trang.', 'Thêm trang.', 'missing_sheet', 1, null);
insert into feed_deadlines values
    ('district', '2024Q4', '2024-10-01', '2024-12-31', '2025-01-10 23:59:59'),
    ('district', '2024Q3', '2024-07-01', '2024-09-30', '2024-10-10 23:59:59'),
    ('district', '2024Q2', '2024-04-01', '2024-06-30', '2024-07-10 23:59:59');
insert into fct_feeds values
    ('347-2024Q2-v1', 'quy2.xlsx', '347', '2024Q2', '2024-06-30', 1, '2024-07-12', 'accepted', true, 5, 0),
    ('347-2024Q3-v0', 'cu.xlsx', '347', '2024Q3', '2024-09-30', 0, '2024-10-01', 'accepted', false, 9, 0),
    ('347-2024Q3-v1', 'quy3.xlsx', '347', '2024Q3', '2024-09-30', 1, '2024-10-02', 'accepted', true, 8, 1),
    ('rejected-1', 'hong.xlsx', '350', '2024Q2', '2024-06-30', null, '2024-07-09', 'rejected', false, 0, 0);
insert into received_rows values
    ('347-2024Q3-v0', 'petitions', 'Kiến nghị', 3, 'p1', 'landed', null,
     '{"petition_code": "p1", "received_on": "20/6/2024"}'),
    ('347-2024Q3-v1', 'petitions', 'Kiến nghị', 3, 'p1', 'landed', null,
     '{"petition_code": "p1", "received_on": "20.6.24"}'),
    ('347-2024Q3-v1', 'petitions', 'Kiến nghị', 9, 'p9', 'quarantined', 'settled_on_missing',
     '{"petition_code": "p9"}');
insert into feed_repairs values
    ('347-2024Q3-v1', 'petitions', 'Kiến nghị', 'received_on', '20.6.24', '2024-06-20');
insert into feed_changes values
    ('347-2024Q3-v1', 'petitions', 'p1', 'changed', 'outcome', 'in_progress', 'resolved');
insert into feed_columns values
    ('347-2024Q3-v1', 'petitions', 'received_on', 'Ngày tiếp nhận', 'D'),
    ('347-2024Q3-v1', 'petitions', 'petition_code', 'Mã kiến nghị', 'B');
insert into dim_flags values ('vanished', 'Mất khỏi báo cáo sau', 1), ('settled_on_day_off', 'Ngày nghỉ', 2);
insert into integrity_flags values
    ('settled_on_day_off|p2', 'settled_on_day_off', 'info', 'petition', 'p2', '13285', '2024-09-02', 'Chủ nhật.',
     '347-2024Q3-v1'),
    ('vanished|p7', 'vanished', 'warn', 'petition', 'p7', '13285', '2024-08-02', 'Không còn trong báo cáo.', null);
insert into suite_results values
    ('marts', 'b', 'Mỗi kiến nghị một dòng', true, 0), ('marts', 'a', 'Có hạn', false, 2);
insert into fct_dialogues values
    ('d1', '13285', '2024-07-02', 'periodic', 'An', 'Chủ tịch', true, 10, 7, '2024-07-08', '2024-07-12', null,
     'A|13285|government', 'f.xlsx', 'Hội nghị', 5),
    ('d2', '13285', '2024-09-02', 'thematic', 'Bình', 'Chủ tịch', true, 4, 4, null, '2024-09-12', null,
     'B|13285|government', 'f.xlsx', 'Hội nghị', 6);
insert into kpi_values values
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
alter table fct_dialogues add column supervised_on date;
update fct_dialogues set supervised_on = '2024-07-20' where dialogue_code = 'd1';
update feed_status set nil_return = sender_unit_code = '347' and period_start = '2024-04-01' where feed_id is not null;
create table fct_plans (unit_code varchar, year integer, planned_dialogues bigint, programme_no varchar,
    file_name varchar, sheet varchar, row_number integer);
create table fct_trainings (training_code varchar, unit_code varchar, held_on date, topic varchar, participants bigint,
    file_name varchar, sheet varchar, row_number integer);
create table fct_decisions (decision_no varchar, decided_on date, kind varchar, unit_code varchar, leader_code varchar,
    form varchar, reason varchar, file_name varchar, sheet varchar, row_number integer);
create table fct_practices (practice_code varchar, unit_code varchar, published_on date, title varchar, summary varchar,
    file_name varchar, sheet varchar, row_number integer);
insert into fct_plans values
    ('13285', 2024, 3, '05-CTr/ĐU', 'f.xlsx', 'Kế hoạch', 2),
    ('347', 2024, 1, null, 'f.xlsx', 'Kế hoạch', 3),
    ('13285', 2023, 9, null, 'e.xlsx', 'Kế hoạch', 2);
insert into fct_trainings values
    ('t1', '13285', '2024-07-01', 'Kỹ năng đối thoại', 30, 'f.xlsx', 'Tập huấn', 2),
    ('t2', '347', '2024-09-30', 'Theo dõi kiến nghị', null, 'f.xlsx', 'Tập huấn', 3),
    ('t3', '13285', '2024-06-30', 'Kỳ trước', 10, 'f.xlsx', 'Tập huấn', 4);
insert into fct_decisions values
    ('1/QĐ', '2024-07-10', 'reward', '13285', null, 'Giấy khen', 'Đúng hạn', 'f.xlsx', 'Khen thưởng', 2),
    ('2/QĐ', '2024-08-20', 'reminder', null, 'B', 'Phê bình', null, 'f.xlsx', 'Khen thưởng', 3),
    ('3/QĐ', '2024-06-01', 'discipline', null, 'A', 'Khiển trách', null, 'f.xlsx', 'Khen thưởng', 4),
    ('4/QĐ', '2024-10-03', 'reward', '13285', 'B', 'Bằng khen', null, 'f.xlsx', 'Khen thưởng', 5);
insert into fct_practices values
    ('c1', '13285', '2024-03-01', 'Sổ theo dõi', 'Ghi từng việc', 'f.xlsx', 'Cách làm hay', 2),
    ('c2', '347', '2024-10-02', 'Đối thoại lưu động', null, 'f.xlsx', 'Cách làm hay', 3);
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
        code, "d1", unit, unit, "government", field, _instant(received), due_at, due_at, False, settled_at, left_at,
        matured if matures else None, outcome, petition_class, None, None, 1.0, overdue, *heads, "",
        f"Nội dung {code}", "347-2024Q3-v1", "f.xlsx", "Kiến nghị", number,
    ]  # fmt: skip


@pytest.fixture(scope="session")
def con() -> Connection:
    """The tiny snapshot, open."""
    return tiny_snapshot()


def tiny_snapshot() -> Connection:
    """A tiny snapshot of its own, for a test that changes it."""
    connection = duckdb.connect(":memory:")
    connection.execute(SCHEMA)
    connection.execute(ROWS)
    connection.execute(RECORDS)
    for number, row in enumerate(PETITIONS, start=2):
        connection.execute(f"insert into fct_petitions values ({', '.join('?' * 28)})", _petition(number, row))
    for number, kpi in enumerate((on_time(), overdue())):
        values = [kpi.code, kpi.name, kpi.short_name, kpi.unit, kpi.numerator_label, kpi.denominator_label,
                  kpi.definition, kpi.better, kpi.target, kpi.basis, number]  # fmt: skip
        connection.execute(f"insert into dim_kpis values ({', '.join('?' * 11)})", values)
    return connection


def on_time() -> Kpi:
    return Kpi("on_time_rate", "Tỷ lệ giải quyết đúng hạn", "Đúng hạn", "%", "kiến nghị đúng hạn",
               "kiến nghị đã rõ đúng hạn hay quá hạn", "Định nghĩa.", "higher", 0.9, "Quy định 11-QĐi/TW")  # fmt: skip


def overdue() -> Kpi:
    return Kpi("overdue_open", "Số kiến nghị quá hạn", "Quá hạn", "kiến nghị", "kiến nghị còn tồn đã quá hạn", "",
               "Định nghĩa.", "lower", 0.0, "")  # fmt: skip


def figure(numerator: float, denominator: float | None, **changes: object) -> Figure:
    """A figure of unit 13285 with the value that follows from the pair."""
    value = numerator if denominator is None else (numerator / denominator if denominator else None)
    plain: dict[str, object] = {
        "subject_id": "13285", "kpi_code": "on_time_rate", "field_code": "ALL", "numerator": numerator,
        "denominator": denominator, "value": value, "lower": 0.4, "upper": 0.8, "rank": None, "rank_best": None,
        "rank_worst": None, "peer_count": None, "previous_value": None, "coverage": 1.0,
    }  # fmt: skip
    return Figure(**{**plain, **changes})  # type: ignore[arg-type]


def quarter(number: int, *, calendar: str = "party") -> Period:
    """Quarter II, III or IV of 2024 as the tiny snapshot has it."""
    starts = {2: date(2024, 4, 1), 3: date(2024, 7, 1), 4: date(2024, 10, 1)}
    ends = {2: date(2024, 6, 30), 3: date(2024, 9, 30), 4: date(2024, 12, 31)}
    roman = {2: "II", 3: "III", 4: "IV"}[number]
    cutoff = min(AS_OF, datetime.combine(ends[number], datetime.max.time()))
    return Period(calendar, "quarter", starts[number], ends[number], f"2024Q{number}", f"Quý {roman}/2024", cutoff,
                  number == 4, starts.get(number - 1))  # fmt: skip
