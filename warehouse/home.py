"""A home: the one folder with all data of a province, so that a copy of it is a backup."""

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
"""Seconds that readers wait for a writer, and a writer for readers."""

_STEP = 0.1


@dataclass(frozen=True)
class Home:
    """The paths of a home. They need not exist before `create`."""

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
        """The province's own mapping profiles, if any."""
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
        """The file with the release for which the warehouse was last checked; without it the check runs again."""
        return self.root / "release.txt"

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.toml"

    @property
    def access_file(self) -> Path:
        """Who may sign in, how, and from which network."""
        return self.root / "access.toml"

    @property
    def pointer(self) -> Path:
        return self.published / "current.json"

    @property
    def lock(self) -> Path:
        return self.root / "writer.lock"


def create(root: Path, defaults: Path = DEFAULTS) -> Home:
    """Create a home at `root` from the lookups (`*.csv`) and `settings.toml` in `defaults`.

    A lookup that `defaults` lacks is copied from the project's defaults. Existing files are kept: a province's lookups
    and settings are never overwritten. Raise UsageError if `root` is a file.
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
    """Return the home at `root`; raise UsageError if there is none."""
    home = Home(root.resolve())
    if not home.settings_file.is_file():
        raise UsageError(
            f"Thư mục {home.root} chưa phải là kho dữ liệu của Đối thoại (không có settings.toml).",
            f"Chạy «doithoai init --home {home.root}» trước.",
        )
    return home


def private(home: Home) -> Iterator[Path]:
    """Yield the existing paths of the home that may hold personal data: received feeds and the data read from them."""
    kept = (home.inbox, home.archive, home.warehouse, home.warehouse.with_name("warehouse.duckdb.wal"), home.state)
    yield from (path for path in kept if path.exists())


def keep_private(home: Home) -> None:
    """Remove all permissions of group and others from private paths; a group that may write to the inbox keeps its own.

    Paths owned by other users are left unchanged; `doctor` reports who can read them.
    """
    for path in private(home):
        mode = path.stat().st_mode
        is_delivered_to = path == home.inbox and mode & stat.S_IWGRP
        kept = mode & ~(stat.S_IRWXO if is_delivered_to else stat.S_IRWXO | stat.S_IRWXG)
        if mode != kept and path.stat().st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(kept))


@contextmanager
def writer_lock(home: Home, purpose: str, now: datetime) -> Iterator[None]:
    """Hold the home for writing, as `held` does; only the owner can read the files created meanwhile.

    DuckDB creates its files, log and spilled data with the umask of the process.
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
    """Hold the home against other writers; raise WriterBusy, naming the other's purpose and start, if there is one.

    Wait for readers, up to PATIENCE. The lock is the operating system's (flock): it ends with the process, so a stale
    file does not block.
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
    """Hold the home against writers, shared with readers; raise WriterBusy if a writer holds it beyond PATIENCE."""
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
    """Acquire the lock for writing; wait for readers, but not for another writer."""
    for _ in _patiently():
        if _took(handle, fcntl.LOCK_EX):
            return
        is_only_read = _took(handle, fcntl.LOCK_SH)
        fcntl.flock(handle, fcntl.LOCK_UN)
        if not is_only_read:
            raise _busy(home, handle)
    raise WriterBusy(f"Kho dữ liệu {home.root} đang được một tiến trình khác đọc.", "Đợi việc đó xong rồi chạy lại.")


def _patiently() -> Iterator[int]:
    """Yield the number of each attempt, with a pause after it, until PATIENCE has passed."""
    for attempt in range(int(PATIENCE / _STEP)):
        yield attempt
        time.sleep(_STEP)


def _took(handle: int, kind: int) -> bool:
    """Try to acquire the lock without waiting; return whether it succeeded."""
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
