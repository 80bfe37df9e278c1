"""All matters under one code are counted, and one reason answers each flag about the same fact."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.confirming import keep
from ingest.findings.confirmations import Speaker
from ingest.pipeline import land_paths
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, write_feed
from tests.integration.homes import ask, published
from warehouse.home import Home

CASES = Path(__file__).parents[3] / "fixtures" / "public_reports"
Q2, Q3 = CASES / "codes_restart_2024Q2.xlsx", CASES / "codes_restart_2024Q3.xlsx"
NOW = datetime(2024, 10, 5, 12)
LATER = NOW + timedelta(days=1)
UNITS = {"349": "13324", "350": "13384"}
"""Two senders, each with one of its units."""

DROPPED = ("P1", "P2")
OPENED = "P3"
MOVED = ("P4", "P5")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two pairs of feeds that use the same codes, and a sender whose newer version changes settled rows."""
    scratch = tmp_path_factory.mktemp("same_codes")
    made = warehouse.home.create(scratch / "home")
    pair = [_of_sender(scratch / sender, sender, unit) for sender, unit in UNITS.items()]
    full = write_feed(scratch / "full", cover={**COVER, "sender_unit_code": "351"}, petitions=_settled())
    for source in (Q2, Q3, *pair, full):
        land_paths([source], made, warehouse.settings.load(made), NOW)
    _change(made, scratch)
    published(made, LATER + timedelta(days=1), LATER + timedelta(days=1), LATER + timedelta(days=1))
    return made


def _of_sender(folder: Path, sender: str, unit: str) -> Path:
    """Twenty petitions and a dialogue under the codes of the other sender, with other dates and texts."""
    start = date(2024, 7, 1) + timedelta(days=30 * (sender == "350"))
    rows = [
        PETITION
        | {"petition_code": f"C{number}", "unit_code": unit, "summary": f"Việc thứ {number} gửi đơn vị {sender}"}
        | {"received_on": f"{start + timedelta(days=number)}", "settled_on": "", "due_on": "", "outcome": "in_progress"}
        for number in range(1, 21)
    ]
    held = DIALOGUE | {"dialogue_code": "H1", "unit_code": unit}
    return write_feed(folder, cover={**COVER, "sender_unit_code": sender}, dialogues=[held], petitions=rows)


def _settled() -> list[dict[str, str]]:
    return [PETITION | {"petition_code": f"P{number}", "unit_code": "13441"} for number in range(1, 6)]


def _change(home: Home, scratch: Path) -> None:
    """Drop petitions and the dialogue, reopen a petition, move dates; give reasons for all but the missing dialogue."""
    opened, *moved = (row for row in _settled() if row["petition_code"] not in DROPPED)
    rows = [
        opened | {"outcome": "in_progress", "settled_on": ""},
        *(row | {"settled_on": "2024-08-12"} for row in moved),
    ]
    source = write_feed(scratch / "less", cover={**COVER, "sender_unit_code": "351"}, dialogues=(), petitions=rows)
    (landing,) = land_paths([source], home, warehouse.settings.load(home), LATER)
    assert landing.verdict is Verdict.ACCEPTED
    asked = [each for each in landing.checked.unexplained if each.sheet_kind == "petitions"]
    said = {each.confirmation_key: f"Về {each.rule}" for each in asked}
    keep(home, said, asked, Speaker("351", "Người Mẫu", LATER))


@pytest.mark.parametrize(("first", "second"), [("347", "347"), ("349", "350")])
def test_each_petition_and_dialogue_under_a_shared_code_is_counted(home: Home, first: str, second: str) -> None:
    query = (
        "select count(*), count(distinct {0}) from fct_{1} join fct_feeds using (feed_id) "
        "where sender_unit_code in (?, ?)"
    )
    assert ask(home, query.format("petition_id", "petitions"), first, second) == [(40, 40)]
    assert ask(home, query.format("dialogue_id", "dialogues"), first, second) == [(2, 2)]


def test_a_reused_code_raises_no_flag(home: Home) -> None:
    query = "select * from integrity_flags where sender_unit_code in ('347', '349', '350') and severity = 'warn'"
    assert ask(home, query) == []


def test_the_previous_quarter_has_the_figures_of_its_own_file(home: Home) -> None:
    """The file of the second quarter has only petitions settled in it, ten days before they were due."""
    rows = [row for row in load_workbook(Q2)["Kiến nghị"].iter_rows(min_row=2, values_only=True) if row[1]]
    on_time = sum(row[9] <= row[7] for row in rows)
    days = {(row[9] - row[4]).days for row in rows}
    figures = ask(
        home,
        "select kpi_code, numerator, denominator, value from kpi_values where calendar = 'party' "
        "and period_type = 'quarter' and period_start = date '2024-04-01' and subject_type = 'unit' "
        "and subject_id = '13285' and field_code = 'ALL'",
    )
    told = {str(code): tuple(values) for code, *values in figures}
    assert told["resolution_rate"] == (len(rows), len(rows), 1)
    assert told["on_time_rate"] == (on_time, len(rows), on_time / len(rows))
    assert told["median_days_to_settle"] == (None, len(rows), days.pop())
    assert told["dialogues_held"][0] == told["head_chaired_rate"][0] == 1
    assert told["overdue_open"][0] == 0


def test_a_reason_for_a_sheet_answers_the_flags_of_its_rows(home: Home) -> None:
    found = ask(
        home,
        "select flag_code, subject_id, reason, reason_by from integrity_flags "
        "where flag_code in ('withdrawn_when_done', 'settled_then_changed') order by all",
    )
    assert found == [
        ("settled_then_changed", OPENED, "Về settled_opened_again", "Người Mẫu"),
        *(("settled_then_changed", code, "Về settled_day_moved", "Người Mẫu") for code in MOVED),
        ("withdrawn_when_done", "D1", None, None),
        *(("withdrawn_when_done", code, "Về rows_withdrawn", "Người Mẫu") for code in DROPPED),
    ]
