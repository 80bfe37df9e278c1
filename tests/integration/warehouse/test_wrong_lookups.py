"""Wrong lookups stop every verb that reads them, with one message, and nothing is published."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.uploads.cli_client import CliClient, Upload
from doithoai import cli
from tests.integration.feed_files import write_feed
from warehouse.connection import connect
from warehouse.errors import UsageError, WrongLookups
from warehouse.home import Home, create
from warehouse.lookups import load_lookups
from warehouse.settings import Limits


@dataclass(frozen=True)
class WrongLookup:
    """A lookup of Hà Nam with `old` replaced, and the place and words of the message."""

    name: str
    old: str
    new: str
    place: str
    words: str


_MINIMUM = "dialogues_a_year,commune,2016-01-01,2025-03-01"
WRONG_LOOKUPS = {
    "an open older row": WrongLookup(
        "rules", _MINIMUM, "dialogues_a_year,commune,2016-01-01,", "rules.csv, dòng 5, cột valid_from («2025-03-01»)",
        "dialogues_a_year × commune: dòng mới bắt đầu ngày 01/03/2025 mà dòng cũ (dòng 4) chưa ghi ngày hết hiệu lực. "
        "Ghi valid_to = 2025-03-01 vào dòng 4.",
    ),
    "an overlap": WrongLookup(
        "rules", _MINIMUM, "dialogues_a_year,commune,2016-01-01,2025-04-01", "rules.csv, dòng 5, cột valid_from",
        "chồng thời gian hiệu lực với dòng 4, từ ngày 01/03/2025 đến hết ngày 31/03/2025.",
    ),
    "a gap": WrongLookup(
        "rules", _MINIMUM, "dialogues_a_year,commune,2016-01-01,2025-02-01", "rules.csv, dòng 4, cột valid_to",
        "Không có giá trị nào của dialogues_a_year × commune (số hội nghị tối thiểu một năm, cấp xã) "
        "từ ngày 01/02/2025 đến hết ngày 28/02/2025, trong khi có đơn vị cấp xã.",
    ),
    "a rule that begins inside the term": WrongLookup(
        "rules", "settle_days,province,2016-01-01", "settle_days,province,2021-01-01",
        "rules.csv, dòng 17, cột valid_from",
        "settle_days × province (hạn giải quyết khi không ghi hạn, cấp tỉnh) từ ngày 01/10/2020 đến hết ngày "
        "31/12/2020",
    ),
    "a missing rule": WrongLookup(
        "rules", "settle_days,province,2016-01-01,,", "settle_days,commune,1990-01-01,2016-01-01,",
        "rules.csv, cột level",
        "Thiếu quy định settle_days × province (hạn giải quyết khi không ghi hạn, cấp tỉnh)",
    ),
    "an unknown rule": WrongLookup(
        "rules", "settle_days,province", "settling_days,province", "rules.csv, dòng 17, cột rule («settling_days»)",
        "Không có mã này. Ghi một trong các mã: dialogues_a_year",
    ),
    "an unknown day type": WrongLookup(
        "rules", "province,2019-02-18,,10,working", "province,2019-02-18,,10,work",
        "rules.csv, dòng 20, cột day_type («work»)", "Không có mã này. Ghi một trong các mã: calendar (ngày theo lịch)",
    ),
    "text for a number": WrongLookup(
        "rules", "settle_days,province,2016-01-01,,20", "settle_days,province,2016-01-01,,20 ngày",
        "rules.csv, dòng 17, cột value («20 ngày»)", "Phải là số nguyên.",
    ),
    "a circle": WrongLookup(
        "units", "13288,Phường,Lương Khánh Thiện,commune,347", "13288,Phường,Lương Khánh Thiện,commune,13288",
        "units.csv, dòng 11, cột parent_code («13288»)", "thành vòng tròn từ ngày 01/01/2020: 13288 → 13288",
    ),
    "an unknown parent": WrongLookup(
        "units", "13288,Phường,Lương Khánh Thiện,commune,347", "13288,Phường,Lương Khánh Thiện,commune,374",
        "units.csv, dòng 11, cột parent_code («374»)", "Không có đơn vị nào mang mã này trong units.csv.",
    ),
    "a parent that has ended": WrongLookup(
        "units", "13288,Phường,Lương Khánh Thiện,commune,347,2020-01-01,2025-01-01",
        "13288,Phường,Lương Khánh Thiện,commune,347,2020-01-01,2025-07-03",
        "units.csv, dòng 11, cột parent_code («347»)",
        "Đơn vị cấp trên 347 không có hiệu lực từ ngày 01/07/2025 đến hết ngày 02/07/2025",
    ),
    "two names": WrongLookup(
        "units", "13294,Phường,Châu Cầu,commune,347,2025-01-01", "13294,Phường,Châu Cầu,commune,347,2024-12-01",
        "units.csv, dòng 14, cột valid_from («2024-12-01»)",
        "13294 có hai tên «Phường Minh Khai» và «Phường Châu Cầu»: chồng thời gian hiệu lực với dòng 13",
    ),
    "an unknown level": WrongLookup(
        "units", "13288,Phường,Lương Khánh Thiện,commune", "13288,Phường,Lương Khánh Thiện,xã",
        "units.csv, dòng 11, cột level («xã»)", "province (cấp tỉnh), district (cấp huyện), commune (cấp xã)",
    ),
    "a code with a space": WrongLookup(
        "units", "13288,Phường", "13288 ,Phường", "units.csv, dòng 11, cột unit_code («13288 »)", "Mã có dấu cách.",
    ),
    "a day of another form": WrongLookup(
        "units", "Thiện,commune,347,2020-01-01", "Thiện,commune,347,01/01/2020",
        "units.csv, dòng 11, cột valid_from («01/01/2020»)", "Nếu là ngày 01/01/2020 thì ghi 2020-01-01",
    ),
    "an unknown kind of period": WrongLookup(
        "feed_calendar", "province,quarter", "province,quarterly", "feed_calendar.csv, dòng 2, cột period_type",
        "Ghi một trong các mã: quarter, half, nine_months, year",
    ),
    "an unknown successor": WrongLookup(
        "unit_successors", "13285,13366", "13285,13999", "unit_successors.csv, dòng 2, cột new_code («13999»)",
        "Không có đơn vị nào mang mã này trong units.csv.",
    ),
    "a field twice": WrongLookup(
        "fields", "urban,Đô thị văn minh", "economy,Đô thị văn minh", "fields.csv, dòng 6, cột field_code («economy»)",
        "Lặp lại dòng 3",
    ),
    "a day twice": WrongLookup(
        "swap_days", "2024-05-04", "2024-04-29", "swap_days.csv, dòng 3, cột day («2024-04-29»)", "Lặp lại dòng 2",
    ),
    "a peer that is no unit": WrongLookup(
        "peer_groups", "unit_code,peer_group\n", "unit_code,peer_group\n99,ven sông\n",
        "peer_groups.csv, dòng 2, cột unit_code («99»)", "Không có đơn vị nào mang mã này trong units.csv.",
    ),
    "a share in per cent": WrongLookup(
        "targets", "\non_time_rate,0.9,", "\non_time_rate,90,", "targets.csv, dòng 3, cột target («90»)", "90 % là 0.9",
    ),
    "semicolons": WrongLookup("targets", ",", ";", "targets.csv, dòng 1", "Các cột ngăn cách bằng dấu chấm phẩy"),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new home of Hà Nam."""
    return create(tmp_path / "home")


