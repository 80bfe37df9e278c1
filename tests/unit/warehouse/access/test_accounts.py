"""Local accounts: first passwords, lockout, disabling, roles; and the sessions that end with a change."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from warehouse.access import accounts, audit, sessions, tables
from warehouse.access.accounts import SignInRefused
from warehouse.access.audit import Actor
from warehouse.access.grants import read_grant
from warehouse.access.roles import Grant, Person, Role
from warehouse.access.sessions import SessionLimits
from warehouse.errors import UsageError
from warehouse.home import Home

NOW = datetime(2024, 9, 30, 8)
ADMIN = Actor("root", "", "console")
OWN = "một câu dài dễ nhớ"
LIMITS = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=10))


@pytest.fixture
def con(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    con = tables.opened(Home(tmp_path))
    yield con
    con.close()


def _added(con: sqlite3.Connection, *roles: str) -> str:
    granted = [read_grant(role) for role in roles or ("leader",)]
    return accounts.add(con, "An.Nguyen", "An (mẫu)", granted, by=ADMIN, now=NOW)


def test_a_first_password_signs_in_for_three_days_and_is_stored_as_argon2(con: sqlite3.Connection) -> None:
    password = _added(con)
    assert accounts.sign_in(con, "an.nguyen", password, NOW + timedelta(days=3)).is_first
    with pytest.raises(SignInRefused):
        accounts.sign_in(con, "an.nguyen", password, NOW + timedelta(days=3, seconds=1))
    ((stored,),) = con.execute("select password_hash from accounts").fetchall()
    assert stored.startswith("$argon2id$")
    assert password not in stored


def test_an_own_password_replaces_the_first_one(con: sqlite3.Connection) -> None:
    first = _added(con)
    accounts.change_password(con, "an.nguyen", OWN, by=ADMIN, now=NOW)
    assert not accounts.sign_in(con, "AN.NGUYEN", OWN, NOW + timedelta(days=900)).is_first
    with pytest.raises(SignInRefused):
        accounts.sign_in(con, "an.nguyen", first, NOW)


@pytest.mark.parametrize("password", ["ngắn quá", "aaaaaaaaaaaaaaa", "xin chào an.nguyen nhé", "x" * 129])
def test_a_poor_password_is_refused(con: sqlite3.Connection, password: str) -> None:
    _added(con)
    with pytest.raises(UsageError):
        accounts.change_password(con, "an.nguyen", password, by=ADMIN, now=NOW)


def test_five_failures_lock_the_account_and_each_further_one_doubles_the_time(con: sqlite3.Connection) -> None:
    right = _added(con)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            accounts.sign_in(con, "an.nguyen", "sai", NOW)
    with pytest.raises(SignInRefused):
        accounts.sign_in(con, "an.nguyen", right, NOW + timedelta(seconds=59))
    with pytest.raises(SignInRefused):
        accounts.sign_in(con, "an.nguyen", "sai", NOW + timedelta(minutes=1))
    with pytest.raises(SignInRefused):
        accounts.sign_in(con, "an.nguyen", right, NOW + timedelta(minutes=2, seconds=59))
    assert accounts.sign_in(con, "an.nguyen", right, NOW + timedelta(minutes=3)).name == "an.nguyen"
    known = accounts.account(con, "an.nguyen")
    assert known is not None
    assert known.failures == 0


def test_a_lock_lasts_an_hour_at_most(con: sqlite3.Connection) -> None:
    _added(con)
    now = NOW
    for _ in range(20):
        now += timedelta(hours=2)
        with pytest.raises(SignInRefused):
            accounts.sign_in(con, "an.nguyen", "sai", now)
    known = accounts.account(con, "an.nguyen")
    assert known is not None
    assert known.locked_until == now + timedelta(hours=1)


def test_refusals_do_not_tell_whether_an_account_exists(con: sqlite3.Connection) -> None:
    password = _added(con)
    accounts.change(con, "an.nguyen", by=ADMIN, now=NOW, is_disabled=True)
    told = set()
    for name, tried in (("nobody", "x"), ("an.nguyen", "sai"), ("an.nguyen", password)):
        with pytest.raises(SignInRefused) as refused:
            accounts.sign_in(con, name, tried, NOW)
        told.add(str(refused.value))
    assert len(told) == 1


@pytest.mark.parametrize("change", ["disable", "role", "reset", "password"])
def test_every_change_of_an_account_ends_its_sessions(con: sqlite3.Connection, change: str) -> None:
    _added(con)
    token = sessions.begin(con, Person("an.nguyen", "An", (Grant(Role.LEADER),)), NOW)
    key = sessions.key_of(token)
    assert sessions.living(con, key, NOW, LIMITS)
    if change == "disable":
        accounts.change(con, "an.nguyen", by=ADMIN, now=NOW, is_disabled=True)
    elif change == "role":
        accounts.change(con, "an.nguyen", by=ADMIN, now=NOW, grants=[Grant(Role.VIEWER)])
    elif change == "reset":
        accounts.reset_password(con, "an.nguyen", by=ADMIN, now=NOW)
    else:
        accounts.change_password(con, "an.nguyen", OWN, by=ADMIN, now=NOW)
    assert sessions.living(con, key, NOW, LIMITS) is None


def test_a_session_ends_after_idle_and_absolute_limits(con: sqlite3.Connection) -> None:
    key = sessions.key_of(sessions.begin(con, Person("an", "An", ()), NOW))
    now = NOW
    while found := sessions.living(con, key, now, LIMITS):
        sessions.touch(con, found, now)
        now += timedelta(minutes=29)
    assert NOW + LIMITS.absolute <= now < NOW + LIMITS.absolute + timedelta(minutes=29)
    other = sessions.key_of(sessions.begin(con, Person("an", "An", ()), NOW))
    assert sessions.living(con, other, NOW + timedelta(minutes=29, seconds=59), LIMITS)
    assert sessions.living(con, other, NOW + timedelta(minutes=30), LIMITS) is None


def test_the_token_is_not_stored(con: sqlite3.Connection) -> None:
    token = sessions.begin(con, Person("an", "An", ()), NOW)
    assert token not in "".join(con.iterdump())


def test_a_role_needs_its_unit_and_no_other_takes_one() -> None:
    assert read_grant("unit_steward:347") == Grant(Role.UNIT_STEWARD, "347")
    assert read_grant("reviewer+text") == Grant(Role.REVIEWER, text=True)
    for wrong in ("unit_steward", "boss", "viewer:347", "administrator:347", ""):
        with pytest.raises(UsageError):
            read_grant(wrong)


@pytest.mark.parametrize("name", ["", "có dấu", "a b", "../etc", "x;y"])
def test_a_name_is_plain(con: sqlite3.Connection, name: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(con, name, "X", [Grant(Role.VIEWER)], by=ADMIN, now=NOW)


def test_changes_of_accounts_are_in_the_audit_log(con: sqlite3.Connection) -> None:
    _added(con, "unit_steward:347")
    accounts.change(con, "an.nguyen", by=ADMIN, now=NOW, is_disabled=True)
    accounts.reset_password(con, "an.nguyen", by=ADMIN, now=NOW)
    assert [line.action for line in reversed(audit.lines(con))] == [
        "account_added",
        "account_changed",
        "account_changed",
    ]
