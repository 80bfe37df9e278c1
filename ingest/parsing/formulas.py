"""Texts that programs leave in place of a value: errors, uncomputed formulas, zero as a date. Pure."""

import re

_ERRORS = frozenset(
    {
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
        "#BLOCKED!", "#BUSY!", "#CONNECT!", "#EXTERNAL!", "#FIELD!", "#PYTHON!", "#UNKNOWN!",
    }
)  # fmt: skip
_LIBREOFFICE = re.compile(r"Err:\d{3,5}", re.IGNORECASE)
_REFERENCE = r"(?:(?:'[^']+'|[\w.]+)!)?\$?[A-Z]{1,3}\$?\d{1,7}"
_FORMULA = re.compile(
    rf"=[-+(\s]*(?:@?(?:_xl\w+\.)*[A-Z][A-Z0-9_.]*\(.*|{_REFERENCE}\s*(?:[-+*/&^:<>=,)].*)?"
    r"|\d[\d.,]*\s*[-+*/^&]\s*[\d(A-Z\"$][!-~]*+(?:\s++[-+*/^&]\s*+[!-~]++)*)",
    re.IGNORECASE | re.DOTALL,
)

_ZERO_DATE = re.compile(
    r"(?:0|00:00(?::00)?|0{1,2}[/.-]0{1,2}[/.-](?:0{2}|0{4})|0000-00-00|0{1,2}[/.-]0?1[/.-]1900|1900-01-00|"
    r"3[01][/.-]12[/.-]1899|1899-12-3[01])(?: 00:00(?::00)?)?"
)


def is_zero_date(text: str) -> bool:
    """Whether the text is zero as programs display it in a date column, which means that no date was given."""
    return _ZERO_DATE.fullmatch(text.strip()) is not None


def is_error(text: str) -> bool:
    """Whether the text is a formula error, as Excel or LibreOffice displays it."""
    stripped = text.strip()
    return stripped.upper() in _ERRORS or _LIBREOFFICE.fullmatch(stripped) is not None


def is_formula(text: str) -> bool:
    """Whether a text is a formula: `=A1+1`, `=DISPIMG("ID_…",1)`; `=> đã trả lời` and `===` are ordinary text."""
    return text.lstrip(" '").startswith("=") and _FORMULA.fullmatch(text.strip(" '\n")) is not None
