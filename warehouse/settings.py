"""The settings of a home, read from its `settings.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.errors import UsageError
from warehouse.home import Home

DEFAULT_TIME_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Limits:
    """Limits per feed: size in MB, rows, memory (MB) and seconds of the reading child process, share of faulty rows."""

    max_file_mb: int = 50
    max_rows: int = 2_000_000
    memory_mb: int = 2048
    timeout_s: int = 120
    max_error_share: float = 0.10

    def __post_init__(self) -> None:
        _require_types(self)


@dataclass(frozen=True)
class Integrity:
    """Thresholds of integrity flags.

    Closures in the last days of a quarter: `bunched_min` (count) and `bunched_share`. Identical texts of at least
    `min_text_length` characters: at several units within `duplicate_days`, or `min_same_text` times at one unit.
    """

    bunched_min: int = 5
    bunched_share: float = 0.5
    duplicate_days: int = 30
    min_same_text: int = 5
    min_text_length: int = 20

    def __post_init__(self) -> None:
        _require_types(self)
        if not 0 < self.bunched_share <= 1:
            raise ValueError(f"bunched_share = {self.bunched_share}: phải lớn hơn 0 và không quá 1")
        if self.duplicate_days < 0:
            raise ValueError(f"duplicate_days = {self.duplicate_days}: phải từ 0 trở lên")
        for name in ("bunched_min", "min_same_text", "min_text_length"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} = {getattr(self, name)}: phải từ 1 trở lên")


@dataclass(frozen=True)
class Settings:
    """The settings. Shares are fractions of one.

    `time_zone` is an IANA name: every instant of the home is a naive datetime in this zone, whatever the server's zone.
    """

    province_code: str
    province_name: str
    term_start: date
    sample: bool = False
    min_denominator: int = 5
    min_coverage: float = 0.8
    keep_snapshots: int = 10
    time_zone: str = DEFAULT_TIME_ZONE
    limits: Limits = field(default_factory=Limits)
    integrity: Integrity = field(default_factory=Integrity)

    def __post_init__(self) -> None:
        _require_types(self)
        if not 0 <= self.min_coverage <= 1:
            raise ValueError(f"min_coverage = {self.min_coverage}: phải từ 0 đến 1")
        if self.min_denominator < 1:
            raise ValueError(f"min_denominator = {self.min_denominator}: phải từ 1 trở lên")
        if self.keep_snapshots < 1:
            raise ValueError(f"keep_snapshots = {self.keep_snapshots}: phải từ 1 trở lên")
        zone_of(self.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the home."""
        return zone_of(self.time_zone)


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone with this IANA name; raise ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(
            f'time_zone = "{name}": không có múi giờ này; ghi tên IANA, như {DEFAULT_TIME_ZONE}'
        ) from error


_KINDS: Mapping[type, str] = {int: "số nguyên", float: "số", str: "chữ trong ngoặc kép", bool: "true hoặc false",
                              date: "ngày, như 2020-10-01"}  # fmt: skip


def _require_types(settings: Any) -> None:
    """Raise ValueError naming a setting whose type differs from that of its field; an int is valid for a float."""
    for name, kind in get_type_hints(type(settings)).items():
        value = getattr(settings, name)
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise ValueError(f"{name} = {_as_written(value)}: phải là {_KINDS.get(kind, 'một mục')}")


def _as_written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def load(home: Home) -> Settings:
    """Return the settings of `home`; raise UsageError naming the file and the fault if they are invalid."""
    try:
        tables = tomllib.loads(home.settings_file.read_text(encoding="utf-8"))
        return _settings(tables)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"Không đọc được cài đặt trong {home.settings_file}: {error}.",
            "Sửa tệp này theo docs/quan-tri.md, hoặc xóa đi rồi chạy «doithoai init».",
        ) from error


def _settings(tables: dict[str, Any]) -> Settings:
    province = tables["province"]
    return Settings(
        province_code=province["code"],
        province_name=province["name"],
        term_start=province["term_start"],
        sample=province.get("sample", False),
        time_zone=province.get("time_zone", DEFAULT_TIME_ZONE),
        limits=Limits(**tables.get("limits", {})),
        integrity=Integrity(**tables.get("integrity", {})),
        **tables.get("kpis", {}),
        **tables.get("publish", {}),
    )
