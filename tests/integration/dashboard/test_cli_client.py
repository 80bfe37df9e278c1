"""`CliClient` runs the command line as a child process: results, error messages, and cleanup at the time limit."""

import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

import warehouse.home
from dashboard.access.reader import reader_of
from dashboard.text import file_check as texts
from dashboard.uploads import cli_client as desk_module
from dashboard.uploads.cli_client import CliClient, Upload, run_child
from tests.integration.feed_files import DIALOGUE, write_feed
from warehouse.access.roles import Grant, Person, Role
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.settings import Limits
from warehouse.state import open_state

SPOILED = b"this is no workbook"


@pytest.fixture
def cli(tmp_path: Path) -> CliClient:
    return CliClient(warehouse.home.create(tmp_path / "home"), Limits(), os.environ)


def test_a_check_leaves_no_files(cli: CliClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    checked = cli.check(Upload("-hỏng.xlsx", SPOILED))
    assert (checked.name, checked.verdict) == ("-hỏng.xlsx", "rejected")
    assert [each.tier for each in checked.findings][:1] == ["feed"]
    assert not list(scratch.iterdir())
    assert not cli.home.warehouse.exists()


def test_a_long_file_name_is_checked_and_returned(cli: CliClient) -> None:
    checked = cli.check(Upload("ế" * 100 + ".xlsx", SPOILED))
    assert checked.name.startswith("ế" * 50)
    assert checked.return_name == checked.name.removesuffix(".xlsx") + "-tra-lai.xlsx"


def test_ingest_records_a_rejected_file(cli: CliClient) -> None:
    landed = cli.ingest(Upload("hỏng.xlsx", SPOILED))
    assert landed.verdict == "rejected"
    assert cli.home.warehouse.exists()


def test_a_refusal_is_returned_as_its_message(cli: CliClient, tmp_path: Path) -> None:
    nowhere = replace(cli, home=warehouse.home.Home(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="chưa phải là kho dữ liệu"):
        nowhere.check(Upload("a.xlsx", SPOILED))


def test_internal_errors_are_logged_and_not_shown(
    cli: CliClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        desk_module, "run_child", lambda *_, **__: (5, "", "Traceback (most recent call last): KeyError")
    )
    with pytest.raises(UsageError) as refused:
        cli.check(Upload("a.xlsx", SPOILED))
    assert refused.value.message == texts.NO_ANSWER
    assert "exit code 5: Traceback (most recent call last): KeyError" in caplog.text


def test_a_failed_build_reports_its_reason_without_the_progress(
    cli: CliClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Tính các chỉ tiêu bằng dbt …\nMột phép kiểm tra không qua.\nSửa rồi tính lại.\n"
    monkeypatch.setattr(desk_module, "run_child", lambda *_, **__: (3, "", told))
    with pytest.raises(UsageError) as refused:
        cli.build(print)
    assert refused.value.message == "Một phép kiểm tra không qua.\nSửa rồi tính lại."
    with pytest.raises(UsageError, match=texts.NOT_BUILT):
        of_steward(cli, Grant(Role.STEWARD, "350")).build(print)


def test_a_child_over_the_time_limit_ends_with_its_children_and_files(tmp_path: Path) -> None:
    script = (
        "import os, subprocess, sys, tempfile, time; from pathlib import Path; kept = tempfile.mkdtemp();"
        "Path(kept, 'rows.csv').write_text('x'); other = subprocess.Popen(['sleep', '60']);"
        "Path(sys.argv[1]).write_text(f'{os.getpid()} {other.pid} {kept}'); time.sleep(60)"
    )
    started = time.monotonic()
    with pytest.raises(UsageError, match="quá 1 giây"):
        run_child([sys.executable, "-c", script, str(tmp_path / "told")], 1, os.environ)
    assert time.monotonic() - started < 10, "nobody waits for a child that was ended"
    child, other, kept = (tmp_path / "told").read_text().split()
    assert has_ended(int(child))
    assert has_ended(int(other))
    assert not Path(kept).exists()


def has_ended(pid: int, seconds: float = 2) -> bool:
    """Return True if the process ends within `seconds`; a zombie has ended."""
    for _ in range(int(seconds * 20)):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def test_progress_is_reported_while_the_child_runs() -> None:
    heard: list[str] = []
    script = "import sys, time; print('một nửa', file=sys.stderr, flush=True); time.sleep(1.5); print('xong')"
    command = [sys.executable, "-X", "utf8", "-c", script]
    code, said, _ = run_child(command, 30, os.environ, on_progress=heard.append)
    assert (code, said.strip(), heard) == (0, "xong", ["một nửa"])


def test_the_child_runs_in_the_folder_of_the_program_and_reads_its_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script = "import os, sys; print(os.getcwd(), sys.stdin.read(), os.environ.get('ONLY'), os.environ.get('HOME'))"
    _, said, _ = run_child([sys.executable, "-X", "utf8", "-c", script], 30, {"ONLY": "một"}, given="chữ")
    assert said.split() == [str(Path(__file__).parents[3]), "chữ", "một", "None"]


@pytest.fixture
def late_notice(tmp_path: Path) -> Upload:
    """A feed with two dialogues with a late notice: both need a reason."""
    rows = [DIALOGUE | {"notice_on": "2024-08-02", "dialogue_code": code} for code in ("347.ĐT.1", "347.ĐT.2")]
    folder = write_feed(tmp_path / "feed", dialogues=rows)
    with zipfile.ZipFile(tmp_path / "347.zip", "w") as archive:
        for each in folder.iterdir():
            archive.write(each, each.name)
    return Upload("347.zip", (tmp_path / "347.zip").read_bytes())


def test_reasons_are_stored_in_one_call_and_not_passed_as_arguments(
    cli: CliClient, late_notice: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Sequence[str]] = []

    def record(command: Sequence[str], *arguments: Any, **options: Any) -> tuple[int, str, str]:
        calls.append(command)
        return run_child(command, *arguments, **options)

    monkeypatch.setattr(desk_module, "run_child", record)
    waiting = cli.check(late_notice).waiting
    reasons = {each.confirmation_key: f"Lý do {number}" for number, each in enumerate(waiting)}
    assert len(reasons) == 2
    calls.clear()
    cli.confirm(late_notice, reasons, "Trần Thị Mẫu")
    assert len(calls) == 1
    assert not {word for word in calls[0] if "Lý do" in word or "Mẫu" in word}
    with open_state(cli.home) as state:
        kept = state.confirmations("347")
    assert {key: (it.reason, it.confirmed_by) for key, it in kept.items()} == {
        key: (reason, "Trần Thị Mẫu") for key, reason in reasons.items()
    }
    assert cli.check(late_notice).waiting == ()


def test_reasons_can_be_given_after_landing(cli: CliClient, late_notice: Upload) -> None:
    waiting = cli.check(late_notice).waiting
    feed_id = cli.ingest(late_notice).feed_id
    assert feed_id is not None
    cli.confirm_landed(feed_id, {waiting[0].confirmation_key: "Họp đột xuất"}, "Trần Thị Mẫu")
    with open_state(cli.home) as state:
        assert list(state.confirmations("347")) == [waiting[0].confirmation_key]
    assert [each.confirmation_key for each in cli.waiting(feed_id).open] == [waiting[1].confirmation_key]
    (answered,) = cli.waiting(feed_id).answered
    assert (answered.reason, answered.reason_by) == ("Họp đột xuất", "Trần Thị Mẫu")
    assert [(each.feed_id, each.rows_landed) for each in cli.unpublished_feeds()] == [(feed_id, 3)]


UNIT_350 = Grant(Role.UNIT_STEWARD, "350")


def of_steward(cli: CliClient, *grants: Grant) -> CliClient:
    return replace(cli, reader=reader_of(Person("a", "A", grants), None))


def test_a_file_of_another_sender_is_neither_shown_nor_ingested(cli: CliClient, late_notice: Upload) -> None:
    foreign = of_steward(cli, UNIT_350)
    for attempt in (foreign.check, foreign.ingest):
        with pytest.raises(UsageError) as refused:
            attempt(late_notice)
        assert refused.value.message == texts.OF_OTHER_SENDER
    assert not cli.home.warehouse.exists(), "nothing has landed"
    assert of_steward(cli, UNIT_350).check(Upload("hỏng.xlsx", SPOILED)).verdict == "rejected", "of no sender"


def test_a_feed_of_another_sender_reads_like_an_unknown_one(cli: CliClient, sample_home: Home) -> None:
    foreign = of_steward(replace(cli, home=sample_home), UNIT_350)
    for feed_id in ("347-2024Q3-v1", "999-2024Q3-v1"):
        for attempt in (foreign.waiting, foreign.return_workbook, foreign.use):
            with pytest.raises(UsageError, match=texts.OF_OTHER_SENDER):
                attempt(feed_id)
        with pytest.raises(UsageError, match=texts.OF_OTHER_SENDER):
            foreign.confirm_landed(feed_id, {"k": "lý do"}, "A")
    assert foreign.use("350-2024Q3-v1")[0].feed_id == "350-2024Q3-v1"


@pytest.mark.parametrize("role", [Role.LEADER, Role.REVIEWER, Role.VIEWER, Role.ADMINISTRATOR])
def test_readers_may_not_work_on_feeds(cli: CliClient, sample_home: Home, role: Role) -> None:
    reading = of_steward(replace(cli, home=sample_home), Grant(role))
    file = Upload("hỏng.xlsx", SPOILED)
    for attempt in (
        lambda: reading.check(file), lambda: reading.ingest(file), lambda: reading.confirm(file, {}, "A"),
        lambda: reading.waiting("350-2024Q3-v1"), lambda: reading.return_workbook("350-2024Q3-v1"),
        lambda: reading.confirm_landed("350-2024Q3-v1", {}, "A"), lambda: reading.build(print),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=texts.OF_OTHER_SENDER):
            attempt()
