"""Tables of units, heads and dialogues that several pages show."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import filters
from dashboard.kpi_codes import ON_TIME, OVERDUE
from dashboard.model import Figure, Period, Tenure, Unit, UnitFigure, UnitSet
from dashboard.page import downloads, elements
from dashboard.page.page import Page
from dashboard.queries import figures, heads
from dashboard.render import blocks, html
from dashboard.render.charts import comparisons
from dashboard.render.html import Cell
from dashboard.sheets import figures as sheets
from dashboard.sheets import heads as head_sheets
from dashboard.sheets import petitions as record_sheets
from dashboard.text import downloads as files
from dashboard.text import formats, headings, labels, missing_feeds, sentences
from dashboard.text import petitions as petition_texts

Found = dict[tuple[str, str], Figure]


def children(page: Page) -> None:
    """Draw the units directly below the one in view: a chart of their timeliness by rank, and a table.

    The chart is omitted if no unit has a rate.
    """
    below, gone = [unit for unit in page.units if unit.parent_code == page.root], _ended_below(page)
    codes = tuple(unit.code for unit in (*below, *gone))
    shown = _compared(page)
    found = page.snapshot.ask(
        figures.figures_of, page.period, "subtree", ids=codes, kpi_codes=shown, field_code=page.view.field
    )
    gone = [unit for unit in gone if any(_counts_anything(found.get((unit.code, code))) for code in shown)]
    if not below and not gone:
        return
    listed = [*_ordered(below, found), *_ordered(gone, found)]
    shown = tuple(code for code in shown if any(_is_listed(page, found.get((unit.code, code))) for unit in listed))
    items = [UnitFigure(unit, found[unit.code, ON_TIME]) for unit in below if (unit.code, ON_TIME) in found]
    title = petition_texts.children_title(page.name(page.root), len(below), len(gone))
    table = html.table(_headers(page, shown), [_row(page, unit, found, shown) for unit in listed])
    if not any(_is_known(page, item.figure) for item in items):
        elements.say(title, "heading")
        st.html(table)
        _offer(page, listed, found, shown, title)
        return
    by_rank = not page.hides_small_counts
    elements.say(petition_texts.children_in_order(page.kpis[ON_TIME], title, by_rank=by_rank), "heading")
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        _ranked(page, items)
    with right:
        st.html(table)
        _offer(page, listed, found, shown, title)
        elements.say(_note(page, items), "note")


def _compared(page: Page) -> tuple[str, ...]:
    """Return the KPIs of unit comparisons, in their order."""
    placed = [(kpi.comparison_order, code) for code, kpi in page.kpis.items() if kpi.comparison_order is not None]
    return tuple(code for _, code in sorted(placed))


def _offer(page: Page, listed: Sequence[Unit], found: Found, shown: Sequence[str], title: str) -> None:
    names, kpis = {unit.code: page.name(unit.code) for unit in listed}, [page.kpi(code) for code in shown]
    downloads.offer(page, files.UNITS_BELOW, lambda: sheets.units(names, found, kpis, ON_TIME), title=title)


def _ended_below(page: Page) -> list[Unit]:
    """Return the ended units whose last parent is the unit in view, or a province that it replaced."""
    above = {page.root}
    if not page.view.unit:
        above |= {code for code, known in page.known_units.items() if known.unit.level == "province"}
    ended = [known.unit for code, known in page.known_units.items() if page.has_ended(code)]
    return [unit for unit in ended if unit.parent_code in above]


def _counts_anything(figure: Figure | None) -> bool:
    return figure is not None and bool(figure.is_hidden or figure.numerator or figure.denominator)


def _ranked(page: Page, items: Sequence[UnitFigure]) -> None:
    kpi, least = page.kpis[ON_TIME], page.info.min_denominator
    ranked = comparisons.by_rank(items)
    elements.chart(comparisons.rates_with_intervals(ranked, kpi, least, 24), kpi.name)
    downloads.offer(
        page, files.RANKS_BELOW, lambda: sheets.rates(headings.UNIT, kpi, ranked), title=kpi.name, label=files.CHART
    )
    if kpi.better == "higher" and not page.hides_small_counts:
        elements.say(sentences.RANK_NOTE, "note")


def _note(page: Page, items: Sequence[UnitFigure]) -> str:
    """Return why figures are greyed or hidden, and why units with enough petitions have no rank: too few feeds of
    their level."""
    minimum = page.info.min_denominator
    greyed = sentences.GREYED.format(minimum=formats.number(minimum))
    if page.hides_small_counts:
        return f"{greyed} {sentences.HIDDEN_NOTE}"
    is_withheld = any(item.figure.rank is None and (item.figure.denominator or 0) >= minimum for item in items)
    return f"{greyed} {missing_feeds.ranks_withheld(page.info.min_coverage)}" if is_withheld else greyed


def _is_known(page: Page, figure: Figure | None) -> bool:
    """Return whether the figure has a value that is based on a report or on earlier stock."""
    if figure is None or figure.value is None:
        return False
    return figure.coverage != 0 or page.kpis[figure.kpi_code].is_known_without_feeds


def _is_listed(page: Page, figure: Figure | None) -> bool:
    """Return whether a table shows the figure: it is known, or hidden."""
    return _is_known(page, figure) or (figure is not None and figure.is_hidden)


def _ordered(units: Sequence[Unit], found: Found) -> list[Unit]:
    """Return units by rank; unranked ones last, most overdue petitions first."""

    def place(unit: Unit) -> tuple[bool, float, float]:
        main, overdue = found.get((unit.code, ON_TIME)), found.get((unit.code, OVERDUE))
        rank = None if main is None else main.rank
        return (rank is None, rank or 0, -((overdue.numerator if overdue else None) or 0))

    return sorted(units, key=place)


def _headers(page: Page, shown: Sequence[str]) -> list[Cell]:
    rank = [] if page.hides_small_counts else [Cell(headings.RANK)]
    return [
        Cell(headings.UNIT, is_left=True),
        *rank,
        *(Cell(page.kpi(code).short_name) for code in shown),
    ]


def _row(page: Page, unit: Unit, found: Found, shown: Sequence[str]) -> list[Cell]:
    least = page.info.min_denominator
    cells = [blocks.rate_cell(page.kpis[code], found.get((unit.code, code)), least) for code in shown]
    address = filters.address(filters.UNITS, page.shared().to(unit=unit.code))
    name = Cell(page.name(unit.code), is_left=True, is_wide=page.has_ended(unit.code), link=address)
    rank = [] if page.hides_small_counts else [blocks.rank_cell(found.get((unit.code, ON_TIME)))]
    return [name, *rank, *cells]


def holders(page: Page, found: Sequence[Tenure]) -> None:
    """Draw the holders of the posts of a unit; a click opens the head's page."""
    shown = pd.DataFrame(
        {
            "full_name": [item.full_name for item in found],
            "post": [item.post or labels.POSTS[item.body] for item in found],
            "body": [labels.BODIES[item.body] for item in found],
            "since": [formats.day_span(item.from_on, item.to_on) for item in found],
        }
    )
    row = elements.local_frame(shown, headings.HOLDING, "nguoi-giu-chuc", opens=True)
    downloads.offer(page, files.HOLDERS, lambda: head_sheets.holders(found))
    if row is not None:
        elements.go_to_head(page, found[row].head_id)


