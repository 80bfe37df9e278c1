"""Check the table of units directly below the one in view, by rank."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import figures, sentences
from .common import period_of
from .notes import Notes
from .screen import Cell, Screen
from .views import Request, read_address
from .world import World

Row = Mapping[str, Any]
MAIN = "on_time_rate"


def children(world: World, request: Request, screen: Screen, notes: Notes) -> None:
    """The table has every unit below in force on the last day, with the published figures, in order.

    It may also have ended units, marked as such.
    """
    table = next((each for each in screen.all("grid") if each.heads[:2] == ("Đơn vị", "Hạng (khoảng)")), None)
    period = period_of(world, request)
    root = request.view.unit or world.province(period.day).code
    below = {each.code: each for each in world.in_force(period.day) if each.parent == root}
    if table is None:
        notes.expect(not below or world.unit(root, period.day).last_day is not None,  # type: ignore[union-attr]
                   "units below", "no table", sorted(below))  # fmt: skip
        return
    codes = [read_address(cells[0].address).view.unit for cells in table.rows]
    roots = {root} if request.view.unit else {root, *world.provinces}
    ended = {code for code in set(codes) - set(below) if _has_ended(world, code, roots, period.day)}
    notes.expect_equal("units below", sorted(set(codes) - ended), sorted(below))
    ranks = []
    for code, cells in zip(codes, table.rows, strict=True):
        found = world.figures(period, "subtree", code, request.view.field)
        notes.expect(
            cells[0].text.startswith(world.name(code, period.day)), "name of a unit below", cells[0].text, code
        )
        notes.expect_equal(f"«{cells[0].text}» has ended", "kết thúc hoạt động" in cells[0].text, code in ended)
        _row(world, request.view.field, found, dict(zip(table.heads, cells, strict=True)), notes)
        ranks.append((found.get(MAIN) or {}).get("rank"))
    known = [each for each in ranks if each is not None]
    notes.expect_equal("order by rank", ranks, sorted(known) + [None] * (len(ranks) - len(known)))


def _has_ended(world: World, code: str, roots: set[str], on: date) -> bool:
    """Return True if a unit had ended and was last directly below one of `roots`.

    For the whole province, also below its predecessor.
    """
    unit = world.unit(code, on)
    return unit is not None and unit.last_day is not None and unit.parent in roots


def _row(world: World, field: str, found: Mapping[str, Row], line: Mapping[str, Cell], notes: Notes) -> None:
    for name, cell in line.items():
        if name == "Đơn vị":
            continue
        where = f"«{line['Đơn vị'].text}», {name}"
        if name == "Hạng (khoảng)":
            _rank(cell, found.get(MAIN), where, notes)
            continue
        kpi = sentences.kpi_named(world, name, field, notes, "short_name")
        if kpi is None:
            continue
        row = found.get(kpi["kpi_code"])
        sentences.measure(kpi, row["value"] if row else None, cell.text, notes, where)
        if kpi["unit"] == "%":
            notes.expect_pair(
                f"{where}: pair", cell.pair, row["numerator"] if row else None, row["denominator"] if row else None
            )


def _rank(cell: Cell, row: Row | None, where: str, notes: Notes) -> None:
    if row is None or row["rank"] is None:
        notes.expect_equal(where, cell.text, figures.DASH)
        return
    band = figures.numbers(cell.pair)
    shown = [*figures.numbers(cell.text), band[0], band[-1]] if band else []
    notes.expect_equal(where, shown, [row[c] for c in ("rank", "peer_count", "rank_best", "rank_worst")])
