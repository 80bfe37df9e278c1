"""Headlines of pages and titles of charts. Pure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from dashboard.model import Coverage, Figure, Flow, HeadCounts, Kpi, Period, SnapshotInfo, TrendPoint, UnitName
from dashboard.text import formats as f
from dashboard.text import labels, rounding
from dashboard.text.missing_feeds import reports_of
from dashboard.text.sentences import at_end, moment


def headline(
    subject: str,
    period: Period,
    kpi: Kpi,
    *,
    on_time: Figure,
    overdue: Figure,
    previous_label: str,
    info: SnapshotInfo,
    due: Coverage | None = None,
) -> str:
    """Return the headline of the overview: timeliness, its change, and open overdue petitions. With too few petitions
    it names only numerator and denominator, with too few reports no change, and without reports only that. `due` is
    given for the province."""
    if on_time.coverage == 0:
        return blank_headline(subject, period, due, overdue)
    timeliness = _timeliness(kpi, on_time, "" if is_sparse(on_time, info) else previous_label, info.min_denominator)
    few = f", {reports_of(on_time)}" if is_sparse(on_time, info) else ""
    return f"{named(period)}{few}, {subject} {timeliness}; {_left(overdue)}."


def _left(overdue: Figure) -> str:
    """'còn 12 kiến nghị quá hạn chưa giải quyết', or that their number is hidden."""
    if overdue.is_hidden:
        return "số kiến nghị quá hạn chưa giải quyết được ẩn"
    return f"còn {f.number(overdue.numerator or 0)} kiến nghị quá hạn chưa giải quyết"


def named(period: Period) -> str:
    """'Quý III/2024'; 'Năm 2024 (đến 30/09/2024)' while the period is running."""
    return f"{period.label} (đến {f.day(period.cutoff)})" if period.is_running else period.label


def is_small(figure: Figure, minimum: int) -> bool:
    """Return whether a rate has too few petitions to be judged or compared."""
    return (figure.denominator or 0) < minimum


def is_sparse(figure: Figure, info: SnapshotInfo) -> bool:
    """Return whether too few units have reported for a comparison."""
    return figure.coverage is not None and figure.coverage < info.min_coverage


def is_comparable(figure: Figure, info: SnapshotInfo) -> bool:
    """Return whether a rate has enough petitions and reports to be compared."""
    return not is_small(figure, info.min_denominator) and not is_sparse(figure, info)


def _timeliness(kpi: Kpi, figure: Figure, previous_label: str, minimum: int) -> str:
    """Return the share of petitions settled on time; compared only if there is a label."""
    if figure.is_hidden:
        return "có tỷ lệ giải quyết đúng hạn được ẩn"
    if not figure.denominator:
        return "không có kiến nghị nào đến hạn"
    if is_small(figure, minimum):
        return f"giải quyết đúng hạn {f.plain(figure.numerator)} trong {f.plain(figure.denominator)} kiến nghị"
    pair = f.share(figure.numerator, figure.denominator)
    moved = _moved(kpi, figure, previous_label) if previous_label else ""
    return f"giải quyết đúng hạn {rounding.measure(kpi, figure.value)} kiến nghị ({pair}){moved}"


def blank_headline(subject: str, period: Period, found: Coverage | None, overdue: Figure) -> str:
    """Return the headline of a period without any report: only earlier open petitions are known. For the whole province
    it counts the reports due."""
    whose = f"về {subject}" if found is None else f"({f.number(found.received)}/{f.number(found.due)})"
    return f"Chưa nhận được báo cáo nào của {period.label} {whose}; theo các báo cáo trước, {_left(overdue)}."


def attention_title(period: Period) -> str:
    return f"Cần chú ý, {moment(period)}"


def _moved(kpi: Kpi, figure: Figure, previous_label: str) -> str:
    step = rounding.change(kpi, figure.value, figure.previous_value)
    if step == f.NOTHING:
        return ""
    word = {"+": "tăng ", "−": "giảm "}.get(step[0])
    return f", {word}{step[1:]} so với {previous_label}" if word else f", {step} so với {previous_label}"


def trend_title(kpi: Kpi, points: Sequence[TrendPoint], period: Period, info: SnapshotInfo) -> str:
    """Return the title of a trend: its last value against the previous period and the target. It names the last period
    if that is not `period`, and is just the KPI's name if the last value has too few petitions or reports."""
    known = [point for point in points if point.figure.value is not None]
    if not known:
        return kpi.name
    last = known[-1]
    until = "" if last.period == period else f" (đến {last.period.label})"
    if not is_comparable(last.figure, info):
        return kpi.name + until
    moved = _movement(kpi, known, info) or rounding.measure(kpi, last.figure.value)
    verdict = {True: ", đạt mục tiêu", False: ", chưa đạt mục tiêu", None: ""}[rounding.met(kpi, last.figure.value)]
    return f"{kpi.name} {moved}{verdict}{until}"


def _movement(kpi: Kpi, known: Sequence[TrendPoint], info: SnapshotInfo) -> str:
    """'giảm 2 kỳ liền', 'tăng so với Quý II/2024': compared with the previous period or, if that has no value, with the
    latest one before it; '' if the previous value has too few petitions or reports."""
    enough = [point for point in known if is_comparable(point.figure, info)]
    if len(enough) < 2:
        return ""
    before, last = enough[-2:]
    if known[-2] is not before:
        return ""
    way = _way(kpi, before, last)
    runs = _run(kpi, enough)
    return f"{way} {runs} kỳ liền" if runs > 1 else f"{way} so với {before.period.label}"


