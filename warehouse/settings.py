"""Settings of one home, read from its `settings.toml`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from warehouse.errors import UsageError
from warehouse.home import Home


@dataclass(frozen=True)
class Limits:
    """What one feed may cost: size in MB, rows, memory of the reading child in MB, seconds, share of error rows."""

    max_file_mb: int = 50
    max_rows: int = 2_000_000
    memory_mb: int = 2048
    timeout_s: int = 120
    max_error_share: float = 0.10


@dataclass(frozen=True)
class Settings:
    """The settings in force. Shares are fractions of one."""

    province_code: str
    province_name: str
    term_start: date
    sample: bool = False
    min_denominator: int = 5
    min_coverage: float = 0.8
    keep_snapshots: int = 10
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not 0 <= self.min_coverage <= 1:
            raise ValueError(f"min_coverage = {self.min_coverage}: phải từ 0 đến 1")
        if self.min_denominator < 1:
            raise ValueError(f"min_denominator = {self.min_denominator}: phải từ 1 trở lên")
        if self.keep_snapshots < 1:
            raise ValueError(f"keep_snapshots = {self.keep_snapshots}: phải từ 1 trở lên")


def load(home: Home) -> Settings:
    """The settings of `home`; UsageError names the file and what is wrong with it."""
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
        limits=Limits(**tables.get("limits", {})),
        **tables.get("kpis", {}),
        **tables.get("publish", {}),
    )
