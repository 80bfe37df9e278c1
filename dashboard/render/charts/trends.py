"""Charts over periods: the trend of a KPI, and stock and flow."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt

from dashboard.model import Figure, Flow, Kpi, Period, SnapshotInfo, TrendPoint, UnitName
from dashboard.render import colours
from dashboard.render.charts.base import (
    BAR,
    POINT,
    ROWS,
    Row,
    accessible_text,
    beside_line,
    data_named,
    filled,
    finished,
)
from dashboard.text import formats, headings, headlines, rounding, sentences


def trend(
    points: Sequence[TrendPoint],
    kpi: Kpi,
    info: SnapshotInfo,
    seams: Sequence[tuple[Period, UnitName]] = (),
    height: int = 210,
) -> dict[str, Any] | None:
    """Return a rate or count by period with its 95 % interval, the target as a dashed line, and the newest value as
    text. A missed target is marked if the value has enough petitions and reports. The line breaks at periods without a
    value; the chart spans the periods of `points`. `seams` are the periods from which the subject has another name,
    each marked with it."""
    rows = [_trend_row(point, kpi, info) for point in from_first_to_last(points)]
    if not rows:
        return None
    rows[-1]["label"] = rows[-1]["shown"]
    step = beside_line([row["value"] for row in rows[-2:] if row["value"] is not None])
    has_target = kpi.target is not None and kpi.is_rate
    kind = _trend(kpi.short_name, step, is_rate=kpi.is_rate, has_target=has_target, has_seams=bool(seams))
    target = [{"target": kpi.target, "label": sentences.target_mark(kpi)}] if has_target else []
    named = [{"period": short_period(period.label), "label": each.name} for period, each in seams]
    return filled(kind, height, rows=rows, target=target, seams=named)


@cache
def _trend(short_name: str, step: int, *, is_rate: bool, has_target: bool, has_seams: bool) -> dict[str, Any]:
    x = alt.X("period:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    scale = alt.Scale(zero=False, nice=True, domainMax=1) if is_rate else alt.Scale(zero=True, nice=True)
    axis = alt.Axis(tickCount=4, format=".0%" if is_rate else ",.0f", domain=False, ticks=False)
    y = alt.Y("value:Q", title=None, scale=scale, axis=axis)
    tooltip = [
        alt.Tooltip("period:N", title=headings.AXIS_PERIOD),
        alt.Tooltip("shown:N", title=short_name),
        alt.Tooltip("pair:N", title=headings.PAIR),
        alt.Tooltip("interval:N", title=headings.INTERVAL),
    ]
    base = alt.Chart(data_named(ROWS)).encode(x=x)
    layers: list[alt.Chart] = []
    if is_rate:
        layers.append(
            base.mark_area(color=colours.MARK_LIGHT, opacity=0.55, aria=False).encode(
                y=alt.Y("lower:Q", title=None), y2="upper:Q"
            )
        )
    layers.append(base.mark_line(color=colours.MUTED, strokeWidth=2, aria=False).encode(y=y))
    layers.append(base.mark_point(filled=True, size=42, opacity=1, ariaRoleDescription=POINT).encode(
        y=y, description="told:N", tooltip=tooltip,
        shape=alt.condition("datum.missed", alt.value("triangle-down"), alt.value("circle")),
        color=alt.condition("datum.missed", alt.value(colours.ACCENT), alt.value(colours.MUTED)),
    ))  # fmt: skip
    layers.append(base.mark_text(dy=step, fontWeight=600, fontSize=12, aria=False).encode(y=y, text="label:N"))
    if has_target:
        layers.extend(_target())
    if has_seams:
        layers.extend(_seams(x))
    return finished(alt.layer(*layers))


def from_first_to_last(points: Sequence[TrendPoint]) -> Sequence[TrendPoint]:
    """Return the points from the first with a value to the last with one."""
    known = [number for number, point in enumerate(points) if point.figure.value is not None]
    return points[known[0] : known[-1] + 1] if known else ()


def _trend_row(point: TrendPoint, kpi: Kpi, info: SnapshotInfo) -> Row:
    figure, period = point.figure, short_period(point.period.label)
    shown, pair = rounding.measure(kpi, figure.value), formats.share(figure.numerator, figure.denominator)
    interval = formats.interval(figure.lower, figure.upper)
    text = {headings.AXIS_PERIOD: period, kpi.short_name: shown, headings.PAIR: pair, headings.INTERVAL: interval}
    return {
        "period": period,
        "told": accessible_text(text),
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "shown": shown,
        "pair": pair,
        "interval": interval,
        "missed": _is_missed(kpi, figure, info),
        "label": "",
    }


def _is_missed(kpi: Kpi, figure: Figure, info: SnapshotInfo) -> bool:
    """Return whether a value with enough petitions and reports misses the target."""
    is_small = kpi.is_rate and headlines.is_small(figure, info.min_denominator)
    return rounding.met(kpi, figure.value) is False and not is_small and not headlines.is_sparse(figure, info)


def _target() -> list[alt.Chart]:
    base = alt.Chart(data_named("target")).encode(y="target:Q")
    return [
        base.mark_rule(color=colours.MUTED, strokeDash=[4, 3], aria=False),
        base.mark_text(align="left", dx=2, dy=-6, color=colours.MUTED, fontSize=11, aria=False).encode(
            x=alt.value(0), text="label:N"
        ),
    ]


def _seams(x: alt.X) -> list[alt.Chart]:
    base = alt.Chart(data_named("seams")).encode(x=x)
    return [
        base.mark_rule(color=colours.MUTED, strokeDash=[2, 3], aria=False),
        base.mark_text(
            align="left", dx=4, dy=-4, color=colours.MUTED, fontSize=11, baseline="bottom", aria=False
        ).encode(y=alt.value("height"), text="label:N"),
    ]


def short_period(label: str) -> str:
    """'Quý III/2024' → 'III/2024': axis labels omit the common word."""
    return label.removeprefix("Quý ").removeprefix("Năm ").replace("6 tháng ", "").replace("9 tháng ", "").strip()


def stock_and_flow(flows: Sequence[Flow], height: int = 210) -> dict[str, Any] | None:
    """Return received and settled petitions as bars by period, and the stock at the end of each period as a line."""
    if not flows:
        return None
    stock = [_stock(flow) for flow in flows]
    newest = {**stock[-1], "label": sentences.closing_mark(flows[-1].closing)}
    kind = _stock_and_flow(beside_line([row["count"] for row in stock]))
    return filled(kind, height, bars=_bars(flows), stock=stock, newest=[newest])


def _bars(flows: Sequence[Flow]) -> list[Row]:
    return [
        _bar(short_period(flow.period.label), kind, count)
        for flow in flows
        for kind, count in ((headings.RECEIVED, flow.received), (headings.SETTLED, flow.settled))
    ]


@cache
def _stock_and_flow(step: int) -> dict[str, Any]:
    x = alt.X("period:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("count:Q", title=None, axis=alt.Axis(tickCount=4, domain=False, ticks=False, format=",.0f"))
    return finished(alt.layer(_received_and_settled(x, y), *_closing_stock(step, x, y)))


def _received_and_settled(x: alt.X, y: alt.Y) -> alt.Chart:
    scale = alt.Scale(domain=[headings.RECEIVED, headings.SETTLED], range=[colours.MARK_LIGHT, colours.MARK])
    legend = alt.Legend(title=None, orient="top", offset=10)
    columns = alt.Chart(data_named("bars")).encode(x=x, xOffset=alt.XOffset("kind:N", sort=None), y=y)
    drawn: alt.Chart = columns.mark_bar(ariaRoleDescription=BAR).encode(
        description="told:N",
        color=alt.Color("kind:N", sort=None, scale=scale, legend=legend),
        tooltip=[
            alt.Tooltip("period:N", title=headings.AXIS_PERIOD),
            alt.Tooltip("kind:N", title=headings.KIND),
            alt.Tooltip("shown:N", title=headings.COUNT),
        ],
    )
    return drawn


def _bar(period: str, kind: str, count: int) -> Row:
    shown = formats.number(count)
    text = accessible_text({headings.AXIS_PERIOD: period, headings.KIND: kind, headings.COUNT: shown})
    return {"period": period, "kind": kind, "count": count, "shown": shown, "told": text}


def _stock(flow: Flow) -> Row:
    period, shown = short_period(flow.period.label), formats.number(flow.closing)
    text = accessible_text({headings.AXIS_PERIOD: period, headings.CLOSING: shown})
    return {"period": period, "count": flow.closing, "shown": shown, "told": text}


def _closing_stock(step: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the line of the stock, its points, and its newest value on a halo that keeps it legible over bars."""
    line, newest = (alt.Chart(data_named(name)).encode(x=x, y=y) for name in ("stock", "newest"))
    tooltip = [
        alt.Tooltip("period:N", title=headings.AXIS_PERIOD),
        alt.Tooltip("shown:N", title=headings.CLOSING),
    ]
    return [
        line.mark_line(color=colours.INK, strokeWidth=2, aria=False),
        line.mark_point(color=colours.INK, filled=True, size=30, opacity=1, ariaRoleDescription=POINT).encode(
            tooltip=tooltip, description="told:N"
        ),
        newest.mark_text(
            dy=step, align="right", dx=10, fontWeight=600, fontSize=12, stroke=colours.PAPER, strokeWidth=4, aria=False
        ).encode(text="label:N"),
        newest.mark_text(dy=step, align="right", dx=10, fontWeight=600, fontSize=12, aria=False).encode(text="label:N"),
    ]