@dataclass(frozen=True)
class DialogueSelection:
    """The dialogues of units in a period; optionally only those of a head, of a main field, or where `only` is true."""

    period: Period
    units: UnitSet
    head_id: str = ""
    field_code: str = filters.ALL
    only: str = ""

    def shown(self, page: Page) -> pd.DataFrame:
        """Return the selected dialogues that the page shows: the newest ones."""
        return page.snapshot.ask(
            heads.dialogues,
            self.period,
            self.units,
            head_id=self.head_id,
            field_code=self.field_code,
            only=self.only,
        )

    def whole(self, page: Page) -> pd.DataFrame:
        """Return all selected dialogues."""
        return page.snapshot.take(
            heads.dialogues,
            self.period,
            self.units,
            head_id=self.head_id,
            field_code=self.field_code,
            only=self.only,
            limit=None,
        )


def dialogues(page: Page, selection: DialogueSelection, field: str = "", whose: str = "") -> None:
    """Draw dialogues with their chairs and source rows; a click opens the source cells.

    `field` is the name of their main field, `whose` that of the head.
    """
    found = selection.shown(page)
    total = 0 if found.empty else int(found["total"].iloc[0])
    title = petition_texts.dialogues_title(total, len(found), page.period, field)
    elements.say(title, "heading")
    if found.empty:
        return
    elements.say(sentences.PROVENANCE_BY_CLICK, "note")
    columns = {**headings.DIALOGUES, **elements.text_columns(headings.DIALOGUES, {"unit_name": 165}, {})}
    row = elements.local_frame(_dialogues(found), columns, "hoi-nghi", opens=True)
    downloads.offer(
        page,
        files.DIALOGUES,
        lambda: record_sheets.dialogues(selection.whole(page)),
        title=petition_texts.dialogues_title(total, total, page.period, field),
        whose=whose,
        label=files.whole_list(total),
    )
    if row is not None:
        elements.go_to_provenance(page, str(found["dialogue_id"].iloc[row]))


def _dialogues(found: pd.DataFrame) -> pd.DataFrame:
    answers = zip(found["answered_at_once"], found["opinions_raised"], strict=True)
    places = zip(found["file_name"], found["sheet"], found["row_number"], strict=True)
    return pd.DataFrame(
        {
            "held": [formats.day(value) for value in found["held_on"]],
            "unit_name": found["unit_name"],
            "form": found["form"].map(labels.FORMS),
            "chair_name": found["chair_name"],
            "chaired": [_yes_no(value) for value in found["chaired_by_head"]],
            "answered": [_pair(part, whole) for part, whole in answers],
            "conclusion": [formats.day(elements.day_or_none(value)) for value in found["conclusion_on"]],
            "limit": [formats.day(elements.day_or_none(value)) for value in found["conclusion_due_on"]],
            "supervised": [formats.day(elements.day_or_none(value)) for value in found["supervised_on"]],
            "source": [petition_texts.place_in_file(*place) for place in places],
        }
    )


def _yes_no(value: object) -> str:
    return formats.NOTHING if pd.isna(value) else labels.YES_NO[bool(value)]  # type: ignore[call-overload]


def _pair(part: float | None, whole: float | None) -> str:
    return formats.NOTHING if pd.isna(part) or pd.isna(whole) else formats.share(part, whole)
