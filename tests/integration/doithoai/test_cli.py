"""The verbs as called in a terminal: output, files written and exit codes."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

import warehouse.home
import warehouse.publish
from doithoai import cli
from warehouse.connection import connect
from warehouse.home import Home, create, writer_lock
from warehouse.publish import current

NOW = datetime(2024, 10, 15, 8, 0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new home without any feed."""
    assert cli.exit_code(["init", "--home", str(tmp_path / "home")]) == 0
    return Home(tmp_path / "home")


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """A file that is named like a workbook but is none."""
    path = tmp_path / "347-2024Q3.xlsx"
    path.write_bytes(b"this is no workbook")
    return path


def test_init_creates_a_home_and_keeps_existing_files(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.settings_file.write_text(home.settings_file.read_text(encoding="utf-8") + "\n# của tỉnh\n", encoding="utf-8")
    assert cli.exit_code(["init", "--home", str(home.root)]) == 0
    assert home.settings_file.read_text(encoding="utf-8").endswith("# của tỉnh\n")
    assert (home.lookups / "units.csv").is_file()
    assert home.warehouse.is_file()
    assert f"Kho dữ liệu đã sẵn sàng tại {home.root}" in capsys.readouterr().out


def test_the_environment_names_the_home_without_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_HOME", str(tmp_path / "from-environment"))
    assert cli.exit_code(["init"]) == 0
    assert (tmp_path / "from-environment" / "settings.toml").is_file()


def test_a_rejected_feed_exits_with_1_and_reports_reason_and_remedy(
    home: Home, unreadable: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.exit_code(["check", str(unreadable), "--home", str(home.root)]) == 1
    output = capsys.readouterr()
    assert "347-2024Q3.xlsx: sẽ BỊ TỪ CHỐI" in output.out
    assert "TỪ CHỐI TỆP" in output.out
    assert "1 tệp bị từ chối" in output.err


def test_check_as_json_prints_one_value_and_writes_nothing(
    home: Home, unreadable: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.root.rglob("*")}
    assert cli.exit_code(["check", str(unreadable), "--json", "--home", str(home.root)]) == 1
    (outcome,) = json.loads(capsys.readouterr().out)
    assert (outcome["file"], outcome["verdict"]) == ("347-2024Q3.xlsx", "rejected")
    assert {"tier", "rule", "cell", "value", "message", "remedy"} <= set(outcome["findings"][0])
    assert {path: path.stat().st_mtime_ns for path in home.root.rglob("*")} == before


def test_ingest_of_a_rejected_feed_exits_with_1(home: Home, unreadable: Path) -> None:
    assert cli.exit_code(["ingest", str(unreadable), "--home", str(home.root)]) == 1


def test_ingest_reports_an_empty_inbox(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["ingest", "--home", str(home.root)]) == 0
    assert f"Không có tệp báo cáo nào trong {home.inbox}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["chek"], "không có lệnh này"),
        (["build", "--nope"], "không có tùy chọn --nope"),
        (["check"], "thiếu FILE..."),
        (["build", "--as-of", "hôm qua"], "--as-of không nhận «hôm qua»"),
        (["serve", "--port", "0"], "giá trị của --port không hợp lệ"),
        (["status", "--home", "nowhere"], "chưa phải là kho dữ liệu"),
    ],
)
def test_wrong_usage_exits_with_2_and_one_sentence(
    arguments: list[str],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.exit_code(arguments) == 2
    output = capsys.readouterr().err
    assert complaint in output
    assert "Traceback" not in output


def test_a_missing_file_exits_with_2(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["ingest", "không-có.xlsx", "--home", str(home.root)]) == 2
    assert "Không có tệp hoặc thư mục không-có.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::", "doithoai.example"])
def test_serve_accepts_only_local_addresses(home: Home, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["serve", "--address", address, "--home", str(home.root)]) == 2
    assert "chỉ phục vụ được trên chính máy này" in capsys.readouterr().err


def test_status_without_a_snapshot_exits_with_2(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["status", "--home", str(home.root)]) == 2
    assert "Chưa có số liệu nào được công bố" in capsys.readouterr().err


