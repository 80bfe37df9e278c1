"""The reporting board of a period: feeds received, late, missing and rejected, reminders and flags."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from doithoai import cli, terminal
from ingest.checking.checked_feed import Verdict
from tests.integration.feed_files import COVER, petitions, write_feed
from tests.integration.homes import ask, home_with, land, published
from warehouse.home import Home

END = datetime(2024, 10, 20, 12)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home: 347 sent on time, 349 a nil return two days late and a second version, 350 only a rejected file."""
    root = tmp_path_factory.mktemp("status")
    in_time = write_feed(root / "347", cover={**COVER, "declared_petitions": "7"}, petitions=petitions(5))
    made = home_with(root / "home", in_time, datetime(2024, 10, 5, 8))
    cover = {**COVER, "sender_unit_code": "349", "nil_return": "Có", "approved_by": "Người Duyệt Mẫu"}
    nil = write_feed(root / "349", cover=cover, dialogues=None, petitions=None)
    assert land(made, nil, datetime(2024, 10, 12, 8)) is Verdict.ACCEPTED
    again = write_feed(root / "349-2", cover={**cover, "approved_by": "Người Khác"}, dialogues=None, petitions=None)
    assert land(made, again, datetime(2024, 10, 15, 9, 30)) is Verdict.ACCEPTED
    wrong = write_feed(
        root / "350", cover={**COVER, "sender_unit_code": "350"}, petitions=petitions(5, unit_code="99999")
    )
    assert land(made, wrong, datetime(2024, 10, 6, 8)) is Verdict.REJECTED
    published(made, as_of=END, known_at=END, now=END)
    return made


