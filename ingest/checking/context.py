"""The context of one check: connection, contracts, limits, clock and the sender's history."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from ingest.checking.sender_history import NO_HISTORY, SenderHistory
from ingest.contract.sheet_contract import Contracts
from ingest.findings.messages import FindingBuilder
from ingest.mapping.profiles import Profile
from ingest.model.received import SheetKind
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import sources_of
from warehouse.border_checks import Engine
from warehouse.settings import Limits

LANDED = tuple(kind for kind in SheetKind if kind is not SheetKind.COVER)
"""The sheets whose rows land, in the contract's order."""


@dataclass(frozen=True)
class CheckContext:
    """What the check of one feed needs; `knows_units` is whether sender and period are known."""

    con: duckdb.DuckDBPyConnection
    contracts: Contracts
    limits: Limits
    now: datetime
    builder: FindingBuilder
    profile: Profile | None
    engine: Engine
    history: SenderHistory = NO_HISTORY
    knows_units: bool = True

    def owes(self, kind: SheetKind) -> bool:
        """Whether the feed must contain this sheet; for an export, its mapping profile decides."""
        return kind in self.profile.sheets if self.profile else self.contracts.sheets[kind].required

    def sources(self, staged: StagedSheet) -> dict[str, str]:
        """SQL for the text of each field that the sheet has."""
        if self.profile and staged.contract.kind in self.profile.sheets:
            return self.profile.sources(staged)
        return sources_of(staged)
