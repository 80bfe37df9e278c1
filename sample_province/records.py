"""The rows of the four other sheets: plans, trainings, decisions, good practices."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ingest.model.received import SheetKind
from sample_province.chance import chance_for, takes
from sample_province.dialogues import Dialogue
from sample_province.habits import HABITS
from sample_province.people import Tenure
from sample_province.places import SENDERS, TERM_DAY, Province, Unit
from sample_province.rows import Row
from sample_province.texts import PRACTICES, REASONS, REWARDS, TOPICS

OTHERS = (SheetKind.PLANS, SheetKind.TRAININGS, SheetKind.DECISIONS, SheetKind.PRACTICES)
_YEARS = (2021, 2022, 2023, 2024)
_FORMS = {"reward": REWARDS, "discipline": ("Khiển trách",), "reminder": ("Phê bình bằng văn bản",)}
_SETTLED_WELL = 0.75
"""A sender whose units settle a smaller share in time issues more reminders than rewards."""


@dataclass(frozen=True)
class Record:
    """One row of one of these sheets; it is in its sender's feed for the quarter that contains `on`."""

    kind: SheetKind
    sender: str
    on: date
    row: Row


def records_of(
    province: Province, tenures: tuple[Tenure, ...], dialogues: tuple[Dialogue, ...], seed: int
) -> tuple[Record, ...]:
    """All records of the term, in order of sender and date."""
    held = Counter((dialogue.unit.code, dialogue.held_on.year) for dialogue in dialogues)
    found: list[Record] = []
    for sender in SENDERS:
        units = province.of_sender(sender)
        rng = chance_for(seed, f"records:{sender}")
        found += _plans(rng, sender, units, held)
        found += _trainings(rng, units[0])
        found += _decisions(rng, sender, _judged(province, sender), tenures)
        found += _practices(rng, sender, units)
    return tuple(sorted((each for each in found if each.on <= TERM_DAY), key=lambda each: (each.sender, each.on)))


def _plans(rng: Random, sender: str, units: tuple[Unit, ...], held: Counter[tuple[str, int]]) -> Iterator[Record]:
    """Yield each unit's plan for each year, sent in its first quarter: the number held or one more, at least one."""
    for year in _YEARS:
        for unit in units:
            planned = max(1, held[unit.code, year] + takes(rng, 0.18))
            programme = f"{rng.randint(2, 18):02d}-CTr/{'TU' if unit.level == 'province' else 'ĐU'}"
            row: Row = {
                "unit_code": unit.code,
                "year": year,
                "planned_dialogues": planned,
                "programme_no": None if takes(rng, 0.08) else programme,
            }
            yield Record(SheetKind.PLANS, sender, date(year, 1, 15), row)


def _trainings(rng: Random, unit: Unit) -> Iterator[Record]:
    """Yield one or two trainings a year, held by the sender itself."""
    for year in _YEARS:
        for number in range(1, 2 + takes(rng, 0.6)):
            day = _working_day(date(year, rng.randint(3, 11), rng.randint(1, 28)))
            row: Row = {
                "training_code": f"TH-{unit.code}-{year}-{number:02d}",
                "unit_code": unit.code,
                "held_on": day,
                "topic": rng.choice(TOPICS),
                "participants": rng.randint(45, 160),
            }
            yield Record(SheetKind.TRAININGS, unit.code, day, row)


def _judged(province: Province, sender: str) -> tuple[Unit, ...]:
    """The units that a sender rewards and reminds: a district's communes, the province's districts."""
    level = "district" if province.by_code[sender].level == "province" else "commune"
    return tuple(unit for unit in province.of_level(level) if unit.parent == sender)


def _decisions(rng: Random, sender: str, units: tuple[Unit, ...], tenures: tuple[Tenure, ...]) -> Iterator[Record]:
    """Yield a few rewards and reminders for each year and, mostly from a weak sender, some disciplinary decisions."""
    is_weak = HABITS[sender].settled_in_term < _SETTLED_WELL
    for year in _YEARS:
        kinds = ["reminder"] * (2 if is_weak else takes(rng, 0.5)) + ["reward"] * (1 if is_weak else rng.randint(2, 3))
        kinds += ["discipline"] * takes(rng, 0.5 if is_weak else 0.06)
        number = rng.randint(40, 90)
        for kind in kinds:
            number += rng.randint(7, 60)
            unit = rng.choice(units)
            day = _working_day(date(year, rng.randint(6, 8) if kind == "reward" else rng.randint(3, 9), 20))
            leader = _leader(rng, unit, day, tenures) if kind == "discipline" or takes(rng, 0.45) else None
            row: Row = {
                "decision_no": f"{number}/QĐ-UBND",
                "decided_on": day,
                "kind": kind,
                "unit_code": unit.code,
                "leader_code": leader,
                "form": rng.choice(_FORMS[kind]),
                "reason": rng.choice(REASONS[kind]),
            }
            yield Record(SheetKind.DECISIONS, sender, day, row)


def _leader(rng: Random, unit: Unit, day: date, tenures: tuple[Tenure, ...]) -> str | None:
    """One of the heads who have been in office for half a year, so that a feed has listed them; None without one."""
    before = day - timedelta(days=180)
    found = [each for each in tenures if each.unit_code == unit.code and each.covers(before) and each.covers(day)]
    return rng.choice(found).leader_code if found else None


def _practices(rng: Random, sender: str, units: tuple[Unit, ...]) -> Iterator[Record]:
    """Yield a good practice of one of the sender's units for most years."""
    for year in _YEARS:
        if not takes(rng, 0.7):
            continue
        unit, (title, summary) = rng.choice(units), rng.choice(PRACTICES)
        day = _working_day(date(year, rng.randint(4, 12), rng.randint(1, 28)))
        row: Row = {
            "practice_code": f"CLH-{unit.code}-{year}-01",
            "unit_code": unit.code,
            "title": title,
            "summary": summary,
            "published_on": day,
        }
        yield Record(SheetKind.PRACTICES, sender, day, row)


def _working_day(day: date) -> date:
    """The day itself, or the Friday before it if it is on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
