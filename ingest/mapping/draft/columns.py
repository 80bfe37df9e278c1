"""Match an export's columns to fields, by how similar the headers are to names of the fields. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from ingest.contract.sheet_contract import SheetContract
from ingest.parsing.keys import bare

NEAR = 0.62
"""Minimum similarity between a header and a name of a field."""

_CALLED: Mapping[str, tuple[str, ...]] = {
    "petition_code": ("case id", "case enquiry id", "unique key", "service request id", "request number", "ticket id",
                      "mã hồ sơ", "số hồ sơ", "mã phiếu", "mã phản ánh", "số biên nhận"),
    "unit_code": ("agency", "department", "responsible agency", "assigned department", "office",
                  "đơn vị tiếp nhận", "đơn vị xử lý", "cơ quan tiếp nhận", "cơ quan xử lý", "đơn vị", "cơ quan"),
    "received_on": ("created date", "open date", "opened", "open dt", "requested datetime", "date received",
                    "ngày nhận", "ngày nộp", "ngày tạo", "thời điểm tiếp nhận", "ngày tiếp nhận hồ sơ"),
    "field": ("category", "complaint type", "service name", "request type", "subject", "topic",
              "lĩnh vực", "loại phản ánh", "nhóm lĩnh vực", "chủ đề"),
    "summary": ("descriptor", "description", "details", "request details", "type", "title",
                "nội dung", "trích yếu", "tiêu đề", "nội dung phản ánh"),
    "due_on": ("due date", "target date", "target dt", "sla due date", "expected close date",
               "hạn xử lý", "hạn trả kết quả", "ngày hẹn trả", "hẹn trả", "thời hạn"),
    "outcome": ("status", "case status", "state", "trạng thái", "tình trạng xử lý", "kết quả xử lý"),
    "settled_on": ("closed date", "close date", "closed dt", "closed", "resolved date", "completion date",
                   "ngày xử lý xong", "ngày trả kết quả", "ngày kết thúc", "ngày hoàn tất", "ngày có kết quả"),
    "result_no": ("số văn bản", "số công văn trả lời"),
    "satisfaction": ("satisfaction", "rating", "đánh giá", "mức hài lòng"),
    "dialogue_code": ("meeting id", "mã cuộc họp", "mã cuộc đối thoại"),
    "held_on": ("meeting date", "ngày họp", "ngày diễn ra"),
    "chair_name": ("chair", "chairperson", "chủ tọa", "người chủ tọa"),
}  # fmt: skip
"""The names that other systems give to the contract's fields, in English and Vietnamese."""


def columns_by_field(contract: SheetContract, headers: Sequence[str]) -> dict[str, str]:
    """The header for each field that has a similar one; the most similar pairs come first, no header is used twice."""
    scored = sorted(
        ((_score(header, _names(contract, field)), field, header) for field in _fields(contract) for header in headers),
        key=lambda it: -it[0],
    )
    placed: dict[str, str] = {}
    for score, field, header in scored:
        if score >= NEAR and field not in placed and header not in placed.values():
            placed[field] = header
    return {field: placed[field] for field in _fields(contract) if field in placed}


def unplaced(contract: SheetContract, placed: Collection[str]) -> list[str]:
    """The required fields without a column."""
    return [column.field for column in contract.columns if column.column_required and column.field not in placed]


def _fields(contract: SheetContract) -> list[str]:
    return [column.field for column in contract.columns]


def _names(contract: SheetContract, field: str) -> Iterable[str]:
    column = contract.column(field)
    return (field, column.header, *column.aliases, *_CALLED.get(field, ()))


def _score(header: str, names: Iterable[str]) -> float:
    """The similarity of a header to the nearest of the names, from 0 to 1."""
    return max(_likeness(_words(header), _words(name)) for name in names)


def _words(text: str) -> str:
    """A header as words without diacritics: `ClosedDate` and `CLOSED_DT` are split, `dt` becomes `date`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join("date" if word in ("dt", "datetime") else word for word in bare(parted).split())


def _likeness(one: str, other: str) -> float:
    """The greater of two similarities, by shared words and by letters; letters weigh a little less."""
    if one == other:
        return 1.0
    words, others = set(one.split()), set(other.split())
    shared = 2 * len(words & others) / (len(words) + len(others)) if words and others else 0.0
    letters = SequenceMatcher(None, one, other).ratio()
    return max(0.95 * shared, 0.9 * letters)
