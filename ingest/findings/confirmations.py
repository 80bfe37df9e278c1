"""Confirmations: the sender's reasons for findings, and confirmed readings of the sender's own texts. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.contract.generated_sheets import RESULT_HEADERS
from ingest.model.findings import Finding
from ingest.parsing.keys import normalised
from ingest.reading.grid import column_letter
from ingest.staging.column_parsers import alias_text
from warehouse.masking import masked
from warehouse.reason_words import why_no_reason
from warehouse.state import Alias, Confirmation

LEGACY_LETTERS = "*bảng mã cũ"
"""The text of the alias that confirms how a sender's column in a legacy encoding is read."""

_UNIT, _ENCODING = "repaired_unit", "repaired_encoding"
READINGS = frozenset({_UNIT, _ENCODING})
"""The rules about readings: a confirmed reading is stored as an alias and not asked about again."""

_KEY_HEADERS = frozenset(map(normalised, (RESULT_HEADERS["key"], "Mã xác nhận")))
_REASON_HEADER = normalised(RESULT_HEADERS["reason"])
_CELL_HEADER, _MESSAGE_HEADER = (normalised(RESULT_HEADERS[name]) for name in ("cell", "message"))


@dataclass(frozen=True)
class Speaker:
    """The person who confirms, the sender, and the time."""

    sender_unit_code: str
    name: str
    at: datetime


@dataclass(frozen=True)
class WrittenReason:
    """A masked reason at `place` (like I14) of a result sheet, with the cell and message that it refers to.

    `refusal` states why the text is not a reason; it is empty if it is one.
    """

    key: str
    reason: str
    place: str
    cell: str
    message: str
    refusal: str


def read_reasons(rows: Iterable[Sequence[str | None]]) -> tuple[WrittenReason, ...]:
    """The reasons in the rows of a result sheet that have a key; the header may be in any row."""
    found: list[WrittenReason] = []
    places: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        texts = [normalised(cell or "") for cell in row]
        key_header = next((text for text in texts if text in _KEY_HEADERS), None)
        if key_header and _REASON_HEADER in texts:
            places = {"key": texts.index(key_header)} | {text: at for at, text in enumerate(texts) if text}
        elif places and max(places.values()) < len(row):
            at = places[_REASON_HEADER]
            key, reason = ((row[place] or "").strip() for place in (places["key"], at))
            cell, message = (_cell_of(row, places, header) for header in (_CELL_HEADER, _MESSAGE_HEADER))
            if key and reason:
                place = f"{column_letter(at)}{number}"
                found.append(WrittenReason(key, masked(reason), place, cell, message, why_no_reason(reason)))
    return tuple(found)


def _cell_of(row: Sequence[str | None], places: Mapping[str, int], header: str) -> str:
    return (row[places[header]] or "") if header in places else ""


def reasons_in(written: Iterable[WrittenReason]) -> dict[str, str]:
    """The valid reasons, by confirmation key."""
    return {each.key: each.reason for each in written if not each.refusal}


def confirmation_of(finding: Finding, reason: str, by: Speaker) -> Confirmation:
    """The confirmation to store for a reason; for an encoding without the value, which is only an example."""
    value = "" if finding.rule == _ENCODING else finding.value
    return Confirmation(
        by.sender_unit_code, finding.confirmation_key, finding.rule, finding.cell, value, reason, by.name, by.at
    )


def aliases_of(findings: Iterable[Finding], by: Speaker) -> list[Alias]:
    """The aliases to store for readings among the findings: unit names and column encodings."""
    return [
        Alias(by.sender_unit_code, it.sheet_kind, it.field, *_meaning(it), by.name, by.at)
        for it in findings
        if it.rule in (_UNIT, _ENCODING)
    ]


def _meaning(finding: Finding) -> tuple[str, str]:
    """The received text and its reading."""
    return (alias_text(finding.value), finding.evidence) if finding.rule == _UNIT else (LEGACY_LETTERS, "unicode")


def without_confirmed(findings: Iterable[Finding], aliases: Iterable[Alias]) -> list[Finding]:
    """The findings, except about readings that this sender has confirmed; the repairs themselves stay recorded."""
    known = {(each.sheet_kind, each.field, each.received): each.read for each in aliases}
    return [it for it in findings if not _is_confirmed(it, known)]


def _is_confirmed(finding: Finding, known: Mapping[tuple[str, str, str], str]) -> bool:
    if finding.rule == _ENCODING:
        return (finding.sheet_kind, finding.field, LEGACY_LETTERS) in known
    place = (finding.sheet_kind, finding.field, alias_text(finding.value))
    return finding.rule == _UNIT and known.get(place) == finding.evidence


def confirmations_in_feed(reasons: Mapping[str, str], findings: Iterable[Finding], by: Speaker) -> list[Confirmation]:
    """The confirmations by reasons in the feed itself, for those of its findings that need one."""
    found = {
        it.confirmation_key: (it, reason)
        for it in findings
        if it.needs_reason and (reason := reasons.get(it.confirmation_key) or reasons.get(it.received_key))
    }
    return [confirmation_of(it, reason, by) for it, reason in found.values()]
