"""Dates, instants, working days and dated rules."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tests.oracle.inputs import Inputs, RuleRow

DAY = timedelta(days=1)


def start_of(day: date) -> datetime:
    """The first instant of a day."""
    return datetime.combine(day, time.min)


def end_of(day: date) -> datetime:
    """The last microsecond of a day."""
    return datetime.combine(day, time.max)


def has_no_time(instant: datetime) -> bool:
    """Return True for exact midnight, which stands for a date without a time."""
    return instant.time() == time.min


class Workdays:
    """Monday to Friday except public holidays, adjusted by the officially swapped days."""

    def __init__(self, off: frozenset[date], swapped: dict[date, bool]) -> None:
        first, last = min(off).replace(month=1, day=1), max(off).replace(month=12, day=31)
        every = (first + DAY * number for number in range((last - first).days + 1))
        self._days = [day for day in every if swapped.get(day, day.isoweekday() <= 5 and day not in off)]

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted; `day` itself for a count of 0."""
        return self._days[bisect_right(self._days, day) + count - 1] if count else day

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, which is not counted; `day` itself for a count of 0."""
        return self._days[bisect_left(self._days, day) - count] if count else day


class Rules:
    """The dated rules: the value in force for a level on a date, and the limits that follow from it."""

    def __init__(self, inputs: Inputs) -> None:
        self._rows: dict[tuple[str, str], list[RuleRow]] = {}
        for row in inputs.rules:
            self._rows.setdefault((row.rule, row.level), []).append(row)
        self._workdays = Workdays(inputs.days_off, inputs.swapped)

    def rows(self, rule: str, level: str) -> Iterable[RuleRow]:
        """All rows of one rule for one level."""
        return self._rows.get((rule, level), ())

    def limit_after(self, rule: str, level: str, day: date) -> date | None:
        """The last day allowed after `day` by the rule in force on `day`; None without a rule."""
        row = self._on(rule, level, day)
        if row is None:
            return None
        return self._workdays.after(day, row.value) if row.working else day + DAY * row.value

    def limit_before(self, rule: str, level: str, day: date) -> date | None:
        """The last day allowed before `day` by the rule in force on `day`; None without a rule."""
        row = self._on(rule, level, day)
        if row is None:
            return None
        return self._workdays.before(day, row.value) if row.working else day - DAY * row.value

    def _on(self, rule: str, level: str, day: date) -> RuleRow | None:
        found = [row for row in self.rows(rule, level) if row.valid_from <= day < row.valid_to]
        if len(found) > 1:
            raise ValueError(f"rule {rule} of level {level} has {len(found)} values on {day}")
        return found[0] if found else None
