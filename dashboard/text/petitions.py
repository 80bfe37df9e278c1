"""The sentences about petitions: lists, ages, what is overdue and what falls due."""

from datetime import date

from dashboard.model import Kpi, Period
from dashboard.text import formats as f
from dashboard.text.sentences import NOTHING_LISTED, brief


def listed(shown: int, total: int, first: int) -> str:
    """'Dòng 1–200 trong 1.234 kiến nghị.'"""
    if not total:
        return NOTHING_LISTED
    if shown == total:
        return f"{f.number(total)} kiến nghị."
    return f"Dòng {f.number(first)}–{f.number(first + shown - 1)} trong {f.number(total)} kiến nghị."


def behind_figure(kpi: Kpi, part: str, period: Period, owner: str) -> str:
    """The title of the list behind a numerator or denominator."""
    label = brief(kpi.numerator_label if part == "tu" else (kpi.denominator_label or kpi.numerator_label))
    side = "Tử số" if part == "tu" else "Mẫu số"
    return f"{side} của «{kpi.name}», {period.label}, {owner}: {label}"


def aging_title(overdue: int, over_a_month: int) -> str:
    if not overdue:
        return "Không có kiến nghị quá hạn"
    if not over_a_month:
        return f"{f.number(overdue)} kiến nghị quá hạn, chưa có kiến nghị nào quá 30 ngày"
    return f"{f.number(overdue)} kiến nghị quá hạn, trong đó {f.number(over_a_month)} đã quá hơn 30 ngày"


def progress_headline(as_of: date, place: str, overdue: int, still_open: int, units: int) -> str:
    """The message of the page of overdue petitions."""
    stock = f"{f.number(still_open)} kiến nghị còn tồn"
    if not overdue:
        return f"Đến {f.day(as_of)}, {place} không có kiến nghị nào quá hạn trong {stock}."
    return (
        f"Đến {f.day(as_of)}, {place} có {f.number(overdue)} trong {stock} đã quá hạn, "
        f"thuộc trách nhiệm giải quyết của {f.number(units)} đơn vị."
    )


def units_overdue_title(units: int, most: int) -> str:
    if not units:
        return "Không có đơn vị nào để quá hạn"
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


def children_title(kpi: Kpi, parent: str, count: int) -> str:
    return f"{kpi.short_name} của {f.number(count)} đơn vị trực thuộc {parent}, xếp theo hạng (tính cả cấp dưới)"


def dialogues_title(total: int, shown: int, period: Period) -> str:
    if not total:
        return f"{period.label} không tổ chức hội nghị đối thoại nào"
    more = f" (hiển thị {f.number(shown)} hội nghị mới nhất)" if shown < total else ""
    return f"{f.number(total)} hội nghị đối thoại trong {period.label}{more}"
