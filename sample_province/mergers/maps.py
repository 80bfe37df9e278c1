"""The three maps of the world, the senders for its units, and the successors of communes.

The mapping from the 109 communes to the 98 is not known, so a unit that ended on 1 January 2025 has no successor.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import warehouse
from sample_province.mergers.periods import FIRST_MERGER, HALVES, NEW_QUARTERS, QUARTERS, SECOND_MERGER, YEAR, Period
from sample_province.places import Province, Unit, load_province

OLD_PROVINCE, NEW_PROVINCE = "35", "37"
_SUCCESSORS_FILE = Path(warehouse.__file__).parent / "defaults" / "unit_successors.csv"


def map_on(day: date) -> Province:
    """The units in force on `day`."""
    return _map_from(max((start for start in (FIRST_MERGER, SECOND_MERGER) if start <= day), default=date(2024, 7, 1)))


@cache
def _map_from(start: date) -> Province:
    return load_province(start)


def sender_on(code: str, day: date) -> str | None:
    """The sender for the unit on `day`: a commune's district while there are districts, else the unit itself.

    None if the unit is not in force.
    """
    unit = map_on(day).by_code.get(code)
    if unit is None:
        return None
    return unit.parent if unit.level == "commune" and day < SECOND_MERGER else unit.code


def communes_on(day: date) -> tuple[Unit, ...]:
    """The communes in force on `day`, in order of code."""
    return map_on(day).of_level("commune")


def end_of(unit: Unit) -> date:
    """The first day on which a unit of the first map no longer exists, or its code means another unit."""
    return SECOND_MERGER if unit.code in map_on(FIRST_MERGER).by_code else FIRST_MERGER


@cache
def successors_of(code: str) -> tuple[str, ...]:
    """The successors of a unit of the second map; several if it was split."""
    with _SUCCESSORS_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(row["new_code"] for row in csv.DictReader(file) if row["old_code"] == code)


def owed_feeds() -> list[tuple[str, Period]]:
    """The sender and period of every feed that this world's feed calendar requires, in order of period and sender."""
    districts = [unit.code for unit in map_on(FIRST_MERGER).of_level("district")]
    communes = [unit.code for unit in communes_on(SECOND_MERGER)]
    owed: list[tuple[str, Period]] = [(sender, quarter) for quarter in QUARTERS for sender in districts]
    owed += [(sender, quarter) for quarter in NEW_QUARTERS for sender in communes]
    owed += [(sender, half) for sender, halves in HALVES.items() for half in halves]
    owed.append((NEW_PROVINCE, YEAR))
    return sorted(owed, key=lambda each: (each[1].last, each[1].code, each[0]))
