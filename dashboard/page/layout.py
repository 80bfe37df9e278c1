"""What every page has: banner, title, navigation, state of the data, filters, and the blocks pages are made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from dashboard import filters
from dashboard.filters import Choices, View
from dashboard.model import KnownUnit, Kpi, Period, SnapshotInfo, Subject, Unit, UnitName, UnitSet
from dashboard.page.snapshots import Snapshot
from dashboard.queries import catalogue, figures, petitions
from dashboard.queries.petitions import Selection
from dashboard.render import html, theme
from dashboard.text import labels, sentences
from warehouse.errors import SnapshotMissing
from warehouse.home import Home

if TYPE_CHECKING:
    from streamlit.elements.arrow import DataframeState

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
class Desk:
    """Where those who answer for the data write: the home, and the clock that dates what they say."""

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
    desk: Desk | None = None
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
        return UnitSet(self.root, is_alone=True) if self.view.breadth == "rieng" else UnitSet(self.view.unit)

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
        alone = self.view.breadth == "rieng"
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
        if not self.field_name or code in figures.BY_FIELD:
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


def page_of(snapshot: Snapshot, parameters: Mapping[str, str], title: str = "") -> Page:
    """The page that an address asks for; SnapshotMissing where the snapshot holds no period."""
    info, choices = snapshot.know(catalogue.snapshot_info), _choices(snapshot)
    if not choices.periods:
        raise SnapshotMissing(sentences.SNAPSHOT_EMPTY)
    parsed = filters.parse(parameters, choices)
    kpis = {kpi.code: kpi for kpi in snapshot.know(catalogue.kpis)}
    page = _without_odd_meeting(Page(snapshot, info, choices, kpis, parsed.view, (), parsed.unreadable, {}, title))
    is_of_today = title == labels.PROGRESS or (title == labels.UNITS and page.view.is_of_today)
    page = replace(page, follows_period=not is_of_today)
    page = replace(
        page, units=snapshot.ask(catalogue.units_on, page.day), known_units=snapshot.ask(catalogue.known_units)
    )
    page = _with_ended(page, page.view.unit)
    if page.view.unit == page.province:
        page = replace(page, view=replace(page.view, unit=""))
    return _without_absent_unit(page)


def _with_ended(page: Page, code: str) -> Page:
    """The page with a unit that ended before its period, where the address asks for one: what it left open is shown."""
    known = page.known_units.get(code)
    if known is None or page.unit(code) or known.last_day is None or known.last_day >= page.day:
        return page
    return replace(page, units=(*page.units, known.unit))


def _without_absent_unit(page: Page) -> Page:
    """The page of the whole province where the unit asked for is not there yet, or is not to be seen."""
    code = page.view.unit
    if not code or page.unit(code) is not None:
        return page
    known, whole = page.known_units.get(code), replace(page, view=page.view.to(unit=""))
    if known is not None and known.first_day > page.day:
        return replace(whole, warnings=(*page.warnings, sentences.not_begun(known, page.period)))
    return replace(whole, unreadable=(*page.unreadable, filters.PARAMETERS["unit"]))


def _without_odd_meeting(page: Page) -> Page:
    """The page without a day of a meeting before the day of the data, or farther off than anyone plans."""
    day, today = filters.parse_day(page.view.meeting), page.info.as_of.date()
    if day is None or today <= day <= today + filters.FARTHEST_MEETING:
        return page
    told = sentences.no_meeting_day(day, page.info.as_of)
    return replace(page, view=replace(page.view, meeting=""), warnings=(*page.warnings, told))


def _choices(snapshot: Snapshot) -> Choices:
    return Choices(
        periods=snapshot.know(catalogue.periods),
        unit_codes=snapshot.know(catalogue.unit_codes),
        fields=snapshot.know(catalogue.fields),
        kpi_codes=tuple(kpi.code for kpi in snapshot.know(catalogue.kpis)),
        buckets=tuple(petitions.BUCKETS),
    )


def frame_of(page: Page) -> None:
    """What stands above every page: banner, navigation that carries the filters, state of the data."""
    if page.info.is_sample:
        say(sentences.SAMPLE, "sample")
    navigation(page.places, page.title, page.shared())
    data_state(page)
    if page.unreadable:
        notice(sentences.unreadable_parameters(page.unreadable))
    for warning in page.warnings:
        notice(warning)


def navigation(places: Mapping[str, st.Page], here: str, shared: View) -> None:
    """Links to every page, which carry the filters along: the leaders' pages, under them those of the stewards."""
    stewards = [title for title in places if title in labels.STEWARD_PAGES]
    with st.container(key="top", horizontal=True, gap="medium"):
        _links(places, here, shared, [title for title in places if title not in stewards])
    with st.container(key="stewards", horizontal=True, gap="medium"):
        with st.container(width="content"):
            say(labels.DATA, "group")
        _links(places, here, shared, stewards)


