"""Each kind of fault in a lookup is reported once, with file, row, column, message and remedy."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ingest.mapping.profiles import defaults_of
from sample_province.mergers import DEFAULTS as MERGERS
from warehouse.home import DEFAULTS, create
from warehouse.lookups import read_lookups
from warehouse.lookups.check import Scope, check_lookups
from warehouse.lookups.definitions import DEFINITIONS
from warehouse.lookups.faults import MOST_SHOWN, LookupFault, wrong_lookups
from warehouse.lookups.vocabulary import LEVELS, RULES, read_vocabulary

TERM_START = date(2020, 10, 1)
SCOPE = Scope(TERM_START, "T", read_vocabulary())

UNITS = """\
unit_code,unit_type,unit_name,level,parent_code,valid_from,valid_to
T,Tỉnh,Sông Xanh,province,,2020-01-01,
H,Huyện,Đồi Cao,district,T,2020-01-01,2025-07-01
X1,Xã,Bến Tre,commune,H,2020-01-01,2025-07-01
X1,Phường,Bến Tre,commune,T,2025-07-01,
X2,Xã,Cầu Đá,commune,H,2020-01-01,2025-07-01
"""
_RULE_ROWS = [
    f"{rule},{level},2016-01-01,{'2025-07-01' if level == 'district' else ''},10,calendar,thông lệ"
    for rule in RULES
    for level in LEVELS
]
VALID: Mapping[str, str] = {
    "units": UNITS,
    "unit_successors": "old_code,new_code,valid_from,successors\nX2,X1,2025-07-01,1\n",
    "fields": 'field_code,field_name,sort_order\nland,"Đất đai, nhà ở",1\nother,Khác,2\n',
    "rules": "\n".join(["rule,level,valid_from,valid_to,value,day_type,basis", *_RULE_ROWS]) + "\n",
    "feed_calendar": "level,period_type,valid_from,valid_to,basis\n"
    "province,quarter,2016-01-01,,\ndistrict,quarter,2016-01-01,2025-07-01,\ncommune,quarter,2025-07-01,,\n",
    "swap_days": "day,is_worked,basis\n2024-04-29,false,\n2024-05-04,TRUE,\n",
    "peer_groups": "unit_code,peer_group\nX1,ven sông\nX2,ven sông\n",
    "targets": "kpi_code,target,basis\non_time_rate,0.9,\noverdue_open,12,\n",
}


def as_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files as stored on disk."""
    return {name: content if isinstance(content, bytes) else content.encode() for name, content in files.items()}


def faults_of(files: Mapping[str, str | bytes], scope: Scope = SCOPE) -> tuple[LookupFault, ...]:
    """The faults of the lookups in `files`."""
    return check_lookups(as_bytes(files), scope).faults


def faults_with(name: str, content: str | bytes) -> tuple[LookupFault, ...]:
    """The faults of valid lookups in which one file has other content."""
    return faults_of({**VALID, name: content})


def changed(name: str, old: str, new: str) -> str:
    """The valid file `name` with the only occurrence of `old` replaced."""
    assert VALID[name].count(old) == 1, (name, old)
    return VALID[name].replace(old, new)


def line(name: str, start: str) -> str:
    """The line of the valid file `name` that begins with `start`."""
    (found,) = [each for each in VALID[name].splitlines(keepends=True) if each.startswith(start)]
    return found


def test_valid_lookups_have_no_fault() -> None:
    assert faults_of(VALID) == ()


@pytest.mark.parametrize("name", DEFINITIONS)
def test_artifacts_of_spreadsheets_are_no_fault(name: str) -> None:
    text = VALID[name]
    commas = "," * (len(DEFINITIONS[name].columns) - 1)
    left = "\ufeff" + text.replace("\n", "\r\n") + f"{commas}\r\n\r\n"
    assert faults_with(name, left) == ()


@pytest.mark.parametrize("name", DEFINITIONS)
def test_columns_may_be_in_any_order(name: str) -> None:
    text = VALID[name].replace('"Đất đai, nhà ở"', "Đất đai")
    backwards = "\n".join(",".join(reversed(row.split(","))) for row in text.splitlines())
    one, other = (check_lookups(as_bytes({**VALID, name: each}), SCOPE) for each in (text, backwards))
    assert other.faults == ()
    assert [row.values for row in other.tables[name].rows] == [row.values for row in one.tables[name].rows]


