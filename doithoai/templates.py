"""Write templates from the command line."""

import os
from pathlib import Path

from doithoai.terminal import Terminal
from warehouse.errors import UsageError
from warehouse.home import Home


def make_template(terminal: Terminal, home: Home, unit: str, period: str, to: Path | None) -> Path:
    """Write the template of a unit for a period; never overwrite an existing file, which may be filled in."""
    from ingest.contract import load
    from ingest.template import gather, write_template

    content = gather(home, unit, period)
    target = _target(terminal, to, f"{content.sender.code}-{content.period.code}-mau.xlsx")
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        write_template(partial, load.load(), content)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    carried = sum(map(len, content.rows.values()))
    terminal.say("template.done", path=target, unit=content.sender.title, period=content.period.code)
    if carried:
        terminal.say("template.carried", count=carried, period=content.carried_from)
    return target


def _target(terminal: Terminal, to: Path | None, name: str) -> Path:
    """Return the file to write: `to` if it names an .xlsx file, else `name` in the folder `to`."""
    place = to or Path()
    target = place if place.suffix.lower() == ".xlsx" and not place.is_dir() else place / name
    if not target.parent.is_dir():
        raise UsageError(terminal.text("error.no_folder", path=target.parent), terminal.text("error.no_folder_remedy"))
    if target.exists():
        raise UsageError(
            terminal.text("error.template_there", path=target), terminal.text("error.template_there_remedy")
        )
    return target
