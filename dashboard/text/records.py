"""Sentences on plans, supervision, nil returns, trainings, decisions and good practices. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dashboard.model import Figure, Period
from dashboard.text import formats as f
from dashboard.text import labels

NO_DECISIONS = "Chưa có quyết định khen thưởng, kỷ luật hay nhắc nhở về người này."
NO_PLAN = "Chưa nhận được kế hoạch đối thoại năm {year}."
_NAMES = {"trainings": "tập huấn", "decisions": "khen thưởng, kỷ luật, nhắc nhở", "practices": "cách làm hay"}


def plan_title(year: int, planned: int, held: int, units: int) -> str:
    """'Kế hoạch năm 2024: 3 hội nghị, đã tổ chức 2'; with the number of units if there are several."""
    whose = f" của {f.number(units)} đơn vị" if units > 1 else ""
    return f"Kế hoạch năm {year}{whose}: {f.number(planned)} hội nghị, đã tổ chức {f.number(held)}"


def programme(number: str) -> str:
    return f"Theo chương trình công tác số {number}."


def supervised(figure: Figure, period: Period) -> str:
    """Return the number of conclusions that the Fatherland Front has supervised."""
    pair = f.share(figure.numerator, figure.denominator)
    return f"MTTQ giám sát: {pair} kết luận của các hội nghị trong {period.label}."


def nil_returns(found: Iterable[tuple[str, str]]) -> str:
    """Return the senders of nil returns with their periods."""
    labels_by_unit: dict[str, list[str]] = {}
    for unit, label in found:
        labels_by_unit.setdefault(unit, []).append(label)
    text = "; ".join(f"{unit} ({', '.join(periods)})" for unit, periods in labels_by_unit.items())
    return f"Báo cáo «Không phát sinh»: {text}."


def nothing(names: Sequence[str], period: Period) -> str:
    """Return one sentence for all sheets without rows in the period."""
    return f"Không có {', '.join(_NAMES[name] for name in names)} trong {period.label}."


def trainings_title(count: int, participants: int, period: Period) -> str:
    people = f", {f.number(participants)} lượt người dự" if participants else ""
    return f"Tập huấn trong {period.label}: {f.number(count)} lớp{people}"


def decisions_title(kinds: Iterable[str], period: Period | None = None) -> str:
    """'Quyết định trong Quý III/2024: 2 khen thưởng, 1 nhắc nhở'."""
    counts = Counter(kinds)
    text = ", ".join(
        f"{f.number(counts[kind])} {name.lower()}" for kind, name in labels.DECISIONS.items() if counts[kind]
    )
    return f"Quyết định trong {period.label}: {text}" if period else f"Quyết định về người này: {text}"


def practices_title(count: int, period: Period) -> str:
    return f"Cách làm hay phổ biến trong {period.label}: {f.number(count)}"
