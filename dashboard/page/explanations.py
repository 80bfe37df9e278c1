"""Explanations of integrity flags and reasons of findings, stored in the home's state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from dashboard.access.visitor import Visitor
from dashboard.queries.quality import Flag
from warehouse.access.audit import Action
from warehouse.state import Confirmation, Explanation, known_state, open_state


@dataclass(frozen=True)
class Answer:
    """A reason with its author and time, if known."""

    reason: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Explanations:
    """The explanations of each flag in the scope, newest first; an empty text withdraws the one before.

    `answers` are the senders' answers on the same facts from the checks of their feeds, by flag.
    """

    by_flag: Mapping[str, tuple[Explanation, ...]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def of(self, flag_id: str) -> tuple[Explanation, ...]:
        """Return all explanations of a flag, including withdrawn ones."""
        return self.by_flag.get(flag_id, ())

    def has_explanation(self, flag_id: str) -> bool:
        """Return whether the latest explanation is not withdrawn."""
        return any(each.text for each in self.of(flag_id)[:1])

    def is_explained(self, flag_id: str) -> bool:
        """Return whether the flag is explained, here or by the sender's answer."""
        return self.has_explanation(flag_id) or flag_id in self.answers

    def newest(self, most: int) -> tuple[Explanation, ...]:
        """Return the latest explanations of any flags."""
        written = [each for of_flag in self.by_flag.values() for each in of_flag]
        return tuple(sorted(written, key=lambda each: each.written_at, reverse=True)[:most])


def explanations_of(visitor: Visitor | None, flags: Sequence[Flag]) -> Explanations:
    """Return the explanations of these flags only; without visitor, those of the snapshot."""
    if visitor is None:
        return Explanations(answers={it.flag_id: answer for it in flags if (answer := _answer(it, {}))})
    with known_state(visitor.home) as state:
        by_flag = state.explanations()
        reasons = {sender: state.confirmations(sender) for sender in {it.sender for it in flags if it.keys}}
    return Explanations(
        {flag.flag_id: by_flag[flag.flag_id] for flag in flags if flag.flag_id in by_flag},
        {it.flag_id: answer for it in flags if (answer := _answer(it, reasons.get(it.sender, {})))},
    )


def _answer(flag: Flag, reasons: Mapping[str, Confirmation]) -> Answer | None:
    """Return the sender's current answer if it covers all findings of the flag; else that of the snapshot."""
    known = [reasons[key] for key in flag.keys.split() if key in reasons]
    if known and len(known) == len(flag.keys.split()):
        texts, people = (dict.fromkeys(map(attrgetter(name), known)) for name in ("reason", "confirmed_by"))
        return Answer("; ".join(texts), ", ".join(people), max(each.confirmed_at for each in known))
    return Answer(flag.reason, flag.reason_by, flag.reason_at) if flag.reason else None


def reasons_given(visitor: Visitor | None, sender: str) -> Mapping[str, Answer]:
    """Return the reasons of a sender by confirmation key; empty without visitor."""
    if visitor is None:
        return {}
    with known_state(visitor.home) as state:
        confirmations = state.confirmations(sender)
    return {key: Answer(each.reason, each.confirmed_by, each.confirmed_at) for key, each in confirmations.items()}


def explain(visitor: Visitor, flag_id: str, text: str, author: str) -> None:
    """Store an explanation of a flag by `author`; an empty text withdraws the last one. DoithoaiError if it cannot be
    stored."""
    with open_state(visitor.home) as state:
        state.explain(Explanation(flag_id, text, author, visitor.now()))
    visitor.note(Action.EXPLAINED, subject=flag_id)
