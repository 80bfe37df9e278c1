"""Check sentences shared by several pages: headlines, changes, targets, directions."""

import re
from collections.abc import Mapping
from typing import Any

from . import figures
from .notes import Notes
from .world import BY_FIELD, Period, World

Row = Mapping[str, Any]
BETTER, WORSE, SAME = "tốt hơn", "kém hơn", "không đổi"
UP, DOWN = "tăng", "giảm"
_HEADLINE = re.compile(
    r"(?P<period>[^,]+),(?: mới có báo cáo của (?P<share>[\d,]+)\s% đơn vị,)? (?P<whose>.+?) "
    r"(?:giải quyết đúng hạn (?P<rate>.+?)|không có kiến nghị nào đến hạn)"
    r"(?:, (?P<way>tăng|giảm|không đổi)(?P<step>[^;]*?) so với (?P<before>[^;]+?))?"
    r"; còn (?P<left>[\d.]+) kiến nghị quá hạn chưa giải quyết\."
)
_BLANK = re.compile(
    r"Chưa nhận được báo cáo nào của (?P<period>.+?) (?:về (?P<whose>.+?)|\((?P<pair>[\d/]+)\)); theo các báo cáo "
    r"trước, còn (?P<left>[\d.]+) kiến nghị quá hạn chưa giải quyết\."
)


def headline(world: World, period: Period, field: str, found: Mapping[str, Row], text: str, notes: Notes) -> None:
    """The message of the overview and of a unit: timeliness, its change, and overdue petitions."""
    if field != "ALL":
        notes.expect(f"lĩnh vực «{world.fields[field]}»" in text, "field of the headline", text, world.fields[field])
    main, overdue = found.get("on_time_rate"), found.get("overdue_open")
    match = _BLANK.fullmatch(text) or _HEADLINE.fullmatch(text)
    if not notes.expect(match is not None, "a headline that can be read", text) or match is None:
        return
    notes.expect(match["period"].startswith(period.label), "period of the headline", text, period.label)
    notes.expect_near("overdue in the headline", match["left"], (overdue["numerator"] if overdue else None) or 0)
    is_blank = main is not None and main["coverage"] == 0
    notes.expect_equal("a headline without figures", match.re is _BLANK, is_blank)
    if match.re is _HEADLINE and main is not None:
        _timeliness(world, main, match, notes)


def _timeliness(world: World, main: Row, match: re.Match[str], notes: Notes) -> None:
    text, whole = match[0], main["denominator"] or 0
    if match["rate"] is None:
        notes.expect_equal("nothing fell due", 0, whole)
        return
    if "%" in match["rate"]:
        notes.expect_near("rate of the headline", match["rate"], 100 * (main["value"] or 0), 1)
        notes.expect_pair("pair of the headline", match["rate"], main["numerator"], whole)
    else:
        notes.expect_equal("few petitions", figures.numbers(match["rate"]), [main["numerator"], whole])
        notes.expect(whole < world.snapshot["min_denominator"], "few petitions", text, whole)
    share = main["coverage"]
    is_sparse = share is not None and share < world.snapshot["min_coverage"]
    notes.expect_equal("few reports", match["share"] is not None, is_sparse)
    if match["share"]:
        notes.expect_near("share of reports", match["share"], 100 * share, 1)
    if match["way"]:
        _change_in(main, match, notes)


def _change_in(main: Row, match: re.Match[str], notes: Notes) -> None:
    """A sentence has the direction and size of the change."""
    previous = main["previous_value"]
    if not notes.expect(previous is not None, "a change without a value before", match[0], previous):
        return
    step = 100 * (main["value"] - previous)
    way = UP if step > 0 else DOWN
    shown = 0.0 if match["way"] == SAME else (figures.number(match["step"]) or 0) * (1 if match["way"] == UP else -1)
    notes.expect(match["way"] in {way, SAME}, "direction of the headline", match[0], step)
    notes.expect(_is_step(shown, step, main["value"] * 100, previous * 100), "change of the headline", match[0], step)


def _is_step(shown: float, step: float, now: float, before: float, digits: int = 1) -> bool:
    """Return True if `shown` is the step between two figures, exact or as displayed."""
    of_shown = round(now, digits) - round(before, digits)
    return figures.is_near(shown, step, digits) or abs(shown - of_shown) < 0.5 * 10**-digits


