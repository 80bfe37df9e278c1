"""Reminders to senders with overdue feeds, as text ready to send. Pure."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.text import formats as f

KINDS = ("Tỉnh", "Thành phố", "Thị xã", "Thị trấn", "Huyện", "Quận", "Phường", "Xã", "Đặc khu")


@dataclass(frozen=True)
class MissingFeed:
    """An overdue feed: its sender, period, deadline and province, and whether its only file was rejected. Unit and
    province have their names in that period."""

    unit_name: str
    period_label: str
    deadline: datetime
    days_overdue: int
    was_rejected: bool
    province_name: str


def reminder(missing: MissingFeed) -> str:
    """Return a letter to one sender: the feed, its deadline, the requested file, and the recipient."""
    came = (
        "Tệp đã gửi bị từ chối nên chưa được tính là đã nhận; đề nghị sửa theo tệp trả lại rồi gửi lại."
        if missing.was_rejected
        else "Đề nghị gửi tệp báo cáo theo mẫu (trang Thông tin, Hội nghị, Kiến nghị và các trang khác nếu có phát "
        "sinh); nếu kỳ này không có hội nghị và kiến nghị thì ghi «Không phát sinh»."
    )
    return (
        f"Kính gửi: {addressee(missing.unit_name)}\n"
        f"Báo cáo {missing.period_label} về hội nghị đối thoại và giải quyết kiến nghị có hạn gửi "
        f"{f.day(missing.deadline)}, đến nay đã quá {f.number(missing.days_overdue)} ngày mà chưa nhận được.\n{came}\n"
        f"Nơi nhận: bộ phận quản lý dữ liệu đối thoại, {_inside(missing.province_name)}."
    )


def addressee(unit_name: str) -> str:
    """'UBND phường Phủ Lý' for Phường Phủ Lý: letters are addressed to the unit's authority."""
    return f"UBND {_inside(unit_name)}"


def _inside(name: str) -> str:
    """Return the name of a unit within a sentence: its type in lower case."""
    kind = next((each for each in KINDS if name.startswith(f"{each} ")), "")
    return kind.lower() + name.removeprefix(kind)
