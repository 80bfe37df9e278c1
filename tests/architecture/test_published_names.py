"""Names, groups and order of KPIs and flags come from published tables; the few codes in the source code exist."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from dashboard import kpi_codes

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "dbt_project" / "seeds"
KPI_CODES = ROOT / "dashboard" / "kpi_codes.py"


def rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes() -> set[str]:
    return {row["kpi_code"] for row in rows("kpis")} | {row["flag_code"] for row in rows("flags")}


def names() -> set[str]:
    return {row["name"] for row in (*rows("kpis"), *rows("flags"))}


def texts(path: Path) -> Iterator[str]:
    """The string constants of a module except docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_the_kpis_that_pages_single_out_exist() -> None:
    named = {value for name, value in vars(kpi_codes).items() if name.isupper()}
    assert named
    assert named <= {row["kpi_code"] for row in rows("kpis")}


def test_no_other_module_names_a_kpi_or_flag() -> None:
    of_a_code = re.compile(rf"\b({'|'.join(sorted(codes()))})\b")
    modules = [path for package in ("dashboard", "doithoai", "warehouse") for path in (ROOT / package).rglob("*.py")]
    assert len(modules) > 100
    found = {
        (path.relative_to(ROOT).as_posix(), text)
        for path in modules
        if path != KPI_CODES
        for text in texts(path)
        if of_a_code.search(text) or text in names()
    }
    assert found == set()


def first_columns(page: str) -> list[list[str]]:
    """The codes in the first two columns of every table row on a page in `docs`."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    cells = re.findall(r"^\| `(\w+)`[^|]*\|([^|]*)\|", text, re.MULTILINE)
    return [[code, *re.findall(r"`(\w+)`", second)] for code, second in cells]


def test_the_page_of_definitions_has_every_kpi() -> None:
    assert {code for code, *_ in first_columns("kpis.md")} == {row["kpi_code"] for row in rows("kpis")}


def test_the_page_of_flags_has_every_flag_with_its_rules() -> None:
    documented = first_columns("dau-hieu.md")
    assert {code for code, *_ in documented} == {row["flag_code"] for row in rows("flags")}
    paired = {row["flag_code"]: set(row["door_rules"].split()) for row in rows("flags") if row["door_rules"]}
    assert {code: set(rules) for code, *rules in documented if rules} == paired
