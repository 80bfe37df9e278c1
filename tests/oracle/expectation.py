"""The expected `kpi_values`: every figure with its rank, previous value and coverage."""

from collections.abc import Iterator

from tests.oracle.coverage import Coverage
from tests.oracle.heads import VACANT
from tests.oracle.kpis import ALWAYS_PUBLISHED, Figure, Key, empty, figures_of
from tests.oracle.periods import previous_of
from tests.oracle.ranks import Ranking, rankings_of
from tests.oracle.tallies import ALL, TallyCounter
from tests.oracle.world import World

UNRANKED = Ranking()


class Expectation:
    """`kpi_values` by the definitions.

    For all fields together, every subject in force has every KPI, even where nothing was counted; rows of zeros are
    optional for a vacant post and for a subject no longer in force. Rows by field exist only where something was
    counted.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._previous = previous_of(world.periods)
        self.coverage = Coverage(world)
        self.tallies = TallyCounter(world).tallies
        self.figures = figures_of(world, self.tallies)
        self.rankings = rankings_of(self.figures, world, self.coverage)

    def figure(self, key: Key) -> Figure | None:
        """The figure of a key; None if it has none."""
        return self.figures.get(key) or self._empty(key)

    def row(self, key: Key) -> tuple[float | None, ...] | None:
        """Numerator, denominator, value, bounds, rank, band, peer count and previous value; None without a figure."""
        figure = self.figure(key)
        if figure is None:
            return None
        ranking = self.rankings.get(key, UNRANKED)
        return (
            *(figure.numerator, figure.denominator, figure.value, figure.lower, figure.upper),
            *(ranking.rank, ranking.rank_best, ranking.rank_worst, ranking.peer_count),
            self._previous_value(key),
        )

    def _previous_value(self, key: Key) -> float | None:
        """The value in the previous period; None if that period or its figure does not exist."""
        before = self._previous.get(key[0])
        figure = self.figure((before, *key[1:])) if before else None
        return figure.value if figure else None

    def _empty(self, key: Key) -> Figure | None:
        period, who, field, kpi = key
        return empty(kpi, who, period) if field == ALL else None

    def required_keys(self) -> Iterator[Key]:
        """Yield the key of every row that must be published."""
        yield from self.figures
        for period, who in self._world.in_force:
            if not who.id.startswith(VACANT):
                for kpi in ALWAYS_PUBLISHED:
                    if empty(kpi, who, period):
                        yield period, who, ALL, kpi

    def previous_may_be_missing(self, key: Key) -> bool:
        """Return True if the row of the previous period is optional, so that its value of 0 may be unpublished."""
        before = self._previous.get(key[0])
        return before is not None and not self._is_required((before, *key[1:]))

    def _is_required(self, key: Key) -> bool:
        is_in_force = (key[0], key[1]) in self._world.in_force and not key[1].id.startswith(VACANT)
        return key in self.figures or is_in_force
