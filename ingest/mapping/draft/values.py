"""Match an export's values to the codes of the contract. Pure."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from ingest.parsing.keys import bare

_NEAR = 0.8

_MEANT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "outcome": {
        "resolved": ("closed", "resolved", "completed", "complete", "done", "case closed", "đã xử lý", "đã trả kết quả",
                     "hoàn thành", "đã hoàn thành", "đã xong", "đã có kết quả"),
        "in_progress": ("open", "in progress", "assigned", "pending", "started", "đang xử lý", "đang thực hiện",
                        "chờ xử lý"),
        "not_started": ("new", "received", "submitted", "unspecified", "mới", "mới tiếp nhận", "đã tiếp nhận",
                        "chưa xử lý"),
        "transferred": ("transferred", "referred", "chuyển đơn vị khác", "chuyển tiếp"),
        "duplicate": ("duplicate", "trùng lặp"),
        "out_of_scope": ("cancelled", "canceled", "not city", "invalid", "không thuộc thẩm quyền"),
        "returned": ("returned", "rejected", "trả lại", "từ chối"),
    },
    "responsible_body": {"government": ("ubnd", "chính quyền"), "party": ("đảng ủy", "cấp ủy")},
}  # fmt: skip
"""How other systems spell the contract's choices, in English and Vietnamese."""


def meanings(field: str, values: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The codes by value, for the values that are similar to a spelling of a code; `words` are labels by code."""
    spelt = {code: (code, *labels, *_MEANT.get(field, {}).get(code, ())) for code, labels in words.items()}
    found = {value: _code(value, spelt) for value in values}
    return {value: code for value, code in found.items() if code}


def _code(value: str, spelt: Mapping[str, tuple[str, ...]]) -> str | None:
    key = bare(value)
    scored = [(_likeness(key, bare(word)), code) for code, words in spelt.items() for word in words]
    best, code = max(scored, default=(0.0, ""))
    return code if best >= _NEAR else None


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else 0.99 * SequenceMatcher(None, one, other).ratio()
