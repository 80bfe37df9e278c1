"""One sentence for one cause: what would only follow from something told already is left out.

Pure, but for large CSV sheets, whose keys are read from their files.
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
"""Rules about the cover that hold wherever another does: a period that has not begun has not ended, and whom the
lookups know in it says nothing of the sender."""

_MANY_BLANKS = 3

Keys = set[tuple[str | None, ...]]


@dataclass(frozen=True)
class Repeated:
    """A sheet that stands in the feed more than once: its name in the contract, and those of the pages."""

    contract: str
    pages: str


def without_repeats(
    sheets: Mapping[SheetKind, Sequence[ReceivedSheet]], contracts: Contracts
) -> tuple[dict[SheetKind, list[ReceivedSheet]], tuple[Repeated, ...]]:
    """The sheets of each kind, of those that say the same rows again only the first; and which these were.

    Pages that go on with other rows are one table. Two are the same sheet again where half of the keys of the smaller
    one stand in the other as well; fewer are told row by row.
    """
    kept = {kind: list(pages) for kind, pages in sheets.items()}
    found = []
    for kind, pages in sheets.items():
        contract = contracts.sheets[kind]
        if kind is not SheetKind.COVER and _say_the_same(pages, contract):
            kept[kind] = [page for page in pages if _is_one_page(page, pages[0])]
            found.append(Repeated(contract.name, ", ".join(f"«{name}»" for name in _page_names(pages))))
    return kept, tuple(found)


def _say_the_same(pages: Sequence[ReceivedSheet], contract: SheetContract) -> bool:
    return any(
        not _is_one_page(one, other) and _share_half(_keys(one, contract), _keys(other, contract))
        for one, other in combinations(pages, 2)
    )


def _is_one_page(one: ReceivedSheet, other: ReceivedSheet) -> bool:
    """Whether these are blocks of one page, or the page itself: they bear its name and begin in different rows."""
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


def without_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings about a cover, without those that others among them make plain."""
    told = {finding.rule for finding in findings}
    return (finding for finding in findings if _CAUSES.get(finding.rule) not in told)


def with_incomplete_rows(findings: Sequence[Finding], rule: Rule) -> list[Finding]:
    """The findings, those about the blanks of a row that lacks a lot as one: it may be no row of data at all."""
    blanks: dict[tuple[str, int | None], list[Finding]] = {}
    for each in findings:
        if each.rule == "missing_value" and each.row_number is not None:
            blanks.setdefault((each.sheet, each.row_number), []).append(each)
    lacking = {place: found for place, found in blanks.items() if len(found) >= _MANY_BLANKS}
    told = {id(each) for found in lacking.values() for each in found[1:]}
    first = {id(found[0]): _incomplete(found, rule) for found in lacking.values()}
    return [first.get(id(each), each) for each in findings if id(each) not in told]


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
    """Whether the cover may well be there: nothing at all could be read, or just it."""
    rejecting = [each for each in obstacles if each.rejects_feed]
    places = [each.place.partition("!")[0].partition(":")[0] for each in rejecting]
    is_cover = any(place and kind_of_name(place, vocabulary) is SheetKind.COVER for place in places)
    return bool(rejecting) and (not sheets or is_cover)


def without_persons(
    obstacles: Iterable[Obstacle], sheets: Iterable[ReceivedSheet], contracts: Contracts
) -> Iterator[Obstacle]:
    """The obstacles, without the text of records of a page that has a column of petitioners' identities."""
    personal = {
        sheet.name
        for sheet in sheets
        if any(column.field is None and is_personal(column.header, contracts) for column in sheet.columns)
    }
    for each in obstacles:
        yield replace(each, value="") if each.place.partition(":")[0] in personal else each
