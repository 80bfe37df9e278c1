"""Legacy encodings, judged by column; measured on workbooks of Vietnamese agencies with their transcripts."""

import re
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import load_workbook

from ingest.parsing import column_encoding, column_encodings, repair_text
from ingest.received import Encoding

FOLDER = Path(__file__).parents[3] / "fixtures" / "legacy_encodings"
WORD = re.compile(r"[^\W\d_]+")


@pytest.mark.parametrize(
    ("texts", "encoding"),
    [
        (["Kim B¶ng", "Thanh Liªm", "phô tr¸ch"], Encoding.TCVN3),
        (["Kim Baûng", "Uûy ban nhaân daân"], Encoding.VNI),
        (["Phá»§ LÃ½", "Kim Báº£ng"], Encoding.UTF8_AS_CP1252),
        (["Phủ Lý", "Kim Bảng"], Encoding.UNICODE),
        (["Phu\u0309 Ly\u0301"], Encoding.UNICODE),
        (["phô", "sè"], Encoding.UNICODE),
        (["abc", None], Encoding.UNICODE),
        (["122/Q\u00d0-UBND"], Encoding.UNICODE),
        (["§", "№ 5"], Encoding.UNICODE),
    ],
)
def test_the_encoding_of_a_column(texts: list[str | None], encoding: Encoding) -> None:
    assert column_encoding(texts) is encoding


def test_a_column_that_tells_too_little_follows_its_sheet() -> None:
    assert column_encodings([["Kim B¶ng", "Thanh Liªm"], ["sè"], ["12"]]) == [
        Encoding.TCVN3,
        Encoding.TCVN3,
        Encoding.UNICODE,
    ]


@pytest.mark.parametrize(
    ("name", "agreement"),
    [
        ("2005-KH2003-bieu", 0.985),  # the rest are slips of the transcript: mýa, khèu, tỉng
        ("2006-Bang-bieu", 1.0),
        ("2006-Bieu-ban-hanh-kem-theo-TT04", 1.0),
        ("2006-Mau21_CKTC_NSH", 1.0),
        ("2006-Mau22_CKTC_NSH", 1.0),
        ("2009-Channuoi_2007", 1.0),
    ],
)
def test_a_workbook_agrees_with_its_transcript_word_by_word(name: str, agreement: float) -> None:
    read = _words(_read(FOLDER / f"{name}.xls"))
    transcript = _words((FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    common = (read & transcript).total()
    assert common / max(read.total(), transcript.total()) >= agreement


def _read(path: Path) -> list[str]:
    book = load_workbook(path)
    texts: list[str] = []
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python()
        columns = [[cell if isinstance(cell, str) else None for cell in column] for column in zip(*rows, strict=True)]
        for column, encoding in zip(columns, column_encodings(columns), strict=True):
            texts.extend(repair_text(text, encoding).value or "" for text in column)
    return texts


def _words(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in WORD.findall((repair_text(text).value or "").lower()))
