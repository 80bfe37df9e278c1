"""What all charts share."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from dashboard.render import theme

Row = dict[str, Any]


def data_of(rows: Sequence[Row]) -> alt.InlineData:
    """Rows inside the specification, so that a chart is one finished dictionary."""
    return alt.InlineData(values=list(rows))


def spoken(pairs: Mapping[str, str]) -> str:
    """What a mark says to who cannot see it: 'Kỳ: I/2022; Đúng hạn: 76,9 %'."""
    return "; ".join(f"{name}: {value}" for name, value in pairs.items())


POINT, BAR = "điểm", "cột"
"""What the marks that say something are called."""
PADDING = {"left": 5, "top": 5, "right": 5, "bottom": 5}
"""On all sides: Streamlit would leave 20 pixels blank below a chart that asks for nothing."""
LABEL_STEP = 13


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The Vega-Lite dictionary of `chart` with the theme's configuration."""
    return {**chart.to_dict(), "config": theme.chart_config(), "padding": PADDING}


def beside_line(values: Sequence[float]) -> int:
    """By how many pixels the label of the last value stands off its point: below where the line came down to it,
    above where it rose, so that the line does not run through it."""
    return LABEL_STEP + 3 if len(values) > 1 and values[-1] < values[-2] else -LABEL_STEP
