"""The composition root: build the command line in one language, run one verb, and turn errors into exit codes.

Exit codes: 0 done · 1 a feed or check failed · 2 wrong use · 3 build failed, nothing published · 4 the home is locked ·
5 internal error.
"""

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import typer
import typer.main

from doithoai import account_verbs, feed_verbs, verbs
from doithoai.messages import Language, text
from doithoai.terminal import json_text, printable
from warehouse.errors import DoithoaiError, WrongLookups

VERBS: Mapping[str, Callable[..., None]] = {
    "init": verbs.init,
    "template": feed_verbs.template,
    "profile draft": feed_verbs.profile_draft,
    "check": feed_verbs.check,
    "ingest": feed_verbs.ingest,
    "confirm": feed_verbs.confirm,
    "build": verbs.build,
    "run": verbs.run,
    "status": verbs.status,
    "serve": verbs.serve,
    "user add": account_verbs.user_add,
    "user list": account_verbs.user_list,
    "user role": account_verbs.user_role,
    "user disable": account_verbs.user_disable,
    "user enable": account_verbs.user_enable,
    "user reset-password": account_verbs.user_reset_password,
    "demo": verbs.demo,
    "doctor": verbs.doctor,
}
INSTANTS = ("as_of", "known_at")
"""Parameters that are instants."""

WRONG_USE, INTERNAL, INTERRUPTED = 2, 5, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(exit_code(list(sys.argv[1:] if arguments is None else arguments)))


def exit_code(arguments: list[str]) -> int:
    """Run one call and return its exit code; every error becomes a message and an exit code here."""
    language = language_of(arguments)
    try:
        return int(command(language).main(arguments or ["--help"], "doithoai", standalone_mode=False) or 0)
    except WrongLookups as error:
        if "--json" in arguments:
            print(json_text({"lookup_faults": error.faults}))  # noqa: T201
        return _complain(error.message, error.remedy, error.exit_code)
    except DoithoaiError as error:
        return _complain(error.message, error.remedy, error.exit_code)
    except typer.TyperException as error:
        return _complain(
            text("error.wrong_use", language, detail=_what_was_wrong(error, language)),
            text("error.see_help", language),
            WRONG_USE,
        )
    except (KeyboardInterrupt, typer.Abort):
        return _complain(text("error.interrupted", language), "", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the one catcher: whatever else escapes is an internal error
        traceback.print_exc()
        detail = text("error.internal", language, kind=type(error).__name__, detail=error)
        return _complain(detail, text("error.internal_remedy", language), INTERNAL)


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language of `--lang`; it is parsed before the other options because their help is translated."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in list(Language):
            return Language(value)
    return Language.VI


def command(language: Language) -> Any:
    """Return the command tree with all help texts in `language`."""
    app = typer.Typer(add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False)
    app.callback(help="app.help", epilog="app.example")(verbs.doithoai)
    panel = "app.commands"
    groups: dict[str, typer.Typer] = {}
    for call, verb in VERBS.items():
        group, _, name = call.rpartition(" ")
        key = call.replace(" ", "_").replace("-", "_")
        if group and group not in groups:
            groups[group] = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
            app.add_typer(groups[group], name=group, help=f"verb.{group}", rich_help_panel=panel)
        owner = groups[group] if group else app
        owner.command(name, help=f"verb.{key}", epilog=f"example.{key}", rich_help_panel=panel)(verb)
    root = typer.main.get_command(app)
    for each in _tree(root):
        _translate(each, language)
    return root


def _tree(command: Any) -> Iterator[Any]:
    """Yield a command and all commands below it."""
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from _tree(each)


def _translate(command: Any, language: Language) -> None:
    """Replace the message keys in help texts by the messages in `language`."""
    for attribute in ("help", "epilog", "rich_help_panel"):
        _put(command, attribute, language)
    help_option = command.get_help_option(typer.Context(command))
    help_option.help = "option.help"
    for parameter in (*command.params, help_option):
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
        is_argument = parameter.param_type_name == "argument"
        parameter.rich_help_panel = "app.arguments" if is_argument else "app.options"
        for attribute in ("help", "rich_help_panel"):
            _put(parameter, attribute, language)


def _put(owner: Any, attribute: str, language: Language) -> None:
    key = getattr(owner, attribute, None)
    if isinstance(key, str):
        setattr(owner, attribute, text(key, language))


def _what_was_wrong(error: typer.TyperException, language: Language) -> str:
    if option := getattr(error, "option_name", None):
        return text("error.no_option", language, name=option)
    if parameter := getattr(error, "param", None):
        name = "/".join(parameter.opts) if parameter.param_type_name == "option" else parameter.metavar
        if parameter.name in INSTANTS and isinstance(error, typer.BadParameter):
            return text("error.bad_instant", language, name=name, value=error.message)
        missing = type(error).__name__ == "MissingParameter"
        return text("error.missing" if missing else "error.bad_value", language, name=name)
    return text("error.no_command", language)


def _complain(message: str, remedy: str, code: int) -> int:
    for sentence in filter(None, (message, remedy)):
        print(printable(sentence), file=sys.stderr)  # noqa: T201
    return code
