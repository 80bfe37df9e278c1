"""Every list behind a figure has as many records as the figure says: all units, subtrees, periods, KPIs and fields.

One query per numerator or denominator and world, with the definitions that the lists use: the rows of `kpi_parts` and
the SQL of their events. So each is defined once, and not twice with agreement on some pages only.
"""

from collections.abc import Iterator

import pytest

from dashboard.model import Part
from dashboard.queries import catalogue, membership
from dashboard.queries.petition_sets import behind
from dashboard.queries.scope import Connection
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

MEMBERS = "create temp table members (kind varchar, id varchar, unit_code varchar, since date, until date)"
PERIODS = """
    create temp table periods as
    select calendar, period_type, period_start, cast(period_start as timestamp) as s, cutoff as b from dim_periods"""
DIFFERING = """
    with listed as (
        select t.calendar, t.period_type, t.period_start, m.kind as subject_type, m.id as subject_id,
               coalesce(p.{field}, 'ALL') as field_code, count(*) as records
        from {table} p
        join members m on m.unit_code = p.{unit}
        join periods t on {where}
        group by grouping sets ((t.calendar, t.period_type, t.period_start, m.kind, m.id, p.{field}),
                                (t.calendar, t.period_type, t.period_start, m.kind, m.id))
    ),
    published as (
        select *, {part} as figure from kpi_values
        where kpi_code = $kpi and subject_type in ('unit', 'subtree') and ({by_field} or field_code = 'ALL')
    )
    select count(*), count(*) filter (where coalesce(records, 0) <> coalesce(figure, 0)), sum(records)
    from published
    full join listed using (calendar, period_type, period_start, subject_type, subject_id, field_code)
    where {by_field} or field_code = 'ALL'"""
WITHIN = "(m.since is null or {day} >= m.since) and (m.until is null or {day} < m.until)"
SPAN = ("greatest(t.s, cast(m.since as timestamp))", "least(t.b, cast(m.until as timestamp) - interval 1 microsecond)")


@pytest.fixture(scope="module", params=["sample_home", "merger_home"])
def world(request: pytest.FixtureRequest) -> Iterator[Connection]:
    home: Home = request.getfixturevalue(request.param)
    with connect(current(home).path, read_only=True) as con:
        codes = catalogue.unit_codes(con)
        spells = [("unit", code, code, None, None) for code in codes]
        for code in codes:
            spells += [("subtree", code, *vars(each).values()) for each in membership.members_of(con, code)]
        con.execute(MEMBERS)
        con.execute(f"insert into members values {', '.join(['(?, ?, ?, ?, ?)'] * len(spells))}", sum(spells, ()))
        con.execute(PERIODS)
        yield con


def petition_events(con: Connection, kpi_code: str, part: Part) -> str:
    """Return the SQL condition that a petition counts for a unit and period, built as in the lists."""
    chosen = behind(con, kpi_code, part)
    assert chosen is not None
    first, last = SPAN if not chosen.day else ("t.s", "t.b")
    where = chosen.where.replace("{s}", first).replace("{b}", last).replace("$s", "t.s").replace("$b", "t.b")
    day = f"cast({chosen.day.replace('$b', 't.b')} as date)"
    return f"{where} and ({WITHIN.format(day=day) if chosen.day else f'{first} <= {last}'})"


def test_every_list_has_the_records_that_its_figure_counts(world: Connection) -> None:
    sides = 0
    for kpi in catalogue.kpis(world):
        for side in kpi.parts:
            if side.record_kind == "petitions":
                record = {"table": "fct_petitions", "unit": "responsible_unit_code", "field": "field_code"}
                where = petition_events(world, kpi.code, side.part)
            else:
                record = {"table": "fct_dialogues", "unit": "unit_code", "field": "main_field"}
                only = f"p.{side.only_column}" if side.only_column else "true"
                where = f"p.held_on between t.s and t.b and {only} and {WITHIN.format(day='p.held_on')}"
            name = side.part.value
            sql = DIFFERING.format(**record, where=where, part=name, by_field=str(kpi.is_by_field).lower())
            figures, differing, records = world.execute(sql, {"kpi": kpi.code}).fetchall()[0]
            assert (kpi.code, name, differing) == (kpi.code, name, 0)
            assert figures > 1000
            assert records > 0
            sides += 1
    assert sides == 15
