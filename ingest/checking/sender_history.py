"""What is known of a sender from before: earlier versions, confirmations, aliases."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from ingest.model.reasons import GivenReason
from warehouse.home import Home
from warehouse.state import Alias, known_state


def _no_reasons(_sender: str) -> Mapping[str, GivenReason]:
    return {}


def _no_aliases(_sender: str) -> tuple[Alias, ...]:
    return ()


def _nothing_to_bring(_sender: str, _period: str) -> None:
    return None


def _landed_here() -> AbstractContextManager[str]:
    return nullcontext("raw")


@dataclass(frozen=True)
class Memory:
    """What a check may ask about a sender.

    `reasons`: what the sender said, by confirmation key. `explained`: what was said of flags of the same facts,
    likewise. `aliases`: what the sender's own texts mean. `bring(sender, period)` sees to it that the `raw` tables of
    the checking connection hold the versions of that period. `landed` is where, for a while, every row that landed
    stands: a schema of the checking connection.
    """

    reasons: Callable[[str], Mapping[str, GivenReason]] = _no_reasons
    aliases: Callable[[str], tuple[Alias, ...]] = _no_aliases
    explained: Callable[[str], Mapping[str, GivenReason]] = _no_reasons
    bring: Callable[[str, str], None] = _nothing_to_bring
    landed: Callable[[], AbstractContextManager[str]] = _landed_here


NOTHING_KNOWN = Memory()
"""Of a sender who never sent anything."""


def memory_of(
    home: Home,
    bring: Callable[[str, str], None] = _nothing_to_bring,
    landed: Callable[[], AbstractContextManager[str]] = _landed_here,
    explained: Callable[[str], Mapping[str, GivenReason]] = _no_reasons,
) -> Memory:
    """What the state of `home` knows, and how what landed is reached."""

    def reasons(sender: str) -> Mapping[str, GivenReason]:
        with known_state(home) as state:
            said = state.confirmations(sender)
        return {key: GivenReason(each.reason, each.confirmed_by, each.confirmed_at) for key, each in said.items()}

    def aliases(sender: str) -> tuple[Alias, ...]:
        with known_state(home) as state:
            return state.aliases(sender)

    return Memory(reasons, aliases, explained, bring, landed)
