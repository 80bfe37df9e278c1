"""The filters on the screen. The address is the state: a widget shows what it says and writes what is chosen."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard import filters
from dashboard.filters import View
from dashboard.layout import Page
from dashboard.model import Unit
from dashboard.text import labels


def remember(view: View) -> None:
    """Write `view` into the address."""
    st.query_params.from_dict(filters.parameters_of(view))


def choose(
    label: str, options: Sequence[str], now: str, name: Callable[[str], str], to: Callable[[str], View], key: str
) -> None:
    """A select box that shows `now` and, when changed, writes the view of the choice into the address."""
    st.session_state[key] = now
    st.selectbox(
        label,
        options,
        key=key,
        format_func=name,
        on_change=lambda: remember(to(str(st.session_state[key]))),
    )


def filter_bar(page: Page, *, with_period: bool = True, with_unit: bool = True) -> None:
    """Period and calendar, unit, field; a page leaves out what it does not follow."""
    boxes: list[tuple[float, Callable[[Page], None]]] = [(1.4, _field)]
    if with_unit:
        boxes.insert(0, (1.5, _unit))
    if with_period:
        boxes[:0] = [(1.1, _period), (1.0, _calendar)]
    columns = st.columns([width for width, _ in boxes])
    for column, (_, box) in zip(columns, boxes, strict=True):
        with column:
            box(page)


def _calendar(page: Page) -> None:
    choose("Lịch báo cáo", filters.CALENDARS, page.view.calendar, labels.CALENDARS.__getitem__,
           lambda to: filters.with_calendar(page.view, to, page.choices.periods), "loc-lich")  # fmt: skip


def _field(page: Page) -> None:
    names = {filters.ALL: labels.ALL_FIELDS, **{field.code: field.name for field in page.choices.fields}}
    choose("Lĩnh vực", list(names), page.view.field, names.__getitem__, lambda to: page.view.to(field=to), "loc-linh-vuc")


def _period(page: Page) -> None:
    names = {item.code: item.label for item in page.choices.periods if item.calendar == page.view.calendar}
    choose("Kỳ báo cáo", list(names), page.view.period, names.__getitem__, lambda to: page.view.to(period=to), "loc-ky")


def _unit(page: Page) -> None:
    units = {unit.code: unit for unit in page.units}
    options = ["", *(code for code in units if code != page.info.province_code)]
    choose("Đơn vị", options, page.view.unit, lambda code: _unit_label(units, code),
           lambda to: page.view.to(unit=to, head=""), "loc-don-vi")  # fmt: skip


def _unit_label(units: dict[str, Unit], code: str) -> str:
    if not code:
        return labels.WHOLE_PROVINCE
    unit = units[code]
    above = units.get(unit.parent_code or "")
    return f"{unit.name} ({above.name})" if unit.level == "commune" and above else unit.name


def breadth_switch(page: Page) -> None:
    """The unit alone, or with all below it."""
    choose("Phạm vi", filters.BREADTHS, page.view.breadth, labels.BREADTHS.__getitem__,
           lambda to: page.view.to(breadth=to), "loc-pham-vi")  # fmt: skip


def body_switch(page: Page) -> None:
    """Party committee, government, or both."""
    names = {"": labels.ALL_BODIES, **labels.BODIES}
    choose("Cơ quan", filters.BODIES, page.view.body, names.__getitem__, lambda to: page.view.to(body=to), "loc-co-quan")


def meeting_day(page: Page, day: date) -> None:
    """The day of a meeting, for what falls due before it."""
    key = "loc-ngay-hop"
    st.session_state[key] = day
    st.date_input(
        "Ngày họp",
        key=key,
        format="DD/MM/YYYY",
        min_value=page.info.as_of.date(),
        on_change=lambda: remember(page.view.to(meeting=st.session_state[key].isoformat())),
    )
