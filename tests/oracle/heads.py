"""Heads of each post over time: the listed tenures, merged and cut into spells without gaps or overlaps."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from tests.oracle.inputs import TenureRow

VACANT = "vacant"
BODIES = ("party", "government")


@dataclass(frozen=True, slots=True)
class Spell:
    """Days [first, until) during which one person, or nobody, held a post; `names` are those in the tenures.

    `began` is the first day of the person's tenure, including the tenures it renews: that of the spell, except when the
    person holds the post again after an acting head.
    """

    leader: str
    unit: str
    body: str
    names: frozenset[str]
    first: date
    until: date
    began: date

    @property
    def head_id(self) -> str:
        """The subject of this spell's figures."""
        return f"{self.leader}|{self.unit}|{self.body}"


class Heads:
    """The spells of every post, which cover all of time."""

    def __init__(self, tenures: list[TenureRow], as_of: date) -> None:
        """`tenures` are the newest listings; changes after `as_of` are ignored, because they have not happened yet."""
        self._tenures: dict[tuple[str, str], list[TenureRow]] = {}
        for tenure in tenures:
            if tenure.from_on <= as_of:
                self._tenures.setdefault((tenure.unit, tenure.body), []).append(tenure)
        self._as_of = as_of
        self._spells: dict[tuple[str, str], tuple[Spell, ...]] = {}

    def spells(self, unit: str, body: str) -> tuple[Spell, ...]:
        """The spells of a post, from the beginning to the end of time."""
        if (unit, body) not in self._spells:
            self._spells[unit, body] = self._of(unit, body)
        return self._spells[unit, body]

    def on(self, unit: str, body: str, day: date) -> Spell:
        """The spell of a post on a day."""
        return next(spell for spell in self.spells(unit, body) if spell.first <= day < spell.until)

    def _until(self, tenure: TenureRow) -> date:
        return tenure.to_on if tenure.to_on and tenure.to_on <= self._as_of else date.max

    def _of(self, unit: str, body: str) -> tuple[Spell, ...]:
        tenures = self._tenures.get((unit, body), [])
        cuts = {date.min, date.max, *(it.from_on for it in tenures), *map(self._until, tenures)}
        found: list[Spell] = []
        for first, until in pairwise(sorted(cuts)):
            spell = self._between(tenures, unit, body, first, until)
            if found and found[-1].leader == spell.leader:
                before = found.pop()
                spell = replace(before, names=before.names | spell.names, until=until)
            found.append(spell)
        return tuple(found)

    def _between(self, tenures: list[TenureRow], unit: str, body: str, first: date, until: date) -> Spell:
        """The spell between two consecutive changes: the tenure that began last holds the post."""
        holding = [it for it in tenures if it.from_on <= first < self._until(it)]
        if not holding:
            return Spell(VACANT, unit, body, frozenset(), first, until, first)
        holder = max(holding, key=lambda it: (it.from_on, it.leader))
        own = [it for it in tenures if it.leader == holder.leader]
        return Spell(holder.leader, unit, body, frozenset({holder.name}), first, until, self._began(holder, own))

    def _began(self, tenure: TenureRow, own: list[TenureRow]) -> date:
        """The first day of the tenure, or of the same person's adjacent tenures before it."""
        before = [it for it in own if it.from_on < tenure.from_on <= self._until(it)]
        return min((self._began(it, own) for it in before), default=tenure.from_on)
