"""Every model is described and has a key test, and every dashboard page is an exposure of the tables it reads."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.pages import ADDRESSES
from dashboard.text import labels
from tests.architecture.tables_read import ROOT, definitions, tables_read

PROJECT = ROOT / "dbt_project"
MODELS = PROJECT / "models"
SCREENS = sorted(path.stem for path in (ROOT / "dashboard" / "screens").glob("[a-z]*.py") if path.stem != "audit_log")
"""The pages that read published tables; the audit log is not published."""

ON_EVERY_PAGE = frozenset({("dashboard.page.request", "page_of"), ("dashboard.page.frame", "frame_of")})


def entries(kind: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The entries of a kind (`models`, `exposures`, `unit_tests`) in the yml files, each with its file."""
    for path in sorted(MODELS.rglob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get(kind, ()):
            yield path, entry


def exposures() -> dict[str, Mapping[str, Any]]:
    return {exposure["name"]: exposure for _, exposure in entries("exposures")}


def keys(tests: Sequence[Any]) -> list[Any]:
    return [test for test in tests if "grain_is_unique" in test]


def test_every_model_is_described_in_its_folder() -> None:
    described = sorted((path.parent, entry["name"]) for path, entry in entries("models"))
    assert described == sorted((path.parent, path.stem) for path in MODELS.rglob("*.sql"))


def test_every_model_names_its_rows_and_has_a_key_test() -> None:
    faulty = [
        entry["name"]
        for _, entry in entries("models")
        if "One row" not in entry["description"] or not keys(entry["data_tests"])
    ]
    assert faulty == []


def test_every_unit_test_is_in_the_folder_of_its_model() -> None:
    folders = {path.stem: path.parent for path in MODELS.rglob("*.sql")}
    assert [entry["name"] for path, entry in entries("unit_tests") if folders[entry["model"]] != path.parent] == []


def test_every_macro_is_documented() -> None:
    macros = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "macros").glob("*.sql"))
    assert re.findall(r"(?<!-#}\n)^\{% (?:macro|test|materialization) (\w+)", macros, re.MULTILINE) == []


def test_every_page_is_an_exposure() -> None:
    assert sorted(exposures()) == SCREENS
    assert {exposure["label"] for exposure in exposures().values()} == set(ADDRESSES) - {labels.AUDIT}


@pytest.mark.parametrize("screen", SCREENS)
def test_an_exposure_depends_on_what_its_page_reads(screen: str) -> None:
    exposure = exposures()[screen]
    marts = frozenset(path.stem for path in (MODELS / "marts").glob("*.sql"))
    read = tables_read(definitions(f"dashboard.screens.{screen}") | ON_EVERY_PAGE, marts)
    assert exposure["label"] == getattr(labels, screen.upper())
    assert exposure["depends_on"] == [f"ref('{table}')" for table in sorted(read)]
