"""Messages for date, number and choice cells that hold a formula or a formula error. Pure."""

from ingest.model.received import UNCOMPUTED
from ingest.parsing.formulas import is_error, is_formula

_UNREAD = frozenset(
    (
        "not_a_date", "not_a_number", "not_a_year", "not_yes_no", "unknown_choice", "unknown_field", "unknown_unit",
        "unknown_sender", "wrong_period",
    )
)  # fmt: skip
"""The rules about a text that is not a value of its column."""

_ERROR = "Ô «{}» chứa lỗi công thức «{}» nên không có giá trị."
_FORMULA = "Ô «{}» còn nguyên công thức «{}» nên không có giá trị."
_REMEDY = "Sửa công thức hoặc ghi thẳng giá trị vào ô, rồi gửi lại."


def formula_sentences(rule: str, header: str, value: str) -> tuple[str, str] | None:
    """Message and remedy for a cell with a formula or its error, in place of the rule's own; None for other cells."""
    if rule not in _UNREAD:
        return None
    if is_error(value) or value.startswith(UNCOMPUTED):
        return _ERROR.format(header, value), _REMEDY
    return (_FORMULA.format(header, value), _REMEDY) if is_formula(value) else None
