"""A home: the one folder that holds everything a province owns, so that a backup is a copy of it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.errors import UsageError, WriterBusy

DEFAULTS = Path(__file__).parent / "defaults"


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
    def lookups(self) -> Path:
        return self.root / "lookups"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def state(self) -> Path:
        return self.root / "state.sqlite"

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
    home.archive.chmod(0o700)  # feeds as received: they may hold personal data
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


@contextmanager
def writer_lock(home: Home, purpose: str, now: datetime) -> Iterator[None]:
    """Hold the home for writing; WriterBusy, naming who holds it and since when, if another process does.

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


def _acquire(handle: int, home: Home) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 500, 0).decode(errors="replace") or "một tiến trình khác"
        raise WriterBusy(
            f"Kho dữ liệu {home.root} đang được ghi bởi {holder}.", "Đợi việc đó xong rồi chạy lại."
        ) from error


def _copy_if_absent(source: Path, target: Path) -> None:
    if not target.exists():
        shutil.copyfile(source, target)
