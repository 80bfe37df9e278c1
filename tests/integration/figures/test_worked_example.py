"""The worked example of the definitions, from a feed of CSV files to the published figures."""

from datetime import date, datetime

import pytest

from tests.integration.homes import WORKED_EXAMPLE, Row, ask, home_with, published
from warehouse.home import Home

A = datetime(2024, 10, 5, 12)
AN, BINH = "CB-AN|13285|government", "CB-BINH|13285|government"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = home_with(tmp_path_factory.mktemp("worked") / "home", WORKED_EXAMPLE, datetime(2024, 10, 4, 9))
    published(home, as_of=A, known_at=A, now=A)
    return home


def figure(home: Home, kpi: str, subject: str, subject_type: str = "unit", field: str = "ALL") -> Row:
    """Numerator and denominator of quarter III 2024."""
    (found,) = ask(
        home,
        "select numerator, denominator from kpi_values where calendar = 'party' and period_type = 'quarter' "
        "and period_start = $1 and kpi_code = $2 and subject_id = $3 and subject_type = $4 and field_code = $5",
        *(date(2024, 7, 1), kpi, subject, subject_type, field),
    )
    return found


@pytest.mark.parametrize("subject_type", ["unit", "subtree"])
@pytest.mark.parametrize("field", ["ALL", "land"])
@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        ("resolution_rate", (3, 5)),
        ("resolved_share", (2, 3)),
        ("on_time_rate", (2, 4)),
        ("overdue_rate", (1, 2)),
        ("overdue_open", (1, None)),
    ],
)
def test_the_unit(home: Home, kpi: str, expected: Row, field: str, subject_type: str) -> None:
    assert figure(home, kpi, "13285", subject_type, field) == expected


@pytest.mark.parametrize(
    ("kpi", "an", "binh"),
    [
        ("resolution_rate", (1, 4), (2, 4)),
        ("on_time_rate", (1, 2), (1, 2)),
        ("overdue_open", (0, None), (1, None)),
        ("overdue_rate", (0, 0), (1, 2)),
        ("overdue_inherited", (0, None), (0, None)),
        ("dialogues_held", (2, None), (0, None)),
        ("head_chaired_rate", (1, 2), (0, 0)),
        ("conclusion_on_time_rate", (1, 2), (0, 0)),
        ("direct_answer_rate", (6, 9), (0, 0)),
    ],
)
def test_the_two_heads(home: Home, kpi: str, an: Row, binh: Row) -> None:
    assert figure(home, kpi, AN, "head") == an
    assert figure(home, kpi, BINH, "head") == binh


def test_dialogues_without_a_head_count_for_the_vacant_post(home: Home) -> None:
    assert figure(home, "dialogues_held", "vacant|13285|party", "head") == (2, None)
    assert figure(home, "head_chaired_rate", "vacant|13285|party", "head") == (0, 2)


def test_the_median_is_59_days(home: Home) -> None:
    query = "select value from kpi_values where kpi_code = 'median_days_to_settle' and period_code = '2024Q3'"
    query = query.replace("kpi_values", "kpi_values natural join dim_periods")
    found = ask(home, f"{query} and calendar = 'party' and subject_id = '13285' and field_code = 'ALL'")
    assert found == [(59.0,), (59.0,)]  # the unit alone and its subtree


def test_stock_and_flow(home: Home) -> None:
    query = "select opening, received, settled, left_scope, closing from stock_flow where unit_code = '13285'"
    assert ask(home, f"{query} and calendar = 'party' and period_start = '2024-07-01' and period_type = 'quarter'") == [
        (1, 5, 3, 1, 2)
    ]


def test_classes_maturity_and_responsible_heads(home: Home) -> None:
    assert ask(
        home, "select petition_code, class, cast(matured_at as date), head_at_maturity from fct_petitions order by 1"
    ) == [
        ("p1", "settled_on_time", date(2024, 7, 10), AN),
        ("p2", "settled_late", date(2024, 7, 25), AN),
        ("p3", "open_overdue", date(2024, 8, 21), BINH),
        ("p4", "open_in_term", None, None),
        ("p5", "settled_on_time", date(2024, 9, 12), BINH),
        ("p6", "left_scope", None, None),
    ]


def test_a_denominator_of_0_gives_no_value(home: Home) -> None:
    assert ask(
        home,
        "select distinct value, lower, upper, rank from kpi_values "
        "where subject_id = '13291' and kpi_code = 'on_time_rate' and denominator = 0",
    ) == [(None, None, None, None)]
