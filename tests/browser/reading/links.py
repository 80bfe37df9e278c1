"""Each link that says a number opens a list of that many."""

import re

from . import figures
from .drawn import Drawn, Link
from .listings import listing
from .notes import Notes
from .views import LIST, Asked, asked
from .world import World


def numbered(drawn: Drawn) -> list[tuple[Link, Asked, int]]:
    """The links to lists that say how many they open: the link, what it asks for, and the number."""
    found = []
    for link in drawn.links():
        if not link.address or link.address.startswith(("#", "http")):
            continue
        to = asked(link.address)
        number = said(link.text)
        if to.kind == LIST and number is not None:
            found.append((link, to, number))
    return found


def said(text: str) -> int | None:
    """How many a link says: '306 đúng hạn', 'Quá hạn trên 90 ngày: 107', '! 16', '54/78' (the whole)."""
    if pair := re.fullmatch(r"[\d.,]+/([\d.,]+)", text):
        return int(figures.numbers(pair[1])[0])
    found = re.search(r"(?:^|: |xem |! )(\d[\d.]*)(?=$| (?!%|điểm|ngày))", text)
    return None if found is None or "%" in text else int(found[1].replace(".", ""))


def hold(world: World, drawn: Drawn, notes: Notes) -> None:
    """Count in SQL what each link says it opens."""
    for link, to, number in numbered(drawn):
        behind = listing(world, to.view)
        notes.that(behind is not None, f"the link «{link.text}» → {link.address}", number, "no list")
        if behind is not None:
            notes.same(f"the link «{link.text}» → {link.address}", number, behind.count(world))
