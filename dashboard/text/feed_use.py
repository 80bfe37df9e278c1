"""Sentences on how the published figures use a feed, and how they would use more of it. Pure."""

from dashboard.text import formats as f
from dashboard.text.file_check import label
from warehouse.feed_use import Cutoff, FeedUse, Pinned, Use

NEVER_USED = {
    Use.UNKNOWN: "Bản số liệu đang công bố chưa có tệp {feed}: bản này chỉ biết các tệp nhận đến {known_at}. Hãy tính "
    "lại số liệu.",
    Use.REJECTED: "Tệp bị từ chối nên không dòng nào vào số liệu.",
    Use.REPLACED: "Số liệu không dùng tệp {feed}: bản {in_force} của cùng đơn vị và kỳ đã thay.",
    Use.NIL: "Báo cáo «Không phát sinh» này được tính là đã nhận; không có dòng nào để đưa vào số liệu.",
    Use.EMPTY: "Báo cáo được tính là đã nhận, nhưng mọi dòng bị giữ lại nên không số liệu nào có dòng của tệp này.",
}
"""Sentences on feeds without any row in the figures."""


def sentence(found: FeedUse, cutoff: Cutoff) -> str:
    """Return whether the published figures contain the feed; if not, why, and what would change that."""
    if sentence := NEVER_USED.get(found.use):
        known_at = f.instant(cutoff.known_at)
        return sentence.format(feed=found.feed_id, in_force=found.in_force, known_at=known_at)
    until = f.instant(cutoff.as_of)
    if found.use is Use.AHEAD:
        return f"{ahead(found.period_code, f.day(found.period_start), until)} {_used(found)} {remedy(found, cutoff)}"
    if found.use is Use.RUNNING:
        return (
            f"{label(found.period_code)} kéo dài đến {f.day(found.period_end)}, quá thời điểm số liệu ({until}): "
            f"chỉ tính những gì phát sinh đến đó. {_used(found)} {remedy(found, cutoff)}"
        )
    return _used(found)


def ahead(period_code: str, first_day: str, until: str) -> str:
    """Return the sentence that a period is after the cutoff."""
    return (
        f"{label(period_code)} bắt đầu ngày {first_day}, sau thời điểm số liệu ({until}), nên chưa có số liệu nào của "
        "kỳ này."
    )


def _used(found: FeedUse) -> str:
    """Return how many rows of the feed the figures contain; tenures are not counted as rows."""
    if not found.rows:
        return "Tệp không có dòng hội nghị, kiến nghị hay hồ sơ nào để đưa vào số liệu."
    if not found.used:
        return f"Trong số liệu không có dòng nào của tệp {found.feed_id}."
    if found.used == found.rows:
        return f"Số liệu có cả {f.number(found.rows)} dòng hội nghị, kiến nghị và hồ sơ của tệp {found.feed_id}."
    return (
        f"Số liệu có {f.number(found.used)}/{f.number(found.rows)} dòng hội nghị, kiến nghị và hồ sơ của tệp "
        f"{found.feed_id}."
    )


def remedy(found: FeedUse, cutoff: Cutoff) -> str:
    """Return what would move the cutoff past the period of the feed."""
    match cutoff.pinned:
        case Pinned.SAMPLE:
            wanted = f"doithoai build --as-of {found.period_end:%Y-%m-%d}"
            return f"Dữ liệu mẫu giữ nguyên ngày này; muốn tính đến ngày khác, chạy «{wanted}»."
        case Pinned.CHOSEN:
            return "Bản này được lập riêng cho thời điểm đó; bấm «Tính lại số liệu» để tính đến lúc bấm."
        case Pinned.NOW:
            day = found.period_start if found.use is Use.AHEAD else found.period_end
            return f"Số liệu tính đến lúc bấm «Tính lại số liệu»; hãy tính lại sau ngày {f.day(day)}."
