"""Check that each link with a number opens a list of that length."""

import re

from . import figures
from .listings import listing
from .notes import Notes
from .screen import Link, Screen
from .views import LIST, Request, read_address
from .world import World


def numbered(screen: Screen) -> list[tuple[Link, Request, int]]:
    """The links to lists with a number: the link, its request, and the number."""
    found = []
    for link in screen.links():
        if not link.address or link.address.startswith(("#", "http")):
            continue
        to = read_address(link.address)
        number = number_in(link.text)
        if to.kind == LIST and number is not None:
            found.append((link, to, number))
    return found


def number_in(text: str) -> int | None:
    """The number in a link: '306 đúng hạn', 'Quá hạn trên 90 ngày: 107', '! 16', '54/78' (the denominator)."""
    if pair := re.fullmatch(r"[\d.,]+/([\d.,]+)", text):
        return int(figures.numbers(pair[1])[0])
    found = re.search(r"(?:^|: |xem |! )(\d[\d.]*)(?=$| (?!%|điểm|ngày))", text)
    return None if found is None or "%" in text else int(found[1].replace(".", ""))


def check(world: World, screen: Screen, notes: Notes) -> None:
    """Count in SQL the records that each link opens."""
    for link, to, number in numbered(screen):
        behind = listing(world, to.view)
        notes.expect(behind is not None, f"the link «{link.text}» → {link.address}", number, "no list")
        if behind is not None:
            notes.expect_equal(f"the link «{link.text}» → {link.address}", number, behind.count(world))
