"""Cards, tables and the attention list: their names, marks and links; data never becomes markup."""

from dataclasses import replace
from datetime import date

from dashboard.filters import View
from dashboard.model import Coverage, Figure, KnownUnit, RankedLevel, SnapshotInfo, Tenure, Unit, UnitCount
from dashboard.render import attention, blocks, html
from dashboard.render.html import Cell, Link
from tests.unit.dashboard.conftest import AS_OF, figure, on_time, quarter

VIEW = View(period="2024Q3")
INFO = SnapshotInfo("s1", AS_OF, AS_OF, "35", "Hà Nam", True, 5, 0.8, 8, 2)


def sees_all(_: str) -> bool:
    return True


def test_a_card_separates_direction_judgement_target_and_counts() -> None:
    card = blocks.card(on_time(), replace(figure(45, 60), previous_value=0.78), "Quý II/2024", (), INFO)
    assert (card.value, card.change, card.verdict, card.is_worse) == (
        "75,0\u00a0%", "▼ −3 điểm so với Quý II/2024", "kém hơn", True,
    )  # fmt: skip
    assert card.pair == "45/60 kiến nghị đã rõ đúng hạn hay quá hạn"
    assert (card.target, card.is_missed) == ("Mục tiêu ≥\u00a090\u00a0% ·\u00a0chưa\u00a0đạt", True)


def test_a_card_of_too_few_petitions_or_reports_is_not_judged() -> None:
    few = blocks.card(on_time(), figure(1, 4, previous_value=0.78), "Quý II/2024", (), INFO)
    assert (few.change, few.verdict, few.is_worse) == ("Không so sánh: mẫu dưới 5", "", False)
    assert (few.target, few.is_missed) == ("Mục tiêu ≥\u00a090\u00a0%", False)
    sparse = blocks.card(on_time(), figure(2, 52, previous_value=0.78, coverage=1 / 7), "Quý II/2024", (), INFO)
    assert (sparse.change, sparse.verdict) == ("Chưa so sánh: mới có báo cáo của 14,3\u00a0% đơn vị", "")
    none = blocks.card(on_time(), figure(0, 0, previous_value=0.78), "Quý II/2024", (), INFO)
    assert none.change == "Không so sánh: kỳ này không có số liệu"


def test_a_rate_under_the_minimum_is_greyed_and_not_marked() -> None:
    assert blocks.rate_cell(on_time(), figure(1, 4), 5) == Cell("25,0\u00a0%", pair="1/4", is_dim=True)
    assert blocks.rate_cell(on_time(), figure(1, 5), 5) == Cell("20,0\u00a0%", pair="1/5", is_bad=True)
    assert blocks.rate_cell(on_time(), figure(0, 0), 5) == Cell("–")
    assert blocks.rate_cell(on_time(), None, 5) == Cell("–")


def test_a_rank_is_shown_with_its_band() -> None:
    ranked = replace(figure(3, 5), rank=3, rank_best=1, rank_worst=4, peer_count=6)
    assert blocks.rank_cell(ranked) == Cell("3/6", pair="(1–4)")
    assert blocks.rank_cell(figure(3, 5)).text == "–"


def test_attention_names_the_units_with_most_overdue_first() -> None:
    units = [
        KnownUnit(Unit("1", "Xã Một", "commune", None), None),
        KnownUnit(Unit("2", "Huyện Hai", "district", None), date(2024, 6, 30)),
        KnownUnit(Unit("3", "Xã Ba", "commune", None), None),
    ]
    found = {
        ("1", "overdue_open"): figure(2, None),
        ("2", "overdue_open"): figure(5, None),
        ("2", "overdue_rate"): figure(5, 8),
        ("3", "overdue_open"): figure(0, None),
    }
    items = attention.overdue_units(VIEW, units, found, [UnitCount("2", 5, 95.4)], sees=sees_all)
    assert [(item.start.label, item.rest) for item in items] == [
        (
            "Huyện Hai (riêng cơ quan cấp huyện, đã kết thúc hoạt động 30/06/2024)",
            "5 kiến nghị quá hạn trong 8 kiến nghị còn tồn, lâu nhất 95 ngày.",
        ),
        ("Xã Một", "2 kiến nghị quá hạn trong 0 kiến nghị còn tồn."),
    ]
    assert items[0].links[0].address == ("cap-va-don-vi?ky=2024Q3&don-vi=2&pham-vi=rieng&chi-tieu=overdue_open&phan=tu")


