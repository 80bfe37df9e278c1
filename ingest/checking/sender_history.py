"""The history of a sender: earlier versions, confirmations, aliases."""

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


def _nothing_to_load(_sender: str, _period: str) -> None:
    return None


def _own_schema() -> AbstractContextManager[str]:
    return nullcontext("raw")


@dataclass(frozen=True)
class SenderHistory:
    """A sender's history, as far as a check needs it.

    `reasons` are the sender's reasons by confirmation key, `flag_reasons` the explanations of integrity flags about the
    same facts, by the same key. `aliases` are the meanings of the sender's own texts. `load_period(sender, period)`
    ensures that the `raw` tables of the checking connection hold the versions of that period. `landed` is a context
    that yields a schema of the checking connection with all landed rows.
    """

    reasons: Callable[[str], Mapping[str, GivenReason]] = _no_reasons
    aliases: Callable[[str], tuple[Alias, ...]] = _no_aliases
    flag_reasons: Callable[[str], Mapping[str, GivenReason]] = _no_reasons
    load_period: Callable[[str, str], None] = _nothing_to_load
    landed: Callable[[], AbstractContextManager[str]] = _own_schema


NO_HISTORY = SenderHistory()
"""The history of a sender that never sent anything."""


def history_of(
    home: Home,
    load_period: Callable[[str, str], None] = _nothing_to_load,
    landed: Callable[[], AbstractContextManager[str]] = _own_schema,
    flag_reasons: Callable[[str], Mapping[str, GivenReason]] = _no_reasons,
) -> SenderHistory:
    """The history from the state of `home`; the other arguments give access to landed rows and flag explanations."""

    def reasons(sender: str) -> Mapping[str, GivenReason]:
        with known_state(home) as state:
            confirmed = state.confirmations(sender)
        return {key: GivenReason(each.reason, each.confirmed_by, each.confirmed_at) for key, each in confirmed.items()}

    def aliases(sender: str) -> tuple[Alias, ...]:
        with known_state(home) as state:
            return state.aliases(sender)

    return SenderHistory(reasons, aliases, flag_reasons, load_period, landed)
