"""What all charts share."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from dashboard import theme

Row = dict[str, Any]


def data_of(rows: Sequence[Row]) -> alt.InlineData:
    """Rows inside the specification, so that a chart is one finished dictionary."""
    return alt.InlineData(values=list(rows))


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The Vega-Lite dictionary of `chart` with the theme's configuration."""
    return {**chart.to_dict(), "config": theme.chart_config()}
