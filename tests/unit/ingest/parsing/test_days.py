"""Dates and instants: the forms that districts write, and ambiguous ones, which are never guessed."""

from datetime import date, datetime

import pytest

from ingest.parsing import DayOrder, Reading, day_order, read_day, read_instant, writes_month_first

DAY = date(2024, 9, 5)
INSTANT = datetime(2024, 9, 5, 14, 30)


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ("2024-09-05", DAY, None),
        ("05/09/2024", DAY, "date_text"),
        ("5.9.24", DAY, "date_text"),
        ("5-9-2024", DAY, "date_text"),
        ("5 / 9 / 2024", DAY, "date_text"),
        ("05/09/2024.", DAY, "date_text"),
        ("2024/9/5", DAY, "date_text"),
        ("20240905", DAY, "date_text"),
        ("ngày 05 tháng 9 năm 2024", DAY, "date_text"),
        ("Phủ Lý, ngày 5 tháng 9 năm 2024", DAY, "date_text"),
        ("nga\u0300y 5 tha\u0301ng 9 na\u0306m 2024", DAY, "date_text"),
        ("45540", DAY, "serial_date"),
        ("45540.604166666664", INSTANT, "serial_date"),
        ("2024-09-05 14:30:00", INSTANT, None),
        ("2024-09-05T14:30:00", INSTANT, None),
        ("2024-09-05T07:30:00Z", INSTANT, "date_text"),
        ("2024-09-05 14:30:00+07:00", INSTANT, "date_text"),
        ("05/09/2024 14:30", INSTANT, "date_text"),
        ("14:30 05/09/2024", INSTANT, "date_text"),
        ("14h30 ngày 5/9/2024", INSTANT, "date_text"),
        ("14 giờ 30 phút, ngày 05/9/2024", INSTANT, "date_text"),
        ("05/09/2024 02:30:00 PM", INSTANT, "date_text"),
        ("05/09/2024 2:30 CH", INSTANT, "date_text"),
        ("29/02/2024", date(2024, 2, 29), "date_text"),
        ("01/01/98", date(1998, 1, 1), "date_text"),
        ("-", None, "date_text"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_supported_forms(text: str | None, value: date | None, repair: str | None) -> None:
    assert read_instant(text) == Reading(value, repair)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("30/02/2024", "impossible_date"),
        ("29/02/2023", "impossible_date"),
        ("09/25/2024", "impossible_date"),
        ("00/00/0000", "impossible_date"),
        ("9/2024", "not_a_date"),
        ("2024", "not_a_date"),
        ("hôm qua", "not_a_date"),
        ("5/9/024", "impossible_year"),
        ("99999", "not_a_date"),
        ("05/09/2024 25:00", "not_a_date"),
        ("05/09/2024 đến 06/09/2024", "not_a_date"),
        ("05/09/2024 13:00 PM", "not_a_date"),
    ],
)
def test_unsupported_forms(text: str, problem: str) -> None:
    assert read_instant(text) == Reading(None, problem=problem)


def test_a_day_drops_the_time_and_reports_it() -> None:
    assert read_day("2024-09-05 14:30:00") == Reading(DAY, "date_text")
    assert read_day("2024-09-05 00:00:00") == Reading(DAY)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["05/09/2024", "25/09/2024"], DayOrder.DMY),
        (["05/09/2024", "2024-09-25", None, ""], DayOrder.DMY),
        (["09/25/2024", "09/26/2024", "12/31/2024", "03/04/2024"], DayOrder.MDY),
        (["09/25/2024", "25/09/2024"], DayOrder.AMBIGUOUS),
        (["05/13/2024", "05/09/2024"], DayOrder.AMBIGUOUS),
        ([], DayOrder.DMY),
    ],
)
def test_the_order_of_a_column(texts: list[str | None], order: DayOrder) -> None:
    assert day_order(texts) is order


@pytest.mark.parametrize(
    ("texts", "likely", "order"),
    [
        (["25/09/2024", "03/04/2024"], DayOrder.AMBIGUOUS, DayOrder.DMY),
        (["03/04/2024"], DayOrder.AMBIGUOUS, DayOrder.AMBIGUOUS),
        (["03/04/2024"], DayOrder.MDY, DayOrder.MDY),
        (["09/25/2024", "03/04/2024"], DayOrder.DMY, DayOrder.AMBIGUOUS),
        (["3.4.2024", "9.25.2024", "ngày 05 tháng 9 năm 2024"], DayOrder.DMY, DayOrder.DMY),
    ],
)
def test_the_order_of_a_column_takes_precedence(texts: list[str], likely: DayOrder, order: DayOrder) -> None:
    assert day_order(texts, likely) is order


@pytest.mark.parametrize("order", DayOrder)
def test_days_with_dots_or_in_words_are_day_first_everywhere(order: DayOrder) -> None:
    assert read_day("5.9.24", order).value == DAY
    assert read_day("ngày 05 tháng 9 năm 2024", order).value == DAY
    assert read_day("9.25.2024", order).problem == "impossible_date"


def test_days_written_month_first_are_recognised() -> None:
    assert [writes_month_first(text) for text in ("08/25/2022", "25/08/2022", "8.25.2022", "2022-08-25", "x")] == [
        *(True, False, False, False, False)
    ]


def test_month_first_is_read_only_where_the_column_writes_so() -> None:
    assert read_instant("09/05/2024 02:30:00 PM", DayOrder.MDY).value == INSTANT
    assert read_day("13/05/2024", DayOrder.MDY).problem == "impossible_date"


def test_ambiguous_days_are_not_guessed() -> None:
    assert read_day("03/04/2024", DayOrder.AMBIGUOUS) == Reading(None, problem="ambiguous_date")
    assert read_day("05/05/2024", DayOrder.AMBIGUOUS).value == date(2024, 5, 5)
    assert read_day("25/09/2024", DayOrder.AMBIGUOUS).value == date(2024, 9, 25)
    assert read_day("3 tháng 4 năm 2024", DayOrder.AMBIGUOUS).value == date(2024, 4, 3)


@pytest.mark.parametrize("text", ["01/01/0022", "0022-01-01", "05/09/2204"])
def test_an_implausible_year_is_impossible(text: str) -> None:
    assert read_day(text, DayOrder.DMY).problem == "impossible_year"


@pytest.mark.parametrize("zone", ["+99:99", " +24:00", "-00:60", " +2500", "+1"])
def test_an_invalid_time_zone_is_not_read(zone: str) -> None:
    assert read_instant(f"2024-08-01T20:00:00{zone}") == Reading(None, None, "not_a_date")


@pytest.mark.parametrize(
    "text", ["22/08/2024 0:00", "2024-08-22 00:00:00", "2024-08-22T00:00", "0h 22/8/2024", "22.8.2024 12:00 AM"]
)
def test_exactly_midnight_is_a_day_without_a_time(text: str) -> None:
    assert read_instant(text).value == date(2024, 8, 22)
    assert type(read_instant(text).value) is date


def test_a_microsecond_after_midnight_is_an_instant() -> None:
    assert read_instant("2024-08-22 00:00:00.000001").value == datetime(2024, 8, 22, 0, 0, 0, 1)
