"""Data quality: findings of the feeds in use, integrity flags, and the checks of the last build."""

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.queries.scope import Connection, Scope, records

REPAIRED = "repaired_"
"""Prefix of the rules that report how a cell was read."""


@dataclass(frozen=True)
class RuleCount:
    """The number of findings of a rule in the feeds in use; `example` is one of its messages."""

    tier: str
    rule: str
    example: str
    findings: int
    senders: int

    @property
    def is_repair(self) -> bool:
        """Whether the rule reports how cells were read, not an error."""
        return self.rule.startswith(REPAIRED)


@dataclass(frozen=True)
class Tally:
    """Findings (without repairs) and rows of the feeds in use of one sender or one period."""

    name: str
    feeds: int
    findings: int
    quarantined: int
    received: int


@dataclass(frozen=True)
class Flag:
    """One integrity flag.

    `keys` are the confirmation keys, separated by spaces, of the findings that asked `sender` about the same fact when
    the feed was checked; `reason`, `reason_by` and `reason_at` are the answer as of the snapshot.
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
        """Whether the flag needs an explanation; else it is for information."""
        return self.severity == "warn"


@dataclass(frozen=True)
class PassedCheck:
    """One check that the published data passed: the tables examined, and their rows if it is one table."""

    suite: str
    description: str
    examined: str
    rows_examined: int | None


_CURRENT = f"""
    with feeds as (select * from fct_feeds where is_current and {{scope}}),
    counted as (
        select feed_id, sum(coalesce(count, 1)) as findings from feed_findings
        where not starts_with(rule, '{REPAIRED}') group by feed_id
    )"""


def findings_by_rule(con: Connection, scope: Scope) -> tuple[RuleCount, ...]:
    """Return the counts of findings of each rule, by tier, most findings first."""
    values: dict[str, object] = {}
    sql = f"""
        {_CURRENT.format(scope=scope.where("sender_unit_code", values))}
        select f.tier, f.rule, arg_min(f.message, f.feed_id) as example,
               cast(sum(coalesce(f.count, 1)) as bigint) as findings,
               count(distinct feeds.sender_unit_code) as senders
        from feed_findings f join feeds using (feed_id)
        group by f.tier, f.rule
        order by list_position(['feed', 'row', 'warn'], f.tier), 4 desc, f.rule"""
    return records(con, RuleCount, sql, values)


def findings_by_sender(con: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Return the counts of feeds, findings and rows for each sender, most findings first."""
    return _tallies(
        con,
        scope,
        "coalesce((select arg_max(display_name, valid_from) from dim_units u where u.unit_code = "
        "feeds.sender_unit_code), feeds.sender_unit_code)",
        "3 desc, 1",
    )


def findings_by_period(con: Connection, scope: Scope) -> tuple[Tally, ...]:
    """Return the counts of feeds, findings and rows for each period, newest first."""
    return _tallies(con, scope, "feeds.period_code", "max(feeds.period_end) desc, 1")


def _tallies(con: Connection, scope: Scope, name: str, order: str) -> tuple[Tally, ...]:
    values: dict[str, object] = {}
    sql = f"""
        {_CURRENT.format(scope=scope.where("sender_unit_code", values))}
        select {name} as name, count(*) as feeds, cast(coalesce(sum(counted.findings), 0) as bigint) as findings,
               cast(sum(feeds.rows_quarantined) as bigint) as quarantined,
               cast(sum(feeds.rows_landed + feeds.rows_quarantined) as bigint) as received
        from feeds left join counted using (feed_id)
        group by 1 order by {order}"""
    return records(con, Tally, sql, values)


def flags(con: Connection, scope: Scope) -> tuple[Flag, ...]:
    """Return all integrity flags: warnings before information, newest first.

    A unit has its name on the flagged date, or its last name if it had ended by then.
    """
    values: dict[str, object] = {}
    sql = f"""
        select i.flag_id, i.flag_code as code, d.name, i.severity, i.subject_type, i.subject_id,
               coalesce(i.unit_code, '') as unit_code,
               coalesce(u.display_name, (select arg_max(display_name, valid_from) from dim_units d
                    where d.unit_code = i.unit_code), i.unit_code, '') as unit_name,
               i.flagged_on, i.detail, coalesce(i.feed_id, '') as feed_id, coalesce(i.sender_unit_code, '') as sender,
               coalesce(i.confirmation_keys, '') as keys, coalesce(i.reason, '') as reason,
               coalesce(i.reason_by, '') as reason_by, i.reason_at
        from integrity_flags i
        cross join (select cast(as_of as date) as day from snapshot) s
        join dim_flags d using (flag_code)
        left join dim_units u on u.unit_code = i.unit_code and u.valid_from <= coalesce(i.flagged_on, s.day)
            and (u.valid_to is null or u.valid_to > coalesce(i.flagged_on, s.day))
        where {scope.where("i.unit_code", values)}
        order by i.severity <> 'warn', i.flagged_on desc nulls last, d.sort_order, i.flag_id"""
    return records(con, Flag, sql, values)


def passed_checks(con: Connection) -> tuple[PassedCheck, ...]:
    """Return the checks that the published data passed, those of dbt first."""
    sql = "select suite, description, examined, rows_examined from suite_results order by suite, check_id"
    return records(con, PassedCheck, sql)
