"""The tables of access in `state.sqlite`."""

import sqlite3

from warehouse import state_file
from warehouse.access import accounts, audit, sessions
from warehouse.home import Home


def opened(home: Home) -> sqlite3.Connection:
    """Open `state.sqlite` with all tables of access; the caller closes it."""
    con = state_file.connection(home)
    for module in (accounts, sessions, audit):
        module.create(con)
    return con
