"""The composition root: for any error, a reader sees one Vietnamese sentence."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import warehouse.home
from dashboard.page import snapshots
from dashboard.text import file_check as texts

APP = Path(__file__).parents[3] / "dashboard" / "app.py"


def test_an_unexpected_error_shows_one_sentence_and_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(snapshots, "open_current", broken)
    monkeypatch.setattr(sys, "argv", ["app.py", "--home", str(warehouse.home.create(tmp_path / "home").root)])
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert texts.UNEXPECTED in "".join(each.proto.body for each in app.get("html"))
    assert "ZeroDivisionError" in caplog.text
