"""Vietnamese texts as in feeds, in each legacy encoding still in use."""

import unicodedata
from collections.abc import Mapping

from viparse.normalize.vni import VNI

from ingest.model.received import Encoding
from sample_province.letters import Letters, encoded

TEXTS = (
    "Đề nghị sửa chữa đường liên thôn bị hư hỏng",
    "Đề nghị nâng cấp hệ thống thoát nước khu dân cư số 3",
    "Xã Mộc Bắc",
    "Phường Quang Trung",
    "Thị trấn Kiện Khê",
    "Nguyễn Văn An",
    "Trần Thị Bình",
    "Lý Công Uyên",
    "Nguyên Ân",
    "Lê Hồng Phúc",
    "Đỗ Đức Hạnh",
    "Hà Thu Hương",
    "Vũ Tú",
    "Ngô Quốc Cường",
    "Bùi Xuân Trường",
    "Phó Chủ tịch Ủy ban nhân dân xã",
    "Bí thư Đảng ủy",
    "Hội trường nhà văn hóa thôn Đông",
    "Hỗ trợ kinh phí xây dựng nhà văn hóa",
    "Giải quyết tình trạng ô nhiễm môi trường",
    "Cấp giấy chứng nhận quyền sử dụng đất",
    "Chế độ chính sách đối với người có công",
    "Thu hồi đất, bồi thường, giải phóng mặt bằng",
    "Kết luận số 12/TB-HĐND về việc đối thoại",
    "Quyết định số 45/QĐ-UBND ngày 03/8/2024",
    "Tiếp thu, giao phòng Tài nguyên và Môi trường kiểm tra",
    "Nạo vét kênh mương nội đồng trước mùa mưa",
    "Chưa bố trí được nguồn vốn",
    "Đã giải quyết",
    "Đang xem xét",
    "Phúc đáp bằng văn bản",
    "Công an huyện xử lý xe quá tải",
    "Bổ sung đèn chiếu sáng công cộng",
    "Trạm y tế thiếu thuốc bảo hiểm",
    "Học phí năm học mới tăng cao",
    "Sân vận động xuống cấp",
    "Giá điện sinh hoạt",
    "Vệ sinh an toàn thực phẩm ở chợ",
    "Tập huấn kỹ năng tiếp công dân",
    "Thưởng thôn đạt chuẩn nông thôn mới kiểu mẫu",
    "Xóm 5 chưa có nước sạch",
    "Cầu Châu Giang nứt mặt cầu",
    "Mở rộng ngõ 12",
    "Hộ nghèo, cận nghèo",
    "Tổ dân phố số 7",
)


def in_letters(text: str, letters: str) -> str:
    """`text` as cells hold it: typed in a legacy font, read as cp1252, in HTML references, or decomposed (`nfd`)."""
    if letters == Encoding.TCVN3:
        return encoded(text, Letters.TCVN3)
    if letters == Encoding.VNI:
        return "".join(_VNI.get(letter, letter) for letter in text)
    if letters == Encoding.UTF8_AS_CP1252:
        return "".join(_read_as_cp1252(byte) for byte in text.encode())
    if letters == Encoding.REFERENCES:
        return "".join(each if each.isascii() else f"&#{ord(each)};" for each in text)
    return unicodedata.normalize("NFD", text)


def _to_vni() -> Mapping[str, str]:
    return {letter: legacy for legacy, letter in VNI.pairs} | {"ẳ": "aú", "ỵ": "î"}


_VNI = _to_vni()


def _read_as_cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
