"""Explanations of integrity flags, which also answer findings about the same fact."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from ingest.model.reasons import GivenReason
from ingest.parsing import read_code
from warehouse.flag_pairs import flags_by_rule
from warehouse.home import Home
from warehouse.reason_words import why_no_reason
from warehouse.state import Explanation, known_state

Row = tuple[str, str, str, str, datetime]
"""A recorded finding: feed, rule, row key, confirmation key, and when the feed was received."""

Ask = Callable[[str, Sequence[str]], Iterable[Row]]
"""A function that returns a sender's recorded findings by some rules."""

FINDINGS_QUERY = """
    select findings.feed_id, findings.rule, coalesce(findings.row_key, ''), findings.confirmation_key, feeds.received_at
    from {schema}.findings as findings join {schema}.feeds as feeds using (feed_id)
    where feeds.sender_unit_code = ? and findings.needs_reason and list_contains(?, findings.rule)
        and findings.confirmation_key is not null and coalesce(findings.count, 1) = 1
"""
"""The query for a sender's recorded findings by some rules.

Findings about several rows are left out: a flag is about one row, and its explanation does not cover the others.
"""


def flag_reasons(home: Home, sender: str, ask: Ask) -> Mapping[str, GivenReason]:
    """The explanations of flags about this sender's feeds, by the confirmation keys of findings about the same facts.

    An explanation covers only findings of feeds received before it was written: a later value needs a new one.
    """
    pairs = flags_by_rule()
    current = _current(home, frozenset().union(*pairs.values()))
    if not current:
        return {}
    found: dict[str, GivenReason] = {}
    for feed_id, rule, row_key, key, received_at in ask(sender, sorted(pairs)):
        subjects = (read_code(row_key).value or row_key, feed_id)
        for each in (current.get(f"{flag}|{subject}") for flag in pairs[rule] for subject in subjects):
            if each is not None and received_at <= each.written_at:
                found[key] = GivenReason(each.text, each.author, each.written_at)
    return found


def _current(home: Home, flags: frozenset[str]) -> dict[str, Explanation]:
    """The current explanations of these flags that give a reason, by flag id."""
    with known_state(home) as state:
        newest = {flag_id: texts[0] for flag_id, texts in state.explanations().items()}
    return {
        flag_id: each
        for flag_id, each in newest.items()
        if each.text and not why_no_reason(each.text) and flag_id.partition("|")[0] in flags
    }
