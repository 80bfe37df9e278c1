"""Flags and ingest rules about the same fact agree on the rows in use."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.integration.feed_files import DIALOGUE, PETITION, write_feed
from tests.integration.homes import home_with, published
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

RECEIVED = datetime(2024, 10, 4)
EXTENSION_RULES = {
    "extension_too_late": "extension_after_due",
    "extension_shortens": "extension_not_later",
    "extension_without_document": "extension_without_document",
    "extension_undated": "extension_undated",
}
"""The flag of each rule about extensions."""

NOTICE_RULES = ("notice_after_dialogue", "notice_after_extraordinary")
EXTENSIONS = """
    with flagged as (
        select p.feed_id, p.sheet, p.row_number, bool_or(f.flag_code = $flag) as is_flagged
        from integrity_flags f join fct_petitions p on f.subject_type = 'petition' and f.subject_id = p.petition_id
        where f.flag_code like 'extension_%' group by all
    ),
    asked as (select distinct feed_id, sheet, row_number from feed_findings where rule = $rule)
    select count(*) filter (g.feed_id is not null and is_flagged),
           count(*) filter (g.feed_id is not null and is_flagged is null),
           count(*) filter (g.feed_id is null and is_flagged and not p.due_is_default)
    from fct_petitions p
    left join flagged f using (feed_id, sheet, row_number)
    left join asked g using (feed_id, sheet, row_number)"""
DECLARED = """
    select count(*) filter (f.feed_id = g.feed_id), count(*) filter (f.feed_id is null or g.feed_id is null)
    from (select feed_id from integrity_flags where flag_code = 'declared_differs') f
    full join (
        select distinct feed_id from feed_findings join fct_feeds using (feed_id)
        where is_current and rule in ('declared_dialogues_differ', 'declared_petitions_differ')
    ) g using (feed_id)"""
NOTICES = """
    with asked as (
        select feed_id, sheet, row_number, list(distinct rule) as rules from feed_findings
        where list_contains($rules, rule) group by all
    )
    select rules, contains(flags, 'notice_not_before_dialogue')
    from fct_dialogues left join asked using (feed_id, sheet, row_number)
    where rules is not null or contains(flags, 'notice_not_before_dialogue')"""


@pytest.fixture(scope="module")
def faults_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the faults that the sample provinces lack: notices on the day of a periodic dialogue and after an
    extraordinary one, and an extension without a day."""
    folder: Path = tmp_path_factory.mktemp("faults")
    notices = [("periodic", "2024-08-01"), ("extraordinary", "2024-08-02"), ("extraordinary", "2024-08-01")]
    dialogues = [
        {**DIALOGUE, "dialogue_code": f"D{number}", "form": form, "notice_on": notice_on}
        for number, (form, notice_on) in enumerate(notices, 1)
    ]
    extension = {"extension_no": "1/UBND", "extended_due_on": "2024-09-21", "extended_on": ""}
    feed = write_feed(folder / "feed", dialogues=dialogues, petitions=[{**PETITION, **extension}])
    home = home_with(folder / "home", feed, RECEIVED)
    published(home, as_of=RECEIVED, known_at=RECEIVED, now=RECEIVED)
    return home


def test_flags_and_rules_name_the_same_rows(sample_home: Home, merger_home: Home, faults_home: Home) -> None:
    """Ingest does not know default due dates, so its rules cannot use them; a flag names only the first fault of an
    extension. Every rule is met by at least one row."""
    agreeing: Counter[str] = Counter()
    for home in (sample_home, merger_home, faults_home):
        with connect(current(home).path, read_only=True) as con:
            agreeing += extensions_in_agreement(con) + notices_in_agreement(con)
            both, differing = con.execute(DECLARED).fetchall()[0]
        assert differing == 0
        agreeing["declared_differs"] += both
    assert set(agreeing) == {*EXTENSION_RULES, *NOTICE_RULES, "declared_differs"}


def extensions_in_agreement(con: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Return the number of flagged petitions by the rule that asks about them."""
    agreeing: Counter[str] = Counter()
    for rule, flag in EXTENSION_RULES.items():
        agreeing[rule], *differing = con.execute(EXTENSIONS, {"flag": flag, "rule": rule}).fetchall()[0]
        assert (flag, differing) == (flag, [0, 0])
    return agreeing


def notices_in_agreement(con: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Return the number of flagged dialogues by the rule that asks about them."""
    found = con.execute(NOTICES, {"rules": list(NOTICE_RULES)}).fetchall()
    assert [rules for rules, is_flagged in found if not rules or not is_flagged] == []
    return Counter(rule for rules, _ in found for rule in rules)
