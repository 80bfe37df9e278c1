"""State: entries are append-only, the newest counts, and two processes may write at the same time."""

import multiprocessing
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from warehouse.errors import UsageError, WriterBusy
from warehouse.home import Home
from warehouse.state import Alias, Confirmation, Explanation, known_state, open_state

NOW = datetime(2024, 10, 5, 12)
CONFIRMED = Confirmation("347", "k1", "future_date", "Hội nghị!D5", "2025-01-01", "Đã hoãn", "Lê Thị Bình", NOW)
ALIAS = Alias("347", "petitions", "outcome", "Đã GQ", "resolved", "Lê Thị Bình", NOW)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_reason_and_its_alias_are_stored_together(home: Home) -> None:
    """If storing one fails, neither is stored, so that the next check asks again."""
    with open_state(home) as state, pytest.raises(AttributeError):
        state.keep([CONFIRMED], [None])  # type: ignore[list-item]
    with open_state(home) as state:
        assert (state.confirmations("347"), state.aliases("347")) == ({}, ())


def test_explanations_are_kept_newest_first(home: Home) -> None:
    first = Explanation("gone|P1", "Nhập nhầm", "Lê Thị Bình", NOW)
    second = replace(first, text="Chuyển về tỉnh", written_at=datetime(2024, 10, 6))
    with open_state(home) as state:
        state.explain(first)
        state.explain(second)
    with open_state(home) as state:
        assert state.explanations() == {"gone|P1": (second, first)}


def test_the_newest_confirmation_of_a_key_counts_and_only_for_its_sender(home: Home) -> None:
    later = replace(CONFIRMED, reason="Ngày dự kiến")
    with open_state(home) as state:
        state.keep([CONFIRMED, replace(CONFIRMED, key="k2"), replace(CONFIRMED, sender_unit_code="349")])
        state.keep([later])
        assert state.confirmations("347") == {"k1": later, "k2": replace(CONFIRMED, key="k2")}
        assert state.confirmations("999") == {}


def test_an_alias_is_replaced_and_withdrawn(home: Home) -> None:
    other = replace(ALIAS, field="satisfaction", read="satisfied")
    with open_state(home) as state:
        state.remember([ALIAS, other])
        state.remember([replace(ALIAS, read="explained")])
        assert state.aliases("347") == (replace(ALIAS, read="explained"), other)
        state.remember([replace(ALIAS, read="")])
        assert state.aliases("347") == (other,)


def test_stored_entries_cannot_be_changed(home: Home) -> None:
    with open_state(home) as state:
        state.keep([CONFIRMED])
    con = sqlite3.connect(home.state)
    for change in ("update confirmations set reason = 'x'", "delete from confirmations"):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            con.execute(change)
    con.close()


def test_reading_creates_no_file(home: Home) -> None:
    with known_state(home) as state:
        assert (state.confirmations("347"), state.aliases("347"), state.explanations()) == ({}, (), {})
    assert not home.state.exists()
    with open_state(home) as state:
        state.keep([CONFIRMED])
    with known_state(home) as state:
        assert state.confirmations("347") == {"k1": CONFIRMED}


def test_a_batch_is_stored_completely_or_not_at_all(home: Home) -> None:
    broken = replace(CONFIRMED, key="k2")
    object.__setattr__(broken, "cell", None)
    with open_state(home) as state:
        with pytest.raises(UsageError):
            state.keep([CONFIRMED, broken])
        assert state.confirmations("347") == {}


def test_a_confirmation_needs_a_reason_and_a_name() -> None:
    with pytest.raises(UsageError):
        replace(CONFIRMED, reason="  ")
    with pytest.raises(UsageError):
        replace(CONFIRMED, confirmed_by="")


def test_a_file_that_is_no_database_is_reported(home: Home) -> None:
    home.state.write_bytes(b"not a database, but long enough to look like one" * 10)
    with pytest.raises(UsageError, match=r"state\.sqlite"), open_state(home):
        pass


def test_a_writer_that_does_not_finish_is_reported(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_state(home):
        pass
    monkeypatch.setattr("warehouse.state_file.PATIENCE", 0.05)
    other = sqlite3.connect(home.state, isolation_level=None)
    other.execute("begin immediate")
    with open_state(home) as state, pytest.raises(WriterBusy):
        state.keep([CONFIRMED])
    other.close()


def _store(root: Path, name: str, count: int) -> None:
    for number in range(count):
        with open_state(Home(root)) as state:
            batch = [replace(CONFIRMED, key=f"{name}-{number}-{part}", confirmed_by=name) for part in "ab"]
            state.keep(batch)
            assert {each.key for each in batch} <= state.confirmations("347").keys()


def test_concurrent_writers_lose_nothing(home: Home) -> None:
    """The first writer creates the database while the others wait."""
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_store, args=(home.root, name, 40)) for name in ("one", "two", "three")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with open_state(home) as state:
        kept = state.confirmations("347")
    assert kept.keys() == {f"{name}-{n}-{part}" for name in ("one", "two", "three") for n in range(40) for part in "ab"}