def _links(places: Mapping[str, st.Page], here: str, shared: View, titles: list[str]) -> None:
    for title in titles:
        with st.container(key="here" if title == here else None, width="content"):
            st.page_link(places[title], label=title, query_params=filters.parameters_of(shared))


def say(text: str, style: str) -> None:
    """One sentence in one of the theme's styles."""
    st.html(html.paragraph(text, style))


def notice(text: str) -> None:
    say(text, "notice")


def chart(spec: Mapping[str, Any] | None, alt: str) -> None:
    """A Vega dictionary as SVG; nothing where there is nothing to draw."""
    if spec is not None:
        st.vega_lite_chart(spec=theme.embed(spec), width="stretch", theme=None, alt=alt)


def data_state(page: Page) -> None:
    """Province, day of the data, coverage of the period; which snapshot it is, for those who keep the data."""
    found = page.snapshot.ask(catalogue.coverage, page.period)
    parts = [
        page.name(page.province),
        sentences.data_until(page.info.as_of),
        sentences.coverage(found, page.period),
    ]
    if page.title in labels.STEWARD_PAGES:
        parts.append(sentences.snapshot_named(page.info.snapshot_id))
    st.html(html.status(parts))


def selection_of(page: Page) -> Selection:
    """The petitions that the address asks for."""
    view = page.view
    return Selection(
        unit=page.unit_set.root,
        is_alone=page.unit_set.is_alone,
        field=view.field,
        head=view.head,
        period=page.period,
        **_list_of(view),
    )


def _list_of(view: View) -> dict[str, Any]:
    """Which list the address asks for: the first that it names, as the title says."""
    if view.kpi:
        return {"kpi": view.kpi, "part": view.part}
    if view.petition_class:
        return {"petition_class": view.petition_class}
    return {"bucket": view.bucket} if view.bucket else {"due_before": filters.parse_day(view.meeting)}


def go_to_head(page: Page, head_id: str) -> None:
    """Open the page of one head."""
    st.switch_page(page.places[labels.HEADS], query_params=filters.parameters_of(page.shared().to(head=head_id)))


def go_to_provenance(page: Page, code: str) -> None:
    """Open what was received of a petition, dialogue or file, cell by cell."""
    st.switch_page(page.places[labels.PROVENANCE], query_params=filters.parameters_of(page.shared().to(code=code)))


def text_columns(
    names: Mapping[str, str],
    widths: dict[str, int],
    figure_widths: dict[str, int],
    helps: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Columns under their names, as many as have a width in pixels, in the order of `names`; figures stand right."""
    return {
        name: st.column_config.TextColumn(
            title,
            width=(widths | figure_widths)[name],
            alignment="right" if name in figure_widths else None,
            help=(helps or {}).get(name),
        )
        for name, title in names.items()
        if name in widths or name in figure_widths
    }


HEADER_HEIGHT, ROW_HEIGHT = 34, 30
"""Of a table on a canvas in pixels, the frame around it counted with the header."""


def frame_height(rows: int, most: int) -> int:
    """The height of a table that shows `rows`, or as many whole ones as fit into `most` pixels."""
    return HEADER_HEIGHT + ROW_HEIGHT * min(rows, (most - HEADER_HEIGHT) // ROW_HEIGHT)


def local_frame(
    data: pd.DataFrame, columns: Mapping[str, Any], key: str, *, opens: bool = False, height: int = 560
) -> int | None:
    """A table of data that people wrote, drawn on a canvas and never as markup; the row that was clicked, if any."""
    event = st.dataframe(
        data,
        column_config=dict(columns),
        column_order=list(columns),
        hide_index=True,
        key=key,
        row_height=ROW_HEIGHT,
        height=frame_height(len(data), height),
        on_select="rerun" if opens else "ignore",
        selection_mode="single-cell",
    )
    if not opens:
        return None
    cells = cast("DataframeState", event)["selection"]["cells"]
    return int(cells[0][0]) if cells else None


def or_none(value: object) -> float | None:
    """A cell of a DataFrame as a number, None where it is missing."""
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def day_or_none(value: object) -> date | None:
    """A cell of a DataFrame as a day, None where it is missing."""
    return None if pd.isna(value) else cast("date", value)  # type: ignore[call-overload]