def test_cells_have_the_values_of_their_columns() -> None:
    tables = check_lookups(as_bytes(VALID), SCOPE).tables
    assert dict(tables["units"].rows[0].values) == {
        "unit_code": "T",
        "unit_type": "Tỉnh",
        "unit_name": "Sông Xanh",
        "level": "province",
        "parent_code": None,
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
    }
    assert [row.values["is_worked"] for row in tables["swap_days"].rows] == [False, True]
    assert [row.values["target"] for row in tables["targets"].rows] == [0.9, 12.0]
    assert tables["rules"].rows[0].values["value"] == 10


HOMES = {"Hà Nam": DEFAULTS, "boston311": defaults_of("boston311"), "mergers": MERGERS}


@pytest.mark.parametrize("folder", HOMES.values(), ids=HOMES.keys())
def test_the_lookups_of_the_project_have_no_fault(folder: Path, tmp_path: Path) -> None:
    assert read_lookups(create(tmp_path / "home", folder)).faults == ()


# ------------------------------------------------------------------------------------------------ the file as a whole
@pytest.mark.parametrize("name", DEFINITIONS)
@pytest.mark.parametrize(
    ("spoil", "row", "words"),
    [
        (lambda text: text.replace(",", ";").encode(), 1, "dấu chấm phẩy"),
        (lambda text: text.replace(",", "\t").encode(), 1, "dấu tab"),
        (lambda text: text.encode("utf-16"), None, "không phải văn bản UTF-8"),
        (lambda text: (text + "é").encode("latin-1", errors="replace"), None, "Có chữ không phải UTF-8"),
        (lambda _: b"", 1, "thiếu cột"),
        (lambda _: b"PK\x03\x04\x00\x00", None, "không phải văn bản UTF-8"),
        (lambda text: text.partition("\n")[2].encode(), 1, "Dòng tiêu đề không đúng: thiếu cột"),
        (lambda text: text.replace("\n", ",note\n", 1).encode(), 1, "thừa cột note"),
    ],
    ids=["semicolons", "tabs", "UTF-16", "latin-1", "empty", "workbook", "no header", "a column too many"],
)
def test_a_file_that_is_not_the_table_is_reported_once(name: str, spoil: object, row: int | None, words: str) -> None:
    assert callable(spoil)
    (fault, *others) = [each for each in faults_with(name, spoil(VALID[name])) if each.file == f"{name}.csv"]
    assert others == []
    assert words in fault.message
    if row is not None:
        assert fault.row == row


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_missing_file_is_reported(name: str) -> None:
    (fault,) = faults_of({key: text for key, text in VALID.items() if key != name})
    assert str(fault).startswith(f"{name}.csv: Không có tệp này.")


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_missing_and_a_repeated_column_are_named(name: str) -> None:
    first, second, *_ = DEFINITIONS[name].header
    (fault,) = faults_with(name, VALID[name].replace(f"{first},{second}", f"{first},{first}", 1))
    assert (fault.file, fault.row) == (f"{name}.csv", 1)
    assert f"thiếu cột {second}; lặp lại cột {first}" in fault.message
    assert ",".join(DEFINITIONS[name].header) in fault.remedy


def test_the_row_of_invalid_utf_8_is_named() -> None:
    spoiled = VALID["units"].encode().replace("Cầu Đá".encode(), "Cầu Đá".encode("cp1258", errors="replace"))
    (fault,) = faults_with("units", spoiled)
    assert (fault.file, fault.row, fault.message) == ("units.csv", 6, "Có chữ không phải UTF-8.")


def test_unmatched_quotes_are_reported_at_their_row() -> None:
    (fault,) = faults_with("fields", changed("fields", 'nhà ở"', 'nhà ở"x'))
    assert (fault.row, fault.message) == (2, "Dấu ngoặc kép không khớp nên không tách được các ô.")


