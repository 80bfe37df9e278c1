"""Masking of contact and identity numbers inside free text. Pure; the SQL form and the Python form are one list.

Masked are telephone numbers (0 or +84 and nine or ten digits, with blanks, dots or dashes between), identity numbers
(nine or twelve digits) and e-mail addresses. Rather too much is masked than too little: nine digits may be money.
"""

import re

from warehouse.expectations import literal

_PATTERNS = (
    (r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+", "[thư điện tử đã che]"),
    (r"(?:\+84|\b84|\b0)(?:[ .\-]?[0-9]){9,10}\b", "[số điện thoại đã che]"),
    (r"\b[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}\b|\b[0-9]{9}\b", "[số giấy tờ đã che]"),
)
MASK_END = " đã che]"
"""How every mask ends."""

_COMPILED = tuple((re.compile(pattern, re.ASCII), mask) for pattern, mask in _PATTERNS)
_MAYBE = r"[0-9](?:[ .\-]?[0-9]){8}|@"


def masked(text: str) -> str:
    """`text` with what tells who or where a person is replaced by what it was."""
    for pattern, mask in _COMPILED:
        text = pattern.sub(mask, text)
    return text


def masked_sql(column: str) -> str:
    """An SQL expression with the value of `masked`."""
    for pattern, mask in _PATTERNS:
        column = f"regexp_replace({column}, {literal(pattern)}, {literal(mask)}, 'g')"
    return column


def may_need_masking_sql(column: str) -> str:
    """An SQL condition without which a text needs no masking: it holds nine digits close together, or @."""
    return f"regexp_matches({column}, {literal(_MAYBE)})"
