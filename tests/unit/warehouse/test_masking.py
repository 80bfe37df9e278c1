"""What is masked in the cells of a feed, and what stays."""

import pytest

from warehouse.masking import masked, masked_code

PHONE, IDENTITY, MAIL = "[số điện thoại đã che]", "[số giấy tờ đã che]", "[thư điện tử đã che]"


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912.345.678",
        "0912 345 678",
        "0912  345  678",
        "0912\u00a0345\u00a0678",
        "0912-345-678",
        "0912–345–678",
        "0912 – 345 – 678",
        "0912/345/678",
        "0912,345,678",
        "(0912)-345-678",
        "(0912) 345 678",
        "+84 (0)912 345 678",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "+84912345678",
        "84912345678",
        "0084912345678",
        "0084 912 345 678",
        "O912345678",
        "０９１２３４５６７８",
        "0912\u200b345678",
        "024 3825 1234",
        "09 12 34 56 78",
        "09123O5678",
        "0912\u00ad345\u2060678",
        "0912\u202f345\u202f678",
        "٠٩١٢٣٤٥٦٧٨",
    ],
)
def test_a_telephone_number_is_masked(number: str) -> None:
    assert masked(f"Gọi {number} nhé") == f"Gọi {PHONE} nhé"
    assert masked(f"Gọi {number}") == f"Gọi {PHONE}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("sđt0912345678", f"sđt{PHONE}"),
        ("ĐT:0912345678.", f"ĐT:{PHONE}."),
        ("001-099-012-345", IDENTITY),
        ("001099012345", IDENTITY),
        ("0010 9901 2345", IDENTITY),
        ("CMND 01234 5678", f"CMND {IDENTITY}"),
        ("căn cước công dân số 001.099.012.345", f"căn cước công dân số {IDENTITY}"),
        ("số 123456789", f"số {IDENTITY}"),
        ("gửi nguyễn.văn@x.vn", f"gửi {MAIL}"),
        ("gửi a.b＠x.com.vn", f"gửi {MAIL}"),
        ("ngày 01/08/2024 gọi 0912345678", f"ngày 01/08/2024 gọi {PHONE}"),
        ("0912 345 678 đồng ý", f"{PHONE} đồng ý"),
        ("0912345678 ông Ổn", f"{PHONE} ông Ổn"),
        ("0912345678 Ong", f"{PHONE} Ong"),
        ("ĐT: 912 345 678", f"ĐT: {PHONE}"),
        ("Zalo 912.345.678 nhé", f"Zalo {PHONE} nhé"),
        ("điện thoại 3825 1234", f"điện thoại {PHONE}"),
        ("912345678", IDENTITY),
        ("912345678.0", IDENTITY),
        ("9.12345678E8", IDENTITY),
        ("9.12345678E+08", IDENTITY),
        ("số 35099012345 cấp", f"số {IDENTITY} cấp"),
        ("số 3.5099012345E+10 cấp", f"số {IDENTITY} cấp"),
        ("số 1099012345", f"số {IDENTITY}"),
        ("hỗ trợ ông An 0912345678", f"hỗ trợ ông An {PHONE}"),
        ("kinh phí hỏi số 0912345678", f"kinh phí hỏi số {PHONE}"),
    ],
)
def test_other_personal_data_is_masked(text: str, read: str) -> None:
    assert masked(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "từ 01/08/2024 - 15/08/2024",
        "các ngày 01/08/2024, 02.08.2024, 03-08-2024",
        "các tháng 05/2024, 06/2024, 07/2024",
        "01/08, 02/08, 03/08, 04/08, 05/08",
        "lúc 08:00 ngày 01/08/2024 và 2024-08-01 10:00:00",
        "Công văn 12/UBND-VP, Nghị quyết 01/2024/NQ-HĐND",
        "KN-347-2024-01037",
        "kiến nghị KN-047-2024-0103",
        "hỗ trợ 912.345.678 đồng",
        "hỗ trợ 912345678 đ",
        "hỗ trợ 84.912.345.678 VNĐ",
        "dự án 123 456 789 012 đồng",
        "1.500 triệu, 120 tỷ",
        "Quốc lộ 1A, km 12+345, thửa 123, tờ 45",
        "khoảng trắng  thừa",
        "kinh phí 123456789",
        "tổng mức đầu tư 12345678901",
        "dự toán: 987654321.",
        "vay 500000000 từ 2023",
        "đền bù 912345678",
        "diện tích 123456789 m2",
        "diện tích 1.234.567.890 m²",
        "Quyết định số 123/QĐ-UBND, 4567/QĐ-UBND ngày 05/09/2024",
        "Kế hoạch 2021-2025, giai đoạn 2026-2030",
        "điện thoại từ 05/09/2024 đến nay",
        "mã hồ sơ H41.12-240905-0012",
        "thửa 123, tờ bản đồ 45, 1.234 m²",
        "0, 1, 2, 3, 4, 5, 6, 7",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912.345.678",
        "+84 912 345 678",
        "sđt0912345678",
        "SĐT 0912 345 678",
        "KN0912345678",
        "KN-347-0912345678",
    ],
)
def test_a_telephone_number_in_a_code_is_masked(text: str) -> None:
    assert masked_code(text).endswith(PHONE)


@pytest.mark.parametrize(
    "text",
    [
        "KN-347-2024-01037",
        "101005123456",
        "123456789",
        "13285",
        "2024-08-01 10:00:00",
        "01/08/2024 10:00",
        "2024-08-01T10:00:00.000000000+07:00",
        "12/UBND-VP",
        "347-2024-09123456789",
        "0912345678/UBND",
        "KN-0112345678",
        "1.0912345678",
    ],
)
def test_a_code_or_a_day_stays(text: str) -> None:
    assert masked_code(text) == text


def test_an_identity_number_or_address_as_a_code_is_masked() -> None:
    assert masked_code("001099012345") == IDENTITY
    assert masked_code("a@b.vn") == MAIL


def test_a_text_without_end_is_read_in_one_pass() -> None:
    """Bounded repetition: each letter is looked at a bounded number of times, however long the text."""
    text = "x" * 300_000
    assert masked(text) == text
    assert masked(f"{text} an@vidu.vn") == f"{text} [thư điện tử đã che]"
