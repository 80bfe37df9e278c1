"""Read pages one after the other and collect the findings."""

from collections.abc import Callable, Iterable, Mapping

from . import board, common, heads, links, lists, overview, petition, progress, quality, unit
from .notes import Notes
from .reader import SECONDS, IncompletePage, Reader
from .screen import EMPTY_SCREEN, Link, Screen
from .views import BOARD, HEAD, HEADS, LIST, OVERVIEW, PETITION, PROGRESS, QUALITY, UNIT, Request
from .world import World

Check = Callable[[World, Request, Screen, Notes], None]
CHECKS: Mapping[str, Check] = {
    OVERVIEW: overview.check, UNIT: unit.check, LIST: lists.check, HEADS: heads.check, HEAD: heads.check_one,
    PROGRESS: progress.check, BOARD: board.check, PETITION: petition.check, QUALITY: quality.check,
}  # fmt: skip


def read_all(world: World, reader: Reader, views: Iterable[Request], follow_every: int = 3) -> list[Notes]:
    """Return the notes on each view, and on one linked list of every `follow_every`-th view."""
    found = []
    for number, request in enumerate(views):
        screen, notes = read_one(world, reader, request, reload=number % 5 == 0)
        found.append(notes)
        ways = links.numbered(screen)
        if ways and number % follow_every == 0:
            found.append(follow(world, reader, *ways[number % len(ways)], reload=number % 2 == 0))
    return found


def read_one(world: World, reader: Reader, request: Request, *, reload: bool = True) -> tuple[Screen, Notes]:
    """Open and check one view; return it as displayed, with the notes on it."""
    notes = Notes(request.address)
    try:
        screen = reader.read(request.address, reload=reload)
    except IncompletePage as error:
        notes.expect(False, f"a complete page within {SECONDS} seconds", f"missing: {error}")
        return EMPTY_SCREEN, notes
    common.check(world, request, screen, notes)
    links.check(world, screen, notes)
    if request.kind in CHECKS:
        CHECKS[request.kind](world, request, screen, notes)
    return screen, notes


def follow(world: World, reader: Reader, link: Link, to: Request, number: int, *, reload: bool) -> Notes:
    """Open the list of a link with a number, and read it."""
    screen, notes = read_one(world, reader, Request(to.kind, to.view), reload=reload)
    total = next((lists.total(each.text) for each in screen.all("note", "heading") if lists.total(each.text)), 0)
    notes.expect_equal(f"the list that «{link.text}» opens", total, number)
    return notes
