"""A checked file on the screen: its findings as small spreadsheets, what was read anew, what differs from before.

What may be long is drawn in part until a reader asks for more; how far each has asked is known by a `key` of the file.
"""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from dashboard import layout, markup
from dashboard.checked import Change, CheckedFile, Finding, around
from dashboard.dropped import Dropped
from dashboard.markup import Cell
from dashboard.text import desk as texts
from dashboard.text import formats

AT_ONCE = 20
"""Findings and lines that are drawn before a reader asks for more."""

Line = TypeVar("Line")


def all_files(files: Sequence[tuple[str, str]], known: Dropped) -> None:
    """One line a dropped file, each by its id and name."""
    headers = [Cell(name, is_left=number < 2) for number, name in enumerate(texts.FILE_HEADERS)]
    st.html(markup.table(headers, [[Cell(name, is_left=True), *_outcome(file_id, known)] for file_id, name in files]))


def _outcome(file_id: str, known: Dropped) -> list[Cell]:
    said, landed = known.said[file_id], known.landed.get(file_id)
    if not isinstance(said, CheckedFile):
        word = Cell(said or texts.TO_CHECK_AGAIN, is_left=True, is_wide=True, is_bad=bool(said), is_dim=not said)
        return [word, *[Cell(formats.NOTHING)] * 3]
    word = Cell(texts.VERDICTS[said.verdict], is_left=True, is_bad=said.verdict == "rejected")
    if landed and landed.verdict == "accepted":
        word = Cell(texts.LANDED.format(feed_id=landed.feed_id), is_left=True)
    counts = (said.rows, said.quarantined, len(said.of_tier("warn")))
    return [word, *(Cell(formats.number(count)) for count in counts)]


def whose(file: CheckedFile) -> None:
    """Who sends, for which period, and how the findings stand against the version before."""
    if not file.sender and not file.period:
        return
    standings = [each.standing for each in file.findings]
    against = ""
    if file.is_compared:
        against = texts.against_before(standings.count("new"), standings.count("open"), len(file.fixed))
    st.html(markup.facts(texts.facts(file.sender, file.period, file.prepared_by, file.previous, against)))


def findings(file: CheckedFile, tier: str, key: str) -> None:
    """The findings of a tier, each at its cell; those that wait for a reason stand in their form."""
    found = [each for each in file.of_tier(tier) if not each.waits]
    if not found:
        return
    layout.say(texts.heading(texts.FINDINGS_OF[tier], len(found)), "heading")
    shown = first_of(found, f"{key}-loi-{tier}")
    for each in shown:
        finding(each, file)
    offer_more(len(shown), len(found), f"{key}-loi-{tier}")


def finding(found: Finding, file: CheckedFile) -> None:
    """One finding: where, what, what to do, and the cells around."""
    standing = texts.STANDINGS.get(found.standing or "", "")
    sheet = around(found, file.blocks)
    place, remedy = texts.place(found.cell, found.header, found.count), texts.remedy(found.remedy, found.reason)
    words = markup.told(place, standing, found.message, remedy)
    st.html(words + (markup.small_sheet(sheet) if sheet else ""))


def repairs(file: CheckedFile) -> None:
    """How cells were read that were written otherwise: no fault, so it is opened by who wants to see it."""
    if file.repairs:
        headers = [Cell(name, is_left=number != 3) for number, name in enumerate(texts.REPAIR_HEADERS)]
        with st.expander(texts.heading(texts.REPAIRS, sum(each.count for each in file.repairs))):
            st.html(markup.table(headers, [_repair_row(each) for each in file.repairs]))


def _repair_row(found: Finding) -> list[Cell]:
    return [
        Cell(found.message, is_left=True, is_wide=True),
        Cell(found.header, is_left=True),
        Cell(found.cell, is_left=True),
        Cell(formats.number(found.count)),
        Cell(texts.STANDINGS.get(found.standing or "", ""), is_left=True),
    ]


def fixed(file: CheckedFile, key: str) -> None:
    """What was wrong in the version before and is so no more."""
    if not file.fixed:
        return
    layout.say(texts.heading(texts.FIXED, len(file.fixed)), "heading")
    shown = first_of(file.fixed, f"{key}-da-sua")
    body = [[Cell(text, is_left=True, is_wide=True) for text in (it.cell, it.header, it.message)] for it in shown]
    st.html(markup.table([Cell(name, is_left=True) for name in texts.FIXED_HEADERS], body))
    offer_more(len(shown), len(file.fixed), f"{key}-da-sua")


def changes(file: CheckedFile, key: str) -> None:
    """Rows added, changed, withdrawn against the version accepted before, then field by field."""
    if not file.sheets:
        return
    layout.say(texts.CHANGES, "heading")
    body = [_sheet_row(each.sheet, each.added, each.changed, each.withdrawn, each.set_aside) for each in file.sheets]
    st.html(markup.table([Cell(name, is_left=not number) for number, name in enumerate(texts.SHEET_HEADERS)], body))
    shown = first_of(file.changes, f"{key}-thay-doi")
    lines = [_change_row(each) for each in shown]
    st.html(markup.table([Cell(name, is_left=True) for name in texts.CHANGE_HEADERS], lines))
    offer_more(len(shown), len(file.changes), f"{key}-thay-doi")


def _change_row(change: Change) -> list[Cell]:
    kind, values = texts.CHANGE_KINDS[change.change], (change.before_shown, change.after_shown)
    texts_of = (change.row_key, kind, change.cell, change.header, *values)
    return [Cell(text or formats.NOTHING, is_left=True, is_wide=number > 3) for number, text in enumerate(texts_of)]


def _sheet_row(sheet: str, *counts: int) -> list[Cell]:
    return [Cell(sheet, is_left=True), *(Cell(formats.number(count)) for count in counts)]


def first_of(lines: Sequence[Line], key: str) -> Sequence[Line]:
    """The first few, and more for each time that a reader has asked."""
    return lines[: AT_ONCE * (1 + st.session_state.get(key, 0))]


def offer_more(shown: int, total: int, key: str) -> None:
    """How many of all are drawn, and a way to ask for more, where that is not all."""
    if shown < total:
        layout.say(texts.shown(shown, total, texts.LINES), "note")
        st.button(texts.MORE, key=f"{key}-them", on_click=_ask_for_more, args=(key,))


def _ask_for_more(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1
