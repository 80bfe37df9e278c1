"""Coverage: the share of the feeds owed that have been received, over pairs of unit and feed."""

from collections import defaultdict

from tests.oracle.periods import Period
from tests.oracle.world import Subject, World, coverage_subject


class Coverage:
    """The coverage of every subject in every period."""

    def __init__(self, world: World) -> None:
        self._pairs: dict[tuple[Period, Subject], list[int]] = defaultdict(lambda: [0, 0])
        for period in world.periods:
            for feed in world.feeds:
                if feed.overlaps(period) and feed.is_owed(period.cutoff, world.known_at):
                    for unit in feed.covers:
                        for subject in world.subjects_on(unit, None, feed.period.last):
                            if subject.kind != "head":
                                pair = self._pairs[period, subject]
                                pair[0] += feed.first_received_at is not None
                                pair[1] += 1

    def of(self, period: Period, subject: Subject) -> float | None:
        """Return the share of feeds received; None if none is owed. A head has the coverage of its unit."""
        received, owed = self._pairs.get((period, coverage_subject(subject)), (0, 0))
        return received / owed if owed else None
