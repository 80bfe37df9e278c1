"""Find units by code or name, as cells write them. Pure except `unit_names`, which reads the lookup."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

import duckdb

from ingest.parsing import Reading, normalised, read_code
from ingest.parsing.keys import bare

_SHORT = (
    (re.compile(r"^(?:ubnd|hđnd|mttq|đảng ủy|đu|huyện ủy|thị ủy|thành ủy|tỉnh ủy|ủy ban nhân dân) "), ""),
    (re.compile(r"^tp "), "thành phố "),
    (re.compile(r"^tx "), "thị xã "),
    (re.compile(r"^tt "), "thị trấn "),
    (re.compile(r"^(?:p|ph|f) "), "phường "),
    (re.compile(r"^q "), "quận "),
    (re.compile(r"^x "), "xã "),
    (re.compile(r"^h "), "huyện "),
)

_TYPE = re.compile(r"^(?:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu) ")
_BARE_TYPE = re.compile(r"^(?:tinh|thanh pho|thi xa|thi tran|huyen|quan|phuong|xa|dac khu) ")
_WITHIN = (
    (re.compile(r"(?<= )tp (?=\S)"), "thành phố "),
    (re.compile(r"(?<= )tx (?=\S)"), "thị xã "),
    (re.compile(r"(?<= )h (?=\S)"), "huyện "),
    (re.compile(r"(?<= )t (?=\S)"), "tỉnh "),
)
"""Abbreviated unit types inside a text, for a parent unit without a separator before it."""

LABEL_DASH = " – "
"""The separator between code and name in lists."""

_DASH = re.compile(r"\s*[\-\u2010-\u2015\u2212]\s*")
"""The separators that people write: any dash, with or without spaces."""

_SEPARATOR = re.compile(r"[,;/()\[\]\n]|\s*[\-\u2010-\u2015\u2212]\s*")
"""The separators between a unit and its parent units."""

_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_EDGES = " .,:;–-()[]"
_OTHER_TYPE = 0.9
NEAR_NAME = 0.75
"""A name that is at least this similar to another counts as a misspelling of it: one letter in four may differ."""


@dataclass(frozen=True)
class UnitNames:
    """Every code in the lookup (`codes`), and by name the units that the sender may report on in the period.

    `by_path` has the same units by name and the names of the units above: `phường quang trung thành phố phủ lý`.
    `names` are all names by code, the newest last. `in_force` are all units in force in the period, also those of other
    senders.
    """

    codes: frozenset[str]
    by_name: Mapping[str, frozenset[str]]
    names: Mapping[str, tuple[str, ...]]
    by_path: Mapping[str, frozenset[str]] = field(default_factory=dict)
    in_force: frozenset[str] = frozenset()

    def read(self, text: str) -> tuple[Reading[str], str]:
        """The unit that `text` refers to: a code, `13318 – Xã Mộc Bắc` as drop-down lists offer it, or a name alone.

        Ambiguous names are never guessed; the candidates are the evidence. A code next to another unit's name is
        ambiguous and is not resolved. A code next to a misspelt name resolves to the code, with the unit's name as
        evidence. A number that lost its leading zeros resolves to the matching code if exactly one matches.
        """
        code = read_code(text)
        if code.value is None or code.value in self.codes:
            return code, ""
        if padded := self._padded(code.value):
            return Reading(padded, "lost_zero"), ""
        labels = list(self._labels(code.value))
        if meant := next((first for first, name in labels if self._is_labelled(first, name)), None):
            return Reading(meant), ""
        return self._by_its_name(text, labels) or (code, "")

    def _by_its_name(self, text: str, labels: Sequence[tuple[str, str]]) -> tuple[Reading[str], str] | None:
        found = self._called(text) | self._at_odds(labels)
        if len(found) == 1:
            return Reading(next(iter(found)), "unit_name"), ""
        if found:
            return Reading(None, problem="ambiguous_unit"), ", ".join(map(self.title, sorted(found)))
        slipped = next((first for first, name in labels if self._is_nearly(name, first)), None)
        return (Reading(slipped, "unit_slip"), self.title(slipped)) if slipped else None

    def title(self, code: str) -> str:
        """Name and code as displayed: `Xã Mộc Bắc (13318)`."""
        names = self.names.get(code, ())
        return f"{names[-1]} ({code})" if names else code

    def is_name_of(self, name: str, code: str) -> bool:
        """Whether the unit has or had this name, with or without its type."""
        key = unit_key(name)
        return any(key in keys_of(each) for each in self.names.get(code, ()))

    def _padded(self, text: str) -> str | None:
        """The code that is this number with leading zeros; None unless there is exactly one."""
        if not (text.isascii() and text.isdigit()):
            return None
        found = {text.zfill(width) for width in self._widths if width > len(text)} & self.codes
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _widths(self) -> frozenset[int]:
        return frozenset(len(code) for code in self.codes if code.isdigit())

    def _labels(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each known code before a dash or at the beginning or end of `text`, with the remaining text."""
        for dash in _DASH.finditer(text):
            if (code := text[: dash.start()]) in self.codes:
                yield code, text[dash.end() :]
        words = text.split()
        for word, others in ((words[0], words[1:]), (words[-1], words[:-1])):
            if (code := word.strip(_EDGES)) in self.codes:
                yield code, " ".join(others).strip(_EDGES)

    def _is_labelled(self, code: str, name: str) -> bool:
        """Whether the text next to a code is empty or a name of the unit, with or without its parent units."""
        return not name or self.is_name_of(name, code) or code in self.by_path.get(path_key(name), ())

    def _called(self, text: str) -> frozenset[str]:
        """The units with this name, with or without parent units; diacritics are ignored if the text has none."""
        key = path_key(text)
        if found := self.by_path.get(key) or self.by_name.get(key):
            return found
        if text.isascii() and (found := self._by_bare.get(bare(key))):
            return found
        in_brackets = {unit_key(each) for each in _BRACKETED.findall(text)}
        return frozenset() if in_brackets & self._all_keys else self.by_name.get(unit_key(text), frozenset())

    @cached_property
    def _by_bare(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for key, codes in (*self.by_path.items(), *self.by_name.items()):
            found[bare(key)] = found.get(bare(key), frozenset()) | codes
        return found

    @cached_property
    def _all_keys(self) -> frozenset[str]:
        return frozenset(key for titles in self.names.values() for title in titles for key in keys_of(title))

    def _at_odds(self, labels: Iterable[tuple[str, str]]) -> frozenset[str]:
        """The units that a code and the name next to it stand for, if units have that name."""
        by_name = ((code, self._called(name)) for code, name in labels)
        return frozenset().union(*({code, *named} for code, named in by_name if named))

    def _is_nearly(self, name: str, code: str) -> bool:
        """Whether the name is probably a misspelling of the unit's name, and not the name of any unit."""
        return unit_key(name) not in self._all_keys and any(
            likeness(name, title) >= NEAR_NAME for title in self.names.get(code, ())
        )


def unit_key(text: str) -> str:
    """The comparison key of a unit's name: abbreviations expanded, the leading agency removed."""
    key = normalised(text)
    for pattern, word in _SHORT:
        key = pattern.sub(word, key)
    return key


def path_key(text: str) -> str:
    """The key of a unit's name that may be followed by its parent units, with any separator."""
    key = " ".join(filter(None, map(unit_key, _SEPARATOR.split(text))))
    for pattern, word in _WITHIN:
        key = pattern.sub(word, key)
    return key


def keys_of(title: str) -> tuple[str, str]:
    """The keys of `Xã Mộc Bắc`: with the type and without."""
    key = unit_key(title)
    return key, _TYPE.sub("", key)


def likeness(name: str, title: str) -> float:
    """The similarity of two unit names, up to 1; diacritics are ignored, and different types lower it a little.

    It is 0 if the names are clearly less similar than `NEAR_NAME`.
    """
    one, other = _bare_name(name), _bare_name(title)
    matcher = SequenceMatcher(None, one, other)
    ratio = matcher.ratio() if matcher.quick_ratio() >= NEAR_NAME else 0.0
    same_type = unit_key(name).partition(" ")[0] == unit_key(title).partition(" ")[0]
    return ratio if same_type else ratio * _OTHER_TYPE


@lru_cache(maxsize=20_000)
def _bare_name(name: str) -> str:
    return _BARE_TYPE.sub("", bare(unit_key(name)))


def unit_names(con: duckdb.DuckDBPyConnection, codes: Iterable[str], start: date, end: date) -> UnitNames:
    """The names in `lookups.units`; `by_name` and `by_path` have only units among `codes` in force within the dates."""
    rows = con.execute(_NAMES, {"start": start, "end": end}).fetchall()
    wanted = set(codes)
    by_name: dict[str, set[str]] = {}
    by_path: dict[str, set[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for code, title, in_force, above, top in rows:
        if names.get(code, ("",))[-1] != title:
            names[code] = (*names.get(code, ()), title)
        if in_force and code in wanted:
            for key in keys_of(title):
                by_name.setdefault(key, set()).add(code)
            for path in _paths(title, above, top):
                by_path.setdefault(path, set()).add(code)
    there = frozenset(code for code, _, in_force, *_ in rows if in_force)
    return UnitNames(frozenset(names), _frozen(by_name), names, _frozen(by_path), there)


_NAMES = """
    with spells as (
        select *, concat_ws(' ', unit_type, unit_name) as title,
            valid_from <= $end and (valid_to is null or valid_to > $start) as in_force
        from lookups.units
    )
    select u.unit_code, u.title, u.in_force, above.title, top.title
    from spells as u
    left join spells as above on above.unit_code = u.parent_code and above.in_force
    left join spells as top on top.unit_code = above.parent_code and top.in_force
    order by u.in_force, u.valid_from, u.unit_code, above.valid_from, top.valid_from
"""
"""The query for names: one row per validity period of a unit and of its parent units in the period."""


def _paths(title: str, above: str | None, top: str | None) -> Iterator[str]:
    """Yield the keys of a unit's name with one and with two parent units."""
    for key in keys_of(title):
        for parent in keys_of(above) if above else ():
            yield f"{key} {parent}"
            yield from (f"{key} {parent} {each}" for each in (keys_of(top) if top else ()))


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(codes) for key, codes in found.items()}
