"""Records that queries return to charts, HTML and pages; properties are derived from a record's own fields only."""

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
    """A unit with its name on the day of the query."""

    code: str
    name: str
    level: str
    parent_code: str | None


@dataclass(frozen=True)
class UnitName:
    """The name of a unit or province on a date, '' if it did not exist then, and the first day of that name."""

    name: str
    since: date | None


@dataclass(frozen=True)
class KnownUnit:
    """The latest version of a unit; `last_day` is set if the unit has ended by the date of the snapshot."""

    unit: Unit
    last_day: date | None
    first_day: date = date.min


@dataclass(frozen=True)
class MemberSpell:
    """The days [from_on, to_on) on which a unit belongs to another; None means open-ended."""

    unit_code: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class UnitSet:
    """The units of a subject: `root` with its subtree on the day that counts, or alone; '' means all units."""

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
"""The event of petitions to handle in a period: a stock, which heads hand over to each other."""


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
    """A row of `dim_kpis`; `target` is in the KPI's unit, rates as fractions."""

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
        """Return the numerator or denominator; None if its records cannot be listed."""
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
    """The subject of a figure: `kind` is unit, subtree, level, province or head."""

    kind: str
    id: str


@dataclass(frozen=True)
class Figure:
    """One value of one KPI for one subject, period and field, with its parts, interval, rank and coverage; without
    numbers but the coverage if `is_hidden` from the reader."""

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
    is_hidden: bool = False


@dataclass(frozen=True)
class RankedLevel:
    """The ranking of the units of a level, in force at the end of a period, by a KPI: the number of units, of ranked
    units, the last rank, and the number of units that share it."""

    units: int
    ranked: int
    last_rank: int
    share_last: int


@dataclass(frozen=True)
class TrendPoint:
    """A figure in one period of a trend."""

    period: Period
    figure: Figure


@dataclass(frozen=True)
class UnitFigure:
    """A figure with its unit."""

    unit: Unit
    figure: Figure


@dataclass(frozen=True)
class Flow:
    """Stock and flow of a subject in one period: opening + joined + received = settled + left_scope + moved_away +
    closing. `joined` and `moved_away` are the open petitions of units that joined or left the subject within the
    period."""

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
    """Feeds of a period: the number due, the number received, the senders of missing feeds, the last deadline of feeds
    not yet due, and the reporting periods within this one that have no feed due yet."""

    due: int
    received: int
    missing: tuple[str, ...]
    open_until: datetime | None
    ahead: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether feeds are due and none was received."""
        return self.due > 0 and self.received == 0


@dataclass(frozen=True)
class Bucket:
    """Open petitions in one age bucket; `code` names it in URLs and encodes the side of the deadline."""

    code: str
    petitions: int

    @property
    def is_overdue(self) -> bool:
        return self.code.startswith("qua-")


@dataclass(frozen=True)
class UnitCount:
    """A count for one unit, with the longest delay in days."""

    unit_code: str
    count: int
    longest_days: float | None


@dataclass(frozen=True)
class QuarantinedRow:
    """A quarantined row: its feed, the cell and its fault, and the reporting period of the older feed that is used
    instead; `is_visible` if the feed is in the scope."""

    feed_id: str
    cell: str
    fault: str
    used_period: str
    is_visible: bool = True


@dataclass(frozen=True)
class Tenure:
    """One tenure of one head in one post; `to_on` is the first day after it, None while in office.

    A vacancy whose start is unknown has no `from_on` and may have no `post`.
    """

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
    """Counts of heads in a period: in office at its end, in office at any time, with overdue petitions; posts vacant at
    its end, posts vacant at any time."""

    last: int
    ever: int
    with_overdue: int
    vacant_last: int
    vacant_ever: int
