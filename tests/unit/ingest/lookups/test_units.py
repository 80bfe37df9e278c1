"""Units are found by the names that people write into cells for unit codes."""

import pytest

from ingest.lookups.units import UnitNames, keys_of

NAMES = {"13285": ("Phường Quang Trung",), "13327": ("Xã Mộc Bắc",), "347": ("Thành phố Phủ Lý",), "K-1": ("Xã Kỳ",)}
UNITS = UnitNames(
    frozenset(NAMES), {key: frozenset({code}) for code, (title,) in NAMES.items() for key in keys_of(title)}, NAMES
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13285 – Phường Quang Trung", "13285"),
        ("13285 - P. Quang Trung", "13285"),
        ("13285-P.Quang Trung", "13285"),
        ("13285 — quang trung", "13285"),
        ("13285 - UBND phường Quang Trung", "13285"),
        ("347 - TP Phủ Lý", "347"),
        ("K-1 - X. Kỳ", "K-1"),
    ],
)
def test_a_code_with_the_name_of_its_unit_is_read_without_repair(text: str, code: str) -> None:
    reading, evidence = UNITS.read(text)
    assert (reading.value, reading.repair, reading.problem, evidence) == (code, None, None, "")


def test_a_code_with_the_name_of_another_unit_is_ambiguous() -> None:
    reading, evidence = UNITS.read("13285 - Xã Mộc Bắc")
    assert (reading.value, reading.problem) == (None, "ambiguous_unit")
    assert evidence == "Phường Quang Trung (13285), Xã Mộc Bắc (13327)"


@pytest.mark.parametrize("text", ["99999 - P. Quang Trung", "13285 Tổ dân phố số 3", "Xã Quang Trung"])
def test_an_unknown_name_is_no_unit(text: str) -> None:
    assert UNITS.read(text)[0].value not in UNITS.codes
