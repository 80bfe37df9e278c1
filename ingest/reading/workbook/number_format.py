"""How custom formats display numbers: `"KN-347-"0000` displays 1 as KN-347-0001. Pure."""

import re
from functools import cache

from ingest.reading.grid import Shown

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<colour>black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]|\[(?P<condition>[<>=][^\]]*)\]"
    r"|\[(?P<elapsed>[hms]+)\]|(?P<general>general)|(?P<digit>[0#?])|(?P<point>[.,])|(?P<percent>%)"
    r"|(?P<exponent>e[+-])|(?P<date>am/pm|a/p|[ymdhsbg])|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL = ("quoted", "escaped", "currency", "literal")
_NO_CODE = frozenset({"elapsed", "date", "point", "exponent"})
_MOST_DIGITS = 15
_LONGEST = 255
"""Maximum number of characters in a format; no program writes more."""

Token = tuple[str, str]
"""One piece of a format: its kind and its text."""


def shown_by(pattern: str, number: float) -> Shown | None:
    """The displayed form of `number`; None if the format displays it as a plain number, a date or a time.

    Its `text` is None if the displayed text is not certain, as for formats that are not supported here.
    """
    pattern = pattern[:_LONGEST]
    sections = [_tokens(each) for each in _sections(pattern)]
    tokens = sections[2] if number == 0 and len(sections) > 2 else sections[0]
    kinds = {kind for kind, _ in tokens}
    if "percent" in kinds and not kinds & {"date", "elapsed", "exponent"}:
        return Shown(_percent(tokens, number), pattern)
    if kinds & _NO_CODE or not _has_own_text(tokens):
        return None
    is_plain = number >= 0 and number.is_integer() and number < 10**_MOST_DIGITS
    certain = is_plain and "condition" not in kinds and ("digit" in kinds or "general" in kinds)
    return Shown(_filled(tokens, str(int(number)) if number else "") if certain else None, pattern)


@cache
def changes_numbers(pattern: str) -> bool:
    """Whether the format displays numbers as a text other than their digits."""
    return shown_by(pattern, 1.0) is not None


def _sections(pattern: str) -> list[str]:
    """The sections of a format (at most four), separated by semicolons outside quotes."""
    return re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', pattern, re.DOTALL)[:4] or [""]


@cache
def _tokens(section: str) -> tuple[Token, ...]:
    found = []
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup or "literal"
        found.append(("literal" if kind in _LITERAL else kind, match[kind]))
    return tuple(found)


def _has_own_text(tokens: tuple[Token, ...]) -> bool:
    """Whether the format adds letters, digits, symbols or leading zeros to the number, or has a condition."""
    literal = any(kind == "literal" and text.strip(" \u00a0@") for kind, text in tokens)
    digits = [text for kind, text in tokens if kind == "digit"]
    return literal or digits.count("0") > 1 or any(kind == "condition" for kind, _ in tokens)


def _filled(tokens: tuple[Token, ...], digits: str) -> str:
    """The digits put into their places from the right; the first place takes all remaining digits."""
    places = sum(kind in {"digit", "general"} for kind, _ in tokens)
    shown = []
    for kind, text in reversed(tokens):
        if kind in {"digit", "general"}:
            places -= 1
            whole = kind == "general" or not places
            taken, digits = (digits, "") if whole else (digits[-1:], digits[:-1])
            shown.append(taken or _blank(text))
        elif kind == "literal":
            shown.append(text)
        elif kind == "space":
            shown.append(" ")
    return "".join(reversed(shown)).strip()


def _blank(place: str) -> str:
    """The text displayed at a place for which there is no digit."""
    return {"#": "", "?": " "}.get(place, "0")


def _percent(tokens: tuple[Token, ...], number: float) -> str:
    after_point = False
    decimals = 0
    for kind, text in tokens:
        after_point = after_point or (kind == "point" and text == ".")
        decimals += after_point and kind == "digit"
    return f"{number * 100:.{decimals}f}%".replace(".", ",")
