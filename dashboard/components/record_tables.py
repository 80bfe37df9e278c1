"""Tables of plans, trainings, decisions and practices of a unit, and of decisions about a head."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from dashboard.kpi_codes import SUPERVISED
from dashboard.model import Figure, Tenure
from dashboard.page import downloads, elements
from dashboard.page.page import Page
from dashboard.queries import records
from dashboard.sheets import petitions as sheets
from dashboard.text import downloads as files
from dashboard.text import formats, headings, labels
from dashboard.text import petitions as petition_texts
from dashboard.text import records as record_texts

_TEXT = {"topic": 420, "reason": 300, "title": 230, "summary": 500, "unit_name": 140, "full_name": 130, "form": 135}
_NARROW = {"day": 90, "decision_no": 120, "kind": 100, "programme_no": 130, "source": 300}
_FIGURES = {"participants": 90, "planned": 90, "held": 105}


def unit_records(page: Page, found: Mapping[str, Figure]) -> None:
    """Draw the plan of the year, supervision and nil returns, then trainings, decisions and practices of the period."""
    _plans(page)
    _reported(page, found)
    listed = {
        "trainings": page.snapshot.ask(records.trainings, page.period, page.unit_set),
        "decisions": page.snapshot.ask(records.decisions, page.period, page.unit_set),
        "practices": page.snapshot.ask(records.practices, page.period, page.unit_set),
    }
    titles = {"trainings": _trainings_title, "decisions": _decisions_title, "practices": _practices_title}
    for name, rows in listed.items():
        if not rows.empty:
            title = titles[name](rows, page)
            elements.say(title, "heading")
            _table(rows, headings.RECORDS[name], name)
            downloads.offer(
                page, files.RECORDS[name], partial(sheets.listed, rows, headings.RECORDS[name]), title=title
            )
    if without := [name for name, rows in listed.items() if rows.empty]:
        elements.say(record_texts.nothing(without, page.period), "note")


def head_decisions(page: Page, head: Tenure) -> None:
    """Draw the decisions about one person, or nothing for a vacant post."""
    if head.leader_code == "vacant":
        return
    found = page.snapshot.ask(records.decisions_about, head.leader_code, page.period.cutoff.date())
    if found.empty:
        if page.sees_records_of(""):
            elements.say(record_texts.NO_DECISIONS, "note")
        return
    title = record_texts.decisions_title(found["kind"])
    elements.say(title, "heading")
    _table(found, headings.HEAD_DECISIONS, "quyet-dinh")
    make = partial(sheets.listed, found, headings.HEAD_DECISIONS)
    downloads.offer(page, files.HEAD_DECISIONS, make, title=title, whose=head.full_name)


def _plans(page: Page) -> None:
    found = page.snapshot.ask(records.plans, page.period, page.unit_set)
    year = page.period.end.year
    if found.empty:
        elements.say(record_texts.NO_PLAN.format(year=year), "note")
        return
    planned, held = int(found["planned"].sum()), int(found["held"].sum())
    title = record_texts.plan_title(year, planned, held, len(found))
    elements.say(title, "heading")
    if len(found) > 1:
        _table(found, headings.PLANS, "ke-hoach", height=250)
        downloads.offer(page, files.PLANS, partial(sheets.listed, found, headings.PLANS), title=title)
    elif number := found["programme_no"].iloc[0]:
        elements.say(record_texts.programme(str(number)), "note")


def _reported(page: Page, found: Mapping[str, Figure]) -> None:
    figure = found.get(SUPERVISED)
    if figure is not None and figure.denominator:
        elements.say(record_texts.supervised(figure, page.period), "note")
    nil = page.snapshot.ask(records.nil_returns, page.period, page.unit_set, page.district_above)
    if not nil.empty:
        elements.say(record_texts.nil_returns(zip(nil["unit_name"], nil["label"], strict=True)), "note")


def _trainings_title(rows: pd.DataFrame, page: Page) -> str:
    return record_texts.trainings_title(len(rows), int(rows["participants"].fillna(0).sum()), page.period)


def _decisions_title(rows: pd.DataFrame, page: Page) -> str:
    return record_texts.decisions_title(rows["kind"], page.period)


def _practices_title(rows: pd.DataFrame, page: Page) -> str:
    return record_texts.practices_title(len(rows), page.period)


def _table(rows: pd.DataFrame, names: headings.Names, key: str, height: int = 400) -> None:
    widths = {name: width for name, width in (_TEXT | _NARROW).items() if name in names}
    figures = {name: width for name, width in _FIGURES.items() if name in names}
    shown = pd.DataFrame({name: _shown(rows, name) for name in names})
    elements.local_frame(shown, elements.text_columns(names, widths, figures), key, height=height)


def _shown(rows: pd.DataFrame, name: str) -> list[str]:
    """Return a column as displayed."""
    if name == "source":
        places = zip(rows["file_name"], rows["sheet"], rows["row_number"], strict=True)
        return [petition_texts.place_in_file(*place) for place in places]
    if name == "day":
        return [formats.day(value) for value in rows["day"]]
    if name in _FIGURES:
        return [formats.number(elements.or_none(value)) for value in rows[name]]
    words = [formats.NOTHING if pd.isna(value) else str(value) for value in rows[name]]
    return [labels.DECISIONS.get(word, word) for word in words] if name == "kind" else words
