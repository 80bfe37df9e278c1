"""Terminal output: answers on standard output, progress and errors on standard error."""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from doithoai.messages import Language, text

NARROWEST = 100
"""Minimum width of tables if the output is not a terminal."""


_WHOLE_WORD = 10
"""Minimum column width for long words, so that dates are not broken."""

_BESIDE = 3
"""Characters between columns; if columns do not fit, words are broken and no column is left out."""


_UNPRINTED = re.compile(r"[^\n -~]")
"""Characters of JSON that may not be printable; line breaks stand between values only."""


@dataclass(frozen=True)
class Terminal:
    """A terminal in one language. With `as_json`, standard output has exactly one JSON value."""

    language: Language
    as_json: bool = False

    def text(self, key: str, **values: object) -> str:
        """Return the message `key`."""
        return text(key, self.language, **values)

    def number(self, count: int) -> str:
        """Format `count` for the language: 5.000 or 5,000."""
        written = f"{count:,}"
        return written.replace(",", ".") if self.language is Language.VI else written

    def say(self, key: str, **values: object) -> None:
        """Print the message `key` to standard output."""
        if not self.as_json:
            print(printable(self.text(key, **values)), flush=True)  # noqa: T201

    def progress(self, sentence: str) -> None:
        """Print a progress message to standard error."""
        print(printable(sentence), file=sys.stderr, flush=True)  # noqa: T201

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], *, apart: bool = False) -> None:
        """Print `rows` under `headers`, all as literal text without markup; `apart` draws lines between rows."""
        if self.as_json or not rows:
            return
        console = Console(highlight=False, markup=False)
        if not console.is_terminal:
            console = Console(highlight=False, markup=False, width=max(console.width, NARROWEST))
        table = Table(box=box.SIMPLE_HEAD, show_lines=apart)
        room = console.width // len(headers) - _BESIDE
        for number, header in enumerate(headers):
            words = " ".join([header, *(row[number] for row in rows)]).split()
            table.add_column(
                Text(header), overflow="fold", min_width=max(min(max(map(len, words)), _WHOLE_WORD, room), 1)
            )
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        console.print(table)

    def json(self, value: object) -> None:
        """Print `value` as JSON if `as_json`."""
        if self.as_json:
            print(json_text(value))  # noqa: T201


def json_text(value: object) -> str:
    """Return `value` as JSON in which every character that is not printable is an escape; the value is the same."""
    written = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return written if written.replace("\n", "").isprintable() else _UNPRINTED.sub(_escaped, written)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def printable(sentence: str) -> str:
    """Replace control characters, because a sender's text must not control the terminal."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "�" for sign in sentence)
