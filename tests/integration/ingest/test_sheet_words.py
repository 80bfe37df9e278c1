"""The words of the eight sheets are distinct: each sheet is recognized by its own names and headers only."""

from collections import Counter
from csv import writer
from pathlib import Path

import pytest

from ingest.contract import load
from ingest.contract.sheet_contract import SheetContract
from ingest.contract.vocabulary import vocabulary
from ingest.model.received import SheetKind
from ingest.parsing import normalised
from ingest.reading import read_feed
from ingest.reading.tables.kinds import kind_of_name
from warehouse.settings import Limits

SHEETS = load.load().sheets
WORDS = vocabulary(load.load())
TABLES = [sheet for kind, sheet in SHEETS.items() if kind is not SheetKind.COVER]


def test_the_contracts_have_the_eight_sheets_of_the_form() -> None:
    assert [sheet.name for sheet in SHEETS.values()] == [
        "Thông tin",
        "Hội nghị",
        "Kiến nghị",
        "Lãnh đạo",
        "Kế hoạch",
        "Tập huấn",
        "Khen thưởng, kỷ luật",
        "Cách làm hay",
    ]
    assert [kind.value for kind, sheet in SHEETS.items() if sheet.required] == ["cover", "dialogues", "petitions"]


def test_no_name_means_two_sheets() -> None:
    names = Counter(
        key for sheet in SHEETS.values() for key in {normalised(name) for name in (sheet.name, *sheet.aliases)}
    )
    assert {name for name, count in names.items() if count > 1} == set()


def test_no_header_means_two_columns_of_a_sheet() -> None:
    for sheet in SHEETS.values():
        words = Counter(
            key
            for column in sheet.columns
            for key in {normalised(each) for each in (column.field, column.header, *column.aliases)}
        )
        assert {word for word, count in words.items() if count > 1} == set(), sheet.kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Biểu 05. Kế hoạch", SheetKind.PLANS),
        ("Kế hoạch đối thoại năm", SheetKind.PLANS),
        ("TẬP HUẤN (2024)", SheetKind.TRAININGS),
        ("Khen thưởng, kỷ luật", SheetKind.DECISIONS),
        ("Kỉ luật", None),
        ("DS Cách làm hay", SheetKind.PRACTICES),
        ("Kế hoạch tài chính", None),
        ("Hội nghị đối thoại", SheetKind.DIALOGUES),
        ("Lãnh đạo", SheetKind.TENURES),
    ],
)
def test_a_name_with_other_text_around_it(name: str, kind: SheetKind | None) -> None:
    assert kind_of_name(name, WORDS) is kind


@pytest.mark.parametrize("spelling", [0, 1, 2])
@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.kind.value)
def test_a_sheet_with_an_unknown_name_is_recognized_by_its_headers(
    sheet: SheetContract, spelling: int, tmp_path: Path
) -> None:
    """Headers as in the form, and in the spellings of the aliases."""
    headers = [(column.header, *column.aliases)[min(spelling, len(column.aliases))] for column in sheet.columns]
    with (tmp_path / "x.csv").open("w", encoding="utf-8", newline="") as file:
        writer(file).writerows([headers, [f"{number}1" for number in range(len(headers))]])
    received = read_feed(tmp_path / "x.csv", WORDS, Limits(), tmp_path / "work")
    assert [each.kind for each in received.sheets] == [sheet.kind]
    assert {column.field for column in received.sheets[0].columns} == {column.field for column in sheet.columns}