@pytest.mark.parametrize("name", DEFINITIONS)
@pytest.mark.parametrize("extra", [1, -1])
def test_a_line_with_too_many_or_too_few_cells_is_reported(name: str, extra: int) -> None:
    lines = VALID[name].splitlines()
    lines[1] = f"{lines[1]},thừa" if extra > 0 else lines[1].rpartition(",")[0]
    cells = len(DEFINITIONS[name].columns)
    (fault,) = faults_with(name, "\n".join(lines))
    assert (fault.file, fault.row, fault.column) == (f"{name}.csv", 2, "")
    assert fault.message == f"Dòng có {cells + extra} ô, phải có {cells} ô như dòng tiêu đề."


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    text = changed("units", "X2,Xã", '\n"X2","Xã').replace('"Xã,', '"Xã",') + 'X3,Xã,"Ba\nDòng",commune,T,hôm nay,\n'
    found = [(fault.row, fault.column) for fault in faults_with("units", text)]
    assert found == [(8, "unit_name"), (8, "valid_from")]


# ----------------------------------------------------------------------------------------------------------- one cell
_REQUIRED = [
    (name, column.name) for name, lookup in DEFINITIONS.items() for column in lookup.columns if column.is_required
]


@pytest.mark.parametrize(("name", "column"), _REQUIRED, ids=[f"{name}.{column}" for name, column in _REQUIRED])
def test_a_blank_required_cell_is_reported(name: str, column: str) -> None:
    (fault,) = [it for it in faults_with(name, _with_cell(name, column, " ")) if it.column == column]
    assert (fault.file, fault.row, fault.message) == (f"{name}.csv", 2, "Ô để trống.")


_CODES = [("units", "unit_code"), ("unit_successors", "old_code"), ("unit_successors", "new_code"),
          ("fields", "field_code"), ("peer_groups", "unit_code")]  # fmt: skip
_CHOICES = [("units", "level"), ("rules", "rule"), ("rules", "level"), ("rules", "day_type"),
            ("feed_calendar", "level"), ("feed_calendar", "period_type"), ("targets", "kpi_code")]  # fmt: skip


@pytest.mark.parametrize(("name", "column"), _CODES + _CHOICES)
@pytest.mark.parametrize("spaced", ["{} ", " {}", "\u00a0{}"])
def test_a_code_with_a_space_is_reported_once(name: str, column: str, spaced: str) -> None:
    written = spaced.format(_cell(name, column))
    (fault,) = faults_with(name, _with_cell(name, column, written))
    assert (fault.file, fault.row, fault.column, fault.value) == (f"{name}.csv", 2, column, written)
    assert (fault.message, fault.remedy) == ("Mã có dấu cách.", "Bỏ dấu cách trước, sau và trong mã.")


@pytest.mark.parametrize("written", ["X 1", "X\u200b1", "X|1"])
def test_invalid_characters_in_a_code_are_reported(written: str) -> None:
    (fault,) = faults_with("peer_groups", changed("peer_groups", "X1,", f"{written},"))
    assert (fault.row, fault.column, fault.value) == (2, "unit_code", written)


@pytest.mark.parametrize(("name", "column"), _CHOICES)
def test_an_unknown_word_is_reported_with_the_allowed_ones(name: str, column: str) -> None:
    (fault,) = faults_with(name, _with_cell(name, column, "khac"))
    assert (fault.file, fault.row, fault.column, fault.message) == (f"{name}.csv", 2, column, "Không có mã này.")
    assert all(code in fault.remedy for code in SCOPE.vocabulary.words[column])


_DAYS = [(name, column) for name, column in _REQUIRED if column in {"valid_from", "day"}]
_ENDS = [("units", "valid_to"), ("rules", "valid_to"), ("feed_calendar", "valid_to")]


@pytest.mark.parametrize(("name", "column"), _DAYS + _ENDS)
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("01/07/2025", "Nếu là ngày 01/07/2025 thì ghi 2025-07-01"),
        ("2025-7-1", "Nếu là ngày 01/07/2025 thì ghi 2025-07-01"),
        ("2025-02-30", "Không có ngày này trong lịch"),
        ("9999-12-31", "Năm phải từ 1900 đến 2100"),
        ("45839", "Ngày phải ghi theo dạng năm-tháng-ngày"),
        ("hôm nay", "Ngày phải ghi theo dạng năm-tháng-ngày"),
    ],
)
def test_a_wrong_day_is_reported_once(name: str, column: str, written: str, words: str) -> None:
    (fault,) = faults_with(name, _with_cell(name, column, written))
    assert (fault.file, fault.row, fault.column, fault.value) == (f"{name}.csv", 2, column, written)
    assert words in f"{fault.message} {fault.remedy}"


