"""Texts of Streamlit's own elements: menus, hints, and its message when the server does not respond."""

ASCENDING, DESCENDING = "Xếp tăng dần", "Xếp giảm dần"
NOTHING_FOUND = "Không có mục nào khớp"
ENTER = "Bấm Enter để xem"
SKIP = "Đến nội dung chính"
NO_ANSWER = "Mất kết nối"
RECONNECTS = (
    "Máy chủ số liệu không trả lời. Trang tự nối lại khi máy chủ hoạt động; nếu lâu không được thì báo người quản trị."
)
