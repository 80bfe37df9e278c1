"""A home: the one folder that holds everything a province owns, so that a backup is a copy of it."""

import fcntl
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.errors import UsageError, WriterBusy

DEFAULTS = Path(__file__).parent / "defaults"

PATIENCE = 10.0
"""Seconds for which a reader waits for a writer, and a writer for readers."""

_STEP = 0.1


@dataclass(frozen=True)
class Home:
    """The paths of a home. None of them need exist until `create` has been called."""

    root: Path

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def frozen(self) -> Path:
        return self.root / "frozen"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def profiles(self) -> Path:
        """The province's own mapping profiles, if it has any."""
        return self.root / "profiles"

    @property
    def lookups(self) -> Path:
        return self.root / "lookups"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def state(self) -> Path:
        return self.root / "state.sqlite"

    @property
    def release(self) -> Path:
        """Up to which steps and contracts the warehouse was found to be widened; without it one looks again."""
        return self.root / "release.txt"

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.toml"

    @property
    def pointer(self) -> Path:
        return self.published / "current.json"

    @property
    def lock(self) -> Path:
        return self.root / "writer.lock"


def create(root: Path, defaults: Path = DEFAULTS) -> Home:
    """Make a home at `root` from the lookups (`*.csv`) and `settings.toml` in `defaults`.

    A lookup that `defaults` lacks (swap days, say, for a foreign export) is taken from the project's own defaults.
    What is already there stays: a province's own lookups and settings are never overwritten.
    """
    home = Home(root.resolve())
    if home.root.exists() and not home.root.is_dir():
        raise UsageError(f"{home.root} là một tệp, không phải thư mục.", "Chọn thư mục khác cho --home.")
    for folder in (home.inbox, home.archive, home.published, home.frozen, home.reports, home.lookups):
        folder.mkdir(parents=True, exist_ok=True)
    keep_private(home)
    for source in (*sorted(defaults.glob("*.csv")), *sorted(DEFAULTS.glob("*.csv"))):
        _copy_if_absent(source, home.lookups / source.name)
    _copy_if_absent(defaults / "settings.toml", home.settings_file)
    return home


def existing(root: Path) -> Home:
    """The home at `root`; UsageError where there is none."""
    home = Home(root.resolve())
    if not home.settings_file.is_file():
        raise UsageError(
            f"Thư mục {home.root} chưa phải là kho dữ liệu của Đối thoại (không có settings.toml).",
            f"Chạy «doithoai init --home {home.root}» trước.",
        )
    return home


def private(home: Home) -> Iterator[Path]:
    """What of the home may hold personal data, as far as it is there: feeds as received and the data read from them."""
    kept = (home.inbox, home.archive, home.warehouse, home.warehouse.with_name("warehouse.duckdb.wal"), home.state)
    yield from (path for path in kept if path.exists())


def keep_private(home: Home) -> None:
    """Takes from others the right to read what is private; a group that may write into the inbox keeps its rights.

    What belongs to another user stays as it is: `doctor` tells who else can read it.
    """
    for path in private(home):
        mode = path.stat().st_mode
        is_delivered_to = path == home.inbox and mode & stat.S_IWGRP
        kept = mode & ~(stat.S_IRWXO if is_delivered_to else stat.S_IRWXO | stat.S_IRWXG)
        if mode != kept and path.stat().st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(kept))


@contextmanager
def writer_lock(home: Home, purpose: str, now: datetime) -> Iterator[None]:
    """Hold the home for writing, as `held` does; what is written meanwhile nobody but the owner reads.

    DuckDB makes its files, the log and what does not fit into memory, with the rights that the process leaves to them.
    """
    with held(home, purpose, now):
        keep_private(home)
        before = os.umask(0o077)
        try:
            yield
        finally:
            os.umask(before)


@contextmanager
def held(home: Home, purpose: str, now: datetime) -> Iterator[None]:
    """Hold the home against other writers; WriterBusy, naming who holds it and since when, if one does.

    Who only reads the warehouse is waited for, up to PATIENCE.

    The lock is the operating system's (flock): it ends with the process, however that ends; a stale file blocks nobody.
    """
    handle = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle, home)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"«{purpose}» (tiến trình {os.getpid()}, từ {now:%H:%M:%S ngày %d/%m/%Y})".encode(), 0)
        yield
    finally:
        os.close(handle)


@contextmanager
def reader_lock(home: Home) -> Iterator[None]:
    """Hold the home against writers, beside other readers; WriterBusy if a writer is at work beyond PATIENCE."""
    if not home.lock.exists():
        yield
        return
    handle = os.open(home.lock, os.O_RDONLY)
    try:
        if not any(_took(handle, fcntl.LOCK_SH) for _ in _patiently()):
            raise _busy(home, handle)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, home: Home) -> None:
    """Takes the lock for writing: waits for those who read, not for another writer."""
    for _ in _patiently():
        if _took(handle, fcntl.LOCK_EX):
            return
        is_only_read = _took(handle, fcntl.LOCK_SH)
        fcntl.flock(handle, fcntl.LOCK_UN)
        if not is_only_read:
            raise _busy(home, handle)
    raise WriterBusy(f"Kho dữ liệu {home.root} đang được một tiến trình khác đọc.", "Đợi việc đó xong rồi chạy lại.")


def _patiently() -> Iterator[int]:
    """Tries, one after the other, for as long as PATIENCE."""
    for attempt in range(int(PATIENCE / _STEP)):
        yield attempt
        time.sleep(_STEP)


def _took(handle: int, kind: int) -> bool:
    """Whether the lock is ours now; nobody is waited for."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _busy(home: Home, handle: int) -> WriterBusy:
    holder = os.pread(handle, 500, 0).decode(errors="replace") or "một tiến trình khác"
    return WriterBusy(f"Kho dữ liệu {home.root} đang được ghi bởi {holder}.", "Đợi việc đó xong rồi chạy lại.")


def _copy_if_absent(source: Path, target: Path) -> None:
    if not target.exists():
        shutil.copyfile(source, target)
