"""The suite of expectations for a sheet, derived from its contract for one feed. Pure."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from ingest.contract.load import filled
from ingest.contract.sheet_contract import Rule, SheetContract
from ingest.lookups.periods import Period
from ingest.model.findings import Tier
from warehouse.expectations import Expectation


@dataclass(frozen=True)
class Suite:
    """Expectations keyed by rule, and the rules by the same key."""

    expectations: tuple[Expectation, ...]
    rules: Mapping[str, Rule]

    def without(self, ids: Collection[str]) -> "Suite":
        """The suite without the rules that have these ids."""
        kept = {key: rule for key, rule in self.rules.items() if rule.id not in ids}
        return Suite(tuple(each for each in self.expectations if each.id in kept), kept)

    def can_find(self, problems: Mapping[str, Set[str]]) -> tuple[Expectation, ...]:
        """The expectations, without those that only forbid problems that no text has; `problems` are given by field."""
        return tuple(each for each in self.expectations if _can_be_broken(each, problems))


BY_SENDER = frozenset({"foreign_unit", "ambiguous_unit"})
"""The rules that need a known sender and period: they depend on the sender's units and on unit names in the period."""


def _can_be_broken(expectation: Expectation, problems: Mapping[str, Set[str]]) -> bool:
    field, _, aspect = str(expectation.kwargs.get("column", "")).partition("__")
    if aspect != "problem" or expectation.type != "expect_column_values_to_not_be_in_set":
        return True
    return not problems.get(field, set()).isdisjoint(expectation.kwargs["value_set"])


YEARS_AHEAD = 3
"""A date more than this many years after the period is probably a typing error."""


def suite_words(period: Period | None, now: datetime) -> dict[str, Any]:
    """The values of the placeholders in the contracts' arguments."""
    words: dict[str, Any] = {"now": now, "now_day": now.date()}
    if period is not None:
        words["period_start"] = period.start
        words["period_end"] = period.end
        words["period_year"] = period.start.year
        words["following_year"] = period.start.year + 1
        words["period_end_instant"] = datetime.combine(period.end, time.max)
        words["far_ahead"] = datetime(period.end.year + YEARS_AHEAD, 12, 31)
    return words


def derive_suite(contract: SheetContract, present: Collection[str], words: Mapping[str, Any]) -> Suite:
    """Derive the suite of all rules that can apply: their columns are in the feed, and their placeholders are known."""
    rules = {}
    expectations = []
    for rule in contract.rules:
        if not rule.expectation:
            continue
        expectation = _expectation(rule, words)
        if _applies(contract, expectation, present):
            rules[rule.key] = rule
            expectations.append(expectation)
    return Suite(tuple(expectations), rules)


def _expectation(rule: Rule, words: Mapping[str, Any]) -> Expectation:
    severity = "warning" if rule.tier is Tier.WARN else "critical"
    kwargs = filled(dict(rule.kwargs or {}), words)
    return Expectation(rule.key, rule.expectation, kwargs, severity, {"tier": rule.tier.value})


def _applies(contract: SheetContract, expectation: Expectation, present: Collection[str]) -> bool:
    fields = {column.field for column in contract.columns}
    named = {column.partition("__")[0] for column in expectation.columns} & fields
    return named <= set(present) and not _has_placeholder(expectation.kwargs)


def _has_placeholder(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_placeholder(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_has_placeholder(item) for item in value)
    return isinstance(value, str) and value.startswith("{") and value.endswith("}")
