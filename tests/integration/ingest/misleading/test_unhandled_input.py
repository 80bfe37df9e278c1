"""Unexpected input is reported in one sentence and does not stop other feeds."""

import os
from datetime import datetime
from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.checking.check import check_feed
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.pipeline import check_paths
from tests.integration.feed_files import COVER, petitions, write_feed
from tests.integration.ingest.misleading.checker import CASES
from warehouse.connection import connect
from warehouse.home import Home

NOW = datetime(2024, 10, 10, 8)
IMPOSSIBLE = ("0000", "0024Q3", "9999", "9999Q4", "9999H2", "9999-9M", "2024Q5", "99999Q1", "2024Q0", "0001", "1024Q3")


def _checked(home: Home, *sources: Path) -> list[CheckedFeed]:
    return check_paths(sources, home, warehouse.settings.load(home), NOW)


@pytest.mark.parametrize("period", IMPOSSIBLE)
def test_an_impossible_period_of_a_cover_is_reported_at_its_cell(empty_home: Home, tmp_path: Path, period: str) -> None:
    (checked,) = _checked(empty_home, write_feed(tmp_path / "feed", cover=COVER | {"period": period}))
    assert checked.verdict is Verdict.REJECTED
    assert [(it.rule, it.value) for it in checked.findings if it.tier == "feed"] == [("wrong_period", period)]


def test_an_impossible_period_does_not_stop_other_feeds(empty_home: Home) -> None:
    names = ("period_0024Q3.xlsx", "period_9999.xlsx", "control.xlsx")
    found = _checked(empty_home, *(CASES / name for name in names))
    assert {it.file_name: it.verdict for it in found} == {
        "period_0024Q3.xlsx": Verdict.REJECTED,
        "period_9999.xlsx": Verdict.REJECTED,
        "control.xlsx": Verdict.ACCEPTED,
    }


@pytest.mark.parametrize("period", IMPOSSIBLE)
def test_template_and_status_reject_an_impossible_period(
    empty_home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path, period: str
) -> None:
    here = ["--home", str(empty_home.root)]
    assert cli.exit_code(["template", "--unit", "347", "--period", period, "--to", str(tmp_path), *here]) == 2
    assert f"«{period}» không đúng dạng" in capsys.readouterr().err
    assert cli.exit_code(["status", "--period", period, *here]) == 2
    assert f"Không hiểu kỳ báo cáo «{period}»" in capsys.readouterr().err


@pytest.mark.parametrize("instant", ["0000-01-01", "0001-01-01", "9999-12-31", "99999-01-01", "2024Q3", "2024-13-01"])
@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
def test_build_rejects_an_impossible_instant(
    empty_home: Home, capsys: pytest.CaptureFixture[str], option: str, instant: str
) -> None:
    assert cli.exit_code(["build", option, instant, "--home", str(empty_home.root)]) == 2
    assert f"{option} không nhận «{instant}»; ghi ngày 2024-12-31" in capsys.readouterr().err


def test_build_rejects_a_day_far_in_the_future(empty_home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["build", "--as-of", "2100-12-31", "--home", str(empty_home.root)]) == 2
    assert "Không tính số liệu đến ngày 31/12/2100" in capsys.readouterr().err


def test_all_feeds_of_a_broken_inbox_are_processed(empty_home: Home, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    control = (CASES / "control.xlsx").read_bytes()
    (inbox / "a-truncated.xlsx").write_bytes(control[: len(control) // 2])
    (inbox / "b-page.xlsx").write_text("<html><body><table><tr><td>1</td></tr></table></body></html>")
    (inbox / "c-empty.xlsx").touch()
    (inbox / "d-loop.xlsx").symlink_to(inbox / "d-loop.xlsx")
    (inbox / "e-round").symlink_to(inbox)
    write_feed(inbox / "f-no-cover", cover=None, dialogues=None)
    os.mkfifo(inbox / "g-pipe.xlsx")
    Path(os.fsdecode(os.fsencode(inbox) + b"/h-\xd0\xff.xlsx")).write_bytes(control)
    found = {it.file_name: it for it in _checked(empty_home, inbox)}
    assert {name: it.verdict.value for name, it in found.items()} == {
        "a-truncated.xlsx": "rejected",
        "b-page.xlsx": "rejected",
        "c-empty.xlsx": "rejected",
        "d-loop.xlsx": "rejected",
        "petitions.csv": "rejected",
        "g-pipe.xlsx": "rejected",
        "h-��.xlsx": "accepted",
    }
    assert not any(it.is_broken for it in found.values())


def test_a_feed_with_an_internal_error_is_recorded_and_the_others_land(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("a", "b", "c"):
        write_feed(home.inbox / name, petitions=petitions(3, petition_code=f"{name}1")[:1])

    def failing(source: Path, *rest: object, **options: object) -> CheckedFeed:
        if source.name == "b":
            raise RuntimeError("nobody foresaw this")
        return check_feed(source, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("ingest.pipeline.check_feed", failing)
    assert cli.exit_code(["ingest", "--home", str(home.root)]) == 5
    said = capsys.readouterr()
    assert "b: BỊ TỪ CHỐI" in said.out
    assert "Chương trình gặp lỗi bên trong khi xem: b. Các tệp khác vẫn được nhận." in said.err
    assert "nobody foresaw this" in caplog.text
    with connect(home.warehouse, read_only=True) as con:
        assert con.execute("select file_name, status from raw.feeds order by file_name").fetchall() == [
            ("a", "accepted"),
            ("b", "rejected"),
            ("c", "accepted"),
        ]
        assert con.execute("select rule from raw.findings where tier = 'feed'").fetchall() == [("program_failed",)]


def test_a_period_far_in_the_future_does_not_make_its_sender_late(empty_home: Home, tmp_path: Path) -> None:
    (checked,) = _checked(empty_home, write_feed(tmp_path / "feed", cover=COVER | {"period": "2042Q3"}))
    assert [each.rule for each in checked.findings if each.sheet in {"cover", ""}] == ["future_period"]
