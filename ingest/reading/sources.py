"""Find the feeds in files and folders."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.contract.load import load
from ingest.contract.vocabulary import vocabulary
from ingest.model.received import SheetKind
from ingest.reading.feed import TEXT_NAMES

_NO_FEED = (".md", ".txt", ".json", ".log", ".tmp", ".part", ".ini", ".db")


def feed_sources(paths: Iterable[Path]) -> Iterator[Path]:
    """The feeds in `paths`: files, folders of CSV files with a cover, and the feeds inside all other folders."""
    yield from _sources(paths, frozenset())


def _sources(paths: Iterable[Path], above: frozenset[Path]) -> Iterator[Path]:
    """The feeds in `paths`; links back to the parent folders `above` are not followed."""
    for path in paths:
        entries = _entries(path)
        if entries is None or _is_feed(entries):
            yield path
        elif path.resolve() not in above:
            yield from _sources(sorted(entry for entry in entries if _counts(entry)), above | {path.resolve()})


def _entries(path: Path) -> list[Path] | None:
    """The entries of a folder; None if it is not a folder, or cannot be listed, which `read_feed` reports."""
    try:
        return list(path.iterdir()) if path.is_dir() else None
    except OSError:
        return None


def _is_feed(entries: Iterable[Path]) -> bool:
    """Whether one of a folder's CSV files is a cover, judged by any of the names that a cover may have."""
    kind_of = vocabulary(load()).kind_of
    stems = (entry.stem for entry in entries if entry.suffix.lower() in TEXT_NAMES)
    return any(kind_of(stem) is SheetKind.COVER for stem in stems)


def _counts(entry: Path) -> bool:
    """Whether an entry of a folder may be a feed: it is not a hidden, temporary or text file, or a database."""
    if entry.name.startswith((".", "~$")):
        return False
    return _is_folder(entry) or entry.suffix.lower() not in _NO_FEED


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
