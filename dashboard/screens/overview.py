"""Tổng quan: the message, the six figures that matter, the trend, the levels, where attention is needed."""

import streamlit as st

from dashboard import attention, blocks, layout, markup
from dashboard.charts import comparisons, trends
from dashboard.filter_bar import filter_bar
from dashboard.layout import Page
from dashboard.model import Figure
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petition_sets import parts_of
from dashboard.queries.petitions import Selection
from dashboard.text import headings, labels, sentences

SIX = (
    "on_time_rate",
    "overdue_open",
    "resolution_rate",
    "median_days_to_settle",
    "dialogues_held",
    "head_chaired_rate",
)
MAIN, OVERDUE = "on_time_rate", "overdue_open"


def show(page: Page) -> None:
    """Draw the page."""
    filter_bar(page)
    found = page.snapshot.ask(figures.figures, page.period, page.subject, page.view.field)
    layout.say(_headline(page, found), "message")
    st.html(markup.cards([_card(page, found, code) for code in SIX if code in page.kpis]))
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        _trend(page)
        _levels(page)
    with right:
        _attention(page)


def _headline(page: Page, found: dict[str, Figure]) -> str:
    main, overdue = blocks.figure_of(found, MAIN), blocks.figure_of(found, OVERDUE)
    return sentences.headline(
        page.place(), page.period, page.kpis[MAIN], on_time=main, overdue=overdue, previous_label=page.previous_label
    )


def _card(page: Page, found: dict[str, Figure], code: str) -> markup.Card:
    kpi, figure = page.kpis[code], blocks.figure_of(found, code)
    links = blocks.evidence_links(page.view, kpi, parts_of(code), figure)
    return blocks.card(kpi, figure, page.previous_label, links)


def _trend(page: Page) -> None:
    kpi = page.kpis[MAIN]
    points = page.snapshot.ask(figures.trend, page.run(12), page.subject, kpi_code=MAIN, field_code=page.view.field)
    title = sentences.trend_title(kpi, [point.figure.value for point in points])
    layout.say(title, "heading")
    layout.chart(trends.trend(points, kpi), title)
    layout.say(sentences.BAND_NOTE, "note")


def _levels(page: Page) -> None:
    kpi, codes = page.kpis[MAIN], tuple(labels.LEVELS)
    found = page.snapshot.ask(
        figures.figures_of, page.period, "level", ids=codes, kpi_codes=(MAIN,), field_code=page.view.field
    )
    items = [
        (labels.LEVELS[code], blocks.figure_of({MAIN: found[code, MAIN]}, MAIN))
        for code in codes
        if (code, MAIN) in found
    ]
    title = sentences.levels_title(kpi, [name for name, _ in items], [figure.value for _, figure in items])
    layout.say(title, "heading")
    layout.chart(comparisons.rates_with_intervals(items, kpi, page.info.min_denominator), title)


def _attention(page: Page) -> None:
    view, codes, ask = page.view, page.codes, page.snapshot.ask
    units = [unit for unit in page.units if unit.code in set(codes)]
    own = ask(
        figures.figures_of, page.period, "unit", ids=codes, kpi_codes=(OVERDUE, "overdue_rate"), field_code=view.field
    )
    whole = ask(figures.figures_of, page.period, "subtree", ids=codes, kpi_codes=(MAIN,), field_code=view.field)
    chosen = Selection(unit=view.unit, field=view.field, period=page.period, kpi=OVERDUE, part="tu")
    ages = ask(petitions.count_by_unit, chosen)
    vacant = ask(heads.vacant_posts, codes, page.period.cutoff.date())
    coverage = ask(catalogue.coverage, page.period)
    found = [
        *attention.overdue_units(view, units, own, ages),
        *attention.latest_units(view, units, whole, page.kpis[MAIN]),
        *attention.gaps(view, vacant, coverage, page.period),
    ]
    layout.say(headings.ATTENTION, "heading")
    if found:
        st.html(markup.attention(found))
    else:
        layout.say(sentences.NO_ATTENTION, "note")
