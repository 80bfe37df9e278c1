"""Repair a spoiled template of all eight sheets by following only the text of its first sheet.

A clerk reads there the sender, the period and, for each finding, its cells, value, message and remedy. The repair takes
allowed values, forms, examples and days from these sentences and types them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.contract import load
from ingest.contract.generated_sheets import RESULT_HEADERS, RESULT_SHEET
from ingest.pipeline import check_paths
from ingest.template import gather, write_template
from warehouse.home import Home

NOW = datetime(2024, 10, 5, 12)
UNIT = "13285 – Phường Quang Trung"
AUGUST = datetime(2024, 8, 1)

ROWS: dict[str, list[dict[str, object]]] = {
    "Hội nghị": [
        {
            "Mã hội nghị": f"HN{number}", "Mã đơn vị tổ chức": UNIT, "Ngày tổ chức": AUGUST, "Hình thức": "Định kỳ",
            "Người chủ trì": "Nguyễn Văn An", "Người đứng đầu trực tiếp chủ trì": "Có", "Số người dự": 40,
            "Số thông báo kết luận": f"{number}/TB", "Ngày thông báo kết luận": datetime(2024, 8, 5), "Số ý kiến": 9,
            "Số ý kiến trả lời trực tiếp": 4, "Lĩnh vực chính": "Đất đai",
        }
        for number in range(1, 13)
    ],
    "Kiến nghị": [
        {
            "Mã kiến nghị": f"KN{number}", "Mã hội nghị": "HN1", "Mã đơn vị tiếp nhận": UNIT, "Lĩnh vực": "Đất đai",
            "Ngày tiếp nhận": AUGUST, "Nội dung kiến nghị": "Sửa đường", "Tình trạng": "Đã giải quyết",
            "Hạn giải quyết": datetime(2024, 9, 20), "Ngày giải quyết xong": datetime(2024, 9, 1),
        }
        for number in range(1, 31)
    ],
    "Lãnh đạo": [
        {
            "Mã cán bộ": f"CB{number}", "Họ và tên": "Nguyễn Văn An", "Mã đơn vị": UNIT, "Cơ quan": body,
            "Chức vụ": "Bí thư", "Từ ngày": datetime(2023, 1, 1),
        }
        for number, body in enumerate(("Cấp ủy", "Chính quyền"), start=1)
    ],
    "Kế hoạch": [{"Mã đơn vị": UNIT, "Năm": year, "Số hội nghị kế hoạch": 2} for year in (2024, 2025)],
    "Tập huấn": [
        {"Mã lớp tập huấn": f"TH{number}", "Mã đơn vị": UNIT, "Ngày tổ chức": AUGUST, "Chuyên đề": "Kỹ năng"}
        for number in range(1, 5)
    ],
    "Khen thưởng, kỷ luật": [
        {"Số quyết định": f"{number}/QĐ", "Ngày": AUGUST, "Loại quyết định": "Khen thưởng", "Mã đơn vị": UNIT}
        for number in range(1, 5)
    ],
    "Cách làm hay": [
        {"Mã cách làm hay": f"CL{number}", "Mã đơn vị": UNIT, "Tên": "Sổ theo dõi", "Ngày phổ biến": AUGUST}
        for number in range(1, 4)
    ],
}  # fmt: skip

SPOILS: list[tuple[str, str, int, object]] = [
    ("Hội nghị", "Mã hội nghị", 16, "HN1"),
    ("Hội nghị", "Mã đơn vị tổ chức", 6, None),
    ("Hội nghị", "Ngày tổ chức", 7, "31/02/2024"),
    ("Hội nghị", "Hình thức", 8, "Đinh ki"),
    ("Hội nghị", "Người đứng đầu trực tiếp chủ trì", 9, "có lẽ"),
    ("Hội nghị", "Số người dự", 10, -40),
    ("Hội nghị", "Số ý kiến trả lời trực tiếp", 11, 12),
    ("Hội nghị", "Ngày thông báo kết luận", 12, datetime(2024, 7, 5)),
    ("Hội nghị", "Ngày thông báo kết luận", 13, None),
    ("Hội nghị", "Văn bản ủy quyền", 14, "3/UQ"),
    ("Hội nghị", "Ngày thông báo", 15, datetime(2024, 8, 9)),
    ("Hội nghị", "Ngày tổ chức", 15, datetime(2024, 8, 2)),
    ("Kiến nghị", "Mã hội nghị", 5, "HN99"),
    ("Kiến nghị", "Mã đơn vị tiếp nhận", 6, "99999"),
    ("Kiến nghị", "Mã đơn vị tiếp nhận", 7, "13321"),
    ("Kiến nghị", "Mã đơn vị tiếp nhận", 8, "P. Quang Trung"),
    ("Kiến nghị", "Ngày tiếp nhận", 9, "hôm qua"),
    ("Kiến nghị", "Lĩnh vực", 10, None),
    ("Kiến nghị", "Lĩnh vực", 11, "Bói toán"),
    *(("Kiến nghị", "Hạn giải quyết", row, None) for row in (12, 13, 14, 16)),
    ("Kiến nghị", "Hạn giải quyết", 17, datetime(2024, 7, 1)),
    ("Kiến nghị", "Hạn gia hạn", 18, datetime(2024, 9, 10)),
    ("Kiến nghị", "Tình trạng", 19, "chắc xong"),
    ("Kiến nghị", "Tình trạng", 20, "Đang giải quyết"),
    ("Kiến nghị", "Ngày giải quyết xong", 21, None),
    ("Kiến nghị", "Ngày giải quyết xong", 22, datetime(2024, 7, 1)),
    *(("Kiến nghị", "Nội dung kiến nghị", row, "Gọi 0912345678") for row in (23, 24, 26)),
    *(("Kiến nghị", "Ngày tiếp nhận", row, "1.8.24") for row in (27, 28)),
    ("Kiến nghị", "Mức độ hài lòng", 29, "tạm"),
    ("Lãnh đạo", "Đến ngày", 6, datetime(2022, 1, 1)),
    ("Lãnh đạo", "Cơ quan", 5, "hội"),
    ("Kế hoạch", "Năm", 5, "năm nay"),
    ("Kế hoạch", "Số hội nghị kế hoạch", 6, "vài"),
    ("Tập huấn", "Ngày tổ chức", 5, datetime(2024, 6, 30)),
    ("Tập huấn", "Chuyên đề", 6, None),
    ("Khen thưởng, kỷ luật", "Loại quyết định", 5, "luân chuyển"),
    ("Khen thưởng, kỷ luật", "Mã cán bộ", 6, "CB99"),
    ("Khen thưởng, kỷ luật", "Mã đơn vị", 7, None),
    ("Cách làm hay", "Mã cách làm hay", 6, "CL1"),
    ("Cách làm hay", "Ngày phổ biến", 7, datetime(2024, 11, 6)),
]
COVER_SPOILS = {"Ngày lập": "mai", "Tổng số hội nghị": "nhiều", "Tổng số kiến nghị": 99, "Kỳ báo cáo": "quý ba"}
KINDS = 35
"""The least number of violated rules."""


@dataclass(frozen=True)
class Line:
    """One line of the first sheet: the cells that it names, and its texts."""

    cells: tuple[tuple[str, str], ...]
    value: str
    message: str
    remedy: str


@dataclass(frozen=True)
class FirstSheet:
    """The content of the first sheet: sender, period and findings."""

    sender: str
    day: date | None
    lines: tuple[Line, ...]


def first_sheet(book: Workbook) -> FirstSheet:
    rows = [[cell.value for cell in row] for row in book[RESULT_SHEET].iter_rows()]
    names = list(RESULT_HEADERS)
    start = next(n for n, row in enumerate(rows) if row[0] == RESULT_HEADERS["number"])
    told = [dict(zip(names, row, strict=False)) for row in rows[start + 1 :] if isinstance(row[0], int)]
    (head,) = [str(row[0]) for row in rows[:start] if "đơn vị gửi" in str(row[0])] or [""]
    sender, quarter = re.search(r"đơn vị gửi (\S+)", head), re.search(r"kỳ (\d{4})Q(\d)", head)
    day = date(int(quarter[1]), 3 * int(quarter[2]) - 1, 1) if quarter else None
    lines = [Line(tuple(_cells(it["cell"])), str(it["value"] or ""), it["message"], it["remedy"]) for it in told]
    return FirstSheet(sender[1] if sender else "", day, tuple(lines))


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """Split `Kiến nghị!F5:F9, F12` into cells; `Kiến nghị` alone names none."""
    for block in text.split("; ") if "!" in text else ():
        sheet, _, ranges = block.rpartition("!")
        for found in re.finditer(r"([A-Z]+)(\d+)(?::[A-Z]+(\d+))?", ranges):
            rows = range(int(found[2]), int(found[3] or found[2]) + 1)
            yield from ((sheet, f"{found[1]}{row}") for row in rows)


# ---------------------------------------------------------------- values to type, by the words

DAYS = r"\d\d/\d\d/\d{4}"
NOTHING = object()
"""The value to type if the message requires none, or none yet."""


def needs_no_value(line: Line) -> bool:
    return bool(re.match("Không phải sửa|Xem lại", line.remedy))


def allowed_value(line: Line, _: FirstSheet) -> object:
    """The suggested value, else the first of the allowed ones."""
    if meant := re.search(r"Có phải «(.+?)»", line.remedy):
        return meant[1]
    values = re.search(r"[Mm]ột trong (?:các (?:giá trị|lĩnh vực|dạng): )?(.+?)\.", line.remedy)
    assert values is not None
    return re.split("; |, " if ";" not in values[1] else "; ", values[1])[0]


def compared_day(line: Line, _: FirstSheet) -> object:
    """The date with which a message compares the cell's, or the day after or before it if they must differ."""
    day = datetime.strptime(re.findall(DAYS, line.message)[-1], "%d/%m/%Y")
    return day + timedelta(days=("không sau" in line.message) - ("không trước" in line.message))


