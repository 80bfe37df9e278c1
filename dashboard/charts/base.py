"""What all charts share."""

from collections.abc import Sequence
from typing import Any, cast

import altair as alt

from dashboard import theme

Row = dict[str, Any]


def data_of(rows: Sequence[Row]) -> alt.InlineData:
    """Rows inside the specification, so that a chart is one finished dictionary."""
    return alt.InlineData(values=list(rows))


def finished(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The Vega-Lite dictionary of `chart` with the theme's configuration."""
    spec = cast("dict[str, Any]", chart.to_dict())
    return {**spec, "config": theme.chart_config()}


