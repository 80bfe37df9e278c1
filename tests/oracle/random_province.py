"""The feeds of a small random province, according to the feed calendar: some late, missing or in two versions."""

from collections.abc import Iterator, Sequence
from csv import DictWriter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import warehouse.home
import warehouse.settings
from ingest.landing.land import Landing
from ingest.pipeline import Delivery, land_deliveries
from tests.oracle import random_events as events
from tests.oracle.days import end_of
from tests.oracle.periods import PARTY, TERM, Period, periods_of
from tests.oracle.random_events import Instant, TrueDialogue, TruePetition, TrueTenure, day_of, name_of
from tests.oracle.random_units import TERM_START, Lookups, random_lookups
from warehouse.home import Home

Line = dict[str, str]

OPTIONAL = (
    *("in_programme", "notice_on", "detailed_programme", "opinions_raised", "answered_at_once"),
    *("conclusion_on", "main_field", "supervised_on"),
)
"""Columns of dialogues that a feed may lack."""


@dataclass(frozen=True)
class Submission:
    """One feed before landing: what its sender knows on a date."""

    sender: str
    period: Period
    known_on: date
    received_at: datetime


class RandomProvince:
    """The events of a province drawn from `seed`, and the feeds that report them by `until`."""

    def __init__(self, seed: int, until: datetime, petitions: int = 160, dialogues: int = 45) -> None:
        self._dice = Random(seed)
        self._until = until
        self.lookups: Lookups = random_lookups(self._dice)
        self._units = self.lookups.units
        self._tenures = events.tenures_of(self._units, self._dice)
        self._dialogues = events.dialogues_of(self._units, self._tenures, self._dice, dialogues)
        self._petitions = events.petitions_of(self._units, self._dice, petitions)
        self._listed: set[int] = set()

    def land(self, root: Path) -> tuple[Home, list[Landing]]:
        """Create a home and land the feeds in the order of their receipt."""
        home = warehouse.home.create(root / "home", self.lookups.write(root / "lookups"))
        submission = sorted(self._submissions(), key=lambda it: it.received_at)
        deliveries = [
            Delivery(self._write(root / "feeds", number, it), it.received_at) for number, it in enumerate(submission)
        ]
        return home, land_deliveries(deliveries, home, warehouse.settings.load(home))

    def _submissions(self) -> Iterator[Submission]:
        """Yield the feeds: most on time, some late or missing, some with a second, more complete version."""
        for period in periods_of(TERM_START, self._until):
            if period.calendar == PARTY and period.kind != TERM and end_of(period.last) <= self._until:
                for sender in self._senders(period):
                    yield from self._versions(sender, period)

    def _senders(self, period: Period) -> list[str]:
        reporting_levels = {
            str(line["level"])
            for line in self.lookups.files["feed_calendar"]
            if line["period_type"] == period.kind and _is_valid(line, period.last)
        }
        codes = (code for code in self._units.codes() if self._units.in_force(code, period.last))
        return [code for code in codes if self._units.level(code, period.last) in reporting_levels]

    def _versions(self, sender: str, period: Period) -> Iterator[Submission]:
        after = self._dice.choice((2, 4, 6, 8, 20, 45, None))
        if after is None and self._dice.random() < 0.6:
            return
        for number in range(self._dice.choice((1, 1, 1, 2))):
            known_on = period.last + timedelta(days=(after or 5) + number * 30)
            received_at = datetime.combine(known_on, time(self._dice.randrange(8, 17), self._dice.randrange(60)))
            if received_at <= self._until:
                yield Submission(sender, period, known_on, received_at)

    # ------------------------------------------------------------------------------------------------------ sheets

    def _write(self, folder: Path, number: int, submission: Submission) -> Path:
        """Write a feed as a folder of CSV files."""
        path = folder / f"{number:03}-{submission.sender}-{submission.period.code}"
        path.mkdir(parents=True)
        petitions = [self._petition(it, submission) for it in self._petitions if self._lists_petition(it, submission)]
        dialogues = [self._dialogue(it, submission) for it in self._dialogues if self._lists_dialogue(it, submission)]
        nil = {"nil_return": "Có", "approved_by": "Lê Thị An"} if not petitions and not dialogues else {}
        _sheet(path / "cover.csv", [{"sender_unit_code": submission.sender, "period": submission.period.code, **nil}])
        if not nil:
            _sheet(path / "petitions.csv", petitions, _PETITION)
            _sheet(path / "dialogues.csv", dialogues, self._columns())
        tenures = [
            _tenure(it, submission.known_on)
            for it in self._tenures
            if self._reports_tenure(submission, it.unit, it.from_on)
        ]
        if tenures:
            _sheet(path / "tenures.csv", tenures)
        return path

    def _columns(self) -> Sequence[str]:
        """The columns of the sheet of dialogues; in one of five sheets, two are missing."""
        absent = self._dice.sample(OPTIONAL, 2) if self._dice.random() < 0.2 else []
        return [name for name in _DIALOGUE if name not in absent]

    def _covers(self, submission: Submission, unit: str) -> bool:
        """True if the submission's sender is the nearest above the unit on its last day in force in the period."""
        day = min(submission.period.last, self._units.rows(unit)[-1].valid_to - timedelta(days=1))
        levels = {"district", "province"} if day < date(2025, 7, 1) else {"commune", "province"}
        nearest = (it for it in self._units.ancestry(unit, day) if self._units.level(it, day) in levels)
        return next(nearest, None) == submission.sender

    def _reports_tenure(self, submission: Submission, unit: str, day: date) -> bool:
        return self._covers(submission, unit) and day <= submission.known_on + timedelta(days=20)

    def _lists_petition(self, it: TruePetition, submission: Submission) -> bool:
        """True if the sender covers the petition, and it was received in the period or still open at its start."""
        received = day_of(it.received)
        ended_before = it.ended is not None and day_of(it.ended) < submission.period.first
        unit = it.unit if self._covers(submission, it.unit) else it.responsible
        return self._covers(submission, unit) and received <= submission.period.last and not ended_before

    def _lists_dialogue(self, it: TrueDialogue, submission: Submission) -> bool:
        """True if the sender covers the dialogue, held in the period or earlier with a conclusion issued in it."""
        late = it.conclusion_on is not None and it.held_on < submission.period.first <= it.conclusion_on
        return (
            self._covers(submission, it.unit)
            and it.held_on <= submission.period.last
            and (it.held_on >= submission.period.first or late)
        )

    def _petition(self, it: TruePetition, submission: Submission) -> Line:
        """The row of a petition as known to the sender; the first listing may differ from later ones."""
        is_first = it.number not in self._listed
        self._listed.add(it.number)
        ended = it.ended if it.ended and day_of(it.ended) <= submission.known_on else None
        no, until, on = (
            it.extension if it.extension[2] is None or it.extension[2] <= submission.known_on else ("", None, None)
        )
        there = self._units.in_force_between(it.responsible, day_of(it.received), submission.period.last)
        handed_on = not is_first and there
        return {
            "petition_code": f"P{_code_number(it.number)}",
            "dialogue_code": f"D{_code_number(it.number % 20)}" if it.number % 3 else "",
            "unit_code": it.unit,
            "received_on": _text(it.first_reported_received if is_first else it.received),
            "field": it.field,
            "summary": _summary(it, is_first=is_first),
            "responsible_unit_code": it.responsible if handed_on else it.first_responsible,
            "responsible_body": it.body,
            "due_on": _text(it.first_reported_due if is_first else it.due),
            "extension_no": no,
            "extended_due_on": _text(until),
            "extended_on": _text(on),
            "outcome": it.outcome if ended or not it.ended else "in_progress",
            "settled_on": _text(ended),
            "satisfaction": it.satisfaction if ended else "",
        }

    def _dialogue(self, it: TrueDialogue, submission: Submission) -> Line:
        concluded = it.conclusion_on if it.conclusion_on and it.conclusion_on <= submission.known_on else None
        supervised = it.supervised_on if it.supervised_on and it.supervised_on <= submission.known_on else None
        return {
            "dialogue_code": f"D{_code_number(it.number)}",
            "unit_code": it.unit,
            "held_on": _text(it.held_on),
            "form": it.form,
            "chair_name": it.chair,
            "chaired_by_head": _yes(it.chaired_by_head),
            "in_programme": _yes(it.in_programme),
            "notice_on": _text(it.notice_on),
            "detailed_programme": _yes(it.detailed_programme),
            "opinions_raised": str(it.opinions),
            "answered_at_once": str(it.answered),
            "conclusion_no": f"{it.number}/TB" if concluded else "",
            "conclusion_on": _text(concluded),
            "main_field": it.field,
            "supervised_on": _text(supervised),
        }