def test_figures_that_fail_their_checks_exit_with_1_and_are_not_published(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = warehouse.publish.write_snapshot

    def spoiled(home: Home, snapshot_id: str, facts: dict[str, object]) -> Path:
        draft = write(home, snapshot_id, facts)
        with connect(draft) as con:
            con.execute("insert into dim_units from dim_units limit 1")
        return draft

    monkeypatch.setattr("warehouse.build.write_snapshot", spoiled)
    assert cli.exit_code(["build", "--home", str(home.root)]) == 1
    assert not home.pointer.exists()
    assert "Bản công bố trước vẫn giữ nguyên" in capsys.readouterr().err


def test_a_failed_build_exits_with_3_and_publishes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("warehouse.dbt_run.PROJECT", home.root)
    assert cli.exit_code(["build", "--home", str(home.root)]) == 3
    assert not home.pointer.exists()
    assert "Bản công bố trước vẫn giữ nguyên" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["ingest", "build", "run"])
def test_a_second_writer_exits_with_4_and_names_the_first(
    verb: str, home: Home, unreadable: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(warehouse.home, "PATIENCE", 0.3)
    shutil.copy(unreadable, home.inbox)
    with writer_lock(home, "việc khác", NOW):
        assert cli.exit_code([verb, "--home", str(home.root)]) == 4
    assert "đang được ghi bởi «việc khác»" in capsys.readouterr().err


def test_an_internal_error_exits_with_5(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("mất một bước")

    monkeypatch.setattr("warehouse.settings.load", broken)
    assert cli.exit_code(["ingest", "--home", str(home.root)]) == 5
    assert "Lỗi bên trong chương trình: RuntimeError: mất một bước" in capsys.readouterr().err


def test_messages_in_english_on_request(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["ingest", "--lang", "en", "--home", str(home.root)]) == 0
    assert f"No feed in {home.inbox}." in capsys.readouterr().out
    assert cli.exit_code(["chek", "--lang=en"]) == 2
    assert "there is no such verb" in capsys.readouterr().err


def test_doctor_finds_no_fault_in_a_new_home(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["doctor", "--json", "--home", str(home.root)]) == 0
    items = {item["name"]: item["verdict"] for item in json.loads(capsys.readouterr().out)}
    assert items["settings"] == items["lookups"] == items["lock"] == items["home"] == "good"
    assert items["snapshot"] == "note"


def test_doctor_exits_with_1_for_an_invalid_lookup(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    (home.lookups / "units.csv").write_text("mã,tên\n35,Hà Nam\n", encoding="utf-8")
    assert cli.exit_code(["doctor", "--home", str(home.root)]) == 1
    assert "Có 1 mục không đạt" in capsys.readouterr().err


def test_demo_does_not_change_the_home_of_a_real_province(home: Home, tmp_path: Path) -> None:
    elsewhere = create(tmp_path / "sample")
    elsewhere.settings_file.write_text("không phải cài đặt", encoding="utf-8")
    assert cli.exit_code(["demo", "--no-serve", "--home", str(elsewhere.root)]) == 2
    assert not home.pointer.exists()


def test_status_prints_the_published_totals(sample_home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["status", "--home", str(sample_home.root)]) == 0
    output = capsys.readouterr().out
    assert f"Bản số liệu đang dùng: {current(sample_home).id}, tính đến 23:59 ngày 30/09/2024" in output
    assert "518 hội nghị" in output


def test_status_as_json_lists_the_feeds_of_the_latest_period(
    sample_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.exit_code(["status", "--json", "--home", str(sample_home.root)]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["totals"]["dialogues"] == 518
    assert sorted(feed["sender_unit_code"] for feed in status["latest"]) == [
        "347",
        "349",
        "35",
        "350",
        "351",
        "352",
        "353",
    ]


def test_build_of_a_past_day_publishes_that_day(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["build", "--as-of", "2023-12-31", "--home", str(home.root)]) == 0
    assert current(home).as_of == datetime(2023, 12, 31, 23, 59, 59, 999999)
    assert "tính đến 23:59 ngày 31/12/2023" in capsys.readouterr().out
