"""The content of one feed in the world."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sample_province.dialogues import Dialogue
from sample_province.mergers.cases import Case, case_row
from sample_province.mergers.maps import map_on, sender_on
from sample_province.mergers.periods import SECOND_MERGER, Period
from sample_province.mergers.planned_dialogues import MOVED_TO
from sample_province.mergers.sending import Sending
from sample_province.people import Tenure
from sample_province.rows import Row
from sample_province.views import FeedView, dialogue_row, tenure_row

_AHEAD = timedelta(days=30)
"""A change of head is listed up to this long before it takes effect."""


@dataclass(frozen=True)
class World:
    """All events. `moved` holds the codes of dialogues for which a later feed gives a different date."""

    tenures: tuple[Tenure, ...]
    dialogues: tuple[Dialogue, ...]
    moved: frozenset[str]
    cases: tuple[Case, ...]
    sendings: tuple[Sending, ...]


def feed_view(world: World, sending: Sending) -> FeedView:
    """The feed: dialogues of the period, petitions open at its start or received in it, and heads in office in it.

    Heads who are known to start soon after it are listed too.
    """
    period = sending.period
    prepared = sending.received_at.date() - timedelta(days=1)
    return FeedView(
        sender=map_on(period.last).by_code[sending.sender],
        period=period,
        prepared_on=prepared,
        received_at=sending.received_at,
        dialogues=tuple(_dialogues(world, sending, prepared)),
        petitions=tuple(_petitions(world, sending, prepared)),
        tenures=tuple(_tenures(world, sending, prepared)),
        others={},
        version=sending.version,
    )


def _dialogues(world: World, sending: Sending, prepared: date) -> Iterator[Row]:
    for dialogue in world.dialogues:
        if sender_on(dialogue.unit.code, dialogue.held_on) != sending.sender:
            continue
        has_left = dialogue.code in world.moved and sending.version > 1
        if sending.period.holds(dialogue.held_on) and not has_left:
            yield dialogue_row(dialogue, prepared)
        elif dialogue.code in world.moved and sending.period.holds(MOVED_TO):
            yield dialogue_row(replace(dialogue, held_on=MOVED_TO), prepared)


def _petitions(world: World, sending: Sending, prepared: date) -> Iterator[Row]:
    period, before = sending.period, sending.period.first - timedelta(days=1)
    known_on = prepared if _tells_what_followed(sending) else period.last
    for case in world.cases:
        if case.received_day > period.last or not (case.open_on(before) or period.holds(case.received_day)):
            continue
        keeper = case.keeper_on(period.last)
        if keeper.sender == sending.sender:
            yield case_row(case, keeper, period.first, known_on)


def _tells_what_followed(sending: Sending) -> bool:
    """Whether the feed lists petitions as they are when it is prepared: every other commune, and the yearly report."""
    if sending.period.last < SECOND_MERGER:
        return False
    return sending.period.code == "2025" or int(sending.sender) // 3 % 2 == 1


def _tenures(world: World, sending: Sending, prepared: date) -> Iterator[Row]:
    period, known_on = sending.period, prepared + _AHEAD
    for tenure in world.tenures:
        if tenure.touches(period.first, known_on) and _tenure_sender(tenure, period) == sending.sender:
            yield tenure_row(tenure, known_on)


def _tenure_sender(tenure: Tenure, period: Period) -> str | None:
    """The sender that lists the tenure in the period: the one for its unit on the tenure's last day by then."""
    last = period.last if tenure.to_on is None else min(period.last, tenure.to_on - timedelta(days=1))
    return sender_on(tenure.unit_code, max(last, tenure.from_on))
