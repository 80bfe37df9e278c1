"""The steps, each run in its own process: `python -m benchmarks.steps STEP ARGUMENT…`."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import warehouse.home
import warehouse.settings
from benchmarks.generate import COLUMNS, quoted
from benchmarks.measure import print_figures, timed
from warehouse.connection import connect

AS_OF = datetime(2024, 9, 30, 23, 59, 59, 999999)
RECEIVED = datetime(2024, 10, 5, 9, 0)
NOW = datetime(2024, 10, 15, 8, 0)
HAND_WRITTEN = Path(__file__).parent / "hand_written.sql"
Figures = dict[str, float]


def typed_read(petitions: str, target: str) -> Figures:
    """Read one petitions.csv with DuckDB's strict types into a table."""
    figures: Figures = {}
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    strictly = "header = true, auto_detect = false, delim = ',', quote = '\"'"
    read = f"read_csv('{quoted(petitions)}', columns = {{{types}}}, {strictly})"
    with timed(figures, "seconds"), connect(Path(target)) as con:
        con.execute(f"create table petitions as select * from {read}")
    return figures


def bare_parse(workbook: str) -> Figures:
    """Parse every sheet of one workbook with calamine."""
    from python_calamine import CalamineWorkbook

    figures: Figures = {}
    with timed(figures, "seconds"):
        book = CalamineWorkbook.from_path(workbook)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return figures


def check(root: str, workbook: str) -> Figures:
    """Run `doithoai check`; it returns no figures, because the whole process is measured."""
    from doithoai.cli import exit_code

    if code := exit_code(["check", workbook, "--home", root]):
        raise RuntimeError(f"check left with {code}")
    return {}


def ingest(root: str, *sources: str) -> Figures:
    """Land feeds, from the call to the commit."""
    from ingest.pipeline import land_paths

    home = warehouse.home.existing(Path(root))
    figures: Figures = {}
    with timed(figures, "seconds"):
        landings = land_paths([Path(source) for source in sources], home, warehouse.settings.load(home), RECEIVED)
    figures["rows"] = sum(landing.rows_landed for landing in landings)
    return figures


def build(root: str) -> Figures:
    """Build and publish; also sum the times of the models and of the tests that dbt reports."""
    from ingest.contract.load import landed_columns
    from warehouse.build import build as build_snapshot

    home = warehouse.home.existing(Path(root))
    figures: Figures = {}
    with timed(figures, "seconds"):
        settings, sheets = warehouse.settings.load(home), landed_columns()
        build_snapshot(home=home, settings=settings, as_of=AS_OF, known_at=NOW, now=NOW, sheets=sheets)
    results = json.loads((home.root / "dbt" / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    for kind in ("model", "test"):
        figures[kind] = sum(it["execution_time"] for it in results if it["unique_id"].startswith(f"{kind}."))
    return figures


def hand_written(root: str) -> Figures:
    """Run the hand-written query on the same raw tables, and count the rows that differ from the mart."""
    home = warehouse.home.existing(Path(root))
    figures: Figures = {}
    with connect(home.warehouse) as con:
        with timed(figures, "seconds"):
            con.execute(HAND_WRITTEN.read_text(encoding="utf-8"))
        ((figures["rows"],),) = con.execute("select count(*) from hand_written").fetchall()
        ((figures["unlike"],),) = con.execute(UNLIKE).fetchall()
    return figures


UNLIKE = """
with published as (
    select
        periods.period_key, subject_id as unit_code, field_code, kpi_code, numerator, denominator
    from marts.kpi_values
    inner join intermediate.int_periods as periods using (calendar, period_type, period_start, period_end)
    where subject_type = 'unit' and kpi_code in ('resolution_rate', 'on_time_rate', 'overdue_rate')
),
by_hand as (
    select period_key, unit_code, field_code, 'resolution_rate' as kpi_code, settled as n, at_hand as d
    from hand_written
    union all
    select period_key, unit_code, field_code, 'on_time_rate', on_time, matured from hand_written
    union all
    select period_key, unit_code, field_code, 'overdue_rate', overdue, still_open from hand_written
)
select count(*) from published full join by_hand using (period_key, unit_code, field_code, kpi_code)
where coalesce(numerator, 0) <> coalesce(n, 0) or coalesce(denominator, 0) <> coalesce(d, 0)
"""
"""Count the figures of the hand-written table that differ from the published ones; the results must be equal."""


def night(root: str) -> Figures:
    """Run the nightly job: land the inbox, then build and publish."""
    home = warehouse.home.existing(Path(root))
    landed = ingest(root, str(home.inbox))
    built = build(root)
    return {"ingest": landed["seconds"], "build": built["seconds"], "model": built["model"], "rows": landed["rows"]}


STEPS: dict[str, Callable[..., Figures]] = {
    "typed_read": typed_read,
    "bare_parse": bare_parse,
    "check": check,
    "ingest": ingest,
    "build": build,
    "hand_written": hand_written,
    "night": night,
}


def main() -> None:
    """Run the step that the command line names, and print its figures."""
    if sys.argv[1] == "pages":
        from benchmarks.pages import pages

        print_figures(pages(sys.argv[2]))
    else:
        print_figures(STEPS[sys.argv[1]](*sys.argv[2:]))


if __name__ == "__main__":
    main()
