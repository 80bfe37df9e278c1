"""The posts whose holders are planned, for each thing that can happen to a post; by unit (old or new) and body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sample_province.mergers.periods import SECOND_MERGER
from sample_province.people import GOVERNMENT, PARTY


@dataclass(frozen=True)
class Stint:
    """A person's time in a post, [from_on, to_on); `person` is a label that only identifies the person here."""

    person: str
    from_on: date
    to_on: date | None
    acting: bool = False


_OLD, _NEW = date(2021, 7, 5), SECOND_MERGER

PLANNED: Mapping[tuple[str, str], tuple[Stint, ...]] = {
    # an acting head within a tenure that continues afterwards: in a new unit, in an old one across the turn of the
    # year, in a district
    ("13573:new", GOVERNMENT): (
        Stint("13573 chairman", _NEW, None),
        Stint("13573 acting", date(2025, 10, 6), date(2025, 11, 17), acting=True),
    ),
    ("13591:old", GOVERNMENT): (
        Stint("13591 chairman", _OLD, _NEW),
        Stint("13591 acting", date(2024, 11, 18), date(2025, 2, 3), acting=True),
    ),
    ("349:old", GOVERNMENT): (
        Stint("349 chairman", _OLD, _NEW),
        Stint("349 acting", date(2025, 5, 5), date(2025, 6, 16), acting=True),
    ),
    # overlapping tenures of some weeks: the later head holds the post from his first day
    ("353:old", PARTY): (
        Stint("353 secretary", _OLD, date(2025, 2, 10)),
        Stint("353 second secretary", date(2025, 1, 15), _NEW),
    ),
    # adjacent tenures of one person in one post, renewed within a quarter and again at the merger: one spell
    ("13594:old", PARTY): (
        Stint("13594 secretary", date(2020, 6, 10), date(2025, 3, 3)),
        Stint("13594 secretary", date(2025, 3, 3), _NEW),
    ),
    ("13594:new", PARTY): (Stint("13594 secretary", _NEW, None),),
    # one person in both posts, before and after the merger
    ("13579:old", PARTY): (Stint("13579 both", _OLD, _NEW),),
    ("13579:old", GOVERNMENT): (Stint("13579 both", _OLD, _NEW),),
    ("13501:new", PARTY): (Stint("13501 both", _NEW, None),),
    ("13501:new", GOVERNMENT): (Stint("13501 both", _NEW, None),),
    # a change of head within a quarter
    ("13285:new", GOVERNMENT): (
        Stint("13285 first chairman", _NEW, date(2025, 8, 18)),
        Stint("13285 second chairman", date(2025, 8, 18), None),
    ),
    # vacant at first; vacant from some day on; never filled
    ("13291:new", PARTY): (Stint("13291 secretary", date(2025, 9, 15), None),),
    ("13324:new", GOVERNMENT): (Stint("13324 chairman", _NEW, date(2025, 11, 3)),),
    ("13318:new", GOVERNMENT): (),
    # a change decided in January with effect from 1 February, after the last day of the world
    ("13330:new", GOVERNMENT): (
        Stint("13330 chairman", _NEW, date(2026, 2, 1)),
        Stint("13330 next chairman", date(2026, 2, 1), None),
    ),
    # heads of an ended commune and of the ended province who head a new unit from the day of the merger on
    ("13600:old", PARTY): (Stint("13600 secretary", _OLD, _NEW),),
    ("13609:new", PARTY): (Stint("13600 secretary", _NEW, None),),
    ("35:old", GOVERNMENT): (Stint("35 chairman", _OLD, _NEW),),
    ("37:new", GOVERNMENT): (Stint("35 chairman", _NEW, None),),
    # a head who leaves with a unit that ends on 1 January 2025
    ("13288:old", GOVERNMENT): (Stint("13288 chairman", _OLD, date(2025, 1, 1)),),
}
