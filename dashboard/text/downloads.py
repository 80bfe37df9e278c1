"""Texts of downloaded files: the facts above a table and the names of tables."""

from datetime import date

from dashboard.text import formats as f

WHOLE_LIST = "Tải cả danh sách về (.xlsx, {rows} dòng)"
EVERYTHING = "Tải cả danh sách về (.xlsx)"
CHART = "Tải số liệu của biểu đồ (.xlsx)"
OWNER, PERIOD, UNTIL, DATA_UNTIL = "Đơn vị", "Kỳ báo cáo", "Chốt số liệu của kỳ", "Số liệu đến"
SNAPSHOT, PUBLISHED, FILTERS, COVERAGE = "Bản số liệu", "Công bố lúc", "Bộ lọc", "Báo cáo"
ROWS, SAMPLE, NONE = "Số dòng", "Lưu ý", "không"
LOOKED_UP = "Mã tra cứu"
WITHOUT_PERIOD = "không theo kỳ, tình trạng tại thời điểm số liệu"
FILE, SENDER, VERDICT = "Tệp", "Đơn vị gửi", "Kết quả kiểm tra"

TREND, LEVELS, FLOW, AGES, OVERDUE = (
    "Diễn biến đúng hạn",
    "Đúng hạn theo cấp",
    "Tồn và phát sinh",
    "Thời hạn kiến nghị còn tồn",
    "Quá hạn theo đơn vị",
)
KPIS, UNITS_BELOW, RANKS_BELOW, METHODS = ("Chỉ tiêu", "Đơn vị trực thuộc", "Xếp hạng đúng hạn", "Phương pháp tính")
PETITIONS, OVERDUE_LIST, DUE_SOON, DIALOGUES = ("Kiến nghị", "Kiến nghị quá hạn", "Đến hạn trước họp", "Hội nghị")
HEADS, HOLDERS, POSTS, ANSWERABLE = ("Người đứng đầu", "Người giữ chức", "Chức vụ", "Người chịu trách nhiệm")
RECORDS = {"trainings": "Tập huấn", "decisions": "Quyết định", "practices": "Cách làm hay"}
PLANS, HEAD_DECISIONS, ROW_FINDINGS = "Kế hoạch đối thoại", "Quyết định", "Ghi chú kiểm tra"
BOARD, MATRIX, FORMER, DEADLINES = ("Tình trạng báo cáo", "Các kỳ gần đây", "Đơn vị đã sắp xếp", "Lịch nộp báo cáo")
FLAGS, FLAGS_TO_KNOW, RULES, READ_ANEW = ("Dấu hiệu", "Dấu hiệu để biết", "Phát hiện theo quy tắc", "Ô được đọc lại")
BY_SENDER, BY_PERIOD, CHECKS = ("Phát hiện theo đơn vị", "Phát hiện theo kỳ", "Kiểm tra bản số liệu")
FEEDS, KEPT_BACK, FINDINGS, REPAIRS = ("Tệp đã nhận", "Dòng bị giữ lại", "Ghi chú của tệp", "Ô đọc lại của tệp")
VERSIONS, CELLS = "Các bản của dòng", "Từng ô của dòng"
FILES, CHECKED, FIXED, SHEETS, CHANGES = ("Kết quả kiểm tra", "Lỗi và lưu ý", "Đã sửa", "Thay đổi theo trang",
                                          "Thay đổi từng dòng")  # fmt: skip


def period(label: str, start: date, end: date, calendar: str) -> str:
    """'Quý III/2024 (01/07/2024 – 30/09/2024), Lịch Đảng'."""
    return f"{label} ({f.day(start)} – {f.day(end)}), {calendar}"


def until(day: date) -> str:
    """Return the part of a file name for a table that does not follow a period."""
    return f"đến {f.day(day)}"


def whole_list(rows: int) -> str:
    return WHOLE_LIST.format(rows=f.number(rows))
