"""Planned dialogues: one or more for each special case that this world covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sample_province.dialogues import Dialogue
from sample_province.mergers.dialogues import heads_on
from sample_province.mergers.maps import map_on
from sample_province.people import GOVERNMENT, Tenure

MOVED = "day_corrected"


@dataclass(frozen=True)
class _Plan:
    """A planned dialogue; by default it follows all rules."""

    unit: str
    held_on: date
    concluded_after: int | None = 4
    notice_before: int | None = 12
    form: str = "periodic"
    by_head: bool = True
    stranger: bool = False
    opinions: int = 6
    answered: int = 2


_PLANS: Mapping[str, tuple[_Plan, ...]] = {
    "limit_is_the_periods_last_day": (
        _Plan("13630", date(2025, 6, 20), None),
        _Plan("13627", date(2025, 6, 20), 10),
        _Plan("13579", date(2025, 9, 19), None),
        _Plan("13573", date(2025, 9, 19), 11),
    ),
    "conclusion_matures_in_the_next_period": (
        _Plan("13594", date(2025, 9, 25), 8),
        _Plan("13594", date(2025, 9, 26), None),
        _Plan("13597", date(2025, 12, 30), 9),
        _Plan("13597", date(2025, 12, 31), None),
    ),
    "conclusion_after_the_unit_ended": (_Plan("13507", date(2025, 6, 30), 7), _Plan("347", date(2025, 6, 27), 10)),
    "conclusion_late": (_Plan("13291", date(2025, 8, 7), 15),),
    "conclusion_missing": (_Plan("13291", date(2025, 8, 14), None),),
    "notice_missing": (_Plan("13474", date(2025, 8, 12), notice_before=None),),
    "notice_missing_but_extraordinary": (
        _Plan("13474", date(2025, 8, 19), notice_before=None, form="extraordinary"),
    ),
    "notice_just_in_time": (_Plan("13303", date(2025, 4, 15), notice_before=7),
                            _Plan("13474", date(2025, 9, 9), notice_before=11)),
    "notice_a_day_late": (_Plan("13303", date(2025, 5, 13), notice_before=6),
                          _Plan("13474", date(2025, 9, 16), notice_before=6)),
    MOVED: (_Plan("13591", date(2025, 9, 29)),),
    "chaired_by_the_acting_head": (_Plan("13573", date(2025, 10, 20)), _Plan("349", date(2025, 5, 15))),
    "on_the_day_of_change": (_Plan("13285", date(2025, 8, 18)),),
    "said_to_be_chaired_by_a_head_who_is_none": (_Plan("13501", date(2025, 10, 9), stranger=True),),
    "without_opinions": (_Plan("13501", date(2025, 11, 13), opinions=0, answered=0),),
    "held_while_a_post_is_vacant": (_Plan("13318", date(2025, 10, 16), by_head=False),),
}  # fmt: skip

MOVED_TO = date(2025, 10, 2)
"""The date of the `MOVED` dialogue in the next feed; the second version of the previous feed no longer lists it."""


def planned_dialogues(tenures: tuple[Tenure, ...]) -> tuple[Dialogue, ...]:
    """All planned dialogues."""
    return tuple(dialogue for name in sorted(_PLANS) for dialogue in dialogues_for(name, tenures))


def dialogues_for(name: str, tenures: tuple[Tenure, ...]) -> tuple[Dialogue, ...]:
    """The planned dialogues for one case."""
    first = sum(len(_PLANS[other]) for other in sorted(_PLANS) if other < name)
    return tuple(_dialogue(plan, first + number, tenures) for number, plan in enumerate(_PLANS[name], start=1))


def planned_names() -> tuple[str, ...]:
    """The names of all planned cases."""
    return tuple(sorted(_PLANS))


def _dialogue(plan: _Plan, number: int, tenures: tuple[Tenure, ...]) -> Dialogue:
    unit = map_on(plan.held_on).by_code[plan.unit]
    head = heads_on(tenures, plan.unit, plan.held_on).get(GOVERNMENT) if plan.by_head and not plan.stranger else None
    concluded = None if plan.concluded_after is None else plan.held_on + timedelta(days=plan.concluded_after)
    return Dialogue(
        code=f"HN-{plan.unit}-{plan.held_on.year}-9{number:02d}",
        unit=unit,
        held_on=plan.held_on,
        form=plan.form,
        chair_name=head.full_name if head else "Mẫn Trúc Khê",
        chair_post=head.post if head else f"Phó Chủ tịch UBND {unit.type.lower()}",
        chaired_by_head=head is not None or plan.stranger,
        delegation_no=None,
        in_programme=plan.form != "extraordinary",
        notice_on=None if plan.notice_before is None else plan.held_on - timedelta(days=plan.notice_before),
        detailed_programme=True,
        participants=60 + number,
        opinions_raised=plan.opinions,
        answered_at_once=plan.answered,
        conclusion_no=f"{400 + number}/TB-UBND" if concluded else None,
        conclusion_on=concluded,
        main_field="land",
        supervised_on=None,
        note=None,
    )