@pytest.fixture(scope="module")
def wrong_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with an unknown parent in its units."""
    home = create(tmp_path_factory.mktemp("wrong") / "home")
    replace_text(home, WRONG_LOOKUPS["an unknown parent"])
    return home


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_feed(tmp_path_factory.mktemp("feed") / "feed")


def replace_text(home: Home, wrong: WrongLookup) -> None:
    path = home.lookups / f"{wrong.name}.csv"
    text = path.read_text(encoding="utf-8")
    assert wrong.old in text
    path.write_text(text.replace(wrong.old, wrong.new), encoding="utf-8")


@pytest.mark.parametrize("kind", WRONG_LOOKUPS)
def test_a_build_with_wrong_lookups_names_the_place_and_publishes_nothing(
    kind: str, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    replace_text(home, WRONG_LOOKUPS[kind])
    assert cli.exit_code(["build", "--home", str(home.root)]) == 2
    output = capsys.readouterr().err
    (line,) = [each for each in output.splitlines() if each.startswith("  - ")]
    assert f"  - {WRONG_LOOKUPS[kind].place}" in line
    assert WRONG_LOOKUPS[kind].words in line
    assert "Bản số liệu đã công bố trước vẫn giữ nguyên." in output
    assert not home.pointer.exists()


VERBS = {
    "init": [],
    "template": ["--unit", "347", "--period", "2024Q3"],
    "check": ["FEED"],
    "check again": ["--all-archived"],
    "ingest": ["FEED"],
    "ingest again": ["--all-archived"],
    "confirm": ["FEED"],
    "build": [],
    "run": [],
}


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_gives_the_same_message(
    verb: str, wrong_home: Home, feed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(feed) if each == "FEED" else each for each in VERBS[verb]]
    assert cli.exit_code([verb.split(maxsplit=1)[0], *arguments, "--home", str(wrong_home.root)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"Bảng tra cứu trong {wrong_home.lookups} có 1 lỗi:\n"
        "  - units.csv, dòng 11, cột parent_code («374»): Không có đơn vị nào mang mã này trong units.csv. "
        "Sửa mã, hoặc thêm dòng của đơn vị cấp trên.\n"
        "Sửa các tệp này rồi chạy lại (docs/quan-tri.md, mục «Bảng tra cứu được kiểm tra»). "
        "Bản số liệu đã công bố trước vẫn giữ nguyên.\n"
    )


@pytest.mark.parametrize("verb", ["check", "check again", "ingest", "ingest again", "confirm"])
def test_json_lists_every_fault(verb: str, wrong_home: Home, feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(feed) if each == "FEED" else each for each in VERBS[verb]]
    assert cli.exit_code([verb.split(maxsplit=1)[0], *arguments, "--json", "--home", str(wrong_home.root)]) == 2
    (fault,) = json.loads(capsys.readouterr().out)["lookup_faults"]
    assert fault == {
        "file": "units.csv",
        "row": 11,
        "column": "parent_code",
        "value": "374",
        "message": "Không có đơn vị nào mang mã này trong units.csv.",
        "remedy": "Sửa mã, hoặc thêm dòng của đơn vị cấp trên.",
    }


def test_doctor_reports_it_and_continues(wrong_home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["doctor", "--json", "--home", str(wrong_home.root)]) == 1
    items = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    assert items["lookups"]["verdict"] == "bad"
    assert "units.csv, dòng 11, cột parent_code («374»)" in items["lookups"]["found"]
    assert items["lookups"]["rules"] == []
    assert items["inbox"]["found"] == "0 tệp trong inbox"


def test_the_dashboard_gets_the_message_from_its_child_process(wrong_home: Home) -> None:
    cli = CliClient(wrong_home, Limits(), os.environ)
    with pytest.raises(UsageError) as refused:
        cli.ingest(Upload("347-2024Q3.xlsx", b"this is no workbook"))
    assert refused.value.message.splitlines()[1].startswith("  - units.csv, dòng 11, cột parent_code («374»): Không có")
    assert not list(wrong_home.archive.iterdir())


def test_wrong_lookups_are_not_loaded(wrong_home: Home, home: Home) -> None:
    with connect(home.warehouse) as con:
        load_lookups(con, home)
        with pytest.raises(WrongLookups):
            load_lookups(con, wrong_home)
        assert con.execute("select parent_code from lookups.units where unit_code = '13288'").fetchall() == [("347",)]


def test_doctor_shows_the_dated_rules_by_level_and_time(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["doctor", "--json", "--home", str(home.root)]) == 0
    items = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    shown = [(it["rule"], it["level"], it["valid_from"], it["valid_to"], it["value"], it["day_type"])
             for it in items["lookups"]["rules"]]  # fmt: skip
    assert len(shown) == 24
    assert shown[2:4] == [
        ("số hội nghị tối thiểu một năm", "cấp xã", "2016-01-01", "2025-03-01", 1, "hội nghị"),
        ("số hội nghị tối thiểu một năm", "cấp xã", "2025-03-01", None, 1, "hội nghị"),
    ]
    assert cli.exit_code(["doctor", "--home", str(home.root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "cấp huyện 18/02/2019 30/06/2025 10 ngày làm việc" in said
    assert "cấp xã 18/02/2019 chưa kết thúc 10 ngày làm việc" in said
