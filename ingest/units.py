"""Units by name: what a cell for a unit's code may mean. Pure but for `unit_names`, which reads the lookup."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from ingest.parsing import Reading, normalised, read_code

_SHORT = (
    (re.compile(r"^(?:ubnd|hđnd|mttq|đảng ủy|đu|huyện ủy|thị ủy|thành ủy|tỉnh ủy|ủy ban nhân dân) "), ""),
    (re.compile(r"^tp "), "thành phố "),
    (re.compile(r"^tx "), "thị xã "),
    (re.compile(r"^tt "), "thị trấn "),
    (re.compile(r"^p "), "phường "),
    (re.compile(r"^x "), "xã "),
    (re.compile(r"^h "), "huyện "),
)


LABEL_DASH = " – "
"""What stands between a unit's code and its name in a list."""

_DASH = re.compile(r"\s*[\-\u2010-\u2015\u2212]\s*")
"""What people put there: any dash, with spaces or without."""


@dataclass(frozen=True)
class UnitNames:
    """Every code of the lookup, and codes by name among the units that the sender may report on in the period."""

    codes: frozenset[str]
    by_name: Mapping[str, frozenset[str]]
    names: Mapping[str, tuple[str, ...]]

    def read(self, text: str) -> tuple[Reading[str], str]:
        """The unit that `text` means: a code, `13318 – Xã Mộc Bắc` as lists offer it, or a name alone.

        Never guessed between two, which are then told; a code with the name of another unit is neither.
        """
        code = read_code(text)
        if code.value is None or code.value in self.codes:
            return code, ""
        labels = self._labels(code.value)
        if meant := next((first for first, name in labels if self.is_name_of(name, first)), None):
            return Reading(meant), ""
        found = self.by_name.get(unit_key(text), frozenset()) | self._at_odds(labels)
        if len(found) == 1:
            return Reading(next(iter(found)), "unit_name"), ""
        if found:
            return Reading(None, problem="ambiguous_unit"), ", ".join(map(self.title, sorted(found)))
        return code, ""

    def _labels(self, text: str) -> list[tuple[str, str]]:
        """Each known code that `text` begins with before a dash, and what follows."""
        parts = ((text[: dash.start()], text[dash.end() :]) for dash in _DASH.finditer(text))
        return [(code, name) for code, name in parts if code in self.codes]

    def _at_odds(self, labels: Iterable[tuple[str, str]]) -> frozenset[str]:
        """The units of a code and of the name that follows it, which are two."""
        by_name = ((code, self.by_name.get(unit_key(name), frozenset())) for code, name in labels)
        return frozenset().union(*({code, *named} for code, named in by_name if named))

    def title(self, code: str) -> str:
        """`Xã Mộc Bắc (13318)`."""
        names = self.names.get(code, ())
        return f"{names[-1]} ({code})" if names else code

    def is_name_of(self, name: str, code: str) -> bool:
        """Whether the unit was ever called so, with or without its type."""
        key = unit_key(name)
        return any(key in keys_of(each) for each in self.names.get(code, ()))


def unit_key(text: str) -> str:
    """The comparison key of a unit's name: abbreviations written out, the agency in front left out."""
    key = normalised(text)
    for pattern, word in _SHORT:
        key = pattern.sub(word, key)
    return key


def keys_of(title: str) -> tuple[str, str]:
    """The keys of `Xã Mộc Bắc`: with the type and without."""
    key = unit_key(title)
    return key, re.sub(r"^(?:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã) ", "", key)


def unit_names(con: duckdb.DuckDBPyConnection, codes: Iterable[str], start: date, end: date) -> UnitNames:
    """All codes of `lookups.units`; names of those among `codes` that were in force between `start` and `end`."""
    rows = con.execute(
        "select unit_code, coalesce(unit_type || ' ', '') || unit_name as title, "
        "valid_from <= ? and (valid_to is null or valid_to > ?) as in_force from lookups.units "
        "order by in_force, valid_from",
        [end, start],
    ).fetchall()
    wanted = set(codes)
    by_name: dict[str, set[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for code, title, in_force in rows:
        names[code] = (*names.get(code, ()), title)
        if in_force and code in wanted:
            for key in keys_of(title):
                by_name.setdefault(key, set()).add(code)
    return UnitNames(frozenset(names), {key: frozenset(found) for key, found in by_name.items()}, names)
