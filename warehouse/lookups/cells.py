"""Parse the text of one cell into its value, or into a problem with its remedy. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.lookups.definitions import Column, Kind
from warehouse.lookups.vocabulary import Vocabulary

Value = str | int | float | bool | date | None
YEARS = range(1900, 2101)
"""Valid years of days in lookups."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_LOOSE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_CODE = re.compile(r"[\w.-]+")
_YES_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class Reading:
    """The value of a cell, or the `problem` that prevents it, with its remedy."""

    value: Value = None
    problem: str = ""
    remedy: str = ""


def read_cell(column: Column, text: str, vocabulary: Vocabulary) -> Reading:
    """Parse `text` in `column`; None for a blank cell if the column allows it."""
    if not text.strip():
        if column.is_required:
            return Reading(problem="Ô để trống.", remedy="Cột này dòng nào cũng phải có giá trị.")
        return Reading()
    if column.kind is Kind.CHOICE:
        return _choice(text, vocabulary.words[column.name])
    return _READERS[column.kind](column, text if column.kind is Kind.CODE else text.strip())


def _choice(text: str, words: Mapping[str, str]) -> Reading:
    if text in words:
        return Reading(text)
    allowed = ", ".join(f"{code} ({word})" if word else code for code, word in words.items())
    if _has_spaces(text) and "".join(text.split()) in words:
        return _spaced()
    return Reading(problem="Không có mã này.", remedy=f"Ghi một trong các mã: {allowed}.")


def _code(_: Column, text: str) -> Reading:
    if _has_spaces(text):
        return _spaced()
    if not _CODE.fullmatch(text):
        return Reading(
            problem="Mã chỉ gồm chữ, số và các dấu «_», «-», «.».", remedy="Bỏ các dấu khác, kể cả dấu không nhìn thấy."
        )
    return Reading(text)


def _text(column: Column, text: str) -> Reading:
    if column.is_required and not text.replace("\xa0", " ").isprintable():
        return Reading(problem="Có ký tự không nhìn thấy hoặc xuống dòng.", remedy="Gõ lại ô này trên một dòng.")
    return Reading(text)


def _day(_: Column, text: str) -> Reading:
    if found := _ISO.fullmatch(text):
        day = _date(*found.groups())
        if day and day.year in YEARS:
            return Reading(day)
        if day:
            return Reading(
                problem=f"Năm phải từ {YEARS.start} đến {YEARS.stop - 1}.",
                remedy="Sửa năm; nếu chưa có ngày kết thúc thì để trống valid_to.",
            )
        return Reading(problem="Không có ngày này trong lịch.", remedy="Sửa ngày theo dạng năm-tháng-ngày.")
    return Reading(problem="Ngày phải ghi theo dạng năm-tháng-ngày, như 2025-07-01.", remedy=_meant_day(text))


def _meant_day(text: str) -> str:
    """Return the remedy for a date that is not in ISO form; name that form if the date can be read, day first."""
    parts: tuple[str, ...] = ()
    if found := _DAY_FIRST.fullmatch(text):
        parts = found.groups()[::-1]
    elif found := _ISO_LOOSE.fullmatch(text):
        parts = found.groups()
    day = _date(*parts) if parts else None
    if day is None:
        return "Ghi lại ngày; cột ngày trong bảng tính đặt định dạng yyyy-mm-dd."
    return f"Nếu là ngày {day:%d/%m/%Y} thì ghi {day.isoformat()}; trong bảng tính đặt định dạng yyyy-mm-dd."


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _whole(column: Column, text: str) -> Reading:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        return Reading(problem="Phải là số nguyên.", remedy="Ghi bằng chữ số, không có dấu, chữ hay đơn vị, như 10.")
    return _within(column, int(text))


def _number(column: Column, text: str) -> Reading:
    if re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return _within(column, float(text))
    if re.fullmatch(r"[0-9]+,[0-9]+", text):
        return Reading(problem="Phần lẻ phải viết sau dấu chấm.", remedy=f"Ghi {text.replace(',', '.')}.")
    if re.fullmatch(r"[0-9]+([.,][0-9]+)? ?%", text):
        return Reading(problem="Không ghi dấu phần trăm.", remedy="Ghi tỷ lệ theo phần của một: 90 % là 0.9.")
    return Reading(problem="Phải là một số.", remedy="Ghi bằng chữ số, phần lẻ sau dấu chấm, như 0.9.")


def _within(column: Column, number: float) -> Reading:
    if column.least <= number <= column.most:
        return Reading(number)
    return Reading(problem=f"Phải từ {column.least} đến {column.most}.", remedy="Sửa lại số này.")


def _yes_no(_: Column, text: str) -> Reading:
    if text.lower() in _YES_NO:
        return Reading(_YES_NO[text.lower()])
    return Reading(
        problem="Phải là true hoặc false.", remedy="Ghi true nếu ngày đó đi làm, false nếu ngày đó được nghỉ."
    )


_READERS: Mapping[Kind, Callable[[Column, str], Reading]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
}


def _has_spaces(text: str) -> bool:
    return text.split() != [text]


def _spaced() -> Reading:
    return Reading(problem="Mã có dấu cách.", remedy="Bỏ dấu cách trước, sau và trong mã.")
