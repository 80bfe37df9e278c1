"""Convert figures and cells of DataFrames to values of a workbook; missing values become None."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

import pandas as pd

from dashboard.model import Figure, Kpi, Period
from dashboard.render.workbook import Measure, Value
from dashboard.text import formats, rounding


def number(value: object, digits: int = 1) -> Value:
    """Return whole numbers as int, others with `digits` decimals."""
    if is_missing(value):
        return None
    exact = float(cast("float", value))
    return int(exact) if exact.is_integer() else Measure(exact, digits)


def share(fraction: object, digits: int = 1) -> Value:
    """Return a fraction, to be shown in per cent."""
    return None if is_missing(fraction) else Measure(float(cast("float", fraction)), digits, is_share=True)


def measured(kpi: Kpi, value: float | None) -> Value:
    """Return the value of a KPI with the decimals of the page."""
    if value is None:
        return None
    digits = rounding.digits(kpi, value)
    return share(value, digits) if kpi.is_rate else number(value, max(digits, 1))


def shown(kpi: Kpi, figure: Figure) -> Value:
    """Return the value of a figure, or the sign that it is hidden."""
    return formats.HIDDEN if figure.is_hidden else measured(kpi, figure.value)


def bounds(kpi: Kpi, figure: Figure) -> tuple[Value, Value]:
    """Return the interval of a rate; counts have none."""
    return (share(figure.lower), share(figure.upper)) if kpi.is_rate else (None, None)


def pair(kpi: Kpi, figure: Figure) -> tuple[Value, Value]:
    """Return numerator and denominator of a rate."""
    has_any = kpi.is_rate and figure.denominator
    return (number(figure.numerator or 0), number(figure.denominator)) if has_any else (None, None)


def day(value: object) -> Value:
    """Return a date; for a timestamp, its date."""
    if is_missing(value):
        return None
    return value.date() if isinstance(value, datetime) else cast("date", value)


def full_days(value: object) -> Value:
    """Return the number of full days, without the part of a day."""
    return None if is_missing(value) else int(cast("float", value))


def text(value: object) -> Value:
    return None if is_missing(value) else str(value)


def yes_no(value: object) -> Value:
    return None if is_missing(value) else bool(value)


def spell(start: object, end: object) -> tuple[Value, Value]:
    """Return first and last day of a tenure; `end` is the first day after it."""
    until = day(end)
    return day(start), until - timedelta(days=1) if isinstance(until, date) else None


def ends(period: Period) -> tuple[Value, ...]:
    """Return a period with its first and last day."""
    return period.label, period.start, period.end


def records(found: pd.DataFrame) -> Iterable[Any]:
    """Return the rows of a DataFrame as named tuples."""
    return found.itertuples(index=False)


def is_missing(value: object) -> bool:
    return bool(pd.isna(value))  # type: ignore[call-overload]
