"""Settings: valid values of settings.toml, and the Vietnamese message for an invalid one."""

from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from doithoai import cli
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.settings import Integrity


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def _replace(home: Home, old: str, new: str) -> None:
    written = home.settings_file.read_text(encoding="utf-8")
    assert old in written
    home.settings_file.write_text(written.replace(old, new), encoding="utf-8")


def test_a_new_home_has_the_default_settings(home: Home) -> None:
    assert warehouse.settings.load(home).integrity == Integrity()


def test_a_home_of_an_earlier_release_gets_the_defaults(home: Home) -> None:
    written = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(written.split("[integrity]")[0], encoding="utf-8")
    assert warehouse.settings.load(home).integrity == Integrity()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("min_coverage = 0.8 ", 'min_coverage = "cao" ', 'min_coverage = "cao": phải là số'),
        ("min_denominator = 5 ", "min_denominator = 5.5 ", "min_denominator = 5.5: phải là số nguyên"),
        ("min_denominator = 5 ", "min_denominator = true ", "min_denominator = True: phải là số nguyên"),
        ("max_rows = 2000000", 'max_rows = "nhiều"', 'max_rows = "nhiều": phải là số nguyên'),
        ('code = "35"', "code = 35", "province_code = 35: phải là chữ trong ngoặc kép"),
        ("term_start = 2020-10-01", 'term_start = "2020"', 'term_start = "2020": phải là ngày, như 2020-10-01'),
        ("sample = false", "sample = 0", "sample = 0: phải là true hoặc false"),
        ("bunched_share = 0.5 ", "bunched_share = 1.5 ", "bunched_share = 1.5: phải lớn hơn 0 và không quá 1"),
        ("bunched_min = 5 ", "bunched_min = 0 ", "bunched_min = 0: phải từ 1 trở lên"),
        ("duplicate_days = 30 ", "duplicate_days = -1 ", "duplicate_days = -1: phải từ 0 trở lên"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(home: Home, old: str, new: str, message: str) -> None:
    _replace(home, old, new)
    with pytest.raises(UsageError) as error:
        warehouse.settings.load(home)
    assert message in error.value.message


def test_a_text_instead_of_a_number_is_wrong_usage(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    _replace(home, "keep_snapshots = 10", 'keep_snapshots = "mười"')
    assert cli.exit_code(["build", "--home", str(home.root)]) == 2
    assert 'keep_snapshots = "mười": phải là số nguyên' in capsys.readouterr().err
