"""Numbers, yes/no and choices as people write them."""

import pytest

from ingest.parsing import Reading, choices_by_key, read_choice, read_integer, read_yes_no


@pytest.mark.parametrize(
    ("text", "value", "repair"),
    [
        ("5", 5, None),
        ("-5", -5, None),
        ("0", 0, None),
        ("5.0", 5, "number_text"),
        ("1.234", 1234, "number_text"),
        ("1,234", 1234, "number_text"),
        ("1 234", 1234, "number_text"),
        ("1.234.567", 1234567, "number_text"),
        ("1.234,00", 1234, "number_text"),
        ("02 cuộc", 2, "number_text"),
        ("1 234 người", 1234, "number_text"),
        ("-", 0, "number_text"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_supported_numbers(text: str | None, value: int | None, repair: str | None) -> None:
    assert read_integer(text) == Reading(value, repair)


@pytest.mark.parametrize(
    "text", ["1234.5", "1.23", "khoảng 5", "5%", "1e5", "٣", "²", "5 đến 6", "1.234,567", "12O", "1l"]
)
def test_unsupported_numbers(text: str) -> None:
    assert read_integer(text) == Reading(None, problem="not_a_number")


@pytest.mark.parametrize("text", ["9999999999999999999", "1.000.000.000.000.000.000", "9,99E+20", "1e+18"])
def test_a_number_too_large_is_reported(text: str) -> None:
    assert read_integer(text) == Reading(None, problem="number_too_large")


@pytest.mark.parametrize("text", ["Có", "co", "CO\u0301", "x", "X", "✓", "1", "TRUE", "Đúng", "yes"])
def test_yes(text: str) -> None:
    assert read_yes_no(text) == Reading(True)


@pytest.mark.parametrize("text", ["Không", "khong", "0", "FALSE", "-", "chưa", "no"])
def test_no(text: str) -> None:
    assert read_yes_no(text) == Reading(False)


def test_neither_yes_nor_no() -> None:
    assert read_yes_no(" ") == Reading(None)
    assert read_yes_no("có thể") == Reading(None, problem="not_yes_no")


def test_a_choice_in_any_spelling() -> None:
    choices = choices_by_key({"resolved": ["Đã giải quyết", "Giải quyết xong"], "explained": ["Đã giải trình"]})
    assert read_choice("ĐÃ  giải quyết.", choices) == Reading("resolved")
    assert read_choice("Resolved", choices) == Reading("resolved")
    assert read_choice("xong", choices) == Reading(None, problem="unknown_choice")
    assert read_choice(None, choices) == Reading(None)


def test_one_spelling_cannot_mean_two_choices() -> None:
    with pytest.raises(ValueError, match="spells both"):
        choices_by_key({"resolved": ["Xong"], "explained": ["xong"]})
