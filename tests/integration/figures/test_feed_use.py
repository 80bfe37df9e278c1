"""How the published figures use a landed feed, in sentences and in `status`."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard.text import feed_use as texts
from doithoai import cli
from ingest.checking.checked_feed import Verdict
from tests.integration.feed_files import COVER, DIALOGUE, petitions, write_feed
from tests.integration.homes import home_with, land, published
from warehouse.feed_use import Cutoff, FeedUse, Pinned, Use
from warehouse.home import Home
from warehouse.published_feeds import feed_use

AS_OF = datetime(2024, 9, 30, 23, 59, 59, 999999)
KNOWN = datetime(2024, 11, 20)
LATER = {"received_on": "2024-10-02", "settled_on": "2024-10-10", "due_on": "2024-10-22"}
AHEAD = "347-2024Q4-v1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home built for 30 September: 347 sent Q3 twice and then Q4, 349 a nil return, 350 only after known_at."""
    root = tmp_path_factory.mktemp("use")
    made = home_with(root / "home", write_feed(root / "1", petitions=petitions(5)), datetime(2024, 10, 5, 8))
    nil = {**COVER, "sender_unit_code": "349", "nil_return": "Có", "approved_by": "Người Duyệt Mẫu"}
    next_quarter = [{**each, "petition_code": f"N{each['petition_code']}"} for each in petitions(2, **LATER)]
    held = {**DIALOGUE, "dialogue_code": "D2", "held_on": "2024-10-03", "conclusion_on": "2024-10-05"}
    for folder, received_at in (
        (write_feed(root / "2", petitions=petitions(6)), datetime(2024, 10, 6, 8)),
        (write_feed(root / "3", cover=nil, dialogues=None, petitions=None), datetime(2024, 10, 7, 8)),
        (
            write_feed(root / "4", cover={**COVER, "period": "2024Q4"}, dialogues=[held], petitions=next_quarter),
            datetime(2024, 11, 15, 8),
        ),
        (
            write_feed(root / "5", cover={**nil, "sender_unit_code": "350"}, dialogues=None, petitions=None),
            datetime(2024, 11, 25, 8),
        ),
    ):
        assert land(made, folder, received_at) is Verdict.ACCEPTED
    published(made, as_of=AS_OF, known_at=KNOWN, now=KNOWN)
    return made


def sentence(home: Home, feed_id: str) -> str:
    return texts.sentence(*feed_use(home, feed_id))


def test_a_feed_whose_period_begins_after_the_cutoff_is_in_no_figure(home: Home) -> None:
    assert sentence(home, AHEAD) == (
        "Quý IV/2024 bắt đầu ngày 01/10/2024, sau thời điểm số liệu (30/09/2024), nên chưa có số liệu nào của kỳ này. "
        "Trong số liệu không có dòng nào của tệp 347-2024Q4-v1. Bản này được lập riêng cho thời điểm đó; "
        "bấm «Tính lại số liệu» để tính đến lúc bấm."
    )


def test_figures_contain_the_rows_of_a_feed(home: Home) -> None:
    assert sentence(home, "347-2024Q3-v2") == "Số liệu có cả 7 dòng hội nghị, kiến nghị và hồ sơ của tệp 347-2024Q3-v2."
    assert sentence(home, "347-2024Q3-v1") == (
        "Số liệu không dùng tệp 347-2024Q3-v1: bản 347-2024Q3-v2 của cùng đơn vị và kỳ đã thay."
    )
    assert sentence(home, "349-2024Q3-v1") == (
        "Báo cáo «Không phát sinh» này được tính là đã nhận; không có dòng nào để đưa vào số liệu."
    )
    assert sentence(home, "350-2024Q3-v1") == (
        "Bản số liệu đang công bố chưa có tệp 350-2024Q3-v1: bản này chỉ biết các tệp nhận đến 20/11/2024. "
        "Hãy tính lại số liệu."
    )


