"""The audit log: append-only, and a changed, missing or inserted line is found."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from warehouse.access import audit, tables
from warehouse.access.audit import Action, Actor
from warehouse.home import Home

NOW = datetime(2024, 9, 30, 8)
AN = Actor("an", "Lãnh đạo", "10.0.0.7")


@pytest.fixture
def con(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    con = tables.opened(Home(tmp_path))
    for number in range(5):
        audit.record(con, AN, Action.TEXT_OPENED, NOW + timedelta(minutes=number), unit="347", subject=f"KN-{number}")
    yield con
    con.close()


def test_a_whole_chain_has_no_broken_line(con: sqlite3.Connection) -> None:
    assert audit.broken_line(con) is None


def test_lines_cannot_be_changed_or_deleted(con: sqlite3.Connection) -> None:
    for change in ("update audit set actor = 'x'", "delete from audit"):
        with pytest.raises(sqlite3.DatabaseError, match="append only"):
            con.execute(change)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("update audit set actor = 'binh' where seq = 3", 3),
        ("update audit set at = '2024-09-30 08:02:01' where seq = 3", 3),
        ("delete from audit where seq = 3", 3),
        ("delete from audit where seq = 1", 1),
        ("delete from audit where seq = 5", 5),
        ("delete from audit", 1),
    ],
)
def test_a_changed_or_missing_line_is_found(con: sqlite3.Connection, change: str, broken: int) -> None:
    for trigger in ("audit_update", "audit_delete"):
        con.execute(f"drop trigger {trigger}")
    con.execute(change)
    assert audit.broken_line(con) == broken


def test_a_line_that_was_rewritten_with_its_hash_breaks_the_next(con: sqlite3.Connection) -> None:
    con.execute("drop trigger audit_update")
    con.execute("update audit set actor = 'binh' where seq = 3")
    (line,) = (each for each in audit.lines(con) if each.seq == 3)
    con.execute("update audit set hash = ? where seq = 3", (line.expected_hash,))
    assert audit.broken_line(con) == 4


def test_filters_select_lines_newest_first(con: sqlite3.Connection) -> None:
    audit.record(con, Actor("binh", "", "console"), Action.EXPORTED, NOW + timedelta(days=1), unit="350")
    assert [line.seq for line in audit.lines(con)] == [6, 5, 4, 3, 2, 1]
    assert [line.seq for line in audit.lines(con, actor="binh")] == [6]
    assert [line.seq for line in audit.lines(con, action="text_opened", most=2)] == [5, 4]
    assert [line.seq for line in audit.lines(con, unit="350")] == [6]
    assert [line.seq for line in audit.lines(con, since="2024-10-01")] == [6]


def test_control_characters_do_not_pass_and_long_texts_are_cut(con: sqlite3.Connection) -> None:
    audit.record(con, Actor("x\x1b[31m\n", "", ""), Action.SIGN_IN_FAILED, NOW, subject="y" * 1000)
    (line,) = audit.lines(con, most=1)
    assert line.actor == "x[31m"
    assert len(line.subject) == audit.LONGEST
    assert audit.broken_line(con) is None