def day_of_period(_: Line, first: FirstSheet) -> object:
    return datetime(first.day.year, first.day.month, first.day.day) if first.day else NOTHING


def example(line: Line, _: FirstSheet) -> object:
    found = re.findall(r"ví dụ (\w+)", line.remedy)[0]
    return int(found) if found.isdigit() else found


def number_in_message(line: Line, _: FirstSheet) -> object:
    return int(re.findall(r"\d+", line.message)[-1])


def digits(line: Line, _: FirstSheet) -> object:
    return int("".join(re.findall(r"\d", line.value)) or "1")


def sender_or_read_unit(line: Line, first: FirstSheet) -> object:
    """The unit as which a name was read; otherwise the sender."""
    read = re.search(r"đọc là đơn vị (\S+?)\.?$", line.message.partition(" (cùng loại")[0])
    return read[1] if read else first.sender or NOTHING


WORDS: list[tuple[str, Callable[[Line, FirstSheet], object]]] = [
    (r"REMEDY.*(Có phải «|[Mm]ột trong (?!hai))", allowed_value),
    (
        r"REMEDY.*(Chỉ giữ một trong hai|Chỉ ghi .* sau khi|không từ hội nghị thì để trống|đơn vị thì để trống)",
        lambda *_: None,
    ),
    (r"REMEDY.*nếu chưa xong, xóa", lambda *_: None),
    (r"REMEDY.*«Có» hoặc «Không»", lambda *_: "Có"),
    (r"REMEDY.*ví dụ \w", example),
    (r"REMEDY.*(Đối chiếu lại tổng số|không thể lớn hơn)", number_in_message),
    (r"REMEDY.*(chữ số|từ 0 trở lên)", digits),
    (r"REMEDY.*([Mm]ã đơn vị|đơn vị mình)", sender_or_read_unit),
    (rf"MESSAGE.*{DAYS}.*{DAYS}", compared_day),
    (r"REMEDY.*Điền số văn bản", lambda line, _: f"{line.cells[0][1]}/VB"),
    (r"REMEDY.*([Nn]gày|hạn|dd/mm/yyyy)", day_of_period),
    (r"REMEDY.*(Điền số|một mã hoặc số)", lambda line, _: f"{line.cells[0][1]}/VB"),
    (r"REMEDY.*: chữ\.", lambda *_: "Ghi bổ sung"),
]
"""The value that a clerk types, by the words of a remedy or message; the first match counts."""


