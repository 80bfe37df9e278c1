"""Texts of the page that checks files: errors quarantine a row or reject the file, questions need a reason, notes need
neither."""

import re
from collections.abc import Sequence
from datetime import datetime
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
CHECKING, TAKING_IN = "Đang kiểm tra", "Đang nhận"
READING = "Đang xem tệp…"
CONFIRMING = "Đang ghi lý do và kiểm tra lại…"
BUILDING = "Đang tính lại số liệu…"
COMPUTED = "Đã tính lại và công bố bản số liệu mới."
UNEXPECTED = "Trang này gặp lỗi ngoài dự kiến. Hãy tải lại trang; nếu vẫn vậy thì báo người quản trị xem nhật ký."
LANDED = "Đã nhận thành {feed_id}"
TAKE_IN = "Nhận tệp"
SEE_FEED = "Xem tệp đã nhận và các điểm chờ lý do"
BUILD = "Tính lại số liệu"
CHECK_AGAIN = "Kiểm tra lại"
TO_CHECK_AGAIN = "Sẽ kiểm tra lại khi xem"
RETURN = "Tải tệp trả lại"
MAKE_RETURN = "Lập tệp trả lại"
RETURNING = "Đang lập tệp trả lại…"
RETURN_OF = "Tệp trả lại của báo cáo"
RETURN_NOTE = (
    "Tệp trả lại là chính tệp đơn vị đã gửi, nêu dòng bị giữ lại, điểm chờ lý do và lý do đã ghi; gửi cho đơn vị để "
    "sửa và nộp bản mới."
)
RETURN_HINT = "Tệp trả lại là chính tệp đã gửi, ô sai được tô màu kèm ghi chú cách sửa."
WHO = "Người thực hiện"
WHO_MISSING = "Ghi tên người thực hiện và ít nhất một lý do rồi mới lưu."
REASON = "Lý do"
OWN_REASONS = "Ghi lý do riêng từng điểm"
SAVE = "Lưu lý do"
MORE = "Hiện thêm"
LINES = "mục"
NAMELESS = "tep-bao-cao"
OF_OTHER_SENDER = "Tệp này không có hoặc của đơn vị ngoài phạm vi được xem."
NOT_BUILT = "Chưa tính lại được số liệu; hãy báo người quản lý dữ liệu của tỉnh."
NO_ANSWER = "Phần mềm không trả lời được cho tệp này; hãy thử lại, nếu vẫn vậy thì báo người quản trị."
TWICE = "Hai tệp trở lên của cùng đơn vị và kỳ; tệp nhận sau thay tệp nhận trước, nên mỗi tệp phải chọn để nhận."
TOO_LONG = "Việc này quá {seconds} giây nên đã dừng; kho dữ liệu không thay đổi. Hãy chia nhỏ tệp hoặc thử lại sau."
FINDINGS_OF = {
    "feed": "Lỗi làm cả tệp bị từ chối",
    "row": "Lỗi làm dòng bị giữ lại",
    "warn": "Lưu ý: vẫn nhận, cần xem lại",
}
STANDINGS = {"new": "mới", "open": "vẫn còn", "fixed": "đã sửa"}
WAITING = "Cần lý do"
ANSWERED = "Đã có lý do"
REPAIRS = "Hệ thống đã đọc lại"
NOT_COMPARED = "không còn ghi chú của bản trước để so"
FIXED = "Đã sửa so với bản trước"
CHANGES = "Thay đổi so với bản đã nhận trước"
NO_CHANGES = "Không dòng nào khác bản đã nhận trước."
REPAIR_HEADERS = ("Cách đọc", "Cột", "Ô", "Số ô", "So với bản trước")
FIXED_HEADERS = ("Ô ở bản trước", "Cột", "Vấn đề")
SHEET_HEADERS = ("Trang", "Thêm", "Sửa", "Rút", "Nay có lỗi")
CHANGE_HEADERS = ("Mã", "Thay đổi", "Ô", "Trường", "Bản trước", "Bản này")
CHANGE_KINDS = {"added": "thêm", "changed": "sửa", "withdrawn": "rút", "set_aside": "nay có lỗi"}
FILE_HEADERS = ("Tệp", "Đơn vị gửi", "Kỳ", "Kết quả", "Dòng nhận", "Dòng giữ lại", "Lỗi", "Cần lý do", "Lưu ý")
VERDICTS = {"accepted": "Nhận được", "rejected": "Bị từ chối", "already_landed": "Đã nhận từ trước"}


MOST_REASONS = 5
"""The most reasons in one sentence."""

MOST_RANGES = 6
"""The most cell ranges on one line."""

_PERIODS = {
    **{f"Q{number}": f"Quý {roman}/{{year}}" for number, roman in enumerate(("I", "II", "III", "IV"), start=1)},
    "H1": "6 tháng đầu năm {year}",
    "H2": "6 tháng cuối năm {year}",
    "-9M": "9 tháng năm {year}",
    "": "Năm {year}",
}
_DAY = r"^([0-9]{4})-([0-9]{2})-([0-9]{2})( [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?$"


