"""The units of the sample province during the term, and its reporting quarters."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Protocol

import warehouse

TERM_START = date(2020, 10, 1)
TERM_DAY = date(2024, 9, 30)
"""The last day that the sample covers."""

DISTRICTS = ("347", "349", "350", "351", "352", "353")
PROVINCE = "35"
SENDERS = (PROVINCE, *DISTRICTS)

_UNITS_FILE = Path(warehouse.__file__).parent / "defaults" / "units.csv"


@dataclass(frozen=True)
class Unit:
    """One unit in force on the day for which the province was loaded."""

    code: str
    type: str
    name: str
    level: str
    parent: str

    @property
    def display(self) -> str:
        """The name with its type, as in "Xã Mộc Bắc"."""
        return f"{self.type} {self.name}"

    @property
    def sender(self) -> str:
        """The unit that sends this unit's figures: its district, or itself."""
        return self.parent if self.level == "commune" else self.code


@dataclass(frozen=True)
class Province:
    """Province, districts and communes, each group in order of code."""

    units: tuple[Unit, ...]

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def of_level(self, level: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.level == level)

    def of_sender(self, sender: str) -> tuple[Unit, ...]:
        """The units whose figures this sender reports, itself first."""
        return tuple(unit for unit in self.units if unit.sender == sender)


def load_province(day: date = TERM_START) -> Province:
    """The units of the default lookups that were in force on `day`."""
    with _UNITS_FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _in_force(row, day)]
    order = ("province", "district", "commune")
    rows.sort(key=lambda row: (order.index(row["level"]), row["unit_code"]))
    return Province(
        tuple(
            Unit(row["unit_code"], row["unit_type"], row["unit_name"], row["level"], row["parent_code"]) for row in rows
        )
    )


def _in_force(row: dict[str, str], day: date) -> bool:
    return row["valid_from"] <= day.isoformat() < (row["valid_to"] or "9999")


class ReportingPeriod(Protocol):
    """What a feed's period must have: its code on the cover, its first and last day, and its title on sheets."""

    @property
    def code(self) -> str: ...

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...

    @property
    def title(self) -> str: ...


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; `first` and `last` are its first and last day."""

    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def title(self) -> str:
        """The quarter in words, as written below the title of a sheet."""
        return f"Quý {('I', 'II', 'III', 'IV')[self.number - 1]} năm {self.year}"

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter_of(day: date) -> Quarter:
    """The quarter that contains the day."""
    return Quarter(day.year, (day.month + 2) // 3)


def term_quarters() -> tuple[Quarter, ...]:
    """The sixteen quarters from the start of the term to the sample's last day."""
    quarters = [quarter_of(TERM_START)]
    while quarters[-1].last < TERM_DAY:
        quarters.append(quarters[-1].following)
    return tuple(quarters)