@pytest.mark.parametrize(
    ("name", "column", "written", "words"),
    [
        ("rules", "value", "mười", "Phải là số nguyên"),
        ("rules", "value", "10.5", "Phải là số nguyên"),
        ("rules", "value", "-1", "Phải từ 0 đến 3650"),
        ("rules", "value", "20000", "Phải từ 0 đến 3650"),
        ("fields", "sort_order", "một", "Phải là số nguyên"),
        ("unit_successors", "successors", "0", "Phải từ 1"),
        ("targets", "target", "chín", "Phải là một số"),
        ("targets", "target", "90%", "90 % là 0.9"),
        ("targets", "target", '"0,9"', "Ghi 0.9"),
        ("targets", "target", "-0.1", "Phải từ 0"),
        ("targets", "target", "nan", "Phải là một số"),
        ("targets", "target", "90", "90 % là 0.9"),
        ("swap_days", "is_worked", "có", "Phải là true hoặc false"),
        ("swap_days", "is_worked", "1", "Phải là true hoặc false"),
    ],
)
def test_a_value_of_the_wrong_type_is_reported(name: str, column: str, written: str, words: str) -> None:
    (fault,) = faults_with(name, _with_cell(name, column, written))
    assert (fault.file, fault.row, fault.column, fault.value) == (f"{name}.csv", 2, column, written.strip('"'))
    assert words in f"{fault.message} {fault.remedy}"


@pytest.mark.parametrize("rule", RULES)
def test_a_limit_of_0_days_is_reported_and_a_minimum_of_0_is_not(rule: str) -> None:
    row = line("rules", f"{rule},province")
    found = faults_with("rules", VALID["rules"].replace(row, row.replace(",10,", ",0,")))
    is_limit = rule in {"conclusion_days", "settle_days", "acknowledge_days"}
    assert [fault.message for fault in found] == [f"Quy định «{RULES[rule]}» phải từ 1 ngày."] * is_limit


def _cell(name: str, column: str) -> str:
    return VALID[name].splitlines()[1].split(",")[DEFINITIONS[name].header.index(column)]


def _with_cell(name: str, column: str, written: str) -> str:
    """The valid file with another text in `column` of its first row, which has no quotes."""
    header, first, *rows = VALID[name].replace('"Đất đai, nhà ở"', "Đất đai").splitlines()
    cells = first.split(",")
    cells[DEFINITIONS[name].header.index(column)] = written
    return "\n".join([header, ",".join(cells), *rows])


# -------------------------------------------------------------------------------------------------------- whole tables
@pytest.mark.parametrize(
    ("name", "added", "column", "words"),
    [
        ("units", "X2,Xã,Cầu Đá,commune,H,2020-01-01,2025-07-01", "valid_from", "trùng thời gian hiệu lực với dòng 6"),
        ("rules", "notice_days,province,2016-01-01,,7,calendar,", "valid_from", "trùng thời gian hiệu lực với dòng 5"),
        ("feed_calendar", "province,quarter,2016-01-01,,", "valid_from", "trùng thời gian hiệu lực với dòng 2"),
        ("unit_successors", "X2,X1,2025-07-01,1", "old_code", "Lặp lại dòng 2"),
        ("fields", "Land,Đất,3", "field_code", "Lặp lại dòng 2"),
        ("fields", "soil,khác,3", "field_name", "Lặp lại dòng 3"),
        ("swap_days", "2024-05-04,false,", "day", "Lặp lại dòng 3"),
        ("peer_groups", "X1,vùng cao", "unit_code", "Lặp lại dòng 2"),
        ("targets", "on_time_rate,0.8,", "kpi_code", "Lặp lại dòng 2"),
    ],
)
def test_a_duplicate_row_is_reported_at_the_second(name: str, added: str, column: str, words: str) -> None:
    text = f"{VALID[name]}{added}\n"
    found = [it for it in faults_with(name, text) if it.column == column]
    assert [(it.file, it.row) for it in found] == [(f"{name}.csv", text.count("\n"))]
    assert words in found[0].message


@pytest.mark.parametrize("name", ["units", "rules", "feed_calendar"])
def test_a_row_that_ends_before_it_begins_is_reported_once(name: str) -> None:
    text = _with_cell(name, "valid_to", "2010-01-01")
    (fault,) = faults_with(name, text)
    assert (fault.file, fault.row, fault.column, fault.value) == (f"{name}.csv", 2, "valid_to", "2010-01-01")
    assert "Ngày hết hiệu lực phải sau ngày bắt đầu" in fault.message


