"""Check the structure of a feed: its sheets and columns, declared totals, and numbers of rows and errors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.checking.context import LANDED, CheckContext
from ingest.contract.sheet_contract import Contracts
from ingest.model.cell_ref import CellRef
from ingest.model.findings import Finding
from ingest.model.received import ReceivedFeed, ReceivedSheet, SheetKind
from ingest.parsing.keys import bare, normalised
from ingest.reading.tables.header import spellings
from ingest.rules.cover import Cover
from ingest.staging.stage import StagedSheet


def structure_findings(
    context: CheckContext,
    received: ReceivedFeed,
    staged: Mapping[SheetKind, StagedSheet],
    cover: Cover,
    *,
    blocked: bool,
) -> Iterator[Finding]:
    """Yield the findings about sheets, columns and declared totals; if `blocked`, no sheet is reported as missing."""
    rows: dict[SheetKind, int] = {kind: staged[kind].rows if kind in staged else 0 for kind in LANDED}
    for kind in LANDED:
        contract = context.contracts.sheets[kind]
        if kind in staged:
            yield from _missing_columns(context, staged[kind])
        elif context.owes(kind) and not cover.nil_return and not blocked:
            yield context.builder.about_feed("missing_sheet", key=contract.name, evidence=contract.name)
    for sheet in received.sheets:
        yield from _column_findings(context, sheet)
    if pages := [sheet.name for sheet in received.sheets if sheet.unread]:
        names = ", ".join(f"«{page}»" for page in dict.fromkeys(pages))
        yield context.builder.about_feed("unread_cells", evidence=names)
    yield from _declared_findings(context, staged.get(SheetKind.COVER), cover, rows)


def _missing_columns(context: CheckContext, staged: StagedSheet) -> Iterator[Finding]:
    present = context.sources(staged)
    for column in staged.contract.columns:
        if column.column_required and column.field not in present:
            key = f"{staged.contract.kind}!{column.field}"
            finding = context.builder.about_feed("missing_column", sheet=staged.name, key=key, header=column.header)
            yield replace(finding, field=column.field)


def _column_findings(context: CheckContext, sheet: ReceivedSheet) -> Iterator[Finding]:
    """Structural findings of one sheet: unknown or personal-data columns, hidden rows, formulas with a zero result,
    codes read as displayed, columns without a header."""
    ignored = {"", *map(normalised, context.contracts.ignored_headers)}
    for column in sheet.columns:
        if column.field is None and normalised(column.header) not in ignored and not context.profile:
            rule = "personal_column" if is_personal(column.header, context.contracts) else "unknown_column"
            cell = CellRef(sheet.name, column.letter, sheet.header_row)
            key = normalised(column.header)
            finding = context.builder.about_feed(
                rule, sheet=sheet.name, key=f"{sheet.name}!{key}", header=column.header
            )
            yield replace(finding, cell=str(cell))
    hidden = sheet.rows.num_rows if sheet.hidden else len(sheet.hidden_rows)
    if hidden:
        yield context.builder.about_feed("hidden_rows", sheet=sheet.name, key=sheet.name, evidence=str(hidden))
    yield from _zeros(context, sheet)
    yield from _shown(context, sheet)
    yield from _headerless(context, sheet)


def _headerless(context: CheckContext, sheet: ReceivedSheet) -> Iterator[Finding]:
    """One finding per column with values but no header; it suggests the contract's header there, if that is missing."""
    for letter, count in sheet.headerless:
        words = {"evidence": letter, "count": str(count), "suggestion": _missing_header(context, sheet, letter)}
        finding = context.builder.about_feed(
            "headerless_column", sheet=sheet.name, key=f"{sheet.name}!{letter}", **words
        )
        yield replace(finding, cell=str(CellRef(sheet.name, letter, sheet.header_row)), count=count)


def _missing_header(context: CheckContext, sheet: ReceivedSheet, letter: str) -> str:
    """The Vietnamese question whether the column is the one that follows its left neighbour in the contract.

    It is "" if there is no such column, or the feed has it.
    """
    columns = context.contracts.sheets[sheet.kind].columns
    present = {column.field for column in sheet.columns}
    before = [each for each in sheet.columns if (len(each.letter), each.letter) < (len(letter), letter) and each.field]
    following = iter(columns)
    if before and any(column.field == before[-1].field for column in following):
        missing = next(following, None)
        if missing and missing.field not in present:
            return f"Có phải «{missing.header}»? "
    return ""


def _zeros(context: CheckContext, sheet: ReceivedSheet) -> Iterator[Finding]:
    """One finding per column with formulas whose result is zero."""
    for column in sheet.columns:
        rows = [row for name, row in sheet.zeros if name == column.field]
        if rows:
            key = f"{sheet.name}!{column.field}"
            finding = context.builder.about_feed("formula_zero", sheet=sheet.name, key=key, header=column.header)
            cell = CellRef(sheet.name, column.letter, rows[0])
            yield replace(finding, cell=str(cell), row_number=cell.row, count=len(rows))


def _shown(context: CheckContext, sheet: ReceivedSheet) -> Iterator[Finding]:
    """One finding per column whose numbers were read as displayed, at the first of them."""
    for column in sheet.columns:
        cells = [(row, stored) for name, row, stored in sheet.shown if name == column.field]
        if cells and column.field:
            row, stored = cells[0]
            read = sheet.rows[column.field][sheet.rows["row_number"].index(row).as_py()].as_py()
            words = {"header": column.header, "value": stored, "evidence": read or ""}
            key = f"{sheet.name}!{column.field}"
            finding = context.builder.about_feed("repaired_format", sheet=sheet.name, key=key, **words)
            cell = CellRef(sheet.name, column.letter, row)
            yield replace(finding, cell=str(cell), row_number=row, count=len(cells))


def is_personal(header: str, contracts: Contracts) -> bool:
    """Whether the header names a petitioner's identity, in any encoding, with or without diacritics."""
    words = {f" {spelling} " for each in contracts.personal_headers for spelling in (normalised(each), bare(each))}
    written = [f" {spelling} " for each in spellings(header) for spelling in (normalised(each), bare(each))]
    return any(word in spelling for word in words for spelling in written)


def _declared_findings(
    context: CheckContext, staged: StagedSheet | None, cover: Cover, rows: Mapping[SheetKind, int]
) -> Iterator[Finding]:
    dialogues, petitions = rows[SheetKind.DIALOGUES], rows[SheetKind.PETITIONS]
    if cover.nil_return and dialogues + petitions:
        yield context.builder.about_feed("nil_return_with_rows", evidence=str(dialogues + petitions))
    if staged is None:
        return
    if not cover.nil_return and not dialogues + petitions:
        yield context.builder.about_feed("empty_without_nil_return")
    declared = {"dialogues": (cover.declared_dialogues, dialogues), "petitions": (cover.declared_petitions, petitions)}
    for name, (stated, counted) in declared.items():
        if stated is not None and stated != counted:
            yield context.builder.about_cover(f"declared_{name}_differ", staged, cover, str(stated), str(counted))


def count_findings(context: CheckContext, rows: int, errors: int) -> Iterable[Finding]:
    """Yield the findings about too many rows, and about too large a share of rows with errors."""
    if rows > context.limits.max_rows:
        limit = f"{context.limits.max_rows:,}".replace(",", ".")
        yield context.builder.about_feed("too_many_rows", evidence=str(rows), limit=limit)
    if rows and errors / rows > context.limits.max_error_share:
        limit = f"{context.limits.max_error_share:.0%}"
        yield context.builder.about_feed("too_many_errors", evidence=f"{errors}/{rows}", limit=limit)
