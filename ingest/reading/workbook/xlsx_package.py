"""Normalise the relationship targets of an .xlsx in a copy, so that the workbook parser finds its sheets."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ingest.reading.workbook import xml_stream
from ingest.reading.workbook.sheet_xml import PACKAGE, RELATIONS, entries, member_of
from ingest.reading.workbook.zip_archive import OpenArchive


def parsable(path: Path, archive: OpenArchive, workdir: Path) -> Path:
    """Return `path`, or a normalised copy if a target has a backslash, an empty segment, `.` or `..`."""
    if RELATIONS not in archive.names():
        return path
    relations = entries(archive, RELATIONS, xml_stream.names((PACKAGE,), "Relationship"))
    if not any(_is_roundabout(each.get("Target", "")) for each in relations if each.get("TargetMode") != "External"):
        return path
    target = workdir / "package.xlsx"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.zip.namelist():
            with copy.open(member, "w") as file:
                file.writelines([_plain(relations)] if member == RELATIONS else archive.blocks(member))
    return target


def _is_roundabout(target: str) -> bool:
    return "\\" in target or any(part in {"", ".", ".."} for part in target.removeprefix("/").split("/"))


def _plain(relations: list[xml_stream.Attributes]) -> bytes:
    """The relationships as XML; each target that was not in plain form is written from the root."""
    items = [
        {**each, "Target": f"/{member_of(each['Target'])}"} if _is_roundabout(each.get("Target", "")) else each
        for each in relations
    ]
    written = "".join(
        f"<Relationship {' '.join(f'{name}={quoteattr(text)}' for name, text in each.items())}/>" for each in items
    )
    return f'<Relationships xmlns="{PACKAGE}">{written}</Relationships>'.encode()
