"""Check one feed: find its verdict, findings and rows. `check` and `ingest` run the same code."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from ingest.checking.blanks import merge_blanks_below
from ingest.checking.checked_feed import ArchivedFeed, CheckedFeed, Verdict
from ingest.checking.context import LANDED, CheckContext
from ingest.checking.earlier_feeds import compare_with_earlier, with_known_reasons
from ingest.checking.in_force import version_in_force
from ingest.checking.root_causes import (
    drop_repeated_sheets,
    merge_incomplete_rows,
    without_personal_texts,
)
from ingest.checking.sender_history import NO_HISTORY, SenderHistory
from ingest.checking.sheet_checks import check_cover, check_sheets, one_engine, reliable_cover
from ingest.checking.structure import count_findings, structure_findings
from ingest.checking.version_diff import clear_changes
from ingest.checking.wrong_cover import merge_wrong_cover
from ingest.contract import load as contract_files
from ingest.contract.generated_sheets import RESULT_SHEET
from ingest.contract.vocabulary import vocabulary
from ingest.findings.confirmations import WrittenReason, read_reasons, reasons_in
from ingest.findings.messages import FindingBuilder
from ingest.findings.overflow import clear_overflow
from ingest.lookups.periods import read_period
from ingest.mapping.profiles import NOTHING_GIVEN, Given, Profile
from ingest.model.findings import Finding, Tier
from ingest.model.received import ReceivedFeed, SheetKind
from ingest.reading import read_feed
from ingest.reading.masking import masked_feed
from ingest.reading.obstacles import program_failed
from ingest.reading.source_file import Packed, masked_name, pack
from ingest.rules.violations import error_rows
from ingest.staging.stage import stage
from warehouse.border_checks import Engine
from warehouse.errors import UsageError
from warehouse.settings import Settings


def check_feed(
    source: Path,
    settings: Settings,
    con: duckdb.DuckDBPyConnection,
    now: datetime,
    workdir: Path,
    *,
    profile: Profile | None = None,
    engine: Engine = Engine.AUTO,
    history: SenderHistory = NO_HISTORY,
    archived: ArchivedFeed | None = None,
    again: bool = False,
    given: Given = NOTHING_GIVEN,
) -> CheckedFeed:
    """Check the feed at `source`; with `again`, also bytes that landed before and are no longer in force.

    `con` has the schemas `raw` and `lookups`; staged sheets stay there, in temporary tables, until the next feed. An
    `archived` feed is compared with the record that it names. Raise UsageError if the cover contradicts `given`.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    packed = archived.packed if archived else pack(source, workdir)
    landed = None if archived else _landed_before(con, packed, profile)
    if landed is not None:
        in_force = version_in_force(con, landed)
        if in_force.feed_id == landed or not again:
            return CheckedFeed(packed, Verdict.ALREADY_LANDED, feed_id=landed, source=source, in_force=in_force)
    clear_overflow(con)
    clear_changes(con)
    contracts = contract_files.load()
    words = profile.vocabulary(source) if profile else vocabulary(contracts)
    received = masked_feed(read_feed(source, words, settings.limits, workdir))
    if profile:
        received = profile.with_cover(received)
    context = CheckContext(
        con, contracts, settings.limits, now, FindingBuilder(con, contracts, packed.name), profile, engine, history
    )
    checked = _check(context, packed, received, archived)
    _require_no_contradiction(checked, given)
    return replace(checked, source=source)


def _landed_before(con: duckdb.DuckDBPyConnection, packed: Packed, profile: Profile | None) -> str | None:
    """The newest accepted feed with the same bytes, read through the same profile; None if there is none."""
    found = con.execute(
        "select feed_id from raw.feeds where sha256 = ? and profile is not distinct from ? and status = 'accepted' "
        "order by version desc",
        [packed.sha256, profile.record if profile else None],
    ).fetchone()
    return str(found[0]) if found else None