def value_to_type(line: Line, first: FirstSheet) -> object:
    text = {"REMEDY": line.remedy, "MESSAGE": line.message}
    for pattern, value in WORDS:
        part, _, words = pattern.partition(".*")
        if re.search(words, text[part]):
            return value(line, first)
    raise AssertionError(f"no value to type for {line}")


def repair(book: Workbook) -> None:
    """Type the values that the first sheet suggests into the workbook."""
    first = first_sheet(book)
    seen: set[str] = set()
    for line in first.lines:
        if needs_no_value(line):
            continue
        if unhidden := re.match(r"Trang «(.+?)» có \d+ dòng dữ liệu bị ẩn", line.message):
            for row in book[unhidden[1]].row_dimensions.values():
                row.hidden = False
        elif not line.cells:
            assert re.search("liệt kê trong kết quả này", line.remedy), line
        elif re.search("đặt mã khác|chỉ giữ một;|giữ dòng đúng", line.remedy):
            _resolve_duplicate(book, line, is_first=line.message not in seen)
            seen.add(line.message)
        elif re.match("Xóa cột này|Xóa phần đó", line.remedy):
            _remove_personal_data(book, line, is_column="cột này" in line.remedy)
        else:
            value = value_to_type(line, first)
            for sheet, place in line.cells if value is not NOTHING else ():
                _cell(book, sheet, place).value = value


