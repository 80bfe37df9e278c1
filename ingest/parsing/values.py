"""Numbers, yes/no and choices as people write them. Pure."""

from collections.abc import Iterable, Mapping

from ingest.parsing.result import Reading


def read_integer(text: str | None) -> Reading[int]:
    """The whole number that `text` says; `-` says 0, blank says nothing."""
    raise NotImplementedError


def read_yes_no(text: str | None) -> Reading[bool]:
    """Yes or no; blank says nothing (value None, no problem)."""
    raise NotImplementedError


def choices_by_key(spellings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Normalised spelling → code, from code → spellings (labels and aliases); the code spells itself."""
    raise NotImplementedError


def read_choice(text: str | None, choices: Mapping[str, str]) -> Reading[str]:
    """The code of `choices` (made by `choices_by_key`) that `text` spells."""
    raise NotImplementedError