def _way(kpi: Kpi, before: TrendPoint, after: TrendPoint) -> str:
    step = rounding.step(kpi, after.figure.value, before.figure.value)
    return rounding.UNCHANGED if not step else "tăng" if step > 0 else "giảm"


def _run(kpi: Kpi, points: Sequence[TrendPoint]) -> int:
    """Return the number of consecutive steps in the same direction at the end of `points`."""
    steps = [
        _way(kpi, before, after) if before.period.start == after.period.previous_start else ""
        for before, after in pairwise(points)
    ]
    return next((count for count, way in enumerate(reversed(steps)) if not way or way != steps[-1]), len(steps))


def renamed(run: Sequence[Period], names: Sequence[UnitName]) -> tuple[tuple[Period, UnitName], ...]:
    """Return the first period of `run` under each new name of the subject, with that name."""
    named = [(period, each) for period, each in zip(run, names, strict=True) if each.name]
    return tuple(after for before, after in pairwise(named) if before[1].name != after[1].name)


def seam_note(run: Sequence[Period], names: Sequence[UnitName]) -> str:
    """'Tỉnh Hà Nam đến 30/06/2025, Tỉnh Ninh Bình từ 01/07/2025.' if the subject was renamed, else ''."""
    seams = [(each.name, each.since) for _, each in renamed(run, names) if each.since]
    if not seams:
        return ""
    first = next(each.name for each in names if each.name)
    until = f.day(seams[0][1] - timedelta(days=1))
    later = (f"{name} từ {f.day(since)}" for name, since in seams)
    return f"{', '.join((f'{first} đến {until}', *later))}."


def levels_title(kpi: Kpi, levels: Mapping[str, float | None], left_out: bool = False) -> str:
    """'Tỷ lệ giải quyết đúng hạn: cấp tỉnh cao nhất, cấp xã thấp nhất', by the displayed values. With `left_out` it
    adds that a level has too few petitions or reports to be compared."""
    known = {name: shown for name, value in levels.items() if (shown := rounding.rounded(kpi, value)) is not None}
    most, least = max(known.values(), default=None), min(known.values(), default=None)
    if most == least:
        return f"{kpi.name} theo cấp"
    rest = ", không kể cấp chưa đủ số liệu" if left_out else ""
    return f"{kpi.name}: {_all_with(known, most)} cao nhất, {_all_with(known, least)} thấp nhất{rest}"


def of_whole_province(title: str) -> str:
    """A title that names the whole province, for pages of one unit: 'Toàn tỉnh: tỷ lệ giải quyết đúng hạn theo cấp'."""
    return f"{labels.WHOLE_PROVINCE}: {title[0].lower()}{title[1:]}"


def _all_with(known: Mapping[str, Decimal], shown: Decimal | None) -> str:
    return " và ".join(name.lower() for name, value in known.items() if value == shown)


def head_figures_title(post: str, unit: str, period: Period) -> str:
    return f"Số liệu riêng trong {period.label}, chức vụ {post}, {unit}"


def head_overdue_title(period: Period) -> str:
    return f"Kiến nghị quá hạn chưa giải quyết {moment(period)}"


def heads_headline(period: Period, found: HeadCounts, about: str = "") -> str:
    """'Quý III/2024: 232 người đứng đầu cuối kỳ (238 người trong cả kỳ); …; 6 vị trí khuyết cuối kỳ (9 vị trí có lúc
    khuyết)'; equal numbers are not repeated."""
    end = at_end(period)
    ever = f" ({f.number(found.ever)} người trong cả kỳ)" if found.ever != found.last else ""
    at_times = (
        f" ({f.number(found.vacant_ever)} vị trí có lúc khuyết)" if found.vacant_ever != found.vacant_last else ""
    )
    return (
        f"{period.label}: {f.number(found.last)} người đứng đầu {end}{ever}; {f.number(found.with_overdue)} người có "
        f"kiến nghị quá hạn chưa giải quyết{about}; {f.number(found.vacant_last)} vị trí khuyết {end}{at_times}."
    )


def flow_line(flow: Flow) -> str:
    """Return stock and flow as a sum; petitions received include those that left the scope later. Petitions that units
    brought or took with them are named if there are any."""
    brought = f" + nhận theo đơn vị chuyển đến {f.number(flow.joined)}" if flow.joined else ""
    taken = f" + chuyển đi theo đơn vị {f.number(flow.moved_away)}" if flow.moved_away else ""
    return (
        f"Tồn đầu kỳ {f.number(flow.opening)}{brought} + tiếp nhận {f.number(flow.received)} (kể cả ngoài diện tính) = "
        f"giải quyết {f.number(flow.settled)} + ra khỏi diện tính {f.number(flow.left_scope)}{taken} + "
        f"tồn {at_end(flow.period)} {f.number(flow.closing)}."
    )


def flow_title(flow: Flow) -> str:
    """Return the title of stock and flow in the period."""
    opening, closing = flow.opening, flow.closing
    if closing > opening:
        return f"Tồn đọng tăng từ {f.number(opening)} lên {f.number(closing)} trong kỳ"
    if closing < opening:
        return f"Tồn đọng giảm từ {f.number(opening)} xuống {f.number(closing)} trong kỳ"
    return f"Tồn đọng giữ nguyên {f.number(closing)} trong kỳ"
