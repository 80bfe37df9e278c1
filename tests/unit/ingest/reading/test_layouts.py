"""Layouts of districts' sheets: headers and rows are told apart from the lines around them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from ingest.model.received import ReceivedFeed, ReceivedSheet

Reader = Callable[[Path], ReceivedFeed]
Cells = list[list[object]]

HEADER: list[object] = ["STT", "Mã kiến nghị", "Mã đơn vị tiếp nhận", "Ngày tiếp nhận", "Tình trạng"]


def workbook(path: Path, rows: Cells, name: str = "Kiến nghị", also: Callable[[Any, Any], None] | None = None) -> Path:
    """A workbook of one sheet; `also` changes the book and the sheet beyond their rows."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
        if also:
            also(book, sheet)
    return path


def codes(sheet: ReceivedSheet) -> list[tuple[int, str | None]]:
    return list(zip(sheet.rows["row_number"].to_pylist(), sheet.rows["petition_code"].to_pylist(), strict=True))


def reasons(sheet: ReceivedSheet) -> list[tuple[int, str]]:
    return [(aside.row_number, aside.reason) for aside in sheet.set_aside]


def test_a_realistic_report(read: Reader, tmp_path: Path) -> None:
    rows: Cells = [
        ["UBND THÀNH PHỐ PHỦ LÝ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [],
        ["DANH SÁCH KIẾN NGHỊ QUÝ III/2024"],
        HEADER,
        ["(1)", "(2)", "(3)", "(4)", "(5)=(3)+(4)"],
        ["I", "Phường Châu Giang"],
        [1, "KN-1", 13285, date(2024, 9, 5), "Đã giải quyết"],
        [2, "KN-2", 13285, "6/9/2024", "Đang giải quyết"],
        [None, "Cộng", None, None, 2],
        ["II", "Xã Mộc Bắc", None, None, None],
        [1, None, 13324, "7/9/2024", "Đang giải quyết"],
        [None, None, " "],
        ["Xã Tiên Sơn"],
        [1, "Một", 13330, "8/9/2024", "Đang giải quyết"],
        [2, "KN-4"],
        ["Tổng cộng", None, 4],
        [None, None, None, "Phủ Lý, ngày 05 tháng 10 năm 2024"],
        ["Nơi nhận:", None, "Người lập biểu", "THỦ TRƯỞNG ĐƠN VỊ"],
        ["- Lưu: VT (02).", "(Ký, ghi rõ họ tên)"],
        [None, "Trần Thị B", None, "Nguyễn Văn A"],
    ]
    (sheet,) = read(workbook(tmp_path / "a.xlsx", rows)).sheets
    assert codes(sheet) == [(7, "KN-1"), (8, "KN-2"), (11, None), (14, "Một"), (15, "KN-4")]
    assert reasons(sheet) == [
        *((1, "title"), (3, "title"), (5, "column_numbers"), (6, "group"), (9, "total"), (10, "group")),
        *((12, "blank_formatted"), (13, "group"), (16, "total")),
        *((17, "footer"), (18, "footer"), (19, "footer"), (20, "footer")),
    ]
    assert sheet.rows["received_on"].to_pylist()[:2] == ["2024-09-05", "6/9/2024"]
    assert sheet.rows["unit_code"].to_pylist()[0] == "13285"
    assert sheet.header_row == 4
    assert [(column.field, column.letter) for column in sheet.columns][:2] == [(None, "A"), ("petition_code", "B")]


def test_a_header_of_two_merged_rows(read: Reader, tmp_path: Path) -> None:
    def merge(book: Any, sheet: Any) -> None:
        plain = book.add_format()
        for column, text in enumerate(["STT", "Mã kiến nghị", "Mã đơn vị tiếp nhận"]):
            sheet.merge_range(0, column, 1, column, text, plain)
        sheet.merge_range(0, 3, 0, 5, "Ngày", plain)
        sheet.merge_range(3, 2, 4, 2, 13285, plain)
        for column, text in enumerate(["tiếp nhận", "giải quyết xong", "nhận giấy"], start=3):
            sheet.write(1, column, text)

    rows: Cells = [[], [], [1, "KN-0", 13280, "1/9/2024"], [2, "KN-1", None, "2/9/2024"], [3, "KN-2", None, "3/9/2024"]]
    (sheet,) = read(workbook(tmp_path / "a.xlsx", rows, also=merge)).sheets
    assert [column.field for column in sheet.columns] == [
        *(None, "petition_code", "unit_code", "received_on", "settled_on", None)
    ]
    assert sheet.columns[4].header == "Ngày giải quyết xong"
    assert sheet.rows["unit_code"].to_pylist() == ["13280", "13285", "13285"]
    assert sheet.filled_down == (("unit_code", 5),)


def test_a_merged_block_of_keys_or_of_no_shared_column_is_not_filled_down(read: Reader, tmp_path: Path) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 1, 2, 1, "KN-1", book.add_format())
        sheet.merge_range(1, 4, 2, 4, "Đã giải quyết", book.add_format())

    rows: Cells = [HEADER, [1, None, 13285, "1/9/2024"], [2, None, 13285, "2/9/2024"]]
    (sheet,) = read(workbook(tmp_path / "a.xlsx", rows, also=merge)).sheets
    assert codes(sheet) == [(2, "KN-1"), (3, None)]
    assert sheet.rows["outcome"].to_pylist() == ["Đã giải quyết", None]
    assert sheet.filled_down == ()


