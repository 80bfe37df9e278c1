"""The filters. The address is the state: a widget shows its value and writes changes into it."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from dashboard import filters
from dashboard.filters import View
from dashboard.model import Breadth, Unit
from dashboard.page.page import Page
from dashboard.text import headings, labels


def remember(view: View) -> None:
    """Write `view` into the address."""
    st.query_params.from_dict(filters.parameters_of(view))


def _named(label: str, names: Mapping[str, str], now: str, *, to: Callable[[str], View], key: str) -> None:
    """Draw a select box of named codes that shows `now`; a change writes the view of `to` into the address."""
    st.session_state[key] = now
    st.selectbox(
        label,
        list(names),
        key=key,
        format_func=names.__getitem__,
        placeholder=headings.CHOOSE,
        on_change=lambda: remember(to(str(st.session_state[key]))),
    )


def filter_bar(page: Page, *, with_period: bool = True, with_unit: bool = True, with_field: bool = True) -> None:
    """Draw the filters of period and calendar, unit and field; pages omit those they do not follow."""
    boxes: list[tuple[float, Callable[[Page], None]]] = [(1.4, _field)] if with_field and page.choices.fields else []
    if with_unit:
        boxes.insert(0, (1.5, _unit))
    if with_period:
        boxes[:0] = [(1.1, _period), (1.0, _calendar)] if len(page.choices.calendars) > 1 else [(1.1, _period)]
    with st.container(key="filters"):
        columns = st.columns([width for width, _ in boxes])
    for column, (_, box) in zip(columns, boxes, strict=True):
        with column:
            box(page)


def _period(page: Page) -> None:
    names = {item.code: item.label for item in page.choices.periods if item.calendar == page.view.calendar}
    _named(headings.PERIOD, names, page.view.period, to=lambda code: page.view.to(period=code), key="loc-ky")


def _calendar(page: Page) -> None:
    def other(calendar: str) -> View:
        return filters.with_calendar(page.view, calendar, page.choices.periods)

    _named(headings.CALENDAR, labels.CALENDARS, page.view.calendar, to=other, key="loc-lich")


def _unit(page: Page) -> None:
    below = {unit.code: _unit_label(page, unit) for unit in page.choosable if unit.code != page.province}
    names = below if page.view.unit and page.has_own_units else {"": labels.WHOLE_PROVINCE, **below}
    _named(headings.UNIT, names, page.view.unit, to=lambda code: page.view.to(unit=code, head=""), key="loc-don-vi")


def _unit_label(page: Page, unit: Unit) -> str:
    above = page.unit(unit.parent_code or "")
    return page.name(unit.code, above.name if unit.level == "commune" and above else "")


def _field(page: Page) -> None:
    names = {filters.ALL: labels.ALL_FIELDS, **{field.code: field.name for field in page.choices.fields}}
    _named(headings.FIELD, names, page.view.field, to=lambda code: page.view.to(field=code), key="loc-linh-vuc")


def breadth_switch(page: Page) -> None:
    """Draw the choice between a unit with its subtree and the unit alone, if there is one."""
    if len(page.choices.breadths) < 2:
        return
    names = {breadth.value: name for breadth, name in labels.BREADTHS.items()}

    def other(code: str) -> View:
        return page.view.to(breadth=Breadth(code))

    _named(headings.BREADTH, names, page.view.breadth.value, to=other, key="loc-pham-vi")


def body_switch(page: Page) -> None:
    """Draw the choice of Party committee, government or both."""
    names = {"": labels.ALL_BODIES, **labels.BODIES}
    _named(headings.BODY, names, page.view.body, to=lambda code: page.view.to(body=code), key="loc-co-quan")


def meeting_day(page: Page, day: date) -> None:
    """Draw the choice of a meeting's day, for deadlines before it."""
    key = "loc-ngay-hop"
    st.session_state[key] = day
    st.date_input(
        headings.MEETING,
        key=key,
        format="DD/MM/YYYY",
        min_value=page.info.as_of.date(),
        on_change=lambda: remember(page.view.to(meeting=st.session_state[key].isoformat())),
    )
