"""The options that verbs share. Their help texts are message keys, which `doithoai.cli` translates."""

from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from doithoai.messages import Language
from doithoai.worlds import World
from ingest.lookups.periods import PLAUSIBLE_YEARS

HomeOption = Annotated[Path | None, typer.Option("--home", help="option.home", show_default=False)]
LanguageOption = Annotated[Language, typer.Option("--lang", help="option.lang")]
JsonOption = Annotated[bool, typer.Option("--json", help="option.json")]
ProfileOption = Annotated[str | None, typer.Option("--profile", help="option.profile", show_default=False)]
PortOption = Annotated[int, typer.Option("--port", help="option.port", min=1, max=65535)]
AddressOption = Annotated[str, typer.Option("--address", help="option.address")]
WorldOption = Annotated[World, typer.Option("--world", help="option.world")]
NoServeOption = Annotated[bool, typer.Option("--no-serve", help="option.no_serve")]
UnitOption = Annotated[str, typer.Option("--unit", help="option.unit", metavar="CODE", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", help="option.period", metavar="PERIOD", show_default=False)]
SenderOption = Annotated[str | None, typer.Option("--sender", help="option.sender", metavar="CODE", show_default=False)]
GivenPeriodOption = Annotated[
    str | None, typer.Option("--period", help="option.given_period", metavar="PERIOD", show_default=False)
]
BoardPeriodOption = Annotated[
    str | None, typer.Option("--period", help="option.board_period", metavar="PERIOD", show_default=False)
]
RemindersOption = Annotated[bool, typer.Option("--reminders", help="option.reminders")]
ToOption = Annotated[Path | None, typer.Option("--to", help="option.to", show_default=False)]
DraftToOption = Annotated[Path | None, typer.Option("--to", help="option.draft_to", show_default=False)]
ReturnToOption = Annotated[Path | None, typer.Option("--return-to", help="option.return_to", show_default=False)]
AgainOption = Annotated[bool, typer.Option("--again", help="option.again")]
AllArchivedOption = Annotated[bool, typer.Option("--all-archived", help="option.all_archived")]
RuleOption = Annotated[str | None, typer.Option("--rule", help="option.rule", show_default=False)]
CellOption = Annotated[str | None, typer.Option("--cell", help="option.cell", show_default=False)]
KeyOption = Annotated[str | None, typer.Option("--key", help="option.key", show_default=False)]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="option.reason", show_default=False)]
ReasonsOption = Annotated[
    str | None, typer.Option("--reasons", help="option.reasons", metavar="FILE", show_default=False)
]
ReadOption = Annotated[str | None, typer.Option("--read", help="option.read", metavar="X=Y", show_default=False)]
ByOption = Annotated[str | None, typer.Option("--by", help="option.by", show_default=False)]
RolesOption = Annotated[list[str], typer.Option("--role", help="option.role", metavar="ROLE", show_default=False)]
FullNameOption = Annotated[str, typer.Option("--name", help="option.full_name", show_default=False)]
AccountArgument = Annotated[str, typer.Argument(metavar="ACCOUNT", help="argument.account", show_default=False)]
TargetArgument = Annotated[str, typer.Argument(metavar="FEED", help="argument.target", show_default=False)]
ExportArgument = Annotated[Path, typer.Argument(metavar="FILE", help="argument.export", show_default=False)]
FilesArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="FILE...", help="argument.files", show_default=False)
]
PathsArgument = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH...", help="argument.paths", show_default=False)
]


def instant(written: str) -> datetime:
    """Parse an instant: an ISO date and time, or a date, which means the end of that day.

    Raise BadParameter if it is invalid, has a UTC offset (instants are in the home's zone) or an implausible year.
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise _not_an_instant(written) from error
    if moment.tzinfo is not None or moment.year not in PLAUSIBLE_YEARS:
        raise _not_an_instant(written)
    day_alone = len(written) <= len("2024-09-30")
    return datetime.combine(moment, time.max) if day_alone else moment


def _not_an_instant(written: str) -> typer.BadParameter:
    return typer.BadParameter(written)


AsOfOption = Annotated[
    datetime | None, typer.Option("--as-of", help="option.as_of", parser=instant, metavar="T", show_default=False)
]
KnownAtOption = Annotated[
    datetime | None, typer.Option("--known-at", help="option.known_at", parser=instant, metavar="T", show_default=False)
]