def test_the_last_of_a_level_is_named_only_below_target() -> None:
    units = [Unit("1", "Huyện Một", "district", None), Unit("2", "Huyện Hai", "district", None)]
    first = replace(figure(19, 20), rank=1, rank_best=1, rank_worst=1, peer_count=2)
    last = replace(figure(6, 10), rank=2, rank_best=2, rank_worst=2, peer_count=2)
    found = {("1", "on_time_rate"): first, ("2", "on_time_rate"): last}
    levels = {"district": RankedLevel(2, 2, 2, 1)}
    items = attention.latest_units(VIEW, units, found, on_time(), levels, sees=sees_all)
    assert [(item.start.label, item.rest) for item in items] == [
        ("Huyện Hai (gồm cấp xã, xếp cuối cấp huyện)", "Đúng hạn 60,0\u00a0% (6/10), hạng 2/2 (khoảng 2).")
    ]
    assert [link.label for link in items[0].links] == ["xem 10 kiến nghị đến hạn"]
    found["2", "on_time_rate"] = replace(last, value=0.95)
    assert attention.latest_units(VIEW, units, found, on_time(), levels, sees=sees_all) == []


def ranked(rank: int, peers: int, value: Figure) -> Figure:
    return replace(value, rank=rank, rank_best=rank, rank_worst=rank, peer_count=peers)


def test_a_unit_is_last_only_of_the_whole_level() -> None:
    units = [Unit(code, f"Xã {code}", "commune", "347") for code in ("1", "2", "3")]
    found = {
        ("1", "on_time_rate"): ranked(91, 100, figure(9, 10)),
        ("2", "on_time_rate"): ranked(92, 100, figure(1, 10)),
        ("3", "on_time_rate"): figure(1, 3),
    }

    def named(level: RankedLevel) -> str:
        (item,) = attention.latest_units(VIEW, units, found, on_time(), {"commune": level}, sees=sees_all)
        return item.start.label

    assert named(RankedLevel(109, 100, 100, 1)) == "Xã 2 (hạng thấp nhất trong 2 đơn vị cấp xã được xếp hạng ở đây)"
    assert named(RankedLevel(109, 100, 92, 9)) == (
        "Xã 2 (xếp cuối trong 100/109 đơn vị cấp xã được xếp hạng, cùng 8 đơn vị khác)"
    )
    assert named(RankedLevel(100, 100, 92, 1)) == "Xã 2 (xếp cuối cấp xã)"
    assert named(RankedLevel(109, 101, 92, 1)).endswith("ở đây)"), "its peers are not the whole level"


def test_vacant_posts_are_those_at_the_end_of_the_period() -> None:
    vacant = Tenure("vacant|1|party", "vacant", "Khuyết", "1", "Xã Một", "party", "", None, None)
    assert [item.rest for item in attention.vacancies(VIEW, [vacant], quarter(3))] == [
        "1 vị trí người đứng đầu khuyết cuối Quý III/2024: Người đứng đầu cấp ủy Xã Một."
    ]
    assert attention.vacancies(VIEW, [], quarter(3)) == []


def test_missing_feeds_are_marked_if_none_was_received() -> None:
    (some,) = attention.missing_senders(VIEW, Coverage(2, 1, ("Huyện Hai",), None), quarter(3))
    assert (some.rest, some.is_plain) == ("1 đơn vị còn thiếu báo cáo của Quý III/2024: Huyện Hai.", True)
    assert some.start.address == "tinh-trang-bao-cao?ky=2024Q3"
    (none,) = attention.missing_senders(VIEW, Coverage(1, 0, ("Huyện Hai",), None), quarter(3))
    assert not none.is_plain
    assert attention.missing_senders(VIEW, Coverage(0, 0, (), None), quarter(3)) == []


def test_nothing_from_the_data_becomes_markup() -> None:
    evil = '<img src=x onerror=alert(1)>"'
    pieces = [
        html.paragraph(evil, "note"),
        html.table([Cell(evil)], [[Cell(evil, pair=evil, link=f"x?a={evil}")]]),
        html.facts([(evil, evil)]),
        html.crumbs([Link(evil, evil)], evil),
        html.definition(evil, evil, evil, evil, [evil]),
    ]
    assert not any("<img" in piece or f'="{evil}' in piece for piece in pieces)