def is_small(world: World, kpi: Row, row: Row | None) -> bool:
    """Return True if the denominator is too small to judge the rate."""
    whole = (row["denominator"] if row else None) or 0
    return bool(kpi["unit"] == "%" and whole < world.snapshot["min_denominator"])


def _why_no_comparison(world: World, kpi: Row, row: Row | None, before: str) -> str:
    """How the page begins to say that there is no comparison; '' if there is one."""
    share = row["coverage"] if row else None
    if share is not None and share < world.snapshot["min_coverage"]:
        return "Chưa so sánh: mới có báo cáo của"
    if is_small(world, kpi, row):
        return "Không so sánh"
    if not before:
        return "Không có kỳ trước"
    return "" if row and None not in (row["value"], row["previous_value"]) else "Không so sánh"


def change(world: World, kpi: Row, row: Row | None, before: str, text: str, notes: Notes, where: str) -> None:
    """'▲ +2,1 điểm so với Quý II/2024 · tốt hơn': the step, the period, and whether it is for the better."""
    why = _why_no_comparison(world, kpi, row, before)
    if why:
        notes.expect(text.startswith(why) and "so với" not in text, f"{where}: not to be compared", text, why)
        return
    now, previous = (row["value"], row["previous_value"]) if row else (0, 0)
    factor, digits = (100, 1) if kpi["unit"] == "%" else (1, 1)
    shown = 0.0 if SAME in text else figures.number(text)
    step = factor * (now - previous)
    exact = shown is not None and _is_step(shown, step, factor * now, factor * previous, digits)
    notes.expect(exact, f"{where}: change", text, step)
    notes.expect(f"so với {before}" in text, f"{where}: the period before", text, before)
    notes.expect(
        not (SAME in text and (BETTER in text or WORSE in text)), f"{where}: unchanged, yet judged", text, step
    )
    notes.expect(("▲" in text) == ((shown or 0) > 0), f"{where}: arrow", text, step)
    notes.expect(("▼" in text) == ((shown or 0) < 0), f"{where}: arrow", text, step)
    judged(kpi, shown or 0, text, notes, where)


def judged(kpi: Row, step: float, text: str, notes: Notes, where: str) -> None:
    """A change is better or worse by the KPI's direction, and neither without a change."""
    good = {"higher": step > 0, "lower": step < 0}.get(kpi["better"])
    word = "" if good is None or step == 0 else BETTER if good else WORSE
    shown = BETTER if BETTER in text else WORSE if WORSE in text else ""
    notes.expect_equal(f"{where}: judged «{text}»", shown, word)


OF_ALL = " (mọi lĩnh vực)"


def kpi_named(world: World, text: str, field: str, notes: Notes, column: str = "name") -> Row | None:
    """The KPI of that name; if a field is selected, a KPI without values by field says so after its name."""
    found = next((row for row in world.kpis.values() if row[column] == text.removesuffix(OF_ALL)), None)
    notes.expect(found is not None, f"a KPI named «{text}»", text, [row[column] for row in world.kpis.values()])
    if found is not None:
        is_all = field != "ALL" and found["kpi_code"] not in BY_FIELD
        notes.expect_equal(f"«{text}» is of all fields", text.endswith(OF_ALL), is_all)
    return found


def is_met(kpi: Row, value: float | None) -> bool | None:
    """Return True if the target is met, with tolerance for floats; None without a target or a value."""
    if kpi["target"] is None or value is None:
        return None
    beyond = value - kpi["target"] if kpi["better"] == "higher" else kpi["target"] - value
    return bool(beyond > -1e-9)


def target(kpi: Row, value: float | None, text: str, notes: Notes, where: str) -> None:
    """'Mục tiêu ≥ 90 % · chưa đạt'."""
    if kpi["target"] is None:
        notes.expect("đạt" not in text.replace("đặt", ""), f"{where}: no target", text, None)
        return
    notes.expect_near(f"{where}: target", text, kpi["target"] * (100 if kpi["unit"] == "%" else 1), 1)
    verdict = {True: "đạt", False: "chưa đạt", None: ""}[is_met(kpi, value)]
    shown = text.rpartition("·")[2].strip().replace("\u00a0", " ") if "·" in text else ""
    notes.expect_equal(f"{where}: verdict of «{text}»", shown, verdict)


def measure(kpi: Row, value: float | None, text: str, notes: Notes, where: str) -> None:
    """The text has the KPI's value, as displayed in its unit."""
    factor = 100 if kpi["unit"] == "%" else 1
    notes.expect_near(where, text, None if value is None else factor * value, 1)
