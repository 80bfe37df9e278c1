"""Downloads of provenance: the versions of a row, its cells, quarantined rows and findings."""

from collections.abc import Sequence

from dashboard.check_result import Finding
from dashboard.queries.provenance import ReceivedCell, RowVersion
from dashboard.render.workbook import Row, Table, Value
from dashboard.text import columns, file_check
from dashboard.text import steward as texts


def versions(found: Sequence[RowVersion]) -> Table:
    """Return all versions of a row, newest first."""
    return Table(columns.VERSIONS, [_version(each) for each in found])


def _version(version: RowVersion) -> Row:
    feed = version.feed
    return (
        file_check.label(feed.period_code),
        None if feed.version is None else texts.version(feed.version, feed.is_current),
        feed.received_at,
        feed.file_name,
        file_check.sheet(version.sheet),
        version.row_number,
        texts.ROW_STATUS[version.row_status],
        version.faults,
        "; ".join(texts.change(it.change, it.header, it.before, it.after) for it in version.changes),
    )


def cells(version: RowVersion, found: Sequence[ReceivedCell]) -> Table:
    """Return the cells of a row: text received and value read; neither for sensitive cells."""
    return Table(texts.CELL_COLUMNS, [_cell(version, each) for each in found])


def _cell(version: RowVersion, cell: ReceivedCell) -> Row:
    place: Value = f"{cell.letter}{version.row_number}" if cell.letter else None
    if cell.is_sensitive:
        return place, cell.header, texts.HIDDEN_TEXT, None
    received = file_check.received(cell.received)
    return place, cell.header, received, cell.read if cell.is_repaired else received


def quarantined_rows(found: Sequence[tuple[str, int, str, str]]) -> Table:
    """Return the quarantined rows of a feed, with the reasons."""
    rows = [(file_check.sheet(sheet), row, key, file_check.with_labels(faults)) for sheet, row, key, faults in found]
    return Table(texts.QUARANTINE_COLUMNS, rows)


def findings(found: Sequence[Finding]) -> Table:
    """Return the findings of a feed, each with its remedy or reason."""
    return Table(columns.CHECKED, [_finding(each) for each in found])


def _finding(it: Finding) -> Row:
    sheet, sign, place = it.cell.rpartition("!")
    return (
        texts.tier(it.tier, it.waits),
        file_check.sheet(sheet if sign else it.sheet),
        ", ".join(it.cells) or place,
        it.header,
        it.value,
        file_check.with_labels(it.message),
        it.remedy,
        it.count,
        file_check.STANDINGS.get(it.standing or ""),
        it.reason,
    )
