"""Which counts are shown or hidden together, and which differences between shown counts are counts again.

A quantity is a numerator or denominator of a KPI, or a column of stock and flow. No two groups share a quantity, so
that each group is shown or hidden on its own; a figure is shown if all groups that it reads are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FLOW_COLUMNS = ("opening", "joined", "received", "settled", "left_scope", "moved_away", "closing")
FLOWS = "flows"
"""The group of the columns of stock and flow that no KPI shows."""


@dataclass(frozen=True)
class Count:
    """A quantity, or the sum of some minus others, that counts petitions, opinions or dialogues.

    `beside` are the groups that give it away together with its own; without them nobody can compute it. `adds_up`: the
    counts of the quarters add up to that of the year. `of_term`: it is a count only for the term, elsewhere a change.
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    adds_up: bool = True
    of_term: bool = False


@dataclass(frozen=True)
class CountGroup:
    """Counts that are shown or hidden together, only where the groups in `needs` are shown."""

    name: str
    counts: tuple[Count, ...]
    needs: tuple[str, ...] = ()


def over(kpi_code: str) -> str:
    """Return the name of a numerator."""
    return f"{kpi_code}.numerator"


def under(kpi_code: str) -> str:
    """Return the name of a denominator."""
    return f"{kpi_code}.denominator"


def _parts(name: str, kpi_code: str, *more: Count, adds_up: bool = True, needs: tuple[str, ...] = ()) -> CountGroup:
    """Return the group of a rate with numbers of its own: the numerator and the rest of the denominator."""
    part, whole = over(kpi_code), under(kpi_code)
    rest = Count((whole,), (part,), adds_up=adds_up)
    return CountGroup(name, (Count((part,), adds_up=adds_up), rest, *more), needs)


_SETTLED, _MATURED, _ON_TIME = over("resolution_rate"), under("on_time_rate"), over("on_time_rate")
_OPEN, _OVERDUE = under("overdue_rate"), over("overdue_open")

GROUPS: tuple[CountGroup, ...] = (
    _parts("timeliness", "on_time_rate"),
    CountGroup(
        "settled",
        (
            Count((_SETTLED,)),
            Count((_SETTLED,), (_ON_TIME,), beside=("timeliness",)),
            Count((_MATURED,), (_SETTLED,), beside=("timeliness",), of_term=True),
        ),
    ),
    CountGroup(
        "overdue",
        (
            Count((_OVERDUE,), adds_up=False),
            Count((_MATURED,), (_SETTLED, _OVERDUE), beside=("timeliness", "settled"), adds_up=False, of_term=True),
        ),
    ),
    CountGroup(
        "open",
        (
            Count((_OPEN,), adds_up=False),
            Count((_OPEN,), (_OVERDUE,), beside=("overdue",), adds_up=False),
            Count((under("resolution_rate"),), (_SETTLED,), beside=("settled",), adds_up=False),
        ),
    ),
    CountGroup(
        "resolved",
        (Count((over("resolved_share"),)), Count((_SETTLED,), (over("resolved_share"),), beside=("settled",))),
    ),
    _parts(
        "satisfaction",
        "satisfaction_rate",
        Count((_SETTLED,), (under("satisfaction_rate"),), beside=("settled",)),
    ),
    CountGroup("waits", (Count((under("median_days_to_settle"),), adds_up=False),)),
    _parts("answers", "direct_answer_rate"),
    CountGroup("dialogues", (Count((over("dialogues_held"),)),)),
    CountGroup(
        "chaired",
        (Count((over("head_chaired_rate"),)), Count((over("dialogues_held"),), (over("head_chaired_rate"),))),
        ("dialogues",),
    ),
    CountGroup(
        "programme",
        (Count((over("in_programme_rate"),)), Count((over("dialogues_held"),), (over("in_programme_rate"),))),
        ("dialogues",),
    ),
    _parts("obligation", "obligation_rate", adds_up=False, needs=("dialogues",)),
    _parts("procedure", "procedure_rate", adds_up=False),
    _parts("conclusions", "conclusion_on_time_rate"),
    _parts("supervision", "supervised_rate", adds_up=False),
    CountGroup(
        FLOWS,
        (
            Count(("opening",), adds_up=False),
            *(Count((column,)) for column in ("received", "left_scope", "joined", "moved_away")),
        ),
        ("timeliness", "settled", "overdue", "open"),
    ),
)

KPI_GROUPS: Mapping[str, tuple[str, ...]] = {
    "on_time_rate": ("timeliness",),
    "resolution_rate": ("settled", "open"),
    "overdue_open": ("overdue",),
    "overdue_rate": ("overdue", "open"),
    "resolved_share": ("settled", "resolved"),
    "satisfaction_rate": ("satisfaction",),
    "median_days_to_settle": ("waits",),
    "direct_answer_rate": ("answers",),
    "dialogues_held": ("dialogues",),
    "head_chaired_rate": ("dialogues", "chaired"),
    "in_programme_rate": ("dialogues", "programme"),
    "obligation_rate": ("obligation",),
    "procedure_rate": ("procedure",),
    "conclusion_on_time_rate": ("conclusions",),
    "supervised_rate": ("supervision",),
}
"""The groups that a figure reads. A KPI that is not listed is hidden, except those of feeds."""

OPEN_KPIS = frozenset({"feed_on_time_rate"})
"""KPIs about reports of authorities: they count no petitions, opinions or dialogues, and are always shown."""
