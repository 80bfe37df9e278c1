"""The page in view: the open snapshot, what it offers to choose from, and the view that the address asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import streamlit as st

from dashboard import filters
from dashboard.filters import Choices, View
from dashboard.model import Breadth, KnownUnit, Kpi, Period, SnapshotInfo, Subject, Unit, UnitName, UnitSet
from dashboard.page.snapshots import Snapshot
from dashboard.queries import catalogue, figures
from dashboard.text import labels, sentences
from warehouse.home import Home

ADDRESSES = {
    labels.OVERVIEW: filters.OVERVIEW,
    labels.UNITS: filters.UNITS,
    labels.HEADS: filters.HEADS,
    labels.PROGRESS: filters.PROGRESS,
    labels.METHOD: filters.METHOD,
    labels.FEED_BOARD: filters.FEED_BOARD,
    labels.CHECK_FILE: filters.CHECK_FILE,
    labels.DATA_QUALITY: filters.DATA_QUALITY,
    labels.PROVENANCE: filters.PROVENANCE,
}


@dataclass(frozen=True)
class HomeAccess:
    """The home in which data stewards write explanations, and the clock that dates them."""

    home: Home
    now: Callable[[], datetime]


@dataclass(frozen=True)
class Page:
    """All that a page needs: the open snapshot, what it offers, and the view asked for."""

    snapshot: Snapshot
    info: SnapshotInfo
    choices: Choices
    kpis: Mapping[str, Kpi]
    view: View
    units: tuple[Unit, ...]
    unreadable: tuple[str, ...]
    places: Mapping[str, st.Page]
    title: str
    access: HomeAccess | None = None
    warnings: tuple[str, ...] = ()
    follows_period: bool = True
    known_units: Mapping[str, KnownUnit] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """The address of this page, without parameters."""
        return ADDRESSES[self.title]

    @property
    def period(self) -> Period:
        return next(
            item
            for item in self.choices.periods
            if item.calendar == self.view.calendar and item.code == self.view.period
        )

    @property
    def previous_label(self) -> str:
        """The label of the period before, of the same type; '' where there is none. Where the unit in view was then
        called otherwise, under that name."""
        both = [item for item in self.run(2) if item.start in {self.period.start, self.period.previous_start}]
        if len(both) < 2:
            return ""
        then, now = (each.name for each in self.names(both))
        return sentences.under_name(both[0].label, then if then != now else "")

    def run(self, most: int) -> tuple[Period, ...]:
        """The periods up to this one, oldest first, of the same calendar and type."""
        return figures.run_until(self.period, self.choices.periods, most)

    def names(self, run: Sequence[Period]) -> tuple[UnitName, ...]:
        """What the subject was called at the end of each period."""
        return self.snapshot.ask(figures.names, tuple(run), self.subject)

    @property
    def province(self) -> str:
        """The code of the province on the period's last day: where borders changed, not always that of today."""
        found = (unit.code for unit in self.units if unit.level == "province")
        return next(found, self.info.province_code)

    @property
    def subject(self) -> Subject:
        return filters.subject_of(self.view, self.province)

    @property
    def root(self) -> str:
        """The code of the unit in view; the province where none is chosen."""
        return self.view.unit or self.province

    @property
    def unit_set(self) -> UnitSet:
        """The units that the view counts."""
        return UnitSet(self.root, is_alone=True) if self.view.breadth is Breadth.UNIT else UnitSet(self.view.unit)

    @property
    def codes(self) -> tuple[str, ...]:
        """The unit in view with all below it."""
        return catalogue.codes_below(self.units, self.view.unit)

    @property
    def district_above(self) -> str:
        """The district that lies above the commune in view and reports for it; '' where none does."""
        above = self.unit((unit.parent_code if (unit := self.unit(self.root)) else None) or "")
        return above.code if above and above.level == "district" else ""

    def unit(self, code: str) -> Unit | None:
        return next((item for item in self.units if item.code == code), None)

    @property
    def day(self) -> date:
        """The day whose units are shown: the period's last, or that of the data where the page has no period."""
        today = self.info.as_of.date()
        return min(self.period.end, today) if self.follows_period else today

    def known(self, code: str) -> KnownUnit | None:
        """A unit as it is in the period, else as it was last, or will be first; None where the reader may not know
        it."""
        unit, last = self.unit(code), self.known_units.get(code)
        if unit and (last is None or last.last_day is None or last.last_day >= self.day):
            return KnownUnit(unit, None)
        if last is None or last.first_day > self.day:
            return last and replace(last, last_day=None)
        return replace(last, first_day=date.min)

    def last_day(self, code: str) -> date | None:
        """The last day of a unit that has ended by the day that is shown."""
        known = self.known(code)
        return None if known is None else known.last_day

    def was_gone(self, code: str) -> bool:
        """Whether a unit had ended before the period began."""
        last = self.last_day(code)
        return last is not None and last < self.period.start

    def has_ended(self, code: str) -> bool:
        """Whether a unit was no longer there on the day that is shown."""
        return self.last_day(code) is not None

    def name(self, code: str, *notes: str) -> str:
        """The name of a unit with `notes` in brackets, and that it has ended where it has."""
        known = self.known(code)
        return code if known is None else sentences.unit_named(known, *filter(None, notes))

    def place(self) -> str:
        """How sentences call the subject: 'toàn tỉnh', or the unit's name, with all that it counts, and the field."""
        if not self.view.unit:
            return f"{labels.WHOLE_PROVINCE.lower()}{self.in_field()}"
        return f"{self.name(self.view.unit, self._scope(labels.WITH_BELOW))}{self.in_field()}"

    def owner(self) -> str:
        """Whose petitions: the place, or the unit alone."""
        alone = self.view.breadth is Breadth.UNIT
        return f"{self.name(self.root, self._scope(labels.ALONE))}{self.in_field()}" if alone else self.place()

    @property
    def field_name(self) -> str:
        """The name of the field in view; '' where all are."""
        return next((each.name for each in self.choices.fields if each.code == self.view.field), "")

    def in_field(self) -> str:
        """The field in view as sentences add it to whose figures these are."""
        return sentences.in_field(self.field_name) if self.field_name else ""

    def kpi(self, code: str) -> Kpi:
        """A KPI under the name that says where it does not follow the field in view."""
        kpi = self.kpis[code]
        if not self.field_name or kpi.is_by_field:
            return kpi
        name, short_name = map(sentences.of_all_fields, (kpi.name, kpi.short_name))
        return replace(kpi, name=name, short_name=short_name)

    def _scope(self, words: Mapping[str, str]) -> str:
        unit = self.unit(self.root)
        return words.get(unit.level, "") if unit else ""

    def way(self, code: str) -> list[Unit]:
        """The units from the province down to one."""
        chain: list[Unit] = []
        known = self.known(code)
        while known is not None:
            chain.insert(0, known.unit)
            known = self.known(known.unit.parent_code or "")
        return chain

    def as_filter(self, code: str) -> str:
        """How the address names a unit: the province is no choice."""
        return "" if code == self.province else code

    def shared(self) -> View:
        return self.view.base()
