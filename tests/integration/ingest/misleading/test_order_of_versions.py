"""Versions are ordered by save time; the name decides only between equal times, and that is reported as uncertain."""

import json
import os
import shutil
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from dashboard.check_result import parse_check
from dashboard.text import file_check as desk_texts
from doithoai import cli
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.pipeline import check_paths, land_paths
from ingest.reading.save_time import Basis
from tests.integration.feed_files import write_feed
from tests.integration.homes import Row
from tests.integration.ingest.misleading.checker import CASES
from warehouse.connection import connect
from warehouse.home import Home

OLDER, NEWER = CASES / "version_older.xlsx", CASES / "version_newer.xlsx"
NOW = datetime(2024, 10, 10, 8)
SAVED = datetime(2024, 10, 3, 9).timestamp()
HOUR = 3600.0


def _put(home: Home, source: Path, name: str, saved: float) -> Path:
    """Copy `source` into the inbox under `name`, with `saved` as its modification time."""
    target = home.inbox / name
    shutil.copyfile(source, target)
    os.utime(target, (saved, saved))
    return target


def _taken(home: Home, *paths: Path, now: datetime = NOW, again: bool = False) -> list[CheckedFeed]:
    settings = warehouse.settings.load(home)
    return [it.checked for it in land_paths(paths or [home.inbox], home, settings, now, again=again)]


def _in_force(home: Home) -> list[Row]:
    with connect(home.warehouse, read_only=True) as con:
        return con.execute(
            "select file_name, version from raw.feeds where status = 'accepted' order by version desc limit 1"
        ).fetchall()


def test_the_file_saved_last_is_in_force_under_any_name(home: Home) -> None:
    _put(home, OLDER, "347_2024Q3.xlsx", SAVED)
    _put(home, NEWER, "347_2024Q3 (1).xlsx", SAVED + HOUR)
    first, second = _taken(home)
    assert (first.file_name, first.supersedes) == ("347_2024Q3.xlsx", None)
    assert second.supersedes is not None
    assert (second.supersedes.basis, second.supersedes.file_name) == (Basis.FILE_TIME, "347_2024Q3.xlsx")
    assert _in_force(home) == [("347_2024Q3 (1).xlsx", 2)]


