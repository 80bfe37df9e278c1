"""Compare a checked feed with its sender's earlier feeds and reasons."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.checking.checked_feed import ArchivedFeed, CheckedFeed, Verdict
from ingest.checking.code_reuse import code_reuse_findings
from ingest.checking.context import CheckContext
from ingest.checking.settled_changes import settled_change_findings
from ingest.checking.vanished_petitions import vanished_open_findings, vanished_settled_findings
from ingest.checking.version_diff import Earlier, changes_since, earlier_records
from ingest.findings.confirmations import WrittenReason, without_confirmed
from ingest.findings.status import confirmable, fixed_since, with_reasons, with_standing
from ingest.findings.unused_reasons import UnusedReason, unused_reasons
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from ingest.model.received import SheetKind
from ingest.rules.cover import sender_name


def compare_with_earlier(
    context: CheckContext, feed: CheckedFeed, kinds: list[str], archived: ArchivedFeed | None
) -> CheckedFeed:
    """Return the feed, which has sheets of these `kinds`, compared with the sender's earlier feeds."""
    if feed.cover.sender_unit_code and feed.cover.period:
        context.history.load_period(feed.cover.sender_unit_code, feed.cover.period.code)
    own = archived.feed_id if archived else None
    feed = _with_reuse(context, _with_vanished(context, feed), own)
    earlier = Earlier(own, own) if own else earlier_records(context.con, feed.cover)
    if earlier is None:
        return feed
    feed = _with_changes(context, feed, earlier)
    return replace(
        feed,
        previous=earlier.previous,
        fixed=fixed_since(context.con, feed.findings, earlier.previous, kinds),
        findings=tuple(with_standing(context.con, feed.findings, earlier.previous)),
    )


def _with_vanished(context: CheckContext, feed: CheckedFeed) -> CheckedFeed:
    """Return the feed with the findings about open petitions that it no longer lists."""
    if feed.verdict is Verdict.REJECTED:
        return feed
    cover = next((each for each in feed.staged if each.contract.kind is SheetKind.COVER), None)
    return replace(feed, findings=(*feed.findings, *vanished_open_findings(context, feed.cover, cover, feed.sheets)))


def _with_reuse(context: CheckContext, feed: CheckedFeed, own: str | None) -> CheckedFeed:
    """Return the feed with the findings about reused codes, changed settlements and withdrawn rows."""
    if feed.verdict is Verdict.REJECTED:
        return feed
    reused = code_reuse_findings(context, feed.cover, feed.sheets, own)
    withdrawn = vanished_settled_findings(context, feed.cover, feed.sheets)
    changed = settled_change_findings(context, feed.cover, feed.sheets)
    return replace(feed, findings=(*feed.findings, *reused, *changed, *withdrawn))


def _with_changes(context: CheckContext, feed: CheckedFeed, earlier: Earlier) -> CheckedFeed:
    if earlier.accepted is None or feed.verdict is Verdict.REJECTED:
        return feed
    return replace(feed, changes=changes_since(context, feed.sheets, earlier.accepted))


def with_known_reasons(context: CheckContext, feed: CheckedFeed, written: Sequence[WrittenReason]) -> CheckedFeed:
    """Return the feed with the sender's reasons for its findings, given earlier or in the file, and the unused ones."""
    sender = feed.cover.sender_unit_code or ""
    by = feed.cover.prepared_by or ""
    kept = {**context.history.flag_reasons(sender), **context.history.reasons(sender)}
    new = {
        key: GivenReason(reason, by)
        for key, reason in feed.given_reasons.items()
        if key not in kept or kept[key].reason != reason
    }
    known = {**kept, **new}
    answered = with_reasons(context.con, feed.findings, known)
    findings = without_confirmed(answered, context.history.aliases(sender))
    return replace(
        feed,
        findings=tuple(findings),
        confirmable=confirmable(context.con, findings),
        known_reasons=known,
        unused=_unused(
            context, feed, confirmable(context.con, answered), [each for each in written if not each.refusal]
        ),
        sender_name=sender_name(context.con, feed.cover),
    )


def _unused(
    context: CheckContext, feed: CheckedFeed, asked: Sequence[Finding], written: Sequence[WrittenReason]
) -> tuple[UnusedReason, ...]:
    """The reasons that match no finding; empty for a rejected feed."""
    if feed.verdict is Verdict.REJECTED:
        return ()
    accepted = feed.changes.previous_feed_id if feed.changes else ""
    earlier = {each for each in (feed.previous, accepted) if each}
    return unused_reasons(
        context.con, asked, earlier, context.history.reasons(feed.cover.sender_unit_code or ""), written
    )
