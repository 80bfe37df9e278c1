"""The lexicon for a feed, given its cover: names of fields and units, and the sender's aliases."""

from datetime import date

import duckdb

from ingest.checking.context import CheckContext
from ingest.lookups.units import unit_names
from ingest.rules.cover import Cover
from ingest.staging.column_parsers import AliasKey, Lexicon, alias_text

_EVER = (date(1, 1, 1), date(9999, 12, 31))


def lexicon_of(context: CheckContext, cover: Cover, subtree: frozenset[str]) -> Lexicon:
    start, end = (cover.period.start, cover.period.end) if cover.period else _EVER
    fields = context.con.execute("select field_code, field_name from lookups.fields order by sort_order").fetchall()
    year = cover.period.end.year if cover.period else context.now.year
    return Lexicon(
        fields={code: (name,) for code, name in fields},
        units=unit_names(context.con, subtree, start, end),
        this_year=max(context.now.year, year),
        likely_year=year,
    )


def aliases_of_sender(context: CheckContext, cover: Cover) -> dict[AliasKey, str]:
    known = context.history.aliases(cover.sender_unit_code or "")
    return {(each.sheet_kind, each.field, alias_text(each.received)): each.read for each in known}


def subtree_of(con: duckdb.DuckDBPyConnection, cover: Cover) -> frozenset[str]:
    """The units that a sender may report on: itself, every unit that was ever below it, and their predecessors.

    Predecessors are the units that they succeeded by the end of the period, and the districts above these, if they had
    ended by then: a new commune takes over the petitions of old communes and of their district, not those of the
    province. If the sender is unknown, all units are returned.
    """
    if cover.sender_unit_code is None:
        return frozenset(each for (each,) in con.execute("select distinct unit_code from lookups.units").fetchall())
    parameters = {"until": cover.period.end if cover.period else _EVER[1], "sender": cover.sender_unit_code}
    return frozenset(unit_code for (unit_code,) in con.execute(_REACHED, parameters).fetchall())


_REACHED = """
    with recursive ended_districts as (
        select unit_code
        from lookups.units
        where level = 'district'
        group by unit_code
        having max(coalesce(valid_to, date '9999-12-31')) <= $until + 1
    ), steps as (
        select parent_code as unit_code, unit_code as next_code, 'below' as step from lookups.units
        union all
        select new_code, old_code, 'before' from lookups.unit_successors where valid_from <= $until
        union all
        select unit_code, parent_code, 'above' from lookups.units
        where parent_code in (select unit_code from ended_districts)
    ), reached(unit_code, is_taken_over) as (
        select $sender::varchar, false
        union
        select steps.next_code, reached.is_taken_over or steps.step = 'before'
        from reached
        join steps using (unit_code)
        where steps.step = 'before' or reached.is_taken_over = (steps.step = 'above')
    )
    select distinct unit_code from reached
"""
"""The query for the units that unit $sender may report on for a period that ends on $until."""