def test_ingest_reports_why_a_version_is_newer(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    _put(home, OLDER, "b.xlsx", SAVED)
    _put(home, NEWER, "a.xlsx", SAVED + HOUR)
    assert cli.exit_code(["check", str(home.inbox), "--home", str(home.root)]) == 0
    said = capsys.readouterr().out
    assert "Thay (b.xlsx): bản mới hơn theo giờ lưu của tệp" in said
    assert said.index("b.xlsx: sẽ nhận") < said.index("a.xlsx: sẽ nhận")


@pytest.mark.parametrize("is_older_by_name", [True, False])
def test_the_workbook_decides_between_files_of_the_same_time(
    home: Home, tmp_path: Path, *, is_older_by_name: bool
) -> None:
    names = ("a.xlsx", "b.xlsx") if is_older_by_name else ("b.xlsx", "a.xlsx")
    for source, name, day in zip((OLDER, NEWER), names, (3, 4), strict=True):
        _put(home, _written_on(source, tmp_path / name, datetime(2024, 10, day, 2)), name, SAVED)
    _, second = _taken(home)
    assert second.supersedes is not None
    assert second.supersedes.basis is Basis.WRITTEN_TIME
    assert second.supersedes.saved_at == datetime(2024, 10, 4, 9)  # 02:00 UTC in the time zone of the home
    assert _in_force(home) == [(names[1], 2)]


def test_an_order_by_name_is_reported_as_uncertain(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (10, 2):
        _zip(write_feed(home.root / f"folder{number}"), home.inbox / f"347 ({number}).csv.zip", extra=str(number))
    for path in home.inbox.iterdir():
        os.utime(path, (SAVED, SAVED))
    assert cli.exit_code(["check", str(home.inbox), "--home", str(home.root)]) == 0
    said = capsys.readouterr().out
    assert "Thay (347 (2).csv.zip): KHÔNG CHẮC THỨ TỰ" in said


def test_a_zip_and_a_folder_are_as_new_as_their_newest_member(home: Home) -> None:
    old = write_feed(home.inbox / "z-folder")
    for path in old.iterdir():
        os.utime(path, (SAVED, SAVED))
    newer = _zip(write_feed(home.root / "made"), home.inbox / "a.zip", extra="x", at=(2024, 10, 5, 8, 0, 0))
    os.utime(newer, (SAVED - HOUR, SAVED - HOUR))
    assert [it.file_name for it in _taken(home)] == ["z-folder", "a.zip"]


def test_known_bytes_are_reported_with_the_version_in_force_and_a_remedy(
    home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for source, hours in ((OLDER, 0), (NEWER, 1)):
        _taken(home, source, now=NOW + timedelta(hours=hours))
    call = ["ingest", str(OLDER), "--home", str(home.root)]
    assert cli.exit_code(call) == 0
    said = capsys.readouterr().out
    assert "đã nhận trước đây (347-2024Q3-v1), không có gì thay đổi" in said
    assert "Đang dùng bản mới hơn 347-2024Q3-v2 (version_newer.xlsx), nhận 09:00 ngày 10/10/2024" in said
    assert f"«doithoai ingest {OLDER} --again»" in said
    assert cli.exit_code([*call, "--json"]) == 0
    page = parse_check(json.loads(capsys.readouterr().out)[0])
    assert "đang dùng bản mới hơn 347-2024Q3-v2 (tệp version_newer.xlsx), nhận 09:00 ngày 10/10/2024" in (
        desk_texts.verdict(page, [], 0, 0)
    )
    assert cli.exit_code([*call, "--again"]) == 0
    assert _in_force(home) == [("version_older.xlsx", 3)]
    with connect(home.warehouse, read_only=True) as con:
        assert con.execute("select count(*) from raw.changes where feed_id = '347-2024Q3-v3'").fetchall() != [(0,)]


def test_the_version_in_force_does_not_land_again(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    _taken(home, OLDER)
    (again,) = _taken(home, OLDER, now=NOW + timedelta(hours=1), again=True)
    assert (again.verdict, again.feed_id) == (Verdict.ALREADY_LANDED, "347-2024Q3-v1")
    assert cli.exit_code(["ingest", "--again", "--home", str(home.root)]) == 2
    assert "--again cần nêu tệp" in capsys.readouterr().err


def test_an_older_file_received_later_is_reported(home: Home) -> None:
    _put(home, NEWER, "a.xlsx", SAVED + HOUR)
    _taken(home)
    _put(home, OLDER, "b.xlsx", SAVED)
    found = {it.file_name: it for it in _taken(home, now=NOW + timedelta(days=1))}
    told = found["b.xlsx"].supersedes
    assert told is not None
    assert (told.basis, told.feed_id) == (Basis.SAVED_EARLIER, "347-2024Q3-v1")
    in_force = found["a.xlsx"].in_force
    assert in_force is not None
    assert in_force.feed_id == "347-2024Q3-v2"


def test_check_uses_the_same_order_as_ingest(home: Home) -> None:
    _put(home, NEWER, "a.xlsx", SAVED + HOUR)
    _put(home, OLDER, "b.xlsx", SAVED)
    checked = check_paths([home.inbox / "a.xlsx", home.inbox / "b.xlsx"], home, warehouse.settings.load(home), NOW)
    assert [it.file_name for it in checked] == ["b.xlsx", "a.xlsx"]


def _written_on(source: Path, target: Path, instant: datetime) -> Path:
    """Copy a workbook, with `instant` (UTC) as the save time in its properties."""
    with zipfile.ZipFile(source) as book:
        members = {name: book.read(name) for name in book.namelist()}
    told = f"{instant:%Y-%m-%dT%H:%M:%SZ}"
    start, end = b'<dcterms:modified xsi:type="dcterms:W3CDTF">', b"</dcterms:modified>"
    before, _, rest = members["docProps/core.xml"].partition(start)
    members["docProps/core.xml"] = before + start + told.encode() + end + rest.partition(end)[2]
    with zipfile.ZipFile(target, "w") as book:
        for name, content in members.items():
            book.writestr(name, content)
    return target


def _zip(folder: Path, target: Path, *, extra: str, at: Sequence[int] = (1980, 1, 1, 0, 0, 0)) -> Path:
    """Zip the feed in a folder, with `at` as the time of its members, and with a note that makes the bytes unique."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in (*sorted(folder.iterdir()),):
            archive.writestr(zipfile.ZipInfo(path.name, tuple(at)), path.read_bytes())  # type: ignore[arg-type]
        archive.writestr(zipfile.ZipInfo("ghi-chu.md", tuple(at)), extra)  # type: ignore[arg-type]
    return target
