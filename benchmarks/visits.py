"""What viewers look at: a seeded walk over pages, periods, units and fields of a published snapshot."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.viewer import Visit
from dashboard import filters
from dashboard.filters import View
from dashboard.queries import catalogue
from warehouse.connection import connect

PAGES = {
    "": 30,
    filters.UNITS: 30,
    filters.HEADS: 12,
    filters.PROGRESS: 12,
    filters.METHOD: 2,
    filters.FEED_BOARD: 6,
    filters.DATA_QUALITY: 4,
    filters.PROVENANCE: 4,
}
"""How often of a hundred each page is the next; '' is the overview."""
SAME_PAGE, OTHER_UNIT, OTHER_PERIOD, OTHER_FIELD = 0.5, 0.6, 0.25, 0.15
"""How often the next view stays on its page, and how often then each filter changes; a new page keeps the filters."""


@dataclass(frozen=True)
class Walk:
    """The units, periods and fields among which viewers choose."""

    units: tuple[str, ...]
    periods: tuple[str, ...]
    fields: tuple[str, ...]

    def of_viewer(self, seed: int) -> Iterator[Visit]:
        """Yield visits without end: the overview of the province first, then page changes and filter changes."""
        chance = random.Random(seed)
        page, view = "", View(period=self.periods[-1])
        yield Visit("", "")
        while True:
            if chance.random() < SAME_PAGE:
                view = self._filtered(chance, view)
            else:
                page = chance.choices(list(PAGES), list(PAGES.values()))[0]
            yield Visit(page, urlencode(filters.parameters_of(view)))

    def _filtered(self, chance: random.Random, view: View) -> View:
        kind = chance.choices(["unit", "period", "field"], [OTHER_UNIT, OTHER_PERIOD, OTHER_FIELD])[0]
        if kind == "unit":
            return view.to(unit=chance.choice(self.units) if chance.random() < 0.7 else "")
        if kind == "period":
            return view.to(period=chance.choice(self.periods))
        return view.to(field=chance.choice(self.fields))


def walk_of(snapshot: Path) -> Walk:
    """Return the choices of a snapshot: all its units, its last four quarters of the party calendar, all fields."""
    with connect(snapshot, read_only=True) as con:
        quarters = [it for it in catalogue.periods(con) if (it.calendar, it.period_type) == ("party", "quarter")]
        latest = sorted(quarters, key=lambda it: it.start)[-4:]
        codes = tuple(field.code for field in catalogue.fields(con))
        return Walk(catalogue.unit_codes(con), tuple(it.code for it in latest), (filters.ALL, *codes))
