"""A few planted errors for the data quality pages.

Most affect a petition that is open when the feed is prepared, which the next feed reports correctly, or an extra row.
None of them changes how many dialogues count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sample_province.rows import Row
from sample_province.views import FeedView, Term

UNKNOWN_UNIT = "13999"
OPEN = ("in_progress", "not_started")


@dataclass(frozen=True)
class SampleFault:
    """One planted error: its kind, the feed's file name without ending, and the row's code, or the field or header."""

    kind: str
    feed: str
    key: str


@dataclass(frozen=True)
class Faulty:
    """A feed with its planted errors.

    `declared_more` is how many more petitions the cover declares than the feed lists; `personal_header` is the header
    of an extra column about petitioners.
    """

    view: FeedView
    faults: tuple[SampleFault, ...] = ()
    declared_more: int = 0
    personal_header: str | None = None


_PLAN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("347", "2021Q1"): ("personal_column",),
    ("347", "2021Q4"): ("unknown_unit_petition",),
    ("347", "2023Q2"): ("impossible_date",),
    ("349", "2023Q3"): ("phone_in_text",),
    ("350", "2022Q1"): ("settled_before_received",),
    ("350", "2022Q4"): ("name_differs",),
    ("350", "2023Q1"): ("duplicate_key",),
    ("351", "2022Q3"): ("unknown_unit_dialogue", "unknown_unit_petition", "settled_before_received"),
    ("351", "2023Q1"): ("settled_before_received", "impossible_date"),
    ("351", "2023Q3"): ("duplicate_key", "supervised_in_future"),
    ("351", "2023Q4"): ("declared_differs",),
    ("351", "2024Q2"): ("unknown_outcome", "declared_differs"),
    ("352", "2022Q2"): ("declared_differs",),
    ("353", "2023Q2"): ("unknown_unit_petition",),
    ("353", "2024Q1"): ("settled_before_received", "unknown_outcome"),
}
"""The kinds of planted errors, by sender and quarter."""

_VANISHING = ("351", "2023Q2", 2)
"""A sender, and the number of open petitions that its feeds no longer list from a quarter on."""


def with_faults(view: FeedView, lost: frozenset[str]) -> Faulty:
    """The feed with its planned errors; petitions in `lost` are left out from the quarter in which they vanish."""
    return made_faulty(_without_lost(Faulty(view), lost), _PLAN.get((view.sender.code, view.period.code), ()))


def made_faulty(faulty: Faulty, kinds: Iterable[str]) -> Faulty:
    """The feed with one more error of each kind for which it has a row."""
    for kind in kinds:
        faulty = _MAKERS[kind](faulty, kind)
    return faulty


def lost_petitions(term: Term) -> frozenset[str]:
    """The codes of the petitions that vanish from the feeds while they are open."""
    sender, quarter, count = _VANISHING
    year, number = int(quarter[:4]), int(quarter[-1])
    before = date(year, 3 * number - 2, 1)
    never = (p for p in term.petitions if p.unit.sender == sender and p.ended_at is None and p.received_by(before))
    return frozenset(sorted(p.code for p in never)[:count])


def _without_lost(faulty: Faulty, lost: frozenset[str]) -> Faulty:
    view = faulty.view
    if view.sender.code != _VANISHING[0] or view.period.code < _VANISHING[1]:
        return faulty
    kept = tuple(row for row in view.petitions if row["petition_code"] not in lost)
    first = view.period.code == _VANISHING[1]
    faults = tuple(SampleFault("vanished", view.name, code) for code in sorted(lost)) if first else ()
    return replace(faulty, view=replace(view, petitions=kept), faults=faults)


def _noted(faulty: Faulty, kind: str, key: str) -> tuple[SampleFault, ...]:
    return (*faulty.faults, SampleFault(kind, faulty.view.name, key))


def _changed_petition(faulty: Faulty, kind: str, changes: Callable[[Row], Row]) -> Faulty:
    """The feed with the row of one open petition changed, one without a planted error; unchanged if there is none."""
    marked = {fault.key for fault in faulty.faults}
    rows = faulty.view.petitions
    fit = [n for n, r in enumerate(rows) if r["outcome"] in OPEN and r["petition_code"] not in marked]
    if not fit:
        return faulty
    at = fit[-1]
    petitions = (*rows[:at], {**rows[at], **changes(rows[at])}, *rows[at + 1 :])
    faults = _noted(faulty, kind, str(rows[at]["petition_code"]))
    return replace(faulty, view=replace(faulty.view, petitions=petitions), faults=faults)


def _settled_before_received(faulty: Faulty, kind: str) -> Faulty:
    def changes(row: Row) -> Row:
        received = row["received_on"]
        settled = received - timedelta(days=3) if isinstance(received, date) else received
        return {"outcome": "resolved", "settled_on": settled}

    return _changed_petition(faulty, kind, changes)


def _impossible_date(faulty: Faulty, kind: str) -> Faulty:
    return _changed_petition(faulty, kind, lambda _: {"due_on": f"31/02/{faulty.view.period.first.year}"})


def _unknown_outcome(faulty: Faulty, kind: str) -> Faulty:
    return _changed_petition(faulty, kind, lambda _: {"outcome": "Đang xin ý kiến"})


def _phone_in_text(faulty: Faulty, kind: str) -> Faulty:
    return _changed_petition(faulty, kind, lambda row: {"summary": f"{row['summary']} Liên hệ số 0900 000 000."})


def _duplicate_key(faulty: Faulty, kind: str) -> Faulty:
    still_open = [row for row in faulty.view.petitions if row["outcome"] in OPEN]
    if not still_open:
        return faulty
    row = still_open[-1]
    view = replace(faulty.view, petitions=(*faulty.view.petitions, row))
    return replace(faulty, view=view, faults=_noted(faulty, kind, str(row["petition_code"])))


def _unknown_unit_petition(faulty: Faulty, kind: str) -> Faulty:
    code = f"KN-{UNKNOWN_UNIT}-{faulty.view.sender.code}-01"
    model = next((row for row in faulty.view.petitions if row["dialogue_code"] is None), None)
    if model is None:
        return faulty
    row = {**model, "petition_code": code, "unit_code": UNKNOWN_UNIT, "responsible_unit_code": None}
    view = replace(faulty.view, petitions=(*faulty.view.petitions, row))
    return replace(faulty, view=view, faults=_noted(faulty, kind, code))


def _unknown_unit_dialogue(faulty: Faulty, kind: str) -> Faulty:
    if not faulty.view.dialogues:
        return faulty
    code = f"HN-{UNKNOWN_UNIT}-{faulty.view.period.first.year}-01"
    row = {**faulty.view.dialogues[0], "dialogue_code": code, "unit_code": UNKNOWN_UNIT, "unit_name": "Đơn vị khác"}
    view = replace(faulty.view, dialogues=(*faulty.view.dialogues, row))
    return replace(faulty, view=view, faults=_noted(faulty, kind, code))


def _changed_dialogue(faulty: Faulty, kind: str, at: int, changes: Row) -> Faulty:
    rows = faulty.view.dialogues
    dialogues = (*rows[:at], {**rows[at], **changes}, *rows[at + 1 :])
    faults = _noted(faulty, kind, str(rows[at]["dialogue_code"]))
    return replace(faulty, view=replace(faulty.view, dialogues=dialogues), faults=faults)


def _name_differs(faulty: Faulty, kind: str) -> Faulty:
    """The feed whose first dialogue keeps its unit code, but has the name of another unit in the feed."""
    rows = faulty.view.dialogues
    others = (row["unit_name"] for row in rows if row["unit_code"] != rows[0]["unit_code"])
    other = next(others, None)
    return _changed_dialogue(faulty, kind, 0, {"unit_name": other}) if other else faulty


def _supervised_in_future(faulty: Faulty, kind: str) -> Faulty:
    """The feed with a typing error in the year of a supervision."""
    rows = faulty.view.dialogues
    for at, row in enumerate(rows):
        if isinstance(concluded := row["conclusion_on"], date):
            return _changed_dialogue(faulty, kind, at, {"supervised_on": concluded + timedelta(days=380)})
    return faulty


def _declared_differs(faulty: Faulty, kind: str) -> Faulty:
    return replace(faulty, declared_more=2, faults=_noted(faulty, kind, "declared_petitions"))


def _personal_column(faulty: Faulty, kind: str) -> Faulty:
    header = "Họ tên người kiến nghị"
    return replace(faulty, personal_header=header, faults=_noted(faulty, kind, header))


_MAKERS: Mapping[str, Callable[[Faulty, str], Faulty]] = {
    "settled_before_received": _settled_before_received,
    "impossible_date": _impossible_date,
    "unknown_outcome": _unknown_outcome,
    "phone_in_text": _phone_in_text,
    "duplicate_key": _duplicate_key,
    "unknown_unit_petition": _unknown_unit_petition,
    "unknown_unit_dialogue": _unknown_unit_dialogue,
    "name_differs": _name_differs,
    "supervised_in_future": _supervised_in_future,
    "declared_differs": _declared_differs,
    "personal_column": _personal_column,
}
