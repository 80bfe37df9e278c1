"""Mapping profiles: TOML files that convert an export from another system to the contract's sheets, without code.

For each sheet, a profile gives the export's column for each field (`columns`), the date formats (`formats`, as in
strptime), the meanings of the export's values (`values`, units included; `*` is any other value), and values that are
the same in every row (`constants`). `cover` has the fields of the cover, because an export has no cover sheet.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.contract import load as contract_files
from ingest.contract.vocabulary import SheetWords, Vocabulary
from ingest.lookups.periods import read_period
from ingest.mapping.profile_toml import (
    FIELDS_OF_A_PROFILE,
    TABLES_OF_A_SHEET,
    require_known,
    require_text,
    table_at,
    with_cover,
)
from ingest.model.received import ReceivedColumn, ReceivedFeed, ReceivedSheet, SheetKind
from ingest.reading.source_file import sha256_of
from ingest.staging.stage import StagedSheet
from warehouse.errors import UsageError
from warehouse.sql import literal, quoted

LANDED = tuple(kind for kind in SheetKind if kind is not SheetKind.COVER)
"""The sheets that a profile may define."""

FOLDER = Path(__file__).parent / "shipped"


@dataclass(frozen=True)
class SheetMapping:
    """The mapping for one sheet; all its tables are by field of the contract."""

    columns: Mapping[str, str]
    formats: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = self.columns.keys() & self.constants.keys()
        strangers = (self.formats.keys() | self.values.keys()) - self.columns.keys()
        if both or strangers:
            raise ValueError(
                f"các trường {', '.join(sorted(both | strangers))} không khớp với bảng columns: formats và values chỉ "
                "cho trường có trong columns, constants chỉ cho trường không có"
            )


@dataclass(frozen=True)
class Profile:
    """One mapping profile, read from `file`; `sheets` are all sheets that such an export has."""

    name: str
    file: Path
    title: str
    cover: Mapping[str, str]
    sheets: Mapping[SheetKind, SheetMapping]

    @property
    def record(self) -> str:
        """The profile's name in the record of a feed: that of a shipped profile, else that of its archived file."""
        return self.name if self.file.parent == FOLDER else f"{sha256_of(self.file)}.toml"

    def vocabulary(self, source: Path) -> Vocabulary:
        """The vocabulary of the export; if the profile has a single sheet, `source` may have any name."""
        own_name = source.name.removesuffix(".gz").rpartition(".")[0]
        names = (own_name,) if len(self.sheets) == 1 else ()
        return Vocabulary({kind: _words(kind, mapping, names) for kind, mapping in self.sheets.items()})

    def with_cover(self, received: ReceivedFeed) -> ReceivedFeed:
        """The feed with the profile's cover as its first sheet; unchanged if it has no sheets."""
        if not received.sheets:
            return received
        columns = tuple(ReceivedColumn(name, name, "") for name in self.cover)
        values = {name: pa.array([value], pa.string()) for name, value in self.cover.items()}
        rows = pa.table({"row_number": pa.array([1], pa.int32()), **values})
        cover = ReceivedSheet(SheetKind.COVER, f"{self.name}.toml", 1, columns, rows)
        return replace(received, sheets=(cover, *received.sheets))

    def sources(self, staged: StagedSheet) -> dict[str, str]:
        """SQL over alias `r` for the text of each field, in the contract's own terms."""
        mapping = self.sheets[staged.contract.kind]
        constants = {name: literal(value) for name, value in mapping.constants.items()}
        return {name: _source(name, mapping) for name in staged.fields} | constants


def _words(kind: SheetKind, mapping: SheetMapping, names: tuple[str, ...]) -> SheetWords:
    headers = {name: (header,) for name, header in mapping.columns.items()}
    return SheetWords(names, headers, contract_files.load().sheets[kind].key)


def _source(name: str, mapping: SheetMapping) -> str:
    text = f"r.{quoted(name)}"
    if form := mapping.formats.get(name):
        return f"coalesce(strftime(try_strptime({text}, {literal(form)}), '%Y-%m-%d %H:%M:%S'), {text})"
    if values := mapping.values.get(name):
        cases = " ".join(
            f"when {literal(theirs)} then {literal(ours)}" for theirs, ours in values.items() if theirs != "*"
        )
        other = f"if({text} is null, null, {literal(values['*'])})" if "*" in values else text
        return f"case {text} {cases} else {other} end"
    return text