def _require_no_contradiction(checked: CheckedFeed, given: Given) -> None:
    """Raise UsageError if the options name another sender or period than the cover of the file."""
    cover = checked.cover
    period = read_period(given.period).value if given.period else None
    values = (
        ("đơn vị gửi", cover.sender_unit_code, given.sender, "--sender"),
        ("kỳ báo cáo", cover.period and cover.period.code, period and period.code, "--period"),
    )
    for what, written, called, option in values:
        if written and called and written != called:
            raise UsageError(
                f"{checked.file_name}: trang «Thông tin» ghi {what} là {written}, lệnh lại nêu {option} {called}.",
                f"Bỏ {option} nếu tệp ghi đúng; nếu tệp ghi sai thì sửa trang «Thông tin» rồi kiểm tra lại.",
            )


def broken_feed(source: Path, con: duckdb.DuckDBPyConnection, workdir: Path, error: str) -> CheckedFeed:
    """The feed at `source`, rejected because its check or landing failed with an internal `error`, a class name."""
    try:
        packed = pack(source, workdir)
    except OSError:
        packed = Packed(source, masked_name(source), "", "")
    builder = FindingBuilder(con, contract_files.load(), packed.name)
    return CheckedFeed(
        packed,
        Verdict.REJECTED,
        findings=(builder.obstacle(program_failed(packed.name, error)),),
        source=source,
        is_broken=True,
    )


def _check(context: CheckContext, packed: Packed, received: ReceivedFeed, archived: ArchivedFeed | None) -> CheckedFeed:
    by_kind = {kind: [sheet for sheet in received.sheets if sheet.kind is kind] for kind in SheetKind}
    by_kind, repeated = drop_repeated_sheets(by_kind, context.contracts)
    staged = {
        kind: stage(context.con, found, context.contracts.sheets[kind]) for kind, found in by_kind.items() if found
    }
    obstacles = (*received.obstacles, *(each for sheet in staged.values() for each in sheet.obstacles))
    context = replace(context, engine=one_engine(context.engine, sum(sheet.rows for sheet in staged.values())))
    cover, findings = check_cover(context, staged.get(SheetKind.COVER), received)
    findings = [
        *map(context.builder.obstacle, without_personal_texts(obstacles, received.sheets, context.contracts)),
        *findings,
    ]
    findings += [context.builder.about_feed("repeated_sheet", evidence=it.contract, pages=it.pages) for it in repeated]
    blocked = any(each.rejects_feed for each in obstacles)
    findings += structure_findings(context, received, staged, cover, blocked=blocked)
    written = read_reasons(received.result_rows)
    sheets, found = check_sheets(context, reliable_cover(cover, findings), staged, frozenset(reasons_in(written)))
    found = merge_wrong_cover(context, cover, staged, sheets, found)
    found = merge_blanks_below(context, sheets, found)
    found = merge_incomplete_rows(found, context.contracts.feed_rules["incomplete_row"])
    rows = sum(staged[kind].rows for kind in LANDED if kind in staged)
    refused = sum(not each.rejects_feed for each in obstacles)
    quarantined = sum(error_rows(context.con, kind) for kind in LANDED if kind in staged)
    findings += [*found, *count_findings(context, rows + refused, quarantined + refused)]
    findings += [_refused_reason(context, each) for each in written if each.refusal]
    rejected = any(finding.tier is Tier.FEED for finding in findings)
    feed = CheckedFeed(
        packed=packed,
        verdict=Verdict.REJECTED if rejected else Verdict.ACCEPTED,
        cover=cover,
        sheets=tuple(sheets),
        findings=tuple(findings),
        rows_landed=0 if rejected else rows - quarantined,
        rows_quarantined=quarantined + refused,
        profile=context.profile,
        staged=tuple(staged.values()),
        given_reasons=reasons_in(written),
    )
    return with_known_reasons(context, compare_with_earlier(context, feed, list(map(str, staged)), archived), written)


def _refused_reason(context: CheckContext, written: WrittenReason) -> Finding:
    """The finding about a text in the reason column that is not a reason."""
    words = {"value": written.reason, "evidence": written.refusal, "place": written.place}
    return context.builder.about_feed("reason_refused", RESULT_SHEET, key=written.key, **words)
