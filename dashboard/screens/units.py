"""Cấp và đơn vị: province → district → commune → petition, with rank and band, stock and flow."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import filters
from dashboard.components import petition_views, record_tables, unit_tables
from dashboard.components.petition_views import Listing
from dashboard.kpi_codes import FEEDS_ON_TIME, ON_TIME, OVERDUE
from dashboard.model import Figure, Kpi, Part, Unit
from dashboard.page import downloads, elements
from dashboard.page.filter_bar import breadth_switch, filter_bar
from dashboard.page.page import Page
from dashboard.page.request import selection_of
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petitions import Selection
from dashboard.render import blocks, html
from dashboard.render.charts import trends
from dashboard.render.html import Link
from dashboard.sheets import figures as sheets
from dashboard.text import downloads as files
from dashboard.text import formats, headings, headlines, labels, sentences
from dashboard.text import petitions as petition_texts


def show(page: Page) -> None:
    """Draw one petition, the list behind a figure, or a unit, depending on the URL."""
    view = page.view
    if view.petition:
        _petition_crumbs(page, view.petition)
        petition_views.show_petition(page, view.petition)
    elif view.kpi or view.petition_class or view.bucket or view.meeting:
        _show_list(page)
    else:
        _show_unit(page)


def _show_list(page: Page) -> None:
    kpi = page.kpis.get(page.view.kpi)
    is_of_dialogues = kpi is not None and bool(kpi.lists("dialogues"))
    here = headings.DIALOGUE_LIST if is_of_dialogues else headings.PETITION_LIST
    st.html(html.crumbs(_ways(page, page.way(page.root)), here))
    if not _sees_list(page):
        elements.notice(sentences.LIST_UNKNOWN)
        st.html(html.quiet_links([Link(sentences.TO_UNIT, filters.address(filters.UNITS, page.shared()))]))
        return
    elements.say(_list_title(page), "message")
    selection = selection_of(page)
    if kpi and is_of_dialogues:
        unit_tables.dialogues(page, _dialogues_behind(page, kpi), page.field_name if kpi.is_by_field else "")
        return
    if kpi and page.view.part not in kpi.lists("petitions", of_head=bool(page.view.head)):
        elements.notice(sentences.NO_LIST)
        st.html(html.quiet_links([Link(sentences.TO_UNIT, filters.address(filters.UNITS, page.shared()))]))
        return
    note = sentences.state_at(page.period, page.info.as_of) if page.view.kpi else ""
    listing = Listing(files.PETITIONS, _list_title(page), _list_owner(page) if page.view.head else "")
    petition_views.show_list(page, selection, listing, note=note)


def _sees_list(page: Page) -> bool:
    """Return whether the reader sees the records of the unit or head in the address."""
    if not page.view.head or page.sees_records_of(""):
        return page.sees_records_of(page.root)
    spells = page.snapshot.ask(heads.tenures_of, page.view.head, page.day)
    return bool(spells) and page.sees_records_of(spells[0].unit_code)


def _dialogues_behind(page: Page, kpi: Kpi) -> unit_tables.DialogueSelection:
    """Return the dialogues behind a figure; for KPIs by field, those of the selected main field."""
    part = kpi.part(page.view.part)
    return unit_tables.DialogueSelection(
        page.period,
        page.unit_set,
        field_code=page.view.field if kpi.is_by_field else filters.ALL,
        only=part.only_column if part else "",
    )


def _list_title(page: Page) -> str:
    view = page.view
    owner = _list_owner(page)
    if view.kpi:
        return petition_texts.behind_figure(page.kpi(view.kpi), view.part, page.period, owner)
    if view.petition_class:
        return f"{labels.CLASSES[view.petition_class]}, {owner}, {sentences.data_until(page.info.as_of).lower()}"
    if view.bucket:
        return f"{labels.AGES[view.bucket]}, {owner}, {sentences.data_until(page.info.as_of).lower()}"
    return petition_texts.before_meeting(filters.parse_day(view.meeting), owner)


def _list_owner(page: Page) -> str:
    """Return whose list it is: the unit's, or that of the head that the URL names."""
    if not page.view.head:
        return page.owner()
    spells = page.snapshot.ask(heads.tenures_of, page.view.head, page.day)
    return f"{petition_texts.head_named(spells[0])}{page.in_field()}" if spells else sentences.NOBODY


def _show_unit(page: Page) -> None:
    filter_bar(page)
    st.html(html.crumbs(_ways(page, page.way(page.root)[:-1]), page.name(page.root)))
    title, switch = st.columns([2, 1], vertical_alignment="bottom")
    with title:
        elements.say(_headline(page), "message")
    with switch:
        breadth_switch(page)
    found = page.snapshot.ask(figures.figures, page.period, page.subject, page.view.field)
    if page.ended_before_period(page.root):
        _show_figures(page, found)
    elif blocks.figure_of(found, ON_TIME).coverage == 0:
        _show_unreported(page, found)
    else:
        _show_figures(page, found)
        _records(page, found)


