"""The verbs on local accounts: `doithoai user add`, `list`, `role`, `disable`, `enable`, `reset-password`."""

from typing import TYPE_CHECKING

from doithoai.calls import existing_home, now_at
from doithoai.messages import Language
from doithoai.options import (
    AccountArgument,
    FullNameOption,
    HomeOption,
    JsonOption,
    LanguageOption,
    RolesOption,
)
from doithoai.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from doithoai.accounts import AccountDesk


def user_add(
    name: AccountArgument,
    role: RolesOption,
    full_name: FullNameOption,
    home: HomeOption = None,
    lang: LanguageOption = Language.VI,
) -> None:
    """Create an account and show its one-time first password."""
    _desk(home, lang).add(name, full_name, role)


def user_list(home: HomeOption = None, as_json: JsonOption = False, lang: LanguageOption = Language.VI) -> None:
    """Show all accounts."""
    _desk(home, lang, as_json).show()


def user_role(
    name: AccountArgument,
    role: RolesOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.VI,
) -> None:
    """Replace the roles of an account."""
    _desk(home, lang, as_json).change(name, roles=role)


def user_disable(
    name: AccountArgument, home: HomeOption = None, as_json: JsonOption = False, lang: LanguageOption = Language.VI
) -> None:
    """Disable an account; its open pages close."""
    _desk(home, lang, as_json).change(name, is_disabled=True)


def user_enable(
    name: AccountArgument, home: HomeOption = None, as_json: JsonOption = False, lang: LanguageOption = Language.VI
) -> None:
    """Enable an account again."""
    _desk(home, lang, as_json).change(name, is_disabled=False)


def user_reset_password(
    name: AccountArgument, home: HomeOption = None, as_json: JsonOption = False, lang: LanguageOption = Language.VI
) -> None:
    """Give an account a new one-time password, and unlock it."""
    _desk(home, lang, as_json).reset_password(name)


def _desk(home: "Path | None", lang: Language, as_json: bool = False) -> "AccountDesk":
    from doithoai.accounts import AccountDesk

    place = existing_home(home)
    return AccountDesk(Terminal(lang, as_json), place, now_at(place))
