"""Rounded values of KPIs, and comparisons of rounded values. Pure.

Comparisons use displayed figures: a step is the difference of the two displayed values, so that «không đổi» appears
exactly next to equal figures. A target is met or missed by the exact value, and the value is shown with enough digits
to make that visible.
"""

from decimal import Decimal

from dashboard.model import Kpi
from dashboard.text import formats as f

TOLERANCE = 1e-9
"""Tolerance for a fraction against its target: above the error of floats, and below the distance of any two fractions
with denominators under a million."""
MOST_DIGITS = 9
UNCHANGED = "không đổi"


def met(kpi: Kpi, value: float | None) -> bool | None:
    """Return whether the target is met; None if there is no target, no better direction or no value."""
    if kpi.target is None or value is None or not kpi.better:
        return None
    return value >= kpi.target - TOLERANCE if kpi.better == "higher" else value <= kpi.target + TOLERANCE


def rounded(kpi: Kpi, value: float | None) -> Decimal | None:
    """Return `value` as displayed, rates in per cent; equal decimals compare equal."""
    if value is None:
        return None
    return _at(kpi, value, digits(kpi, value))


def measure(kpi: Kpi, value: float | None) -> str:
    """'86,0 %', '12,5', '3'; '89,96 %' where '90,0 %' would hide that a target of 90 % is missed; '–' without a
    value."""
    if value is None:
        return f.NOTHING
    shown = digits(kpi, value)
    return f"{f.number(value * 100, shown)}{f.SPACE}%" if kpi.is_rate else f.number(value, shown)


def with_unit(kpi: Kpi, value: float | None) -> str:
    """As `measure`, followed by the unit."""
    shown = measure(kpi, value)
    return shown if kpi.is_rate or value is None else f"{shown}{f.SPACE}{kpi.unit}"


def step(kpi: Kpi, value: float | None, previous: float | None) -> Decimal | None:
    """Return the difference of the displayed values, for rates in percentage points; None if one is missing."""
    now, before = rounded(kpi, value), rounded(kpi, previous)
    return None if now is None or before is None else now - before


def change(kpi: Kpi, value: float | None, previous: float | None) -> str:
    """'+2,1 điểm' for rates, '+3' for counts, 'không đổi'; '–' if one value is missing."""
    moved = step(kpi, value, previous)
    if moved is None:
        return f.NOTHING
    if not moved:
        return UNCHANGED
    size = abs(moved).normalize()
    shown = f.number(float(size), max(0, -int(size.as_tuple().exponent)))
    return f"{'+' if moved > 0 else '−'}{shown}{' điểm' if kpi.is_rate else ''}"


def digits(kpi: Kpi, value: float) -> int:
    """Return the fewest decimals, from the default of the unit, with which the displayed value is on the same side of
    the target."""
    usual = 1 if kpi.is_rate or not float(value).is_integer() else 0
    if kpi.target is None:
        return usual
    factor, verdict = 100 if kpi.is_rate else 1, met(kpi, value)
    return next(
        (each for each in range(usual, MOST_DIGITS) if met(kpi, float(_at(kpi, value, each)) / factor) is verdict),
        MOST_DIGITS,
    )


def _at(kpi: Kpi, value: float, digits: int) -> Decimal:
    return Decimal(f"{value * 100 if kpi.is_rate else value:.{digits}f}")
