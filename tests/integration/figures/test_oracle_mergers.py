"""Compare every published value across the mergers of 2025 with the oracle, and prove that it finds planted faults."""

from datetime import datetime
from pathlib import Path
from shutil import copy, copytree

from tests.integration.homes import published
from tests.oracle.snapshots import differences_in, differences_of
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

PAST, NOW = datetime(2025, 8, 20, 11), datetime(2026, 2, 2, 8)


def test_every_value_across_the_mergers(merger_home: Home) -> None:
    assert differences_of(merger_home) == []


def test_every_value_as_of_a_past_day_known_today(merger_home: Home, tmp_path: Path) -> None:
    home = Home(copytree(merger_home.root, tmp_path / "home"))
    published(home, as_of=PAST, known_at=NOW, now=NOW)
    assert differences_of(home) == []


FAULTS = {
    ("kpi_values", "numerator"): "update kpi_values set numerator = numerator + 1 where subject_type = 'unit'",
    ("kpi_values", "lower"): "update kpi_values set lower = 1e-17 where lower = 0",
    ("kpi_values", "previous_value"): "update kpi_values set previous_value = null where previous_value > 0",
    ("kpi_values", "row"): "delete from kpi_values where subject_type = 'province' and numerator = 1",
    ("fct_petitions", "due_at"): "update fct_petitions set due_at = due_at + interval 1 day",
    ("fct_dialogues", "party_head_id"): "update fct_dialogues set party_head_id = 'somebody'",
    ("stock_flow", "closing"): "update stock_flow set closing = closing + 1 where closing > 0",
    ("dim_tenures", "row"): "delete from dim_tenures where leader_code <> 'vacant'",
    ("dim_periods", "previous_end"): "update dim_periods set previous_end = period_end where period_type = 'half'",
    ("feed_status", "status"): "update feed_status set status = 'late' where status = 'on_time'",
}
"""Changes to a snapshot, by the table and column in which the oracle must report a difference."""


def test_exactly_the_planted_faults_are_found(merger_home: Home, tmp_path: Path) -> None:
    spoiled = Path(copy(current(merger_home).path, tmp_path / "spoiled.duckdb"))
    spoiled.chmod(0o600)
    with connect(spoiled) as snapshot:
        for change in FAULTS.values():
            snapshot.execute(change)
        found = {(it.table, it.column) for it in differences_in(snapshot, merger_home)}
    assert found == FAULTS.keys()
