"""The published snapshot: looked up on each rerun, kept open, with cached results."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

from dashboard.access.reader import Reader, reader_of
from dashboard.queries import catalogue
from dashboard.queries.scope import Connection, Scope
from dashboard.text import sentences
from warehouse.access.roles import Person
from warehouse.connection import connect
from warehouse.errors import SnapshotMissing, UsageError
from warehouse.home import Home
from warehouse.publish import current

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Snapshot:
    """An open snapshot. `ask` runs a query in the reader's scope and caches its result."""

    id: str
    path: Path
    scope: Scope
    connection: Connection

    def ask(
        self,
        query: Callable[Concatenate[Connection, Scope, Given], Answer],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """Return the cached result of `query(connection, scope, *args, **kwargs)`."""
        name, key = _name(query), repr((self.scope, args, sorted(kwargs.items())))
        answer: Answer = _remembered(self.id, name, key, lambda: query(self.connection, self.scope, *args, **kwargs))
        return answer

    def take(
        self,
        query: Callable[Concatenate[Connection, Scope, Given], Answer],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """Return the uncached result of a query, for downloads, which may be large."""
        return query(self.connection, self.scope, *args, **kwargs)

    def know(self, query: Callable[[Connection], Answer]) -> Answer:
        """Return the cached result of a query on the snapshot itself, which is not restricted by scope."""
        answer: Answer = _remembered(self.id, _name(query), "", lambda: query(self.connection))
        return answer


def _name(query: Callable[..., Any]) -> str:
    return f"{query.__module__}.{query.__qualname__}"


def open_current(home: Home, person: Person) -> tuple[Snapshot, Reader]:
    """Open the snapshot in force for a person; SnapshotMissing if there is none, or if it was made by another
    release."""
    file = current(home)
    connection = _opened(str(file.path))
    key = repr((person.grants, sorted(person.rights)))
    known: Reader = _remembered(file.id, _name(reader_of), key, lambda: reader_of(person, connection))
    reader = replace(known, person=person)
    return Snapshot(file.id, file.path, reader.scope, connection), reader


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened(path: str) -> Connection:
    """Return a read-only connection. The last three stay open; older ones are closed by the garbage collector when no
    page uses them, never explicitly, because that would end the cursors of running pages."""
    try:
        connection = connect(Path(path), read_only=True)
        missing = catalogue.missing_parts(connection)
    except (duckdb.Error, UsageError) as error:
        raise SnapshotMissing(sentences.SNAPSHOT_UNREADABLE) from error
    if missing:
        raise SnapshotMissing(sentences.SNAPSHOT_OLD.format(missing=", ".join(missing[:4])))
    return connection


@st.cache_data(max_entries=4000, show_spinner=False)
def _remembered(snapshot_id: str, name: str, key: str, _run: Callable[[], Any]) -> Any:  # noqa: ARG001  they are the key
    """Return the result of `_run`, cached by snapshot, query and arguments; a snapshot never changes."""
    return _run()
