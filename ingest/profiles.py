"""Mapping profiles: how a foreign system's export becomes the contract's sheets, told in TOML, without code.

A profile names, for each sheet, which column of the export holds which field (`columns`), the export's date formats
(`formats`, as strptime has them), which of its values mean which of ours (`values`, units included; `*` is any
other), and values that are the same for every row (`constants`). `cover` says what such an export has no page for.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest import contracts as contract_files
from ingest.bytes_of import sha256_of
from ingest.received import ReceivedColumn, ReceivedFeed, ReceivedSheet, SheetKind
from ingest.staging import StagedSheet
from ingest.vocabulary import SheetWords, Vocabulary
from warehouse.errors import UsageError
from warehouse.expectations import literal, quoted

FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class SheetMapping:
    """How one sheet is made; every mapping is by field of the contract."""

    columns: Mapping[str, str]
    formats: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = self.columns.keys() & self.constants.keys()
        strangers = (self.formats.keys() | self.values.keys()) - self.columns.keys()
        if both or strangers:
            raise ValueError(f"các trường {', '.join(sorted(both | strangers))} không khớp với bảng columns")


@dataclass(frozen=True)
class Profile:
    """One mapping profile, as `file` says it. `sheets` are all that an export of its kind has."""

    name: str
    file: Path
    title: str
    cover: Mapping[str, str]
    sheets: Mapping[SheetKind, SheetMapping]

    @property
    def record(self) -> str:
        """What a landed feed remembers of its profile: a shipped one by name, another by that of its archived file."""
        return self.name if self.file.parent == FOLDER else f"{sha256_of(self.file)}.toml"

    def vocabulary(self, source: Path) -> Vocabulary:
        """The words of the export; a file with one sheet may have any name."""
        own_name = source.name.removesuffix(".gz").rpartition(".")[0]
        names = (own_name,) if len(self.sheets) == 1 else ()
        return Vocabulary({kind: _words(kind, mapping, names) for kind, mapping in self.sheets.items()})

    def with_cover(self, received: ReceivedFeed) -> ReceivedFeed:
        """The feed with the cover that the profile gives it."""
        if not received.sheets:
            return received
        columns = tuple(ReceivedColumn(name, name, "") for name in self.cover)
        values = {name: pa.array([value], pa.string()) for name, value in self.cover.items()}
        rows = pa.table({"row_number": pa.array([1], pa.int32()), **values})
        cover = ReceivedSheet(SheetKind.COVER, f"{self.name}.toml", 1, columns, rows)
        return replace(received, sheets=(cover, *received.sheets))

    def sources(self, staged: StagedSheet) -> dict[str, str]:
        """Each field's text as SQL over alias `r`, in the contract's own words."""
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
    """The profile shipped as `name`, or that of a TOML file; UsageError says what is wrong with it."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    try:
        return _profile(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(
            f"Không có hồ sơ ánh xạ «{name}».",
            f"Các hồ sơ có sẵn: {', '.join(shipped())}; hoặc đưa đường dẫn tệp .toml.",
        ) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"Hồ sơ ánh xạ {path} không đúng: {error}.", "Sửa tệp này theo docs/quan-tri.md.") from error


def shipped() -> list[str]:
    """The names of the profiles that come with the project."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def defaults_of(name: str) -> Path:
    """The folder with lookups and settings for a home of this profile's exports; UsageError where there is none."""
    load_profile(name)
    folder = FOLDER / name
    if not (folder / "settings.toml").is_file():
        raise UsageError(
            f"Hồ sơ ánh xạ «{name}» không kèm bảng tra cứu.", "Tạo kho bằng «doithoai init» rồi sửa lookups."
        )
    return folder


def _profile(file: Path, tree: Mapping[str, Any]) -> Profile:
    known = contract_files.load().sheets
    sheets = {SheetKind(kind): SheetMapping(**tables) for kind, tables in tree["sheets"].items()}
    for kind, mapping in sheets.items():
        _require_known({*mapping.columns, *mapping.constants}, {column.field for column in known[kind].columns})
    _require_known(set(tree["cover"]), {column.field for column in known[SheetKind.COVER].columns})
    return Profile(file.stem, file, tree["title"], tree["cover"], sheets)


def _require_known(named: set[str], known: set[str]) -> None:
    if strangers := named - known:
        raise ValueError(f"không có trường {', '.join(sorted(strangers))} trong hợp đồng dữ liệu")
