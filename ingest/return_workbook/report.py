"""What a return workbook says: a first sheet, colours and notes by cell. Pure; written as JSON for the child."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.findings import Finding, Standing, Tier
from ingest.own_sheets import RESULT_HEADERS
from ingest.reading.grid import cell_position, column_letter
from ingest.return_workbook.words import STANDINGS, TIERS, next_step, verdict_words
from ingest.told import day_shown
from warehouse.exports import cell_text, looks_like_formula

AUTHOR = "Đối thoại – kiểm tra tệp"
"""Whose notes ours are: by it they are known again."""

SENTINEL = '"doi-thoai"="doi-thoai"'
"""The condition of our colours, always true: the cell's own format stays, and the colour can be taken off again."""

MAX_LISTED = 100_000
MAX_LINKS = 60_000
MAX_NOTES = 5_000
COLORS: Mapping[str, str] = {"feed": "F4B9B4", "row": "FBD9A5", "warn": "FFF2B3", "fixed": "CFE8CF"}
WIDTHS = (6, 14, 22, 24, 26, 58, 52, 16, 34, 10)
_ORDER = (Tier.FEED, Tier.ROW, Tier.WARN)


@dataclass(frozen=True)
class Cell:
    """One cell of the result sheet: text or number, the name of its look, the place it leads to."""

    value: str | int
    look: str = "text"
    link: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Marks:
    """What is marked on one sheet: ranges by tier, and notes by cell."""

    ranges: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The result sheet's rows (`header` counts from 0), and the marks of each of the sender's sheets."""

    rows: tuple[tuple[Cell, ...], ...]
    header: int
    marks: Mapping[str, Marks]


@dataclass(frozen=True)
class Checked:
    """What was found: the file, its verdict, how many rows are set aside, all findings and those fixed since before."""

    file: str
    sender: str
    period: str
    rejected: bool
    quarantined: int
    total: int
    findings: Sequence[Finding]
    fixed: Sequence[Finding] = ()


def report(checked: Checked) -> Report:
    """The report on one feed, the worst findings first."""
    findings = sorted(checked.findings, key=_rank)
    marks = _marks(findings)
    head = _head(checked, findings)
    rows = [*head, _headers(), *(_row(number, each) for number, each in enumerate(findings, start=1))]
    if not findings:
        rows.append((Cell("Không có ghi chú nào."),))
    if checked.fixed:
        rows += [(), (Cell("ĐÃ SỬA SO VỚI BẢN TRƯỚC", "strong"),)]
        rows += [_row(number, each) for number, each in enumerate(checked.fixed, start=1)]
    return Report(tuple(rows), len(head), marks)


def _rank(finding: Finding) -> tuple[int, str, int]:
    return _ORDER.index(finding.tier), finding.sheet, finding.row_number or 0


def _head(checked: Checked, findings: Sequence[Finding]) -> list[tuple[Cell, ...]]:
    counts = {tier: sum(each.tier is tier for each in findings) for tier in _ORDER}
    asked = sum(each.needs_reason and not each.reason for each in findings)
    lines: list[tuple[Cell, ...]] = [
        (Cell("KẾT QUẢ KIỂM TRA TỆP BÁO CÁO", "title"),),
        (Cell(" · ".join(filter(None, (checked.file, checked.sender, checked.period)))),),
        (Cell(verdict_words(checked.rejected, checked.quarantined), "strong"),),
        (Cell(" · ".join(f"{TIERS[tier]}: {counts[tier]}" for tier in _ORDER)),),
        (Cell(next_step(checked.rejected, checked.quarantined, counts[Tier.WARN], asked), "strong"),),
    ]
    lines += [(Cell(sentence),) for sentence in _limits(checked, findings)]
    legend = [Cell(TIERS[tier], tier.value) for tier in _ORDER]
    return [*lines, (Cell("Màu ô:"), *legend), ()]


def _limits(checked: Checked, findings: Sequence[Finding]) -> list[str]:
    """What is left out, said in so many words."""
    said = []
    if checked.total > len(findings):
        shown, total = _count(len(findings)), _count(checked.total)
        said.append(f"Danh sách nêu {shown} trong {total} ghi chú; sửa xong, kiểm tra lại để thấy tiếp.")
    if len({each.cell for each in findings}) > MAX_NOTES:
        said.append(f"Mọi ô đều được tô màu và nêu dưới đây; {_count(MAX_NOTES)} ô đầu có thêm ghi chú tại ô.")
    return said


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _headers() -> tuple[Cell, ...]:
    return tuple(Cell(header, "head") for header in RESULT_HEADERS.values())


def _row(number: int, finding: Finding) -> tuple[Cell, ...]:
    fixed = finding.standing is Standing.FIXED
    more = f" (cùng loại: {finding.count} ô)" if finding.count > 1 else ""
    link = "" if fixed or number > MAX_LINKS else _link(finding)
    return (
        Cell(number),
        Cell(TIERS[finding.tier], "fixed" if fixed else finding.tier.value),
        _text(finding.cell, "link" if link else "text", link),
        _text(finding.header),
        _text(day_shown(finding.value)),
        _text(finding.message + more),
        _text(finding.remedy),
        Cell(STANDINGS.get(finding.standing, "")),
        _text(finding.reason, "reason" if finding.needs_reason and not fixed else "text"),
        Cell("" if fixed else finding.confirmation_key, "key"),
    )


def height(row: Sequence[Cell]) -> float | None:
    """The height in points at which all wrapped text of a finding's row can be read; None for a line of its own."""
    if len(row) < len(WIDTHS):
        return None
    lines = [-(-len(str(cell.value)) // max(width - 4, 4)) for cell, width in zip(row, WIDTHS[:-1], strict=False)]
    return min(15.0 * max(1, *lines), 400.0)


def _text(value: str, look: str = "text", link: str = "") -> Cell:
    return Cell(cell_text(value), look, link, looks_like_formula(value))


def _link(finding: Finding) -> str:
    """Where the finding leads: its cell, or the top of its sheet."""
    sheet, mark, cell = finding.cell.rpartition("!")
    if mark and is_reference(cell):
        return f"{sheet}!{cell}"
    return f"{finding.sheet}!A1" if finding.sheet else ""


def is_reference(text: str) -> bool:
    """Whether `text` is like I14."""
    letters = text.rstrip("0123456789")
    return 1 <= len(letters) <= 3 and letters.isascii() and letters.isupper() and letters != text


def _marks(findings: Iterable[Finding]) -> dict[str, Marks]:
    """Colours by the worst tier of each cell, and one note a cell with all that is said of it."""
    by_place: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        sheet, mark, cell = finding.cell.rpartition("!")
        if mark and is_reference(cell):
            by_place.setdefault((sheet, cell), []).append(finding)
    marks: dict[str, Marks] = {}
    cells: dict[str, dict[str, list[str]]] = {}
    for number, ((sheet, cell), found) in enumerate(by_place.items()):
        here = marks.setdefault(sheet, Marks())
        cells.setdefault(sheet, {}).setdefault(found[0].tier.value, []).append(cell)
        if number < MAX_NOTES:
            here.notes[cell] = cell_text("\n\n".join(map(_note, found)))[:8_000]
    for sheet, tiers in cells.items():
        marks[sheet].ranges.update({tier: ranges(places) for tier, places in tiers.items()})
    return marks


def _note(finding: Finding) -> str:
    return f"[{TIERS[finding.tier]}] {finding.message}\n→ {finding.remedy}"


def ranges(cells: Iterable[str]) -> list[str]:
    """The cells as ranges, those below each other joined: `I14:I20`."""
    places = sorted({(column, row) for row, column in map(cell_position, cells)})
    found = []
    for (column, _), run in groupby(enumerate(places), key=lambda each: (each[1][0], each[1][1] - each[0])):
        rows = [row for _, (_, row) in run]
        letter = column_letter(column)
        found.append(f"{letter}{rows[0] + 1}" if len(rows) == 1 else f"{letter}{rows[0] + 1}:{letter}{rows[-1] + 1}")
    return found
