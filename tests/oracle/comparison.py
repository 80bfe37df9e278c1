"""`kpi_values` as published, held against the oracle value by value, in both directions."""

from collections.abc import Iterator
from typing import Any

import duckdb

from tests.oracle.differences import Difference, alike
from tests.oracle.expectation import Expectation
from tests.oracle.kpis import Key
from tests.oracle.world import PROVINCE, Subject, World, subject

KEY = (
    *("calendar", "period_type", "period_start", "period_end"),
    *("subject_type", "subject_id", "field_code", "kpi_code"),
)
COLUMNS = (
    *("numerator", "denominator", "value", "lower", "upper"),
    *("rank", "rank_best", "rank_worst", "peer_count", "previous_value", "coverage"),
)


def kpi_differences(world: World, snapshot: duckdb.DuckDBPyConnection, expected: Expectation) -> Iterator[Difference]:
    """`kpi_values` against the oracle: every row that is published, and every figure that is not."""
    keys = {(it.calendar, it.kind, it.first, it.last): it for it in world.periods}
    seen: set[Key] = set()
    for row in snapshot.execute(f"select {', '.join((*KEY, *COLUMNS))} from kpi_values").fetchall():
        period = keys.get(row[:4])
        if period is None:
            yield Difference("kpi_values", row[:8], "row", "published", "no such period")
            continue
        key = (period, subject_of(row[4], row[5]), row[6], row[7])
        if key in seen or named(key, world) != row[:8]:
            yield Difference("kpi_values", row[:8], "key", "published", named(key, world))
        seen.add(key)
        yield from _row_differences(
            row, expected.row(key), expected.coverage.of(period, key[1]), expected.may_lack(key)
        )
    for key in set(expected.must_stand()) - seen:
        yield Difference("kpi_values", named(key, world), "row", None, expected.row(key))


def _row_differences(
    row: tuple[Any, ...], expected: tuple[Any, ...] | None, share: float | None, may_lack: bool
) -> Iterator[Difference]:
    values = row[len(KEY) :]
    if expected is None:
        yield Difference("kpi_values", row[:8], "row", values, None)
    elif values != (wanted := (*expected, share)):
        for column, value, other in zip(COLUMNS, values, wanted, strict=True):
            nothing = column == "previous_value" and may_lack and not value and not other
            if not alike(column, value, other) and not nothing:
                yield Difference("kpi_values", row[:8], column, value, other)


def subject_of(kind: str, identifier: str) -> Subject:
    """The subject of a published row."""
    return PROVINCE if kind == "province" else subject(kind, identifier)


def named(key: Key, world: World) -> tuple[object, ...]:
    """A key as it is published."""
    period, who, field, kpi = key
    return (
        *(period.calendar, period.kind, period.first, period.last),
        who.kind,
        world.identifier(who, period),
        field,
        kpi,
    )
