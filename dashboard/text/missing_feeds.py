"""Sentences on the reports behind a figure: received, missing, not due yet, too few to compare. Pure."""

from dashboard.model import Coverage, Figure, Period
from dashboard.text import formats as f


def coverage(found: Coverage, period: Period) -> str:
    """'Đã nhận 21/21 báo cáo đã đến hạn của Năm 2024; còn Quý IV/2024 chưa đến hạn'. It counts reports, not
    senders: each owes several for a year."""
    until = f" (hạn {f.day(found.open_until)})" if found.open_until else ""
    if not found.due:
        return f"Chưa báo cáo nào của {period.label} đến hạn{until}"
    ahead = ", ".join(map(f.period, found.ahead))
    what = "báo cáo đã đến hạn" if ahead else "báo cáo"
    rest = f"; còn {ahead} chưa đến hạn" if ahead else ""
    if found.open_until and not ahead:
        rest = f" (các báo cáo khác còn hạn đến {f.day(found.open_until)})"
    return f"Đã nhận {f.number(found.received)}/{f.number(found.due)} {what} của {period.label}{rest}"


def names(found: Coverage, period: Period) -> str:
    return f"{f.number(len(found.missing))} đơn vị còn thiếu báo cáo của {period.label}: {f.some(found.missing)}."


def sparse(figure: Figure) -> str:
    """Return the note that too few units have reported for a comparison."""
    return f"Chưa so sánh: {reports_of(figure)}"


def reports_of(figure: Figure) -> str:
    """'mới có báo cáo của 60 % đơn vị': the share of units that have reported, of those that owe a report."""
    return f"mới có báo cáo của {f.threshold(figure.coverage or 0, '%')} đơn vị"


def ranks_withheld(min_coverage: float) -> str:
    share = f.threshold(min_coverage, "%")
    return f"Cấp nào mới có báo cáo của dưới {share} đơn vị thì các đơn vị cấp đó chưa xếp hạng."
