"""Petitions on the screen: the list behind a figure, and one petition down to its file, sheet and row."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import filters, layout, markup
from dashboard.layout import Page
from dashboard.markup import Link
from dashboard.queries import heads, petitions
from dashboard.queries.petitions import PAGE_ROWS, Selection
from dashboard.text import formats, labels, sentences
from dashboard.text import petitions as petition_texts

_TEXT = st.column_config.TextColumn
OPEN_COLUMNS: dict[str, Any] = {
    "petition_code": _TEXT("Mã kiến nghị", width=150),
    "unit_name": _TEXT("Đơn vị giải quyết", width=165),
    "body": _TEXT("Cơ quan", width=90),
    "field_name": _TEXT("Lĩnh vực", width=150),
    "received": _TEXT("Tiếp nhận", width=88, alignment="right"),
    "due": _TEXT("Hạn", width=88, alignment="right"),
    "late": _TEXT("Quá hạn, ngày", width=105, alignment="right"),
    "summary": _TEXT("Nội dung kiến nghị", width=480),
}
LIST_COLUMNS: dict[str, Any] = {
    **{name: OPEN_COLUMNS[name] for name in ("petition_code", "unit_name", "body", "field_name", "received", "due")},
    "settled": _TEXT("Giải quyết", width=88, alignment="right"),
    "state": _TEXT("Tình trạng", width=170),
    "late": OPEN_COLUMNS["late"],
    "summary": OPEN_COLUMNS["summary"],
}


def show_list(page: Page, selection: Selection, key: str, *, only_first: bool = False, height: int = 560) -> None:
    """A page of the petitions of `selection`; a click opens one. `only_first` where another list follows the page
    number in the address; the whole is then one link away."""
    number = 1 if only_first else int(page.view.page)
    total = page.snapshot.ask(petitions.petition_count, selection)
    found = page.snapshot.ask(petitions.petition_list, selection, number)
    first = (number - 1) * PAGE_ROWS + 1
    layout.say(f"{petition_texts.listed(len(found), total, first)} {sentences.OPEN_BY_CLICK if total else ''}", "note")
    if found.empty:
        return
    is_open = bool(found["settled_at"].isna().all())
    columns = OPEN_COLUMNS if is_open else LIST_COLUMNS
    row = layout.local_frame(_shown(found), columns, f"{key}-{number}", opens=True, height=height)
    if row is not None:
        open_petition(page, str(found["petition_code"].iloc[row]))
    if not only_first:
        _pager(page, total, number)


def open_petition(page: Page, code: str) -> None:
    """Go to one petition, the list kept in the address."""
    st.switch_page(page.places[labels.UNITS], query_params=filters.parameters_of(page.view.to(petition=code)))


def _pager(page: Page, total: int, number: int) -> None:
    last = -(-total // PAGE_ROWS)
    steps = [("trang trước", number - 1), ("trang sau", number + 1)]
    links = [
        Link(label, filters.address(page.here, page.view.to(page=str(to)))) for label, to in steps if 1 <= to <= last
    ]
    if links:
        st.html(markup.quiet_links(links))


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "petition_code": found["petition_code"],
            "unit_name": found["unit_name"],
            "body": found["body"].map(labels.BODIES),
            "field_name": found["field_name"],
            "received": _days(found["received_at"]),
            "due": _days(found["due_at"]),
            "settled": _days(found["settled_at"]),
            "state": found["class"].map(labels.CLASSES),
            "late": [formats.NOTHING if pd.isna(days) else formats.number(int(days)) for days in found["days_overdue"]],
            "summary": found["summary"].fillna(sentences.TEXT_HIDDEN),
        }
    )


def _days(column: "pd.Series[Any]") -> list[str]:
    return [formats.NOTHING if pd.isna(value) else formats.day(value) for value in column]


def show_petition(page: Page, code: str) -> None:
    """One petition: its text, its dates, who answers for it, and the cell it came from."""
    record = page.snapshot.ask(petitions.petition, code)
    if record is None:
        layout.notice(sentences.PETITION_UNKNOWN)
        return
    layout.say(f"{labels.CLASSES[record['class']]}{_lateness(record)}", "message")
    with st.container(key="body"):
        st.text(record["summary"] or sentences.TEXT_HIDDEN)
    left, right = st.columns(2, gap="large")
    with left:
        layout.say("Xử lý", "heading")
        _facts(_handling(record))
    with right:
        _answerable(page, record)
        layout.say("Nguồn số liệu", "heading")
        _facts(_source(record))
        _findings(page, record)


def _answerable(page: Page, record: dict[str, Any]) -> None:
    """Who held the responsible post when it counted; a click opens the head's page."""
    moments = {
        "head_at_maturity": "Khi đến hạn hoặc xong",
        "head_at_settlement": "Khi giải quyết",
        "head_now": "Hiện nay",
    }
    found = [
        (moment, page.snapshot.ask(heads.tenures_of, str(record[name])))
        for name, moment in moments.items()
        if record[name]
    ]
    known = [(moment, spells[0]) for moment, spells in found if spells]
    if not known:
        return
    layout.say("Người đứng đầu chịu trách nhiệm", "heading")
    shown = pd.DataFrame(
        {
            "moment": [moment for moment, _ in known],
            "name": [item.full_name for _, item in known],
            "post": [item.post or labels.POSTS[item.body] for _, item in known],
        }
    )
    names = {"moment": "Thời điểm", "name": "Họ và tên", "post": "Chức vụ"}
    row = layout.local_frame(shown, names, "chiu-trach-nhiem", opens=True)
    if row is not None:
        layout.go_to_head(page, known[row][1].head_id)


