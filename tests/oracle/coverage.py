"""Coverage: of the feeds that the units of a subject owe, the share that has come, over pairs of unit and feed."""

from collections import defaultdict

from tests.oracle.periods import Period
from tests.oracle.world import Subject, World, place_of


class Coverage:
    """The coverage of every subject in every period."""

    def __init__(self, world: World) -> None:
        self._pairs: dict[tuple[Period, Subject], list[int]] = defaultdict(lambda: [0, 0])
        for period in world.periods:
            for feed in world.feeds:
                if feed.touches(period) and feed.is_owed(period.cutoff, world.known_at):
                    for unit in feed.covers:
                        for subject in world.subjects_on(unit, None, feed.period.last):
                            if subject.kind != "head":
                                pair = self._pairs[period, subject]
                                pair[0] += feed.first_received_at is not None
                                pair[1] += 1

    def of(self, period: Period, subject: Subject) -> float | None:
        """The share; None where nothing is owed. A head has that of the unit."""
        received, owed = self._pairs.get((period, place_of(subject)), (0, 0))
        return received / owed if owed else None
