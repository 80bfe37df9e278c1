"""What should be published: every figure, its place, the value before it and its coverage."""

from collections.abc import Iterator

from tests.oracle.coverage import Coverage
from tests.oracle.heads import VACANT
from tests.oracle.kpis import EVERYWHERE, Figure, Key, empty, figures_of
from tests.oracle.periods import previous_of
from tests.oracle.ranks import Place, places_of
from tests.oracle.tallies import ALL, Count
from tests.oracle.world import World

NOWHERE = Place()


class Expectation:
    """`kpi_values` as the definitions have it.

    For all fields together every subject in force has every KPI, also where nothing was counted; for a vacant post and
    a subject that is gone such empty rows may stand or not. By field there is only what was counted.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._previous = previous_of(world.periods)
        self.coverage = Coverage(world)
        self.tallies = Count(world).tallies
        self.figures = figures_of(world, self.tallies)
        self.places = places_of(self.figures, world, self.coverage)

    def figure(self, key: Key) -> Figure | None:
        """The figure of a key; None where there is none."""
        return self.figures.get(key) or self._empty(key)

    def row(self, key: Key) -> tuple[float | None, ...] | None:
        """Numerator, denominator, value, bounds, rank, band, peers and previous value; None where there is none."""
        figure = self.figure(key)
        if figure is None:
            return None
        place = self.places.get(key, NOWHERE)
        return (
            *(figure.numerator, figure.denominator, figure.value, figure.lower, figure.upper),
            *(place.rank, place.rank_best, place.rank_worst, place.peer_count),
            self._before(key),
        )

    def _before(self, key: Key) -> float | None:
        """The value in the previous period, where there is one and the subject had the figure."""
        before = self._previous.get(key[0])
        figure = self.figure((before, *key[1:])) if before else None
        return figure.value if figure else None

    def _empty(self, key: Key) -> Figure | None:
        period, who, field, kpi = key
        return empty(kpi, who, period) if field == ALL else None

    def must_stand(self) -> Iterator[Key]:
        """Every row that has to be published."""
        yield from self.figures
        for period, who in self._world.in_force:
            if not who.id.startswith(VACANT):
                for kpi in EVERYWHERE:
                    if empty(kpi, who, period):
                        yield period, who, ALL, kpi

    def may_lack(self, key: Key) -> bool:
        """True if the row of the previous period may be missing, so that nothing stands for its 0."""
        before = self._previous.get(key[0])
        return before is not None and not self._stands((before, *key[1:]))

    def _stands(self, key: Key) -> bool:
        is_in_force = (key[0], key[1]) in self._world.in_force and not key[1].id.startswith(VACANT)
        return key in self.figures or is_in_force
