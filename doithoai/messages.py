"""The messages of the command line in both languages (`messages.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class Language(StrEnum):
    """A language of the command line."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True)
class Message:
    """One message in both languages; `{name}` is replaced by the value of that name."""

    vi: str
    en: str

    def text(self, language: Language, **values: object) -> str:
        """Return the message in `language`."""
        return (self.vi if language is Language.VI else self.en).format(**values)


@cache
def catalogue() -> Mapping[str, Message]:
    """Return all messages by key, such as `verb.init` or `feed.landed`."""
    tables = tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))
    return {f"{group}.{name}": Message(**entry) for group, entries in tables.items() for name, entry in entries.items()}


def text(key: str, language: Language, **values: object) -> str:
    """Return the message `key` in `language`."""
    return catalogue()[key].text(language, **values)