@pytest.mark.parametrize(
    ("name", "added", "what"),
    [
        ("units", "T,Tỉnh,Sông Mới,province,,2023-01-01,", "T có hai tên «Tỉnh Sông Xanh» và «Tỉnh Sông Mới»"),
        ("rules", "dialogues_a_year,province,2023-01-01,,2,calendar,", "dialogues_a_year × province"),
        ("feed_calendar", "province,quarter,2023-01-01,,", "province × quarter"),
    ],
)
def test_an_open_older_row_is_reported_at_the_newer_one(name: str, added: str, what: str) -> None:
    text = f"{VALID[name]}{added}\n"
    (fault,) = faults_with(name, text)
    assert (fault.row, fault.column, fault.value) == (text.count("\n"), "valid_from", "2023-01-01")
    assert fault.message == f"{what}: dòng mới bắt đầu ngày 01/01/2023 mà dòng cũ (dòng 2) chưa ghi ngày hết hiệu lực."
    assert fault.remedy == "Ghi valid_to = 2023-01-01 vào dòng 2."


@pytest.mark.parametrize(
    ("name", "added", "row"),
    [
        ("units", "X2,Xã,Cầu Đá Mới,commune,T,2025-06-30,", 6),
        ("rules", "dialogues_a_year,district,2025-06-30,2026-01-01,2,calendar,", 3),
        ("feed_calendar", "district,quarter,2025-06-30,2026-01-01,", 3),
    ],
)
def test_an_overlap_is_reported_with_its_days(name: str, added: str, row: int) -> None:
    text = f"{VALID[name]}{added}\n"
    (fault,) = faults_with(name, text)
    assert (fault.row, fault.column) == (text.count("\n"), "valid_from")
    assert f"chồng thời gian hiệu lực với dòng {row}, ngày 30/06/2025." in fault.message


# ------------------------------------------------------------------------------------------------------ the hierarchy
def test_a_cycle_of_parents_is_reported_once() -> None:
    text = (
        VALID["units"]
        .replace("Bến Tre,commune,H", "Bến Tre,commune,X2")
        .replace("Cầu Đá,commune,H", "Cầu Đá,commune,X1")
    )
    (fault,) = faults_with("units", text)
    assert (fault.row, fault.column, fault.value) == (4, "parent_code", "X2")
    assert "vòng tròn từ ngày 01/01/2020: X1 → X2 → X1 (dòng 4, 6)" in fault.message


def test_a_unit_that_is_its_own_parent_is_reported() -> None:
    (fault,) = faults_with("units", changed("units", "Cầu Đá,commune,H", "Cầu Đá,commune,X2"))
    assert (fault.row, fault.column) == (6, "parent_code")
    assert "X2 → X2" in fault.message


@pytest.mark.parametrize(
    ("old", "new", "row", "words"),
    [
        ("Cầu Đá,commune,H", "Cầu Đá,commune,K", 6, "Không có đơn vị nào mang mã này trong units.csv."),
        ("Cầu Đá,commune,H", "Cầu Đá,commune,", 6, "đơn vị cấp xã phải có đơn vị cấp trên"),
        ("Cầu Đá,commune,H", "Cầu Đá,commune,X1", 6, "Đơn vị cấp trên X1 (dòng 4) là cấp xã, không ở trên cấp xã."),
        ("Xanh,province,", "Xanh,province,H", 2, "vòng tròn"),
        ("Phường,Bến Tre,commune,T", "Phường,Bến Tre,commune,H", 5,
         "Đơn vị cấp trên H không có hiệu lực từ ngày 01/07/2025 trở đi, trong khi đơn vị X1 có."),
        ("T,2020-01-01,2025-07-01", "T,2021-01-01,2025-06-30", 4,
         "H không có hiệu lực từ ngày 01/01/2020 đến hết ngày 31/12/2020, trong khi đơn vị X1 có; dòng 6 cũng vậy."),
    ],
)  # fmt: skip
def test_a_wrong_parent_is_reported(old: str, new: str, row: int, words: str) -> None:
    found = [it for it in faults_with("units", changed("units", old, new)) if it.column == "parent_code"]
    assert (found[0].row, words in found[0].message) == (row, True), found


