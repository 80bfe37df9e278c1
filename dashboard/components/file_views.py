"""Views of a check result: findings with excerpts, repairs, and changes from the previous version.

Long lists are drawn in part, with a button for more; the session counts the clicks under a `key` of file and list.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import streamlit as st

from dashboard.check_result import Change, CheckedFile, Finding, by_row
from dashboard.excerpts import excerpt_around
from dashboard.page import downloads, elements
from dashboard.render import html
from dashboard.render.html import Cell
from dashboard.render.workbook import Table
from dashboard.sheets import check_result as sheets
from dashboard.sheets import provenance as finding_sheets
from dashboard.text import downloads as files
from dashboard.text import file_check as texts
from dashboard.text import formats
from dashboard.uploads.session import Uploads

AT_ONCE = 20
"""Items drawn before a reader asks for more."""

MOST_ANSWERED = 200
"""The most explained findings that are drawn."""

TEXTS = 4
"""Leading columns of the table of files that are text; the others are counts."""

Line = TypeVar("Line")


def all_files(files: Sequence[tuple[str, str]], known: Uploads, twins: Collection[str] = ()) -> str:
    """Return the HTML of a table with one row per uploaded file, given by id and name.

    `twins` are the ids of files that would replace each other.
    """
    headers = [Cell(name, is_left=number < TEXTS) for number, name in enumerate(texts.FILE_HEADERS)]
    body = [[Cell(name, is_left=True, is_wide=True), *_outcome(each, known, each in twins)] for each, name in files]
    return html.stacked(headers, body)


def offer(file: CheckedFile, name: str, make: Callable[[], Table]) -> None:
    """Draw the download of a table from a check result."""
    facts = (
        (files.FILE, file.name),
        (files.SENDER, file.sender),
        (files.PERIOD, texts.label(file.period)),
        (files.VERDICT, texts.VERDICTS[file.verdict]),
    )
    downloads.offer_checked(name, facts, (file.sender, texts.label(file.period), file.feed_id or ""), make)


def offer_findings(file: CheckedFile) -> None:
    """Draw the download of all findings that are errors or wait for a reason, most severe first."""
    found = [each for tier in ("feed", "row", "warn") for each in file.of_tier(tier)]
    if found:
        offer(file, files.CHECKED, lambda: finding_sheets.findings(found))


def _outcome(file_id: str, known: Uploads, is_twin: bool) -> list[Cell]:
    said, landed = known.results.get(file_id), known.landed.get(file_id)
    if not isinstance(said, CheckedFile):
        word = Cell(said or texts.TO_CHECK_AGAIN, is_left=True, is_wide=True, is_bad=bool(said), is_dim=not said)
        return [*[Cell(formats.NOTHING, is_left=True)] * 2, word, *[Cell(formats.NOTHING)] * 5]
    word = Cell(texts.VERDICTS[said.verdict], is_left=True, is_bad=said.verdict == "rejected")
    if landed and landed.verdict == "accepted":
        word = Cell(texts.LANDED.format(feed_id=landed.feed_id), is_left=True)
    counts = (said.rows, said.quarantined, said.errors, len(said.waiting), said.notes)
    return [
        Cell(said.sender or formats.NOTHING, is_left=True),
        Cell(texts.label(said.period) or formats.NOTHING, is_left=True, is_bad=is_twin),
        word,
        *(Cell(formats.number(count)) for count in counts),
    ]


def whose(file: CheckedFile) -> None:
    """Draw sender and period, and how the findings compare with the previous version."""
    if not file.sender and not file.period:
        return
    standings = [each.standing for each in file.findings]
    against = ""
    if file.is_compared:
        against = texts.against_before(standings.count("new"), standings.count("open"), len(file.fixed))
    st.html(html.facts(texts.facts(file.sender, file.period, file.prepared_by, file.previous, against)))


def findings(file: CheckedFile, tier: str, key: str) -> None:
    """Draw the findings of a tier, grouped by row; findings that wait for a reason are in their form."""
    found = [each for each in file.of_tier(tier) if not each.waits]
    if not found:
        return
    elements.say(texts.heading(texts.FINDINGS_OF[tier], len(found)), "heading")
    rows = by_row(found)
    shown = first_of(rows, f"{key}-loi-{tier}")
    for each in shown:
        of_row(each, file)
    offer_more(len(shown), len(rows), f"{key}-loi-{tier}")


def waiting_collapsed(file: CheckedFile, key: str) -> None:
    """Draw, collapsed, the questions of a rejected file."""
    if not file.waiting:
        return
    with st.expander(texts.heading(texts.WAITING, len(file.waiting))):
        elements.say(texts.waiting_of_rejected(len(file.waiting)), "note")
        rows = by_row(file.waiting)
        shown = first_of(rows, f"{key}-cho")
        for each in shown:
            of_row(each, file)
        offer_more(len(shown), len(rows), f"{key}-cho")


def of_row(found: Sequence[Finding], file: CheckedFile) -> None:
    """Draw the findings of one row: place, message, remedy, then the excerpt around their cells."""
    sheet = excerpt_around(found, file.blocks)
    st.html("".join(map(finding_html, found)) + (html.excerpt(sheet) if sheet else ""))


def finding_html(found: Finding) -> str:
    """Return one finding as HTML."""
    standing = texts.STANDINGS.get(found.standing or "", "")
    place = texts.place(found.cells or (found.cell,), found.header, found.count, found.cells_more)
    remedy = texts.remedy(found.remedy, found.reason, found.reason_by, found.reason_at)
    return html.finding(place, standing, texts.with_labels(found.message), remedy)


def explained_findings(found: Sequence[Finding]) -> None:
    """Draw, collapsed, the findings with a reason, its author and time."""
    if found:
        with st.expander(texts.heading(texts.ANSWERED, len(found))):
            st.html("".join(map(finding_html, found[:MOST_ANSWERED])))
            if len(found) > MOST_ANSWERED:
                elements.say(texts.shown(MOST_ANSWERED, len(found), texts.LINES), "note")


def repairs(file: CheckedFile) -> None:
    """Draw, collapsed, the cells that were read differently from their text."""
    if file.repairs:
        headers = [Cell(name, is_left=number != 3) for number, name in enumerate(texts.REPAIR_HEADERS)]
        with st.expander(texts.heading(texts.REPAIRS, sum(each.count for each in file.repairs))):
            st.html(html.stacked(headers, [_repair_row(each) for each in file.repairs]))
            offer(file, files.REPAIRS, lambda: sheets.repairs(file.repairs))


def _repair_row(found: Finding) -> list[Cell]:
    return [
        Cell(found.message, is_left=True, is_wide=True),
        Cell(found.header, is_left=True),
        Cell(texts.place(found.cells or (found.cell,), "", 1, found.cells_more), is_left=True, is_wide=True),
        Cell(formats.number(found.count)),
        Cell(texts.STANDINGS.get(found.standing or "", ""), is_left=True),
    ]


def fixed(file: CheckedFile, key: str) -> None:
    """Draw the findings of the previous version that are fixed."""
    if not file.fixed:
        return
    elements.say(texts.heading(texts.FIXED, len(file.fixed)), "heading")
    shown = first_of(file.fixed, f"{key}-da-sua")
    body = [[Cell(text, is_left=True, is_wide=True) for text in (it.cell, it.header, it.message)] for it in shown]
    st.html(html.stacked([Cell(name, is_left=True) for name in texts.FIXED_HEADERS], body))
    offer(file, files.FIXED, lambda: sheets.fixed(file.fixed))
    offer_more(len(shown), len(file.fixed), f"{key}-da-sua")


def changes(file: CheckedFile, key: str) -> None:
    """Draw the rows added, changed and withdrawn since the last accepted version, then field by field."""
    if not file.sheets:
        return
    elements.say(texts.CHANGES, "heading")
    body = [
        _sheet_row(texts.sheet(each.sheet), each.added, each.changed, each.withdrawn, each.set_aside)
        for each in file.sheets
    ]
    st.html(html.stacked([Cell(name, is_left=not number) for number, name in enumerate(texts.SHEET_HEADERS)], body))
    offer(file, files.SHEETS, lambda: sheets.sheets(file.sheets))
    shown = first_of(file.changes, f"{key}-thay-doi")
    lines = [_change_row(each) for each in shown]
    st.html(html.stacked([Cell(name, is_left=True) for name in texts.CHANGE_HEADERS], lines))
    offer(file, files.CHANGES, lambda: sheets.changes(file.changes))
    offer_more(len(shown), len(file.changes), f"{key}-thay-doi")


def _change_row(change: Change) -> list[Cell]:
    kind, values = texts.CHANGE_KINDS[change.change], (change.before_shown, change.after_shown)
    texts_of = (change.row_key, kind, change.cell, change.header, *values)
    return [Cell(text or formats.NOTHING, is_left=True, is_wide=number > 3) for number, text in enumerate(texts_of)]


def _sheet_row(sheet: str, *counts: int) -> list[Cell]:
    return [Cell(sheet, is_left=True), *(Cell(formats.number(count)) for count in counts)]


def first_of(lines: Sequence[Line], key: str) -> Sequence[Line]:
    """Return the first items, and more for each click on "more"."""
    return lines[: AT_ONCE * (1 + st.session_state.get(key, 0))]


def offer_more(shown: int, total: int, key: str) -> None:
    """Draw the number of drawn items and the button for more, if not all are drawn."""
    if shown < total:
        elements.say(texts.shown(shown, total, texts.LINES), "note")
        st.button(texts.MORE, key=f"{key}-them", on_click=_ask_for_more, args=(key,))


def _ask_for_more(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1
