"""Check the pages for invalid URLs: each is complete and has one sentence about the unreadable or missing part."""

from random import Random
from urllib.parse import urlencode

from dashboard import filters

from .notes import Notes
from .screen import Screen
from .views import PAGES, random_views
from .world import World

SPOILED = {
    "lich": ("am-lich", "dương", "1"),
    "ky": ("2031Q9", "2024Q5", "<b>", "2024'--", "9" * 300),
    "don-vi": ("999", "35x", "Kim Bảng", "-1", "%00"),
    "linh-vuc": ("ALL2", "đất", "land land"),
    "pham-vi": ("ca-hai", "subtree"),
    "chi-tieu": ("no_rate", "on_time_rate;", "tỷ lệ"),
    "phan": ("giua",),
    "nhom": ("open", "settled"),
    "tuoi": ("qua-16", "0"),
    "co-quan": ("doan-the",),
    "trang": ("0", "-1", "1,5", "5" * 5000, "mười", "²"),
    "hop": ("2024-02-30", "hôm nay", "31/12/2024"),
}
"""Invalid values of parameters, by the name of the parameter."""
UNKNOWN_PATHS = ("cap-va-don-vi/350", "khong-co-trang-nay", "tong-quan/xem/them", "cap-va-don-vi/khong/co?ky=2024Q3")
"""Paths without a page."""
WITHOUT_RESULT = (
    "tien-do-va-qua-han?hop=2020-01-01",
    "cap-va-don-vi?nhom=settled_late&trang=9999",
    "cap-va-don-vi?kien-nghi=KN-0",
    "nguoi-dung-dau?nguoi=khong-co",
    "tra-cuu-nguon-goc?ma=khong-co",
)
"""Valid addresses of something that does not exist."""


def random_addresses(world: World, seed: int, count: int) -> list[tuple[str, str]]:
    """Return `count` URLs with one invalid parameter each, and the name of that parameter."""
    rng = Random(seed)
    answer = []
    for request in random_views(world, seed, count):
        word = rng.choice(list(SPOILED))
        parameters = filters.parameters_of(request.view) | {word: rng.choice(SPOILED[word])}
        answer.append((f"{PAGES[request.kind]}?{urlencode(parameters)}", word))
    return answer


def check(screen: Screen, notes: Notes) -> None:
    """The page is complete and has one Vietnamese sentence about the invalid URL."""
    sentences = [each.text for each in screen.all("notice") if "Địa chỉ" in each.text]
    notes.expect_equal("sentences about the address", len(sentences), 1)
    notes.expect_equal("boxes of exceptions", screen.exceptions, 0)
    notes.expect_equal("dialogs", screen.dialogs, ())
    notes.expect(screen.first("status") is not None, "a page below the sentence", screen.text[:300])
    notes.expect(any(each.kind in {"message", "person"} for each in screen.blocks), "a message", screen.text[:300])


def check_unknown_path(screen: Screen, notes: Notes) -> None:
    """For a path without a page, the dashboard shows a sentence and a link to the overview."""
    notice = screen.first("notice")
    text = f"{screen.text_of('message')} {notice.text if notice else ''}"
    notes.expect("Không có trang này" in text or "Địa chỉ không đúng" in text, "a sentence about the path", screen.text)
    notes.expect(any(link.address == filters.OVERVIEW for link in screen.links()), "a way back", text)
    notes.expect_equal("dialogs", screen.dialogs, ())


def check_without_result(screen: Screen, notes: Notes) -> None:
    """The page is complete and has one sentence about the missing object."""
    notes.expect_equal("sentences about what is not there", len(screen.all("notice")), 1)
    notes.expect_equal("boxes of exceptions", screen.exceptions, 0)
    notes.expect(screen.first("status") is not None, "a page below the sentence", screen.text[:300])
    notes.expect(
        bool(screen.links()) or bool(screen.choices) or "tra-cuu" in screen.address, "a way on", screen.text[:300]
    )
