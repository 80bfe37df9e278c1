"""Write the feed files of the world across the mergers, from one seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.contract import load
from sample_province.chance import chance_for
from sample_province.faults import Faulty, SampleFault, made_faulty
from sample_province.feed_file import FeedForm, SampleFeed, WritingContext, field_names, write_feed
from sample_province.mergers.dialogues import dialogues_of
from sample_province.mergers.handover import handed_over
from sample_province.mergers.maps import map_on, owed_feeds
from sample_province.mergers.periods import FIRST_MERGER, SECOND_MERGER, TERM_START
from sample_province.mergers.petitions import petitions_of
from sample_province.mergers.planned_dialogues import MOVED, dialogues_for, planned_dialogues
from sample_province.mergers.planned_petitions import planned_petitions
from sample_province.mergers.posts import tenures_of
from sample_province.mergers.sending import LACKED_A_PETITION, sendings
from sample_province.mergers.views import World, feed_view
from sample_province.names import invented_names
from sample_province.places import Unit
from sample_province.styles import DayForm, Style
from sample_province.views import FeedView

_CSV = Style(days=(DayForm.EXCEL,), times=True, csv=True)
_BOOK = Style(days=(DayForm.EXCEL,), times=True)
_BOOKS = frozenset({"35", "37", "349", "13348", "13609"})
"""The senders of workbooks; all others send exports from a system."""

_FAULTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("347", "2024Q4"): ("unknown_unit_petition",),
    ("353", "2025Q1"): ("unknown_outcome",),
    ("13336", "2025Q3"): ("settled_before_received",),
}
"""Planted errors by sender and period; each quarantines one row."""


@dataclass(frozen=True)
class MergersManifest:
    """All feeds in order of arrival, and the planted errors."""

    feeds: tuple[SampleFeed, ...]
    faults: tuple[SampleFault, ...]


def mergers_world(seed: int = 2025) -> World:
    """All events; the same seed gives the same events. Planned events happen with every seed."""
    tenures = tenures_of(seed)
    made = dialogues_of(tenures, seed)
    dialogues = tuple(sorted((*made, *planned_dialogues(tenures)), key=lambda each: (each.held_on, each.code)))
    cases = (*handed_over(petitions_of(made, seed), seed), *planned_petitions())
    moved = frozenset(dialogue.code for dialogue in dialogues_for(MOVED, tenures))
    return World(tenures, dialogues, moved, tuple(sorted(cases, key=lambda each: each.code)), sendings(seed))


def mergers_feeds(world: World) -> tuple[Faulty, ...]:
    """The content of every feed, planted errors included, in order of arrival."""
    views = (feed_view(world, sending) for sending in world.sendings)
    return tuple(_with_mistakes(view) for view in views)


def write_mergers(
    folder: Path, seed: int = 2025, on_progress: Callable[[int, int], None] | None = None
) -> MergersManifest:
    """Write every feed into `folder`; call `on_progress` with (written feeds, all feeds)."""
    feeds = mergers_feeds(mergers_world(seed))
    folder.mkdir(parents=True, exist_ok=True)
    context = WritingContext(folder, _units(), load.load(), field_names(), _signers(seed), seed)
    written = []
    for number, faulty in enumerate(feeds, start=1):
        style = _BOOK if faulty.view.sender.code in _BOOKS else _CSV
        written.append(write_feed(context, FeedForm(faulty.view, style)))
        if on_progress:
            on_progress(number, len(feeds))
    return MergersManifest(tuple(written), tuple(fault for faulty in feeds for fault in faulty.faults))


def _with_mistakes(view: FeedView) -> Faulty:
    """The feed with its planted errors; the first version of a feed sent twice lacks a petition."""
    key = (view.sender.code, view.period.code)
    if key == LACKED_A_PETITION and view.version == 1:
        return Faulty(replace(view, petitions=view.petitions[:-1]))
    return made_faulty(Faulty(view), _FAULTS.get(key, ()))


def _units() -> dict[str, Unit]:
    """The units by code, for headings; of several units with the same code, the last one."""
    return {unit.code: unit for day in (TERM_START, FIRST_MERGER, SECOND_MERGER) for unit in map_on(day).units}


def _signers(seed: int) -> dict[str, tuple[str, str]]:
    """By sender, the names of those who prepare and approve its feeds."""
    names = invented_names(chance_for(seed, "signers"))
    return {sender: (next(names), next(names)) for sender in sorted({sender for sender, _ in owed_feeds()})}
