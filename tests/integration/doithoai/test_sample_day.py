"""The sample province is rebuilt as of the same instant; a province's own data as of now."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import warehouse.build
import warehouse.home
from doithoai.builds import build_and_report
from doithoai.messages import Language
from doithoai.terminal import Terminal
from warehouse.home import Home
from warehouse.publish import SnapshotFile

NOW, MADE_FOR, ASKED = datetime(2026, 11, 26, 9), datetime(2024, 9, 30, 23, 59, 59), datetime(2024, 6, 30)
IN_FORCE = SnapshotFile("s1", Path("s1.duckdb"), as_of=MADE_FOR, known_at=NOW, built_at=NOW)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Record `as_of` of each build while a snapshot is in force; nothing is built."""
    days: list[datetime] = []

    def record(*, as_of: datetime, **_: Any) -> SnapshotFile:
        days.append(as_of)
        return replace(IN_FORCE, as_of=as_of)

    monkeypatch.setattr(warehouse.build, "build", record)
    monkeypatch.setattr("doithoai.builds.current", lambda _: IN_FORCE)
    return days


def home(root: Path, *, is_sample: bool) -> Home:
    made = warehouse.home.create(root)
    if is_sample:
        written = made.settings_file.read_text(encoding="utf-8")
        made.settings_file.write_text(written.replace("sample = false", "sample = true"), encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("is_sample", "asked", "day"),
    [(True, None, MADE_FOR), (True, ASKED, ASKED), (False, None, NOW), (False, ASKED, ASKED)],
)
def test_the_day_of_a_build(
    built: list[datetime], tmp_path: Path, is_sample: bool, asked: datetime | None, day: datetime
) -> None:
    build_and_report(Terminal(Language.VI), home(tmp_path / "home", is_sample=is_sample), NOW, asked, None)
    assert built == [day]


def test_the_fixed_day_is_reported(built: list[datetime], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_and_report(Terminal(Language.VI), home(tmp_path / "home", is_sample=True), NOW, None, None)
    assert built == [MADE_FOR]
    assert "vẫn tính đến 23:59 ngày 30/09/2024 như bản đang dùng" in capsys.readouterr().out
