"""The desk: what the check of one feed works with."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from ingest.checking.sender_history import NOTHING_KNOWN, Memory
from ingest.contract.sheet_contract import Contracts
from ingest.findings.messages import Teller
from ingest.mapping.profiles import Profile
from ingest.model.received import SheetKind
from ingest.staging.stage import StagedSheet
from ingest.staging.typed_sheet import sources_of
from warehouse.border_checks import Engine
from warehouse.settings import Limits

LANDED = tuple(kind for kind in SheetKind if kind is not SheetKind.COVER)
"""The sheets whose rows land, in the contract's order."""


@dataclass(frozen=True)
class Desk:
    """What the check of one feed works with; `knows_units` says whether it is known whose units count, and when."""

    con: duckdb.DuckDBPyConnection
    contracts: Contracts
    limits: Limits
    now: datetime
    teller: Teller
    profile: Profile | None
    engine: Engine
    memory: Memory = NOTHING_KNOWN
    knows_units: bool = True

    def owes(self, kind: SheetKind) -> bool:
        """Whether a feed must have this sheet; an export has those of its profile."""
        return kind in self.profile.sheets if self.profile else self.contracts.sheets[kind].required

    def sources(self, staged: StagedSheet) -> dict[str, str]:
        """The text of each field that is there, as SQL."""
        if self.profile and staged.contract.kind in self.profile.sheets:
            return self.profile.sources(staged)
        return sources_of(staged)
