"""One finding per cause: findings that only follow from another one are left out.

Pure, except that the keys of large CSV sheets are read from their files.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ingest.checking.structure import is_personal
from ingest.contract.sheet_contract import Contracts, Rule, SheetContract
from ingest.contract.vocabulary import Vocabulary
from ingest.model.findings import Finding
from ingest.model.received import Obstacle, ReceivedSheet, SheetKind
from ingest.reading.csv.scan import keys_of
from ingest.reading.tables.kinds import kind_of_name

_CAUSES = {
    "running_period": "future_period",
    "unexpected_period": "future_period",
    "unknown_sender": "future_period",
}
"""Rules about the cover that follow from another rule: a period that has not begun has not ended either, and whether
the lookups know the sender in it says nothing."""

_MANY_BLANKS = 3

Keys = set[tuple[str | None, ...]]


@dataclass(frozen=True)
class RepeatedSheet:
    """A sheet that is in the feed more than once: its name in the contract, and the names of its pages."""

    contract: str
    pages: str


def drop_repeated_sheets(
    sheets: Mapping[SheetKind, Sequence[ReceivedSheet]], contracts: Contracts
) -> tuple[dict[SheetKind, list[ReceivedSheet]], tuple[RepeatedSheet, ...]]:
    """Return the sheets of each kind, only the first page of a repeated one, and which were repeated.

    Pages that continue with other rows are one table. Two pages repeat each other if at least half of the keys of the
    smaller one are also in the other; fewer duplicates are reported row by row.
    """
    kept = {kind: list(pages) for kind, pages in sheets.items()}
    found = []
    for kind, pages in sheets.items():
        contract = contracts.sheets[kind]
        if kind is not SheetKind.COVER and _are_repeated(pages, contract):
            kept[kind] = [page for page in pages if _is_one_page(page, pages[0])]
            found.append(RepeatedSheet(contract.name, ", ".join(f"«{name}»" for name in _page_names(pages))))
    return kept, tuple(found)


def _are_repeated(pages: Sequence[ReceivedSheet], contract: SheetContract) -> bool:
    return any(
        not _is_one_page(one, other) and _share_half(_keys(one, contract), _keys(other, contract))
        for one, other in combinations(pages, 2)
    )


def _is_one_page(one: ReceivedSheet, other: ReceivedSheet) -> bool:
    """Whether both are the same sheet, or blocks of one page: same name, different header rows."""
    return one is other or (one.name == other.name and one.header_row != other.header_row)


def _share_half(one: Keys, other: Keys) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) * 2 >= smaller


def _keys(sheet: ReceivedSheet, contract: SheetContract) -> Keys:
    names = [name for name in contract.key if name in sheet.rows.column_names]
    if sheet.csv is not None and names:
        return {key for key in keys_of(sheet.csv, sheet.name, names) if any(key)}
    columns = [sheet.rows[name].to_pylist() for name in names]
    return {key for key in zip(*columns, strict=True) if any(key)}


def _page_names(pages: Sequence[ReceivedSheet]) -> list[str]:
    names = list(dict.fromkeys(page.name for page in pages))
    return names if len(names) > 1 else [f"{page.name} (dòng {page.header_row})" for page in pages]


def drop_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings about a cover, without those that only follow from others among them."""
    rules = {finding.rule for finding in findings}
    return (finding for finding in findings if _CAUSES.get(finding.rule) not in rules)


def merge_incomplete_rows(findings: Sequence[Finding], rule: Rule) -> list[Finding]:
    """Return the findings, with one for all blanks of a row that has many: it may not be a data row at all."""
    blanks: dict[tuple[str, int | None], list[Finding]] = {}
    for each in findings:
        if each.rule == "missing_value" and each.row_number is not None:
            blanks.setdefault((each.sheet, each.row_number), []).append(each)
    incomplete = {place: found for place, found in blanks.items() if len(found) >= _MANY_BLANKS}
    merged = {id(each) for found in incomplete.values() for each in found[1:]}
    first = {id(found[0]): _incomplete(found, rule) for found in incomplete.values()}
    return [first.get(id(each), each) for each in findings if id(each) not in merged]


def _incomplete(blanks: Sequence[Finding], rule: Rule) -> Finding:
    words = {"value": str(blanks[0].row_number), "evidence": ", ".join(f"«{each.header}»" for each in blanks)}
    return replace(
        blanks[0],
        rule=rule.id,
        message=rule.message.format_map(words),
        remedy=rule.remedy.format_map(words),
        evidence=words["evidence"],
        field="",
    )


def hides_cover(obstacles: Iterable[Obstacle], sheets: Sequence[ReceivedSheet], vocabulary: Vocabulary) -> bool:
    """Whether the feed may have a cover that could not be read: no sheet could be read, or the cover could not."""
    rejecting = [each for each in obstacles if each.rejects_feed]
    is_cover = any(each.sheet and kind_of_name(each.sheet, vocabulary) is SheetKind.COVER for each in rejecting)
    return bool(rejecting) and (not sheets or is_cover)


def without_personal_texts(
    obstacles: Iterable[Obstacle], sheets: Iterable[ReceivedSheet], contracts: Contracts
) -> Iterator[Obstacle]:
    """Yield the obstacles; those in a page with a column about petitioners' identities lose the text found there."""
    personal = {
        sheet.name
        for sheet in sheets
        if any(column.field is None and is_personal(column.header, contracts) for column in sheet.columns)
    }
    for each in obstacles:
        yield replace(each, value="") if each.sheet in personal else each
