"""Tổng quan: the headline, the main figures, the trend, the levels, and what needs attention."""

import streamlit as st

from dashboard.kpi_codes import ON_TIME, OPEN_AND_OVERDUE, OVERDUE
from dashboard.model import Coverage, Figure, Kpi, Part, UnitSet
from dashboard.page import downloads, elements
from dashboard.page.filter_bar import filter_bar
from dashboard.page.page import Page
from dashboard.queries import catalogue, figures, heads, petitions
from dashboard.queries.petitions import Selection
from dashboard.render import attention, blocks, html
from dashboard.render.charts import comparisons, trends
from dashboard.render.html import Link, Sentence
from dashboard.sheets import figures as sheets
from dashboard.text import downloads as files
from dashboard.text import headings, headlines, labels, sentences


def show(page: Page) -> None:
    """Draw the page."""
    filter_bar(page)
    found = page.snapshot.ask(figures.figures, page.period, page.subject, page.view.field)
    coverage = page.snapshot.ask(catalogue.coverage, page.period, UnitSet(page.view.unit), page.district_above)
    elements.say(_headline(page, found, coverage), "message")
    is_blank = page.ended_before_period(page.root) or blocks.figure_of(found, ON_TIME).coverage == 0
    shown = (OVERDUE,) if is_blank else _singled_out(page)
    st.html(html.cards([_card(page, found, code) for code in shown]))
    if page.hides_small_counts:
        elements.say(sentences.HIDDEN_NOTE, "note")
        _trend(page)
        return
    if is_blank:
        _attention(page, coverage)
        _trend(page)
        return
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        _trend(page)
        _levels(page)
    with right:
        _attention(page, coverage)


def _singled_out(page: Page) -> list[str]:
    """Return the codes of the main figures in the order of their cards."""
    placed = [(kpi.overview_order, code) for code, kpi in page.kpis.items() if kpi.overview_order is not None]
    return [code for _, code in sorted(placed)]


def _headline(page: Page, found: dict[str, Figure], coverage: Coverage) -> str:
    return headlines.headline(
        page.place(),
        page.period,
        page.kpis[ON_TIME],
        on_time=blocks.figure_of(found, ON_TIME),
        overdue=blocks.figure_of(found, OVERDUE),
        previous_label=page.previous_label,
        info=page.info,
        due=None if page.view.unit else coverage,
    )


def _card(page: Page, found: dict[str, Figure], code: str) -> html.Card:
    kpi, figure = page.kpi(code), blocks.figure_of(found, code)
    return blocks.card(kpi, figure, page.previous_label, _evidence(page, kpi, figure), page.info)


def _evidence(page: Page, kpi: Kpi, figure: Figure) -> tuple[Link, ...]:
    """Return the links to the lists behind a figure that are not empty, with their counts, if they are visible."""
    if not page.sees_records_of(page.root):
        return ()
    sides = {Part.NUMERATOR: figure.numerator, Part.DENOMINATOR: figure.denominator}
    ways = blocks.evidence(page.view, kpi, kpi.lists(kpi.record_kind))
    return tuple(Link(sentences.counted(part, figure), ways[part.part]) for part in kpi.parts if sides[part.part])


def _trend(page: Page) -> None:
    """Draw the trend of the main figure, if it has values."""
    kpi = page.kpis[ON_TIME]
    points = page.snapshot.ask(figures.trend, page.run(12), page.subject, kpi_code=ON_TIME, field_code=page.view.field)
    shown = trends.from_first_to_last(points)
    if not shown:
        return
    run = [point.period for point in shown]
    names = page.names(run)
    title = headlines.trend_title(kpi, shown, page.period, page.info)
    elements.say(title, "heading")
    elements.chart(trends.trend(shown, kpi, page.info, headlines.renamed(run, names)), title)
    elements.say(" ".join(filter(None, (sentences.band_note(kpi), headlines.seam_note(run, names)))), "note")
    downloads.offer(page, files.TREND, lambda: sheets.trend(shown, kpi), title=title, label=files.CHART)


def _levels(page: Page) -> None:
    kpi, codes = page.kpis[ON_TIME], tuple(labels.LEVELS)
    found = page.snapshot.ask(
        figures.figures_of, page.period, "level", ids=codes, kpi_codes=(ON_TIME,), field_code=page.view.field
    )
    items = [
        (labels.LEVELS[code], blocks.figure_of({ON_TIME: found[code, ON_TIME]}, ON_TIME))
        for code in codes
        if (code, ON_TIME) in found
    ]
    if all(figure.value is None for _, figure in items):
        return
    least = page.info.min_denominator
    enough = {name: figure.value for name, figure in items if headlines.is_comparable(figure, page.info)}
    left_out = any(figure.value is not None and name not in enough for name, figure in items)
    title = headlines.levels_title(kpi, enough, left_out=left_out)
    title = headlines.of_whole_province(title) if page.view.unit else title
    elements.say(title, "heading")
    elements.chart(comparisons.rates_with_intervals(items, kpi, least), title)
    downloads.offer(
        page,
        files.LEVELS,
        lambda: sheets.rates(headings.LEVEL, kpi, items),
        title=title,
        whose=page.name(page.province),
        label=files.CHART,
    )


def _attention(page: Page, coverage: Coverage) -> None:
    view, ask = page.view, page.snapshot.ask
    sees_feeds = page.sees_records_of(page.root)
    missing = attention.missing_senders(view, coverage, page.period) if sees_feeds else []
    vacant = ask(heads.vacant_posts, UnitSet(view.unit), page.period.cutoff.date())
    found = [
        *(missing if coverage.is_blank else []),
        *_overdue(page),
        *_latest(page),
        *attention.vacancies(view, vacant, page.period),
        *([] if coverage.is_blank else missing),
    ]
    elements.say(headlines.attention_title(page.period), "heading")
    if found:
        st.html(html.attention(found))
    else:
        elements.say(sentences.NO_ATTENTION, "note")


def _overdue(page: Page) -> list[Sentence]:
    """Return the units with the most overdue petitions, including units that have ended."""
    view, ask = page.view, page.snapshot.ask
    chosen = Selection(unit=view.unit, field=view.field, period=page.period, kpi=OVERDUE, part=Part.NUMERATOR)
    ages = ask(petitions.count_by_unit, chosen)
    codes = tuple(dict.fromkeys((*page.codes, *(age.unit_code for age in ages))))
    own = ask(
        figures.figures_of, page.period, "unit", ids=codes, kpi_codes=(OVERDUE, OPEN_AND_OVERDUE), field_code=view.field
    )
    units = [known for known in map(page.known, codes) if known is not None]
    return attention.overdue_units(view, units, own, ages, sees=page.sees_records_of)


def _latest(page: Page) -> list[Sentence]:
    units = [unit for unit in page.units if unit.code in set(page.codes)]
    whole = page.snapshot.ask(
        figures.figures_of, page.period, "subtree", ids=page.codes, kpi_codes=(ON_TIME,), field_code=page.view.field
    )
    levels = page.snapshot.ask(figures.ranked_levels, page.period, kpi_code=ON_TIME, field_code=page.view.field)
    return attention.latest_units(page.view, units, whole, page.kpis[ON_TIME], levels, sees=page.sees_records_of)
