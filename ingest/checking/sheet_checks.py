"""Check the cover and the sheets of one feed, rule by rule."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.checking.context import LANDED, CheckContext
from ingest.checking.lexicon import aliases_of_sender, lexicon_of, subtree_of
from ingest.checking.root_causes import (
    drop_consequences,
    hides_cover,
)
from ingest.contract.vocabulary import vocabulary
from ingest.model.findings import Finding, Tier
from ingest.model.received import ReceivedFeed, SheetKind
from ingest.rules.cover import Cover, cover_facts, read_cover
from ingest.rules.cross_checks import Facts, Surroundings, create_spans, sheet_facts, with_facts
from ingest.rules.suite import BY_SENDER, derive_suite, suite_words
from ingest.rules.violations import CheckedSheet, write_violations
from ingest.staging.column_parsers import Lexicon
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet, sources_of, type_sheet
from warehouse.border_checks import GX_MAX_ROWS, Engine, evaluate


def one_engine(engine: Engine, rows: int) -> Engine:
    """One engine for all sheets of a feed: a large feed does not import Great Expectations just for its cover."""
    return Engine.SQL if engine is Engine.AUTO and rows > GX_MAX_ROWS else engine


def reliable_cover(cover: Cover, findings: Iterable[Finding]) -> Cover:
    """The cover without a sender or period that is wrong, so that no other findings follow from it."""
    wrong = {each.field for each in findings if each.tier is Tier.FEED and each.sheet_kind == SheetKind.COVER}
    return replace(
        cover,
        sender_unit_code=None if "sender_unit_code" in wrong else cover.sender_unit_code,
        period=None if "period" in wrong else cover.period,
    )


def check_cover(
    context: CheckContext, staged: StagedSheet | None, received: ReceivedFeed
) -> tuple[Cover, list[Finding]]:
    """Return the cover and its findings; a missing cover is not reported if it may only have been unreadable."""
    if staged is None or staged.rows == 0:
        hidden = hides_cover(received.obstacles, received.sheets, vocabulary(context.contracts))
        return Cover(), [] if hidden else [context.builder.about_feed("no_cover")]
    lexicon = lexicon_of(context, Cover(), frozenset())
    typed = type_sheet(context.con, staged, sources_of(staged), lexicon)
    cover = read_cover(context.con, typed)
    findings = list(_several_covers(context, staged))
    findings += _evaluate(context, typed, cover_facts(cover), cover, lexicon)
    return cover, list(drop_consequences(findings))


def _several_covers(context: CheckContext, staged: StagedSheet) -> Iterable[Finding]:
    """The finding about a cover with more than one row, on one page or on several."""
    pages = list(dict.fromkeys(part.name for part in staged.parts))
    if staged.rows > 1 and len(pages) > 1:
        yield context.builder.about_feed("several_cover_pages", pages=", ".join(f"«{page}»" for page in pages))
    elif staged.rows > 1:
        yield context.builder.about_feed("several_covers", sheet=staged.name)


def check_sheets(
    context: CheckContext, cover: Cover, staged: Mapping[SheetKind, StagedSheet], given: frozenset[str]
) -> tuple[list[TypedSheet], list[Finding]]:
    """Return the typed sheets, in the contract's order, and the findings about their cells.

    `given` are the confirmation keys for which the feed itself gives reasons.
    """
    subtree = subtree_of(context.con, cover)
    context = replace(context, knows_units=bool(cover.sender_unit_code and cover.period))
    lexicon = replace(lexicon_of(context, cover, subtree), aliases=aliases_of_sender(context, cover))
    lexicon = replace(lexicon, confirmed=given | frozenset(context.history.reasons(cover.sender_unit_code or "")))
    create_spans(context.con, subtree)
    views: dict[SheetKind, str] = {}
    sheets, findings = [], []
    for kind in LANDED:
        if kind not in staged:
            continue
        typed = type_sheet(context.con, staged[kind], context.sources(staged[kind]), lexicon)
        views[kind] = typed.view
        around = Surroundings(cover.period, lexicon.units, views, context.now)
        findings += _evaluate(context, typed, sheet_facts(context.con, typed, around), cover, lexicon)
        sheets.append(typed)
    return sheets, findings


def _evaluate(context: CheckContext, typed: TypedSheet, facts: Facts, cover: Cover, lexicon: Lexicon) -> list[Finding]:
    """Evaluate the suite of a sheet, write its violations to a temporary table, and return the findings."""
    staged = typed.staged
    suite = derive_suite(staged.contract, typed.sources, suite_words(cover.period, context.now))
    if not context.knows_units:
        suite = suite.without(BY_SENDER)
    sheet = CheckedSheet(typed, facts, with_facts(context.con, typed, facts))
    found = evaluate(context.con, suite.can_find(typed.reads.problems), sheet.relation, "row_id", context.engine)
    write_violations(context.con, staged.contract.kind, found.faults, suite.rules)
    return [
        *context.builder.violations(sheet, suite.rules, lexicon),
        *context.builder.repairs(typed, lexicon.fields),
        *context.builder.masked(staged),
        *(context.builder.not_checked(suite.rules[each.id], staged.name) for each in found.not_checked),
    ]