def test_the_sample_explains_its_fixed_day(home: Home, tmp_path: Path) -> None:
    sample = Home(Path(shutil.copytree(home.root, tmp_path / "sample")))
    written = sample.settings_file.read_text(encoding="utf-8")
    sample.settings_file.write_text(written.replace("sample = false", "sample = true"), encoding="utf-8")
    assert sentence(sample, AHEAD).endswith(
        "Dữ liệu mẫu giữ nguyên ngày này; muốn tính đến ngày khác, chạy «doithoai build --as-of 2024-12-31»."
    )


def use(kind: Use, rows: int, used: int) -> FeedUse:
    return FeedUse(AHEAD, kind, "2024Q4", date(2024, 10, 1), date(2024, 12, 31), AHEAD, rows, used)


def test_a_period_running_at_the_cutoff_is_counted_up_to_it() -> None:
    now = Cutoff(datetime(2024, 11, 20, 9), datetime(2024, 11, 20, 9), Pinned.NOW)
    assert texts.sentence(use(Use.RUNNING, 33, 20), now) == (
        "Quý IV/2024 kéo dài đến 31/12/2024, quá thời điểm số liệu (09:00 20/11/2024): chỉ tính những gì phát sinh đến "
        "đó. Số liệu có 20/33 dòng hội nghị, kiến nghị và hồ sơ của tệp 347-2024Q4-v1. Số liệu tính đến lúc bấm «Tính "
        "lại số liệu»; hãy tính lại sau ngày 31/12/2024."
    )
    for kind in (Use.EMPTY, Use.REJECTED):
        assert "không" in texts.sentence(use(kind, 0, 0), now)
    assert texts.sentence(use(Use.PAST, 0, 0), now).startswith("Tệp không có dòng")


def _status(home: Home, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert cli.exit_code(["status", "--home", str(home.root), *options]) == 0
    return capsys.readouterr().out


def test_status_of_a_period_that_has_not_begun(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    shown = _status(home, capsys, "--period", "2024Q4")
    assert "Kỳ 2024Q4 bắt đầu ngày 01/10/2024, sau thời điểm số liệu (23:59 ngày 30/09/2024)" in shown
    assert "347-2024Q4-v1: số liệu dùng 0/3 dòng" in shown
    assert "chạy «doithoai build» để tính đến nay" in shown
    answer = json.loads(_status(home, capsys, "--period", "2024Q4", "--json"))
    assert (answer["period"]["state"], answer["latest"], answer["cutoff"]["pinned"]) == ("not_begun", [], "chosen")
    assert [(each["feed_id"], each["use"], each["used"]) for each in answer["period"]["feeds"]] == [(AHEAD, "ahead", 0)]
    assert json.loads(_status(home, capsys, "--period", "2024Q4", "--json", "--reminders")) == []
    assert "chưa có" in _status(home, capsys, "--period", "2026")


def test_status_always_names_feeds_of_later_periods(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    shown = _status(home, capsys)
    assert "Đã nhận nhưng kỳ báo cáo bắt đầu sau thời điểm số liệu (30/09/2024): 347-2024Q4-v1." in shown
    answer = json.loads(_status(home, capsys, "--json"))
    assert (answer["period"]["code"], answer["period"]["state"]) == ("2024Q3", "over")
    uses = {each["feed_id"]: each["use"] for each in answer["period"]["feeds"]}
    assert uses == {
        "347-2024Q3-v1": "replaced",
        "347-2024Q3-v2": "past",
        "349-2024Q3-v1": "nil",
        "350-2024Q3-v1": "unknown",
    }


def test_status_of_a_period_without_feeds_owed(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    shown = _status(home, capsys, "--period", "2024H1")
    assert "Kỳ 2024H1: không đơn vị nào phải gửi báo cáo tính đến bản số liệu này." in shown
    answer = json.loads(_status(home, capsys, "--period", "2024H1", "--json"))
    assert (answer["period"]["state"], answer["period"]["feeds"]) == ("not_owed", [])
