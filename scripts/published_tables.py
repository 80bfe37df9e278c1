"""Write docs/published-tables.md from the descriptions in dbt: `python scripts/published_tables.py`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
MARTS = ROOT / "dbt_project" / "models" / "marts"
PAGE = ROOT / "docs" / "published-tables.md"

OPENING = """# Published tables

Written by `scripts/published_tables.py` from `dbt_project/models/marts/*.yml`; a test fails when the two differ.

A published snapshot is a DuckDB file `published/<id>.duckdb` in the home;
`published/current.json` names the one in force. It may be opened read-only from Python, R or a BI tool that
speaks DuckDB 2.0:

```python
import duckdb

with duckdb.connect("published/<id>.duckdb", read_only=True) as snapshot:
    print(snapshot.sql("select * from kpi_values where subject_type = 'province' and period_type = 'term'"))
```

Columns marked • are never null.
"""
SNAPSHOT = """## snapshot

One row: what this file is.

| column | type | meaning |
|---|---|---|
| snapshot_id | varchar • | name of the snapshot, never used twice |
| as_of, known_at, built_at | timestamp • | events up to, feeds received up to, and when it was built |
| province_code, province_name | varchar • | whose figures |
| term_start | date • | first day of the term |
| is_sample | boolean • | true for the sample province |
| min_denominator, min_coverage | integer, double • | settings in force for ranks |
| petitions, dialogues, feeds, findings | bigint • | how much it holds; feeds in force, findings of all feeds |
| checks_passed | integer • | models, seeds and data tests of dbt that ran well |
| project_version, duckdb_version, dbt_version | varchar • | what made it |

## suite_results

One row per check that the marts passed: nothing is published unless all of them did.

| column | type | meaning |
|---|---|---|
| suite | varchar • | `dbt` (data tests between models) or `marts` (expectations at the border) |
| check_id | varchar • | name of the check, never used twice in a snapshot |
| description | varchar • | what holds |
| examined | varchar • | tables that it looked at |
| rows_examined | bigint | rows of the table; null for `dbt` |
"""


def described_marts() -> list[Mapping[str, Any]]:
    """Return the marts with their dbt descriptions, file by file."""
    files = sorted(MARTS.glob("_*.yml"))
    return [model for file in files for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", ())]


def page(marts: Sequence[Mapping[str, Any]]) -> str:
    """Return the whole page, one section per table."""
    return "\n".join([OPENING, *map(_section, marts), SNAPSHOT])


def _section(model: Mapping[str, Any]) -> str:
    lines = (_line(column) for column in model["columns"])
    head = (f"## {model['name']}", "", model["description"].strip(), "", "| column | type | meaning |", "|---|---|---|")
    return "\n".join([*head, *lines, ""])


def _line(column: Mapping[str, Any]) -> str:
    never_null = " •" if {"type": "not_null"} in column.get("constraints", []) else ""
    meaning = " ".join(column["description"].split()).replace("|", "\\|")
    return f"| {column['name']} | {column['data_type']}{never_null} | {meaning}{_values(column)} |"


def _values(column: Mapping[str, Any]) -> str:
    allowed = list(_accepted(column))
    return f" Values: {', '.join(allowed)}." if allowed else ""


def _accepted(column: Mapping[str, Any]) -> Iterator[str]:
    for test in column.get("data_tests", []):
        if isinstance(test, dict) and "accepted_values" in test:
            yield from map(str, test["accepted_values"]["arguments"]["values"])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(described_marts()), encoding="utf-8")


if __name__ == "__main__":
    main()