def load_profile(name: str) -> Profile:
    """The profile shipped as `name`, or the one in the TOML file `name`; raise UsageError if missing or invalid."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    try:
        return _profile(path, _tree(path))
    except OSError as error:
        raise UsageError(
            f"Không có hồ sơ ánh xạ «{name}».",
            f"Các hồ sơ có sẵn: {', '.join(shipped())}; hoặc đưa đường dẫn tệp .toml.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeError, ValueError) as error:
        raise UsageError(
            f"Hồ sơ ánh xạ {path} không đúng: {error}.",
            "Sửa tệp này theo mục «Hồ sơ ánh xạ» của docs/quan-tri.md.",
        ) from error


def _tree(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def named_in(home_profiles: Path, name: str) -> str:
    """A name for `load_profile`: a profile in the home takes precedence over a shipped one."""
    own = home_profiles / f"{name}.toml"
    return str(own) if not name.endswith(".toml") and own.is_file() else name


@dataclass(frozen=True)
class Given:
    """Sender and period given on the command line; None if not given."""

    sender: str | None = None
    period: str | None = None

    @property
    def cover(self) -> Mapping[str, str]:
        """The given fields of the cover."""
        given = {"sender_unit_code": self.sender, "period": self.period}
        return {name: value for name, value in given.items() if value}


NOTHING_GIVEN = Given()


def profile_for(name: str | None, given: Given, workdir: Path) -> Profile | None:
    """The profile `name`, or None without a name; if `given` changes its cover, a copy is written to `workdir`.

    A landed feed records that copy, so that it can be read the same way again. Raise UsageError as `load_profile` does,
    and if the sender or the period is given nowhere.
    """
    if name is None:
        return None
    profile = load_profile(name)
    _require_whose(profile, given)
    if all(profile.cover.get(field_name) == value for field_name, value in given.cover.items()):
        return profile
    workdir.mkdir(parents=True, exist_ok=True)
    path = workdir / f"{profile.name}.toml"
    path.write_text(with_cover(_tree(profile.file), given.cover), encoding="utf-8")
    return load_profile(str(path))


def _require_whose(profile: Profile, given: Given) -> None:
    """Raise UsageError if neither the profile nor the command line gives the sender, or the period."""
    for name, what, option in (
        ("sender_unit_code", "đơn vị gửi", "--sender 347"),
        ("period", "kỳ báo cáo", "--period 2024Q3"),
    ):
        if not {**profile.cover, **given.cover}.get(name):
            raise UsageError(
                f"Hồ sơ ánh xạ {profile.name} không nêu {what} ({name}).",
                f"Nêu trong lệnh, ví dụ {option}, hoặc ghi {name} vào mục [cover] của hồ sơ.",
            )


def shipped() -> list[str]:
    """The names of the shipped profiles."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def defaults_of(name: str) -> Path:
    """The folder with lookups and settings for homes with this profile; raise UsageError if there is none."""
    load_profile(name)
    folder = FOLDER / name
    if not (folder / "settings.toml").is_file():
        raise UsageError(
            f"Hồ sơ ánh xạ «{name}» không kèm bảng tra cứu.", "Tạo kho bằng «doithoai init» rồi sửa lookups."
        )
    return folder


def _profile(file: Path, tree: Mapping[str, Any]) -> Profile:
    known = contract_files.load().sheets
    require_known("hồ sơ", tree, FIELDS_OF_A_PROFILE)
    _require_cover(tree.get("cover", {}))
    told = table_at("sheets", tree.get("sheets"))
    require_known("sheets", told, [kind.value for kind in LANDED])
    sheets = {}
    for name, tables in told.items():
        kind = SheetKind(name)
        _require_sheet(f"sheets.{name}", tables, [column.field for column in known[kind].columns])
        sheets[kind] = SheetMapping(**{"columns": {}, **tables})
    title = tree.get("title", file.stem)
    require_text("title", title)
    return Profile(file.stem, file, title, tree.get("cover", {}), sheets)


def _require_cover(cover: object) -> None:
    """Raise ValueError if a profile's cover has unknown fields, values that are not strings, or an invalid period."""
    table = table_at("cover", cover)
    require_known("cover", table, [column.field for column in contract_files.load().sheets[SheetKind.COVER].columns])
    for name, value in table.items():
        require_text(f"cover.{name}", value)
    period = table.get("period")
    if period is not None and read_period(period).value is None:
        raise ValueError(f'cover.period = "{period}": không phải kỳ báo cáo, ghi như 2024Q3, 2024H1, 2024-9M, 2024')


def _require_sheet(place: str, tables: object, fields: list[str]) -> None:
    """Raise ValueError if the mapping for a sheet has unknown tables or fields, or values that are not strings."""
    told = table_at(place, tables)
    require_known(place, told, TABLES_OF_A_SHEET)
    for name, each in told.items():
        table = table_at(f"{place}.{name}", each)
        require_known(f"{place}.{name}", table, fields)
        for field_name, value in table.items():
            _require_value(f"{place}.{name}.{field_name}", value, is_table=name == "values")


def _require_value(place: str, value: object, *, is_table: bool) -> None:
    if not is_table:
        require_text(place, value)
        return
    for theirs, ours in table_at(place, value).items():
        require_text(f'{place}."{theirs}"', ours)
