"""The sheets that the project itself puts into a feed's workbook, and how the reader knows them again. Pure."""

from collections.abc import Mapping

from ingest.parsing.keys import normalised

RESULT_SHEET = "Kết quả kiểm tra"
"""The first sheet of a return workbook: every finding, with a column in which the sender gives reasons."""

LISTS_SHEET = "Danh mục của mẫu"
"""The hidden sheet of a template: what its drop-down lists offer."""

TEMPLATE_AUTHOR, TEMPLATE_HEADER = "Mẫu báo cáo", 4
"""Whose notes those of a template are, and the row of its headers, which have one each."""

RESULT_HEADERS: Mapping[str, str] = {
    "number": "STT",
    "tier": "Mức độ",
    "cell": "Ô",
    "header": "Cột",
    "value": "Giá trị",
    "message": "Vấn đề",
    "remedy": "Cách sửa",
    "standing": "So với bản trước",
    "reason": "Lý do xác nhận",
    "key": "Khóa xác nhận",
}
"""The columns of the result sheet in their order; the last one is hidden."""

_OURS = frozenset(map(normalised, (RESULT_SHEET, LISTS_SHEET)))


def is_own(sheet_name: str) -> bool:
    """Whether a sheet of this name is the project's own, and no data of the sender."""
    return normalised(sheet_name) in _OURS


def is_result(sheet_name: str) -> bool:
    """Whether a sheet of this name holds the results of an earlier check."""
    return normalised(sheet_name) == normalised(RESULT_SHEET)
