"""What queries hand to charts, markup and pages. Frozen, no behaviour beyond what follows from their own fields."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True)
class SnapshotInfo:
    """The one row of `snapshot`."""

    snapshot_id: str
    as_of: datetime
    built_at: datetime
    province_code: str
    province_name: str
    is_sample: bool
    min_denominator: int
    min_coverage: float
    petitions: int
    dialogues: int


@dataclass(frozen=True)
class Period:
    """One reporting period of one calendar; `start` and `end` are its first and last day."""

    calendar: str
    period_type: str
    start: date
    end: date
    code: str
    label: str
    cutoff: datetime
    is_running: bool
    previous_start: date | None


@dataclass(frozen=True)
class Unit:
    """A unit under the name it bore on the day asked for."""

    code: str
    name: str
    level: str
    parent_code: str | None


@dataclass(frozen=True)
class UnitName:
    """What a unit or the province was called on a day, and its first day under that name; '' where it was not there."""

    name: str
    since: date | None


@dataclass(frozen=True)
class KnownUnit:
    """A unit as it was last; `last_day` where it has ended by the day of the data."""

    unit: Unit
    last_day: date | None
    first_day: date = date.min


@dataclass(frozen=True)
class MemberSpell:
    """When a unit counts with another: [from_on, to_on), None where it always did, or does for good."""

    unit_code: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class UnitSet:
    """The units of a subject: `root` with all that lies below it on the day that counts, or alone; '' is every unit."""

    root: str = ""
    is_alone: bool = False


EVERY_UNIT = UnitSet()


@dataclass(frozen=True)
class Field:
    """A field of petitions."""

    code: str
    name: str


class Part(StrEnum):
    """A part of a figure, as `kpi_parts` names it."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Breadth(StrEnum):
    """Which units a figure counts: a unit with all units below it, or the unit alone."""

    SUBTREE = "subtree"
    UNIT = "unit"


TO_HANDLE = "to_handle"
"""The event of petitions that were a unit's to handle in a period: a stock, which heads hand over to each other."""


@dataclass(frozen=True)
class KpiPart:
    """One row of `kpi_parts`: a numerator or denominator whose records can be listed."""

    part: Part
    record_kind: str
    event: str
    only_column: str
    link_label: str


@dataclass(frozen=True)
class Kpi:
    """The definition of a KPI as `dim_kpis` gives it; `target` in the KPI's own unit, rates as fractions."""

    code: str
    name: str
    short_name: str
    unit: str
    numerator_label: str
    denominator_label: str
    definition: str
    better: str
    target: float | None
    basis: str
    record_kind: str
    is_by_field: bool
    is_known_without_feeds: bool
    overview_order: int | None
    comparison_order: int | None
    parts: tuple[KpiPart, ...] = ()

    def part(self, part: Part) -> KpiPart | None:
        """Return the numerator or denominator; None where its records cannot be listed."""
        return next((each for each in self.parts if each.part == part), None)

    def lists(self, record_kind: str, *, of_head: bool = False) -> tuple[Part, ...]:
        """Return the parts whose records of one kind can be listed. For a head, leave out the petitions to handle:
        they are a stock that heads hand over to each other, not one list."""
        found = (each for each in self.parts if each.record_kind == record_kind)
        return tuple(each.part for each in found if not (of_head and each.event == TO_HANDLE))

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"


@dataclass(frozen=True)
class Subject:
    """Whose figure: `kind` is unit, subtree, level, province or head."""

    kind: str
    id: str


@dataclass(frozen=True)
class Figure:
    """One value of one KPI for one subject, period and field, with all that must stand beside it."""

    subject_id: str
    kpi_code: str
    field_code: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    rank: int | None
    rank_best: int | None
    rank_worst: int | None
    peer_count: int | None
    previous_value: float | None
    coverage: float | None


@dataclass(frozen=True)
class RankedLevel:
    """How the units of a level in force when a period ended are ranked by a KPI: how many there are, how many of them
    have a rank, the greatest rank, and how many units share it."""

    units: int
    ranked: int
    last_rank: int
    share_last: int


@dataclass(frozen=True)
class TrendPoint:
    """A figure in one of a row of periods."""

    period: Period
    figure: Figure


@dataclass(frozen=True)
class UnitFigure:
    """A figure with the unit it belongs to."""

    unit: Unit
    figure: Figure


@dataclass(frozen=True)
class Flow:
    """Stock and flow of a subject in one period: opening + joined + received = settled + left_scope + moved_away +
    closing; `joined` and `moved_away` are what units had open that came under it, or left it, inside the period."""

    period: Period
    opening: int
    joined: int
    received: int
    settled: int
    left_scope: int
    moved_away: int
    closing: int


@dataclass(frozen=True)
class Coverage:
    """Feeds of a period: how many are due, how many of them came, which senders owe one, until when those not due yet
    may come, and of which reporting periods inside this one nothing is due yet."""

    due: int
    received: int
    missing: tuple[str, ...]
    open_until: datetime | None
    ahead: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether feeds are due and none has come."""
        return self.due > 0 and self.received == 0


@dataclass(frozen=True)
class Bucket:
    """Open petitions of one age; `code` names it in addresses and says on which side of the deadline it lies."""

    code: str
    petitions: int

    @property
    def is_overdue(self) -> bool:
        return self.code.startswith("qua-")


@dataclass(frozen=True)
class UnitCount:
    """How many of something a unit has."""

    unit_code: str
    count: int
    longest_days: float | None


@dataclass(frozen=True)
class KeptBack:
    """A row that was not taken in: its feed, the cell and what is wrong with it, and the reporting period of the older
    feed that is used instead."""

    feed_id: str
    cell: str
    fault: str
    used_period: str


@dataclass(frozen=True)
class Tenure:
    """One spell of one head in one post; `to_on` is the first day no longer in office, None while in office; a vacancy
    without a known beginning has no `from_on`, and may have no `post`."""

    head_id: str
    leader_code: str
    full_name: str
    unit_code: str
    unit_name: str
    body: str
    post: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class HeadCounts:
    """Heads of a period: persons in office when it ended and at any time in it, of them those with overdue petitions;
    posts vacant when it ended and at any time in it."""

    last: int
    ever: int
    with_overdue: int
    vacant_last: int
    vacant_ever: int
