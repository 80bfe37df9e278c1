"""Dialogues as of an instant: their steps that apply, and the limits of these steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tests.oracle.days import Rules, end_of, start_of
from tests.oracle.heads import Spell
from tests.oracle.inputs import DialogueRow
from tests.oracle.units import Units


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One dialogue as of an instant by which it was held; what was issued or supervised later is left out."""

    row: DialogueRow
    notice_due_on: date | None
    conclusion_due_on: date | None
    concluded_on: date | None
    supervised_on: date | None

    @property
    def conclusion_matured_at(self) -> datetime | None:
        """When the conclusion's timeliness is final: at its issue or the end of its limit; None without the column."""
        if "conclusion_on" in self.row.absent or self.conclusion_due_on is None:
            return None
        limit = end_of(self.conclusion_due_on)
        return min(start_of(self.concluded_on), limit) if self.concluded_on else limit

    @property
    def was_concluded_on_time(self) -> bool:
        """True if the conclusion was issued within its limit."""
        issued, limit = self.concluded_on, self.conclusion_due_on
        return issued is not None and limit is not None and issued <= limit

    def concluded_by(self, cutoff: datetime) -> bool:
        """Return True if the conclusion was issued by `cutoff`."""
        return self.concluded_on is not None and start_of(self.concluded_on) <= cutoff

    def supervised_by(self, cutoff: datetime) -> bool:
        """Return True if the conclusion was issued and supervised by `cutoff`."""
        return self.concluded_by(cutoff) and self.supervised_on is not None and start_of(self.supervised_on) <= cutoff

    def steps(self, cutoff: datetime) -> list[bool]:
        """Whether each step was met, for the steps that apply by `cutoff`."""
        row, matured = self.row, self.conclusion_matured_at
        met = []
        if row.form != "extraordinary" and "notice_on" not in row.absent and self.notice_due_on:
            met.append(row.notice_on is not None and row.notice_on <= self.notice_due_on)
        if "detailed_programme" not in row.absent:
            met.append(bool(row.detailed_programme))
        if matured and matured <= cutoff:
            met.append(self.concluded_by(cutoff))
        return met

    def chaired_by(self, spell: Spell) -> bool:
        """Return True if the head of the spell chaired: the flag is set, and the names agree."""
        chair = _normalized(self.row.chair_name or "")
        return bool(self.row.chaired_by_head) and chair in {_normalized(name) for name in spell.names}


def dialogues_of(rows: Iterable[DialogueRow], units: Units, rules: Rules, as_of: datetime) -> list[Dialogue]:
    """Return the dialogues held by `as_of`."""
    return [_dialogue(row, units, rules, as_of) for row in rows if start_of(row.held_on) <= as_of]


def _dialogue(row: DialogueRow, units: Units, rules: Rules, as_of: datetime) -> Dialogue:
    level = units.level(row.unit, row.held_on)
    return Dialogue(
        row=row,
        notice_due_on=rules.limit_before("notice_days", level, row.held_on),
        conclusion_due_on=rules.limit_after("conclusion_days", level, row.held_on),
        concluded_on=_known_by(row.conclusion_on, as_of),
        supervised_on=_known_by(row.supervised_on, as_of),
    )


def _known_by(day: date | None, as_of: datetime) -> date | None:
    return day if day and start_of(day) <= as_of else None


def _normalized(name: str) -> str:
    return " ".join(name.casefold().split())