def _facts(pairs: list[tuple[str, str]]) -> None:
    st.html(markup.facts(pairs))


def _lateness(record: dict[str, Any]) -> str:
    days = record["days_overdue"]
    return "" if days is None else f" {formats.number(int(days))} ngày" if days >= 1 else " chưa đến 1 ngày"


def _handling(record: dict[str, Any]) -> list[tuple[str, str]]:
    due = formats.instant(record["due_at"])
    if record["due_is_default"]:
        due += " (theo quy định, văn bản không nêu hạn)"
    elif record["due_at"] != record["original_due_at"]:
        due += f" (đã gia hạn từ {formats.instant(record['original_due_at'])})"
    return [
        ("Mã kiến nghị", record["petition_code"]),
        ("Hội nghị đối thoại", record["dialogue_code"] or "không gắn với hội nghị"),
        ("Lĩnh vực", record["field_name"] or record["field_code"]),
        ("Đơn vị tiếp nhận", record["unit_name"] or record["unit_code"]),
        ("Đơn vị giải quyết", record["responsible_name"] or record["responsible_unit_code"]),
        ("Cơ quan chịu trách nhiệm", labels.BODIES[record["responsible_body"]]),
        ("Ngày tiếp nhận", formats.instant(record["received_at"])),
        ("Hạn giải quyết", due),
        ("Ngày giải quyết xong", formats.instant(record["settled_at"])),
        ("Kết quả", labels.OUTCOMES[record["outcome"]]),
        ("Văn bản trả lời", record["result_no"] or formats.NOTHING),
        ("Mức độ hài lòng", labels.SATISFACTION.get(record["satisfaction"], formats.NOTHING)),
    ]


def _source(record: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Tệp", record["file_name"]),
        ("Trang tính", record["sheet"]),
        ("Dòng", formats.number(record["row_number"])),
        ("Lần gửi", record["feed_id"]),
        ("Ngày nhận tệp", formats.instant(record["feed_received_at"])),
    ]


def _findings(page: Page, record: dict[str, Any]) -> None:
    found = page.snapshot.ask(petitions.findings_of_row, record["feed_id"], record["sheet"], record["row_number"])
    if found.empty:
        layout.say("Kiểm tra tệp không có ghi chú nào cho dòng này.", "note")
        return
    names = {"cell": "Ô", "message": "Ghi chú khi kiểm tra tệp", "remedy": "Cách xử lý"}
    layout.local_frame(found, names, "ghi-chu")
