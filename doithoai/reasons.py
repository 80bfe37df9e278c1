"""Reasons as JSON: one per finding, by its confirmation key, all by one author."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from doithoai.terminal import Terminal
from warehouse.errors import UsageError

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Reasons:
    """Reasons by confirmation key, and their author."""

    by_key: Mapping[str, str]
    by: str


def read_reasons(terminal: Terminal, source: str) -> Reasons:
    """Read the reasons from the file `source`, or from standard input for «-»; raise UsageError if they are invalid.

    Format: `{"by": "Lê Thị Bình", "reasons": [{"key": "3f2a90c1d4e5b678", "reason": "Họp đột xuất"}]}`.
    """
    try:
        said = json.loads(_bytes(source))
        by_key = {_text(each["key"]): _text(each["reason"]) for each in said["reasons"]}
        return Reasons(by_key, _text(said["by"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        complaint = terminal.text("error.no_reasons", source=source)
        raise UsageError(complaint, terminal.text("error.no_reasons_remedy")) from error


def _bytes(source: str) -> bytes:
    return sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
