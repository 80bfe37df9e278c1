"""Comparisons: levels, units with their intervals, ages of open petitions."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt

from dashboard.model import Bucket, Figure, Kpi, UnitFigure
from dashboard.render import colours
from dashboard.render.charts.base import BAR, POINT, ROWS, Row, accessible_text, data_named, filled, finished
from dashboard.text import formats, headings, labels, rounding, sentences


def rates_with_intervals(
    items: Sequence[tuple[str, Figure]], kpi: Kpi, minimum: int, row_height: int = 30
) -> dict[str, Any] | None:
    """Return one line per name: the rate as a point on its 95 % interval, with value and numerator/denominator at the
    right. Rates below the target have the accent colour and a downward triangle; denominators under `minimum` are
    greyed."""
    rows = [_rate_row(name, figure, kpi, minimum) for name, figure in items if figure.value is not None]
    if not rows:
        return None
    target = [{"target": kpi.target}] if _has_target(kpi) else []
    kind = _rates(kpi.short_name, is_rate=kpi.is_rate, has_target=bool(target))
    return filled(kind, row_height * len(rows), rows=rows, target=target)


def _has_target(kpi: Kpi) -> bool:
    return kpi.target is not None and kpi.is_rate


@cache
def _rates(short_name: str, *, is_rate: bool, has_target: bool) -> dict[str, Any]:
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=170, labelPadding=8,
                                                               labelFontSize=12, labelColor=colours.INK))  # fmt: skip
    scale = alt.Scale(domain=[0, 1]) if is_rate else alt.Scale(zero=True)
    x = alt.X(
        "value:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(format=".0%" if is_rate else ",.0f", tickCount=5, domain=False, ticks=False),
    )
    base = alt.Chart(data_named(ROWS)).encode(y=y)
    layers = [
        base.mark_rule(strokeWidth=5, opacity=0.9, color=colours.MARK_LIGHT, aria=False).encode(
            x=alt.X("lower:Q", scale=scale, title=None), x2="upper:Q"
        ),
        base.mark_point(filled=True, size=70, opacity=1, ariaRoleDescription=POINT).encode(
            x=x, description="told:N",
            shape=alt.condition("datum.missed", alt.value("triangle-down"), alt.value("circle")),
            color=alt.condition("datum.missed", alt.value(colours.ACCENT), alt.Color("mark:N", scale=None)),
            tooltip=[alt.Tooltip("name:N", title=headings.UNIT), alt.Tooltip("shown:N", title=short_name),
                     alt.Tooltip("interval:N", title=headings.INTERVAL), alt.Tooltip("place:N", title=headings.PLACE)],
        ),
        base.mark_text(align="left", dx=8, fontSize=12, aria=False).encode(
            x=alt.value("width"), text="text:N", color=alt.Color("ink:N", scale=None)
        ),
    ]  # fmt: skip
    if has_target:
        rule = alt.Chart(data_named("target")).mark_rule(color=colours.MUTED, strokeDash=[4, 3], aria=False)
        layers.append(rule.encode(x="target:Q"))
    return finished(alt.layer(*layers))


def _rate_row(name: str, figure: Figure, kpi: Kpi, minimum: int) -> Row:
    is_small = kpi.is_rate and (figure.denominator or 0) < minimum
    shown, interval = rounding.measure(kpi, figure.value), formats.interval(figure.lower, figure.upper)
    place = sentences.place(figure)
    facts = {headings.UNIT: name, kpi.short_name: shown, headings.INTERVAL: interval, headings.PLACE: place}
    return {
        "name": name,
        "told": accessible_text(facts),
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "shown": shown,
        "text": f"{shown}  ({formats.share(figure.numerator, figure.denominator)})",
        "interval": interval,
        "place": place,
        "missed": rounding.met(kpi, figure.value) is False and not is_small,
        "ink": colours.FAINT if is_small else colours.INK,
        "mark": colours.FAINT if is_small else colours.MUTED,
    }


def by_rank(items: Sequence[UnitFigure]) -> list[tuple[str, Figure]]:
    """Return names and figures, best rank first; unranked units last, by value."""
    ordered = sorted(
        items, key=lambda item: (item.figure.rank is None, item.figure.rank or 0, -(item.figure.value or 0))
    )
    return [(item.unit.name, item.figure) for item in ordered]


def aging(buckets: Sequence[Bucket], row_height: int = 28) -> dict[str, Any]:
    """Return the chart of open petitions by days to or past the deadline; overdue bars in the accent colour, each bar
    with its count."""
    return filled(_ages(), row_height * len(buckets), rows=[_age_row(item) for item in buckets])


@cache
def _ages() -> dict[str, Any]:
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=190, labelPadding=8,
                                                               labelFontSize=12, labelColor=colours.INK))  # fmt: skip
    base = alt.Chart(data_named(ROWS)).encode(y=y, x=alt.X("count:Q", title=None, axis=None))
    bars = base.mark_bar(height=16, ariaRoleDescription=BAR).encode(
        description="told:N", color=alt.condition("datum.overdue", alt.value(colours.ACCENT), alt.value(colours.MARK))
    )
    counts = base.mark_text(align="left", dx=5, fontSize=12, aria=False).encode(text="shown:N")
    return finished(alt.layer(bars, counts))


def _age_row(bucket: Bucket) -> Row:
    label, shown = labels.AGES[bucket.code], formats.number(bucket.petitions)
    return {
        "label": label,
        "told": accessible_text({headings.AGE: label, headings.COUNT: shown}),
        "count": bucket.petitions,
        "shown": shown,
        "overdue": bucket.is_overdue,
    }
