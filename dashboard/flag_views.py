"""Integrity flags on the screen: a page of them, and the place where each is explained."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import filters, layout, markup
from dashboard.explained import Explained, explain
from dashboard.layout import Page
from dashboard.markup import Cell
from dashboard.queries.quality import Flag
from dashboard.text import explanations, formats
from dashboard.text import steward as texts
from warehouse.errors import DoithoaiError

A_PAGE = 25
NEWEST = 5


def all_flags(page: Page, flags: Sequence[Flag], said: Explained) -> None:
    """The flags of a kind, those without an explanation first, and the place to explain one of those in view."""
    layout.say(texts.FLAGS, "heading")
    if not flags:
        layout.say(texts.NO_FLAGS, "note")
        return
    layout.say(texts.FLAGS_NOTE, "note")
    kind = _kind(flags)
    chosen = sorted((flag for flag in flags if kind in {"", flag.code}), key=lambda flag: said.holds_for(flag.flag_id))
    number = _page_number(page, len(chosen))
    shown = chosen[(number - 1) * A_PAGE : number * A_PAGE]
    st.html(markup.table(_headers(), [_row(page, flag, said) for flag in shown]))
    _pager(page, len(chosen), number)
    if page.desk is not None:
        _explain(page.desk, _explainable(shown, flags, said), said)
        _newest(flags, said)


def _kind(flags: Sequence[Flag]) -> str:
    """The code of the kind that the reader chooses; empty: all kinds."""
    names = {"": texts.ALL_FLAGS, **{flag.code: flag.name for flag in flags}}
    return st.selectbox(
        texts.FLAG_KIND,
        list(names),
        key="loai-dau-hieu",
        format_func=lambda code: f"{names[code]} ({_count(flags, code)})",
    )


def _count(flags: Sequence[Flag], code: str) -> str:
    return formats.number(sum(code in {"", flag.code} for flag in flags))


def _page_number(page: Page, total: int) -> int:
    last = max(1, -(-total // A_PAGE))
    return min(int(page.view.page), last)


def _pager(page: Page, total: int, number: int) -> None:
    last = -(-total // A_PAGE)
    if last < 2:
        return
    steps = [(texts.PREVIOUS, number - 1), (texts.NEXT, number + 1)]
    links = [
        markup.Link(label, filters.address(filters.DATA_QUALITY, page.view.to(page=str(to))))
        for label, to in steps
        if 1 <= to <= last
    ]
    layout.say(texts.shown(number, last, total), "note")
    st.html(markup.quiet_links(links))


def _headers() -> list[Cell]:
    return [Cell(name, is_left=number != 3) for number, name in enumerate(texts.FLAG_COLUMNS)]


def _row(page: Page, flag: Flag, said: Explained) -> list[Cell]:
    is_explained = said.holds_for(flag.flag_id)
    code = flag.feed_id if flag.subject_type in {"feed", "unit_period"} else flag.subject_id
    link = filters.address(filters.PROVENANCE, page.shared().to(code=code)) if code else ""
    return [
        Cell(texts.EXPLAINED if is_explained else texts.OPEN, is_left=True,
             is_bad=not is_explained and flag.severity == "warn", is_dim=flag.severity == "info"),
        Cell(flag.name, is_left=True, is_wide=True),
        Cell(flag.unit_name or formats.NOTHING, is_left=True),
        Cell(formats.day(flag.flagged_on)),
        Cell(flag.detail, is_left=True, is_wide=True),
        Cell(code or formats.NOTHING, link=link, is_left=True),
    ]  # fmt: skip


def _explainable(shown: Sequence[Flag], flags: Sequence[Flag], said: Explained) -> list[Flag]:
    """The flags in view, and those explained last, which stand on a later page by now: what was said can be mended."""
    lately = {each.flag_id for each in said.newest(NEWEST)}
    return [*shown, *(flag for flag in flags if flag.flag_id in lately and flag not in shown)]


def _explain(desk: layout.Desk, flags: Sequence[Flag], said: Explained) -> None:
    """The place for an explanation, with what was said before and a way to take back what stands.

    What is typed belongs to its flag, and goes once it is kept.
    """
    names = _names(flags)
    chosen = st.selectbox(texts.EXPLAIN_WHICH, list(names), key="dau-hieu", format_func=lambda key: names[key])
    for each in said.of(chosen):
        layout.say(texts.said(each.author, each.written_at, explanations.in_words(each.text)), "rule")
    key = f"giai-trinh-{chosen}-{len(said.of(chosen))}"
    with st.form("giai-trinh"):
        text = st.text_area(texts.EXPLANATION, key=f"{key}-noi-dung").strip()
        author = st.text_input(texts.AUTHOR, key=f"{key}-nguoi-ghi").strip()
        with st.container(horizontal=True):
            is_said = st.form_submit_button(texts.SAVE)
            is_taken_back = said.holds_for(chosen) and st.form_submit_button(explanations.TAKE_BACK)
    if is_said:
        _keep(desk, chosen, text, author, owed=texts.EXPLANATION_OWED if not (text and author) else "")
    elif is_taken_back:
        _keep(desk, chosen, "", author, owed=explanations.AUTHOR_OWED if not author else "")


def _names(flags: Sequence[Flag]) -> Mapping[str, str]:
    return {flag.flag_id: texts.flag_named(flag.name, flag.subject_id) for flag in flags}


def _keep(desk: layout.Desk, flag_id: str, text: str, author: str, *, owed: str) -> None:
    """Keep what was said and draw anew what then stands; a sentence where something is `owed` or it is refused."""
    if owed:
        layout.notice(owed)
        return
    try:
        explain(desk, flag_id, text, author)
    except DoithoaiError as error:
        layout.notice(f"{error.message} {error.remedy}")
        return
    st.rerun()


def _newest(flags: Sequence[Flag], said: Explained) -> None:
    """What was written last, so that who just wrote sees it kept."""
    written = said.newest(NEWEST)
    if not written:
        return
    layout.say(texts.NEWEST_EXPLANATIONS, "heading")
    names = _names(flags)
    for each in written:
        text = texts.said(each.author, each.written_at, explanations.in_words(each.text))
        layout.say(f"{names[each.flag_id]} – {text}", "rule")
