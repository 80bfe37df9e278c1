"""Hand over the petitions that are open when their unit ends.

On 1 January 2025, a petition remains with its district, which names itself or the ended unit as responsible, or drops
the petition: which of the 98 communes took over is not known. On 1 July, one successor takes it over, or none does.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

from sample_province.chance import chance_for, pick, takes
from sample_province.mergers.cases import Case, Keeper
from sample_province.mergers.maps import NEW_PROVINCE, OLD_PROVINCE, map_on, successors_of
from sample_province.mergers.periods import FIRST_MERGER, SECOND_MERGER
from sample_province.mergers.petitions import SILENT, SILENT_AT_FIRST
from sample_province.places import DISTRICTS

_TAKEN_OVER = 0.75


def handed_over(cases: Iterable[Case], seed: int) -> tuple[Case, ...]:
    """The cases, each with its keepers after the two mergers added."""
    found = (_after_first_merger(case, chance_for(seed, f"first merger:{case.code}")) for case in cases)
    return tuple(_after_second_merger(case, chance_for(seed, f"second merger:{case.code}")) for case in found)


def _after_first_merger(case: Case, rng: Random) -> Case:
    """Hand over an open petition of a unit that ends with 2024."""
    before = FIRST_MERGER - timedelta(days=1)
    if not case.open_on(before):
        return case
    keeper = case.keeper_on(before)
    if keeper.responsible in map_on(FIRST_MERGER).by_code:
        return case
    district = map_on(before).by_code[keeper.responsible].parent
    responsible = pick(rng, {district: 0.5, keeper.responsible: 0.3, "": 0.2})
    after = Keeper(FIRST_MERGER, keeper.sender if responsible else None, responsible or keeper.responsible)
    return replace(case, keepers=(*case.keepers, after))


def _after_second_merger(case: Case, rng: Random) -> Case:
    """Hand over a petition that is open when districts and the 98 communes end."""
    before = SECOND_MERGER - timedelta(days=1)
    if not case.open_on(before) or case.keeper_on(before).sender is None:
        return case
    responsible = case.keeper_on(before).responsible
    taker = _taker(responsible, rng)
    return replace(case, keepers=(*case.keepers, Keeper(SECOND_MERGER, taker, taker or responsible)))


def _taker(responsible: str, rng: Random) -> str | None:
    """A successor of the responsible commune, the new province for the old one and its districts, or None."""
    if not takes(rng, _TAKEN_OVER):
        return None
    if responsible == OLD_PROVINCE or responsible in DISTRICTS:
        return NEW_PROVINCE
    found = [code for code in successors_of(responsible) if code not in SILENT | SILENT_AT_FIRST]
    return rng.choice(found) if found else None
