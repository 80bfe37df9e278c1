"""Addresses that ask for what is not there: each gets its page, and one sentence that says what could not be read."""

from random import Random
from urllib.parse import urlencode

from dashboard import filters

from .drawn import Drawn
from .notes import Notes
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
"""Parameters with values that nobody offers, by the word of the address."""
LOST = ("cap-va-don-vi/350", "khong-co-trang-nay", "tong-quan/xem/them", "cap-va-don-vi/khong/co?ky=2024Q3")
"""Paths that lead to no page."""
VAIN = (
    "tien-do-va-qua-han?hop=2020-01-01",
    "cap-va-don-vi?nhom=settled_late&trang=9999",
    "cap-va-don-vi?kien-nghi=KN-0",
    "nguoi-dung-dau?nguoi=khong-co",
    "tra-cuu-nguon-goc?ma=khong-co",
)
"""Addresses that can be read and ask for what is not there."""


def odd_addresses(world: World, seed: int, count: int) -> list[tuple[str, str]]:
    """`count` addresses with one parameter spoiled, and the word of that parameter."""
    rng = Random(seed)
    answer = []
    for asked in random_views(world, seed, count):
        word = rng.choice(list(SPOILED))
        parameters = filters.parameters_of(asked.view) | {word: rng.choice(SPOILED[word])}
        answer.append((f"{PAGES[asked.kind]}?{urlencode(parameters)}", word))
    return answer


def hold(drawn: Drawn, notes: Notes) -> None:
    """The page stands, and says in one sentence of Vietnamese that something of the address could not be read."""
    told = [each.text for each in drawn.all("notice") if "Địa chỉ" in each.text]
    notes.same("sentences about the address", len(told), 1)
    notes.same("boxes of exceptions", drawn.exceptions, 0)
    notes.same("dialogs", drawn.dialogs, ())
    notes.that(drawn.first("status") is not None, "a page below the sentence", drawn.text[:300])
    notes.that(any(each.kind in {"message", "person"} for each in drawn.blocks), "a message", drawn.text[:300])


def hold_lost(drawn: Drawn, notes: Notes) -> None:
    """A path without a page: a sentence, and a page or a way back."""
    notice = drawn.first("notice")
    told = f"{drawn.said('message')} {notice.text if notice else ''}"
    notes.that("Không có trang này" in told or "Địa chỉ không đúng" in told, "a sentence about the path", drawn.text)
    notes.that(any(link.address == filters.OVERVIEW for link in drawn.links()), "a way back", told)
    notes.same("dialogs", drawn.dialogs, ())


def hold_vain(drawn: Drawn, notes: Notes) -> None:
    """One sentence that says what is not there, on a page that stands."""
    notes.same("sentences about what is not there", len(drawn.all("notice")), 1)
    notes.same("boxes of exceptions", drawn.exceptions, 0)
    notes.that(drawn.first("status") is not None, "a page below the sentence", drawn.text[:300])
    notes.that(bool(drawn.links()) or bool(drawn.choices) or "tra-cuu" in drawn.address, "a way on", drawn.text[:300])
