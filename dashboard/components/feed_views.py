"""Views of a feed: its outcome, findings that wait for a reason, quarantined rows."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import filters
from dashboard.check_result import Finding, questions
from dashboard.components import file_views, return_download
from dashboard.components.reason_form import given_reasons
from dashboard.page import downloads, elements
from dashboard.page.explanations import Answer, reasons_given
from dashboard.page.page import Page
from dashboard.queries import provenance
from dashboard.queries.provenance import FeedRecord
from dashboard.render import html
from dashboard.render.html import Cell, Link
from dashboard.sheets import feeds as feed_sheets
from dashboard.sheets import provenance as sheets
from dashboard.text import downloads as files
from dashboard.text import feed_use, file_check, formats, labels
from dashboard.text import steward as texts
from dashboard.uploads import actions
from dashboard.uploads.cli_client import CliClient
from warehouse.access.roles import Right


def headers(names: Sequence[str]) -> list[Cell]:
    """Return left-aligned headers."""
    return [Cell(name, is_left=True) for name in names]


def feeds(page: Page, found: Sequence[FeedRecord]) -> None:
    """Draw one line per feed, and a download of all received feeds."""
    _lines(page, found)
    downloads.offer(
        page,
        files.FEEDS,
        lambda: feed_sheets.feeds(page.snapshot.take(provenance.newest_feeds, None)),
        label=files.EVERYTHING,
    )


def _lines(page: Page, found: Sequence[FeedRecord]) -> None:
    """Draw one line per feed."""
    body = [
        [
            Cell(each.feed_id, link=_address(page, each.feed_id), is_left=True),
            Cell(each.file_name, is_left=True, is_wide=True),
            Cell(each.sender or texts.UNKNOWN_SENDER, is_left=True),
            Cell(file_check.label(each.period_code) or formats.NOTHING, is_left=True),
            Cell(texts.version(each.version, each.is_current), is_left=True),
            Cell(texts.minute(each.received_at), is_left=True),
            Cell(texts.FEED_STATUS[each.status], is_left=True, is_bad=each.status == "rejected"),
            Cell(formats.number(each.rows_landed)),
            Cell(formats.number(each.rows_quarantined), is_bad=each.rows_quarantined > 0),
        ]
        for each in found
    ]
    st.html(html.stacked(headers(texts.FEED_COLUMNS[:-2]) + [Cell(name) for name in texts.FEED_COLUMNS[-2:]], body))


def _address(page: Page, code: str) -> str:
    return filters.address(filters.PROVENANCE, page.shared().to(code=code))


def feed(page: Page, cli: CliClient | None, found: FeedRecord) -> None:
    """Draw a feed: first waiting findings, then quarantined rows, then all findings."""
    _lines(page, [found])
    downloads.offer(page, files.FEEDS, lambda: feed_sheets.feeds([found]))
    if cli is not None:
        elements.say(feed_use.sentence(*cli.use(found.feed_id)), "note")
        if page.reader.works_for(found.sender_unit_code, Right.UPLOAD):
            return_download.offer(cli, found.feed_id)
    published = page.snapshot.ask(provenance.findings, found.feed_id)
    said = reasons_given(page.visitor, found.sender_unit_code)
    current = [_with_answer(each, said.get(each.confirmation_key)) for each in published]
    if cli is not None and found.status == "accepted":
        _offer_build(page, cli, sum(old.waits and not new.waits for old, new in zip(published, current, strict=True)))
        file_views.explained_findings([each for each in current if each.needs_reason and each.reason])
        if page.reader.works_for(found.sender_unit_code, Right.EXPLAIN):
            _waiting(cli, found.feed_id, [each for each in current if each.waits])
    _held_back(page, found.feed_id)
    findings(page, texts.FEED_FINDINGS, [each for each in current if not each.is_repair])
    repairs = [each for each in current if each.is_repair]
    if repairs:
        with st.expander(file_check.heading(file_check.REPAIRS, sum(each.count for each in repairs))):
            _table(page, files.REPAIRS, repairs)


def _with_answer(found: Finding, answer: Answer | None) -> Finding:
    """Return the finding with its current reason."""
    if answer is None or not found.needs_reason:
        return found
    at = answer.at.isoformat(" ", "seconds") if answer.at else ""
    return replace(found, reason=answer.reason, reason_by=answer.by, reason_at=at)


def uncomputed(page: Page, cli: CliClient | None) -> bool:
    """Draw the landed but unpublished feed that the view's code names, with its waiting findings.

    Return whether there is such a feed.
    """
    came = cli.unpublished_feeds() if cli else ()
    found = next((each for each in came if each.feed_id.lower() == page.view.code.lower()), None)
    if cli is None or found is None:
        return False
    way = Link(labels.CHECK_FILE, filters.address(filters.CHECK_FILE, page.shared()))
    st.html(html.notice(file_check.is_uncomputed(found.feed_id), [way] if page.may(Right.UPLOAD) else []))
    if page.reader.works_for(found.sender_unit_code or "", Right.EXPLAIN):
        waiting = actions.attempt(file_check.READING, lambda: cli.waiting(found.feed_id))
        if waiting:
            file_views.explained_findings(waiting.answered)
            _waiting(cli, found.feed_id, waiting.open)
    if page.reader.works_for(found.sender_unit_code or "", Right.UPLOAD):
        return_download.offer(cli, found.feed_id)
    return True


def _offer_build(page: Page, cli: CliClient, reasons: int) -> None:
    """Draw, if reasons were given after the build, a notice and a button that builds again."""
    if reasons:
        elements.notice(file_check.reasons_since(reasons))
        if page.may(Right.BUILD) and st.button(file_check.BUILD, key="tinh-lai"):
            actions.build(cli)


def _waiting(cli: CliClient, feed_id: str, waiting: Sequence[Finding]) -> None:
    """Draw the findings of a feed that wait for a reason, and the form."""
    if not waiting:
        return
    elements.say(file_check.heading(file_check.WAITING, len(waiting)), "heading")
    elements.say(file_check.waiting_of_landed(len(waiting)), "note")
    given = given_reasons(
        questions(waiting), f"{feed_id}-ly-do", lambda each: st.html(file_views.finding_html(each)), cli.visitor
    )
    if given:
        actions.confirm_landed(cli, feed_id, given.reasons, given.by)


def _held_back(page: Page, feed_id: str) -> None:
    kept = page.snapshot.ask(provenance.quarantined, feed_id)
    if not kept:
        return
    elements.say(texts.QUARANTINED, "heading")
    body = [
        [
            Cell(file_check.sheet(sheet), is_left=True),
            Cell(str(row), is_left=True),
            Cell(key or formats.NOTHING, is_left=True, link=_address(page, key) if key else ""),
            Cell(file_check.with_labels(faults), is_left=True, is_wide=True),
        ]
        for sheet, row, key, faults in kept
    ]
    st.html(html.stacked(headers(texts.QUARANTINE_COLUMNS), body))
    downloads.offer(page, files.KEPT_BACK, lambda: sheets.quarantined_rows(kept))


def findings(page: Page, title: str, found: Sequence[Finding]) -> None:
    """Draw findings in the given order, or nothing if there are none."""
    if found:
        elements.say(title, "heading")
        _table(page, files.FINDINGS, found)


def _said(found: Finding) -> str:
    return file_check.remedy("", found.reason, found.reason_by, found.reason_at)


def _table(page: Page, name: str, found: Sequence[Finding]) -> None:
    body = [
        [
            Cell(texts.tier(each.tier, each.waits), is_left=True, is_bad=each.tier != "warn" or each.waits),
            Cell(file_check.cell(each.cell), is_left=True),
            Cell(
                file_check.with_labels(each.message),
                file_check.remedy("", each.reason, each.reason_by, each.reason_at),
                is_left=True,
                is_wide=True,
            ),
            Cell("" if each.reason else each.remedy, is_left=True, is_wide=True),
        ]
        for each in sorted(found, key=lambda each: (each.tier == "warn", not each.waits))
    ]
    st.html(html.stacked(headers(texts.FINDING_COLUMNS), body))
    downloads.offer(page, name, lambda: sheets.findings(found))
