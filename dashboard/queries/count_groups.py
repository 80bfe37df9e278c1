"""Which counts are shown or hidden together, and which differences between shown counts are counts again.

A quantity is a numerator or denominator of a KPI, or a column of stock and flow. No two groups share a quantity, so
that each group is shown or hidden on its own; a figure is shown if all groups that it reads are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import kpi_codes

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


_SETTLED, _MATURED, _ON_TIME = over(kpi_codes.RESOLUTION), under(kpi_codes.ON_TIME), over(kpi_codes.ON_TIME)
_OPEN, _OVERDUE = under(kpi_codes.OPEN_AND_OVERDUE), over(kpi_codes.OVERDUE)

GROUPS: tuple[CountGroup, ...] = (
    _parts("timeliness", kpi_codes.ON_TIME),
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
            Count((under(kpi_codes.RESOLUTION),), (_SETTLED,), beside=("settled",), adds_up=False),
        ),
    ),
    CountGroup(
        "resolved",
        (
            Count((over(kpi_codes.RESOLVED_SHARE),)),
            Count((_SETTLED,), (over(kpi_codes.RESOLVED_SHARE),), beside=("settled",)),
        ),
    ),
    _parts(
        "satisfaction",
        kpi_codes.SATISFACTION,
        Count((_SETTLED,), (under(kpi_codes.SATISFACTION),), beside=("settled",)),
    ),
    CountGroup("waits", (Count((under(kpi_codes.MEDIAN_DAYS),), adds_up=False),)),
    _parts("answers", kpi_codes.DIRECT_ANSWERS),
    CountGroup("dialogues", (Count((over(kpi_codes.DIALOGUES),)),)),
    CountGroup(
        "chaired",
        (Count((over(kpi_codes.HEAD_CHAIRED),)), Count((over(kpi_codes.DIALOGUES),), (over(kpi_codes.HEAD_CHAIRED),))),
        ("dialogues",),
    ),
    CountGroup(
        "programme",
        (Count((over(kpi_codes.IN_PROGRAMME),)), Count((over(kpi_codes.DIALOGUES),), (over(kpi_codes.IN_PROGRAMME),))),
        ("dialogues",),
    ),
    _parts("obligation", kpi_codes.OBLIGATION, adds_up=False, needs=("dialogues",)),
    _parts("procedure", kpi_codes.PROCEDURE, adds_up=False),
    _parts("conclusions", kpi_codes.CONCLUSIONS_ON_TIME),
    _parts("supervision", kpi_codes.SUPERVISED, adds_up=False),
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
    kpi_codes.ON_TIME: ("timeliness",),
    kpi_codes.RESOLUTION: ("settled", "open"),
    kpi_codes.OVERDUE: ("overdue",),
    kpi_codes.OPEN_AND_OVERDUE: ("overdue", "open"),
    kpi_codes.RESOLVED_SHARE: ("settled", "resolved"),
    kpi_codes.SATISFACTION: ("satisfaction",),
    kpi_codes.MEDIAN_DAYS: ("waits",),
    kpi_codes.DIRECT_ANSWERS: ("answers",),
    kpi_codes.DIALOGUES: ("dialogues",),
    kpi_codes.HEAD_CHAIRED: ("dialogues", "chaired"),
    kpi_codes.IN_PROGRAMME: ("dialogues", "programme"),
    kpi_codes.OBLIGATION: ("obligation",),
    kpi_codes.PROCEDURE: ("procedure",),
    kpi_codes.CONCLUSIONS_ON_TIME: ("conclusions",),
    kpi_codes.SUPERVISED: ("supervision",),
}
"""The groups that a figure reads. A KPI that is not listed is hidden, except those of feeds."""

OPEN_KPIS = frozenset({kpi_codes.FEEDS_ON_TIME})
"""KPIs about reports of authorities: they count no petitions, opinions or dialogues, and are always shown."""
