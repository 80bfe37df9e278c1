"""Compare the published `kpi_values` with the oracle, value by value, in both directions."""

from collections.abc import Iterator
from typing import Any

import duckdb

from tests.oracle.differences import Difference, is_close
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
    """Yield every published row that differs from the oracle and every expected row that is missing."""
    keys = {(it.calendar, it.kind, it.first, it.last): it for it in world.periods}
    seen: set[Key] = set()
    for row in snapshot.execute(f"select {', '.join((*KEY, *COLUMNS))} from kpi_values").fetchall():
        period = keys.get(row[:4])
        if period is None:
            yield Difference("kpi_values", row[:8], "row", "published", "no such period")
            continue
        key = (period, subject_of(row[4], row[5]), row[6], row[7])
        if key in seen or published_key(key, world) != row[:8]:
            yield Difference("kpi_values", row[:8], "key", "published", published_key(key, world))
        seen.add(key)
        yield from _row_differences(
            row, expected.row(key), expected.coverage.of(period, key[1]), expected.previous_may_be_missing(key)
        )
    for key in set(expected.required_keys()) - seen:
        yield Difference("kpi_values", published_key(key, world), "row", None, expected.row(key))


def _row_differences(
    row: tuple[Any, ...], expected: tuple[Any, ...] | None, share: float | None, may_be_missing: bool
) -> Iterator[Difference]:
    values = row[len(KEY) :]
    if expected is None:
        yield Difference("kpi_values", row[:8], "row", values, None)
    elif values != (complete := (*expected, share)):
        for column, value, other in zip(COLUMNS, values, complete, strict=True):
            missing = column == "previous_value" and may_be_missing and not value and not other
            if not is_close(column, value, other) and not missing:
                yield Difference("kpi_values", row[:8], column, value, other)


def subject_of(kind: str, identifier: str) -> Subject:
    """The subject of a published row."""
    return PROVINCE if kind == "province" else subject(kind, identifier)


def published_key(key: Key, world: World) -> tuple[object, ...]:
    """The key of a figure as published."""
    period, who, field, kpi = key
    return (
        *(period.calendar, period.kind, period.first, period.last),
        who.kind,
        world.identifier(who, period),
        field,
        kpi,
    )
