"""The form of a feed: its sheets, columns, declared totals and sizes, before any cell is judged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.checking.context import LANDED, Desk
from ingest.contract.sheet_contract import Contracts
from ingest.model.findings import Finding
from ingest.model.received import ReceivedFeed, ReceivedSheet, SheetKind
from ingest.parsing.keys import bare, normalised
from ingest.reading.tables.header import spellings
from ingest.rules.cover import Cover
from ingest.staging.stage import StagedSheet


def form_findings(
    desk: Desk, received: ReceivedFeed, staged: Mapping[SheetKind, StagedSheet], cover: Cover, *, blocked: bool
) -> Iterator[Finding]:
    """What is to be said about the feed's sheets and columns; a missing sheet is not told of a file hard to read."""
    rows: dict[SheetKind, int] = {kind: staged[kind].rows if kind in staged else 0 for kind in LANDED}
    for kind in LANDED:
        contract = desk.contracts.sheets[kind]
        if kind in staged:
            yield from _missing_columns(desk, staged[kind])
        elif desk.owes(kind) and not cover.nil_return and not blocked:
            yield desk.teller.about_feed("missing_sheet", key=contract.name, evidence=contract.name)
    for sheet in received.sheets:
        yield from _column_findings(desk, sheet)
    if pages := [sheet.name for sheet in received.sheets if sheet.unread]:
        yield desk.teller.about_feed("unread_cells", evidence=", ".join(f"«{page}»" for page in dict.fromkeys(pages)))
    yield from _declared_findings(desk, staged.get(SheetKind.COVER), cover, rows)


def _missing_columns(desk: Desk, staged: StagedSheet) -> Iterator[Finding]:
    there = desk.sources(staged)
    for column in staged.contract.columns:
        if column.column_required and column.field not in there:
            key = f"{staged.contract.kind}!{column.field}"
            finding = desk.teller.about_feed("missing_column", sheet=staged.name, key=key, header=column.header)
            yield replace(finding, field=column.field)


def _column_findings(desk: Desk, sheet: ReceivedSheet) -> Iterator[Finding]:
    """Columns that are not read: those with a petitioner's identity, and those not in the contract; hidden rows, and
    formulas with zero as their result or codes shown by a format."""
    silent = {"", *map(normalised, desk.contracts.ignored_headers)}
    for column in sheet.columns:
        if column.field is None and normalised(column.header) not in silent and not desk.profile:
            rule = "personal_column" if is_personal(column.header, desk.contracts) else "unknown_column"
            cell = f"{sheet.name}!{column.letter}{sheet.header_row}"
            key = normalised(column.header)
            told = desk.teller.about_feed(rule, sheet=sheet.name, key=f"{sheet.name}!{key}", header=column.header)
            yield replace(told, cell=cell)
    hidden = sheet.rows.num_rows if sheet.hidden else len(sheet.hidden_rows)
    if hidden:
        yield desk.teller.about_feed("hidden_rows", sheet=sheet.name, key=sheet.name, evidence=str(hidden))
    yield from _zeros(desk, sheet)
    yield from _shown(desk, sheet)
    yield from _headerless(desk, sheet)


def _headerless(desk: Desk, sheet: ReceivedSheet) -> Iterator[Finding]:
    """Columns with cells but no header, each with the header that the contract has there, if the sheet lacks it."""
    for letter, count in sheet.headerless:
        words = {"evidence": letter, "count": str(count), "suggestion": _missing_header(desk, sheet, letter)}
        told = desk.teller.about_feed("headerless_column", sheet=sheet.name, key=f"{sheet.name}!{letter}", **words)
        yield replace(told, cell=f"{sheet.name}!{letter}{sheet.header_row}", count=count)


def _missing_header(desk: Desk, sheet: ReceivedSheet, letter: str) -> str:
    """The question whether the column is that which the contract puts behind its neighbour to the left."""
    columns = desk.contracts.sheets[sheet.kind].columns
    there = {column.field for column in sheet.columns}
    before = [each for each in sheet.columns if (len(each.letter), each.letter) < (len(letter), letter) and each.field]
    following = iter(columns)
    if before and any(column.field == before[-1].field for column in following):
        missing = next(following, None)
        if missing and missing.field not in there:
            return f"Có phải «{missing.header}»? "
    return ""


def _zeros(desk: Desk, sheet: ReceivedSheet) -> Iterator[Finding]:
    """One finding a column."""
    for column in sheet.columns:
        rows = [row for name, row in sheet.zeros if name == column.field]
        if rows:
            key = f"{sheet.name}!{column.field}"
            told = desk.teller.about_feed("formula_zero", sheet=sheet.name, key=key, header=column.header)
            yield replace(told, cell=f"{sheet.name}!{column.letter}{rows[0]}", row_number=rows[0], count=len(rows))


def _shown(desk: Desk, sheet: ReceivedSheet) -> Iterator[Finding]:
    """One finding a column whose numbers were read as they are shown, with the first of them."""
    for column in sheet.columns:
        cells = [(row, stored) for name, row, stored in sheet.shown if name == column.field]
        if cells and column.field:
            row, stored = cells[0]
            read = sheet.rows[column.field][sheet.rows["row_number"].index(row).as_py()].as_py()
            words = {"header": column.header, "value": stored, "evidence": read or ""}
            key = f"{sheet.name}!{column.field}"
            told = desk.teller.about_feed("repaired_format", sheet=sheet.name, key=key, **words)
            yield replace(told, cell=f"{sheet.name}!{column.letter}{row}", row_number=row, count=len(cells))


def is_personal(header: str, contracts: Contracts) -> bool:
    """Whether a header is that of a petitioner's identity: in any encoding, with or without its marks."""
    words = {f" {spelling} " for each in contracts.personal_headers for spelling in (normalised(each), bare(each))}
    said = [f" {spelling} " for each in spellings(header) for spelling in (normalised(each), bare(each))]
    return any(word in spelling for word in words for spelling in said)


def _declared_findings(
    desk: Desk, staged: StagedSheet | None, cover: Cover, rows: Mapping[SheetKind, int]
) -> Iterator[Finding]:
    dialogues, petitions = rows[SheetKind.DIALOGUES], rows[SheetKind.PETITIONS]
    if cover.nil_return and dialogues + petitions:
        yield desk.teller.about_feed("nil_return_with_rows", evidence=str(dialogues + petitions))
    if staged is None:
        return
    if not cover.nil_return and not dialogues + petitions:
        yield desk.teller.about_feed("empty_without_nil_return")
    declared = {"dialogues": (cover.declared_dialogues, dialogues), "petitions": (cover.declared_petitions, petitions)}
    for name, (said, counted) in declared.items():
        if said is not None and said != counted:
            yield desk.teller.about_cover(f"declared_{name}_differ", staged, cover, str(said), str(counted))


def count_findings(desk: Desk, rows: int, errors: int) -> Iterable[Finding]:
    if rows > desk.limits.max_rows:
        limit = f"{desk.limits.max_rows:,}".replace(",", ".")
        yield desk.teller.about_feed("too_many_rows", evidence=str(rows), limit=limit)
    if rows and errors / rows > desk.limits.max_error_share:
        limit = f"{desk.limits.max_error_share:.0%}"
        yield desk.teller.about_feed("too_many_errors", evidence=f"{errors}/{rows}", limit=limit)