def _show_figures(page: Page, found: Mapping[str, Figure]) -> None:
    """Draw all KPIs next to stock and holders, then the units below and the petitions; for a unit that had ended before
    the period, its remaining petitions and last heads."""
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        _all_kpis(page, found)
    with right:
        _stock(page)
        _holders(page)
    unit_tables.children(page)
    _petitions(page)


def _show_unreported(page: Page, found: Mapping[str, Figure]) -> None:
    """Draw what is known without any report of the period."""
    left, right = st.columns([1.55, 1], gap="large")
    with left:
        _all_kpis(
            page, {code: found[code] for code, kpi in page.kpis.items() if kpi.is_known_without_feeds and code in found}
        )
    with right:
        _holders(page)
    unit_tables.children(page)
    _petitions(page)
    elements.say(sentences.NO_RECORDS.format(period=page.period.label), "note")


def _records(page: Page, found: Mapping[str, Figure]) -> None:
    if not page.sees_records_of(page.root):
        return
    asked = unit_tables.DialogueSelection(page.period, page.unit_set, field_code=page.view.field)
    unit_tables.dialogues(page, asked, page.field_name)
    if page.field_name:
        elements.say(sentences.RECORDS_OF_ALL_FIELDS, "note")
    record_tables.unit_records(page, found)


def _headline(page: Page) -> str:
    found = page.snapshot.ask(figures.figures, page.period, page.subject, page.view.field)
    return headlines.headline(
        page.owner(),
        page.period,
        page.kpis[ON_TIME],
        on_time=blocks.figure_of(found, ON_TIME),
        overdue=blocks.figure_of(found, OVERDUE),
        previous_label=page.previous_label,
        info=page.info,
        due=None if page.subject.kind != "province" else page.snapshot.ask(catalogue.coverage, page.period),
    )


def _ways(page: Page, units: Sequence[Unit]) -> list[Link]:
    base = page.shared()
    return [Link(unit.name, filters.address(filters.UNITS, base.to(unit=page.as_filter(unit.code)))) for unit in units]


def _petition_crumbs(page: Page, code: str) -> None:
    """Draw the path from the province to the responsible unit of a petition, and the link back to its list."""
    record = page.snapshot.ask(petitions.petition, code)
    links = _ways(page, page.way(record["responsible_unit_code"] if record else page.root))
    back = page.view.to()
    if back != page.shared():
        links.append(Link(headings.PETITION_LIST, filters.address(filters.UNITS, back)))
    st.html(html.crumbs(links, code))


def _all_kpis(page: Page, found: Mapping[str, Figure]) -> None:
    elements.say(headings.ALL_KPIS, "heading")
    ranked = page.subject.kind in {"unit", "subtree"} and page.root != page.province and not page.hides_small_counts
    least = page.info.min_denominator
    shown = [(page.kpi(code), found[code]) for code in page.kpis if code in found]
    body = [blocks.kpi_row(kpi, figure, _evidence(page, kpi), least, ranked=ranked) for kpi, figure in shown]
    st.html(html.table(blocks.kpi_headers(ranked=ranked), body))
    downloads.offer(page, files.KPIS, lambda: sheets.kpis(shown))
    coverage = blocks.figure_of(found, FEEDS_ON_TIME).coverage
    if coverage is not None and coverage < 1:
        elements.say(sentences.FEEDS_EXPLAINED, "note")
    if page.hides_small_counts:
        elements.say(sentences.HIDDEN_NOTE, "note")
    elements.say(sentences.TABLE_NOTE.format(minimum=formats.number(least)), "note")


def _evidence(page: Page, kpi: Kpi) -> dict[Part, str]:
    """Return the addresses of the lists behind a figure, if they are visible."""
    sees = page.sees_records_of(page.root)
    return blocks.evidence(page.view, kpi, kpi.lists("petitions")) if sees else {}


def _stock(page: Page) -> None:
    found = page.snapshot.ask(figures.flows, page.run(8), page.subject, page.view.field)
    if not found or found[-1].period != page.period:
        return
    title = headlines.flow_title(found[-1])
    elements.say(title, "heading")
    elements.chart(trends.stock_and_flow(found), title)
    elements.say(headlines.flow_line(found[-1]), "note")
    downloads.offer(page, files.FLOW, lambda: sheets.flows(found), title=title, label=files.CHART)


def _holders(page: Page) -> None:
    last = page.last_day(page.root)
    found = page.snapshot.ask(heads.holders_of, page.root, last or page.period.cutoff.date())
    if found:
        elements.say(headings.LAST_HOLDERS if last else sentences.holders(page.period), "heading")
        unit_tables.holders(page, found)


def _petitions(page: Page) -> None:
    if not page.sees_records_of(page.root):
        return
    selection = Selection(page.unit_set.root, page.unit_set.is_alone, page.view.field)
    counts = page.snapshot.ask(petitions.class_counts, selection)
    view = page.view.to(unit=page.unit_set.root)
    elements.say(petition_texts.petitions_as_of(page.info.as_of), "heading")
    links = [
        Link(petition_texts.class_count(labels.CLASSES[code], counts[code]),
             filters.address(filters.UNITS, view.to(petition_class=code)))
        for code in labels.CLASSES if counts.get(code)
    ]  # fmt: skip
    st.html(html.quiet_links(links, "chips"))
