"""Explained findings: what was said of integrity flags answers the same question at the door."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from ingest.model.reasons import GivenReason
from ingest.parsing import read_code
from warehouse.flag_pairs import flags_by_rule
from warehouse.home import Home
from warehouse.reason_words import why_no_reason
from warehouse.state import Explanation, known_state

Row = tuple[str, str, str, str, datetime]
"""Of a recorded finding: its feed, rule, row's key and confirmation key, and when the feed came."""

Ask = Callable[[str, Sequence[str]], Iterable[Row]]
"""The recorded findings of a sender by these rules."""

ASKED = """
    select findings.feed_id, findings.rule, coalesce(findings.row_key, ''), findings.confirmation_key, feeds.received_at
    from {schema}.findings as findings join {schema}.feeds as feeds using (feed_id)
    where feeds.sender_unit_code = ? and findings.needs_reason and list_contains(?, findings.rule)
        and findings.confirmation_key is not null and coalesce(findings.count, 1) = 1
"""
"""A finding about many rows is answered by a reason only: a flag speaks of one of them."""


def explained(home: Home, sender: str, ask: Ask) -> Mapping[str, GivenReason]:
    """What was said of flags of this sender's feeds, by the key of each finding about the same fact.

    An explanation answers what the door had asked by then: another value since is asked about again.
    """
    pairs = flags_by_rule()
    standing = _standing(home, frozenset().union(*pairs.values()))
    if not standing:
        return {}
    found: dict[str, GivenReason] = {}
    for feed_id, rule, row_key, key, received_at in ask(sender, sorted(pairs)):
        subjects = (read_code(row_key).value or row_key, feed_id)
        for each in (standing.get(f"{flag}|{subject}") for flag in pairs[rule] for subject in subjects):
            if each is not None and received_at <= each.written_at:
                found[key] = GivenReason(each.text, each.author, each.written_at)
    return found


def _standing(home: Home, flags: frozenset[str]) -> dict[str, Explanation]:
    """The explanations of these flags that stand and say something, by the flag's id."""
    with known_state(home) as state:
        newest = {flag_id: said[0] for flag_id, said in state.explanations().items()}
    return {
        flag_id: said
        for flag_id, said in newest.items()
        if said.text and not why_no_reason(said.text) and flag_id.partition("|")[0] in flags
    }
