"""Reminders to senders whose feed is overdue, as text ready to send. Pure."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.text import formats as f

KINDS = ("Tỉnh", "Thành phố", "Thị xã", "Thị trấn", "Huyện", "Quận", "Phường", "Xã", "Đặc khu")


@dataclass(frozen=True)
class MissingFeed:
    """A feed that is overdue: who owes it, for which period, until when, to which province, and whether only a rejected
    file came. Unit and province have the names that they bore in that period."""

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
        f"Kính gửi: {addressee(missing.unit_name)}\n"
        f"Báo cáo {missing.period_label} về hội nghị đối thoại và giải quyết kiến nghị có hạn gửi "
        f"{f.day(missing.deadline)}, đến nay đã quá {f.number(missing.days_overdue)} ngày mà chưa nhận được.\n{came}\n"
        f"Nơi nhận: bộ phận quản lý dữ liệu đối thoại, {_inside(missing.province_name)}."
    )


def addressee(unit_name: str) -> str:
    """'UBND phường Phủ Lý' of Phường Phủ Lý: a letter goes to who answers for the unit."""
    return f"UBND {_inside(unit_name)}"


def _inside(name: str) -> str:
    """A unit's name inside a sentence: its kind in small letters."""
    kind = next((each for each in KINDS if name.startswith(f"{each} ")), "")
    return kind.lower() + name.removeprefix(kind)
