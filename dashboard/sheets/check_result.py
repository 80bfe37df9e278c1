"""Downloads of the check results of uploaded files."""

from collections.abc import Sequence

from dashboard.check_result import Change, CheckedFile, Finding, SheetChanges
from dashboard.render.workbook import Row, Table
from dashboard.text import file_check as texts
from dashboard.uploads.session import Uploads


def files(found: Sequence[tuple[str, str]], known: Uploads) -> Table:
    """Return one row per uploaded file, given by id and name."""
    return Table(texts.FILE_HEADERS, [(name, *_outcome(each, known)) for each, name in found])


def _outcome(file_id: str, known: Uploads) -> Row:
    said, landed = known.results.get(file_id), known.landed.get(file_id)
    if not isinstance(said, CheckedFile):
        return None, None, said or texts.TO_CHECK_AGAIN, None, None, None, None, None
    is_in = landed and landed.verdict == "accepted"
    word = texts.LANDED.format(feed_id=landed.feed_id) if landed and is_in else texts.VERDICTS[said.verdict]
    counts = (said.rows, said.quarantined, said.errors, len(said.waiting), said.notes)
    return said.sender, texts.label(said.period), word, *counts


def repairs(found: Sequence[Finding]) -> Table:
    """Return the repairs: cells that were read differently from their text."""
    rows = [
        (it.message, it.header, texts.place(it.cells or (it.cell,), "", 1, it.cells_more), it.count,
         texts.STANDINGS.get(it.standing or ""))
        for it in found
    ]  # fmt: skip
    return Table(texts.REPAIR_HEADERS, rows)


def fixed(found: Sequence[Finding]) -> Table:
    """Return the findings of the previous version that are fixed."""
    return Table(texts.FIXED_HEADERS, [(texts.cell(it.cell), it.header, it.message) for it in found])


def sheets(found: Sequence[SheetChanges]) -> Table:
    """Return the counts of rows of each sheet that differ from the previous version."""
    rows = [(texts.sheet(it.sheet), it.added, it.changed, it.withdrawn, it.set_aside) for it in found]
    return Table(texts.SHEET_HEADERS, rows)


def changes(found: Sequence[Change]) -> Table:
    """Return the differences from the previous version, field by field."""
    rows = [
        (it.row_key, texts.CHANGE_KINDS[it.change], it.cell, it.header, it.before_shown, it.after_shown) for it in found
    ]
    return Table(texts.CHANGE_HEADERS, rows)
