"""Charts show the given figures in order, with Vietnamese labels, and mark those that need attention."""

from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.model import Bucket, Flow, SnapshotInfo, TrendPoint, Unit, UnitFigure, UnitName
from dashboard.render import colours, theme
from dashboard.render.charts import comparisons, trends
from dashboard.render.charts.base import beside_line
from tests.unit.dashboard.conftest import AS_OF, figure, on_time, overdue, quarter

INFO = SnapshotInfo("s1", AS_OF, AS_OF, "35", "Hà Nam", True, 5, 0.8, 8, 2)


def values(spec: dict[str, Any], layer: int = 0) -> list[dict[str, Any]]:
    """The rows of a layer, or of the whole chart where all layers share them."""
    data = spec["layer"][layer].get("data") or spec["data"]
    rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
    return list(rows)


def test_a_trend_marks_periods_below_target_and_labels_the_newest() -> None:
    points = [TrendPoint(quarter(2), figure(19, 20)), TrendPoint(quarter(3), figure(3, 6))]
    spec = trends.trend(points, on_time(), INFO)
    assert spec is not None
    rows = values(spec)
    assert [(row["period"], row["value"], row["missed"], row["label"]) for row in rows] == [
        ("II/2024", 0.95, False, ""),
        ("III/2024", 0.5, True, "50,0\u00a0%"),
    ]
    assert rows[1]["pair"] == "3/6"
    assert [row["target"] for row in values(spec, -1)] == [0.9]


def test_a_trend_marks_no_missed_target_with_too_few_petitions_or_reports() -> None:
    found = (figure(1, 4), figure(2, 52, coverage=1 / 7), figure(2, 52, coverage=0.8))
    spec = trends.trend([TrendPoint(quarter(2), each) for each in found], on_time(), INFO)
    assert spec is not None
    assert [row["missed"] for row in values(spec)] == [False, False, True]


def test_periods_without_a_value_are_gaps_and_a_chart_without_values_is_not_drawn() -> None:
    empty = TrendPoint(quarter(2), figure(0, 0))
    gap = trends.trend([TrendPoint(quarter(2), figure(1, 2)), TrendPoint(quarter(3), figure(0, 0)),
                        TrendPoint(quarter(4), figure(2, 2)), empty], on_time(), INFO)  # fmt: skip
    assert gap is not None
    assert [(row["period"], row["value"], row["label"]) for row in values(gap)] == [
        ("II/2024", 0.5, ""), ("III/2024", None, ""), ("IV/2024", 1.0, "100,0\u00a0%"),
    ]  # fmt: skip
    spec = trends.trend([empty, TrendPoint(quarter(3), figure(2, 4))], on_time(), INFO)
    assert spec is not None
    assert [row["period"] for row in values(spec)] == ["III/2024"]
    assert trends.trend([empty], on_time(), INFO) is None
    assert trends.stock_and_flow([]) is None


def test_a_change_of_unit_is_marked_with_the_new_name() -> None:
    points = [TrendPoint(quarter(2), figure(1, 2)), TrendPoint(quarter(3), figure(1, 2))]
    spec = trends.trend(points, on_time(), INFO, [(quarter(3), UnitName("Tỉnh Ninh Bình", date(2024, 7, 1)))])
    assert spec is not None
    assert values(spec, -1) == [{"period": "III/2024", "label": "Tỉnh Ninh Bình"}]


def test_the_label_of_the_newest_value_does_not_cover_the_line() -> None:
    assert beside_line([0.8, 0.7]) > 0 > beside_line([0.7, 0.8]), "below where it fell, above where it rose"
    assert beside_line([0.7]) == beside_line([0.7, 0.7]) < 0


def test_counts_have_no_interval_and_no_target_line() -> None:
    spec = trends.trend([TrendPoint(quarter(3), figure(24, None))], overdue(), INFO)
    assert spec is not None
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["line", "point", "text"]


def test_stock_and_flow_shows_received_settled_and_the_closing_stock() -> None:
    spec = trends.stock_and_flow([Flow(quarter(3), 1, 0, 5, 3, 1, 0, 2)])
    assert spec is not None
    assert [(row["kind"], row["count"]) for row in values(spec)] == [("Tiếp nhận", 5), ("Giải quyết", 3)]
    assert values(spec, -1)[0]["label"] == "tồn 2"


def test_rates_show_their_denominator_and_small_ones_are_greyed() -> None:
    items = [("Cấp huyện", figure(45, 60)), ("Cấp xã", figure(1, 3)), ("Cấp tỉnh", figure(0, 0))]
    spec = comparisons.rates_with_intervals(items, on_time(), minimum=5)
    assert spec is not None
    assert [(row["name"], row["text"], row["missed"], row["ink"]) for row in values(spec)] == [
        ("Cấp huyện", "75,0\u00a0%  (45/60)", True, colours.INK),
        ("Cấp xã", "33,3\u00a0%  (1/3)", False, colours.FAINT),
    ]


def test_units_are_sorted_by_rank_with_unranked_ones_last() -> None:
    def item(name: str, rank: int | None) -> UnitFigure:
        return UnitFigure(Unit(name, name, "commune", "347"), replace(figure(3, 5), rank=rank, peer_count=2))

    ordered = comparisons.by_rank([item("chưa xếp", None), item("nhì", 2), item("nhất", 1)])
    assert [name for name, _ in ordered] == ["nhất", "nhì", "chưa xếp"]


def test_age_classes_keep_their_order_and_mark_overdue_ones() -> None:
    spec = comparisons.aging([Bucket("con-7", 7), Bucket("qua-15", 1234)])
    assert [(row["label"], row["shown"], row["overdue"]) for row in values(spec)] == [
        ("Còn hạn trong 7 ngày", "7", False),
        ("Quá hạn đến 15 ngày", "1.234", True),
    ]


def test_every_chart_is_svg_in_vietnamese_without_a_menu() -> None:
    spec = theme.embed(comparisons.aging([Bucket("con-7", 7)]))
    assert spec["usermeta"] == {"embedOptions": {"renderer": "svg", "actions": False}}
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["config"]["locale"]["time"]["months"][1] == "tháng 2"
    assert spec["config"]["font"] == "Be Vietnam Pro"
    assert spec["padding"]["bottom"] == 5