SHEETS = {
    "cover": "Thông tin",
    "dialogues": "Hội nghị",
    "petitions": "Kiến nghị",
    "tenures": "Lãnh đạo",
    "plans": "Kế hoạch",
    "trainings": "Tập huấn",
    "decisions": "Khen thưởng, kỷ luật",
    "practices": "Cách làm hay",
}
"""CSV file names of a folder, with the sheet names of a workbook."""


class Checked(Protocol):
    """The fields of a checked file that sentences need."""

    @property
    def verdict(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def quarantined(self) -> int: ...
    @property
    def feed_id(self) -> str | None: ...
    @property
    def in_force(self) -> "Superseding | None": ...


class Superseding(Protocol):
    """The fields of a superseding version that sentences need."""

    @property
    def feed_id(self) -> str: ...
    @property
    def file_name(self) -> str: ...
    @property
    def received_at(self) -> datetime: ...


def verdict(file: Checked, stopping: Sequence[str], asked: int, notes: int) -> str:
    """Return the headline of the page: the result of the check.

    `stopping` are the messages of the findings that reject the file, `asked` the number of questions, `notes` the
    number of notes.
    """
    if file.verdict == "already_landed" and file.in_force and file.in_force.feed_id != file.feed_id:
        return _superseded(file.feed_id, file.in_force)
    if file.verdict == "already_landed":
        return f"Tệp này đã được nhận từ trước và đang được dùng (lần gửi {file.feed_id}); gửi lại không thay đổi gì."
    if file.verdict == "rejected":
        return f"Chưa nhận được tệp: {_what_stops(stopping)}"
    kept = f"{f.number(file.quarantined)} dòng có lỗi sẽ bị giữ lại" if file.quarantined else ""
    parts = [part for part in (kept, _beside(asked, notes)) if part]
    if kept:
        return f"Nhận được {f.number(file.rows)} dòng; {'; '.join(parts)}."
    return f"Tệp đạt: nhận được cả {f.number(file.rows)} dòng" + (f"; {parts[0]}." if parts else ", không có lỗi.")


def _superseded(feed_id: str | None, in_force: Superseding) -> str:
    """Return the message that the bytes landed before, which version is in force instead, since when, and how to
    restore the earlier one."""
    return (
        f"Tệp này đã được nhận từ trước (lần gửi {feed_id}) nhưng không còn được dùng: đang dùng bản mới hơn "
        f"{in_force.feed_id} (tệp {in_force.file_name}), nhận {in_force.received_at:%H:%M ngày %d/%m/%Y}. Gửi lại "
        "không thay đổi gì; nếu đúng là phải dùng lại tệp này thì báo người quản trị nhận lại nó thành bản mới "
        "(«doithoai ingest TỆP --again»)."
    )


def _what_stops(stopping: Sequence[str]) -> str:
    """Return the message of a single fault, or the number of faults."""
    if len(stopping) != 1:
        return f"{f.number(len(stopping))} lỗi phải sửa trước."
    said = re.sub(r"(\d)%", r"\1 %", stopping[0].removeprefix("Tệp có "))
    return said[:1].lower() + said[1:]


def _beside(asked: int, notes: int) -> str:
    counts = ((asked, "điểm cần lý do"), (notes, "lưu ý"))
    return ", ".join(f"{f.number(count)} {word}" for count, word in counts if count)


def landed(file: Checked) -> str:
    """Return the headline after the file has landed."""
    kept = f", {f.number(file.quarantined)} dòng bị giữ lại" if file.quarantined else ""
    return f"Đã nhận tệp thành lần gửi {file.feed_id}: {f.number(file.rows)} dòng{kept}."


def uncomputed(feeds: int) -> str:
    """Return the message that the figures do not contain some landed feeds yet."""
    return f"{f.number(feeds)} tệp đã nhận, chưa tính vào số liệu."


def is_uncomputed(feed_id: str) -> str:
    """Return the message that the figures do not contain a landed feed yet."""
    return f"Tệp {feed_id} đã nhận, chưa tính vào số liệu; tính lại ở trang"


def doing(what: str, number: int, total: int, name: str) -> str:
    """'Đang kiểm tra 2/5: a.xlsx'; without the count for a single file."""
    return f"{what} {f.number(number)}/{f.number(total)}: {name}" if total > 1 else f"{what} {name}"


def take_all(files: int) -> str:
    return f"Nhận tất cả tệp đạt ({f.number(files)})"


def remedy(remedy: str, reason: str | None, by: str = "", at: str = "") -> str:
    """Return the remedy of a finding; if it has a reason, the reason with its author and time."""
    who = " · ".join(filter(None, (by, received(at))))
    return f"Đã ghi lý do: {reason}" + (f" ({who})" if who else "") if reason else remedy


def unused(reasons: Sequence[tuple[str, str]]) -> str:
    """Return the reasons, each with its cell, that no longer match a finding."""
    named = "; ".join(f"«{reason}» ở {cell(place)}" for place, reason in reasons[:MOST_REASONS])
    more = "; …" if len(reasons) > MOST_REASONS else ""
    why = "vì điểm đó không còn hoặc giá trị đã khác"
    return f"{f.number(len(reasons))} lý do đã ghi không còn dùng, {why}: {named}{more}."


def against_before(new: int, still_open: int, fixed: int) -> str:
    return f"{f.number(new)} mới, {f.number(still_open)} vẫn còn, {f.number(fixed)} đã sửa"


def heading(title: str, count: int) -> str:
    return f"{title} ({f.number(count)})"


def sheet(name: str) -> str:
    """'Kiến nghị' for petitions; other sheet names unchanged."""
    return SHEETS.get(name, name)


def cell(place: str) -> str:
    """'Kiến nghị!E13' for petitions!E13."""
    name, sign, rest = place.partition("!")
    return sheet(name) + sign + rest


def place(cells: Sequence[str], header: str, count: int, more: int = 0) -> str:
    """'Kiến nghị!I14, I20:I24 · Hạn giải quyết (6 ô)' for `count` cells, of which `more` are in no range."""
    shown, rest = [cell(each) for each in cells[:MOST_RANGES]], len(cells) > MOST_RANGES or bool(more)
    same, sign, _ = shown[0].rpartition("!") if shown else ("", "", "")
    named = ", ".join([*shown[:1], *(each.removeprefix(same + sign) for each in shown[1:])])
    where = " · ".join(part for part in (named + (", …" if rest else ""), header) if part)
    return f"{where} ({f.number(count)} ô)" if count > 1 else where


def label(code: str) -> str:
    """'Quý III/2024' for 2024Q3, also for halves, nine months and years; other texts unchanged."""
    year, kind = code[:4], code[4:]
    if not re.fullmatch(r"[0-9]{4}", year) or kind not in _PERIODS:
        return code
    return _PERIODS[kind].format(year=year)


def with_labels(sentence: str) -> str:
    """Return the sentence with labels instead of period codes; feed ids stay."""
    return re.sub(r"(?<![\w-])(?:kỳ )?([0-9]{4}(?:Q[1-4]|H[12]|-9M))(?![\w-])", lambda it: label(it[1]), sentence)


def received(text: str) -> str:
    """Return a received text as the sender saw it: an ISO date, the stored form of a date cell, becomes dd/mm/yyyy."""
    return re.sub(_DAY, lambda found: f"{found[3]}/{found[2]}/{found[1]}{_time(found[4])}", text)


def _time(text: str | None) -> str:
    """Return ' hh:mm' for a time in ISO format; '' for midnight and 23:59:59, which only mark a date."""
    return "" if not text or text.strip().startswith(("00:00", "23:59:59")) else f" {text.strip()[:5]}"


def shown(first: int, total: int, what: str) -> str:
    return f"Đang hiện {f.number(first)} trong {f.number(total)} {what}."


def waiting(count: int) -> str:
    return (
        f"{f.number(count)} điểm chờ đơn vị cho biết lý do. Lý do ghi một lần được nhớ cho những lần gửi sau; "
        "chưa ghi thì tệp vẫn nhận được, nhưng bảng tình trạng sẽ nêu."
    )


def waiting_of_rejected(count: int) -> str:
    """Return the message that a rejected file may need reasons when it is sent again."""
    return f"{f.number(count)} điểm sẽ cần lý do nếu vẫn như vậy khi gửi lại; trước hết sửa các lỗi ở trên."


def waiting_of_landed(count: int) -> str:
    return (
        f"{f.number(count)} điểm của tệp đã nhận chờ đơn vị cho biết lý do. Lý do ghi một lần được nhớ cho những lần "
        "gửi sau."
    )


def reasons_since(count: int) -> str:
    """Return the message that reasons were given after the snapshot was built."""
    return f"{f.number(count)} lý do của tệp này ghi sau bản số liệu; bảng tình trạng nêu lại sau khi tính lại."


def common_reason(count: int) -> str:
    return f"Lý do chung cho {f.number(count)} điểm"


def alike(count: int) -> str:
    """The line before several findings of one rule."""
    return f"{f.number(count)} điểm cùng một vấn đề, ví dụ:"


def facts(sender: str, period: str, prepared_by: str, previous: str | None, against: str) -> Sequence[tuple[str, str]]:
    """Return sender, period and author of a file, and its comparison with the previous version, as names and values."""
    pairs = (("Đơn vị gửi", sender), ("Kỳ báo cáo", label(period)), ("Người lập", prepared_by))
    before = [("So với bản trước", f"{previous}: {against or NOT_COMPARED}")] if previous else []
    return [*((name, value or f.NOTHING) for name, value in pairs), *before]


def drop(limit_mb: int) -> str:
    """Return the hint on which files can be uploaded."""
    return f"Tệp báo cáo: .xlsx, .xls, .ods hoặc .zip các tệp CSV, mỗi tệp không quá {f.number(limit_mb)} MB"
