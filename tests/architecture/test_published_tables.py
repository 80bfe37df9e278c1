"""The page on the published tables agrees with the descriptions in dbt and with the tables of a snapshot."""

import re

from scripts.published_tables import PAGE, SNAPSHOT, described_marts, page
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import TABLES, current


def test_the_page_equals_the_descriptions_in_dbt() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(described_marts())


def test_every_published_table_has_its_section() -> None:
    assert set(re.findall(r"^## (\w+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == {
        *TABLES,
        "snapshot",
        "suite_results",
    }


def test_every_column_of_a_snapshot_is_described(sample_home: Home) -> None:
    described = {
        (section.split("\n", 1)[0], column.strip())
        for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
        for line in re.findall(r"^\| ([a-z0-9_, ]+) \|", section, re.MULTILINE)
        for column in line.split(",")
        if column.strip() != "column"
    }
    assert SNAPSHOT in PAGE.read_text(encoding="utf-8")
    with connect(current(sample_home).path, read_only=True) as con:
        columns = set(
            con.sql(
                "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal"
            ).fetchall()
        )
    assert columns == described