def _status(home: Home, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert cli.exit_code(["status", "--home", str(home.root), *options]) == 0
    return capsys.readouterr().out


def test_the_board_of_the_latest_finished_period(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(_status(home, capsys, "--json"))["latest"]
    assert {feed["period_code"] for feed in answer} == {"2024Q3"}
    board = {feed["sender_unit_code"]: feed for feed in answer}
    seen = ("status", "days_late", "days_overdue", "nil_return", "version", "feeds_rejected", "last_feed_status")
    assert {code: tuple(board[code][name] for name in seen) for code in ("347", "349", "350", "351")} == {
        "347": ("on_time", None, None, False, 1, 0, "accepted"),
        "349": ("late", 2, None, True, 2, 0, "accepted"),
        "350": ("missing", None, 10, False, None, 1, "rejected"),
        "351": ("missing", None, 10, False, None, 0, None),
    }


def test_the_board_in_words(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    output = " ".join(_status(home, capsys).split())
    assert "Kỳ 2024Q3, hạn gửi 10/10/2024: 2/7 đơn vị đã gửi; đúng hạn 1, muộn 1, chưa gửi 5, chưa đến hạn 0." in output
    assert "Số lần gửi bị từ chối: 1." in output


def test_first_receipt_and_receipt_of_a_later_version(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    board = {feed["sender_unit_code"]: feed for feed in json.loads(_status(home, capsys, "--json"))["latest"]}
    assert (board["349"]["received_at"], board["349"]["version_received_at"]) == (
        "2024-10-12 08:00:00", "2024-10-15 09:30:00",
    )  # fmt: skip
    assert "15/10/2024" in _status(home, capsys)


def test_only_missing_senders_get_reminders(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    output = _status(home, capsys, "--reminders")
    assert output.count("Kính gửi: ") == 4, "the province does not remind itself"
    assert "phố Phủ Lý" not in output
    assert "xã Duy Tiên" not in output
    assert "Kính gửi: UBND huyện Kim Bảng\nBáo cáo Quý III/2024" in output
    assert "có hạn gửi 10/10/2024, đến nay đã quá 10 ngày" in output
    assert output.count("Tệp đã gửi bị từ chối") == 1


def test_the_board_of_another_period(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(_status(home, capsys, "--json", "--period", "2024Q4"))["latest"]
    assert {(feed["period_code"], feed["status"]) for feed in answer} == {("2024Q4", "not_due")}
    letters = json.loads(_status(home, capsys, "--json", "--period", "2024Q4", "--reminders"))
    assert letters == []


def test_a_running_period_names_its_cutoff(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    output = _status(home, capsys, "--period", "2024Q4")
    assert "Kỳ 2024Q4 kéo dài đến 31/12/2024; số liệu chỉ tính những gì phát sinh đến 12:00 ngày 20/10/2024." in output
    assert "Số liệu tính đến lúc chạy «doithoai build»." in output


def test_a_period_may_be_given_in_words(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(_status(home, capsys, "--json", "--period", "Quý IV/2024"))["latest"]
    assert {feed["period_code"] for feed in answer} == {"2024Q4"}


def test_an_invalid_period_is_reported_with_the_valid_forms(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.exit_code(["status", "--home", str(home.root), "--period", "tháng mười"]) == 2
    output = capsys.readouterr().err
    assert "Không hiểu kỳ báo cáo «tháng mười»." in output
    assert "2024Q3 (quý), 2024H1 (nửa năm), 2024-9M (chín tháng) hoặc 2024 (năm)" in output


def test_a_narrow_terminal_still_has_every_column(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "NARROWEST", 80)
    monkeypatch.setenv("COLUMNS", "80")
    output = _status(home, capsys)
    assert max(map(len, output.splitlines()[4:])) <= 80
    words = " ".join(output.split())
    for part in ("Đơn vị gửi", "Tình trạng", "Chờ lý do", "Người Khác", "15/10/2024"):
        assert all(word in words for word in part.split()), part


def test_declared_counts_are_compared_with_the_rows(home: Home) -> None:
    assert ask(home, "select flag_id, unit_code, detail from integrity_flags where subject_type = 'feed'") == [
        ("declared_differs|347-2024Q3-v1", "347", "Khai 7 kiến nghị, có 5 dòng.")
    ]


def test_rows_received_never_contain_texts_of_citizens(home: Home) -> None:
    rows = ask(home, "select received, row_key from received_rows where sheet_kind = 'petitions' order by row_key")
    assert [key for _, key in rows] == ["P1", "P2", "P3", "P4", "P5"]
    assert not any("summary" in json.loads(str(received)) for received, _ in rows)
    assert "petition_code" in json.loads(str(rows[0][0]))


def test_feeds_due_within_a_year_are_listed_by_level(home: Home) -> None:
    due = "select period_code, level, senders from feed_deadlines where level <> 'province' order by deadline"
    assert ask(home, due) == [
        ("2024Q4", "district", 6),
        ("2025Q1", "district", 6),
        ("2025Q2", "district", 6),
        ("2025Q3", "commune", 33),
    ]


def test_later_feeds_are_listed_and_their_senders_get_no_reminder(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Home(Path(shutil.copytree(home.root, tmp_path / "home")))
    late = write_feed(
        tmp_path / "351",
        cover={**COVER, "sender_unit_code": "351"},
        dialogues=[],
        petitions=petitions(4, unit_code="13474"),
    )
    assert land(copy, late, END) is Verdict.ACCEPTED
    output = _status(copy, capsys)
    assert "351-2024Q3-v1 (351), nhận 12:00 20/10/2024: 4 dòng nhận, 0 dòng giữ lại" in output
    letters = _status(copy, capsys, "--reminders")
    assert (letters.count("Kính gửi: "), "Thanh Liêm" in letters) == (3, False)


def test_the_board_before_the_first_build_lists_received_feeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = home_with(tmp_path / "home", write_feed(tmp_path / "347"), datetime(2024, 10, 5, 8))
    assert cli.exit_code(["status", "--home", str(made.root)]) == 2
    assert "Đã nhận: 347-2024Q3-v1 (347), nhận 08:00 05/10/2024: 2 dòng nhận" in capsys.readouterr().err
