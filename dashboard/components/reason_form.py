"""The form for a sender's reasons: one for all findings of a rule, or one per finding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.access.visitor import Visitor
from dashboard.check_result import Finding, Question
from dashboard.page import elements
from dashboard.text import file_check as texts

WIDTH = 640
"""The maximum width of a field in pixels."""

MOST_ALONE = 20
"""The most findings of a rule with their own field; larger numbers share a cause."""


@dataclass(frozen=True)
class Given:
    """Reasons by confirmation key, and their author."""

    reasons: Mapping[str, str]
    by: str


def given_reasons(
    questions: Sequence[Question], key: str, draw: Callable[[Finding], object], visitor: Visitor | None = None
) -> Given | None:
    """Draw the form and return the reasons once it is sent, None until then; whoever is signed in signs them.

    `draw` shows a finding; `key` identifies the fields.
    """
    with st.form("ly-do", border=False):
        who = elements.author(visitor, texts.WHO, key="nguoi-thuc-hien", width=WIDTH)
        written = [_answers(each, key, draw) for each in questions]
        is_sent = st.form_submit_button(texts.SAVE)
    reasons = {asked: reason for answers in written for asked, reason in answers.items() if reason}
    if is_sent and reasons and who:
        return Given(reasons, who)
    if is_sent:
        elements.notice(texts.WHO_MISSING)
    return None


def _answers(question: Question, key: str, draw: Callable[[Finding], object]) -> dict[str, str]:
    """Return the reasons of a question by confirmation key: a finding's own reason overrides the common one."""
    if len(question.answers) == 1:
        return {question.keys[0]: _alone(question.answers[0], key, draw)}
    elements.say(texts.alike(len(question.answers)), "note")
    draw(question.answers[0][0])
    common = _field(texts.common_reason(len(question.answers)), f"{key}-chung-{question.rule}")
    with st.expander(texts.OWN_REASONS):
        alone = {each[0].confirmation_key: _alone(each, key, draw) for each in question.answers[:MOST_ALONE]}
    return {each: alone.get(each, "") or common for each in question.keys}


def _alone(answer: Sequence[Finding], key: str, draw: Callable[[Finding], object]) -> str:
    """Draw the findings that share one reason, and return the reason typed below them.

    The field keeps its text if the findings move within the list.
    """
    for each in answer:
        draw(each)
    return _field(texts.REASON, f"{key}-{answer[0].confirmation_key}")


def _field(label: str, key: str) -> str:
    return st.text_input(label, key=key, max_chars=500, width=WIDTH).strip()
