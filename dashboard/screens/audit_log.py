"""Nhật ký truy cập: who did what, when and from where; and the local accounts. For administrators."""

from dataclasses import asdict
from datetime import date
from sqlite3 import Connection

import pandas as pd
import streamlit as st

from dashboard.access.visitor import Visitor
from dashboard.page import elements
from dashboard.text import audit as texts
from warehouse.access import accounts, audit, tables
from warehouse.access.accounts import Account

MOST = 500


def show(visitor: Visitor) -> None:
    """Draw the log with its filters, then the accounts."""
    con = tables.opened(visitor.home)
    try:
        _log(con)
        _accounts(con, visitor)
    finally:
        con.close()


def _log(con: Connection) -> None:
    with st.container(key="filters"):
        action, actor, unit, since = _filters()
    found = audit.lines(con, action=action, actor=actor, unit=unit, since=since, most=MOST)
    elements.say(texts.headline(len(found), MOST), "message")
    broken = audit.broken_line(con)
    if broken is None:
        elements.say(texts.WHOLE, "note")
    else:
        elements.notice(texts.broken(broken))
    if not found:
        elements.say(texts.NOTHING, "note")
        return
    rows = pd.DataFrame([asdict(line) for line in found])
    rows["action"] = rows["action"].map(texts.ACTIONS)
    rows["at"] = rows["at"].str[:19]
    elements.local_frame(rows, elements.text_columns(texts.COLUMNS, texts.WIDTHS, {}), "nhat-ky")


def _filters() -> tuple[str, str, str, str]:
    """Draw the filters; return action, account, unit and first day, '' where not chosen."""
    columns = st.columns([1.4, 1, 0.8, 0.8])
    names = {"": texts.ANY_ACTION, **texts.ACTIONS}
    with columns[0]:
        action = st.selectbox(texts.ACTION, list(names), format_func=names.__getitem__, key="nhat-ky-viec")
    with columns[1]:
        actor = st.text_input(texts.ACTOR, key="nhat-ky-nguoi").strip()
    with columns[2]:
        unit = st.text_input(texts.UNIT, key="nhat-ky-don-vi").strip()
    with columns[3]:
        since = st.date_input(texts.SINCE, value=None, key="nhat-ky-tu", format="DD/MM/YYYY")
    return action or "", actor, unit, since.isoformat() if isinstance(since, date) else ""


def _accounts(con: Connection, visitor: Visitor) -> None:
    elements.say(texts.ACCOUNTS, "heading")
    elements.say(texts.ACCOUNTS_NOTE, "note")
    found = accounts.all_accounts(con)
    rows = [
        {
            "name": each.name,
            "full_name": each.full_name,
            "roles": ", ".join(grant.name for grant in each.grants),
            "state": _state(each, visitor),
        }
        for each in found
    ]
    if rows:
        columns = elements.text_columns(texts.ACCOUNT_COLUMNS, texts.ACCOUNT_WIDTHS, {})
        elements.local_frame(pd.DataFrame(rows), columns, "tai-khoan")


def _state(found: Account, visitor: Visitor) -> str:
    if found.is_disabled:
        return texts.DISABLED
    if found.is_locked(visitor.now()):
        return texts.LOCKED
    return texts.FIRST if found.is_first else texts.ACTIVE
