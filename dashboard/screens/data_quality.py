"""Chất lượng dữ liệu: flags to explain, findings of checks, and the checks of the last build."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components import flag_views
from dashboard.page import downloads, elements
from dashboard.page.explanations import explanations_of
from dashboard.page.page import Page
from dashboard.queries import quality
from dashboard.queries.quality import RuleCount, Tally
from dashboard.render import html
from dashboard.render.html import Cell
from dashboard.sheets import quality as sheets
from dashboard.text import downloads as files
from dashboard.text import file_check, formats
from dashboard.text import steward as texts


def show(page: Page) -> None:
    """Draw the page."""
    senders = page.snapshot.ask(quality.findings_by_sender)
    flags = page.snapshot.ask(quality.flags)
    said = explanations_of(page.visitor, flags)
    unexplained = sum(not said.is_explained(flag.flag_id) for flag in flags if flag.is_owed)
    rows = sum(each.received for each in senders)
    elements.say(texts.quality_message(rows, sum(each.quarantined for each in senders), unexplained), "message")
    flag_views.all_flags(page, flags, said)
    _rules(page)
    left, right = st.columns(2, gap="large")
    with left:
        elements.say(texts.BY_UNIT, "heading")
        _tallies(page, files.BY_SENDER, texts.SENDER_COLUMNS, senders)
    with right:
        elements.say(texts.BY_TIME, "heading")
        periods = page.snapshot.ask(quality.findings_by_period)
        _tallies(page, files.BY_PERIOD, texts.PERIOD_COLUMNS, periods, with_feeds=True)
    _suite(page)


def _rules(page: Page) -> None:
    found = page.snapshot.ask(quality.findings_by_rule)
    elements.say(texts.BY_RULE, "heading")
    elements.say(texts.REPAIRS_APART, "note")
    _rule_table(page, files.RULES, [each for each in found if not each.is_repair])
    repairs = [each for each in found if each.is_repair]
    if repairs:
        with st.expander(texts.repairs_title(sum(each.findings for each in repairs))):
            _rule_table(page, files.READ_ANEW, repairs)


def _rule_table(page: Page, name: str, found: Sequence[RuleCount]) -> None:
    body = [
        [
            Cell(texts.TIERS[each.tier], is_left=True, is_bad=each.tier != "warn"),
            Cell(file_check.with_labels(each.example), is_left=True, is_wide=True),
            Cell(formats.number(each.findings)),
            Cell(formats.number(each.senders)),
        ]
        for each in found
    ]
    st.html(html.stacked([Cell(name, is_left=number < 2) for number, name in enumerate(texts.RULE_COLUMNS)], body))
    downloads.offer(page, name, lambda: sheets.rules(found))


def _tallies(
    page: Page, name: str, columns: Sequence[str], found: Sequence[Tally], *, with_feeds: bool = False
) -> None:
    """Draw a table of senders, or of periods with their number of feeds."""
    body = [
        [
            Cell(file_check.label(each.name) if with_feeds else each.name, is_left=True),
            *([Cell(formats.number(each.feeds))] if with_feeds else []),
            Cell(formats.number(each.findings)),
            Cell(texts.per_hundred(each.findings, each.received)),
            Cell(formats.share(each.quarantined, each.received), is_bad=each.quarantined > 0),
        ]
        for each in found
    ]
    st.html(html.stacked([Cell(name, is_left=not number) for number, name in enumerate(columns)], body))
    downloads.offer(page, name, lambda: sheets.tallies(columns[0], found))


def _suite(page: Page) -> None:
    found = page.snapshot.know(quality.passed_checks)
    elements.say(texts.suite_title(len(found)), "heading")
    with st.expander(texts.SUITE):
        body = [
            [
                Cell(texts.check(each.suite, each.description, each.examined), is_left=True, is_wide=True),
                Cell(texts.suite(each.suite), is_left=True),
                Cell(texts.table(each.examined), is_left=True, is_wide=True),
                Cell(formats.number(each.rows_examined)),
            ]
            for each in found
        ]
        headers = [Cell(name, is_left=number < 3) for number, name in enumerate(texts.SUITE_COLUMNS)]
        st.html(html.stacked(headers, body))
        downloads.offer(page, files.CHECKS, lambda: sheets.checks(found), title=texts.suite_title(len(found)))
