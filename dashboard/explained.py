"""What was said about integrity flags and about findings: read from the home's state, and kept there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.layout import Desk
from dashboard.queries.quality import Flag
from warehouse.state import Explanation, known_state, open_state


@dataclass(frozen=True)
class Explained:
    """The explanations of each flag that the reader may see, the newest first; an empty text took back what stood."""

    by_flag: Mapping[str, tuple[Explanation, ...]] = field(default_factory=dict)

    def of(self, flag_id: str) -> tuple[Explanation, ...]:
        """All that was said of a flag, also what was taken back since."""
        return self.by_flag.get(flag_id, ())

    def holds_for(self, flag_id: str) -> bool:
        """Whether an explanation stands."""
        return any(each.text for each in self.of(flag_id)[:1])

    def newest(self, most: int) -> tuple[Explanation, ...]:
        """What was written last, about whichever flag."""
        written = [each for of_flag in self.by_flag.values() for each in of_flag]
        return tuple(sorted(written, key=lambda each: each.written_at, reverse=True)[:most])


def explained(desk: Desk | None, flags: Sequence[Flag]) -> Explained:
    """What was said of these flags, of no other; nothing where there is no desk."""
    if desk is None:
        return Explained()
    with known_state(desk.home) as state:
        said = state.explanations()
    return Explained({flag.flag_id: said[flag.flag_id] for flag in flags if flag.flag_id in said})


def reasons_given(desk: Desk | None, sender: str) -> Mapping[str, str]:
    """The reasons that a sender gave until now, by confirmation key; nothing where there is no desk."""
    if desk is None:
        return {}
    with known_state(desk.home) as state:
        return {key: each.reason for key, each in state.confirmations(sender).items()}


def explain(desk: Desk, flag_id: str, text: str, author: str) -> None:
    """Keep what `author` says of a flag; an empty text takes back what stood. DoithoaiError where it cannot be kept."""
    with open_state(desk.home) as state:
        state.explain(Explanation(flag_id, text, author, desk.now()))
