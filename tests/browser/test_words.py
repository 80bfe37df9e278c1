"""No page of either world has a word that is not Vietnamese, visible or for screen readers: no code, no English.

Words are judged by their form: a word in plain letters that cannot be a Vietnamese syllable has to be a known name.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import DESKTOP, Visit, visiting

pytestmark = pytest.mark.browser

_SCRIPT = (Path(__file__).parent / "reading" / "words.js").read_text(encoding="utf-8")
ADDRESSES = (
    "cap-va-don-vi", "cap-va-don-vi?nhom=open_overdue", "cap-va-don-vi?chi-tieu=dialogues_held&phan=tu",
    "nguoi-dung-dau", "tien-do-va-qua-han", "phuong-phap-tinh", "tinh-trang-bao-cao", "kiem-tra-tep",
    "chat-luong-du-lieu", "tra-cuu-nguon-goc",
)  # fmt: skip
OVERVIEW, NOWHERE = "", "khong-co-trang"
_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
_NUCLEUS = (
    "(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|ye|yeu)"
)
SYLLABLE = re.compile(f"{_ONSET}{_NUCLEUS}(?:ch|nh|ng|[cmnpt])?", re.IGNORECASE)
NAMES = frozenset(
    {"UBND", "MTTQ", "TW", "TB", "CT", "CTr", "KN", "HN", "NQ", "KL", "QH", "II", "III", "IV", "VI", "VII", "MB", "KB"}
    | {"T", "CN"}
    | {
        "xlsx",
        "xls",
        "ods",
        "zip",
        "csv",
        "CSV",
        "Unicode",
        "TCVN",
        "VNI",
        "Enter",
        "Kaplan",
        "Meier",
        "Wilson",
        "JASA",
    }
)
"""Words in plain letters that are no syllables but occur in Vietnamese prose: offices, kinds of files, scholars."""
UNREACHABLE = re.compile(
    r"Open|Dismiss|Next|(?:Next|Previous) month|Choose date.*|file upload|Add files|Remove .*|Close|\d+ options? .*"
    r"|(?:day|month|year), .*|.*First available date|.* selected|Use arrow keys .*"
    r"|\w+ mark container|visualization|Dataframe column menu"
)
"""Texts of Streamlit for screen readers only, which no style sheet can change."""
CODE = re.compile(r"(?<![\w-])\d{4}(?:Q[1-4]|H[12]|-9M)(?![\w-])|\b(?:fct|dim|int)_\w+|\b[a-z]+_[a-z_]+\b")
FILE = re.compile(r"[^\s«»]+\.(?:xlsx|xls|ods|zip|csv)\b|\b\d+(?:-\w+)+\b|\b[A-Z]{2}-[\w-]+|«[^»]*»|\d[\d.,]*[KM]B")
"""Names of files, ids and words of senders, which stay unchanged."""


@pytest.fixture(scope="module", params=["dashboard", "merger_dashboard"], ids=["ha-nam", "mergers"])
def root(request: pytest.FixtureRequest) -> str:
    """The URL of a dashboard that serves one of the worlds."""
    address: str = request.getfixturevalue(request.param)
    return address


@pytest.fixture
def visit(window: Page, root: str) -> Iterator[Visit]:
    yield from visiting(window, root, DESKTOP)


def foreign(visit: Visit) -> set[str]:
    """The words on the page that are neither Vietnamese nor known names, each with its place."""
    texts: list[str] = visit.page.evaluate(_SCRIPT)
    return {f"{word}: {text.strip()[:90]}" for text in texts for word in words(text)}


def words(text: str) -> list[str]:
    if UNREACHABLE.fullmatch(text.strip()):
        return []
    told = FILE.sub(" ", text)
    plain = [word for word in re.findall(r"[^\W\d_]+", CODE.sub(" ", told)) if word.isascii()]
    return [*CODE.findall(told), *(word for word in plain if word not in NAMES and not SYLLABLE.fullmatch(word))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tình trạng báo cáo, UBND xã", []),
        ("Search", ["Search"]),
        ("Sort ascending", ["Sort", "ascending"]),
        ("Kỳ 2023Q1", ["2023Q1"]),
        ("Tệp 350-2024Q3-v1", []),
        ("in_progress", ["in_progress"]),
        ("plans · dòng 18", ["plans"]),
    ],
)
def test_words_that_are_not_vietnamese_are_found(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_pages_are_in_vietnamese_only(visit: Visit) -> None:
    found = {address: foreign(visit.open(address)) for address in (OVERVIEW, NOWHERE)}
    found |= {address: foreign(visit.go(address)) for address in ADDRESSES}
    assert not any(found.values()), {address: sorted(told) for address, told in found.items() if told}


def test_popups_are_in_vietnamese_only(visit: Visit) -> None:
    page = visit.open("nguoi-dung-dau").page
    box = page.locator('[data-testid="data-grid-canvas"]').first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 135, box["y"] + 15)
    page.mouse.click(box["x"] + 135, box["y"] + 15)
    page.wait_for_selector('[data-testid="stDataFrameColumnMenu"]')
    assert foreign(visit) == set()
    choice = visit.go("cap-va-don-vi").page.locator('[data-testid="stSelectbox"] input').nth(2)
    choice.click()
    choice.type("không có")
    page.wait_for_selector('[data-empty="true"]')
    assert foreign(visit) == set()
    visit.go("tra-cuu-nguon-goc").page.locator('[data-testid="stTextInput"] input').type("KN-0")
    assert foreign(visit) == set()
    visit.go("tien-do-va-qua-han").page.locator('[data-testid="stDateInput"] button').first.click()
    assert foreign(visit) == set()
