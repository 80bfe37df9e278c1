"""Views of integrity flags: a page of one kind, and the form that explains the selected flag.

The URL has the code of the kind and the selected flag.
"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard import filters
from dashboard.access.visitor import Visitor
from dashboard.page import downloads, elements
from dashboard.page.explanations import Answer, Explanations, explain
from dashboard.page.page import Page
from dashboard.queries.quality import Flag
from dashboard.render import html
from dashboard.render.html import Cell, Link
from dashboard.sheets import quality as sheets
from dashboard.text import downloads as files
from dashboard.text import explanations, file_check, formats
from dashboard.text import steward as texts
from warehouse.access.roles import Right
from warehouse.errors import DoithoaiError

A_PAGE = 25
NEWEST = 5


def all_flags(page: Page, flags: Sequence[Flag], said: Explanations) -> None:
    """Draw the flags of a kind, those without an explanation first; flags for information are behind a link."""
    elements.say(texts.FLAGS, "heading")
    if not flags:
        elements.say(texts.NO_FLAGS, "note")
        return
    how = f" {texts.HOW_TO_EXPLAIN.format(open=texts.OPEN)}" if page.reader.may(Right.EXPLAIN) else ""
    elements.say(f"{texts.FLAGS_NOTE}{how}", "note")
    owed = [flag for flag in flags if flag.is_owed]
    _explain_in_hand(page, flags, said)
    _kinds(page, owed)
    _some(page, [flag for flag in flags if flag.code == page.view.code] if page.view.code else owed, said)
    _only_to_know(page, [flag for flag in flags if not flag.is_owed], said)
    if page.visitor is not None:
        _newest(flags, said)


def _some(page: Page, flags: Sequence[Flag], said: Explanations) -> None:
    """Draw one page of these flags."""
    if not flags:
        elements.say(texts.NO_FLAGS_OWED, "note")
        return
    chosen = sorted(flags, key=lambda flag: said.is_explained(flag.flag_id))
    number = _page_number(page, len(chosen))
    shown = chosen[(number - 1) * A_PAGE : number * A_PAGE]
    st.html(html.stacked(_headers(), [_row(page, flag, said) for flag in shown]))
    _pager(page, len(chosen), number)
    _offer(page, files.FLAGS, chosen, said)


def _offer(page: Page, name: str, flags: Sequence[Flag], said: Explanations) -> None:
    """Draw the download of all flags in view, not only of the current page."""
    title = flags[0].name if page.view.code and name == files.FLAGS else name
    label = files.whole_list(len(flags))
    downloads.offer(page, name, lambda: sheets.flags(flags, said), title=title, label=label)


def _kinds(page: Page, flags: Sequence[Flag]) -> None:
    """Draw the kinds of flags with their counts; the selected one is not a link."""
    counts, names = Counter(flag.code for flag in flags), {flag.code: flag.name for flag in flags}
    links = [_kind(page, "", texts.ALL_FLAGS, len(flags))]
    links += [_kind(page, code, names[code], count) for code, count in counts.most_common()]
    st.html(html.ways(links))


def _kind(page: Page, code: str, name: str, count: int) -> Link:
    address = "" if code == page.view.code else filters.address(filters.DATA_QUALITY, page.view.to(code=code, flag=""))
    return Link(f"{name} ({formats.number(count)})", address)


def _only_to_know(page: Page, flags: Sequence[Flag], said: Explanations) -> None:
    if flags:
        counts, names = Counter(flag.code for flag in flags), {flag.code: flag.name for flag in flags}
        with st.expander(texts.only_to_know(len(flags))):
            st.html(html.ways([_kind(page, code, names[code], count) for code, count in counts.items()]))
            _offer(page, files.FLAGS_TO_KNOW, flags, said)


def _page_number(page: Page, total: int) -> int:
    last = max(1, -(-total // A_PAGE))
    return min(int(page.view.page), last)


def _pager(page: Page, total: int, number: int) -> None:
    last = -(-total // A_PAGE)
    if last < 2:
        return
    steps = [(texts.PREVIOUS, number - 1), (texts.NEXT, number + 1)]
    links = [
        Link(label, filters.address(filters.DATA_QUALITY, page.view.to(page=str(to))))
        for label, to in steps
        if 1 <= to <= last
    ]
    elements.say(texts.shown(number, last, total), "note")
    st.html(html.quiet_links(links))


def _headers() -> list[Cell]:
    return [Cell(name, is_left=number != 3) for number, name in enumerate(texts.FLAG_COLUMNS)]


def _row(page: Page, flag: Flag, said: Explanations) -> list[Cell]:
    is_explained = said.is_explained(flag.flag_id)
    code = flag.feed_id if flag.subject_type in {"feed", "unit_period"} else flag.subject_id
    link = filters.address(filters.PROVENANCE, page.shared().to(code=code)) if code else ""
    to_form = filters.address(filters.DATA_QUALITY, page.view.to(flag=flag.flag_id, page=page.view.page))
    here = to_form if page.reader.works_for(flag.unit_code, Right.EXPLAIN) else ""
    return [
        Cell(texts.EXPLAINED if is_explained else texts.OPEN, link=here, is_left=True,
             is_bad=not is_explained and flag.is_owed, is_dim=not flag.is_owed),
        Cell(flag.name, is_left=True, is_wide=True),
        Cell(flag.unit_name or formats.NOTHING, is_left=True),
        Cell(formats.day(flag.flagged_on)),
        Cell(file_check.with_labels(flag.detail), _answered(said.answers.get(flag.flag_id)), is_left=True,
             is_wide=True),
        Cell(code or formats.NOTHING, link=link, is_left=True),
    ]  # fmt: skip


def _answered(answer: Answer | None) -> str:
    """Return the sentence with the sender's answer on the same fact; '' if there is none."""
    return texts.answered_at_the_door(answer.reason, answer.by, answer.at) if answer else ""


