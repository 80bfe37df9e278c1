"""The messages of pages and charts: what their figures say, in one sentence. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from dashboard.model import Coverage, Figure, HeadCounts, Kpi, Period, SnapshotInfo
from dashboard.text import formats as f
from dashboard.text.sentences import PREVIOUS_PERIOD, at_end, met, moment


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
    """The message of the overview: timeliness, its change, and what is still overdue. Of too few petitions only the
    pair is told, of too few reports no change, and where no report has come, that. `due` is given for the province."""
    if on_time.coverage == 0:
        return blank_headline(subject, period, due, overdue)
    left = f.number(overdue.numerator or 0)
    told = _timeliness(kpi, on_time, "" if is_sparse(on_time, info) else previous_label, info.min_denominator)
    sparse = f" mới nhận {f.threshold(on_time.coverage or 0, '%')} báo cáo," if is_sparse(on_time, info) else ""
    return f"{named(period)},{sparse} {subject} {told}; còn {left} kiến nghị quá hạn chưa giải quyết."


def named(period: Period) -> str:
    """'Quý III/2024'; 'Năm 2024 (đến 30/09/2024)' where it still runs, since a part is set beside a whole."""
    return f"{period.label} (đến {f.day(period.cutoff)})" if period.is_running else period.label


def is_small(figure: Figure, minimum: int) -> bool:
    """Whether a rate rests on too little to be judged or set beside another."""
    return (figure.denominator or 0) < minimum


def is_sparse(figure: Figure, info: SnapshotInfo) -> bool:
    """Whether fewer of the reports due have come than a comparison needs."""
    return figure.coverage is not None and figure.coverage < info.min_coverage


def _timeliness(kpi: Kpi, figure: Figure, previous_label: str, minimum: int) -> str:
    """How many petitions were in time; without a label nothing is set beside it."""
    if not figure.denominator:
        return "không có kiến nghị nào đến hạn"
    if is_small(figure, minimum):
        return f"giải quyết đúng hạn {f.plain(figure.numerator)} trong {f.plain(figure.denominator)} kiến nghị"
    pair = f.share(figure.numerator, figure.denominator)
    moved = _moved(kpi, figure, previous_label) if previous_label else ""
    return f"giải quyết đúng hạn {f.percent(figure.value)} kiến nghị ({pair}){moved}"


def blank_headline(subject: str, period: Period, found: Coverage | None, overdue: Figure) -> str:
    """The message of a period of which no report has come: nothing is known of it but what was open before. Of the
    whole province the reports due are counted."""
    whose = f"về {subject}" if found is None else f"({f.number(found.received)}/{f.number(found.due)})"
    return (
        f"Chưa nhận được báo cáo nào của {period.label} {whose}; theo các báo cáo trước, còn "
        f"{f.number(overdue.numerator or 0)} kiến nghị quá hạn chưa giải quyết."
    )


def attention_title(period: Period) -> str:
    return f"Cần chú ý, {moment(period)}"


def _moved(kpi: Kpi, figure: Figure, previous_label: str) -> str:
    step = f.change(figure.value, figure.previous_value, kpi.unit)
    if step == f.NOTHING:
        return ""
    word = {"+": "tăng ", "−": "giảm "}.get(step[0])
    return f", {word}{step[1:]} so với {previous_label}" if word else f", không đổi so với {previous_label}"


def trend_title(kpi: Kpi, values: Sequence[float | None], until: str = "") -> str:
    """The message of a trend: how it moved over the last periods and how it stands to the target; `until` names the
    last of them where it is not the period in view."""
    told = _trend(kpi, [value for value in values if value is not None])
    return f"{told} (đến {until})" if until else told


def _trend(kpi: Kpi, known: Sequence[float]) -> str:
    if len(known) < 2:
        return kpi.name
    runs = _run(known)
    way = "tăng" if known[-1] > known[-2] else "giảm" if known[-1] < known[-2] else "đi ngang"
    moved = f"{kpi.short_name} {way}" + (f" {runs} kỳ liền" if runs > 1 else f" so với {PREVIOUS_PERIOD}")
    verdict = met(kpi, known[-1])
    return moved if verdict is None else f"{moved}, {'đạt' if verdict else 'chưa đạt'} mục tiêu"


def _run(values: Sequence[float]) -> int:
    """How many steps at the end of `values` went the same way."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(values)]
    count = 0
    for step in reversed(steps):
        if step != steps[-1]:
            break
        count += 1
    return count


def levels_title(kpi: Kpi, names: Sequence[str], values: Sequence[float | None]) -> str:
    """'Cấp xã thấp nhất, cấp tỉnh cao nhất'."""
    known = sorted((value, name) for name, value in zip(names, values, strict=True) if value is not None)
    if len(known) < 2 or known[0][0] == known[-1][0]:
        return f"{kpi.short_name} theo cấp"
    return f"{kpi.short_name}: {known[-1][1].lower()} cao nhất, {known[0][1].lower()} thấp nhất"


def head_figures_title(post: str, unit: str, period: Period) -> str:
    return f"Số liệu riêng trong {period.label}, chức vụ {post}, {unit}"


def head_overdue_title(period: Period) -> str:
    return f"Kiến nghị quá hạn chưa giải quyết cuối {period.label}"


def heads_headline(period: Period, found: HeadCounts) -> str:
    """'Quý III/2024: 232 người đứng đầu cuối kỳ (238 người trong cả kỳ); …; 6 vị trí khuyết cuối kỳ (9 vị trí có lúc
    khuyết)'; what is no other number is not said twice."""
    end = at_end(period)
    ever = f" ({f.number(found.ever)} người trong cả kỳ)" if found.ever != found.last else ""
    at_times = (
        f" ({f.number(found.vacant_ever)} vị trí có lúc khuyết)" if found.vacant_ever != found.vacant_last else ""
    )
    return (
        f"{period.label}: {f.number(found.last)} người đứng đầu {end}{ever}; {f.number(found.with_overdue)} người có "
        f"kiến nghị quá hạn chưa giải quyết; {f.number(found.vacant_last)} vị trí khuyết {end}{at_times}."
    )


def flow_line(opening: int, received: int, settled: int, left: int, closing: int) -> str:
    """Stock and flow as one sum; what came in is counted whole, also what left the scope afterwards."""
    return (
        f"Tồn đầu kỳ {f.number(opening)} + tiếp nhận {f.number(received)} (kể cả ngoài diện tính) = giải quyết "
        f"{f.number(settled)} + ra khỏi diện tính {f.number(left)} + tồn cuối kỳ {f.number(closing)}."
    )


def flow_title(flows: Sequence[tuple[int, int]]) -> str:
    """The message of stock and flow from (opening, closing) of the newest period."""
    opening, closing = flows[-1]
    if closing > opening:
        return f"Tồn đọng tăng từ {f.number(opening)} lên {f.number(closing)} trong kỳ"
    if closing < opening:
        return f"Tồn đọng giảm từ {f.number(opening)} xuống {f.number(closing)} trong kỳ"
    return f"Tồn đọng giữ nguyên {f.number(closing)} trong kỳ"
