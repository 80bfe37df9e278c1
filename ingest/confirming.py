"""List a feed's findings that the sender can explain or give a meaning to, and store the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.checking.checked_feed import CheckedFeed
from ingest.contract import load as contract_files
from ingest.contract.sheet_contract import ValueType
from ingest.findings.confirmations import Speaker, aliases_of, confirmation_of, confirmations_in_feed, without_confirmed
from ingest.findings.unused_reasons import UnusedReason, known_reason, recorded_findings
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from ingest.model.received import Encoding, SheetKind
from ingest.parsing.fonts import converted
from ingest.parsing.keys import normalised
from ingest.staging.column_parsers import alias_text
from warehouse.connection import MEMORY, connect, landed_attached
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.lookups import load_lookups
from warehouse.reason_words import why_no_reason
from warehouse.state import Alias, Confirmation, known_state, open_state

UNREAD = ("unknown_choice", "unknown_field", "unknown_unit", "ambiguous_unit")
"""The rules about texts that could not be read and can be given a meaning."""


@dataclass(frozen=True)
class Confirmable:
    """The confirmable findings of a feed: those `waiting` for a reason, and those about `unread` texts.

    `answered` are the findings with a known reason; `unused` are reasons that no longer match a finding.
    """

    name: str
    sender_unit_code: str
    waiting: tuple[Finding, ...]
    unread: tuple[Finding, ...]
    answered: tuple[tuple[Finding, GivenReason], ...] = ()
    unused: tuple[UnusedReason, ...] = ()


def confirmable_in_file(checked: CheckedFeed) -> Confirmable:
    """The confirmable findings of a file before it lands; raise UsageError if its sender is unknown."""
    sender = checked.cover.sender_unit_code
    if not sender:
        raise UsageError(f"Tệp {checked.file_name} không cho biết đơn vị gửi.", "Sửa trang «Thông tin» rồi làm lại.")
    unread = tuple(each for each in checked.findings if each.rule in UNREAD)
    answered = tuple(
        (it, said) for it in checked.confirmable if it.reason and (said := known_reason(it, checked.known_reasons))
    )
    return Confirmable(checked.file_name, sender, checked.unexplained, unread, answered, checked.unused)


def confirmable_in_feed(home: Home, feed_id: str) -> Confirmable | None:
    """The confirmable findings of a landed or rejected feed; None if no feed has this id or its sender is unknown."""
    with connect(MEMORY) as con:
        if not home.warehouse.exists():
            return None
        with landed_attached(con, home):
            found = con.execute("select sender_unit_code from landed.raw.feeds where feed_id = ?", [feed_id]).fetchall()
            findings = recorded_findings(con, [feed_id], "landed.raw")
    if not found or not found[0][0]:
        return None
    sender = str(found[0][0])
    with known_state(home) as state:
        reasons, aliases = state.confirmations(sender), state.aliases(sender)
    known = {key: GivenReason(each.reason, each.confirmed_by, each.confirmed_at) for key, each in reasons.items()}
    asked = [each for each in findings if each.needs_reason]
    unread = tuple(each for each in findings if each.rule in UNREAD)
    waiting = without_confirmed((each for each in asked if not known_reason(each, known)), aliases)
    answered = tuple((each, said) for each in asked if (said := known_reason(each, known)))
    return Confirmable(feed_id, sender, tuple(waiting), unread, answered)


def keep(home: Home, reasons: Mapping[str, str], findings: Iterable[Finding], by: Speaker) -> None:
    """Store `reasons`, given by confirmation key, for these findings; a confirmed reading is also stored as an alias.

    Raise UsageError, and store nothing, if one of the texts is not a reason.
    """
    for reason in reasons.values():
        _require_reason(reason)
    meant = [each for each in findings if each.confirmation_key in reasons]
    with open_state(home) as state:
        state.keep([confirmation_of(it, reasons[it.confirmation_key], by) for it in meant], aliases_of(meant, by))


def _require_reason(reason: str) -> None:
    """Raise UsageError if the text is not a reason; the state itself refuses blank texts."""
    if refusal := why_no_reason(reason):
        raise UsageError(
            f"«{reason}» {refusal}, nên không được nhận làm lý do; chưa lý do nào được lưu.",
            "Ghi lý do bằng lời, ví dụ «Hội nghị đột xuất, thông báo sau», rồi làm lại.",
        )


def store_given_reasons(home: Home, checked: CheckedFeed, at: datetime) -> None:
    """Store the new reasons that the sender wrote into the feed; called before it lands, so that none is lost.

    A reason that an earlier release stored under another key is stored again under today's, with its author and time.
    """
    sender = checked.cover.sender_unit_code
    if not sender:
        return
    with known_state(home) as state:
        known = state.confirmations(sender)
    carried = _carried(known, checked.confirmable)
    known = known | {it.key: it for it in carried}
    by = Speaker(sender, checked.cover.prepared_by or f"Đơn vị {sender}", at)
    said = confirmations_in_feed(checked.given_reasons, checked.confirmable, by)
    new = [it for it in said if it.key not in known or known[it.key].reason != it.reason]
    if not (new or carried):
        return
    keys = {it.key for it in new}
    with open_state(home) as state:
        state.keep([*carried, *new], aliases_of((it for it in checked.confirmable if it.confirmation_key in keys), by))


def _carried(known: Mapping[str, Confirmation], findings: Iterable[Finding]) -> list[Confirmation]:
    """The reasons stored only under an earlier release's keys, now under today's keys."""
    return [
        replace(known[it.received_key], key=it.confirmation_key)
        for it in findings
        if it.needs_reason and it.confirmation_key not in known and it.received_key in known
    ]


def meaning(home: Home, unread: Iterable[Finding], received: str, read: str, by: Speaker) -> list[Alias]:
    """The aliases that give `received` the meaning `read` (a code or its name), one per column where it is unread.

    A text in a legacy encoding may be given as received or as it looks in its font. A blank `read` revokes the known
    aliases. Raise UsageError if no such cell or alias exists, or `read` does not name exactly one value of the column.
    """
    places = {(it.sheet_kind, it.field) for it in unread if alias_text(received) in _looks(it.value)}
    if not read.strip():
        with known_state(home) as state:
            known = state.aliases(by.sender_unit_code)
        places = {(it.sheet_kind, it.field) for it in known if it.received == alias_text(received)}
    if not places:
        raise UsageError(
            f"Không có ô nào ghi «{received}» mà hệ thống chưa đọc được, hoặc đã được cho biết nghĩa.",
            "Ghi đúng như trong tệp của đơn vị.",
        )
    return [
        Alias(by.sender_unit_code, kind, field, alias_text(received), _code(home, kind, field, read), by.name, by.at)
        for kind, field in sorted(places)
    ]


def _looks(text: str) -> set[str]:
    """The alias text of `text` as received, and converted from each legacy encoding."""
    return {alias_text(converted(text, encoding)) for encoding in Encoding}


def label_of(home: Home, alias: Alias) -> str:
    """The label of the value that the alias means; its code if the value has no label, "" if the alias is revoked."""
    return next((name for code, name in _names(home, alias.sheet_kind, alias.field) if code == alias.read), alias.read)


def _code(home: Home, kind: str, field: str, read: str) -> str:
    """The code of this column that `read` names; "" if it is blank, which revokes an alias.

    Raise UsageError if it does not name exactly one code.
    """
    if not read.strip():
        return ""
    names = _names(home, kind, field)
    found = {code for code, name in names if normalised(read) in (normalised(code), normalised(name))}
    if len(found) != 1:
        raise UsageError(
            f"«{read}» không chỉ đúng một giá trị của cột này.",
            f"Ghi một trong các giá trị: {'; '.join(name for _, name in names[:20])}."
            if len(names) <= 20
            else "Ghi mã theo danh mục.",
        )
    return found.pop()


def _names(home: Home, kind: str, field: str) -> list[tuple[str, str]]:
    column = contract_files.load().sheets[SheetKind(kind)].column(field)
    if column.type is ValueType.CHOICE:
        return [(choice.code, choice.label) for choice in column.choices]
    with connect(MEMORY) as con:
        load_lookups(con, home)
        query = (
            "select distinct unit_code, unit_code from lookups.units"
            if column.type is ValueType.UNIT
            else "select field_code, field_name from lookups.fields order by sort_order"
        )
        return con.execute(query).fetchall()
