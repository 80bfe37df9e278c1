"""Search of an answer, of whatever type, for what it must not contain."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard.model import Period
from dashboard.queries.petitions import BUCKETS

OPENING = 40
"""The number of first characters by which texts of petitions are looked up in longer texts."""


@dataclass(frozen=True)
class Words:
    """Texts of petitions, and codes, that an answer must not contain."""

    texts: frozenset[str]
    codes: frozenset[str] = frozenset()

    @cached_property
    def _by_opening(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text in self.texts:
            found.setdefault(text[:OPENING], []).append(text)
        return found

    def quoted_in(self, leaf: str) -> Iterator[str]:
        """Yield the texts of petitions that are part of a longer text."""
        for start in range(len(leaf) - OPENING + 1):
            for text in self._by_opening.get(leaf[start : start + OPENING], ()):
                if leaf.startswith(text, start):
                    yield text


def found_in(answer: object, words: Words) -> frozenset[str]:
    """Return the words in an answer: as a whole value, or inside a longer text."""
    found = frozenset(leaf for leaf in leaves(answer) if isinstance(leaf, str))
    parts = frozenset(part for leaf in found for part in re.split(r"[\s«»,;:()<>\"'&=?/]+", leaf))
    quoted = (text for leaf in found if len(leaf) > OPENING for text in words.quoted_in(leaf))
    return frozenset((found & (words.texts | words.codes)) | (parts & words.codes) | {*quoted})


def is_nothing(answer: object) -> bool:
    """Return whether an answer has no row, no text and no number but 0."""
    return not {leaf for leaf in leaves(answer) if leaf not in (None, 0, "", False)} - {*BUCKETS}


def leaves(value: object) -> Iterator[Any]:
    """Yield the values that an answer is made of; periods are no part of an answer."""
    if isinstance(value, Period):
        return
    if isinstance(value, pd.DataFrame):
        value = value.astype(object).where(value.notna(), None).to_dict("records")
    if is_dataclass(value) and not isinstance(value, type):
        value = [getattr(value, each.name) for each in fields(value)]
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def plain(answer: object) -> list[str]:
    """Return the values of an answer as text, sorted: not every query has an order."""
    return sorted(str(leaf) for leaf in leaves(answer))
