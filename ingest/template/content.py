"""The content of one template besides the contracts: the sender, its units, and the carried-over rows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ingest.lookups.periods import Period
from ingest.lookups.units import LABEL_DASH
from ingest.model.received import SheetKind

Value = str | int | bool | date | datetime | None
Row = Mapping[str, Value]

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class ListedUnit:
    """A unit in force in the period; `is_own` is whether it is the sender or below it."""

    code: str
    title: str
    is_own: bool

    @property
    def label(self) -> str:
        """`13318 – Phường Châu Sơn`, as drop-down lists offer it and the reader accepts it."""
        return f"{self.code}{LABEL_DASH}{self.title}"


@dataclass(frozen=True)
class Question:
    """A cell in a carried-over row (counted from 0) that needs an answer, and the question."""

    row: int
    field: str
    text: str


@dataclass(frozen=True)
class TemplateContent:
    """The content of the template for `sender` and `period`.

    `units` are all units in force in the period, the sender's first; `fields` are field names by code, in order; `rows`
    are the carried-over rows by sheet, `questions` the cells among them that need an answer, and `carried_from` is the
    period of the feed that they come from.
    """

    sender: ListedUnit
    period: Period
    units: tuple[ListedUnit, ...]
    fields: Mapping[str, str]
    rows: Mapping[SheetKind, tuple[Row, ...]] = field(default_factory=dict)
    questions: Mapping[SheetKind, tuple[Question, ...]] = field(default_factory=dict)
    carried_from: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The label of each unit in lists, by code."""
        return {unit.code: unit.label for unit in self.units}


def period_title(period: Period) -> str:
    """The period in words: `Quý III năm 2024`."""
    year = period.start.year
    match period.type:
        case "quarter":
            return f"Quý {_ROMAN[period.start.month // 3]} năm {year}"
        case "half":
            return f"6 tháng {'đầu' if period.start.month == 1 else 'cuối'} năm {year}"
        case "nine_months":
            return f"9 tháng đầu năm {year}"
        case _:
            return f"Năm {year}"
