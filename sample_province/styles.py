"""The style of each sender's files: layout, formats of dates and numbers, words for yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from random import Random
from typing import TypeAlias

from ingest.contract.sheet_contract import Column, ValueType
from sample_province.letters import Letters, encoded
from sample_province.rows import Value

Cell: TypeAlias = str | int | date | datetime | None
"""A cell in a file: an Excel date, a number or a text."""


class DayForm(StrEnum):
    """How a date is written: as a real Excel date, or in one of the forms that people type."""

    EXCEL = "excel"
    SLASHES = "05/09/2024"
    SHORT_SLASHES = "5/9/2024"
    DOTS = "5.9.24"
    LONG = "ngày 05 tháng 9 năm 2024"


@dataclass(frozen=True)
class Style:
    """One sender's style.

    For each cell with a date, one of `days` is drawn at random. `counted` writes numbers as "08 ý kiến"; `hides` hides
    some rows (a filter was left on) and a sheet with lists; `left_out` are the fields of the contract for which the
    sender's form has no column.
    """

    letters: Letters = Letters.COMPOSED
    days: tuple[DayForm, ...] = (DayForm.SLASHES,)
    times: bool = False
    yes: str = "Có"
    no: str | None = "Không"
    dash_for_zero: bool = False
    counted: bool = False
    header_rows: int = 2
    plain_numbers: bool = False
    number_header: str = "STT"
    font: str = "Times New Roman"
    left_out: tuple[str, ...] = ()
    hides: bool = False
    csv: bool = False


STYLES: Mapping[str, Style] = {
    "35": Style(days=(DayForm.EXCEL,)),
    "347": Style(yes="x", no=None, hides=True),
    "349": Style(days=(DayForm.EXCEL,), times=True),
    "350": Style(csv=True, dash_for_zero=True),
    "351": Style(
        letters=Letters.OLD_TONES,
        days=(DayForm.DOTS, DayForm.LONG, DayForm.SLASHES, DayForm.EXCEL),
        no="-",
        dash_for_zero=True,
        counted=True,
        header_rows=3,
        number_header="TT",
    ),
    "352": Style(
        letters=Letters.DECOMPOSED, days=(DayForm.SHORT_SLASHES, DayForm.EXCEL), left_out=("delegation_no", "note")
    ),
    "353": Style(
        letters=Letters.TCVN3,
        days=(DayForm.SLASHES, DayForm.LONG),
        dash_for_zero=True,
        plain_numbers=True,
        number_header="TT",
        font=".VnTime",
    ),
}
"""The styles by sender."""

_COUNTED = {
    "participants": "người",
    "opinions_raised": "ý kiến",
    "answered_at_once": "ý kiến",
    "planned_dialogues": "cuộc",
    "declared_dialogues": "cuộc",
    "declared_petitions": "kiến nghị",
}


def written_cell(rng: Random, style: Style, column: Column, value: Value, field_names: Mapping[str, str]) -> Cell:
    """The cell that this sender writes for a value in the column."""
    if isinstance(value, bool):
        cell: Cell = style.yes if value else style.no or ("Không" if column.required else None)
    elif isinstance(value, int):
        cell = _count(style, column.field, value)
    elif isinstance(value, date):
        cell = _day(rng, style, column, value)
    else:
        cell = _label(column, value, field_names)
    return encoded(cell, style.letters) if isinstance(cell, str) else cell


def _count(style: Style, field: str, value: int) -> Cell:
    if value == 0 and style.dash_for_zero:
        return "-"
    return f"{value:02d} {_COUNTED[field]}" if style.counted and field in _COUNTED else value


def _day(rng: Random, style: Style, column: Column, value: date) -> Cell:
    form = rng.choice(style.days)
    if isinstance(value, datetime) and not (style.times and column.type is ValueType.INSTANT):
        value = value.date()
    return value if form is DayForm.EXCEL else day_text(value, form)


def day_text(day: date, form: DayForm) -> str:
    """The date as text, in one of the typed forms."""
    match form:
        case DayForm.SHORT_SLASHES:
            return f"{day.day}/{day.month}/{day.year}"
        case DayForm.DOTS:
            return f"{day.day}.{day.month}.{day.year % 100:02d}"
        case DayForm.LONG:
            return f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
        case _:
            return f"{day:%d/%m/%Y}"


def _label(column: Column, value: str | None, field_names: Mapping[str, str]) -> str | None:
    """The Vietnamese label of a choice or field; other text is unchanged."""
    labels = {choice.code: choice.label for choice in column.choices}
    if column.type is ValueType.FIELD:
        labels = dict(field_names)
    return labels.get(value, value) if value is not None else None
