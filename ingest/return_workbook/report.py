"""The content of a return workbook: result sheet, colours and notes. Pure; the child process gets it as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.contract.generated_sheets import RESULT_HEADERS
from ingest.findings.cell_ranges import Group, Groups, key_of
from ingest.findings.messages import day_shown
from ingest.model.cell_ref import CellRef
from ingest.model.findings import Finding, Standing, Tier
from ingest.return_workbook.marks import Marked, Marks, marks_of
from ingest.return_workbook.words import STANDINGS, TIERS, count_words, next_step, ranges_words, verdict_words
from warehouse.exports import cell_text, looks_like_formula
from warehouse.invisible import visible

AUTHOR = "Đối thoại – kiểm tra tệp"
"""The author of our notes, by which they are recognised."""

SENTINEL = '"doi-thoai"="doi-thoai"'
"""The always-true condition of our colours: cells keep their own formats, and the colours can be removed again."""

MAX_LISTED = 100_000
MAX_LINKS = 60_000
COLORS: Mapping[str, str] = {"feed": "F4B9B4", "row": "FBD9A5", "warn": "FFF2B3", "fixed": "CFE8CF"}
WIDTHS = (6, 14, 22, 24, 26, 58, 52, 16, 34, 10)
_ORDER = (Tier.FEED, Tier.ROW, Tier.WARN)


@dataclass(frozen=True)
class Cell:
    """One cell of the result sheet: text or number, the name of its look, and the target of its link."""

    value: str | int
    look: str = "text"
    link: CellRef | None = None
    quoted: bool = False


@dataclass(frozen=True)
class Report:
    """The result sheet's rows (`header` counts from 0), and the marks of each of the sender's sheets."""

    rows: tuple[tuple[Cell, ...], ...]
    header: int
    marks: Mapping[str, Marks]


@dataclass(frozen=True)
class Checked:
    """The result of a check, as far as it is reported.

    `total` is the number of all findings, of which `findings` are listed; `fixed` are those fixed since the previous
    feed; `groups` are the cells of findings about many cells.
    """

    file: str
    sender: str
    period: str
    rejected: bool
    quarantined: int
    total: int
    findings: Sequence[Finding]
    fixed: Sequence[Finding] = ()
    groups: Groups = field(default_factory=dict)


def report(checked: Checked) -> Report:
    """The report about one feed, worst findings first."""
    findings = sorted(checked.findings, key=_rank)
    marked = marks_of(findings, checked.groups)
    head = _head(checked, findings, marked)
    listed = (_row(number, each, checked.groups.get(key_of(each))) for number, each in enumerate(findings, start=1))
    rows = [*head, _headers(), *listed]
    if not findings:
        rows.append((Cell("Không có ghi chú nào."),))
    if checked.fixed:
        rows += [(), (Cell("ĐÃ SỬA SO VỚI BẢN TRƯỚC", "strong"),)]
        rows += [_row(number, each) for number, each in enumerate(checked.fixed, start=1)]
    return Report(tuple(rows), len(head), marked.marks)


def _rank(finding: Finding) -> tuple[int, str, int]:
    return _ORDER.index(finding.tier), finding.sheet, finding.row_number or 0


def _head(checked: Checked, findings: Sequence[Finding], marked: Marked) -> list[tuple[Cell, ...]]:
    counts = {tier: sum(each.tier is tier for each in findings) for tier in _ORDER}
    asked = sum(each.needs_reason and not each.reason for each in findings)
    lines: list[tuple[Cell, ...]] = [
        (Cell("KẾT QUẢ KIỂM TRA TỆP BÁO CÁO", "title"),),
        (Cell(" · ".join(filter(None, (visible(checked.file), checked.sender, checked.period)))),),
        (Cell(verdict_words(checked.rejected, checked.quarantined), "strong"),),
        (Cell(" · ".join(f"{TIERS[tier]}: {counts[tier]}" for tier in _ORDER)),),
        (Cell(next_step(checked.rejected, checked.quarantined, counts[Tier.WARN], asked), "strong"),),
    ]
    lines += [(Cell(sentence),) for sentence in _limits(checked, findings, marked)]
    legend = [Cell(TIERS[tier], tier.value) for tier in _ORDER]
    return [*lines, (Cell("Màu ô:"), *legend), ()]


def _limits(checked: Checked, findings: Sequence[Finding], marked: Marked) -> list[str]:
    """Sentences about findings and cells that are left out."""
    sentences = []
    if checked.total > len(findings):
        shown, total = count_words(len(findings)), count_words(checked.total)
        sentences.append(f"Danh sách nêu {shown} trong {total} ghi chú; sửa xong, kiểm tra lại để thấy tiếp.")
    if marked.cells > marked.noted:
        colored, noted = count_words(marked.cells), count_words(marked.noted)
        sentences.append(f"{colored} ô được tô màu; {noted} ô đầu có thêm ghi chú tại ô.")
    if marked.more:
        sentences.append(f"{count_words(marked.more)} ô rải rác cùng loại với các ô dưới đây thì không tô màu.")
    return sentences


def _headers() -> tuple[Cell, ...]:
    return tuple(Cell(header, "head") for header in RESULT_HEADERS.values())


def _row(number: int, finding: Finding, group: Group | None = None) -> tuple[Cell, ...]:
    fixed = finding.standing is Standing.FIXED
    more = f" (cùng loại: {finding.count} ô)" if finding.count > 1 else ""
    link = None if fixed or number > MAX_LINKS else _link(finding)
    return (
        Cell(number),
        Cell(TIERS[finding.tier], "fixed" if fixed else finding.tier.value),
        _text(ranges_words(group) if group else finding.cell, "link" if link else "text", link),
        _text(finding.header),
        _text(day_shown(finding.value)),
        _text(finding.message + more),
        _text(finding.remedy),
        Cell(STANDINGS.get(finding.standing, "")),
        _text(finding.reason, "reason" if finding.needs_reason and not fixed else "text"),
        Cell("" if fixed else finding.confirmation_key, "key"),
    )


def height(row: Sequence[Cell]) -> float | None:
    """The height in points at which the wrapped texts in a finding's row are readable; None for other rows."""
    if len(row) < len(WIDTHS):
        return None
    lines = [-(-len(str(cell.value)) // max(width - 4, 4)) for cell, width in zip(row, WIDTHS[:-1], strict=False)]
    return min(15.0 * max(1, *lines), 400.0)


def _text(value: str, look: str = "text", link: CellRef | None = None) -> Cell:
    return Cell(cell_text(visible(value)), look, link, looks_like_formula(value))


def _link(finding: Finding) -> CellRef | None:
    """The target of the finding's link: its cell, or the top of its sheet."""
    return finding.ref or (CellRef(finding.sheet, "A", 1) if finding.sheet else None)
