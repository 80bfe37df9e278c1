"""Zip files (workbooks, and feeds of CSV files), checked before anything is unpacked."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.reading.obstacles import UnreadableError, damaged_sheet_part, encrypted, suspicious_zip, too_large
from warehouse.settings import Limits

_MAX_MEMBERS = 2_000
_EXPANSION = 20
_MAX_RATIO = 300
_FREE_RATIO_BYTES = 4 << 20
_BLOCK = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def _holds_csv(archive: zipfile.ZipFile) -> bool:
    return any(name.lower().endswith((".csv", ".txt", ".tsv")) for name in archive.namelist())


@dataclass(frozen=True)
class OpenArchive:
    """A zip whose directory was checked and is safe."""

    name: str
    zip: zipfile.ZipFile
    limit_bytes: int

    def names(self) -> list[str]:
        """The names of its files, without folders and without files added by operating systems."""
        return [info.filename for info in self.zip.infolist() if not info.is_dir() and not _is_clutter(info.filename)]

    def blocks(self, member: str) -> "Blocks":
        """The content of one file in blocks of 1 MiB; its size and CRC are checked on the way."""
        return Blocks(self, member)


@dataclass(frozen=True)
class Blocks:
    """An iterable over one member's content; raises UnreadableError if it is damaged or larger than declared."""

    archive: OpenArchive
    member: str

    def __iter__(self) -> "BlockReader":
        return BlockReader(self)


class BlockReader:
    """One pass over a member."""

    def __init__(self, blocks: Blocks) -> None:
        self._archive = blocks.archive
        self._declared = blocks.archive.zip.getinfo(blocks.member).file_size
        self._read = 0
        self._file: IO[bytes] = self._guarded_open(blocks.member)

    def __iter__(self) -> "BlockReader":
        return self

    def __next__(self) -> bytes:
        try:
            block = self._file.read(_BLOCK)
        except _DAMAGED as error:
            raise UnreadableError(damaged_sheet_part(self._archive.name)) from error
        self._read += len(block)
        if self._read > self._declared:
            raise UnreadableError(suspicious_zip(self._archive.name, "kích thước thật lớn hơn kích thước khai báo"))
        if not block:
            self._file.close()
            raise StopIteration
        return block

    def _guarded_open(self, member: str) -> IO[bytes]:
        try:
            return self._archive.zip.open(member)
        except RuntimeError as error:
            raise UnreadableError(encrypted(self._archive.name)) from error
        except _DAMAGED as error:
            raise UnreadableError(damaged_sheet_part(self._archive.name)) from error


def open_archive(path: Path, name: str, limits: Limits) -> OpenArchive:
    """Open the zip at `path`; raise UnreadableError if it is damaged, unsafe, too large or encrypted."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise UnreadableError(damaged_sheet_part(name)) from error
    infos = archive.infolist()
    limit_bytes = limits.max_file_mb * _EXPANSION << 20
    reason = _danger(infos, path.stat().st_size)
    if reason:
        raise UnreadableError(suspicious_zip(name, reason))
    total = sum(info.file_size for info in infos)
    if total > limit_bytes:
        raise UnreadableError(too_large(name, total / (1 << 20), limit_bytes >> 20, is_csv=_holds_csv(archive)))
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError(encrypted(name))
    return OpenArchive(name, archive, limit_bytes)


def extract(archive: OpenArchive, member: str, target: Path) -> Path:
    """Extract one member to `target`, never to the name in the zip, and return `target`."""
    with target.open("wb") as file:
        file.writelines(archive.blocks(member))
    return target


def _danger(infos: list[zipfile.ZipInfo], size: int) -> str:
    """Why this directory is refused, in Vietnamese; empty if it is safe."""
    if len(infos) > _MAX_MEMBERS:
        return f"có {len(infos)} tệp con, quá nhiều"
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        return "có hai tệp con cùng tên"
    if any(_leaves_folder(name) for name in names):
        return "có tệp con mang đường dẫn ra ngoài"
    if sum(info.compress_size for info in infos) > size:
        return "các tệp con chồng lên nhau"
    if any(_is_bomb(info) for info in infos):
        return "tỷ lệ nén bất thường"
    return ""


def _leaves_folder(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _FREE_RATIO_BYTES and info.file_size > _MAX_RATIO * max(1, info.compress_size)


def _is_clutter(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith((".", "~$")) or path.name == "Thumbs.db"
