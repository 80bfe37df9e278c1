"""Count the events that the KPI definitions refer to, by period, subject and field."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from tests.oracle.days import start_of
from tests.oracle.dialogues import Dialogue
from tests.oracle.heads import BODIES
from tests.oracle.periods import Period
from tests.oracle.petitions import Petition
from tests.oracle.world import Subject, World

ALL = "ALL"
MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True)
class Tally:
    """Counts of one period, subject and field."""

    opening: int = 0
    """Open at the start of the period; for units that joined the subject during the period, open when they joined."""
    joined: int = 0
    """The part of `opening` that joined during the period."""
    received: int = 0
    settled: int = 0
    resolved: int = 0
    left: int = 0
    matured: int = 0
    on_time: int = 0
    rated: int = 0
    satisfied: int = 0
    open: int = 0
    overdue: int = 0
    inherited: int = 0
    waits: list[tuple[int, bool]] = field(default_factory=list)
    """Microseconds from receipt to settlement (False), or to B while open (True: censored)."""
    held: int = 0
    chaired: int = 0
    in_programme: int = 0
    programme_known: int = 0
    steps_met: int = 0
    steps: int = 0
    conclusions: int = 0
    conclusions_on_time: int = 0
    opinions: int = 0
    answered: int = 0
    concluded: int = 0
    supervised: int = 0
    feeds: int = 0
    feeds_on_time: int = 0

    @property
    def has_petitions(self) -> bool:
        """True if a petition was counted in stock or flow."""
        return bool(self.opening or self.received or self.settled or self.left or self.open)


TallyKey = tuple[Period, Subject, str]


class TallyCounter:
    """The tallies of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._periods_on: dict[date, list[Period]] = {}
        self._by_cutoff = sorted(world.periods, key=lambda it: it.cutoff)
        self._cutoff_days = [period.last_counted for period in self._by_cutoff]
        self.tallies: dict[TallyKey, Tally] = defaultdict(Tally)
        for petition in world.petitions:
            self._count_petition(petition)
        for dialogue in world.dialogues:
            self._count_dialogue(dialogue)
        self._count_feeds()

    def _periods(self, day: date) -> list[Period]:
        """The periods in which an event on that date counts."""
        if day not in self._periods_on:
            periods = self._world.periods
            self._periods_on[day] = [period for period in periods if period.first <= day <= period.last_counted]
        return self._periods_on[day]

    def _of(self, unit: str, body: str | None, day: date, fields: tuple[str, ...]) -> Iterator[tuple[TallyKey, Tally]]:
        """Yield the tallies in which an event of a unit and body on that date counts."""
        subjects = self._world.subjects_on(unit, body, day)
        for period in self._periods(day):
            for subject in subjects:
                for each in fields:
                    key = (period, subject, each)
                    yield key, self.tallies[key]

    # -------------------------------------------------------------------------------------------------- petitions

    def _count_petition(self, it: Petition) -> None:
        unit, body, fields = it.row.responsible, it.row.body, (ALL, it.row.field)
        self._count_opening(it, fields)
        self._count_stock(it, fields)
        for key, tally in self._of(unit, body, it.received_at.date(), fields):
            tally.received += 1
            self._count_wait(it, key[0].cutoff, tally)
        if it.settled_at:
            for _, tally in self._of(unit, body, it.settled_at.date(), fields):
                tally.settled += 1
                tally.resolved += it.row.outcome == "resolved"
                tally.rated += it.row.satisfaction is not None
                tally.satisfied += it.row.satisfaction == "satisfied"
        if it.left_at:
            for _, tally in self._of(unit, body, it.left_at.date(), fields):
                tally.left += 1
        if it.matured_at:
            for _, tally in self._of(unit, body, it.matured_at.date(), fields):
                tally.matured += 1
                tally.on_time += it.was_on_time

    def _count_wait(self, it: Petition, cutoff: datetime, tally: Tally) -> None:
        """Count for the median: received in the period and in scope at B; open ones are censored at B."""
        if it.left_at and it.left_at <= cutoff:
            return
        settled = it.settled_at if it.settled_at and it.settled_at <= cutoff else None
        tally.waits.append((((settled or cutoff) - it.received_at) // MICROSECOND, settled is None))

    def _count_stock(self, it: Petition, fields: tuple[str, ...]) -> None:
        """Count what is open at the cutoff B, for the subjects of that date."""
        first = bisect_left(self._cutoff_days, it.received_at.date())
        last = bisect_left(self._cutoff_days, it.ended_on) if it.ended_on else None
        for period in self._by_cutoff[first:last]:
            overdue = it.due_at < period.cutoff
            inherited = overdue and it.due_at < self._taken_over_at(it, period)
            for subject in self._world.subjects_on(it.row.responsible, it.row.body, period.last_counted):
                for each in fields:
                    tally = self.tallies[period, subject, each]
                    tally.open += 1
                    tally.overdue += overdue
                    tally.inherited += inherited

    def _taken_over_at(self, it: Petition, period: Period) -> datetime:
        """When the tenure of the head in post at B began."""
        return start_of(self._world.heads.on(it.row.responsible, it.row.body, period.last_counted).began)

    def _count_opening(self, it: Petition, fields: tuple[str, ...]) -> None:
        """Count what is open at the start of each window: the days of a period on which the unit is in the subject."""
        openings, days = self._openings[it.row.responsible, it.row.body]
        first = bisect_right(days, it.received_at.date())
        last = bisect_right(days, it.ended_on) if it.ended_on else None
        for day in days[first:last]:
            for period, subject in openings[day]:
                for each in fields:
                    tally = self.tallies[period, subject, each]
                    tally.opening += 1
                    tally.joined += day > period.first

    @cached_property
    def _openings(self) -> dict[tuple[str, str], tuple[dict[date, list[tuple[Period, Subject]]], list[date]]]:
        """For each unit and body: the windows of every period by their first day, and these days in order."""
        found = {}
        for unit in self._world.units.codes():
            for body in BODIES:
                openings: dict[date, list[tuple[Period, Subject]]] = defaultdict(list)
                for window in self._world.windows(unit, body):
                    for period in self._world.periods:
                        first = max(window.first, period.first)
                        if first < window.until and first <= period.last_counted:
                            openings[first].append((period, window.subject))
                found[unit, body] = (dict(openings), sorted(openings))
        return found

    # -------------------------------------------------------------------------------------------------- dialogues

    def _count_dialogue(self, it: Dialogue) -> None:
        unit, held_on = it.row.unit, it.row.held_on
        fields = (ALL, it.row.main_field or "other")
        for key, tally in self._of(unit, None, held_on, fields):
            tally.held += 1
            tally.chaired += self._is_chaired_for(it, key[1])
            tally.in_programme += bool(it.row.in_programme)
            tally.programme_known += "in_programme" not in it.row.absent
            steps = it.steps(key[0].cutoff)
            tally.steps += len(steps)
            tally.steps_met += sum(steps)
            if not it.row.absent & {"opinions_raised", "answered_at_once"}:
                tally.opinions += it.row.opinions_raised or 0
                tally.answered += it.row.answered_at_once or 0
            if "supervised_on" not in it.row.absent:
                tally.concluded += it.concluded_by(key[0].cutoff)
                tally.supervised += it.supervised_by(key[0].cutoff)
        if it.conclusion_matured_at and it.conclusion_matured_at <= self._world.as_of:
            self._count_conclusion(it, it.conclusion_matured_at.date())

    def _count_conclusion(self, it: Dialogue, matured_on: date) -> None:
        """Count for the places on the date of maturity, and for the heads on the date of the dialogue."""
        on = self._world.subjects_on
        places = [subject for subject in on(it.row.unit, None, matured_on) if subject.kind != "head"]
        heads = [subject for subject in on(it.row.unit, None, it.row.held_on) if subject.kind == "head"]
        for period in self._periods(matured_on):
            for subject in (*places, *heads):
                tally = self.tallies[period, subject, ALL]
                tally.conclusions += 1
                tally.conclusions_on_time += it.was_concluded_on_time

    def _is_chaired_for(self, it: Dialogue, subject: Subject) -> bool:
        if subject.kind != "head":
            return bool(it.row.chaired_by_head)
        spells = [self._world.heads.on(it.row.unit, body, it.row.held_on) for body in BODIES]
        return any(it.chaired_by(spell) for spell in spells if spell.head_id == subject.id)

    # ------------------------------------------------------------------------------------------------------ feeds

    def _count_feeds(self) -> None:
        for feed in self._world.feeds:
            if feed.deadline <= self._world.as_of:
                for key, tally in self._of(feed.sender, None, feed.deadline.date(), (ALL,)):
                    if key[1].kind != "head":
                        tally.feeds += 1
                        tally.feeds_on_time += feed.is_on_time
