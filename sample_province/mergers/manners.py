"""The differences between units: each has a random quality that determines its habits."""

from dataclasses import dataclass

from sample_province.chance import chance_for


@dataclass(frozen=True)
class Manner:
    """The habits of one unit: probabilities, and its mean delay in days when it is late."""

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
    """The habits of a unit before or after the second merger; a successor with the same code has its own."""
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
