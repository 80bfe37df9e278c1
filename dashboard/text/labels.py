"""Vietnamese names of the codes in a snapshot, except KPIs, flags and fields, whose names the snapshot has."""

from dashboard.model import Breadth

TITLE = "Đối thoại"

OVERVIEW, UNITS, HEADS, PROGRESS, METHOD = (
    "Tổng quan",
    "Cấp và đơn vị",
    "Người đứng đầu",
    "Tiến độ và quá hạn",
    "Phương pháp tính",
)
FEED_BOARD, CHECK_FILE, DATA_QUALITY, PROVENANCE = (
    "Tình trạng báo cáo",
    "Kiểm tra tệp",
    "Chất lượng dữ liệu",
    "Tra cứu nguồn gốc",
)
STEWARD_PAGES = (FEED_BOARD, CHECK_FILE, DATA_QUALITY, PROVENANCE)
"""The pages of data stewards."""
DATA = "Dữ liệu:"
AUDIT = "Nhật ký truy cập"
SIGN_IN, ACCOUNT, FIRST_PASSWORD = "Đăng nhập", "Tài khoản", "Đặt mật khẩu"

DOWNLOAD = "Tải bảng này về (.xlsx)"

CALENDARS = {"party": "Lịch Đảng", "state": "Lịch Nhà nước"}
LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
BODIES = {"party": "Cấp ủy", "government": "Chính quyền"}
SIDES = {"higher": "càng cao càng tốt", "lower": "càng thấp càng tốt", "": "không xét cao hay thấp"}
BREADTHS = {Breadth.SUBTREE: "Gồm đơn vị trực thuộc", Breadth.UNIT: "Riêng đơn vị"}
ALONE = {"province": "riêng cơ quan cấp tỉnh", "district": "riêng cơ quan cấp huyện"}
WITH_BELOW = {"district": "gồm cấp xã"}
"""What a figure of a unit counts, by level, where the unit's name is ambiguous; communes have no units below."""
CLASSES = {
    "settled_on_time": "Đã giải quyết đúng hạn",
    "settled_late": "Đã giải quyết quá hạn",
    "open_in_term": "Đang giải quyết, còn hạn",
    "open_overdue": "Quá hạn chưa giải quyết",
    "left_scope": "Chuyển, trả, trùng hoặc ngoài thẩm quyền",
}
AGES = {
    "con-30": "Còn hạn trên 14 ngày",
    "con-14": "Còn hạn 8–14 ngày",
    "con-7": "Còn hạn trong 7 ngày",
    "qua-15": "Quá hạn đến 15 ngày",
    "qua-30": "Quá hạn 16–30 ngày",
    "qua-60": "Quá hạn 31–60 ngày",
    "qua-90": "Quá hạn 61–90 ngày",
    "qua-91": "Quá hạn trên 90 ngày",
}
OUTCOMES = {
    "resolved": "Đã giải quyết",
    "explained": "Đã giải trình, tiếp thu",
    "in_progress": "Đang giải quyết",
    "not_started": "Chưa giải quyết",
    "transferred": "Chuyển cơ quan khác",
    "out_of_scope": "Không thuộc thẩm quyền",
    "duplicate": "Trùng",
    "returned": "Trả lại",
}
SATISFACTION = {"satisfied": "Hài lòng", "neutral": "Bình thường", "dissatisfied": "Không hài lòng"}
FORMS = {"periodic": "Định kỳ", "extraordinary": "Đột xuất", "thematic": "Chuyên đề"}
DECISIONS = {"reward": "Khen thưởng", "discipline": "Kỷ luật", "reminder": "Nhắc nhở"}
POSTS = {"party": "Người đứng đầu cấp ủy", "government": "Người đứng đầu chính quyền"}
YES_NO = {True: "có", False: "không"}
ALL_FIELDS = "Mọi lĩnh vực"
ALL_BODIES = "Cả hai cơ quan"
WHOLE_PROVINCE = "Toàn tỉnh"