def test_a_province_with_a_parent_is_reported() -> None:
    text = changed("units", "Xanh,province,", "Xanh,province,Z") + "Z,Tỉnh,Xa,province,,1990-01-01,2020-01-01\n"
    (fault,) = faults_with("units", text)
    assert (fault.row, fault.message) == (2, "Cấp tỉnh không có đơn vị cấp trên.")


def test_the_province_of_the_settings_must_be_among_the_units() -> None:
    (fault,) = faults_of(VALID, Scope(TERM_START, "35", SCOPE.vocabulary))
    assert str(fault).startswith("units.csv, cột unit_code: Không có đơn vị cấp tỉnh mang mã 35, là mã tỉnh trong")


def test_days_of_the_term_without_a_province_are_reported() -> None:
    text = changed("units", "province,,2020-01-01,", "province,,2020-11-01,").replace(",2020-01-01,", ",2020-11-01,")
    (fault,) = faults_with("units", text)
    assert "Không có đơn vị cấp tỉnh nào có hiệu lực từ ngày 01/10/2020 đến hết ngày 31/10/2020" in fault.message


def test_two_provinces_at_the_same_time_are_reported() -> None:
    (fault,) = faults_with("units", VALID["units"] + "N,Tỉnh,Sông Hồng,province,,2025-07-01,\n")
    assert (fault.row, fault.column) == (7, "valid_from")
    assert "Hai đơn vị cấp tỉnh cùng có hiệu lực từ ngày 01/07/2025 (dòng 2 và dòng 7)" in fault.message


# --------------------------------------------------------------------------------------------- units in other lookups
@pytest.mark.parametrize(
    ("name", "old", "new", "column", "words"),
    [
        ("unit_successors", "X2,X1", "Y,X1", "old_code", "Không có đơn vị nào mang mã này trong units.csv."),
        ("unit_successors", "X2,X1", "X2,Y", "new_code", "Không có đơn vị nào mang mã này trong units.csv."),
        (
            "unit_successors",
            "X2,X1",
            "X2,H",
            "new_code",
            "Đơn vị mới không có hiệu lực vào ngày tiếp nhận (01/07/2025).",
        ),
        ("unit_successors", "01,1", "01,2", "successors", "Ghi 2 đơn vị kế tục, nhưng bảng có 1 dòng cho đơn vị X2"),
        ("peer_groups", "X1,ven", "Y,ven", "unit_code", "Không có đơn vị nào mang mã này trong units.csv."),
        ("peer_groups", "X1,ven sông", "X1,district", "peer_group", "đơn vị của nhiều cấp (cấp huyện và cấp xã)"),
    ],
)
def test_a_unit_that_does_not_match_is_reported(name: str, old: str, new: str, column: str, words: str) -> None:
    (fault,) = faults_with(name, changed(name, old, new))
    assert (fault.file, fault.row, fault.column) == (f"{name}.csv", 2, column)
    assert words in fault.message


def test_a_peer_group_of_two_levels_is_reported_at_the_second() -> None:
    (fault,) = faults_with("peer_groups", VALID["peer_groups"] + "H,ven sông\n")
    assert (fault.row, fault.column, fault.value) == (4, "peer_group", "ven sông")
    assert "Nhóm «ven sông» có đơn vị của nhiều cấp (cấp huyện và cấp xã)" in fault.message


# ---------------------------------------------------------------------------------------------------- rules, calendar
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_rule_missing_for_a_level_is_reported(rule: str, level: str) -> None:
    (fault,) = faults_with("rules", VALID["rules"].replace(line("rules", f"{rule},{level},"), ""))
    assert (fault.file, fault.row) == ("rules.csv", None)
    assert f"Thiếu quy định {rule} × {level} ({RULES[rule]}, {LEVELS[level]})" in fault.message


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("days", "column", "words"),
    [
        ("2021-01-01,", "valid_from", "từ ngày 01/10/2020 đến hết ngày 31/12/2020"),
        ("2016-01-01,2026-01-01", "valid_to", "từ ngày 01/01/2026 trở đi"),
    ],
)
def test_days_of_the_term_without_a_value_are_reported(rule: str, days: str, column: str, words: str) -> None:
    row = line("rules", f"{rule},province")
    text = VALID["rules"].replace(row, row.replace("2016-01-01,", days))
    (fault,) = faults_with("rules", text)
    assert (fault.row, fault.column) == (text[: text.index(f"{rule},province")].count("\n") + 1, column)
    assert fault.message.startswith(f"Không có giá trị nào của {rule} × province")
    assert words in fault.message


