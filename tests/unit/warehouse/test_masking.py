"""What masking replaces in the cells of a feed, and what it keeps."""

import re
from collections.abc import Callable, Iterable, Sequence
from time import process_time
from unicodedata import normalize

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parsing import to_unicode
from sample_province.letters import Letters, encoded
from tests.unit.warehouse.masking_phrases import ACROSS_LINES, NOT_PERSONAL, PERSONAL
from warehouse.masking import masked, masked_code, may_need_masking_sql

PHONE, IDENTITY, MAIL = "[số điện thoại đã che]", "[số giấy tờ đã che]", "[thư điện tử đã che]"
MARKED = re.compile(r"⟦.*?⟧", re.DOTALL)
MASK = re.compile("|".join(map(re.escape, (PHONE, IDENTITY, MAIL))))


def unmarked(phrase: str) -> str:
    return phrase.replace("⟦", "").replace("⟧", "")


@pytest.mark.parametrize("phrase", [*PERSONAL, *ACROSS_LINES])
@pytest.mark.parametrize("is_composed", [True, False])
def test_only_personal_data_is_masked_in_a_sentence(phrase: str, is_composed: bool) -> None:
    found = masked(normalize("NFC" if is_composed else "NFD", unmarked(phrase)))
    plain = normalize("NFC", found).translate(str.maketrans("Ð–—", "Đ--"))
    assert MASK.sub("▮", plain) == MARKED.sub("▮", phrase).translate(str.maketrans("Ð–—", "Đ--"))
    assert masked(found) == found, "once is enough"


@pytest.mark.parametrize("phrase", NOT_PERSONAL)
def test_a_sentence_without_personal_data_is_unchanged(phrase: str) -> None:
    assert masked(phrase) == phrase


def test_the_table_of_sentences_is_long_enough() -> None:
    assert min(len(set(PERSONAL)), len(set(NOT_PERSONAL))) >= 120


def missed(texts: Iterable[str], mask: Callable[[str], str], *, text: bool) -> list[str]:
    """The texts that masking changes although the SQL condition skips them."""
    return skipped([each for each in texts if mask(each) != each], text=text)


def skipped(texts: Sequence[str], *, text: bool) -> list[str]:
    """The texts that the SQL condition skips."""
    with duckdb.connect() as con:
        con.register("texts", pa.table({"x": pa.array(texts, pa.string())}))
        passed = con.execute(f"select x from texts where not {may_need_masking_sql('x', text=text)}").fetchall()
    return [each for (each,) in passed]


PIECES = st.one_of(
    st.sampled_from("0123456789٠９१OoIlS"),
    st.sampled_from(["0912", "345", "678", "84", "+84", "035", "B", "C ", "E+08", "e8", "2024", "KN-", "đồng", "m2"]),
    st.sampled_from([*" .,-/_*·•|()[]", "\n", " \n ", " -- ", "…", "–", "\u00ad", "\u200b", "\u202f", "\u00a0"]),
    st.sampled_from(["@", "＠", "(at)", "[AT]", "（a）", " a còng ", " A CÒNG ", "an", "gmail.com", "x.vn", "(dot)"]),
    st.sampled_from(
        ["CMND", "cmt ", "hộ chiếu ", "ho  chieu ", "Passport", "Căn cước", "điện thoại", "ÐT:", "đt", "Tel"]
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=16).map("".join), min_size=40, max_size=80))
def test_the_condition_skips_no_text_to_be_masked(texts: list[str]) -> None:
    both = [*texts, *(normalize("NFD", each) for each in texts)]
    assert missed(both, masked, text=True) == []
    assert missed(both, masked_code, text=False) == []


def test_the_condition_skips_no_text_in_legacy_letters() -> None:
    """The condition is applied to the text as received, but masking to the text converted to Unicode."""
    received = [encoded(unmarked(each), Letters.TCVN3) for each in (*PERSONAL, *ACROSS_LINES)]
    assert skipped(received, text=True) == []


BLANKS = (" ", "  ", "\t", "\u00a0", "\u2003", "\u200a", "\u3000", "\u200b ", " \ufeff", "&nbsp;", "&#32;")
SIGNS = ("@", "(at)", "[ At ]", "{A}", "( a{0}còng )", "{0}a{0}còng{0}", "{0}A{0}CÒNG{0}", "{0}a{0}cò\u00adn\u200bg{0}")


def read_as_cp1252(text: str) -> str:
    """UTF-8 as displayed by a program that reads it as cp1252; undefined bytes stay control characters."""
    return "".join(bytes([each]).decode("cp1252", "ignore") or chr(each) for each in text.encode())


def as_sent(text: str) -> Iterable[str]:
    """The text in every form in which a cell may contain it."""
    yield from (normalize("NFC", text), normalize("NFD", text), encoded(text, Letters.TCVN3))
    yield from (read_as_cp1252(text), read_as_cp1252(normalize("NFD", text)))
    yield from (text.replace("ò", each).replace("Ò", each) for each in ("&ograve;", "&#242;", "&#xF2;"))
    yield text.translate({each: each + 0xFEE0 for each in range(0x21, 0x7F)})


def test_the_condition_skips_no_sign_of_an_address() -> None:
    """For every form of @, blanks around it and encoding, it selects each text that masking would change."""
    signs = dict.fromkeys(each.replace("{0}", blank) for each in SIGNS for blank in BLANKS)
    phrases = [f"Xin gửi kết quả về an{each}gmail.com" for each in signs]
    received = [each for phrase in phrases for each in as_sent(phrase)]
    personal = [each for each in received if masked(plain := to_unicode(each)) != plain]
    assert len(personal) > len(received) / 2
    assert skipped(personal, text=True) == skipped(personal, text=False) == []


def test_the_condition_skips_an_ordinary_petition() -> None:
    """Many petitions ask for repairs of public works («sửa chữa công trình»): masking need not read each of them."""
    texts = ["Đề nghị sửa chữa công trình số 123456", "Nhà ca công nhân ca 3 (tổ 5)", "R&D; (b) 12/UBND"]
    assert skipped(texts, text=True) == texts


@pytest.mark.parametrize(
    "unit", ["O", "0912 ", "1-", "A-1-", "1 000 ", "thửa 1, ", "an@", "@a.", "hộ chiếu ", "000\n", "(a)"]
)
def test_masking_takes_linear_time(unit: str) -> None:
    """Masking usually takes a tenth of a second, and would take hours in quadratic time; the limit is five seconds."""
    began = process_time()
    masked(unit * (200_000 // len(unit)))
    assert process_time() - began < 5


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
def test_other_text_is_unchanged(text: str) -> None:
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
def test_a_code_or_a_day_is_unchanged(text: str) -> None:
    assert masked_code(text) == text


def test_an_identity_number_or_address_as_a_code_is_masked() -> None:
    assert masked_code("001099012345") == IDENTITY
    assert masked_code("a@b.vn") == MAIL


def test_an_endless_text_is_read_in_one_pass() -> None:
    """Patterns have bounded repetition, so each letter is examined a bounded number of times."""
    text = "x" * 300_000
    assert masked(text) == text
    assert masked(f"{text} an@vidu.vn") == f"{text} [thư điện tử đã che]"
