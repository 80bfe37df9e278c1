"""Checking: what would happen to a feed. The same code says it for `check` and does it for `ingest`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import duckdb

from ingest.checking.blanks import with_blanks_below
from ingest.checking.code_reuse import reused_codes
from ingest.checking.context import LANDED, Desk
from ingest.checking.in_force import InForce, in_force_beside
from ingest.checking.lexicon import aliases_of_sender, lexicon_of, subtree_of
from ingest.checking.root_causes import (
    hides_cover,
    with_incomplete_rows,
    without_consequences,
    without_persons,
    without_repeats,
)
from ingest.checking.sender_history import NOTHING_KNOWN, Memory
from ingest.checking.settled_changes import resettled
from ingest.checking.structure import count_findings, form_findings
from ingest.checking.vanished_petitions import gone_open, gone_settled
from ingest.checking.version_diff import Changes, Earlier, changes_since, earlier_records, forget_changes
from ingest.checking.wrong_cover import without_displaced
from ingest.contract import load as contract_files
from ingest.contract.generated_sheets import RESULT_SHEET
from ingest.contract.vocabulary import vocabulary
from ingest.findings.cell_ranges import Groups
from ingest.findings.confirmations import Written, reasons_in, without_confirmed, written_in
from ingest.findings.messages import Teller
from ingest.findings.overflow import FoldedFinding, forget_folded
from ingest.findings.snippets import Snippet
from ingest.findings.status import confirmable, fixed_since, with_reasons, with_standing
from ingest.findings.unused_reasons import UnusedReason, unused_reasons
from ingest.lookups.periods import read_period
from ingest.mapping.profiles import NOTHING_GIVEN, Given, Profile
from ingest.model.findings import Finding, Tier
from ingest.model.reasons import GivenReason
from ingest.model.received import ReceivedFeed, SheetKind
from ingest.reading import read_feed
from ingest.reading.masking import masked_feed
from ingest.reading.obstacles import program_failed
from ingest.reading.save_time import Superseded
from ingest.reading.source_file import Packed, masked_name, pack
from ingest.rules.cover import Cover, cover_facts, read_cover, sender_name
from ingest.rules.cross_checks import Facts, Surroundings, create_spans, sheet_facts, with_facts
from ingest.rules.suite import BY_SENDER, derive_suite, suite_words
from ingest.rules.violations import CheckedSheet, error_rows, keep_faults
from ingest.staging.column_parsers import Lexicon
from ingest.staging.stage import StagedSheet, stage
from ingest.staging.typed_sheet import TypedSheet, sources_of, type_sheet
from warehouse.border_checks import GX_MAX_ROWS, Engine, evaluate
from warehouse.errors import UsageError
from warehouse.settings import Settings


class Verdict(StrEnum):
    """What happens to a feed."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ALREADY_LANDED = "already_landed"


@dataclass(frozen=True)
class Again:
    """A feed that was received, to be checked once more: its bytes as archived, and the record it is held against.

    Without one it is held against what its sender sent before, as any feed.
    """

    feed_id: str | None
    packed: Packed