def test_a_gap_between_two_rows_is_reported_at_the_row_before() -> None:
    row = line("rules", "notice_days,commune")
    older = row.replace("2016-01-01,", "2016-01-01,2024-02-29")
    newer = row.replace("2016-01-01,", "2024-03-01,")
    (fault,) = faults_with("rules", VALID["rules"].replace(row, newer + older))
    assert (fault.row, fault.column, fault.value) == (8, "valid_to", "2024-02-29")
    assert "ngày 29/02/2024, trong khi có đơn vị cấp xã" in fault.message


def test_rules_may_begin_late_for_days_before_the_term_and_end_with_the_level() -> None:
    late = VALID["rules"].replace("2016-01-01", "2020-10-01")
    assert faults_with("rules", late) == ()


def test_the_deadline_of_feeds_is_required_only_with_a_feed_calendar() -> None:
    row = line("rules", "feed_due_days,commune")
    later = row.replace("2016-01-01", "2025-07-01")
    assert faults_with("rules", VALID["rules"].replace(row, later)) == ()
    (fault,) = faults_with("rules", VALID["rules"].replace(row, row.replace("2016-01-01", "2025-07-02")))
    assert "feed_due_days × commune" in fault.message
    assert "ngày 01/07/2025, trong khi" in fault.message


def test_an_empty_calendar_is_reported() -> None:
    (fault,) = faults_with("feed_calendar", VALID["feed_calendar"].partition("\n")[0])
    assert fault.message.startswith("Không có dòng nào: không biết ai phải gửi báo cáo")


def test_fields_include_other_and_exclude_all() -> None:
    (all_fields, other) = faults_with("fields", changed("fields", "other,", "ALL,"))[::-1]
    assert (all_fields.row, all_fields.message) == (3, "Mã ALL dành cho mọi lĩnh vực cộng lại.")
    assert (other.row, other.message.partition(":")[0]) == (None, "Thiếu lĩnh vực mã other")


# ------------------------------------------------------------------------------------------------------ all, at once
def test_faults_of_all_files_are_reported_together_in_order() -> None:
    files = {
        **VALID,
        "targets": changed("targets", "0.9", "90"),
        "units": changed("units", "Cầu Đá,commune,H", "Cầu Đá,commune,K"),
        "rules": VALID["rules"].replace(line("rules", "notice_days,province"), ""),
        "swap_days": changed("swap_days", "2024-04-29", "2024-04-31"),
    }
    assert [(fault.file, fault.row) for fault in faults_of(files)] == [
        ("units.csv", 6),
        ("rules.csv", None),
        ("swap_days.csv", 2),
        ("targets.csv", 2),
    ]


def test_a_message_lists_the_first_faults_and_counts_the_rest() -> None:
    rows = "".join(f"mã{number} x,Tên {number},{number}\n" for number in range(MOST_SHOWN + 5))
    files = {**VALID, "fields": VALID["fields"] + rows, "targets": changed("targets", "0.9", "90")}
    error = wrong_lookups("kho/lookups", faults_of(files))
    lines = error.message.splitlines()
    assert lines[0] == f"Bảng tra cứu trong kho/lookups có {MOST_SHOWN + 6} lỗi:"
    assert (
        lines[1]
        == "  - fields.csv, dòng 4, cột field_code («mã0 x»): Mã có dấu cách. Bỏ dấu cách trước, sau và trong mã."
    )
    assert lines[-1] == "  … và 6 lỗi nữa: 5 trong fields.csv, 1 trong targets.csv."
    assert len(lines) == MOST_SHOWN + 2
    assert len(error.faults) == MOST_SHOWN + 6
    assert error.faults[-1]["file"] == "targets.csv"


def test_consequences_of_an_unreadable_file_are_not_reported() -> None:
    assert [fault.file for fault in faults_with("units", "không phải bảng")] == ["units.csv"]
    assert [fault.file for fault in faults_with("feed_calendar", "không phải bảng")] == ["feed_calendar.csv"]
    assert [fault.file for fault in faults_with("rules", "không phải bảng")] == ["rules.csv"]
