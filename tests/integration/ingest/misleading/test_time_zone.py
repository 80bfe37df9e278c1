"""A home has its own time zone, independent of the server."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import warehouse.home
import warehouse.settings
from doithoai import cli, surroundings
from doithoai.doctor import Item, Verdict, examine
from doithoai.messages import Language
from doithoai.terminal import Terminal
from tests.integration.homes import land
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home

FEED = Path(__file__).parents[3] / "fixtures" / "public_reports" / "received_near_midnight.xlsx"
INSTANT = datetime(2024, 10, 15, 17, 30, tzinfo=UTC)
"""Half past midnight of 16 October in Vietnam."""
IN_HANOI = datetime(2024, 10, 16, 0, 30)


class StoppedClock(datetime):
    """A machine's clock stopped at INSTANT."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The time in `tz`, or in the machine's own zone."""
        return INSTANT.astimezone(tz) if tz else INSTANT.astimezone().replace(tzinfo=None)


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The time zone of the server, with its clock at INSTANT."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    monkeypatch.setattr(surroundings, "datetime", StoppedClock)
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_a_feed_is_received_at_the_time_of_the_home(home: Home, server_zone: str) -> None:
    assert cli.exit_code(["ingest", str(FEED), "--home", str(home.root)]) == 0
    with connect(home.warehouse, read_only=True) as con:
        assert con.execute("select received_at from raw.feeds").fetchall() == [(IN_HANOI,)]


def test_a_home_elsewhere_has_its_own_time(home: Home, server_zone: str) -> None:
    _set_zone(home, "America/New_York")
    assert surroundings.now(warehouse.settings.load(home).zone) == datetime(2024, 10, 15, 13, 30)


def test_a_home_of_an_earlier_release_is_in_the_zone_of_vietnam(home: Home) -> None:
    lines = home.settings_file.read_text(encoding="utf-8").splitlines()
    home.settings_file.write_text("\n".join(it for it in lines if "time_zone" not in it), encoding="utf-8")
    assert warehouse.settings.load(home).zone == ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize("name", ["Asia/Hanoi", "UTC+7", "../../etc/passwd", "", "Asia"])
def test_an_unknown_zone_is_rejected_with_an_example(home: Home, name: str) -> None:
    _set_zone(home, name)
    with pytest.raises(UsageError, match=r"time_zone = .* ghi tên IANA, như Asia/Ho_Chi_Minh"):
        warehouse.settings.load(home)


def test_doctor_reports_a_server_in_another_zone(home: Home, server_zone: str) -> None:
    found = _examined(home, surroundings.machine_time())
    assert found["time_zone"].verdict is Verdict.GOOD
    assert ("máy này đặt múi giờ khác" in found["time_zone"].found) == (server_zone != "Asia/Ho_Chi_Minh")
    assert (found["clock"].found, found["clock"].verdict) == ("00:30 ngày 16/10/2024", Verdict.GOOD)


def test_doctor_reports_a_clock_behind_the_newest_receipt(home: Home) -> None:
    land(home, FEED, datetime(2024, 10, 16, 9, 0))
    found = _examined(home, INSTANT)["clock"]
    assert found.verdict is Verdict.BAD
    assert "trước lần nhận tệp gần nhất (09:00 ngày 16/10/2024)" in found.found
    assert _examined(home, INSTANT + timedelta(hours=9))["clock"].verdict is Verdict.GOOD


def _examined(home: Home, machine_time: datetime) -> dict[str, Item]:
    return {item.name: item for item in examine(Terminal(Language.VI), home.root, machine_time)}


def _set_zone(home: Home, name: str) -> None:
    written = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(written.replace('"Asia/Ho_Chi_Minh"', f'"{name}"'), encoding="utf-8")