@dataclass(frozen=True)
class CheckedFeed:
    """One feed, checked: `sheets` are typed views on the connection that checked it, with their faults beside them.

    `rows_quarantined` counts rows with an error and records that could not be read; `rows_landed` the others; `feed_id`
    is that of the feed that landed with the same bytes through the same profile, if one did. `previous` is the
    sender's newest record for the same period, accepted or rejected, against which findings are new, open or `fixed`;
    `changes` are those against the version accepted last. `confirmable` are the findings that need the sender's reason,
    the folded ones too; `given` are the reasons that stand in the feed itself, `said` all that is known, both by
    confirmation key; `unused` are those that answer nothing in it any more. `return_workbook`
    is where the sender's file was written with its findings, if that was asked for. `staged` are all sheets as
    received, on the connection that checked them; `snippets` their rows around what was found, `groups` the cells of
    findings that are told once for many; both where a check was all that was asked for. `source` is what was given,
    `saved_at` when that was saved. `supersedes` is the version that it replaces, where their order is not plain from
    the order of receipt; `in_force` the version in force where bytes come that landed
    before. `is_broken` marks a feed whose
    check broke off for a fault of the program.
    """

    packed: Packed
    verdict: Verdict
    cover: Cover = field(default_factory=Cover)
    sheets: tuple[TypedSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows_landed: int = 0
    rows_quarantined: int = 0
    profile: Profile | None = None
    feed_id: str | None = None
    previous: str | None = None
    fixed: tuple[Finding, ...] = ()
    changes: Changes | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, GivenReason] = field(default_factory=dict)
    unused: tuple[UnusedReason, ...] = ()
    confirmable: tuple[Finding, ...] = ()
    sender_name: str = ""
    return_workbook: Path | None = None
    staged: tuple[StagedSheet, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    source: Path | None = None
    groups: Groups = field(default_factory=dict)
    saved_at: datetime | None = None
    supersedes: Superseded | None = None
    in_force: InForce | None = None
    is_broken: bool = False

    @property
    def unexplained(self) -> tuple[Finding, ...]:
        """The findings for which the sender has still to give a reason."""
        return tuple(each for each in self.confirmable if not each.reason)

    @property
    def waiting(self) -> int:
        """How many findings wait for the sender's reason."""
        return len(self.unexplained)

    @property
    def file_name(self) -> str:
        return self.packed.name

    @property
    def kept_findings(self) -> tuple[Finding, ...]:
        """The findings to be recorded one by one: of an accepted feed, the folded ones stand in a table whole."""
        if self.verdict is Verdict.REJECTED:
            return self.findings
        return tuple(each for each in self.findings if not isinstance(each, FoldedFinding))


def check_feed(
    source: Path,
    settings: Settings,
    con: duckdb.DuckDBPyConnection,
    now: datetime,
    workdir: Path,
    *,
    profile: Profile | None = None,
    engine: Engine = Engine.AUTO,
    memory: Memory = NOTHING_KNOWN,
    again: Again | None = None,
    anew: bool = False,
    given: Given = NOTHING_GIVEN,
) -> CheckedFeed:
    """What would happen to the feed at `source`; `anew`, also to one that landed before and is not in force any more.

    `con` has schemas `raw` and `lookups`; what is staged stays there, in temporary tables, until the next feed. A feed
    that is checked `again` is held against its own record.
    """
    workdir.mkdir(parents=True, exist_ok=True)
    packed = again.packed if again else pack(source, workdir)
    landed = con.execute(
        "select feed_id from raw.feeds where sha256 = ? and profile is not distinct from ? and status = 'accepted' "
        "order by version desc",
        [packed.sha256, profile.record if profile else None],
    ).fetchone()
    if landed is not None and again is None:
        in_force = in_force_beside(con, landed[0])
        if in_force.feed_id == landed[0] or not anew:
            return CheckedFeed(packed, Verdict.ALREADY_LANDED, feed_id=landed[0], source=source, in_force=in_force)
    forget_folded(con)
    forget_changes(con)
    contracts = contract_files.load()
    words = profile.vocabulary(source) if profile else vocabulary(contracts)
    received = masked_feed(read_feed(source, words, settings.limits, workdir))
    if profile:
        received = profile.with_cover(received)
    desk = Desk(con, contracts, settings.limits, now, Teller(con, contracts, packed.name), profile, engine, memory)
    checked = _checked(desk, packed, received, again)
    _require_no_contradiction(checked, given)
    return replace(checked, source=source)


def _require_no_contradiction(checked: CheckedFeed, given: Given) -> None:
    """UsageError where the call names another sender or period than the cover in the file."""
    cover = checked.cover
    period = read_period(given.period).value if given.period else None
    told = (
        ("đơn vị gửi", cover.sender_unit_code, given.sender, "--sender"),
        ("kỳ báo cáo", cover.period and cover.period.code, period and period.code, "--period"),
    )
    for what, written, called, option in told:
        if written and called and written != called:
            raise UsageError(
                f"{checked.file_name}: trang «Thông tin» ghi {what} là {written}, lệnh lại nêu {option} {called}.",
                f"Bỏ {option} nếu tệp ghi đúng; nếu tệp ghi sai thì sửa trang «Thông tin» rồi kiểm tra lại.",
            )


def broken_feed(source: Path, con: duckdb.DuckDBPyConnection, workdir: Path, error: str) -> CheckedFeed:
    """The feed at `source`, rejected because the program failed at it with an error of that name."""
    try:
        packed = pack(source, workdir)
    except OSError:
        packed = Packed(source, masked_name(source), "", "")
    teller = Teller(con, contract_files.load(), packed.name)
    return CheckedFeed(
        packed,
        Verdict.REJECTED,
        findings=(teller.obstacle(program_failed(packed.name, error)),),
        source=source,
        is_broken=True,
    )


def _checked(desk: Desk, packed: Packed, received: ReceivedFeed, again: Again | None) -> CheckedFeed:
    by_kind = {kind: [sheet for sheet in received.sheets if sheet.kind is kind] for kind in SheetKind}
    by_kind, repeated = without_repeats(by_kind, desk.contracts)
    staged = {kind: stage(desk.con, found, desk.contracts.sheets[kind]) for kind, found in by_kind.items() if found}
    obstacles = (*received.obstacles, *(each for sheet in staged.values() for each in sheet.obstacles))
    desk = replace(desk, engine=_one_engine(desk.engine, sum(sheet.rows for sheet in staged.values())))
    cover, findings = _check_cover(desk, staged.get(SheetKind.COVER), received)
    findings = [*map(desk.teller.obstacle, without_persons(obstacles, received.sheets, desk.contracts)), *findings]
    findings += [desk.teller.about_feed("repeated_sheet", evidence=it.contract, pages=it.pages) for it in repeated]
    findings += [*form_findings(desk, received, staged, cover, blocked=any(each.rejects_feed for each in obstacles))]
    written = written_in(received.result_rows)
    sheets, found = _check_sheets(desk, _sure_of(cover, findings), staged, frozenset(reasons_in(written)))
    found = without_displaced(desk, cover, staged, sheets, found)
    found = with_blanks_below(desk, sheets, found)
    found = with_incomplete_rows(found, desk.contracts.feed_rules["incomplete_row"])
    rows = sum(staged[kind].rows for kind in LANDED if kind in staged)
    refused = sum(not each.rejects_feed for each in obstacles)
    quarantined = sum(error_rows(desk.con, kind) for kind in LANDED if kind in staged)
    findings += [*found, *count_findings(desk, rows + refused, quarantined + refused)]
    findings += [_refused(desk, each) for each in written if each.refusal]
    rejected = any(finding.tier is Tier.FEED for finding in findings)
    feed = CheckedFeed(
        packed=packed,
        verdict=Verdict.REJECTED if rejected else Verdict.ACCEPTED,
        cover=cover,
        sheets=tuple(sheets),
        findings=tuple(findings),
        rows_landed=0 if rejected else rows - quarantined,
        rows_quarantined=quarantined + refused,
        profile=desk.profile,
        staged=tuple(staged.values()),
        given=reasons_in(written),
    )
    return _remembered(desk, _compared(desk, feed, list(map(str, staged)), again), written)


def _compared(desk: Desk, feed: CheckedFeed, kinds: list[str], again: Again | None) -> CheckedFeed:
    """The feed, with sheets of these kinds, held against what its sender sent for the same period before."""
    if feed.cover.sender_unit_code and feed.cover.period:
        desk.memory.bring(feed.cover.sender_unit_code, feed.cover.period.code)
    own = again.feed_id if again else None
    feed = _with_reused(desk, _with_gone(desk, feed), own)
    earlier = Earlier(own, own) if own else earlier_records(desk.con, feed.cover)
    if earlier is None:
        return feed
    feed = _with_changes(desk, feed, earlier)
    return replace(
        feed,
        previous=earlier.previous,
        fixed=fixed_since(desk.con, feed.findings, earlier.previous, kinds),
        findings=tuple(with_standing(desk.con, feed.findings, earlier.previous)),
    )


def _with_gone(desk: Desk, feed: CheckedFeed) -> CheckedFeed:
    """The feed with what is to be said of open petitions that it has no more."""
    if feed.verdict is Verdict.REJECTED:
        return feed
    cover = next((each for each in feed.staged if each.contract.kind is SheetKind.COVER), None)
    return replace(feed, findings=(*feed.findings, *gone_open(desk, feed.cover, cover, feed.sheets)))


def _with_reused(desk: Desk, feed: CheckedFeed, own: str | None) -> CheckedFeed:
    """The feed with what is to be said of codes that stood for something else before, and of what was settled."""
    if feed.verdict is Verdict.REJECTED:
        return feed
    reused = reused_codes(desk, feed.cover, feed.sheets, own)
    gone = gone_settled(desk, feed.cover, feed.sheets)
    return replace(feed, findings=(*feed.findings, *reused, *resettled(desk, feed.cover, feed.sheets), *gone))


def _with_changes(desk: Desk, feed: CheckedFeed, earlier: Earlier) -> CheckedFeed:
    if earlier.accepted is None or feed.verdict is Verdict.REJECTED:
        return feed
    return replace(feed, changes=changes_since(desk, feed.sheets, earlier.accepted))


def _refused(desk: Desk, written: Written) -> Finding:
    """That what stands in the column of reasons is none."""
    words = {"value": written.reason, "evidence": written.refusal, "place": written.place}
    return desk.teller.about_feed("reason_refused", RESULT_SHEET, key=written.key, **words)


def _remembered(desk: Desk, feed: CheckedFeed, written: Sequence[Written]) -> CheckedFeed:
    """The feed with the reasons that its sender gave, before or in the file, and what is still to be explained."""
    sender = feed.cover.sender_unit_code or ""
    by = feed.cover.prepared_by or ""
    kept = {**desk.memory.explained(sender), **desk.memory.reasons(sender)}
    new = {
        key: GivenReason(reason, by)
        for key, reason in feed.given.items()
        if key not in kept or kept[key].reason != reason
    }
    known = {**kept, **new}
    answered = with_reasons(desk.con, feed.findings, known)
    findings = without_confirmed(answered, desk.memory.aliases(sender))
    return replace(
        feed,
        findings=tuple(findings),
        confirmable=confirmable(desk.con, findings),
        said=known,
        unused=_unused(desk, feed, confirmable(desk.con, answered), [each for each in written if not each.refusal]),
        sender_name=sender_name(desk.con, feed.cover),
    )


def _unused(
    desk: Desk, feed: CheckedFeed, asked: Sequence[Finding], written: Sequence[Written]
) -> tuple[UnusedReason, ...]:
    """The reasons that an accepted feed leaves without a point to answer."""
    if feed.verdict is Verdict.REJECTED:
        return ()
    accepted = feed.changes.previous_feed_id if feed.changes else ""
    earlier = {each for each in (feed.previous, accepted) if each}
    return unused_reasons(desk.con, asked, earlier, desk.memory.reasons(feed.cover.sender_unit_code or ""), written)


def _one_engine(engine: Engine, rows: int) -> Engine:
    """One engine for all sheets of a feed: a large one does not wait for the import that its cover would cost."""
    return Engine.SQL if engine is Engine.AUTO and rows > GX_MAX_ROWS else engine


def _sure_of(cover: Cover, findings: Iterable[Finding]) -> Cover:
    """The cover as far as nothing speaks against it: what follows from a wrong sender or period is not told."""
    wrong = {each.field for each in findings if each.tier is Tier.FEED and each.sheet_kind == SheetKind.COVER}
    return replace(
        cover,
        sender_unit_code=None if "sender_unit_code" in wrong else cover.sender_unit_code,
        period=None if "period" in wrong else cover.period,
    )


def _check_cover(desk: Desk, staged: StagedSheet | None, received: ReceivedFeed) -> tuple[Cover, list[Finding]]:
    """The cover and what is to be said about it; that there is none is not told of a file that could not be read."""
    if staged is None or staged.rows == 0:
        hidden = hides_cover(received.obstacles, received.sheets, vocabulary(desk.contracts))
        return Cover(), [] if hidden else [desk.teller.about_feed("no_cover")]
    lexicon = lexicon_of(desk, Cover(), frozenset())
    typed = type_sheet(desk.con, staged, sources_of(staged), lexicon)
    cover = read_cover(desk.con, typed)
    findings = list(_several_covers(desk, staged))
    findings += _evaluated(desk, typed, cover_facts(cover), cover, lexicon)
    return cover, list(without_consequences(findings))


def _several_covers(desk: Desk, staged: StagedSheet) -> Iterable[Finding]:
    """What is to be said where the cover has more than the one row, on one page or on several."""
    pages = list(dict.fromkeys(part.name for part in staged.parts))
    if staged.rows > 1 and len(pages) > 1:
        yield desk.teller.about_feed("several_cover_pages", pages=", ".join(f"«{page}»" for page in pages))
    elif staged.rows > 1:
        yield desk.teller.about_feed("several_covers", sheet=staged.name)


def _check_sheets(
    desk: Desk, cover: Cover, staged: Mapping[SheetKind, StagedSheet], given: frozenset[str]
) -> tuple[list[TypedSheet], list[Finding]]:
    """The typed sheets that may land, in the contract's order, and what is to be said about their cells.

    `given` are the keys of what the feed itself confirms.
    """
    subtree = subtree_of(desk.con, cover)
    desk = replace(desk, knows_units=bool(cover.sender_unit_code and cover.period))
    lexicon = replace(lexicon_of(desk, cover, subtree), aliases=aliases_of_sender(desk, cover))
    lexicon = replace(lexicon, confirmed=given | frozenset(desk.memory.reasons(cover.sender_unit_code or "")))
    create_spans(desk.con, subtree)
    views: dict[SheetKind, str] = {}
    sheets, findings = [], []
    for kind in LANDED:
        if kind not in staged:
            continue
        typed = type_sheet(desk.con, staged[kind], desk.sources(staged[kind]), lexicon)
        views[kind] = typed.view
        around = Surroundings(cover.period, lexicon.units, views, desk.now)
        findings += _evaluated(desk, typed, sheet_facts(desk.con, typed, around), cover, lexicon)
        sheets.append(typed)
    return sheets, findings


def _evaluated(desk: Desk, typed: TypedSheet, facts: Facts, cover: Cover, lexicon: Lexicon) -> list[Finding]:
    """Evaluates the suite of a sheet, keeps its faults beside it, and tells them."""
    staged = typed.staged
    suite = derive_suite(staged.contract, typed.sources, suite_words(cover.period, desk.now))
    if not desk.knows_units:
        suite = suite.without(BY_SENDER)
    sheet = CheckedSheet(typed, facts, with_facts(desk.con, typed, facts))
    found = evaluate(desk.con, suite.can_find(typed.reads.problems), sheet.relation, "row_id", desk.engine)
    keep_faults(desk.con, staged.contract.kind, found.faults, suite.rules)
    return [
        *desk.teller.faults(sheet, suite.rules, lexicon),
        *desk.teller.repairs(typed, lexicon.fields),
        *desk.teller.masked(staged),
        *(desk.teller.not_checked(suite.rules[each.id], staged.name) for each in found.not_checked),
    ]
