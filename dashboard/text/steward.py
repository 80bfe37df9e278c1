"""Sentences of the stewards' pages: status of feeds, data quality, provenance."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from dashboard.text import formats as f
from dashboard.text.file_check import CHANGE_KINDS, label, sheet, uncomputed

# ------------------------------------------------------------------------------------------------- state of feeds
STATES = {"on_time": "đúng hạn", "late": "muộn", "missing": "chưa gửi", "not_due": "chưa đến hạn"}
SIGNS = {"on_time": "✓ ", "late": "◷ ", "missing": "", "not_due": "… "}
"""The sign before a status, so that the board reads at a glance; missing feeds have the sign of faults."""
BOARD = "Từng đơn vị trong kỳ"
MATRIX = "Các kỳ gần đây"
LEGEND = "✓ đúng hạn · ◷ muộn, kèm số ngày · ! chưa gửi · … chưa đến hạn · – không phải gửi"
FORMER = "Đơn vị đã sắp xếp, không còn gửi báo cáo"
REMINDERS = "Nhắc đơn vị chưa gửi"
REMINDERS_NOTE = (
    "Văn bản để sao chép và gửi, mỗi đơn vị một bản; chỉ gồm đơn vị quá hạn mà chưa có báo cáo được nhận. Tỉnh không "
    "tự nhắc mình."
)
NOBODY_MISSING = "Không đơn vị nào quá hạn mà chưa gửi."
DEADLINES = "Lịch nộp báo cáo sắp tới"
NO_BOARD = "Kỳ này không đơn vị nào phải gửi báo cáo."
BOARD_COLUMNS = ("Đơn vị gửi", "Kỳ", "Hạn", "Tình trạng", "Nhận lần đầu", "Bản", "Dòng nhận", "Dòng giữ lại",
                 "Chờ lý do", "Lập / duyệt", "Nguồn")  # fmt: skip
SEE_FILE = "xem tệp"
DEADLINE_COLUMNS = ("Kỳ", "Cấp", "Từ ngày", "Đến ngày", "Hạn nộp")
NIL, WITH_ERRORS, REJECTED = "không phát sinh", "có dòng bị giữ lại", "đã gửi nhưng bị từ chối"
ARRIVED = "đã nhận, chưa tính"

# ------------------------------------------------------------------------------------------------- quality
BY_RULE, BY_UNIT, BY_TIME = "Theo quy tắc", "Theo đơn vị gửi", "Theo kỳ báo cáo"
REPAIRS_APART = "Ô chỉ được đọc lại (chuyển ngày, phông chữ, dấu thanh…) không tính vào đây."
RULE_COLUMNS = ("Mức độ", "Vấn đề (một ví dụ)", "Số phát hiện", "Số đơn vị")
SENDER_COLUMNS = ("Đơn vị gửi", "Phát hiện", "Trên 100 dòng", "Dòng giữ lại/dòng gửi")
PERIOD_COLUMNS = ("Kỳ", "Tệp", "Phát hiện", "Trên 100 dòng", "Dòng giữ lại/dòng gửi")
FLAGS = "Dấu hiệu cần giải trình"
FLAGS_NOTE = "Dấu hiệu không phải là kết luận: mỗi dấu hiệu có chỗ để đơn vị giải trình, giải trình cũ vẫn được giữ."
ALL_FLAGS = "Mọi dấu hiệu"
HOW_TO_EXPLAIN = "Bấm «{open}» ở một dòng để ghi giải trình cho dấu hiệu đó."
EXPLANATION, AUTHOR, SAVE = "Nội dung giải trình", "Người ghi", "Lưu giải trình"
NEWEST_EXPLANATIONS = "Giải trình mới nhất"
EXPLANATION_OWED = "Ghi đủ nội dung giải trình và tên người ghi."
NO_FLAGS = "Không có dấu hiệu nào."
NO_FLAGS_OWED = "Không dấu hiệu nào phải giải trình."
FLAG_COLUMNS = ("Giải trình", "Dấu hiệu", "Đơn vị", "Ngày", "Chi tiết", "Nguồn")
OPEN, EXPLAINED = "chưa có", "đã có"
TAKEN_BACK = "(rút lại)"
PREVIOUS, NEXT = "trang trước", "trang sau"
SUITE = "Kiểm tra bản số liệu trước khi công bố"
SUITE_COLUMNS = ("Kiểm tra", "Bộ kiểm tra", "Bảng", "Số dòng đã xét")
SUITES = {"dbt": "đối chiếu giữa các bảng", "marts": "từng bảng công bố"}
IDENTITIES = {
    "every petition has a due date": "Mỗi kiến nghị có hạn giải quyết",
    "holder spells cover every day once": "Mỗi chức vụ, mỗi ngày có đúng một người giữ hoặc khuyết",
    "identity 1 classes add up": "Các nhóm kiến nghị cộng lại bằng tổng số",
    "identity 2 stock and flow": "Tồn đầu + nhận = giải quyết + ra khỏi diện + tồn cuối",
    "identity 3 closing is next opening": "Tồn cuối kỳ này là tồn đầu kỳ sau",
    "identity 4 sums agree": "Số của cấp trên bằng tổng các đơn vị trực thuộc",
    "no more settled than there was": "Không giải quyết nhiều hơn số phải giải quyết",
    "rates lie within their interval": "Tỷ lệ nằm trong khoảng tin cậy của nó",
    "flags by code": "Mỗi loại dấu hiệu một mã",
    "flags by order": "Mỗi loại dấu hiệu một thứ tự",
    "kpis by code": "Mỗi chỉ tiêu một mã",
    "kpis by number": "Mỗi chỉ tiêu một thứ tự",
    "grain is unique contract choices sheet kind field code": "Danh mục lựa chọn của mẫu không trùng",
    "grain is unique contract columns sheet kind field": "Danh sách cột của mẫu không trùng",
    "grain is unique period types period type ordinal": "Danh sách kỳ báo cáo không trùng",
}
"""Texts of the checks of dbt by test name; a check without a text shows its name."""
TABLES = {
    "kpi_values": "giá trị chỉ tiêu",
    "fct_petitions": "kiến nghị",
    "fct_dialogues": "hội nghị",
    "fct_plans": "kế hoạch",
    "fct_trainings": "tập huấn",
    "fct_decisions": "khen thưởng, kỷ luật",
    "fct_practices": "cách làm hay",
    "fct_feeds": "tệp đã nhận",
    "stock_flow": "tồn và phát sinh",
    "subject_stock_flow": "tồn và phát sinh gồm cấp dưới",
    "dim_units": "đơn vị",
    "dim_tenures": "giữ chức vụ",
    "dim_periods": "kỳ báo cáo",
    "dim_kpis": "định nghĩa chỉ tiêu",
    "dim_fields": "lĩnh vực",
    "dim_dates": "ngày làm việc",
    "dim_flags": "định nghĩa dấu hiệu",
    "feed_status": "tình trạng báo cáo",
    "feed_findings": "ghi chú của tệp",
    "feed_deadlines": "lịch nộp",
    "feed_columns": "cột của tệp",
    "feed_repairs": "ô được đọc lại",
    "feed_changes": "thay đổi giữa các bản",
    "received_rows": "dòng đã nhận",
    "integrity_flags": "dấu hiệu",
    "int_petitions": "kiến nghị",
    "int_holder_spells": "giữ chức vụ",
    "flags": "định nghĩa dấu hiệu",
    "kpis": "định nghĩa chỉ tiêu",
    "contract_choices": "danh mục lựa chọn",
    "contract_columns": "danh sách cột",
    "period_types": "loại kỳ báo cáo",
}
"""Names of tables; docs/published-tables.md describes their columns."""
TIERS = {"feed": "từ chối tệp", "row": "giữ lại dòng", "warn": "lưu ý"}
ASKED = "cần lý do"
UNKNOWN_SENDER = "chưa rõ đơn vị"

# ------------------------------------------------------------------------------------------------- provenance
LOOK_UP = "Mã kiến nghị, mã hội nghị, mã cán bộ hoặc mã tệp"
PROVENANCE = "Từ số liệu về đúng ô trong tệp đã nhận."
PROVENANCE_NOTE = (
    "Nhập mã kiến nghị, mã hội nghị, mã cán bộ hoặc mã tệp; hoặc bấm vào một con số ở các trang khác, mở một kiến nghị "
    "rồi bấm «{link}»."
)
SEE_PROVENANCE = "xem nguồn gốc từng ô"
SEE_PETITION, SEE_DIALOGUE = "mở kiến nghị này", "xem hội nghị {code}"
SEE_OTHER = "mã này cũng dùng cho {code}"
UNKNOWN_CODE = "Mã «{code}» không có trong các tệp đã nhận hoặc ngoài phạm vi được xem."
UNKNOWN_FLAG = "Dấu hiệu này không có hoặc ngoài phạm vi được xem."
VERSIONS = "Các bản báo cáo có dòng này, mới nhất trước"
VERSION_COLUMNS = ("Kỳ", "Bản", "Nhận lúc", "Tệp", "Trang tính", "Dòng", "Tình trạng", "Thay đổi so với bản trước")
CELLS = "Từng ô như đã nhận"
CELL_COLUMNS = ("Ô", "Tiêu đề cột", "Nội dung nhận được", "Đọc thành")
AS_RECEIVED, HIDDEN_TEXT = "giữ nguyên", "(không hiển thị ở đây)"
FINDINGS = "Ghi chú khi kiểm tra tệp"
FEED_FINDINGS = "Ghi chú của tệp"
FINDING_COLUMNS = ("Mức độ", "Ô", "Ghi chú", "Cách xử lý")
FEED_COLUMNS = ("Mã tệp", "Tên tệp", "Đơn vị gửi", "Kỳ", "Bản", "Nhận lúc", "Kết quả", "Dòng nhận", "Dòng giữ lại")
FEEDS = "Các tệp đã nhận gần đây"
QUARANTINED = "Các dòng bị giữ lại của tệp"
QUARANTINE_COLUMNS = ("Trang tính", "Dòng", "Mã", "Vì sao")
ROW_STATUS = {"landed": "đã nhận", "quarantined": "bị giữ lại"}
FEED_STATUS = {"accepted": "đã nhận", "rejected": "bị từ chối"}
CURRENT = "đang dùng"


class Feed(Protocol):
    """The fields of a received feed that sentences need."""

    @property
    def feed_id(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def period_code(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def rows_landed(self) -> int: ...
    @property
    def rows_quarantined(self) -> int: ...


def row_found(code: str, feeds: int, file: str, sheet_name: str, row_number: int) -> str:
    """Return where a code was found: in how many feeds, and its place in the newest."""
    return (
        f"{code} có trong {f.number(feeds)} báo cáo đã nhận; mới nhất: tệp {file}, trang {sheet(sheet_name)}, "
        f"dòng {f.number(row_number)}."
    )


def feed_found(feed: Feed) -> str:
    """Return sender, period and outcome of a feed."""
    whose = ", ".join(part for part in (feed.sender or UNKNOWN_SENDER, label(feed.period_code)) if part)
    if feed.status == "rejected":
        return f"{feed.feed_id}: {whose}, bị từ chối, không dòng nào vào số liệu."
    kept = f", {f.number(feed.rows_quarantined)} dòng bị giữ lại" if feed.rows_quarantined else ""
    return f"{feed.feed_id}: {whose}, đã nhận {f.number(feed.rows_landed)} dòng{kept}."


def tier(name: str, waits: bool) -> str:
    """Return the name of a tier; a note that waits for a reason has its own."""
    return ASKED if waits else TIERS[name]


def board_message(label: str, counts: Mapping[str, int], waiting: int = 0) -> str:
    """'Quý III/2024: 5/7 báo cáo đã nhận (1 muộn), 2 chưa gửi; 21 điểm chờ lý do.'"""
    total = sum(counts.values())
    if not total:
        return f"{label}: chưa đơn vị nào phải gửi báo cáo."
    late = counts.get("late", 0)
    sent = counts.get("on_time", 0) + late
    parts = [f"{f.number(sent)}/{f.number(total)} báo cáo đã nhận" + (f" ({f.number(late)} muộn)" if late else "")]
    if counts.get("missing"):
        parts.append(f"{f.number(counts['missing'])} chưa gửi")
    if counts.get("not_due"):
        parts.append(f"{f.number(counts['not_due'])} chưa đến hạn")
    asked = f"; {f.number(waiting)} điểm chờ lý do" if waiting else ""
    return f"{label}: {', '.join(parts)}{asked}."


def board_behind(feeds: int) -> str:
    """Return the message that the board does not contain some landed feeds yet."""
    return f"{uncomputed(feeds)} Bảng này chưa có các tệp đó; tính lại ở trang"


def missing_title(count: int) -> str:
    return f"Chưa gửi ({f.number(count)})"


def letters_title(count: int) -> str:
    return f"Văn bản nhắc ({f.number(count)})"


def named_missing(name: str, beside: str) -> str:
    """Return a missing sender in a list, with a note in brackets."""
    return f"{name} ({beside})" if beside else name


def sign(status: str, days_late: int | None) -> str:
    """Return the status of a feed for a narrow column: '✓', '◷ 12', or '' for a missing feed, whose cell is marked."""
    return f"{SIGNS[status].strip()} {f.number(days_late or 0)}" if status == "late" else SIGNS[status].strip()


def state(status: str, days_late: int | None) -> str:
    """'✓ đúng hạn', '◷ muộn 12 ngày', 'chưa gửi'."""
    word = f"muộn {f.number(days_late or 0)} ngày" if status == "late" else STATES[status]
    return SIGNS[status] + word


def quality_message(rows: int, quarantined: int, unexplained: int) -> str:
    """Return the summary of open work, flags first: '113 dấu hiệu chờ giải trình; 16/11.630 dòng bị giữ lại.'"""
    flags = f"{f.number(unexplained)} dấu hiệu chờ giải trình" if unexplained else "Mọi dấu hiệu đã có giải trình"
    return f"{flags}; {f.share(quarantined, rows)} dòng bị giữ lại."


def only_to_know(flags: int) -> str:
    """The heading of the flags that need no explanation."""
    return f"Chỉ để biết, không phải giải trình ({f.number(flags)})"


def explain_which(name: str, subject: str) -> str:
    return f"Giải trình cho: {flag_named(name, subject)}"


def repairs_title(cells: int) -> str:
    return f"Ô được đọc lại ({f.number(cells)})"


def suite(name: str) -> str:
    """Return the Vietnamese name of a suite of checks."""
    return SUITES.get(name, name)


def check(suite_name: str, description: str, examined: str) -> str:
    """Return one check as text, without the table's name, which is shown next to it; a dbt identity as a sentence."""
    if suite_name == "dbt":
        return IDENTITIES.get(description, description)
    said = description.removeprefix(f"Bảng {examined}: ")
    return said[:1].upper() + said[1:]


