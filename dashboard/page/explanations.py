"""What was said about integrity flags and about findings: read from the home's state, and kept there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from dashboard.page.page import HomeAccess
from dashboard.queries.quality import Flag
from warehouse.state import Confirmation, Explanation, known_state, open_state


@dataclass(frozen=True)
class Answer:
    """A reason, who gave it and when, as far as that is known."""

    reason: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Explained:
    """The explanations of each flag that the reader may see, the newest first; an empty text took back what stood.

    `at_the_door` are the answers that senders gave of the same facts when their feeds came, by flag.
    """

    by_flag: Mapping[str, tuple[Explanation, ...]] = field(default_factory=dict)
    at_the_door: Mapping[str, Answer] = field(default_factory=dict)

    def of(self, flag_id: str) -> tuple[Explanation, ...]:
        """All that was said of a flag, also what was taken back since."""
        return self.by_flag.get(flag_id, ())

    def stands(self, flag_id: str) -> bool:
        """Whether an explanation stands."""
        return any(each.text for each in self.of(flag_id)[:1])

    def holds_for(self, flag_id: str) -> bool:
        """Whether the flag is explained, here or at the door."""
        return self.stands(flag_id) or flag_id in self.at_the_door

    def newest(self, most: int) -> tuple[Explanation, ...]:
        """What was written last, about whichever flag."""
        written = [each for of_flag in self.by_flag.values() for each in of_flag]
        return tuple(sorted(written, key=lambda each: each.written_at, reverse=True)[:most])


def explained(access: HomeAccess | None, flags: Sequence[Flag]) -> Explained:
    """What was said of these flags, of no other; where there is no access, what the snapshot knows of it."""
    if access is None:
        return Explained(at_the_door={it.flag_id: answer for it in flags if (answer := _answer(it, {}))})
    with known_state(access.home) as state:
        said = state.explanations()
        reasons = {sender: state.confirmations(sender) for sender in {it.sender for it in flags if it.keys}}
    return Explained(
        {flag.flag_id: said[flag.flag_id] for flag in flags if flag.flag_id in said},
        {it.flag_id: answer for it in flags if (answer := _answer(it, reasons.get(it.sender, {})))},
    )


def _answer(flag: Flag, reasons: Mapping[str, Confirmation]) -> Answer | None:
    """What was answered at the door until now, if all was that it asked; else what the snapshot knows."""
    known = [reasons[key] for key in flag.keys.split() if key in reasons]
    if known and len(known) == len(flag.keys.split()):
        said, people = (dict.fromkeys(map(attrgetter(name), known)) for name in ("reason", "confirmed_by"))
        return Answer("; ".join(said), ", ".join(people), max(each.confirmed_at for each in known))
    return Answer(flag.reason, flag.reason_by, flag.reason_at) if flag.reason else None


def reasons_given(access: HomeAccess | None, sender: str) -> Mapping[str, Answer]:
    """The reasons that a sender gave until now, by confirmation key; nothing where there is no access."""
    if access is None:
        return {}
    with known_state(access.home) as state:
        said = state.confirmations(sender)
    return {key: Answer(each.reason, each.confirmed_by, each.confirmed_at) for key, each in said.items()}


def explain(access: HomeAccess, flag_id: str, text: str, author: str) -> None:
    """Keep what `author` says of a flag; an empty text takes back what stood. DoithoaiError where it cannot be kept."""
    with open_state(access.home) as state:
        state.explain(Explanation(flag_id, text, author, access.now()))