def _explain_in_hand(page: Page, flags: Sequence[Flag], said: Explanations) -> None:
    """Draw the form for the selected flag."""
    flag = next((flag for flag in flags if flag.flag_id == page.view.flag), None)
    if flag is None:
        if page.view.flag:
            elements.notice(texts.UNKNOWN_FLAG)
    elif page.visitor is not None and page.reader.works_for(flag.unit_code, Right.EXPLAIN):
        elements.say(texts.explain_which(flag.name, flag.subject_id), "heading")
        elements.say(file_check.with_labels(flag.detail), "note")
        if answered := _answered(said.answers.get(flag.flag_id)):
            elements.say(answered, "rule")
        _explain(page.visitor, flag.flag_id, said)


def _explain(visitor: Visitor, flag_id: str, said: Explanations) -> None:
    """Draw the form of a flag with its earlier explanations and a button that withdraws the last.

    The typed text belongs to its flag and is cleared after it is stored.
    """
    for each in said.of(flag_id):
        elements.say(texts.said(each.author, each.written_at, explanations.in_words(each.text)), "rule")
    key = f"giai-trinh-{flag_id}-{len(said.of(flag_id))}"
    with st.form("giai-trinh"):
        text = st.text_area(texts.EXPLANATION, key=f"{key}-noi-dung").strip()
        author = elements.author(visitor, texts.AUTHOR, key=f"{key}-nguoi-ghi")
        with st.container(horizontal=True):
            is_said = st.form_submit_button(texts.SAVE)
            is_taken_back = said.has_explanation(flag_id) and st.form_submit_button(explanations.TAKE_BACK)
    if is_said:
        _keep(visitor, flag_id, text, author, owed=texts.EXPLANATION_OWED if not (text and author) else "")
    elif is_taken_back:
        _keep(visitor, flag_id, "", author, owed=explanations.AUTHOR_OWED if not author else "")


def _keep(visitor: Visitor, flag_id: str, text: str, author: str, *, owed: str) -> None:
    """Store the explanation and rerun the page, or show why it cannot be stored.

    `owed` is the message on a missing text or author; '' if nothing is missing.
    """
    if owed:
        elements.notice(owed)
        return
    try:
        explain(visitor, flag_id, text, author)
    except DoithoaiError as error:
        elements.notice(f"{error.message} {error.remedy}")
        return
    st.rerun()


def _newest(flags: Sequence[Flag], said: Explanations) -> None:
    """Draw the latest explanations, so that authors see that theirs is stored."""
    written = said.newest(NEWEST)
    if not written:
        return
    elements.say(texts.NEWEST_EXPLANATIONS, "heading")
    names = {flag.flag_id: texts.flag_named(flag.name, flag.subject_id) for flag in flags}
    for each in written:
        text = texts.said(each.author, each.written_at, explanations.in_words(each.text))
        elements.say(f"{names[each.flag_id]} – {text}", "rule")