def test_a_group_title_does_not_rename_other_headers(read: Reader, tmp_path: Path) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 3, 0, 4, "Kết quả", book.add_format())
        sheet.write(0, 5, "Ngày tiếp nhận")
        for column, text in enumerate(["Chuyên viên", "Ghi chép riêng", "(ngày/tháng/năm)"], start=3):
            sheet.write(1, column, text)

    rows: Cells = [["STT", "Mã kiến nghị", "Mã đơn vị tiếp nhận"], [], [1, "KN-1", 13285, "x", "y", "1/9/2024"]]
    (sheet,) = read(workbook(tmp_path / "a.xlsx", rows, also=merge)).sheets
    assert [column.field for column in sheet.columns] == [
        *(None, "petition_code", "unit_code", None, None, "received_on")
    ]


def test_a_repeated_header_is_skipped_and_one_with_other_columns_begins_a_sheet(read: Reader, tmp_path: Path) -> None:
    rows: Cells = [
        HEADER,
        [1, "KN-1", 13285, "1/9/2024", "x"],
        HEADER,
        [2, "KN-2", 13285, "1/9/2024", "x"],
        ["Ngày tiếp nhận", "Mã kiến nghị", "Tình trạng"],
        ["3/9/2024", "KN-3", "y"],
    ]
    first, second = read(workbook(tmp_path / "a.xlsx", rows)).sheets
    assert (codes(first), reasons(first)) == ([(2, "KN-1"), (4, "KN-2")], [(3, "header")])
    assert second.rows.to_pylist() == [
        {"row_number": 6, "received_on": "3/9/2024", "petition_code": "KN-3", "outcome": "y"}
    ]


def test_cells_blank_or_hidden_in_the_parser_are_reported(read: Reader, tmp_path: Path) -> None:
    def also(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 4, "=NA()", None, "#N/A")
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.hide()
        other = book.add_worksheet("Ghi nhớ")
        other.write(0, 0, "riêng")
        other.activate()
        other.set_first_sheet()

    feed = read(workbook(tmp_path / "a.xlsx", [HEADER, [1, "KN-1", 13285, True, None]], also=also))
    (sheet,) = feed.sheets
    assert sheet.rows["outcome"].to_pylist() == ["#N/A"]
    assert sheet.rows["received_on"].to_pylist() == ["TRUE"]
    assert (sheet.hidden, sheet.hidden_rows, feed.ignored) == (True, (2,), ("Ghi nhớ",))


@pytest.mark.parametrize("name", ["petitions", "2. KIẾN NGHỊ", "Biểu 02 - Kiến nghị", "Sheet1"])
def test_a_sheet_is_recognised_by_its_name_or_headers(name: str, read: Reader, tmp_path: Path) -> None:
    (sheet,) = read(workbook(tmp_path / "a.xlsx", [HEADER, [1, "KN-1", 13285, "1/9/2024", "x"]], name)).sheets
    assert (sheet.kind, sheet.name) == ("petitions", name)


def test_an_old_workbook_in_tcvn3(read: Reader, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Kiến nghị")
    header = ["M· kiÕn nghÞ", "M· ®¬n vÞ tiÕp nhËn", "Ngµy tiÕp nhËn", "T×nh tr¹ng"]
    for row, cells in enumerate([header, ["KN-1", "13285", "05/09/2024", "§· gi¶i quyÕt"], ["Tæng céng", "", "", "1"]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.save(str(tmp_path / "a.xls"))
    (received,) = read(tmp_path / "a.xls").sheets
    assert [(column.header, column.encoding) for column in received.columns] == [
        ("Mã kiến nghị", "unicode"),
        ("Mã đơn vị tiếp nhận", "unicode"),
        ("Ngày tiếp nhận", "unicode"),
        ("Tình trạng", "tcvn3"),
    ]
    assert received.rows["outcome"].to_pylist() == ["§· gi¶i quyÕt"]
    assert reasons(received) == [(3, "total")]


def test_neither_of_two_columns_with_the_same_header_is_chosen(read: Reader, tmp_path: Path) -> None:
    feed = read(workbook(tmp_path / "a.xlsx", [[*HEADER, "Kết quả"], [1, "KN-1", 13285, "1/9/2024", "x", "y"]]))
    assert [(obstacle.rule, obstacle.message) for obstacle in feed.obstacles] == [
        (
            "duplicate_column",
            "Trang «Kiến nghị» có nhiều cột cùng mang tiêu đề «Tình trạng» (E, F), không biết lấy cột nào.",
        )
    ]


def test_a_cover_of_labels_and_values(read: Reader, tmp_path: Path) -> None:
    rows: Cells = [
        ["TỈNH ỦY HÀ NAM"],
        [None, "Mã đơn vị gửi:", None, 347],
        [None, "Kỳ báo cáo: 2024Q3"],
        [None, "Không phát sinh", None, None],
        [None, "Người lập", None, "Trần Thị B"],
    ]
    (sheet,) = read(workbook(tmp_path / "a.xlsx", rows, "Thông tin")).sheets
    assert sheet.rows.to_pylist() == [
        {
            "row_number": 2,
            "sender_unit_code": "347",
            "period": "2024Q3",
            "nil_return": None,
            "prepared_by": "Trần Thị B",
        }
    ]
    assert [(column.field, column.letter, column.row) for column in sheet.columns] == [
        *(("sender_unit_code", "D", 2), ("period", "B", 3), ("nil_return", "C", 4), ("prepared_by", "D", 5))
    ]
