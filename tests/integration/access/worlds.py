"""The sample provinces with a steward of one unit, and what that steward must not see."""

from dataclasses import dataclass, field
from typing import Any

import duckdb

from dashboard.access.reader import Reader, reader_of
from dashboard.page.answers import Answers
from dashboard.queries import catalogue, provenance
from dashboard.queries.scope import EVERYTHING, Connection, Scope
from tests.integration.access.answers import Words
from tests.integration.access.query_cases import Aim
from warehouse.access.roles import Grant, Person
from warehouse.home import Home


@dataclass(frozen=True)
class World:
    """One published province, and units in it: of a steward, and of somebody else."""

    con: Connection
    home: Home
    own: str
    other: str
    period: str
    answers: Answers = field(default_factory=Answers)

    @property
    def members(self) -> tuple[str, ...]:
        """The unit `own` and all below it now, by the latest version of each unit."""
        sql = """
            with recursive latest as (
                select unit_code, arg_max(parent_code, valid_from) as parent_code
                from dim_units where valid_from <= (select as_of from snapshot) group by unit_code
            ),
            own as (
                select unit_code from latest where unit_code = $unit
                union select latest.unit_code from latest join own on latest.parent_code = own.unit_code
            )
            select unit_code from own order by 1"""
        return tuple(code for (code,) in self.con.execute(sql, {"unit": self.own}).fetchall())

    def aim(self, unit: str, at: str = "") -> Aim:
        """The aim at a unit; with `at`, at the whole province, and at a petition and feed of the unit `at`."""
        run = tuple(each for each in catalogue.periods(self.con) if each.calendar == "party")
        period = next(each for each in run if each.code == self.period)
        named = at or unit
        petition, feed, sheet, row = self._row(
            "select petition_id, feed_id, sheet, row_number from fct_petitions p where responsible_unit_code = $unit "
            "and feed_id in (select feed_id from fct_feeds where sender_unit_code = $unit) order by exists (from "
            "feed_findings f where f.feed_id = p.feed_id and f.sheet = p.sheet and f.row_number = p.row_number) desc, "
            "petition_id limit 1",
            named,
        )
        head, leader = self._row(
            "select head_id, leader_code from dim_tenures where unit_code = $unit and leader_code <> 'vacant' "
            "order by leader_code in (select leader_code from fct_decisions) desc, from_on desc, head_id limit 1",
            named,
        )
        (version, *_) = provenance.row_versions(self.con, EVERYTHING, petition)
        quarters = tuple(each for each in run if each.period_type == period.period_type)
        return Aim(
            unit, period, quarters, period.cutoff.date(), petition, (feed, sheet, row), feed, head, leader, version
        )

    def _row(self, sql: str, unit: str) -> tuple[Any, ...]:
        found = self.con.execute(sql, {"unit": unit}).fetchone()
        assert found is not None, unit
        return tuple(found)

    def codes(self, sql: str) -> frozenset[str]:
        """Return the values of a query, which may select from `own (code)`, the steward's units."""
        own = f"with own as (select unnest({list(self.members)}) as code) "
        return frozenset(str(code) for (code,) in self.con.execute(own + sql).fetchall() if code)

    def reader(self, *grants: Grant) -> Reader:
        return reader_of(Person("a", "A", grants), self.con)

    def scope(self, *grants: Grant) -> Scope:
        return self.reader(*grants).scope


def foreign_words(world: World) -> Words:
    """Return the texts of petitions of other units, and the codes of petitions, dialogues, feeds and flags that neither
    belong to the steward's units nor were reported by them."""
    own, of_feed = (
        "(select code from own)",
        "(select feed_id from fct_feeds where sender_unit_code in (select code from own))",
    )
    mine = f"(responsible_unit_code in {own} or feed_id in {of_feed})"
    reported = f"(select subject_id from received_rows where feed_id in {of_feed})"
    raised = f"(select dialogue_id from fct_petitions where dialogue_id is not null and {mine})"
    texts, own_texts = (
        world.codes(f"select summary from fct_petitions where responsible_unit_code {which} {own}")
        for which in ("not in", "in")
    )
    codes = (
        world.codes(f"select petition_id from fct_petitions where not {mine} and petition_id not in {reported}"),
        world.codes(
            f"select dialogue_id from fct_dialogues where unit_code not in {own} and feed_id not in {of_feed} "
            f"and dialogue_id not in {raised} and dialogue_id not in {reported}"
        ),
        world.codes(
            f"select feed_id from fct_feeds where sender_unit_code not in {own} "
            f"and feed_id not in (select feed_id from fct_petitions where {mine})"
        ),
        world.codes(f"select flag_id from integrity_flags where unit_code not in {own}"),
    )
    return Words(texts - own_texts, frozenset().union(*codes))


def only_own_records(world: World) -> Connection:
    """Return a copy of the snapshot without the records, feeds and findings of other units."""
    path = world.con.execute("select path from duckdb_databases() where not internal").fetchone()
    assert path is not None
    alone = duckdb.connect(":memory:")
    alone.execute(f"attach '{path[0]}' as whole (read_only)")
    alone.execute("create table own as select unnest($own) as code", {"own": list(world.members)})
    for (table,) in alone.execute("select table_name from duckdb_tables() where database_name = 'whole'").fetchall():
        alone.execute(f"create table {table} as select * from whole.{table} r where {_KEPT.get(table, 'true')}")
    return alone


_OWN = "in (select code from own)"
_SENT = f"feed_id in (select feed_id from whole.fct_feeds where sender_unit_code {_OWN})"
_KEPT = {
    "fct_petitions": f"responsible_unit_code {_OWN}",
    "fct_decisions": f"""coalesce(unit_code, (
        select arg_max(t.unit_code, t.from_on) from whole.dim_tenures t
        where t.leader_code = r.leader_code and t.from_on <= r.decided_on
    )) {_OWN}""",
    **dict.fromkeys(("feed_status", "fct_feeds"), f"sender_unit_code {_OWN}"),
    **dict.fromkeys(
        ("fct_dialogues", "fct_plans", "fct_trainings", "fct_practices", "integrity_flags"), f"unit_code {_OWN}"
    ),
    **dict.fromkeys(("received_rows", "feed_findings", "feed_repairs", "feed_changes", "feed_columns"), _SENT),
}
"""The rows that stay, by table."""
