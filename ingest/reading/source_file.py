"""The bytes of a feed as one file, and their checksum."""

import hashlib
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from warehouse.masking import masked

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".zip", ".gz")
_LONGEST_NAME = 255
"""Maximum number of bytes of a file name."""

_NOTHING = 22
"""The size in bytes of an empty zip, which an empty folder becomes."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Packed:
    """A feed as one file.

    `path` holds its bytes, `name` is the sender's file name, masked, `suffix` the ending of its name in the archive.
    """

    path: Path
    name: str
    suffix: str
    sha256: str


def pack(source: Path, workdir: Path) -> Packed:
    """Return a file as it is, and a folder as an uncompressed, reproducible zip of its files, without hidden ones."""
    if not source.is_dir():
        return Packed(source, masked_name(source), _suffix(source), sha256_of(source))
    packed = workdir / "folder.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(source.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                with path.open("rb") as file, archive.open(_member(path), "w") as member:
                    shutil.copyfileobj(file, member, 1 << 20)
    return Packed(packed, masked_name(source), ".zip", sha256_of(packed))


def masked_name(source: Path) -> str:
    """The sender's file name, masked like any text; the result is a valid name with the same ending."""
    ending = source.name[-len(_suffix(source)) :] if _suffix(source) else ""
    stem = masked(source.name.removesuffix(ending))
    return stem.encode()[: _LONGEST_NAME - len(ending.encode())].decode(errors="ignore") + ending


def with_plain_name(source: Path, workdir: Path) -> Path:
    """`source`, or a link to it in `workdir` if its name is not valid UTF-8."""
    readable = os.fsencode(source.name).decode("utf-8", "replace")
    if readable == source.name:
        return source
    workdir.mkdir(parents=True, exist_ok=True)
    link = workdir / readable
    link.symlink_to(source.absolute())
    return link


def _member(path: Path) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(path.name, _EPOCH)
    member.file_size = path.stat().st_size
    return member


def _suffix(path: Path) -> str:
    """The ending of a name, in lower case; "" if no feed has such an ending: text after a dot may be anything."""
    endings = [each.lower() for each in path.suffixes[-2:]]
    if endings[-1:] == [".gz"] and endings[0] in _ENDINGS:
        return "".join(endings)
    return endings[-1] if endings and endings[-1] in _ENDINGS else ""


def is_worth_keeping(packed: Packed, max_file_mb: float) -> bool:
    """Whether the bytes of a rejected feed are archived: a regular file, not empty, within the limit."""
    return bool(packed.sha256) and _NOTHING < packed.path.stat().st_size <= max_file_mb * (1 << 20)


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file's bytes; "" if it cannot be read, which `read_feed` reports.

    Also "" for pipes and devices, which may be endless.
    """
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
