"""How the districts differ: a clearly good one (349), a clearly weak one (351), the rest between."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Habit:
    """The ways of one sender's units; probabilities unless named otherwise.

    `meetings` is the district's own number of conferences in the term, `diligence` scales those of its communes,
    `late_feeds` is how many of the sixteen feeds come after the deadline, `caseload` scales petitions.
    """

    meetings: int
    diligence: float
    caseload: float
    chaired_by_head: float
    in_programme: float
    notice_in_time: float
    detailed_programme: float
    conclusion_in_time: float
    supervised: float
    direct_answer: float
    settled_in_term: float
    never_settled: float
    lateness_days: float
    satisfied: float
    late_feeds: int


HABITS = {
    "35": Habit(5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 0.9, 0.42, 0.88, 0.01, 14, 0.74, 0),
    "347": Habit(7, 1.05, 1.25, 0.88, 0.9, 0.9, 0.86, 0.86, 0.58, 0.4, 0.83, 0.022, 20, 0.68, 1),
    "349": Habit(8, 1.16, 1.0, 0.96, 0.97, 0.97, 0.95, 0.96, 0.8, 0.52, 0.94, 0.005, 8, 0.83, 0),
    "350": Habit(6, 1.0, 1.05, 0.86, 0.86, 0.88, 0.82, 0.84, 0.52, 0.38, 0.8, 0.025, 22, 0.66, 2),
    "351": Habit(4, 0.82, 1.15, 0.66, 0.68, 0.7, 0.58, 0.62, 0.28, 0.26, 0.6, 0.085, 48, 0.45, 6),
    "352": Habit(5, 0.97, 0.85, 0.84, 0.85, 0.88, 0.8, 0.82, 0.5, 0.36, 0.78, 0.03, 24, 0.64, 2),
    "353": Habit(6, 1.0, 0.95, 0.83, 0.82, 0.84, 0.78, 0.8, 0.46, 0.35, 0.76, 0.036, 27, 0.62, 3),
}
"""By sender."""
