"""Code shared by all charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from dashboard.render import theme

Row = dict[str, Any]


ROWS = "rows"
"""The name of the data of a chart with one table."""


def data_named(name: str) -> alt.NamedData:
    """Return a reference to the rows that `filled` adds under this name."""
    return alt.NamedData(name=name)


def accessible_text(pairs: Mapping[str, str]) -> str:
    """Return the accessible text of a mark: 'Kỳ: I/2022; Đúng hạn: 76,9 %'."""
    return "; ".join(f"{name}: {value}" for name, value in pairs.items())


POINT, BAR = "điểm", "cột"
"""Accessible names of the marks with a text."""
PADDING = {"left": 5, "top": 5, "right": 5, "bottom": 5}
"""Padding on all sides; without it Streamlit leaves 20 pixels blank below a chart."""
LABEL_STEP = 13


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return the Vega-Lite dictionary of `chart`, without its data, with the configuration of the theme.

    Altair takes about a tenth of a second, so the charts of all pages share the dictionaries of the few kinds of chart.
    """
    return {**chart.to_dict(), "config": theme.chart_config(), "padding": PADDING}


def filled(kind: Mapping[str, Any], height: int, **data: Sequence[Row]) -> dict[str, Any]:
    """Return the chart of a kind, with its height in pixels and its rows by name."""
    return {**kind, "height": height, "datasets": {name: list(rows) for name, rows in data.items() if rows}}


def beside_line(values: Sequence[float]) -> int:
    """Return the vertical offset in pixels of the last value's label: below its point after a fall, above after a rise,
    so that the line does not cross it."""
    return LABEL_STEP + 3 if len(values) > 1 and values[-1] < values[-2] else -LABEL_STEP
