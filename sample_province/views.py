"""The content of one feed: the rows of its sheets, by contract field, as known when it was prepared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ingest.model.received import SheetKind
from sample_province.chance import chance_for
from sample_province.dialogues import Dialogue
from sample_province.habits import HABITS
from sample_province.people import Tenure
from sample_province.petitions import SETTLED, Petition
from sample_province.places import Province, Quarter, ReportingPeriod, Unit, term_quarters
from sample_province.records import OTHERS, Record
from sample_province.rows import Row


@dataclass(frozen=True)
class FeedView:
    """One sender's feed for one period: the rows of its sheets, prepared some days after the period.

    Dialogues have their state on `prepared_on`, because conclusions follow later.
    """

    sender: Unit
    period: ReportingPeriod
    prepared_on: date
    received_at: datetime
    dialogues: tuple[Row, ...]
    petitions: tuple[Row, ...]
    tenures: tuple[Row, ...]
    others: Mapping[SheetKind, tuple[Row, ...]]
    version: int = 1

    @property
    def nil_return(self) -> bool:
        """Whether there are no petitions or dialogues to report, so that the feed has only the cover and `others`."""
        return not self.dialogues and not self.petitions

    @property
    def name(self) -> str:
        again = f"_v{self.version}" if self.version > 1 else ""
        return f"DU_LIEU_MAU_{self.sender.code}_{self.period.code}{again}"


@dataclass(frozen=True)
class Term:
    """All events in the sample province."""

    province: Province
    tenures: tuple[Tenure, ...]
    dialogues: tuple[Dialogue, ...]
    petitions: tuple[Petition, ...]
    records: tuple[Record, ...]


def sending_times(sender: str, seed: int) -> dict[Quarter, datetime]:
    """When the sender's feeds arrive: by the deadline, the tenth day after the quarter, or some days late.

    The feed for the last quarter arrives in time, so that the whole term is known ten days after its end.
    """
    rng = chance_for(seed, f"sending:{sender}")
    quarters = term_quarters()
    late = set(rng.sample(quarters[:-1], HABITS[sender].late_feeds))
    days = {q: rng.randint(13, 27) if q in late else rng.randint(5, 10) for q in quarters}
    return {q: _office_hour(rng.randint(8, 16), q, day) for q, day in days.items()}


def _office_hour(hour: int, quarter: Quarter, day: int) -> datetime:
    """That day of the month after the quarter, or the Friday before it if it is on a weekend."""
    arrival = quarter.last + timedelta(days=day)
    arrival -= timedelta(days=max(0, arrival.weekday() - 4))
    return datetime.combine(arrival, time(hour, 5 * (day % 12)))


def feed_view(term: Term, sender: Unit, quarter: Quarter, received_at: datetime) -> FeedView:
    """The feed: dialogues of the quarter, petitions open at its start or received in it, and heads in office in it."""
    prepared = received_at.date() - timedelta(days=1)
    return FeedView(
        sender=sender,
        period=quarter,
        prepared_on=prepared,
        received_at=received_at,
        dialogues=tuple(dialogue_row(d, prepared) for d in _dialogues_in(term.dialogues, sender, quarter)),
        petitions=tuple(_petition_row(p, quarter.last) for p in _petitions_in(term.petitions, sender, quarter)),
        tenures=tuple(tenure_row(t, quarter.last) for t in _tenures_in(term, sender, quarter)),
        others=_others_in(term.records, sender, quarter),
    )


def _dialogues_in(dialogues: Iterable[Dialogue], sender: Unit, quarter: Quarter) -> list[Dialogue]:
    return [d for d in dialogues if d.unit.sender == sender.code and quarter.holds(d.held_on)]


def _petitions_in(petitions: Iterable[Petition], sender: Unit, quarter: Quarter) -> list[Petition]:
    before = quarter.first - timedelta(days=1)
    mine = (p for p in petitions if p.unit.sender == sender.code)
    return [p for p in mine if p.open_on(before) or quarter.holds(p.received_at.date())]


def _tenures_in(term: Term, sender: Unit, quarter: Quarter) -> list[Tenure]:
    units = {unit.code for unit in term.province.of_sender(sender.code)}
    return [t for t in term.tenures if t.unit_code in units and t.touches(quarter.first, quarter.last)]


def _others_in(records: Iterable[Record], sender: Unit, quarter: Quarter) -> dict[SheetKind, tuple[Row, ...]]:
    """The rows of the other sheets, without empty sheets."""
    mine = [record for record in records if record.sender == sender.code and quarter.holds(record.on)]
    rows = {kind: tuple(record.row for record in mine if record.kind is kind) for kind in OTHERS}
    return {kind: found for kind, found in rows.items() if found}


def dialogue_row(dialogue: Dialogue, known_on: date) -> Row:
    """The dialogue as known at the end of `known_on`: with its conclusion and supervision only from their dates on."""
    concluded = dialogue.conclusion_on is not None and dialogue.conclusion_on <= known_on
    supervised = dialogue.supervised_on is not None and dialogue.supervised_on <= known_on
    return {
        "dialogue_code": dialogue.code,
        "unit_code": dialogue.unit.code,
        "unit_name": dialogue.unit.display,
        "held_on": dialogue.held_on,
        "form": dialogue.form,
        "chair_name": dialogue.chair_name,
        "chair_post": dialogue.chair_post,
        "chaired_by_head": dialogue.chaired_by_head,
        "delegation_no": dialogue.delegation_no,
        "in_programme": dialogue.in_programme,
        "notice_on": dialogue.notice_on,
        "detailed_programme": dialogue.detailed_programme,
        "participants": dialogue.participants,
        "opinions_raised": dialogue.opinions_raised,
        "answered_at_once": dialogue.answered_at_once,
        "conclusion_no": dialogue.conclusion_no if concluded else None,
        "conclusion_on": dialogue.conclusion_on if concluded else None,
        "main_field": dialogue.main_field,
        "supervised_on": dialogue.supervised_on if supervised else None,
        "note": dialogue.note,
    }


def _petition_row(petition: Petition, known_on: date) -> Row:
    ended = petition.ended_by(known_on)
    settled = ended and petition.outcome in SETTLED
    extension = petition.extension if petition.extension and petition.extension.on <= known_on else None
    return {
        "petition_code": petition.code,
        "dialogue_code": petition.dialogue_code,
        "unit_code": petition.unit.code,
        "received_on": petition.received_at,
        "field": petition.field,
        "summary": petition.summary,
        "responsible_unit_code": petition.responsible_code,
        "responsible_body": petition.responsible_body,
        "due_on": petition.due_on,
        "extension_no": extension.number if extension else None,
        "extended_due_on": extension.due_on if extension else None,
        "extended_on": extension.on if extension else None,
        "outcome": petition.outcome_on(known_on),
        "settled_on": petition.ended_at if ended else None,
        "result_no": petition.result_no if settled else None,
        "satisfaction": petition.satisfaction if settled else None,
    }


def tenure_row(tenure: Tenure, known_on: date) -> Row:
    """The tenure as known at the end of `known_on`: with its end only from that date on."""
    ended = tenure.to_on is not None and tenure.to_on <= known_on
    return {
        "leader_code": tenure.leader_code,
        "full_name": tenure.full_name,
        "unit_code": tenure.unit_code,
        "body": tenure.body,
        "post": tenure.post,
        "from_on": tenure.from_on,
        "to_on": tenure.to_on if ended else None,
    }
