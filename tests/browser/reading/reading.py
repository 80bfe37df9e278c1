"""Reads pages one after the other and gathers what does not hold."""

from collections.abc import Callable, Iterable, Mapping

from . import board, everywhere, heads, links, lists, overview, petition, progress, quality, unit
from .drawn import NOTHING_DRAWN, Drawn, Link
from .notes import Notes
from .reader import SECONDS, Reader, Unsettled
from .views import BOARD, HEAD, HEADS, LIST, OVERVIEW, PETITION, PROGRESS, QUALITY, UNIT, Asked
from .world import World

Check = Callable[[World, Asked, Drawn, Notes], None]
CHECKS: Mapping[str, Check] = {
    OVERVIEW: overview.hold, UNIT: unit.hold, LIST: lists.hold, HEADS: heads.hold, HEAD: heads.hold_one,
    PROGRESS: progress.hold, BOARD: board.hold, PETITION: petition.hold, QUALITY: quality.hold,
}  # fmt: skip


def read_all(world: World, reader: Reader, views: Iterable[Asked], follow_every: int = 3) -> list[Notes]:
    """What was noted on each of the views, and on the lists that one link of every third of them opens."""
    found = []
    for number, asked in enumerate(views):
        drawn, notes = read_one(world, reader, asked, afresh=number % 5 == 0)
        found.append(notes)
        ways = links.numbered(drawn)
        if ways and number % follow_every == 0:
            found.append(follow(world, reader, *ways[number % len(ways)], afresh=number % 2 == 0))
    return found


def read_one(world: World, reader: Reader, asked: Asked, *, afresh: bool = True) -> tuple[Drawn, Notes]:
    """One view as it stands on the screen, and what was noted on it."""
    notes = Notes(asked.address)
    try:
        drawn = reader.read(asked.address, afresh=afresh)
    except Unsettled as error:
        notes.that(False, f"a page that stands within {SECONDS} seconds", f"still to come: {error}")
        return NOTHING_DRAWN, notes
    everywhere.hold(world, asked, drawn, notes)
    links.hold(world, drawn, notes)
    if asked.kind in CHECKS:
        CHECKS[asked.kind](world, asked, drawn, notes)
    return drawn, notes


def follow(world: World, reader: Reader, link: Link, to: Asked, number: int, *, afresh: bool) -> Notes:
    """Open the list of a link that says how many it holds, and read it."""
    drawn, notes = read_one(world, reader, Asked(to.kind, to.view), afresh=afresh)
    told = next((lists.total(each.text) for each in drawn.all("note", "heading") if lists.total(each.text)), 0)
    notes.same(f"the list that «{link.text}» opens", told, number)
    return notes
