"""What is known of a sender from before: earlier versions, confirmations, aliases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from warehouse.home import Home
from warehouse.state import Alias, known_state


def _no_reasons(_sender: str) -> Mapping[str, str]:
    return {}


def _no_aliases(_sender: str) -> tuple[Alias, ...]:
    return ()


def _nothing_to_bring(_sender: str, _period: str) -> None:
    return None


@dataclass(frozen=True)
class Memory:
    """What a check may ask about a sender.

    `reasons`: the sender's reasons by confirmation key. `aliases`: what the sender's own texts mean. `bring(sender,
    period)` sees to it that the `raw` tables of the checking connection hold the versions of that period.
    """

    reasons: Callable[[str], Mapping[str, str]] = _no_reasons
    aliases: Callable[[str], tuple[Alias, ...]] = _no_aliases
    bring: Callable[[str, str], None] = _nothing_to_bring


NOTHING_KNOWN = Memory()
"""Of a sender who never sent anything."""


def memory_of(home: Home, bring: Callable[[str, str], None] = _nothing_to_bring) -> Memory:
    """What the state of `home` knows."""

    def reasons(sender: str) -> Mapping[str, str]:
        with known_state(home) as state:
            return {key: each.reason for key, each in state.confirmations(sender).items()}

    def aliases(sender: str) -> tuple[Alias, ...]:
        with known_state(home) as state:
            return state.aliases(sender)

    return Memory(reasons, aliases, bring)
