"""The quality of the data: findings of the feeds in use, integrity flags, and the checks that every build runs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from dashboard.queries.scope import Connection, Scope, rows

REPAIRED = "repaired_"
"""How the names of rules begin that tell how a cell was read."""


@dataclass(frozen=True)
class RuleCount:
    """How often a rule found something in the feeds in use; `example` is one of its sentences."""

    tier: str
    rule: str
    example: str
    findings: int
    senders: int

    @property
    def is_repair(self) -> bool:
        """Whether it tells how cells were read, and not that something is wrong."""
        return self.rule.startswith(REPAIRED)


@dataclass(frozen=True)
class Tally:
    """Findings, without mere readings, and rows of the feeds in use of one sender, or one period."""

    name: str
    feeds: int
    findings: int
    quarantined: int
    received: int


@dataclass(frozen=True)
class Flag:
    """One integrity flag.

    `keys` are those of the findings that asked `sender` about the same fact when the feed came, with spaces between;
    `reason`, by whom and when, is what the snapshot knows of the answer.
    """

    flag_id: str
    code: str
    name: str
    severity: str
    subject_type: str
    subject_id: str
    unit_code: str
    unit_name: str
    flagged_on: date | None
    detail: str
    feed_id: str
    sender: str = ""
    keys: str = ""
    reason: str = ""
    reason_by: str = ""
    reason_at: datetime | None = None

    @property
    def is_owed(self) -> bool:
        """Whether somebody has to explain it; else it is only to be known."""
        return self.severity == "warn"


@dataclass(frozen=True)
class PassedCheck:
    """One check that the published data passed: the tables that it looked at, and their rows where it is one table."""

    suite: str
    description: str
    examined: str
    rows_examined: int | None


_CURRENT = f"""
    with feeds as (select * from fct_feeds where is_current and {{scope}}),
    told as (
        select feed_id, sum(coalesce(count, 1)) as findings from feed_findings
        where not starts_with(rule, '{REPAIRED}') group by feed_id
    )"""


def findings_by_rule(con: Connection, scope: Scope) -> tuple[RuleCount, ...]:
    """Rules by what they do and how often they found something."""
    values: dict[str, object] = {}
    sql = f"""
        {_CURRENT.format(scope=scope.where("sender_unit_code", values))}
        select f.tier, f.rule, arg_min(f.message, f.feed_id), cast(sum(coalesce(f.count, 1)) as bigint),
               count(distinct feeds.sender_unit_code)
        from feed_findings f join feeds using (feed_id)
        group by f.tier, f.rule
        order by list_position(['feed', 'row', 'warn'], f.tier), 4 desc, f.rule"""
    return tuple(RuleCount(*cast("tuple[str, ...]", row)) for row in rows(con, sql, values))  # type: ignore[arg-type]


def findings_by_sender(con: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Senders, those with most findings first."""
    return _tallies(
        con,
        scope,
        "coalesce((select arg_max(display_name, valid_from) from dim_units u where u.unit_code = "
        "feeds.sender_unit_code), feeds.sender_unit_code)",
        "3 desc, 1",
    )


def findings_by_period(con: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Periods, the newest first."""
    return _tallies(con, scope, "feeds.period_code", "max(feeds.period_end) desc, 1")


def _tallies(con: Connection, scope: Scope, name: str, order: str) -> tuple[Tally, ...]:
    values: dict[str, object] = {}
    sql = f"""
        {_CURRENT.format(scope=scope.where("sender_unit_code", values))}
        select {name}, count(*), cast(coalesce(sum(told.findings), 0) as bigint),
               cast(sum(feeds.rows_quarantined) as bigint),
               cast(sum(feeds.rows_landed + feeds.rows_quarantined) as bigint)
        from feeds left join told using (feed_id)
        group by 1 order by {order}"""
    return tuple(Tally(*cast("tuple[str, ...]", row)) for row in rows(con, sql, values))  # type: ignore[arg-type]


def flags(con: Connection, scope: Scope) -> tuple[Flag, ...]:
    """All integrity flags: warnings before mere information, the newest first; a unit that was dissolved by then has
    its last name."""
    values: dict[str, object] = {}
    sql = f"""
        select i.flag_id, i.flag_code, d.name, i.severity, i.subject_type, i.subject_id, coalesce(i.unit_code, ''),
               coalesce(u.display_name, (select arg_max(display_name, valid_from) from dim_units d
                    where d.unit_code = i.unit_code), i.unit_code, ''), i.flagged_on, i.detail, coalesce(i.feed_id, ''),
               coalesce(i.sender_unit_code, ''), coalesce(i.confirmation_keys, ''), coalesce(i.reason, ''),
               coalesce(i.reason_by, ''), i.reason_at
        from integrity_flags i
        cross join (select cast(as_of as date) as day from snapshot) s
        join dim_flags d using (flag_code)
        left join dim_units u on u.unit_code = i.unit_code and u.valid_from <= coalesce(i.flagged_on, s.day)
            and (u.valid_to is null or u.valid_to > coalesce(i.flagged_on, s.day))
        where {scope.where("i.unit_code", values)}
        order by i.severity <> 'warn', i.flagged_on desc nulls last, d.sort_order, i.flag_id"""
    return tuple(Flag(*cast("tuple[str, ...]", row)) for row in rows(con, sql, values))  # type: ignore[arg-type]


def passed_checks(con: Connection) -> tuple[PassedCheck, ...]:
    """The checks that the published data passed, those inside dbt first."""
    sql = "select suite, description, examined, rows_examined from suite_results order by suite, check_id"
    return tuple(PassedCheck(*cast("tuple[str, ...]", row)) for row in rows(con, sql))  # type: ignore[arg-type]
