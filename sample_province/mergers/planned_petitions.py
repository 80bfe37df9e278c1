"""Planned petitions: one or more for each special case that this world covers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sample_province.mergers.cases import Case, Correction, Keeper, Moment, day_of
from sample_province.mergers.maps import map_on, sender_on
from sample_province.mergers.periods import FIRST_MERGER, SECOND_MERGER
from sample_province.people import GOVERNMENT, PARTY
from sample_province.petitions import SETTLED, Extension
from sample_province.rows import Row

_LAST_MICROSECOND = time(23, 59, 59, 999999)
_Q4 = date(2025, 10, 1)


@dataclass(frozen=True)
class _Plan:
    """A planned petition; by default it is ordinary.

    `kept` says who lists it, under which responsible unit, from which day on.
    """

    unit: str
    received: Moment
    due: Moment | None = None
    ended: Moment | None = None
    outcome: str = "resolved"
    extension: Extension | None = None
    body: str = GOVERNMENT
    field: str = "land"
    summary: str = "làm rõ ranh giới đất giữa các hộ giáp nghĩa trang"
    satisfaction: str | None = None
    kept: tuple[Keeper, ...] = ()
    corrections: tuple[Row, ...] = ()
    corrected_from: date = _Q4


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def _extended(no: str | None, on: date, due_on: date) -> Extension:
    return Extension(no, on, due_on)


_AUG = date(2025, 8, 4)

_PLANS: Mapping[str, tuple[_Plan, ...]] = {
    "settled_on_the_day_without_a_time": (
        _Plan("13285", _at(date(2025, 8, 5), 8), date(2025, 8, 25), date(2025, 8, 5), field="transport"),
        _Plan("13573", _at(date(2025, 11, 4), 9, 30), None, date(2025, 11, 4), "explained", field="health"),
    ),
    "settled_at_the_instant_of_receipt": (
        _Plan("13285", _at(date(2025, 8, 6), 8), None, _at(date(2025, 8, 6), 8), "explained", field="health"),
    ),
    "due_at_an_instant": (
        _Plan("13579", _AUG, _at(date(2025, 9, 15), 10), _at(date(2025, 9, 15), 10)),
        _Plan("13579", _AUG, _at(date(2025, 9, 15), 10), _at(date(2025, 9, 15), 10, 1)),
    ),
    "last_microsecond": (
        _Plan("13579", _AUG, datetime.combine(date(2025, 9, 30), _LAST_MICROSECOND)),
        _Plan("13579", _AUG, date(2025, 9, 30), datetime.combine(date(2025, 9, 30), _LAST_MICROSECOND)),
        _Plan("13579", _AUG, date(2025, 9, 30), date(2025, 10, 1)),
        _Plan("13579", datetime.combine(date(2025, 9, 30), _LAST_MICROSECOND), date(2025, 10, 20), date(2025, 10, 9)),
    ),
    "midnight_is_a_day": (
        _Plan("13501", datetime(2025, 8, 1), datetime(2025, 8, 20), _at(date(2025, 8, 20), 15)),
        _Plan("13501", datetime(2025, 10, 1), datetime(2025, 10, 21), datetime(2025, 10, 21)),
    ),
    "left_scope_before_due": (
        _Plan("13594", _AUG, date(2025, 8, 24), date(2025, 8, 12), "transferred"),
        _Plan("13594", _AUG, date(2025, 8, 24), date(2025, 8, 24), "out_of_scope"),
    ),
    "left_scope_after_due": (
        _Plan("13594", _AUG, date(2025, 8, 24), date(2025, 9, 9), "transferred"),
        _Plan("13594", date(2025, 9, 1), date(2025, 9, 21), date(2025, 10, 14), "returned"),
    ),
    "extension_counts": (
        _Plan("13591", _AUG, date(2025, 8, 24), date(2025, 9, 5),
              extension=_extended("41/GH-UBND", date(2025, 8, 20), date(2025, 9, 10))),
        _Plan("13591", _AUG, date(2025, 8, 24), date(2025, 9, 5),
              extension=_extended("42/GH-UBND", date(2025, 8, 24), date(2025, 9, 5))),
    ),
    "extension_does_not_count": (
        _Plan("13591", _AUG, date(2025, 8, 24), date(2025, 9, 5),
              extension=_extended(None, date(2025, 8, 20), date(2025, 9, 10))),
        _Plan("13591", _AUG, date(2025, 8, 24), date(2025, 9, 5),
              extension=_extended("43/GH-UBND", date(2025, 8, 25), date(2025, 9, 10))),
        _Plan("13591", _AUG, date(2025, 8, 24), date(2025, 9, 5),
              extension=_extended("44/GH-UBND", date(2025, 8, 20), date(2025, 8, 22))),
    ),
    "day_of_receipt_corrected": (
        _Plan("13285", date(2025, 9, 22), date(2025, 11, 3), corrections=({"received_on": date(2025, 10, 13)},)),
        _Plan("13501", _at(date(2025, 9, 24), 9), date(2025, 10, 30), _at(date(2025, 10, 27), 10),
              corrections=({"received_on": _at(date(2025, 8, 24), 9)},)),
        _Plan("13306", date(2024, 8, 5), date(2024, 9, 30), date(2024, 10, 18),
              corrections=({"received_on": date(2024, 9, 16)},), corrected_from=date(2024, 10, 1)),
        _Plan("13627", date(2025, 9, 15), date(2026, 2, 10), corrections=({"received_on": date(2026, 1, 21)},)),
    ),
    "due_around_the_cutoff": (
        _Plan("13597", date(2025, 12, 29), _at(date(2026, 1, 20), 11)),
        _Plan("13597", date(2025, 12, 29), date(2026, 1, 20)),
        _Plan("13597", date(2025, 12, 30), _at(date(2026, 1, 20), 13)),
    ),
    "due_by_rules_that_change": (
        _Plan("13312", date(2024, 9, 12), None, date(2024, 10, 3)),
        _Plan("13507", date(2025, 2, 28), None, date(2025, 3, 20)),
        _Plan("13507", date(2025, 3, 3), None, date(2025, 3, 25)),
        _Plan("13573", date(2025, 4, 23), None, date(2025, 5, 15), kept=(Keeper(date(2025, 4, 23), "353", "13573"),)),
        _Plan("13579", date(2025, 9, 30), None, date(2025, 10, 21)),
        _Plan("13579", date(2025, 10, 1), None, date(2025, 10, 15)),
        _Plan("13579", date(2025, 12, 29), None),
    ),
    "ended_in_2024_and_the_district_settles_it": (
        _Plan("13288", date(2024, 11, 25), date(2025, 1, 20), date(2025, 2, 10),
              kept=(Keeper(date(2024, 11, 25), "347", "13288"), Keeper(FIRST_MERGER, "347", "347"))),
        _Plan("13522", date(2024, 12, 9), None, date(2025, 1, 15), "explained",
              kept=(Keeper(date(2024, 12, 9), "352", "13522"), Keeper(FIRST_MERGER, "352", "352"))),
    ),
    "ended_in_2024_and_still_named": (
        _Plan("13300", date(2024, 12, 2), date(2024, 12, 27), kept=(Keeper(date(2024, 12, 2), "347", "13300"),
                                                                   Keeper(SECOND_MERGER, None, "13300"))),
    ),
    "ended_in_2024_and_nobody_takes_it_over": (
        _Plan("13297", date(2024, 12, 5), date(2025, 1, 10),
              kept=(Keeper(date(2024, 12, 5), "347", "13297"), Keeper(FIRST_MERGER, None, "13297"))),
    ),
    "taken_over_and_settled_by_the_successor": (
        _Plan("13294", date(2025, 5, 12), date(2025, 7, 14), _at(date(2025, 7, 10), 14), satisfaction="satisfied",
              kept=(Keeper(date(2025, 5, 12), "347", "13294"), Keeper(SECOND_MERGER, "13285", "13285"))),
        _Plan("13285", date(2025, 5, 19), date(2025, 6, 12), date(2025, 8, 20), "explained",
              kept=(Keeper(date(2025, 5, 19), "347", "13285"), Keeper(SECOND_MERGER, "13366", "13366"))),
        _Plan("13327", date(2025, 6, 4), None, date(2025, 7, 1),
              kept=(Keeper(date(2025, 6, 4), "349", "13327"), Keeper(SECOND_MERGER, "13330", "13330"))),
        _Plan("347", date(2025, 6, 10), date(2025, 7, 25), date(2025, 10, 8),
              kept=(Keeper(date(2025, 6, 10), "347", "347"), Keeper(SECOND_MERGER, "37", "37"))),
        _Plan("35", date(2025, 6, 12), date(2025, 7, 30), date(2025, 7, 22), body=PARTY,
              kept=(Keeper(date(2025, 6, 12), "35", "35"), Keeper(SECOND_MERGER, "37", "37"))),
    ),
    "taken_over_and_still_open": (
        _Plan("13324", date(2025, 5, 5), date(2025, 6, 5),
              kept=(Keeper(date(2025, 5, 5), "349", "13324"), Keeper(SECOND_MERGER, "13330", "13330"))),
        *(
            _Plan(code, date(2025, 6, 2), date(2025, 6, 23),
                  kept=(Keeper(date(2025, 6, 2), "349", code), Keeper(SECOND_MERGER, "13366", "13366")))
            for code in ("13354", "13357", "13363")
        ),
    ),
    "ended_with_the_merger_and_nobody_takes_it_over": (
        _Plan("13303", date(2025, 6, 10), date(2025, 7, 10),
              kept=(Keeper(date(2025, 6, 10), "347", "13303"), Keeper(SECOND_MERGER, None, "13303"))),
        _Plan("352", date(2025, 3, 12), date(2025, 4, 10),
              kept=(Keeper(date(2025, 3, 12), "352", "352"), Keeper(SECOND_MERGER, None, "352"))),
        _Plan("353", date(2025, 6, 3), None, body=PARTY,
              kept=(Keeper(date(2025, 6, 3), "353", "353"), Keeper(SECOND_MERGER, None, "353"))),
    ),
    "goes_on_under_another_name": tuple(
        _Plan(code, date(2024, 12, 16), date(2025, 1, 15), date(2025, 1, 9 + number))
        for number, code in enumerate(("13294", "13327", "13366", "13402", "13444", "13540"))
    ),
    "settled_after_the_cutoff": (
        _Plan("13627", date(2025, 12, 22), date(2026, 1, 16), _at(date(2026, 1, 22), 9)),
        _Plan("13627", date(2025, 12, 23), date(2026, 1, 30), date(2026, 1, 22), "transferred"),
    ),
}  # fmt: skip


def planned_petitions() -> tuple[Case, ...]:
    """All planned petitions, in order of the names of their cases."""
    return tuple(case for name in sorted(_PLANS) for case in petitions_for(name))


def petitions_for(name: str) -> tuple[Case, ...]:
    """The planned petitions for one case."""
    first = sum(len(_PLANS[other]) for other in sorted(_PLANS) if other < name)
    return tuple(_case(plan, first + number) for number, plan in enumerate(_PLANS[name], start=1))


def planned_names() -> tuple[str, ...]:
    """The names of all planned cases."""
    return tuple(sorted(_PLANS))


def _case(plan: _Plan, number: int) -> Case:
    day = day_of(plan.received)
    unit = map_on(day).by_code[plan.unit]
    settled = plan.ended is not None and plan.outcome in SETTLED
    case = Case(
        code=f"KN-{plan.unit}-{day.year}-9{number:02d}",
        dialogue_code=None,
        unit_code=plan.unit,
        received=plan.received,
        field=plan.field,
        summary=f"Đề nghị {plan.summary} tại {unit.type.lower()} {unit.name}, vụ việc số {number}.",
        body=plan.body,
        due=plan.due,
        extension=plan.extension,
        outcome=plan.outcome,
        work_from=day,
        ended=plan.ended,
        result_no=f"{100 + number}/UBND-TD" if settled else None,
        satisfaction=plan.satisfaction,
        keepers=plan.kept or (Keeper(day, sender_on(plan.unit, day), plan.unit),),
    )
    return replace(case, corrections=tuple(Correction(plan.corrected_from, row) for row in plan.corrections))
