"""The sample province: 112 feed files from one seed, and their totals."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.contract import load
from sample_province.chance import chance_for
from sample_province.dialogues import dialogues_of
from sample_province.faults import Faulty, SampleFault, lost_petitions, with_faults
from sample_province.feed_file import FeedForm, SampleFeed, WritingContext, field_names, write_feed
from sample_province.names import invented_names
from sample_province.people import tenures_of
from sample_province.petitions import petitions_of
from sample_province.places import SENDERS, load_province
from sample_province.records import records_of
from sample_province.styles import STYLES
from sample_province.views import Term, feed_view, sending_times

__all__ = ["SampleFault", "SampleFeed", "SampleManifest", "sample_term", "write_sample"]


@dataclass(frozen=True)
class SampleManifest:
    """All feeds in order of arrival, the totals of the term, and the planted errors.

    The totals count distinct dialogues and petitions as they happened, without extra rows made by planted errors.
    """

    feeds: tuple[SampleFeed, ...]
    province_dialogues: int
    district_dialogues: int
    commune_dialogues: int
    petitions: int
    faults: tuple[SampleFault, ...]

    @property
    def dialogues(self) -> int:
        return self.province_dialogues + self.district_dialogues + self.commune_dialogues


def sample_term(seed: int = 2024) -> Term:
    """All events in the sample province; the same seed gives the same events."""
    province = load_province()
    tenures = tenures_of(province, seed)
    dialogues = dialogues_of(province, tenures, seed)
    petitions = petitions_of(province, dialogues, seed)
    return Term(province, tenures, dialogues, petitions, records_of(province, tenures, dialogues, seed))


def write_sample(
    folder: Path, seed: int = 2024, on_progress: Callable[[int, int], None] | None = None
) -> SampleManifest:
    """Write one feed per sender and quarter into `folder`; call `on_progress` with (written feeds, all feeds)."""
    term = sample_term(seed)
    feeds = sample_feeds(term, seed)
    folder.mkdir(parents=True, exist_ok=True)
    context = WritingContext(folder, term.province.by_code, load.load(), field_names(), _signers(seed), seed)
    written = []
    for number, faulty in enumerate(feeds, start=1):
        form = FeedForm(faulty.view, STYLES[faulty.view.sender.code], faulty.declared_more, faulty.personal_header)
        written.append(write_feed(context, form))
        if on_progress:
            on_progress(number, len(feeds))
    return _manifest(term, feeds, written)


def sample_feeds(term: Term, seed: int) -> tuple[Faulty, ...]:
    """The content of every feed, planted errors included, in order of arrival."""
    lost = lost_petitions(term)
    views = [
        feed_view(term, term.province.by_code[sender], quarter, received_at)
        for sender in SENDERS
        for quarter, received_at in sending_times(sender, seed).items()
    ]
    views.sort(key=lambda view: (view.received_at, view.name))
    return tuple(with_faults(view, lost) for view in views)


def _manifest(term: Term, feeds: tuple[Faulty, ...], written: list[SampleFeed]) -> SampleManifest:
    by_level = dict.fromkeys(("province", "district", "commune"), 0)
    for dialogue in term.dialogues:
        by_level[dialogue.unit.level] += 1
    return SampleManifest(
        feeds=tuple(written),
        province_dialogues=by_level["province"],
        district_dialogues=by_level["district"],
        commune_dialogues=by_level["commune"],
        petitions=len(term.petitions),
        faults=tuple(fault for feed in feeds for fault in feed.faults),
    )


def _signers(seed: int) -> dict[str, tuple[str, str]]:
    """By sender, the names of those who prepare and approve its feeds."""
    names = invented_names(chance_for(seed, "signers"))
    return {sender: (next(names), next(names)) for sender in SENDERS}