def table(examined: str) -> str:
    """'kiến nghị (fct_petitions)'; several tables as listed."""
    names = [each.strip() for each in examined.split(",")]
    return ", ".join(f"{TABLES[each]} ({each})" if each in TABLES else each for each in names)


def suite_title(checks: int) -> str:
    return f"Mọi phép kiểm tra của bản số liệu ({f.number(checks)}) đã qua"


def shown(number: int, last: int, total: int) -> str:
    return f"Trang {f.number(number)}/{f.number(last)}, {f.number(total)} dấu hiệu."


def flag_named(name: str, subject: str) -> str:
    return f"{name} – {subject}"


def minute(value: datetime | None) -> str:
    return f.NOTHING if value is None else f"{value:%H:%M} {f.day(value)}"


def per_hundred(part: int, whole: int) -> str:
    return f.NOTHING if not whole else f.number(100 * part / whole, 1)


def version(number: int | None, is_current: bool) -> str:
    return f.NOTHING if number is None else f"{f.number(number)}{f' ({CURRENT})' if is_current else ''}"


def renewed(number: int | None, received_at: datetime | None) -> str:
    """Return when a later version was received, next to its number; '' for a first version, whose receipt the board
    shows."""
    return f"nhận {minute(received_at)}" if number is not None and number > 1 else ""


def answered_at_the_door(reason: str, by: str, at: datetime | None) -> str:
    """Return the sender's answer on the fact, given when its feed was checked."""
    who = " · ".join(filter(None, (by, minute(at) if at else "")))
    return f"Đã giải trình khi gửi báo cáo: {reason}" + (f" ({who})" if who else "")


def said(author: str, at: datetime, text: str) -> str:
    return f"{author}, {minute(at)}: {text}"


def change(kind: str, header: str, before: str, after: str) -> str:
    """'sửa «Tình trạng»: Đang giải quyết → Đã giải quyết'; for a whole row only the kind of change."""
    word = CHANGE_KINDS[kind]
    return f"{word} «{header}»: {before or f.NOTHING} → {after or f.NOTHING}" if header else word
