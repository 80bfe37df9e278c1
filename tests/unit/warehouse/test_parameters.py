"""The one row of parameters that a build writes for the dbt models."""

from datetime import date, datetime

from warehouse.connection import MEMORY, connect
from warehouse.parameters import TYPES, write_parameters
from warehouse.settings import Integrity, Settings

SETTINGS = Settings("35", "Hà Nam", date(2020, 10, 1), integrity=Integrity(bunched_share=0.1))


def test_the_row_is_that_of_the_last_build() -> None:
    with connect(MEMORY) as con:
        write_parameters(con, SETTINGS, datetime(2024, 6, 30), datetime(2024, 7, 1))
        write_parameters(con, SETTINGS, datetime(2024, 9, 30, 23, 59, 59, 999999), datetime(2024, 10, 5))
        table = con.execute("select * from build.parameters")
        assert [column[0] for column in table.description] == list(TYPES)
        ((as_of, known_at, term_start, province_code, *_),) = table.fetchall()
    assert (as_of, known_at) == (datetime(2024, 9, 30, 23, 59, 59, 999999), datetime(2024, 10, 5))
    assert (term_start, province_code) == (date(2020, 10, 1), "35")


def test_shares_are_exact_decimals() -> None:
    with connect(MEMORY) as con:
        write_parameters(con, SETTINGS, datetime(2024, 9, 30), datetime(2024, 9, 30))
        assert con.execute("select 3 >= bunched_share * 30 from build.parameters").fetchall() == [(True,)]
