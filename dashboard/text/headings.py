"""Names on the screen: page elements, filters, columns, facts and tooltips of charts."""

from collections.abc import Mapping

Names = Mapping[str, str]
"""Names by column, in display order."""

# ------------------------------------------------------------------------------------------------- parts of a page
ALL_KPIS = "Các chỉ tiêu"
BEFORE_MEETING = "Sẽ đến hạn trước ngày họp"
HANDLING = "Xử lý"
ANSWERABLE = "Người đứng đầu chịu trách nhiệm"
LAST_HOLDERS = "Người đứng đầu khi đơn vị kết thúc hoạt động"
POSTS = "Chức vụ và thời gian giữ chức"
SOURCE = "Nguồn số liệu"
PETITION_LIST = "Danh sách kiến nghị"
DIALOGUE_LIST = "Danh sách hội nghị"
OVERDUE_LIST = "Danh sách quá hạn chưa giải quyết, lâu nhất trước"
VACANT = "Khuyết người đứng đầu"
MISSING_FEEDS = "Thiếu báo cáo"

# ------------------------------------------------------------------------------------------------- links and filters
SEE_QUARANTINED = "xem dòng bị giữ lại"
SEE_LIST = "xem danh sách"
WHOLE_LIST = "mở danh sách riêng"
PREVIOUS_PAGE = "trang trước"
NEXT_PAGE = "trang sau"
CHOOSE = "Chọn"
PERIOD = "Kỳ báo cáo"
CALENDAR = "Lịch báo cáo"
UNIT = "Đơn vị"
LEVEL = "Cấp"
FIELD = "Lĩnh vực"
BREADTH = "Phạm vi"
BODY = "Cơ quan"
MEETING = "Ngày họp"

# ------------------------------------------------------------------------------------------------- columns
KPI = "Chỉ tiêu"
RANK = "Hạng (khoảng)"
KPI_VALUES = ("Kỳ này", "Tử/mẫu", "Khoảng 95 %", "Kỳ trước", "Mục tiêu")
UNIT_OVERDUE = ("Quá hạn", "Lâu nhất (ngày)")
PETITIONS: Names = {
    "petition_id": "Mã kiến nghị",
    "unit_name": "Đơn vị giải quyết",
    "body": "Cơ quan",
    "field_name": "Lĩnh vực",
    "received": "Tiếp nhận",
    "due": "Hạn",
    "settled": "Giải quyết",
    "state": "Tình trạng",
    "late": "Quá hạn (ngày)",
    "summary": "Nội dung kiến nghị",
}
DIALOGUES: Names = {
    "held": "Ngày",
    "unit_name": "Đơn vị tổ chức",
    "form": "Hình thức",
    "chair_name": "Người chủ trì",
    "chaired": "Người đứng đầu chủ trì",
    "answered": "Trả lời ngay/ý kiến",
    "conclusion": "Thông báo kết luận",
    "limit": "Hạn thông báo",
    "supervised": "MTTQ giám sát",
    "source": "Nguồn",
}
PLANS: Names = {
    "unit_name": "Đơn vị",
    "planned": "Kế hoạch",
    "held": "Đã tổ chức",
    "programme_no": "Số chương trình",
    "source": "Nguồn",
}
TRAININGS: Names = {
    "day": "Ngày",
    "unit_name": "Đơn vị",
    "topic": "Chuyên đề",
    "participants": "Số người dự",
    "source": "Nguồn",
}
DECISIONS: Names = {
    "day": "Ngày",
    "decision_no": "Số quyết định",
    "kind": "Loại",
    "unit_name": "Đơn vị",
    "full_name": "Người đứng đầu",
    "form": "Hình thức",
    "reason": "Lý do",
    "source": "Nguồn",
}
PRACTICES: Names = {
    "day": "Ngày",
    "unit_name": "Đơn vị",
    "title": "Tên",
    "summary": "Tóm tắt",
    "source": "Nguồn",
}
RECORDS: Mapping[str, Names] = {"trainings": TRAININGS, "decisions": DECISIONS, "practices": PRACTICES}
HEAD_DECISIONS: Names = {name: title for name, title in DECISIONS.items() if name != "full_name"}
HEADS: Names = {
    "full_name": "Họ và tên",
    "post": "Chức vụ",
    "unit_name": "Đơn vị",
    "body": "Cơ quan",
    "since": "Thời gian giữ chức",
    "overdue": "Quá hạn",
    "inherited": "Nhận bàn giao",
    "on_time": "Đúng hạn",
    "pair": "Đúng hạn/đến hạn",
    "dialogues": "Hội nghị",
    "chaired": "Chủ trì",
}
HEADS_HELP: Names = {
    "overdue": "Kiến nghị quá hạn chưa giải quyết cuối kỳ",
    "inherited": "Trong đó đã quá hạn từ trước khi nhận chức",
    "dialogues": "Hội nghị của đơn vị trong thời gian giữ chức",
    "chaired": "Tỷ lệ hội nghị do chính người này chủ trì",
}
HOLDING: Names = {name: HEADS[name] for name in ("full_name", "post", "body", "since")}
HELD: Names = {"post": "Chức vụ", "unit": "Đơn vị", "since": "Thời gian giữ chức"}
ANSWERING: Names = {"moment": "Thời điểm", "name": "Họ và tên", "post": "Chức vụ"}
FINDINGS: Names = {"cell": "Ô", "message": "Ghi chú khi kiểm tra tệp", "remedy": "Cách xử lý"}
MOMENTS: Names = {
    "head_at_maturity": "Khi đến hạn hoặc giải quyết xong",
    "head_at_settlement": "Khi giải quyết xong",
    "head_now": "Hiện nay",
}
"""The dates on which the post of a petition's head counts, by column of `fct_petitions`."""

# ------------------------------------------------------------------------------------------------- charts
AXIS_PERIOD = "Kỳ"
PAIR = "Tử/mẫu"
INTERVAL = "Khoảng 95 %"
PLACE = "Hạng"
RECEIVED = "Tiếp nhận"
SETTLED = "Giải quyết"
KIND = "Loại"
COUNT = "Kiến nghị"
AGE = "Thời hạn"
CLOSING = "Tồn cuối kỳ"
