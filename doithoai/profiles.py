"""Draft mapping profiles from the command line."""

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import warehouse.settings
from doithoai.terminal import Terminal
from ingest.lookups.periods import PLAUSIBLE_YEARS
from warehouse.connection import MEMORY, connect
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.lookups import load_lookups


def draft(terminal: Terminal, home: Home, file: Path, sender: str | None, to: Path | None) -> Path:
    """Write a draft mapping profile for an export and list its open points; never overwrite an existing file."""
    from ingest.lookups.units import unit_names
    from ingest.mapping.draft import draft_profile
    from ingest.mapping.profiles import load_profile

    if not file.is_file():
        raise UsageError(terminal.text("error.no_file", path=file), terminal.text("error.no_file_remedy"))
    target = _target(terminal, to, file)
    with TemporaryDirectory(prefix="doithoai-") as workdir, connect(MEMORY) as con:
        load_lookups(con, home)
        codes = [code for (code,) in con.execute("select distinct unit_code from lookups.units").fetchall()]
        units = unit_names(con, codes, date(PLAUSIBLE_YEARS.start, 1, 1), date(PLAUSIBLE_YEARS.stop, 1, 1))
        drafted = draft_profile(
            con, file, warehouse.settings.load(home).limits, Path(workdir), units=units, sender=sender
        )
    _write(target, drafted.toml)
    load_profile(str(target))
    terminal.say("profile.done", path=target, placed=len(drafted.columns))
    for point in drafted.open_points:
        terminal.say("profile.open", point=point)
    terminal.say("profile.next", file=file, path=target)
    return target


def _write(target: Path, toml: str) -> None:
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        partial.write_text(toml, encoding="utf-8")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _target(terminal: Terminal, to: Path | None, file: Path) -> Path:
    """Return the file to write: `to` if it names a .toml file, else one named after the export in the folder `to`."""
    place = to or Path()
    name = f"{file.name.removesuffix('.gz').rpartition('.')[0] or file.name}.toml"
    target = place if place.suffix.lower() == ".toml" and not place.is_dir() else place / name
    if not target.parent.is_dir():
        raise UsageError(terminal.text("error.no_folder", path=target.parent), terminal.text("error.no_folder_remedy"))
    if target.exists():
        raise UsageError(terminal.text("profile.there", path=target), terminal.text("error.template_there_remedy"))
    return target
