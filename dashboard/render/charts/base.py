"""Code shared by all charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from dashboard.render import theme

Row = dict[str, Any]


def data_of(rows: Sequence[Row]) -> alt.InlineData:
    """Return inline data, so that a chart is one self-contained dictionary."""
    return alt.InlineData(values=list(rows))


def accessible_text(pairs: Mapping[str, str]) -> str:
    """Return the accessible text of a mark: 'Kỳ: I/2022; Đúng hạn: 76,9 %'."""
    return "; ".join(f"{name}: {value}" for name, value in pairs.items())


POINT, BAR = "điểm", "cột"
"""Accessible names of the marks with a text."""
PADDING = {"left": 5, "top": 5, "right": 5, "bottom": 5}
"""Padding on all sides; without it Streamlit leaves 20 pixels blank below a chart."""
LABEL_STEP = 13


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return the Vega-Lite dictionary of `chart` with the configuration of the theme."""
    return {**chart.to_dict(), "config": theme.chart_config(), "padding": PADDING}


def beside_line(values: Sequence[float]) -> int:
    """Return the vertical offset in pixels of the last value's label: below its point after a fall, above after a rise,
    so that the line does not cross it."""
    return LABEL_STEP + 3 if len(values) > 1 and values[-1] < values[-2] else -LABEL_STEP
