"""The result of checking one feed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ingest.checking.in_force import InForce
from ingest.checking.version_diff import Changes
from ingest.findings.cell_ranges import Groups
from ingest.findings.overflow import OverflowFinding
from ingest.findings.snippets import Snippet
from ingest.findings.unused_reasons import UnusedReason
from ingest.mapping.profiles import Profile
from ingest.model.findings import Finding
from ingest.model.reasons import GivenReason
from ingest.reading.save_time import Superseded
from ingest.reading.source_file import Packed
from ingest.rules.cover import Cover
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import TypedSheet


class Verdict(StrEnum):
    """The outcome of checking a feed."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ALREADY_LANDED = "already_landed"


@dataclass(frozen=True)
class ArchivedFeed:
    """An archived feed to check again: its bytes, and the id of the record to compare it with.

    If `feed_id` is None, it is compared, like any feed, with the sender's earlier records.
    """

    feed_id: str | None
    packed: Packed


@dataclass(frozen=True)
class CheckedFeed:
    """One checked feed.

    `sheets` are typed views on the connection that checked it, `staged` all sheets as received on that connection.
    `rows_quarantined` counts rows with an error and records that could not be read, `rows_landed` the others. `feed_id`
    is the feed that landed with the same bytes through the same profile, if any, `in_force` then the version in force.

    `previous` is the sender's newest record for the same period, accepted or rejected: findings are new, open or
    `fixed` relative to it. `changes` are relative to the last accepted version. `supersedes` is the version that this
    feed supersedes, if their order needs an explanation. `source` is the given path, `saved_at` its save time.

    `confirmable` are the findings that need the sender's reason, overflow findings included. `given_reasons` are the
    reasons in the feed itself, `known_reasons` all known ones, both by confirmation key; `unused` are the reasons that
    match no finding.

    Some are set only if the feed is not landed now: `snippets`, the rows around the findings; `groups`, the cells of
    findings that are reported once for many cells; `return_workbook`, the path of the annotated copy, if requested.
    `is_broken` marks a feed whose check or landing failed with an internal error.
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
    given_reasons: Mapping[str, str] = field(default_factory=dict)
    known_reasons: Mapping[str, GivenReason] = field(default_factory=dict)
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
        """The confirmable findings without a reason."""
        return tuple(each for each in self.confirmable if not each.reason)

    @property
    def waiting(self) -> int:
        """The number of findings without a reason."""
        return len(self.unexplained)

    @property
    def file_name(self) -> str:
        return self.packed.name

    @property
    def recorded_findings(self) -> tuple[Finding, ...]:
        """The findings to record one by one; the overflow findings of an accepted feed come from a separate table."""
        if self.verdict is Verdict.REJECTED:
            return self.findings
        return tuple(each for each in self.findings if not isinstance(each, OverflowFinding))
