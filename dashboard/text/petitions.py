"""Sentences about petitions: lists, ages, overdue petitions, upcoming deadlines."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.model import Kpi, Part, Period, QuarantinedRow, Tenure
from dashboard.text import file_check, labels
from dashboard.text import formats as f
from dashboard.text.sentences import NOTHING_LISTED, brief
from warehouse.invisible import visible


def listed(shown: int, total: int, first: int) -> str:
    """'Dòng 1–200 trong 1.234 kiến nghị.'"""
    if not total:
        return NOTHING_LISTED
    if shown == total:
        return f"{f.number(total)} kiến nghị."
    return f"Dòng {f.number(first)}–{f.number(first + shown - 1)} trong {f.number(total)} kiến nghị."


def behind_figure(kpi: Kpi, part: Part, period: Period, owner: str) -> str:
    """Return the title of the list behind a numerator or denominator."""
    label = brief(kpi.numerator_label if part is Part.NUMERATOR else (kpi.denominator_label or kpi.numerator_label))
    return f"{kpi.name}, {period.label}, {owner}: {label}"


def head_named(tenure: Tenure) -> str:
    """'Nguyễn Văn An, Chủ tịch UBND xã, Xã Đi Lại'."""
    return f"{tenure.full_name}, {tenure.post or labels.POSTS[tenure.body]}, {tenure.unit_name}"


def aging_title(overdue: int, over_a_month: int) -> str:
    if not overdue:
        return "Không có kiến nghị quá hạn"
    if not over_a_month:
        return f"{f.number(overdue)} kiến nghị quá hạn, chưa có kiến nghị nào quá 30 ngày"
    return f"{f.number(overdue)} kiến nghị quá hạn, trong đó {f.number(over_a_month)} đã quá hơn 30 ngày"


def progress_headline(as_of: date, place: str, overdue: int, still_open: int, units: int) -> str:
    """Return the headline of the page of overdue petitions."""
    stock = f"{f.number(still_open)} kiến nghị còn tồn"
    if not overdue:
        return f"Đến {f.day(as_of)}, {place} không có kiến nghị nào quá hạn trong {stock}."
    return (
        f"Đến {f.day(as_of)}, {place} có {f.number(overdue)} trong {stock} đã quá hạn, "
        f"thuộc trách nhiệm giải quyết của {f.number(units)} đơn vị."
    )


def units_overdue_title(units: int, most: int) -> str:
    if not units:
        return "Không có đơn vị nào có kiến nghị quá hạn"
    return f"{f.number(units)} đơn vị có kiến nghị quá hạn" + (
        f", {f.number(most)} đơn vị nhiều nhất" if units > most else ""
    )


def due_before(meeting: date, count: int) -> str:
    day_text = f.day(meeting)
    if not count:
        return f"Không có kiến nghị nào đang còn hạn mà đến hạn trước ngày họp {day_text}."
    return f"{f.number(count)} kiến nghị đang còn hạn sẽ đến hạn trước ngày họp {day_text} nếu chưa giải quyết xong."


def before_meeting(meeting: date | None, owner: str) -> str:
    return f"Kiến nghị còn hạn, đến hạn trước ngày họp {f.day(meeting)}, {owner}"


def petitions_as_of(as_of: date) -> str:
    return f"Mọi kiến nghị đã ghi nhận, tình trạng đến {f.day(as_of)}"


def class_count(name: str, count: int) -> str:
    return f"{name}: {f.number(count)}"


def children_title(parent: str, count: int, ended: int = 0) -> str:
    """'33 đơn vị trực thuộc Tỉnh Ninh Bình và 6 đơn vị đã kết thúc hoạt động'."""
    gone = f"{f.number(ended)} đơn vị đã kết thúc hoạt động" if ended else ""
    there = f"{f.number(count)} đơn vị trực thuộc {parent}"
    if gone and not count:
        return f"{gone}, từng trực thuộc {parent}"
    return f"{there} và {gone}" if gone else there


def children_in_order(kpi: Kpi, whose: str, *, by_rank: bool) -> str:
    """Return the title of a comparison of units, which are ordered by rank or, where ranks are not shown, by value."""
    order = "theo thứ hạng, chưa xếp hạng đứng sau" if by_rank else "theo tỷ lệ"
    return f"{kpi.name} của {whose} (tính cả cấp dưới), {order}"


def dialogues_title(total: int, shown: int, period: Period, field: str = "") -> str:
    """Return the number of dialogues held in the period; `field` is the name of the selected main field."""
    about = f" có lĩnh vực chính «{field}»" if field else ""
    if not total:
        return f"{period.label} không có hội nghị đối thoại nào{about}"
    more = f" (hiển thị {f.number(shown)} hội nghị mới nhất)" if shown < total else ""
    return f"{f.number(total)} hội nghị đối thoại{about} trong {period.label}{more}"


def place_in_file(file_name: str, sheet: str, row_number: int) -> str:
    """'347-2024Q3.xlsx · Hội nghị · dòng 12'."""
    return f"{visible(file_name)} · {visible(file_check.sheet(sheet))} · dòng {f.number(row_number)}"


def state(record: Mapping[str, Any]) -> str:
    """'Quá hạn chưa giải quyết 12 ngày' for one petition."""
    name, days = labels.CLASSES[record["class"]], record["days_overdue"]
    if days is None:
        return name
    return f"{name} {f.number(int(days))} ngày" if days >= 1 else f"{name} chưa đến 1 ngày"


def quarantined_row(found: QuarantinedRow) -> str:
    """'Dòng này trong bản 353-2024Q3-v2 đang bị giữ lại (ô E15: …); đang dùng báo cáo Quý II/2024.'"""
    place = f"ô {found.cell.rpartition('!')[2]}: " if found.cell else ""
    fault = f" ({place}{found.fault.rstrip('.')})" if found.fault else ""
    return (
        f"Dòng này trong bản {found.feed_id} đang bị giữ lại{fault}; "
        f"đang dùng báo cáo {f.period(found.used_period)}, nên tình trạng dưới đây có thể đã cũ."
    )


def handling(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the dates and outcome of one petition, as names and values."""
    return [
        ("Mã kiến nghị", _identified(record)),
        ("Hội nghị đối thoại", record["dialogue_id"] or "không gắn với hội nghị"),
        ("Lĩnh vực", record["field_name"] or record["field_code"]),
        ("Đơn vị tiếp nhận", record["unit_name"] or record["unit_code"]),
        ("Đơn vị giải quyết", record["responsible_name"] or record["responsible_unit_code"]),
        ("Cơ quan chịu trách nhiệm", labels.BODIES[record["responsible_body"]]),
        ("Ngày tiếp nhận", f.instant(record["received_at"])),
        ("Hạn giải quyết", _due(record)),
        ("Ngày giải quyết xong", f.instant(record["settled_at"])),
        ("Kết quả", labels.OUTCOMES[record["outcome"]]),
        ("Văn bản trả lời", record["result_no"] or f.NOTHING),
        ("Mức độ hài lòng", labels.SATISFACTION.get(record["satisfaction"], f.NOTHING)),
        ("Dấu hiệu cần xem kỹ", "; ".join(record["flag_names"]) or "không có"),
    ]


def _identified(record: Mapping[str, Any]) -> str:
    """'KN-001 (2), trong báo cáo ghi KN-001, mã đã dùng trước cho việc khác'."""
    number, code = record["petition_id"], record["petition_code"]
    return number if number == code else f"{number}, trong báo cáo ghi {code}, mã đã dùng trước cho việc khác"


def _due(record: Mapping[str, Any]) -> str:
    due = f.instant(record["due_at"])
    if record["due_is_default"]:
        return f"{due} (theo quy định, vì báo cáo không nêu hạn)"
    if record["due_at"] != record["original_due_at"]:
        return f"{due} (đã gia hạn từ {f.instant(record['original_due_at'])})"
    return due


def source(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the source of one petition as names and values: file, sheet, row, feed and its receipt."""
    return [
        ("Tệp", record["file_name"]),
        ("Trang tính", file_check.sheet(record["sheet"])),
        ("Dòng", f.number(record["row_number"])),
        ("Lần gửi", record["feed_id"]),
        ("Ngày nhận tệp", f.instant(record["feed_received_at"])),
    ]
