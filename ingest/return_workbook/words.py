"""The wording of a return workbook. Pure."""

from collections.abc import Mapping
from itertools import groupby

from ingest.findings.cell_ranges import Group
from ingest.model.findings import Standing, Tier

MAX_SHOWN = 40
"""Maximum number of ranges in one cell of the list; the sender finds further cells by their colour."""

TIERS: Mapping[Tier, str] = {Tier.FEED: "Từ chối tệp", Tier.ROW: "Giữ lại dòng", Tier.WARN: "Lưu ý"}
STANDINGS: Mapping[Standing | None, str] = {
    Standing.NEW: "mới",
    Standing.OPEN: "vẫn còn",
    Standing.FIXED: "đã sửa",
}


def verdict_words(rejected: bool, quarantined: int) -> str:
    """The verdict in words."""
    if rejected:
        return "KẾT LUẬN: TỆP BỊ TỪ CHỐI, chưa dòng nào được nhận."
    if quarantined:
        return f"KẾT LUẬN: TỆP NHẬN ĐƯỢC, nhưng {quarantined} dòng lỗi bị giữ lại, không tính vào số liệu."
    return "KẾT LUẬN: TỆP NHẬN ĐƯỢC."


def next_step(rejected: bool, quarantined: int, warnings: int, asked: int) -> str:
    """The sender's next step, in one sentence."""
    if rejected:
        return "Việc cần làm: sửa các ô ghi «Từ chối tệp», rồi «Giữ lại dòng», lưu chính tệp này và gửi lại."
    if quarantined:
        also = f" Ghi lý do vào {asked} ô trống của cột «Lý do xác nhận» nếu số liệu đúng." if asked else ""
        return f"Việc cần làm: sửa các ô ghi «Giữ lại dòng», lưu chính tệp này và gửi lại; bản mới thay bản này.{also}"
    if asked:
        return f"Việc cần làm: ghi lý do vào {asked} ô trống của cột «Lý do xác nhận» nếu số liệu đúng, lưu và gửi lại."
    if warnings:
        return "Việc cần làm: xem các lưu ý; chỉ sửa và gửi lại nếu số liệu chưa đúng."
    return "Không phải làm gì thêm."


def ranges_words(group: Group) -> str:
    """The ranges as text, `Kiến nghị!F5:F9, F12`; after MAX_SHOWN ranges, the number of further cells."""
    shown, rest = group.ranges[:MAX_SHOWN], group.ranges[MAX_SHOWN:]
    sheets = groupby(shown, key=lambda each: each.sheet)
    named = "; ".join(f"{sheet}!{', '.join(each.reference for each in ranges)}" for sheet, ranges in sheets)
    more = sum(each.cells for each in rest) + group.more
    return f"{named} … và {count_words(more)} ô nữa" if more else named


def count_words(number: int) -> str:
    """A count as Vietnamese readers write it: `1.234`."""
    return f"{number:,}".replace(",", ".")
