"""The content type of a file, judged by its bytes, not by its name."""

import codecs
from enum import StrEnum
from pathlib import Path

_CFB = bytes.fromhex("D0CF11E0A1B11AE1")
_BIFF = (b"\x09\x08", b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_HEAD = 65_536
_DIRECTORY = 1 << 20
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<style", b"<div")


class Content(StrEnum):
    """The content types that are told apart."""

    EMPTY = "empty"
    ZIP = "zip"
    XLS = "xls"
    ENCRYPTED = "encrypted"
    OTHER_CFB = "other_cfb"
    GZIP = "gzip"
    HTML = "html"
    SPREADSHEET_XML = "spreadsheet_xml"
    PDF = "pdf"
    BINARY = "binary"
    TEXT = "text"


def content_of(path: Path) -> Content:
    """The content type of the file at `path`; TEXT may be CSV in any encoding."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_CFB):
            return _compound(head + file.read(_DIRECTORY), path)
    if not head:
        return Content.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Content.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Content.GZIP
    if head.startswith(_BIFF):
        return Content.XLS
    return _textual(head)


def _compound(start: bytes, path: Path) -> Content:
    """The content type of a compound file (CFB), by the names in its directory, which may be at the end of the file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _DIRECTORY))
        names = start + file.read()
    if _named(names, "EncryptedPackage"):
        return Content.ENCRYPTED
    others = any(_named(names, name) for name in ("WordDocument", "PowerPoint Document", "__properties_version1.0"))
    return Content.OTHER_CFB if others else Content.XLS  # a truncated workbook has no directory


def _named(directory: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in directory


def wide_charset(head: bytes) -> str:
    """utf-16, utf-16-le or utf-16-be if a file that begins with `head` is such text (by BOM or NUL bytes), else ""."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 4 > len(head) and even * 20 < len(head):
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(head) and odd * 20 < len(head) else ""


def _textual(head: bytes) -> Content:
    if wide := wide_charset(head):
        head = head.decode(wide, "ignore").encode("utf-8")
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lowered.startswith(b"%pdf"):
        return Content.PDF
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lowered and lowered.startswith(b"<?"):
        return Content.SPREADSHEET_XML
    if lowered.startswith(_MARKUP) or (lowered.startswith(b"<") and b"<table" in lowered):
        return Content.HTML
    if lowered.startswith((b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf")):
        return Content.BINARY
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head if byte)
    return Content.BINARY if controls * 20 > len(head) else Content.TEXT
