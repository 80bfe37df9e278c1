"""When feeds were saved, and which of two versions is therefore the newer one, with the evidence."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from ingest.reading.obstacles import UnreadableError
from ingest.reading.workbook.xml_stream import text_of
from ingest.reading.workbook.zip_archive import OpenArchive, open_archive
from warehouse.settings import Limits

SAME_TIME = timedelta(seconds=2)
"""File times less than this apart count as equal: zip and FAT store times in steps of two seconds."""

_WRITTEN_IN = {"docProps/core.xml": "modified", "meta.xml": "date"}
"""The parts of a workbook (.xlsx, .ods) that record when it was last saved, and the element with the time."""

_LONGEST_PROPERTIES = 1 << 16


class Basis(StrEnum):
    """The evidence for which of two feeds is newer."""

    FILE_TIME = "file_time"
    WRITTEN_TIME = "written_time"
    """The files have the same time, but the workbooks record when they were saved."""
    NAME = "name"
    """Only the names differ: the order is not certain."""
    SAVED_EARLIER = "saved_earlier"
    """The feed received last was saved before the one that it supersedes."""


@dataclass(frozen=True)
class SavedFeed:
    """A feed and when it was saved, in the home's time zone.

    `saved_at` is the time of the file; for a folder or a zip, the time of its newest member. `written_at` is the time
    that the workbook itself records.
    """

    source: Path
    saved_at: datetime | None = None
    written_at: datetime | None = None


@dataclass(frozen=True)
class Superseded:
    """The version that a feed supersedes, and the evidence.

    `saved_at` is the save time of the new feed, `other_saved_at` that of the superseded version (later under
    SAVED_EARLIER).
    """

    feed_id: str | None
    file_name: str
    basis: Basis
    saved_at: datetime | None
    other_saved_at: datetime | None


def in_order_of_saving(sources: Iterable[Path], zone: tzinfo, limits: Limits) -> list[SavedFeed]:
    """The feeds, oldest first; feeds with equal file times are ordered by the times in the workbooks, then by name."""
    files = sorted(
        (SavedFeed(source, _saved_at(source, zone, limits)) for source in sources),
        key=lambda it: it.saved_at or datetime.min,
    )
    return [each for together in _of_one_time(files) for each in _told_apart(together, zone, limits)]


def superseded(older: SavedFeed, newer: SavedFeed, feed_id: str | None, file_name: str) -> Superseded:
    """The record that `newer` supersedes `older`, whose feed id is `feed_id`, with the evidence."""
    if _apart(older, newer):
        return Superseded(feed_id, file_name, Basis.FILE_TIME, newer.saved_at, older.saved_at)
    if older.written_at and newer.written_at and older.written_at < newer.written_at:
        return Superseded(feed_id, file_name, Basis.WRITTEN_TIME, newer.written_at, older.written_at)
    return Superseded(feed_id, file_name, Basis.NAME, newer.saved_at, older.saved_at)


def _of_one_time(files: Sequence[SavedFeed]) -> Iterator[list[SavedFeed]]:
    """Yield groups of files whose times do not decide their order."""
    group: list[SavedFeed] = []
    for each in files:
        if group and _apart(group[-1], each):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _apart(older: SavedFeed, newer: SavedFeed) -> bool:
    """Whether the file times decide which of the two is newer."""
    if older.saved_at is None or newer.saved_at is None:
        return older.saved_at is not newer.saved_at
    return newer.saved_at - older.saved_at >= SAME_TIME


def _told_apart(together: Sequence[SavedFeed], zone: tzinfo, limits: Limits) -> list[SavedFeed]:
    if len(together) == 1:
        return list(together)
    told = [SavedFeed(it.source, it.saved_at, _written_at(it.source, zone, limits)) for it in together]
    return sorted(told, key=lambda it: (it.written_at or it.saved_at or datetime.min, _natural(it.source)))


def _natural(source: Path) -> list[tuple[int, str]]:
    """A sort key with `a` before `a (2)` before `a (10)`."""
    parts = re.split(r"(\d+)", source.stem)
    return [(int(part) if number % 2 else 0, part) for number, part in enumerate(parts)]


def _saved_at(source: Path, zone: tzinfo, limits: Limits) -> datetime | None:
    """When the file or its newest member was saved; None if unknown (`read_feed` reports unreadable files)."""
    try:
        if source.is_dir():
            files = [each for each in source.iterdir() if each.is_file()]
            return max((_file_time(each, zone) for each in files), default=_file_time(source, zone))
        newest = _newest_member(source, limits) if source.suffix.lower() == ".zip" else None
        return newest or _file_time(source, zone)
    except (OSError, OverflowError, ValueError):
        return None


def _file_time(path: Path, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, zone).replace(tzinfo=None)


def _newest_member(source: Path, limits: Limits) -> datetime | None:
    """The time of the newest member of a zip, in the local time of the computer that made it; None if unknown."""
    archive = _opened(source, limits)
    if archive is None:
        return None
    with archive.zip:
        times = [archive.zip.getinfo(name).date_time for name in archive.names()]
        return max((datetime(*each) for each in times if each[0] > 1980), default=None)


def _written_at(source: Path, zone: tzinfo, limits: Limits) -> datetime | None:
    """The time of the last save that the workbook records; None if it records none."""
    archive = _opened(source, limits) if source.is_file() else None
    if archive is None:
        return None
    with archive.zip:
        for member, element in _WRITTEN_IN.items():
            if member in archive.names() and (text := _text_of(archive, member, element)):
                return _local(text, zone)
    return None


def _opened(source: Path, limits: Limits) -> OpenArchive | None:
    """The opened zip; None if the file is not a safe zip."""
    try:
        return open_archive(source, os.fspath(source.name), limits)
    except (UnreadableError, OSError):
        return None


def _text_of(archive: OpenArchive, member: str, element: str) -> str:
    if archive.zip.getinfo(member).file_size > _LONGEST_PROPERTIES:
        return ""
    try:
        return text_of(archive.blocks(member), element)
    except UnreadableError:
        return ""


def _local(text: str, zone: tzinfo) -> datetime | None:
    try:
        told = datetime.fromisoformat(text.strip())
        return told.astimezone(zone).replace(tzinfo=None) if told.tzinfo else told
    except (ValueError, OverflowError):
        return None
