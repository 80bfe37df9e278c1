"""The form in which a sender's reasons are written: one for all findings of a rule, or for each by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.check_result import Finding, Question
from dashboard.page import elements
from dashboard.text import file_check as texts

WIDTH = 640
"""Pixels of a field, where the screen has as many: a line that can be read over."""

MOST_ALONE = 20
"""Findings of a rule that can be answered each by itself; more than that share a cause."""


@dataclass(frozen=True)
class Given:
    """Reasons by confirmation key, and who gives them."""

    reasons: Mapping[str, str]
    by: str


def given_reasons(questions: Sequence[Question], key: str, draw: Callable[[Finding], object]) -> Given | None:
    """What was written once it is sent, None before; a finding is shown by `draw`, fields are known by `key`."""
    with st.form("ly-do", border=False):
        who = st.text_input(texts.WHO, key="nguoi-thuc-hien", max_chars=120, width=WIDTH).strip()
        written = [_answers(each, key, draw) for each in questions]
        is_sent = st.form_submit_button(texts.SAVE)
    reasons = {asked: reason for answers in written for asked, reason in answers.items() if reason}
    if is_sent and reasons and who:
        return Given(reasons, who)
    if is_sent:
        elements.notice(texts.WHO_MISSING)
    return None


def _answers(question: Question, key: str, draw: Callable[[Finding], object]) -> dict[str, str]:
    """What is written to a question, by confirmation key: the reason of a finding by itself before the common one."""
    if len(question.answers) == 1:
        return {question.keys[0]: _alone(question.answers[0], key, draw)}
    elements.say(texts.alike(len(question.answers)), "note")
    draw(question.answers[0][0])
    common = _field(texts.common_reason(len(question.answers)), f"{key}-chung-{question.rule}")
    with st.expander(texts.OWN_REASONS):
        alone = {each[0].confirmation_key: _alone(each, key, draw) for each in question.answers[:MOST_ALONE]}
    return {each: alone.get(each, "") or common for each in question.keys}


def _alone(answer: Sequence[Finding], key: str, draw: Callable[[Finding], object]) -> str:
    """What is written below findings that one reason answers; the field is theirs wherever in the list they stand."""
    for each in answer:
        draw(each)
    return _field(texts.REASON, f"{key}-{answer[0].confirmation_key}")


def _field(label: str, key: str) -> str:
    return st.text_input(label, key=key, max_chars=500, width=WIDTH).strip()
