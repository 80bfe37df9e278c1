"""Suggestions for values that break a rule: the label, unit, year or date that was probably meant. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from itertools import islice

from ingest.contract.sheet_contract import Column, ValueType
from ingest.lookups.units import LABEL_DASH, NEAR_NAME, UnitNames, likeness
from ingest.parsing.days import true_weekdays
from ingest.parsing.keys import bare, normalised
from ingest.parsing.losses import REPLACED
from ingest.staging.column_parsers import Lexicon

_NEAR = 0.75
_AS_NEAR = 0.05
"""A candidate whose similarity is lower than the best one's by more than this is not suggested."""

_FOREIGN = 0.94
"""The factor on the similarity of units on which the sender does not report."""

_MOST = 3
_UNITS = ("unknown_unit", "unknown_sender")
_BETWEEN = re.compile(r"[,;/+&\n]|\b(?:và|kiêm|hoặc)\b", re.IGNORECASE)
_CHOICES = ("unknown_choice", "unknown_field")

MOST_ASKED = 50
"""Maximum number of distinct values per rule and column that get a suggestion."""

Spellings = Mapping[str, Sequence[str]]
"""The spellings by label."""


@dataclass(frozen=True)
class Suggestions:
    """Suggestions for the cells of one column that break one rule."""

    rule: str
    column: Column
    lexicon: Lexicon

    def for_values(self, values: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The question whether something else was meant, by value; values are given with their evidence."""
        asked = islice(dict(values).items(), MOST_ASKED)
        return {value: self._several(value) or self._question(value, evidence) for value, evidence in asked}

    def _question(self, value: str, evidence: str) -> str:
        if self.rule == "impossible_year":
            return "".join(f"Có phải năm {year}? " for year in years_like(evidence, self.lexicon.likely_year))
        return question(self._for_value(value))

    def _several(self, value: str) -> str:
        """The sentence about a cell that names several values of its list; "" for any other."""
        both = both_in(value, self._spellings()) if self.rule in _CHOICES else []
        return (
            f"Ô ghi {len(both)} giá trị ({', '.join(f'«{it}»' for it in both)}): mỗi dòng chỉ ghi một. " if both else ""
        )

    def _for_value(self, value: str) -> list[str]:
        if self.rule in _CHOICES:
            return labels_like(value, self._spellings())
        if self.rule in _UNITS:
            return units_like(value, self.lexicon.units)
        return [each[:10] for each in islice(true_weekdays(value), 1, None)] if self.rule == "weekday_differs" else []

    def _spellings(self) -> Spellings:
        if self.column.type is ValueType.FIELD:
            return {names[0]: names for names in self.lexicon.fields.values() if names}
        return {choice.label: (choice.label, *choice.aliases) for choice in self.column.choices}


def question(meant: Sequence[str]) -> str:
    """The question `Có phải «A» hay «B»? ` with the first three suggestions; "" without any."""
    return f"Có phải {' hay '.join(f'«{each}»' for each in meant[:_MOST])}? " if meant else ""


def years_like(written: str, likely: int) -> list[str]:
    """The likely year, if the written year has almost the same digits; else empty."""
    return [str(likely)] if SequenceMatcher(None, written, str(likely)).ratio() >= _NEAR else []


def labels_like(value: str, spellings: Spellings) -> list[str]:
    """The labels that `value` may mean: those it equals but for lost letters, else those that it abbreviates,
    else those similar to it, else the one that shares its words."""
    written = bare(value)
    keys = {bare(spelling): label for label, each in spellings.items() for spelling in each}
    return (
        _with_lost_letters(value, spellings)
        or _abbreviated(written, keys)
        or _near(written, keys)
        or _sharing_words(written, keys)
    )


def both_in(value: str, spellings: Spellings) -> list[str]:
    """The labels that a cell lists, separated by commas, similar signs or words; empty for a single label."""
    parts = [normalised(part) for part in _BETWEEN.split(value)]
    keys = {normalised(spelling): label for label, each in spellings.items() for spelling in each}
    found = list(dict.fromkeys(keys[part] for part in parts if part in keys))
    return found if len(parts) > 1 and len(found) > 1 else []


def _with_lost_letters(value: str, spellings: Spellings) -> list[str]:
    """The labels that match `value` if its question marks stand for lost letters."""
    if "?" not in value and REPLACED not in value:
        return []
    lost = re.compile("".join("." if each in ("?", REPLACED) else re.escape(each) for each in value.strip()), re.I)
    return [label for label, each in spellings.items() if any(map(lost.fullmatch, each))]


def _abbreviated(written: str, keys: Mapping[str, str]) -> list[str]:
    """The labels that `written` abbreviates, those with the most whole words."""
    scores: dict[str, int] = {}
    for key, label in keys.items():
        score = _whole_words(written.split(), key.split())
        if score is not None:
            scores[label] = max(score, scores.get(label, 0))
    return [label for label, score in scores.items() if score == max(scores.values())]


def _whole_words(written: Sequence[str], words: Sequence[str]) -> int | None:
    """How many words are written in full; None unless `written` consists of words, prefixes and initials of `words`."""
    if not written or not words:
        return 0 if not written and not words else None
    token, rest = written[0], written[1:]
    found = [_whole_words(rest, words[1:])] if words[0].startswith(token) else []
    if found and found[0] is not None and token == words[0]:
        found = [found[0] + 1]
    if 1 < len(token) <= len(words) and token == "".join(word[0] for word in words[: len(token)]):
        found.append(_whole_words(rest, words[len(token) :]))
    return max((each for each in found if each is not None), default=None)


def _near(written: str, keys: Mapping[str, str]) -> list[str]:
    return _likeliest({keys[key]: _ratio(written, key) for key in get_close_matches(written, keys, _MOST, _NEAR)})


def _sharing_words(written: str, keys: Mapping[str, str]) -> list[str]:
    """The only label that contains all written words, or whose words are all written."""
    words = set(written.split())
    labels = {
        label for key, label in keys.items() if words and (words <= set(key.split()) or words >= set(key.split()))
    }
    return list(labels) if len(labels) == 1 else []


def units_like(text: str, units: UnitNames) -> list[str]:
    """The units in force with a name similar to `text`; units of other senders must be a little more similar."""
    own = frozenset().union(*units.by_name.values())
    scores = {code: _likeness(text, code, units) * (1 if code in own else _FOREIGN) for code in sorted(units.in_force)}
    found = _likeliest({code: score for code, score in scores.items() if score >= NEAR_NAME})
    return [f"{code}{LABEL_DASH}{units.names[code][-1]}" for code in found]


def _likeness(text: str, code: str, units: UnitNames) -> float:
    return max(likeness(name, units.names[code][-1]) for name in _names_in(text))


def _names_in(text: str) -> Iterator[str]:
    """Yield the text, and its part before the first comma, which leaves out the parent units."""
    yield text
    yield text.partition(",")[0]


def _likeliest(scores: Mapping[str, float]) -> list[str]:
    best = sorted(scores, key=lambda each: -scores[each])
    return [each for each in best if scores[each] >= scores[best[0]] - _AS_NEAR]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
