"""The notes at a template's headers: whether the column is required, its content, its rules, an example. Pure."""

from collections.abc import Iterator

from ingest.contract.sheet_contract import Column, SheetContract, ValueType
from ingest.model.findings import Tier
from ingest.template.content import TemplateContent
from ingest.template.lists import offered

_KINDS = {
    ValueType.CODE: "Mã hoặc số văn bản, ghi dạng chữ.",
    ValueType.NAME: "Chữ.",
    ValueType.FREE_TEXT: "Chữ; không ghi tên, điện thoại hay số giấy tờ của người dân.",
    ValueType.UNIT: "Chọn đơn vị trong danh sách, hoặc chỉ ghi mã đơn vị.",
    ValueType.FIELD: "Chọn một lĩnh vực trong danh sách.",
    ValueType.CHOICE: "Chọn một giá trị trong danh sách.",
    ValueType.PERIOD: "Kỳ báo cáo.",
    ValueType.DAY: "Ngày, dạng dd/mm/yyyy.",
    ValueType.INSTANT: "Ngày dd/mm/yyyy; nếu biết thì thêm giờ: dd/mm/yyyy hh:mm.",
    ValueType.INTEGER: "Số nguyên từ 0 trở lên, chỉ ghi chữ số.",
    ValueType.YEAR: "Năm, bốn chữ số.",
    ValueType.YES_NO: "Chọn Có hoặc Không.",
}
_MOST_RULES = 4


def note(sheet: SheetContract, column: Column, content: TemplateContent) -> str:
    """The note at one header."""
    return "\n".join(_lines(sheet, column, content))


def need(column: Column) -> str:
    """The Vietnamese words for whether the column is required."""
    return "bắt buộc" if column.required else "nếu có"


def _lines(sheet: SheetContract, column: Column, content: TemplateContent) -> Iterator[str]:
    yield f"{column.header} – {need(column)}"
    yield _KINDS[column.type]
    if column.description:
        yield column.description
    for remedy in _remedies(sheet, column):
        yield f"• {remedy}"
    if example := _example(sheet, column, content):
        yield f"Ví dụ: {example}"


def _remedies(sheet: SheetContract, column: Column) -> list[str]:
    """The remedies of the column's own rules, warnings last, without the rules of its type."""
    rules = [rule for rule in sheet.rules if rule.field == column.field and "{" not in rule.remedy]
    own = [rule for rule in rules if "__problem" not in str(rule.kwargs) and rule.id != "negative_number"]
    own.sort(key=lambda rule: rule.tier is Tier.WARN)
    return list(dict.fromkeys(rule.remedy for rule in own))[:_MOST_RULES]


def _example(sheet: SheetContract, column: Column, content: TemplateContent) -> str:
    if column.example:
        return column.example
    if choices := offered(sheet, column, content):
        return choices.values[0] if choices.values else ""
    match column.type:
        case ValueType.DAY | ValueType.INSTANT:
            return f"{content.period.start:%d/%m/%Y}"
        case ValueType.YEAR:
            return str(content.period.start.year)
        case ValueType.INTEGER:
            return "25"
        case _:
            return ""
