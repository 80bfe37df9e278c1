"""The sample province, made and served as by `make demo`."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

import pytest

from doithoai.demo import SAMPLE_AS_OF, make_demo
from doithoai.messages import Language
from doithoai.terminal import Terminal
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _response(address: str, patience: float = 40) -> str:
    """Return the response of `address` once it answers."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as page:
                return str(page.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def test_the_sample_has_the_conferences_that_the_province_published(sample_home: Home) -> None:
    levels = """
        select coalesce(subject_id, ''), numerator from kpi_values
        where kpi_code = 'dialogues_held' and period_type = 'term' and field_code = 'ALL' and subject_type = $1
        order by 1
    """
    with connect(current(sample_home).path, read_only=True) as con:
        assert con.execute(levels, ["level"]).fetchall() == [("commune", 477), ("district", 36), ("province", 5)]
        assert con.execute(levels, ["province"]).fetchall() == [("35", 518)]
        assert con.execute("select as_of, is_sample from snapshot").fetchall() == [(SAMPLE_AS_OF, True)]


@pytest.mark.slow
def test_a_second_demo_lands_nothing_and_rebuilds(
    sample_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "again"
    shutil.copytree(sample_home.root, copy)
    before = current(Home(copy))
    again = make_demo(Terminal(Language.VI), copy, datetime(2024, 10, 16, 8, 0))
    assert "Dữ liệu mẫu đã có trong kho" in capsys.readouterr().out
    assert current(again).id != before.id
    both = f"attach '{before.path}' as before (read_only); attach '{current(again).path}' as after (read_only)"
    with connect(Path(":memory:")) as con:
        con.execute(both)
        unlike = "select count(*) from (from {0}.kpi_values except all from {1}.kpi_values)"
        assert con.execute(unlike.format("before", "after")).fetchall() == [(0,)]
        assert con.execute(unlike.format("after", "before")).fetchall() == [(0,)]


@pytest.mark.slow
def test_serve_answers_locally_and_reports_a_port_in_use(sample_home: Home) -> None:
    port = _free_port()
    call = [sys.executable, "-m", "doithoai", "serve", "--port", str(port), "--home", str(sample_home.root)]
    child = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert child.stdout is not None
        assert f"http://127.0.0.1:{port}" in child.stdout.readline()
        assert _response(f"http://127.0.0.1:{port}/_stcore/health") == "ok"
        second = subprocess.run(call, capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert f"Cổng {port} đang có chương trình khác dùng" in second.stderr
    finally:
        child.terminate()
        child.wait(timeout=20)
        if child.stdout is not None:
            child.stdout.close()
