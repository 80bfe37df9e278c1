"""The verbs on feeds: parse options, call the lower layers, report the outcome."""

from doithoai.calls import existing_home, given, now_at, profile_named, wrong_use
from doithoai.messages import Language
from doithoai.options import (
    AgainOption,
    AllArchivedOption,
    ByOption,
    CellOption,
    DraftToOption,
    ExportArgument,
    FilesArgument,
    GivenPeriodOption,
    HomeOption,
    JsonOption,
    KeyOption,
    LanguageOption,
    PathsArgument,
    PeriodOption,
    ProfileOption,
    ReadOption,
    ReasonOption,
    ReasonsOption,
    ReturnToOption,
    RuleOption,
    SenderOption,
    TargetArgument,
    ToOption,
    UnitOption,
)
from doithoai.terminal import Terminal


def template(
    unit: UnitOption,
    period: PeriodOption,
    to: ToOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Write the template workbook of a unit for a period."""
    from doithoai.templates import make_template

    make_template(Terminal(lang), existing_home(home), unit, period, to)


def profile_draft(
    file: ExportArgument,
    sender: SenderOption = None,
    to: DraftToOption = None,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Draft a mapping profile from the headers and values of another system's export."""
    from doithoai.profiles import draft

    draft(Terminal(lang), existing_home(home), file, sender, to)


def check(
    files: FilesArgument = None,
    *,
    all_archived: AllArchivedOption = False,
    home: HomeOption = None,
    profile: ProfileOption = None,
    sender: SenderOption = None,
    period: GivenPeriodOption = None,
    again: AgainOption = False,
    return_to: ReturnToOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Check each feed, and exit 1 if one would be rejected; or recheck all archived feeds."""
    from doithoai import feeds, rechecking

    terminal = Terminal(lang, as_json)
    if all_archived and not files:
        rechecking.check_again(terminal, existing_home(home))
        return
    if all_archived or not files:
        raise wrong_use(terminal, "error.all_or_files" if files else "error.missing")
    place = existing_home(home)
    verdicts = feeds.check_files(
        terminal,
        files,
        place,
        now_at(place),
        profile_named(place, profile),
        given=given(terminal, sender, period),
        return_to=return_to,
        again=again,
    )
    feeds.show_verdicts(terminal, verdicts)
    feeds.stop_if_rejected(terminal, verdicts)


def ingest(
    paths: PathsArgument = None,
    *,
    all_archived: AllArchivedOption = False,
    again: AgainOption = False,
    home: HomeOption = None,
    profile: ProfileOption = None,
    sender: SenderOption = None,
    period: GivenPeriodOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Land the given feeds, the inbox, or the archived feeds that would change; exit 1 if one was rejected."""
    from doithoai import feeds, rechecking

    terminal = Terminal(lang, as_json)
    place = existing_home(home)
    if all_archived and (paths or again):
        raise wrong_use(terminal, "error.all_or_files")
    if again and not paths:
        raise wrong_use(terminal, "error.again_names_files")
    if all_archived:
        rechecking.ingest_again(terminal, place, now_at(place))
        return
    outcomes = feeds.land_files(
        terminal,
        paths or [],
        place,
        now_at(place),
        profile_named(place, profile),
        given=given(terminal, sender, period),
        again=again,
    )
    feeds.show_landings(terminal, outcomes, place)
    feeds.stop_if_rejected(terminal, outcomes)


def confirm(
    target: TargetArgument,
    *,
    rule: RuleOption = None,
    cell: CellOption = None,
    key: KeyOption = None,
    reason: ReasonOption = None,
    reasons: ReasonsOption = None,
    read: ReadOption = None,
    by: ByOption = None,
    home: HomeOption = None,
    profile: ProfileOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """List the findings of a feed that wait for a reason, store reasons, or store the meaning of a sender's text."""
    from doithoai.confirming import ConfirmRequest, confirm_or_list
    from doithoai.reasons import read_reasons

    terminal = Terminal(lang, as_json)
    if reasons and any((rule, cell, key, reason, read, by)):
        raise wrong_use(terminal, "error.reasons_alone")
    place = existing_home(home)
    request = ConfirmRequest(rule, cell, reason, read, by, key, read_reasons(terminal, reasons) if reasons else None)
    confirm_or_list(terminal, place, target, request, now=now_at(place), profile=profile_named(place, profile))