def _resolve_duplicate(book: Workbook, line: Line, *, is_first: bool) -> None:
    """Keep the first of several duplicates; clear each other one, or give it a new code if its remedy asks for that."""
    ((sheet, place),) = line.cells
    if is_first:
        return
    if "đặt mã khác" in line.remedy:
        _cell(book, sheet, place).value = f"{line.value}-{place}"
        return
    for cell in book[sheet][_cell(book, sheet, place).row]:
        cell.value = None


def _remove_personal_data(book: Workbook, line: Line, *, is_column: bool) -> None:
    """Delete a column, or the personal numbers in the named cells."""
    for sheet, place in line.cells:
        cell = _cell(book, sheet, place)
        for each in book[sheet][cell.column_letter] if is_column else ():
            each.value = None
        if not is_column:
            cell.value = re.sub(r"\d{9,}", "", cell.value).strip()


def _cell(book: Workbook, sheet: str, place: str) -> Any:
    return book[sheet][place]


# ---------------------------------------------------------------- the template, filled in and spoiled


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def returned(home: Home, source: Path) -> CheckedFeed:
    (feed,) = check_paths([source], home, warehouse.settings.load(home), NOW, return_to=home.root.parent / "returned")
    return feed


def filled(home: Home, path: Path) -> Path:
    """A template with rows on all its sheets."""
    write_template(path, load.load(), gather(home, "347", "2024Q3"))
    book = load_workbook(path)
    for sheet, rows in ROWS.items():
        place = {cell.value: cell.column for cell in book[sheet][4]}
        for number, row in enumerate(rows, start=5):
            for header, value in row.items():
                book[sheet].cell(number, place[header]).value = value
    book.save(path)
    return path


def spoil(path: Path) -> None:
    book = load_workbook(path)
    for sheet, header, row, value in SPOILS:
        place = {cell.value: cell.column for cell in book[sheet][4]}
        book[sheet].cell(row, place[header]).value = value
    for row in book["Thông tin"].iter_rows(min_col=1, max_col=2):
        if row[0].value in COVER_SPOILS:
            row[1].value = COVER_SPOILS[row[0].value]
    page = book["Kiến nghị"]
    for row_number, text in {4: "Số điện thoại người dân", 5: "0912345678", 6: "0912345679"}.items():
        page.cell(row_number, 17).value = text
    page.row_dimensions[30].hidden = True
    book.save(path)


def test_the_first_sheet_is_enough_to_repair_a_feed(home: Home, tmp_path: Path) -> None:
    path = filled(home, tmp_path / "t.xlsx")
    assert returned(home, path).findings == ()
    spoil(path)
    feed = returned(home, path)
    assert feed.verdict is Verdict.REJECTED
    told: set[str] = set()
    for attempt in range(5):
        told |= {each.rule for each in feed.findings}
        if all(re.match("Không phải sửa|Xem lại", each.remedy) for each in feed.findings):
            break
        assert feed.return_workbook is not None
        book = load_workbook(feed.return_workbook)
        repair(book)
        book.save(tmp_path / f"mended-{attempt}.xlsx")
        feed = returned(home, tmp_path / f"mended-{attempt}.xlsx")
    left = [(each.rule, each.cell, each.value) for each in feed.findings if each.rule != "repaired_date"]
    assert (feed.verdict, left, feed.rows_quarantined) == (Verdict.ACCEPTED, [], 0)
    assert len(told) >= KINDS
