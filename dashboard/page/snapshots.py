"""The published snapshot: looked up on each rerun, kept open, with cached results."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

from dashboard.access.reader import Reader, reader_of
from dashboard.page.answers import Answers
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
    answers: Answers = field(default_factory=Answers)

    def ask(
        self,
        query: Callable[Concatenate[Connection, Scope, Given], Answer],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """Return the cached result of `query(connection, scope, *args, **kwargs)`."""
        question = (_name(query), repr((self.scope, args, sorted(kwargs.items()))))
        return self.answers.of(question, lambda: query(self.connection, self.scope, *args, **kwargs))

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
        return self.answers.of(_name(query), lambda: query(self.connection))


def _name(query: Callable[..., Any]) -> str:
    return f"{query.__module__}.{query.__qualname__}"


def open_current(home: Home, person: Person) -> tuple[Snapshot, Reader]:
    """Open the snapshot in force for a person; SnapshotMissing if there is none, or if it was made by another
    release."""
    file = current(home)
    opened = _opened(str(file.path))
    question = (_name(reader_of), repr((person.grants, sorted(person.rights))))
    known = opened.answers.of(question, lambda: reader_of(person, opened.connection))
    reader = replace(known, person=person)
    return Snapshot(file.id, file.path, reader.scope, opened.connection, opened.answers), reader


@dataclass(frozen=True)
class Opened:
    """A connection to a snapshot, and the answers it has given."""

    connection: Connection
    answers: Answers


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened(path: str) -> Opened:
    """Return a read-only connection. The last three stay open; older ones are closed by the garbage collector when no
    page uses them, never explicitly, because that would end the cursors of running pages."""
    try:
        connection = connect(Path(path), read_only=True)
        missing = catalogue.missing_parts(connection)
    except (duckdb.Error, UsageError) as error:
        raise SnapshotMissing(sentences.SNAPSHOT_UNREADABLE) from error
    if missing:
        raise SnapshotMissing(sentences.SNAPSHOT_OLD.format(missing=", ".join(missing[:4])))
    return Opened(connection, Answers())
