"""Chất lượng dữ liệu: what checks found, flags that want an explanation, and the checks of the last build."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import filters, layout, markup
from dashboard.layout import Page
from dashboard.markup import Cell
from dashboard.queries import quality
from dashboard.queries.quality import Flag, Tally
from dashboard.text import formats
from dashboard.text import steward as texts
from warehouse.errors import DoithoaiError
from warehouse.state import Explanation, known_state, open_state

Explained = Mapping[str, tuple[Explanation, ...]]
_FLAGS_A_PAGE = 25
_NEWEST = 5


def show(page: Page) -> None:
    """Draw the page."""
    senders = page.snapshot.ask(quality.findings_by_sender)
    flags = page.snapshot.ask(quality.flags)
    said = _explanations(page)
    unexplained = sum(not _is_explained(flag, said) for flag in flags if flag.severity == "warn")
    layout.say(
        texts.quality_message(
            sum(each.findings for each in senders),
            sum(each.received for each in senders),
            sum(each.quarantined for each in senders),
            unexplained,
        ),
        "message",
    )
    _flags(page, flags, said)
    _rules(page)
    left, right = st.columns(2, gap="large")
    with left:
        _tallies(texts.BY_UNIT, texts.SENDER_COLUMNS, senders, with_feeds=False)
    with right:
        _tallies(texts.BY_TIME, texts.PERIOD_COLUMNS, page.snapshot.ask(quality.findings_by_period), with_feeds=True)
    _suite(page)


def _explanations(page: Page) -> Explained:
    if page.desk is None:
        return {}
    with known_state(page.desk.home) as state:
        return state.explanations()


def _is_explained(flag: Flag, said: Explained) -> bool:
    return bool(said.get(flag.flag_id) and said[flag.flag_id][0].text)


def _flags(page: Page, flags: Sequence[Flag], said: Explained) -> None:
    layout.say(texts.FLAGS, "heading")
    if not flags:
        layout.say(texts.NO_FLAGS, "note")
        return
    layout.say(texts.FLAGS_NOTE, "note")
    names = {"": texts.ALL_FLAGS, **{flag.code: flag.name for flag in flags}}
    kind = st.selectbox(
        texts.FLAG_KIND,
        list(names),
        key="loai-dau-hieu",
        format_func=lambda code: f"{names[code]} ({_count(flags, code)})",
    )
    chosen = [flag for flag in flags if kind in {"", flag.code}]
    chosen.sort(key=lambda flag: _is_explained(flag, said))
    number = _page_number(page, len(chosen))
    first = (number - 1) * _FLAGS_A_PAGE
    shown = chosen[first : first + _FLAGS_A_PAGE]
    st.html(markup.table(_flag_headers(), [_flag_row(page, flag, said) for flag in shown]))
    _pager(page, len(chosen), number)
    _explain(page, shown, said)


def _count(flags: Sequence[Flag], code: str) -> str:
    return formats.number(sum(code in {"", flag.code} for flag in flags))


def _page_number(page: Page, total: int) -> int:
    last = max(1, -(-total // _FLAGS_A_PAGE))
    return min(int(page.view.page), last)


def _pager(page: Page, total: int, number: int) -> None:
    last = -(-total // _FLAGS_A_PAGE)
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


def _flag_headers() -> list[Cell]:
    return [Cell(name, is_left=number != 3) for number, name in enumerate(texts.FLAG_COLUMNS)]


def _flag_row(page: Page, flag: Flag, said: Explained) -> list[Cell]:
    explained = _is_explained(flag, said)
    code = flag.feed_id if flag.subject_type in {"feed", "unit_period"} else flag.subject_id
    link = filters.address(filters.PROVENANCE, page.shared().to(code=code)) if code else ""
    return [
        Cell(texts.EXPLAINED if explained else texts.OPEN, is_left=True,
             is_bad=not explained and flag.severity == "warn", is_dim=flag.severity == "info"),
        Cell(flag.name, is_left=True, is_wide=True),
        Cell(flag.unit_name or formats.NOTHING, is_left=True),
        Cell(formats.day(flag.flagged_on)),
        Cell(flag.detail, is_left=True, is_wide=True),
        Cell(code or formats.NOTHING, link=link, is_left=True),
    ]  # fmt: skip


def _explain(page: Page, shown: Sequence[Flag], said: Explained) -> None:
    """The place for an explanation, with what was said before."""
    if page.desk is None:
        return
    by_id = {flag.flag_id: flag for flag in shown}
    chosen = st.selectbox(
        texts.EXPLAIN_WHICH,
        list(by_id),
        key="dau-hieu",
        format_func=lambda key: texts.flag_named(by_id[key].name, by_id[key].subject_id),
    )
    for each in said.get(chosen, ()):
        layout.say(texts.said(each.author, each.written_at, each.text or texts.TAKEN_BACK), "rule")
    with st.form("giai-trinh", clear_on_submit=True):
        text = st.text_area(texts.EXPLANATION)
        author = st.text_input(texts.AUTHOR)
        if st.form_submit_button(texts.SAVE):
            _save(page, chosen, text, author)
    _newest(said)


def _newest(said: Explained) -> None:
    """What was written last, so that who just wrote sees it kept."""
    written = [each for of_flag in said.values() for each in of_flag]
    if not written:
        return
    layout.say(texts.NEWEST_EXPLANATIONS, "heading")
    for each in sorted(written, key=lambda said: said.written_at, reverse=True)[:_NEWEST]:
        text = texts.said(each.author, each.written_at, each.text or texts.TAKEN_BACK)
        layout.say(f"{each.flag_id} – {text}", "rule")


def _save(page: Page, flag_id: str, text: str, author: str) -> None:
    if not (text.strip() and author.strip() and page.desk):
        layout.notice(texts.EXPLANATION_OWED)
        return
    try:
        with open_state(page.desk.home) as state:
            state.explain(Explanation(flag_id, text.strip(), author.strip(), page.desk.now()))
    except DoithoaiError as error:
        layout.notice(f"{error.message} {error.remedy}")
        return
    st.rerun()


def _rules(page: Page) -> None:
    found = page.snapshot.ask(quality.findings_by_rule)
    layout.say(texts.BY_RULE, "heading")
    body = [
        [
            Cell(texts.TIERS[each.tier], is_left=True, is_bad=each.tier != "warn"),
            Cell(each.example, is_left=True, is_wide=True),
            Cell(formats.number(each.findings)),
            Cell(formats.number(each.senders)),
        ]
        for each in found
    ]
    st.html(markup.table([Cell(name, is_left=number < 2) for number, name in enumerate(texts.RULE_COLUMNS)], body))


def _tallies(title: str, columns: Sequence[str], found: Sequence[Tally], *, with_feeds: bool) -> None:
    layout.say(title, "heading")
    body = [
        [
            Cell(each.name, is_left=True),
            *([Cell(formats.number(each.feeds))] if with_feeds else []),
            Cell(formats.number(each.findings)),
            Cell(texts.per_hundred(each.findings, each.received)),
            Cell(formats.share(each.quarantined, each.received), is_bad=each.quarantined > 0),
        ]
        for each in found
    ]
    st.html(markup.table([Cell(name, is_left=not number) for number, name in enumerate(columns)], body))


def _suite(page: Page) -> None:
    found = page.snapshot.know(quality.suite_results)
    layout.say(texts.suite_title(sum(each.passed for each in found), len(found)), "heading")
    with st.expander(texts.SUITE):
        body = [
            [
                Cell(texts.PASSED[each.passed], is_left=True, is_bad=not each.passed),
                Cell(each.description, is_left=True, is_wide=True),
                Cell(each.suite, is_left=True),
                Cell(formats.number(each.failed_rows)),
            ]
            for each in found
        ]
        st.html(markup.table([Cell(name, is_left=number < 3) for number, name in enumerate(texts.SUITE_COLUMNS)], body))
