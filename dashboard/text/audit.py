"""Words of the audit log."""

from collections.abc import Mapping

from warehouse.access.audit import Action

ACTIONS: Mapping[str, str] = {
    Action.SIGN_IN: "đăng nhập",
    Action.SIGN_IN_FAILED: "đăng nhập không được",
    Action.SIGN_OUT: "đăng xuất",
    Action.PASSWORD_CHANGED: "đổi mật khẩu",
    Action.REFUSED: "bị từ chối",
    Action.TEXT_OPENED: "mở nội dung kiến nghị",
    Action.EXPORTED: "tải về",
    Action.CHECKED: "kiểm tra tệp",
    Action.INGESTED: "nạp tệp",
    Action.CONFIRMED: "xác nhận kèm lý do",
    Action.EXPLAINED: "giải trình dấu hiệu",
    Action.BUILT: "tính lại số liệu",
    Action.SETTINGS_CHANGED: "cài đặt thay đổi",
    Action.ACCOUNT_ADDED: "tạo tài khoản",
    Action.ACCOUNT_CHANGED: "đổi tài khoản",
}
COLUMNS: Mapping[str, str] = {
    "at": "Thời điểm",
    "actor": "Tài khoản",
    "role": "Vai trò",
    "action": "Việc",
    "unit": "Đơn vị",
    "subject": "Đối tượng",
    "origin": "Từ địa chỉ",
}
WIDTHS = {"at": 150, "actor": 170, "role": 200, "action": 190, "unit": 80, "subject": 380, "origin": 120}
ANY_ACTION = "Mọi việc"
ACTION, ACTOR, UNIT, SINCE = "Việc", "Tài khoản", "Mã đơn vị", "Từ ngày"
NOTHING = "Không có dòng nào phù hợp."
WHOLE = "Chuỗi nhật ký nguyên vẹn."
ACCOUNTS = "Tài khoản của kho"
ACCOUNTS_NOTE = "Tạo, khóa và đổi vai trò bằng «doithoai user» trên máy chủ."
ACCOUNT_COLUMNS: Mapping[str, str] = {
    "name": "Tài khoản",
    "full_name": "Họ và tên",
    "roles": "Vai trò",
    "state": "Tình trạng",
}
ACCOUNT_WIDTHS = {"name": 170, "full_name": 230, "roles": 320, "state": 160}
DISABLED, LOCKED, FIRST, ACTIVE = "đã khóa", "tạm khóa", "chưa đặt mật khẩu", "đang dùng"


def headline(shown: int, most: int) -> str:
    """Return the headline: how many lines are shown, and that there may be more."""
    return (
        f"{shown} việc gần nhất phù hợp với bộ lọc; thu hẹp bộ lọc để xem tiếp." if shown == most else f"{shown} việc"
    )


def broken(number: int) -> str:
    return f"Dòng {number} của nhật ký đã bị sửa hoặc mất; so với bản sao lưu của state.sqlite."
