"""How the units of the world differ: each has a quality of its own, from which its ways follow."""

from dataclasses import dataclass

from sample_province.chance import chance_for


@dataclass(frozen=True)
class Manner:
    """The ways of one unit: probabilities, and by how many days it is late on average where it is late."""

    settled_in_term: float
    never_settled: float
    lateness_days: float
    chaired_by_head: float
    in_programme: float
    notice_in_time: float
    detailed_programme: float
    conclusion_in_time: float
    supervised: float
    direct_answer: float
    satisfied: float


def manner_of(seed: int, code: str, *, new: bool) -> Manner:
    """The ways of a unit before or after the second merger; its successor under the same code has others."""
    good = chance_for(seed, f"manner:{code}:{new}").betavariate(2.2, 1.5)
    return Manner(
        settled_in_term=0.35 + 0.6 * good,
        never_settled=0.2 - 0.17 * good,
        lateness_days=30 - 20 * good,
        chaired_by_head=0.55 + 0.43 * good,
        in_programme=0.6 + 0.38 * good,
        notice_in_time=0.6 + 0.38 * good,
        detailed_programme=0.55 + 0.43 * good,
        conclusion_in_time=0.5 + 0.48 * good,
        supervised=0.2 + 0.65 * good,
        direct_answer=0.2 + 0.35 * good,
        satisfied=0.4 + 0.45 * good,
    )
