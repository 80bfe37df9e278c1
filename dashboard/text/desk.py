"""The words of the page that checks files."""

from collections.abc import Sequence
from typing import Protocol

from dashboard.text import formats as f

INTRODUCTION = (
    "Thả tệp báo cáo vào đây để biết có nhận được không và sai ở ô nào. Kiểm tra không làm thay đổi kho dữ liệu; "
    "tệp chỉ được nhận khi bấm «Nhận tệp»."
)
BROWSE = "Chọn tệp"
DROP_HERE = "hoặc kéo thả một hay nhiều tệp vào đây"
EMPTY = "Chưa có tệp nào để kiểm tra."
CHOOSE = "Xem kết quả của tệp"
CHECKING = "Đang kiểm tra tệp…"
TAKING_IN = "Đang nhận tệp…"
CONFIRMING = "Đang ghi lý do và kiểm tra lại…"
BUILDING = "Đang tính lại số liệu…"
BUILT = "Đã tính lại và công bố bản số liệu mới, có tệp này."
BUILD_HINT = "Các trang số liệu chưa có tệp này cho đến khi tính lại."
LANDED = "Đã nhận thành {feed_id}"
TAKE_IN = "Nhận tệp"
BUILD = "Tính lại số liệu"
CHECK_AGAIN = "Kiểm tra lại"
TO_CHECK_AGAIN = "Sẽ kiểm tra lại khi xem"
RETURN = "Tải tệp trả lại"
RETURN_HINT = "Tệp trả lại là chính tệp đã gửi, ô sai được tô màu kèm ghi chú cách sửa."
WHO = "Người thực hiện"
WHO_MISSING = "Ghi tên người thực hiện và ít nhất một lý do rồi mới lưu."
REASON = "Lý do"
SAVE = "Lưu lý do"
MORE = "Hiện thêm"
LINES = "mục"
NAMELESS = "tep-bao-cao"
NO_ANSWER = "Phần mềm không trả lời được cho tệp này; hãy thử lại, nếu vẫn vậy thì báo người quản trị."
TOO_LONG = "Việc này quá {seconds} giây nên đã dừng; kho dữ liệu không thay đổi. Hãy chia nhỏ tệp hoặc thử lại sau."
FINDINGS_OF = {
    "feed": "Lỗi làm cả tệp bị từ chối",
    "row": "Lỗi làm dòng bị giữ lại",
    "warn": "Cảnh báo: vẫn nhận, cần xem lại",
}
STANDINGS = {"new": "mới", "open": "vẫn còn", "fixed": "đã sửa"}
WAITING = "Cần ghi lý do"
REPAIRS = "Hệ thống đã đọc lại"
NOT_COMPARED = "không còn ghi chú của bản trước để so"
FIXED = "Đã sửa so với bản trước"
CHANGES = "Thay đổi so với bản đã nhận trước"
NO_CHANGES = "Không dòng nào khác bản đã nhận trước."
REPAIR_HEADERS = ("Cách đọc", "Cột", "Ô đầu tiên", "Số ô", "So với bản trước")
FIXED_HEADERS = ("Ô ở bản trước", "Cột", "Vấn đề")
SHEET_HEADERS = ("Trang", "Thêm", "Sửa", "Rút", "Nay có lỗi")
CHANGE_HEADERS = ("Mã", "Thay đổi", "Ô", "Trường", "Bản trước", "Bản này")
CHANGE_KINDS = {"added": "thêm", "changed": "sửa", "withdrawn": "rút", "set_aside": "nay có lỗi"}
FILE_HEADERS = ("Tệp", "Kết quả", "Dòng nhận", "Dòng giữ lại", "Cảnh báo")
VERDICTS = {"accepted": "Nhận được", "rejected": "Bị từ chối", "already_landed": "Đã nhận từ trước"}


class Checked(Protocol):
    """What a sentence needs to know of a checked file."""

    @property
    def verdict(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def quarantined(self) -> int: ...
    @property
    def feed_id(self) -> str | None: ...


def verdict(file: Checked, feed_errors: int, warnings: int) -> str:
    """The message of the page: what would happen to the file."""
    if file.verdict == "already_landed":
        return f"Tệp này đã được nhận từ trước (lần gửi {file.feed_id}); gửi lại không thay đổi gì."
    if file.verdict == "rejected":
        return f"Chưa nhận được tệp: {f.number(feed_errors)} lỗi phải sửa trước."
    if file.quarantined:
        return f"Nhận được {f.number(file.rows)} dòng; {f.number(file.quarantined)} dòng có lỗi sẽ bị giữ lại" + (
            f", {f.number(warnings)} cảnh báo." if warnings else "."
        )
    return f"Tệp đạt: nhận được cả {f.number(file.rows)} dòng" + (
        f", {f.number(warnings)} cảnh báo." if warnings else ", không có lỗi."
    )


def landed(file: Checked) -> str:
    """What the page says once the file was taken in."""
    if file.verdict == "accepted":
        kept = f", {f.number(file.quarantined)} dòng bị giữ lại" if file.quarantined else ""
        return f"Đã nhận tệp thành lần gửi {file.feed_id}: {f.number(file.rows)} dòng{kept}."
    return verdict(file, 1, 0)


def remedy(remedy: str, reason: str | None) -> str:
    """What is to be done about a finding; where a reason was given nothing is, and the reason is said."""
    return f"Đã ghi lý do: {reason}" if reason else remedy


def against_before(new: int, still_open: int, fixed: int) -> str:
    return f"{f.number(new)} mới, {f.number(still_open)} vẫn còn, {f.number(fixed)} đã sửa"


def heading(title: str, count: int) -> str:
    return f"{title} ({f.number(count)})"


def place(cell: str, header: str, count: int) -> str:
    """'Kiến nghị!I14 · Hạn giải quyết', and how many more cells are alike."""
    more = f" và {f.number(count - 1)} ô khác" if count > 1 else ""
    return " · ".join(part for part in (cell, header) if part) + more


def shown(first: int, total: int, what: str) -> str:
    return f"Đang hiện {f.number(first)} trong {f.number(total)} {what}."


def waiting(count: int) -> str:
    return (
        f"{f.number(count)} cảnh báo chờ đơn vị cho biết lý do. Lý do ghi một lần được nhớ cho những lần gửi sau; "
        "chưa ghi thì tệp vẫn nhận được, nhưng bảng tình trạng sẽ nêu."
    )


def facts(sender: str, period: str, prepared_by: str, previous: str | None, against: str) -> Sequence[tuple[str, str]]:
    """Whose file it is, as names and values."""
    pairs = (("Đơn vị gửi", sender), ("Kỳ báo cáo", period), ("Người lập", prepared_by))
    before = [("So với bản trước", f"{previous}: {against or NOT_COMPARED}")] if previous else []
    return [*((name, value or f.NOTHING) for name, value in pairs), *before]


def drop(limit_mb: int) -> str:
    """What may be dropped."""
    return f"Tệp báo cáo: .xlsx, .xls, .ods hoặc .zip các tệp CSV, mỗi tệp không quá {f.number(limit_mb)} MB"
