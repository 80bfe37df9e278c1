"""Vietnamese names of the codes in a snapshot. KPI and field names are not here: the snapshot carries them."""

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
"""The pages of those who answer for the data, apart from the leaders'."""
DATA = "Dữ liệu:"

DOWNLOAD = "Tải bảng này về (.xlsx)"

CALENDARS = {"party": "Lịch Đảng", "state": "Lịch Nhà nước"}
LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
BODIES = {"party": "Cấp ủy", "government": "Chính quyền"}
SIDES = {"higher": "càng cao càng tốt", "lower": "càng thấp càng tốt", "": "không xét cao hay thấp"}
BREADTHS = {"gop": "Gồm đơn vị trực thuộc", "rieng": "Riêng đơn vị"}
ALONE = {"province": "riêng cơ quan cấp tỉnh", "district": "riêng cơ quan cấp huyện"}
WITH_BELOW = {"district": "gồm cấp xã"}
"""What a figure of a unit counts, by level, where its name alone could mean either; communes have nothing below."""
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
PETITION_FLAGS = {
    "extension_without_document": "Gia hạn không có số văn bản: vẫn tính theo hạn cũ",
    "extension_after_due": "Văn bản gia hạn ban hành khi đã hết hạn: vẫn tính theo hạn cũ",
    "extension_not_later": "Hạn gia hạn không muộn hơn hạn ban đầu: vẫn tính theo hạn cũ",
    "due_before_received": "Hạn giải quyết trước ngày tiếp nhận",
    "vanished": "Còn tồn nhưng không có trong báo cáo mới nhất",
    "extension_undated": "Văn bản gia hạn không ghi ngày: vẫn tính theo hạn cũ",
    "due_moved_after_due": "Hạn giải quyết bị lùi sau khi đã qua",
    "settled_then_changed": "Đã giải quyết xong lại mở hoặc đổi ngày",
    "code_from_several_senders": "Hai đơn vị gửi ghi cùng một mã kiến nghị",
    "duplicate_across_units": "Cùng nội dung với kiến nghị của đơn vị khác",
    "same_text_many_times": "Nội dung lặp lại nhiều lần ở một đơn vị",
}
SATISFACTION = {"satisfied": "Hài lòng", "neutral": "Bình thường", "dissatisfied": "Không hài lòng"}
FORMS = {"periodic": "Định kỳ", "extraordinary": "Đột xuất", "thematic": "Chuyên đề"}
DECISIONS = {"reward": "Khen thưởng", "discipline": "Kỷ luật", "reminder": "Nhắc nhở"}
POSTS = {"party": "Người đứng đầu cấp ủy", "government": "Người đứng đầu chính quyền"}
YES_NO = {True: "có", False: "không"}
COUNTED = {
    ("on_time_rate", "tu"): "đúng hạn",
    ("on_time_rate", "mau"): "đến hạn",
    ("resolution_rate", "tu"): "đã giải quyết",
    ("resolution_rate", "mau"): "phải giải quyết",
    ("resolved_share", "tu"): "giải quyết xong",
    ("resolved_share", "mau"): "đã trả lời",
    ("overdue_rate", "tu"): "quá hạn",
    ("overdue_rate", "mau"): "còn tồn",
    ("overdue_open", "tu"): "quá hạn",
    ("satisfaction_rate", "tu"): "hài lòng",
    ("satisfaction_rate", "mau"): "có đánh giá",
    ("median_days_to_settle", "mau"): "tiếp nhận",
    ("dialogues_held", "tu"): "hội nghị",
    ("head_chaired_rate", "tu"): "trực tiếp chủ trì",
    ("head_chaired_rate", "mau"): "hội nghị",
}
"""What stands behind a side of a KPI, in the words of a link."""
ALL_FIELDS = "Mọi lĩnh vực"
ALL_BODIES = "Cả hai cơ quan"
WHOLE_PROVINCE = "Toàn tỉnh"
