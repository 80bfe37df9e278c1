"""The current page: the open snapshot, the available choices, and the view of the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import streamlit as st

from dashboard import filters
from dashboard.access.reader import EVERYBODY_HERE, Reader
from dashboard.access.visitor import Visitor
from dashboard.filters import Choices, View
from dashboard.model import Breadth, KnownUnit, Kpi, Period, SnapshotInfo, Subject, Unit, UnitName, UnitSet
from dashboard.page.snapshots import Snapshot
from dashboard.pages import ADDRESSES
from dashboard.queries import catalogue, figures
from dashboard.text import labels, sentences
from warehouse.access.roles import Right


@dataclass(frozen=True)
class Page:
    """The context of a page: the open snapshot, the available choices, and the requested view."""

    snapshot: Snapshot
    info: SnapshotInfo
    choices: Choices
    kpis: Mapping[str, Kpi]
    view: View
    units: tuple[Unit, ...]
    unreadable: tuple[str, ...]
    places: Mapping[str, st.Page]
    title: str
    visitor: Visitor | None = None
    warnings: tuple[str, ...] = ()
    follows_period: bool = True
    known_units: Mapping[str, KnownUnit] = field(default_factory=dict)
    reader: Reader = EVERYBODY_HERE

    def may(self, *rights: Right) -> bool:
        """Return whether the reader has all these rights."""
        return self.reader.may(*rights)

    def sees_records_of(self, code: str) -> bool:
        """Return whether the petitions, other records and feeds of a unit are visible; the province is all units."""
        return self.reader.sees_records_of(self.as_filter(code))

    @property
    def has_own_units(self) -> bool:
        """Whether the page is about petitions of which the reader sees only those of some units."""
        return self.title == labels.PROGRESS and not self.reader.sees_records_of("")

    @property
    def choosable(self) -> tuple[Unit, ...]:
        """The units that the reader may choose on this page."""
        return tuple(it for it in self.units if not self.has_own_units or self.reader.sees_records_of(it.code))

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
        """The label of the previous period of the same type; '' if there is none. It includes the name of the unit in
        view if that was different."""
        both = [item for item in self.run(2) if item.start in {self.period.start, self.period.previous_start}]
        if len(both) < 2:
            return ""
        then, now = (each.name for each in self.names(both))
        return sentences.under_name(both[0].label, then if then != now else "")

    def run(self, most: int) -> tuple[Period, ...]:
        """Return the periods up to this one, oldest first, of the same calendar and type."""
        return figures.run_until(self.period, self.choices.periods, most)

    def names(self, run: Sequence[Period]) -> tuple[UnitName, ...]:
        """Return the subject's name at the end of each period."""
        return self.snapshot.ask(figures.names, tuple(run), self.subject)

    @property
    def province(self) -> str:
        """The code of the province on the period's last day; after a merger not the current code."""
        found = (unit.code for unit in self.units if unit.level == "province")
        return next(found, self.info.province_code)

    @property
    def subject(self) -> Subject:
        return filters.subject_of(self.view, self.province)

    @property
    def hides_small_counts(self) -> bool:
        """Whether the reader sees no small counts, nor ranks, levels and units alone, which could give them away."""
        return self.snapshot.scope.least_count > 0

    @property
    def root(self) -> str:
        """The code of the unit in view; the province if none is selected."""
        return self.view.unit or self.province

    @property
    def unit_set(self) -> UnitSet:
        """The units that the view counts."""
        return UnitSet(self.root, is_alone=True) if self.view.breadth is Breadth.UNIT else UnitSet(self.view.unit)

    @property
    def codes(self) -> tuple[str, ...]:
        """The unit in view and its subtree."""
        return catalogue.codes_below(self.units, self.view.unit)

    @property
    def district_above(self) -> str:
        """The district above the commune in view, which reports for it; '' if there is none."""
        above = self.unit((unit.parent_code if (unit := self.unit(self.root)) else None) or "")
        return above.code if above and above.level == "district" else ""

    def unit(self, code: str) -> Unit | None:
        return self._units_by_code.get(code)

    @cached_property
    def _units_by_code(self) -> Mapping[str, Unit]:
        return {item.code: item for item in reversed(self.units)}

    @property
    def day(self) -> date:
        """The day of the displayed units: the period's last, or that of the data if the page has no period."""
        today = self.info.as_of.date()
        return min(self.period.end, today) if self.follows_period else today

    def known(self, code: str) -> KnownUnit | None:
        """Return a unit as it is in the period, else its latest or first version; None outside the scope."""
        unit, last = self.unit(code), self.known_units.get(code)
        if unit and (last is None or last.last_day is None or last.last_day >= self.day):
            return KnownUnit(unit, None)
        if last is None or last.first_day > self.day:
            return last and replace(last, last_day=None)
        return replace(last, first_day=date.min)

    def last_day(self, code: str) -> date | None:
        """Return the last day of a unit that has ended by the displayed day."""
        known = self.known(code)
        return None if known is None else known.last_day

    def ended_before_period(self, code: str) -> bool:
        """Return whether a unit had ended before the period began."""
        last = self.last_day(code)
        return last is not None and last < self.period.start

    def has_ended(self, code: str) -> bool:
        """Return whether a unit had ended by the displayed day."""
        return self.last_day(code) is not None

    def name(self, code: str, *notes: str) -> str:
        """Return the name of a unit with `notes`, and its end if it has ended, in brackets."""
        known = self.known(code)
        return code if known is None else sentences.unit_named(known, *filter(None, notes))

    def place(self) -> str:
        """Return the subject for sentences: 'toàn tỉnh', or the unit's name with its scope and the field."""
        if not self.view.unit:
            return f"{labels.WHOLE_PROVINCE.lower()}{self.in_field()}"
        return f"{self.name(self.view.unit, self._scope(labels.WITH_BELOW))}{self.in_field()}"

    def owner(self) -> str:
        """Return whose petitions are shown: the subject, or the unit alone."""
        alone = self.view.breadth is Breadth.UNIT
        return f"{self.name(self.root, self._scope(labels.ALONE))}{self.in_field()}" if alone else self.place()

    @property
    def field_name(self) -> str:
        """The name of the selected field; '' for all fields."""
        return next((each.name for each in self.choices.fields if each.code == self.view.field), "")

    def in_field(self) -> str:
        """Return the selected field as a suffix of the subject."""
        return sentences.in_field(self.field_name) if self.field_name else ""

    def kpi(self, code: str) -> Kpi:
        """Return a KPI; its name says if it does not follow the selected field."""
        kpi = self.kpis[code]
        if not self.field_name or kpi.is_by_field:
            return kpi
        name, short_name = map(sentences.of_all_fields, (kpi.name, kpi.short_name))
        return replace(kpi, name=name, short_name=short_name)

    def _scope(self, words: Mapping[str, str]) -> str:
        unit = self.unit(self.root)
        return words.get(unit.level, "") if unit else ""

    def way(self, code: str) -> list[Unit]:
        """Return the path of units from the province to `code`."""
        chain: list[Unit] = []
        known = self.known(code)
        while known is not None:
            chain.insert(0, known.unit)
            known = self.known(known.unit.parent_code or "")
        return chain

    def as_filter(self, code: str) -> str:
        """Return the code of a unit in addresses: '' for the province."""
        return "" if code == self.province else code

    def shared(self) -> View:
        return self.view.base()
