"""Reminders to senders whose feed is overdue, as text ready to send. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.text import formats as f


@dataclass(frozen=True)
class MissingFeed:
    """A feed that is overdue: who owes it, for which period, until when, to which province, and whether only a rejected
    file came."""

    unit_name: str
    period_label: str
    deadline: datetime
    days_overdue: int
    was_rejected: bool
    province_name: str


def reminder(missing: MissingFeed) -> str:
    """One letter to one sender: what was due when, what to send, and to whom."""
    came = (
        "Tệp đã gửi bị từ chối nên chưa được tính là đã nhận; đề nghị sửa theo tệp trả lại rồi gửi lại."
        if missing.was_rejected
        else "Đề nghị gửi tệp báo cáo theo mẫu (trang Thông tin, Hội nghị, Kiến nghị và các trang khác nếu có phát "
        "sinh); nếu kỳ này không có hội nghị và kiến nghị thì ghi «Không phát sinh»."
    )
    return (
        f"Kính gửi: {missing.unit_name}\n"
        f"Báo cáo {missing.period_label} về hội nghị đối thoại và giải quyết kiến nghị có hạn gửi "
        f"{f.day(missing.deadline)}, đến nay đã quá {f.number(missing.days_overdue)} ngày mà chưa nhận được.\n{came}\n"
        f"Nơi nhận: bộ phận quản lý dữ liệu đối thoại, {missing.province_name}."
    )


def reminders(missing: Sequence[MissingFeed]) -> str:
    """All reminders, a blank line between."""
    return "\n\n".join(map(reminder, missing))
