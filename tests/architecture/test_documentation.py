"""Every verb is documented, and every command in the documents exists."""

import re
from pathlib import Path
from typing import Any

import pytest

from doithoai.cli import VERBS, command
from doithoai.messages import Language, catalogue

ROOT = Path(__file__).parents[2]
USER_PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def _command(verb: str, language: Language) -> Any:
    """The command of a verb; `profile draft` is a subcommand."""
    found: Any = command(language)
    for name in verb.split():
        found = found.commands[name]
    return found


def _options(verb: str) -> set[str]:
    each = _command(verb, Language.VI)
    return {option for parameter in each.params for option in parameter.opts} | {"--help"}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_administrators_guide(verb: str) -> None:
    assert f"`doithoai {verb}" in (ROOT / "docs" / "quan-tri.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", Language)
def test_every_verb_has_help_with_an_example_that_names_it(verb: str, language: Language) -> None:
    each = _command(verb, language)
    assert each.help == catalogue()[f"verb.{verb.replace(' ', '_').replace('-', '_')}"].text(language)
    assert f"doithoai {verb}" in each.epilog
    assert all(parameter.help and "." not in parameter.help.split()[0] for parameter in each.params)


@pytest.mark.parametrize("page", USER_PAGES, ids=lambda page: page.name)
def test_every_command_in_the_documents_exists_with_its_options(page: Path) -> None:
    calls = re.findall(
        r"\bdoithoai (profile draft|user [a-z-]+|[a-z]+)((?: +[^\s`|»]+)*)", page.read_text(encoding="utf-8")
    )
    written = [(verb, re.findall(r"--[a-z-]+", rest)) for verb, rest in calls if verb in VERBS or "--" in rest]
    for verb, options in written:
        assert verb in VERBS, f"{page.name}: doithoai {verb}"
        assert set(options) <= _options(verb), f"{page.name}: doithoai {verb} {options}"


@pytest.mark.parametrize("page", USER_PAGES, ids=lambda page: page.name)
def test_every_make_target_in_the_documents_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)|^make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }


@pytest.mark.parametrize("page", USER_PAGES, ids=lambda page: page.name)
def test_every_link_between_documents_has_a_target(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_both_languages_have_the_same_placeholders() -> None:
    different = [
        key
        for key, message in catalogue().items()
        if set(re.findall(r"\{(\w+)", message.vi)) != set(re.findall(r"\{(\w+)", message.en))
    ]
    assert different == []


def test_every_message_is_used() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "doithoai").glob("*.py"))
    named_by_rule = ("verb.", "example.", "feed.", "status.", "doctor.")
    unused = [key for key in catalogue() if not key.startswith(named_by_rule) and f'"{key}"' not in sources]
    assert unused == []


def test_the_settings_of_a_home_are_all_documented() -> None:
    defaults = (ROOT / "warehouse" / "defaults" / "settings.toml").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "quan-tri.md").read_text(encoding="utf-8")
    table = ""
    for line in defaults.splitlines():
        if line.startswith("["):
            table = line.strip()
        elif "=" in line and not line.startswith("#"):
            assert f"`{table} {line.split('=')[0].strip()}`" in guide, line


@pytest.mark.parametrize("page", ["architecture.md", "first-hour.md"])
def test_every_path_that_a_maintainer_is_sent_to_exists(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rooms = "dashboard|dbt_project|docs|doithoai|ingest|sample_province|scripts|tests|warehouse"
    named = set(re.findall(rf"(?:`|python )((?:{rooms})/[\w./-]+)", text))
    assert named
    assert [path for path in sorted(named) if not list(ROOT.glob(f"{path.rstrip('/')}*"))] == []
