"""The differences between districts: a clearly good one (349), a clearly weak one (351), the rest in between."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Habit:
    """The habits of one sender's units; probabilities unless stated otherwise.

    `meetings` is the number of dialogues that the district itself holds in the term, `diligence` scales those of its
    communes, `caseload` scales petitions, `lateness_days` is the mean delay of late settlements, `late_feeds` is how
    many of the sixteen feeds come after the deadline, `drift` is how much `settled_in_term` changes per year from 2022.
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
    drift: float


HABITS = {
    "35": Habit(
        meetings=5,
        diligence=1.0,
        caseload=1.0,
        chaired_by_head=1.0,
        in_programme=1.0,
        notice_in_time=1.0,
        detailed_programme=1.0,
        conclusion_in_time=0.9,
        supervised=0.9,
        direct_answer=0.42,
        settled_in_term=0.88,
        never_settled=0.01,
        lateness_days=14,
        satisfied=0.74,
        late_feeds=0,
        drift=0.0,
    ),
    "347": Habit(
        meetings=7,
        diligence=1.05,
        caseload=1.25,
        chaired_by_head=0.88,
        in_programme=0.9,
        notice_in_time=0.9,
        detailed_programme=0.86,
        conclusion_in_time=0.86,
        supervised=0.58,
        direct_answer=0.4,
        settled_in_term=0.83,
        never_settled=0.022,
        lateness_days=20,
        satisfied=0.68,
        late_feeds=1,
        drift=0.03,
    ),
    "349": Habit(
        meetings=8,
        diligence=1.16,
        caseload=1.0,
        chaired_by_head=0.96,
        in_programme=0.97,
        notice_in_time=0.97,
        detailed_programme=0.95,
        conclusion_in_time=0.96,
        supervised=0.8,
        direct_answer=0.52,
        settled_in_term=0.94,
        never_settled=0.005,
        lateness_days=8,
        satisfied=0.83,
        late_feeds=0,
        drift=0.01,
    ),
    "350": Habit(
        meetings=6,
        diligence=1.0,
        caseload=1.05,
        chaired_by_head=0.86,
        in_programme=0.86,
        notice_in_time=0.88,
        detailed_programme=0.82,
        conclusion_in_time=0.84,
        supervised=0.52,
        direct_answer=0.38,
        settled_in_term=0.8,
        never_settled=0.025,
        lateness_days=22,
        satisfied=0.66,
        late_feeds=2,
        drift=0.015,
    ),
    "351": Habit(
        meetings=4,
        diligence=0.82,
        caseload=1.15,
        chaired_by_head=0.66,
        in_programme=0.68,
        notice_in_time=0.7,
        detailed_programme=0.58,
        conclusion_in_time=0.62,
        supervised=0.28,
        direct_answer=0.26,
        settled_in_term=0.6,
        never_settled=0.085,
        lateness_days=48,
        satisfied=0.45,
        late_feeds=6,
        drift=-0.03,
    ),
    "352": Habit(
        meetings=5,
        diligence=0.97,
        caseload=0.85,
        chaired_by_head=0.84,
        in_programme=0.85,
        notice_in_time=0.88,
        detailed_programme=0.8,
        conclusion_in_time=0.82,
        supervised=0.5,
        direct_answer=0.36,
        settled_in_term=0.78,
        never_settled=0.03,
        lateness_days=24,
        satisfied=0.64,
        late_feeds=2,
        drift=0.025,
    ),
    "353": Habit(
        meetings=6,
        diligence=1.0,
        caseload=0.95,
        chaired_by_head=0.83,
        in_programme=0.82,
        notice_in_time=0.84,
        detailed_programme=0.78,
        conclusion_in_time=0.8,
        supervised=0.46,
        direct_answer=0.35,
        settled_in_term=0.76,
        never_settled=0.036,
        lateness_days=27,
        satisfied=0.62,
        late_feeds=3,
        drift=0.02,
    ),
}
"""The habits by sender."""
