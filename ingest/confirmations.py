"""Confirmations: what a sender says of findings that may be true, and of how the sender's own words were read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.findings import Finding
from ingest.own_sheets import RESULT_HEADERS
from ingest.parsing.keys import normalised
from ingest.readings import alias_text
from warehouse.masking import masked
from warehouse.state import Alias, Confirmation

LEGACY_LETTERS = "*bảng mã cũ"
"""The text of the alias that says: this sender's column in legacy letters was read rightly."""

_UNIT, _ENCODING = "repaired_unit", "repaired_encoding"
_KEY_HEADERS = frozenset(map(normalised, (RESULT_HEADERS["key"], "Mã xác nhận")))
_REASON_HEADER = normalised(RESULT_HEADERS["reason"])


@dataclass(frozen=True)
class Speaker:
    """Who confirms, for which sender, and when."""

    sender_unit_code: str
    name: str
    at: datetime


def reasons_in(rows: Iterable[Sequence[str | None]]) -> dict[str, str]:
    """The reasons written into a result sheet, by confirmation key, masked; its header is found wherever it stands."""
    found: dict[str, str] = {}
    places: tuple[int, int] | None = None
    for row in rows:
        texts = [normalised(cell or "") for cell in row]
        key_header = next((text for text in texts if text in _KEY_HEADERS), None)
        if key_header and _REASON_HEADER in texts:
            places = texts.index(key_header), texts.index(_REASON_HEADER)
        elif places and max(places) < len(row):
            key, reason = (row[place] or "" for place in places)
            if key.strip() and reason.strip():
                found[key.strip()] = masked(reason.strip())
    return found


def confirmation_of(finding: Finding, reason: str, by: Speaker) -> Confirmation:
    """What is kept when somebody gives a reason; of a column in legacy letters the value is an example, left out."""
    value = "" if finding.rule == _ENCODING else finding.value
    return Confirmation(
        by.sender_unit_code, finding.confirmation_key, finding.rule, finding.cell, value, reason, by.name, by.at
    )


def aliases_of(findings: Iterable[Finding], by: Speaker) -> list[Alias]:
    """What is remembered of readings among the findings: this unit's name, this column's letters."""
    return [
        Alias(by.sender_unit_code, it.sheet_kind, it.field, *_meaning(it), by.name, by.at)
        for it in findings
        if it.rule in (_UNIT, _ENCODING)
    ]


def _meaning(finding: Finding) -> tuple[str, str]:
    """The text that was read, and what it was read as."""
    return (alias_text(finding.value), finding.evidence) if finding.rule == _UNIT else (LEGACY_LETTERS, "unicode")


def without_confirmed(findings: Iterable[Finding], aliases: Iterable[Alias]) -> list[Finding]:
    """The findings less the readings that this sender confirmed before, exactly so; they stay among the repairs."""
    known = {(each.sheet_kind, each.field, each.received): each.read for each in aliases}
    return [it for it in findings if not _is_confirmed(it, known)]


def _is_confirmed(finding: Finding, known: Mapping[tuple[str, str, str], str]) -> bool:
    if finding.rule == _ENCODING:
        return (finding.sheet_kind, finding.field, LEGACY_LETTERS) in known
    place = (finding.sheet_kind, finding.field, alias_text(finding.value))
    return finding.rule == _UNIT and known.get(place) == finding.evidence


def given_with(reasons: Mapping[str, str], findings: Iterable[Finding], by: Speaker) -> list[Confirmation]:
    """The reasons that came in the feed itself, for those of its findings that need one."""
    wanting = [it for it in findings if it.needs_reason and it.confirmation_key in reasons]
    return [confirmation_of(it, reasons[it.confirmation_key], by) for it in wanting]
