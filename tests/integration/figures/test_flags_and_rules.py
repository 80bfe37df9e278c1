"""Flags and ingest rules about the same fact agree on the rows in use."""

import pytest

from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current

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
    select count(*) filter (f.feed_id is not null), count(*) filter (f.feed_id is null or g.feed_id is null)
    from (select feed_id from integrity_flags where flag_code = 'declared_differs') f
    full join (
        select distinct feed_id from feed_findings join fct_feeds using (feed_id)
        where is_current and rule in ('declared_dialogues_differ', 'declared_petitions_differ')
    ) g using (feed_id)"""
NOTICES = """
    with asked as (
        select distinct feed_id, sheet, row_number from feed_findings
        where rule in ('notice_after_dialogue', 'notice_after_extraordinary')
    )
    select count(*) from fct_dialogues d left join asked g using (feed_id, sheet, row_number)
    where (g.feed_id is not null) is distinct from contains(d.flags, 'notice_not_before_dialogue')"""


@pytest.mark.parametrize("world", ["sample_home", "merger_home"])
def test_flags_and_rules_name_the_same_rows(request: pytest.FixtureRequest, world: str) -> None:
    """Ingest does not know default due dates, so its rules cannot use them; a flag names only the first fault of an
    extension."""
    home: Home = request.getfixturevalue(world)
    with connect(current(home).path, read_only=True) as con:
        agreeing = 0
        for flag, rule in [
            ("extension_after_due", "extension_too_late"),
            ("extension_not_later", "extension_shortens"),
            ("extension_without_document", "extension_without_document"),
            ("extension_undated", "extension_undated"),
        ]:
            both, *differing = con.execute(EXTENSIONS, {"flag": flag, "rule": rule}).fetchall()[0]
            assert (flag, differing) == (flag, [0, 0])
            agreeing += both
        assert agreeing > 20
        assert con.execute(DECLARED).fetchall()[0][1] == 0
        assert con.execute(NOTICES).fetchall() == [(0,)]
