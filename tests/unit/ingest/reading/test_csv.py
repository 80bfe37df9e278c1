"""CSV: any charset and delimiter, strict records, and every record accounted for."""

import csv
import json
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.model.received import ReceivedFeed
from ingest.reading.csv.parse import records

Reader = Callable[[Path], ReceivedFeed]

# in this copy of csv-spectrum, one file has another telephone number than its JSON, and one has lost its CRs
ODD = {"location_coordinates"}
SPECTRUM = Path(__file__).parents[3] / "fixtures" / "csv_spectrum"
HEADER = "Mã kiến nghị,Mã đơn vị tiếp nhận,Ngày tiếp nhận,Tình trạng"
GOOD = f"{HEADER}\nKN-1,13285,05/09/2024,Đã giải quyết\nKN-2,13285,06/09/2024,Đang giải quyết\n"
BROKEN = (
    f"{HEADER}\nKN-1,13285,05/09/2024,x\nKN-2,13285\nKN-3,1,2,3,4\n"
    'KN-4,"nhiều\ndòng, ""trích""",06/09/2024,x\n"KN-5"a,1,2,3\nTổng cộng,,,\nKN-6,"mở,1,2\nKN-7,13285,07/09/2024,x\n'
)
FATES = {
    "data": [(2, "KN-1"), (5, "KN-4"), (9, "KN-7")],
    "total": [7],
    "refused": [(3, "ragged_record"), (4, "ragged_record"), (6, "broken_quotes"), (8, "broken_quotes")],
}


def cp1258(text: str) -> bytes:
    """Vietnamese in Windows-1258: tone marks are separate characters, other marks are not."""
    written = b""
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        written += (bare + tones).encode("cp1258")
    return written


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.encode("utf-16-be"),
        cp1258(GOOD),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode("utf-16"),
        GOOD.replace("\n", "\r\n").encode(),
        ("BÁO CÁO,,,\n" + GOOD).encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "cp1258", "semicolon", "tab", "crlf", "title"],
)
def test_all_csv_dialects_are_read_alike(content: bytes, read: Reader, tmp_path: Path) -> None:
    (tmp_path / "petitions.csv").write_bytes(content)
    feed = read(tmp_path / "petitions.csv")
    (sheet,) = feed.sheets
    assert feed.obstacles == ()
    assert sheet.rows["petition_code"].to_pylist() == ["KN-1", "KN-2"]
    assert sheet.rows["outcome"].to_pylist() == ["Đã giải quyết", "Đang giải quyết"]


@pytest.mark.parametrize(
    "path", [p for p in sorted((SPECTRUM / "csvs").iterdir()) if p.stem not in ODD], ids=lambda path: path.stem
)
def test_csv_spectrum(path: Path) -> None:
    header, *rows = (record.cells or [] for record in records(path.read_bytes().decode(), ","))
    expected = json.loads(
        (SPECTRUM / "json" / f"{path.stem}.json").read_text(encoding="utf-8").replace("\\r\\n", "\\n")
    )
    assert [dict(zip(header, row, strict=True)) for row in rows] == expected


def test_quotes_inside_an_unquoted_cell_are_literal() -> None:
    path = SPECTRUM / "csvs" / "location_coordinates.csv"
    _header, row = (record.cells or [] for record in records(path.read_text(encoding="utf-8"), ","))
    assert row[1] == "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W"


def test_every_record_of_a_broken_file_is_accounted_for(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "petitions.csv").write_text(BROKEN, encoding="utf-8")
    feed = read(tmp_path / "petitions.csv")
    (sheet,) = feed.sheets
    assert [(row["row_number"], row["petition_code"]) for row in sheet.rows.to_pylist()] == FATES["data"]
    assert [aside.row_number for aside in sheet.set_aside] == FATES["total"]
    assert [(int(o.place.split(":")[1]), o.rule) for o in feed.obstacles] == FATES["refused"]
    assert not any(obstacle.rejects_feed for obstacle in feed.obstacles)


@pytest.mark.parametrize("row", [1, 70_001, 72_001], ids=["in the head", "in a sample", "between samples"])
def test_an_invalid_byte_is_reported_with_its_record(read: Reader, tmp_path: Path, row: int) -> None:
    rows = [f"KN-{n},13285,05/09/2024,Đã giải quyết\n".encode() for n in range(100_000)]
    rows[row] = b"KN-0,13285,05/09/2024,\xff\xfe\n"
    (tmp_path / "petitions.csv").write_bytes(f"{HEADER}\n".encode() + b"".join(rows))
    feed = read(tmp_path / "petitions.csv")
    assert [(each.rule, each.place) for each in feed.obstacles] == [("undecodable_record", f"petitions:{row + 2}")]
    assert feed.sheets[0].rows.num_rows == 99_999


def test_a_record_with_nul_is_refused(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "petitions.csv").write_text(GOOD.replace("KN-2", "KN\0-2"), encoding="utf-8")
    feed = read(tmp_path / "petitions.csv")
    assert [(obstacle.rule, obstacle.place, obstacle.value[:6]) for obstacle in feed.obstacles] == [
        ("nul_record", "petitions:3", "KN␀-2 ")
    ]
    assert feed.sheets[0].rows["petition_code"].to_pylist() == ["KN-1"]


def test_a_folder_and_a_zip_of_csv_files(read: Reader, tmp_path: Path) -> None:
    cover = "Mã đơn vị gửi,Kỳ báo cáo\n347,2024Q3\n"
    folder = tmp_path / "feed"
    folder.mkdir()
    files = {"cover.csv": cover, "Kiến nghị.csv": GOOD, "đọc.txt": "xin chào\n"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as archive:
        for name, text in {**files, "__MACOSX/._cover.csv": "x"}.items():
            archive.writestr(f"2024Q3/{name}" if "__" not in name else name, text)
    for source in (folder, tmp_path / "feed.zip"):
        feed = read(source)
        found = {sheet.kind.value: sheet.rows.num_rows for sheet in feed.sheets}
        assert (found, feed.obstacles, feed.ignored) == ({"cover": 1, "petitions": 2}, (), ("đọc.txt",))


def test_the_sheets_of_a_folder_without_a_cover_are_read(read: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "petitions.csv").write_text(GOOD, encoding="utf-8")
    assert [sheet.kind.value for sheet in read(folder).sheets] == ["petitions"]


def test_a_cover_as_a_list_of_labels(read: Reader, tmp_path: Path) -> None:
    with (tmp_path / "cover.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Mã đơn vị gửi", "347"], ["Kỳ báo cáo", "2024Q3"], ["Người lập", "Trần Thị B"]])
    (sheet,) = read(tmp_path / "cover.csv").sheets
    assert sheet.rows.to_pylist() == [
        {"row_number": 1, "sender_unit_code": "347", "period": "2024Q3", "prepared_by": "Trần Thị B"}
    ]


@pytest.mark.parametrize("sender", ["Hồng Hà", "Phường Hồng Hà", "347"])
def test_a_cover_with_the_sender_by_name_is_one_row(read: Reader, tmp_path: Path, sender: str) -> None:
    """A unit's name in the key column of a cover is the sender; in another sheet it would head a group."""
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "cover.csv").write_text(f"sender_unit_code,period,prepared_by\n{sender},2024Q3,\n", encoding="utf-8")
    (sheet,) = read(folder).sheets
    assert sheet.rows["sender_unit_code"].to_pylist() == [sender]
    assert sheet.set_aside == ()