def _code_number(number: int) -> int:
    """The number in the code: every fifth matter reuses the code of an earlier one."""
    return number // 2 if number % 5 == 0 else number


def _summary(it: TruePetition, *, is_first: bool) -> str:
    """The text: blank for some, with other words or punctuation in the first listing of others."""
    if it.number % 11 == 0:
        return ""
    text = f"Kiến nghị về việc thứ {it.number} của tổ dân phố số {it.number % 7}"
    if not is_first:
        return text
    return f"Việc số {it.number}" if it.number % 4 == 0 else f"{text.upper()}!"


def _tenure(it: TrueTenure, known_on: date) -> Line:
    """The row of a tenure; its end is known up to twenty days in advance."""
    is_known = it.to_on is not None and it.to_on <= known_on + timedelta(days=20)
    return {
        "leader_code": it.leader,
        "full_name": name_of(it.leader),
        "unit_code": it.unit,
        "body": it.body,
        "from_on": _text(it.from_on),
        "to_on": _text(it.to_on) if is_known else "",
    }


def _is_valid(line: dict[str, object], day: date) -> bool:
    first, until = line["valid_from"], line["valid_to"] or date.max
    assert isinstance(first, date)
    assert isinstance(until, date)
    return first <= day < until


def _text(instant: Instant | None) -> str:
    if isinstance(instant, datetime):
        return f"{instant:%Y-%m-%d %H:%M}"
    return instant.isoformat() if instant else ""


def _yes(answer: bool) -> str:
    return "Có" if answer else "Không"


def _sheet(path: Path, lines: list[Line], columns: Sequence[str] = ()) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = DictWriter(file, columns or list(lines[0]), extrasaction="ignore")
        sheet.writeheader()
        sheet.writerows(lines)


_PETITION = (
    *(
        "petition_code",
        "dialogue_code",
        "unit_code",
        "received_on",
        "field",
        "summary",
        "responsible_unit_code",
        "responsible_body",
    ),
    *("due_on", "extension_no", "extended_due_on", "extended_on", "outcome", "settled_on", "satisfaction"),
)
_DIALOGUE = (
    *("dialogue_code", "unit_code", "held_on", "form", "chair_name", "chaired_by_head", "in_programme", "notice_on"),
    *("detailed_programme", "opinions_raised", "answered_at_once", "conclusion_no", "conclusion_on", "main_field"),
    "supervised_on",
)
