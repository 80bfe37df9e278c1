"""Confirmations by the sender: reasons for unusual findings, and what the sender's own words mean."""

import io
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.checking.checked_feed import CheckedFeed
from ingest.contract.generated_sheets import RESULT_HEADERS, RESULT_SHEET
from ingest.contract.load import landed_columns, load
from ingest.findings.confirmations import LEGACY_LETTERS, read_reasons, reasons_in
from ingest.landing.land import Landing
from ingest.model.findings import Tier
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import DIALOGUE, PETITION, petitions, write_feed
from warehouse.build import prepare
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.state import open_state

NOW = datetime(2024, 10, 5, 12)
DAY = timedelta(days=1)
LATE_NOTICE = DIALOGUE | {"notice_on": "2024-08-02"}
TCVN3 = "§Ò nghÞ söa ®\u00adêng liªn th«n"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed clock for the verbs."""
    monkeypatch.setattr("doithoai.surroundings.now", lambda _zone: NOW + DAY)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def landed(home: Home, source: Path, now: datetime = NOW) -> Landing:
    (landing,) = land_paths([source], home, warehouse.settings.load(home), now)
    return landing


def checked(home: Home, source: Path) -> CheckedFeed:
    (feed,) = check_paths([source], home, warehouse.settings.load(home), NOW + DAY)
    return feed


def rules(feed: CheckedFeed) -> list[str]:
    return [each.rule for each in feed.findings]


def call(home: Home, *words: str) -> int:
    return cli.exit_code([*words, "--home", str(home.root)])


def test_a_rule_that_needs_a_reason_only_warns() -> None:
    """A sender who gives a reason wants the row to count, so such a rule does not quarantine.

    Dates whose day and month may be swapped are the exception: they are read only after confirmation.
    """
    contracts = load()
    rules = [*contracts.feed_rules.values(), *(rule for sheet in contracts.sheets.values() for rule in sheet.rules)]
    needing = {rule.id: rule.tier for rule in rules if rule.needs_reason}
    assert {"declared_petitions_differ", "notice_after_dialogue", "settled_before_period"} <= needing.keys()
    assert {rule for rule, tier in needing.items() if tier is not Tier.WARN} == {"swapped_days"}


def test_a_reason_from_the_command_line_is_stored_and_shown(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    landing = landed(home, write_feed(tmp_path / "a", dialogues=[LATE_NOTICE]))
    assert landing.checked.waiting == 1
    assert call(home, "confirm", landing.feed_id, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [(it["rule"], it["cell"]) for it in said["waiting"]] == [("notice_after_dialogue", "dialogues!I2")]
    reason = ["--reason", "Họp đột xuất, gọi 0912345678", "--by", "Lê Thị Bình"]
    assert call(home, "confirm", landing.feed_id, "--rule", "notice_after_dialogue", *reason) == 0
    with open_state(home) as state:
        ((key, kept),) = state.confirmations("347").items()
    assert key == said["waiting"][0]["confirmation_key"]
    assert (kept.confirmed_by, kept.cell, kept.confirmed_at) == ("Lê Thị Bình", "dialogues!I2", NOW + DAY)
    assert "0912345678" not in kept.reason, "a reason is masked like any text"
    again = checked(home, write_feed(tmp_path / "b", dialogues=[LATE_NOTICE], petitions=petitions(2)))
    assert [(it.rule, it.reason) for it in again.findings] == [("notice_after_dialogue", kept.reason)]
    assert again.waiting == 0
    capsys.readouterr()
    assert call(home, "check", str(tmp_path / "b")) == 0
    assert "đã xác nhận: Họp đột xuất" in " ".join(capsys.readouterr().out.split())
    assert call(home, "confirm", landing.feed_id) == 0
    assert "không có điểm nào chờ xác nhận" in capsys.readouterr().out


def test_a_reason_given_after_landing_reaches_the_record_at_the_next_build(home: Home, tmp_path: Path) -> None:
    landing = landed(home, write_feed(tmp_path / "a", dialogues=[LATE_NOTICE]))
    assert call(home, "confirm", landing.feed_id, "--reason", "Họp đột xuất", "--by", "Bình") == 0
    prepare(home, landed_columns())
    with connect(home.warehouse, read_only=True) as con:
        assert con.execute("select rule, reason from raw.findings").fetchall() == [("notice_after_dialogue", "")]
        said = "select sender_unit_code, confirmation_key, reason, confirmed_at from raw.confirmations"
        key = landing.findings[0].confirmation_key
        assert con.execute(said).fetchall() == [("347", key, "Họp đột xuất", NOW + DAY)]


def test_another_value_needs_a_new_reason(home: Home, tmp_path: Path) -> None:
    landing = landed(home, write_feed(tmp_path / "a", dialogues=[LATE_NOTICE]))
    assert call(home, "confirm", landing.feed_id, "--reason", "Họp đột xuất", "--by", "Bình") == 0
    other = write_feed(tmp_path / "b", dialogues=[LATE_NOTICE | {"notice_on": "2024-08-03"}])
    assert checked(home, other).waiting == 1


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["nothing-v1"], 2),
        (["347-2024Q3-v1", "--reason", "x"], 2),
        (["347-2024Q3-v1", "--reason", " ", "--by", "Bình"], 2),
        (["347-2024Q3-v1", "--rule", "no_such_rule", "--reason", "x", "--by", "Bình"], 2),
        (["347-2024Q3-v1", "--read", "Đã GQ", "--by", "Bình"], 2),
        (["347-2024Q3-v1", "--read", "Không có=resolved", "--by", "Bình"], 2),
    ],
)
def test_invalid_confirmations_are_rejected(home: Home, tmp_path: Path, words: list[str], exit_code: int) -> None:
    landed(home, write_feed(tmp_path / "a", dialogues=[LATE_NOTICE]))
    assert call(home, "confirm", *words) == exit_code
    with open_state(home) as state:
        assert (state.confirmations("347"), state.aliases("347")) == ({}, ())


def waiting_keys(home: Home, target: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert call(home, "confirm", target, "--json") == 0
    return [it["confirmation_key"] for it in json.loads(capsys.readouterr().out)["waiting"]]


def reasons_as_json(reasons: Mapping[str, str], by: str = "Lê Thị Bình") -> str:
    return json.dumps({"by": by, "reasons": [{"key": key, "reason": reason} for key, reason in reasons.items()]})


def test_many_reasons_are_read_from_standard_input(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [LATE_NOTICE, {**LATE_NOTICE, "dialogue_code": "347.ĐT.99"}]
    source = str(write_feed(tmp_path / "a", dialogues=rows))
    first, second = waiting_keys(home, source, capsys)
    said = reasons_as_json({first: "Họp đột xuất", second: "Mưa bão"})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
    assert call(home, "confirm", source, "--reasons", "-", "--json") == 0
    assert json.loads(capsys.readouterr().out)["confirmed"] == 2
    with open_state(home) as state:
        kept = state.confirmations("347")
    assert {key: (it.reason, it.confirmed_by) for key, it in kept.items()} == {
        first: ("Họp đột xuất", "Lê Thị Bình"),
        second: ("Mưa bão", "Lê Thị Bình"),
    }


@pytest.mark.parametrize(
    ("reason", "other", "by", "message"),
    [
        ("Họp đột xuất", "abc", "Bình", "không chờ lý do cho mã xác nhận abc"),
        (" ", None, "Bình", "Thiếu lý do"),
        ("Họp đột xuất", None, " ", "Thiếu người xác nhận"),
    ],
)
def test_many_reasons_are_stored_together_or_not_at_all(
    home: Home,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    reason: str,
    other: str | None,
    by: str,
    message: str,
) -> None:
    rows = [LATE_NOTICE, {**LATE_NOTICE, "dialogue_code": "347.ĐT.99"}]
    landing = landed(home, write_feed(tmp_path / "a", dialogues=rows))
    first, second = waiting_keys(home, landing.feed_id, capsys)
    file = tmp_path / "reasons.json"
    file.write_text(reasons_as_json({first: "Họp đột xuất", other or second: reason}, by), encoding="utf-8")
    assert call(home, "confirm", landing.feed_id, "--reasons", str(file)) == 2
    assert message in capsys.readouterr().err
    with open_state(home) as state:
        assert state.confirmations("347") == {}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"by": "Bình"}', '{"by": 1, "reasons": []}', '{"reasons": [{"key": "a"}]}']
)
def test_invalid_json_of_reasons_is_reported(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "reasons.json"
    file.write_text(text, encoding="utf-8")
    assert call(home, "confirm", "347-2024Q3-v1", "--reasons", str(file)) == 2
    assert "Không đọc được các lý do" in capsys.readouterr().err


def test_reasons_from_standard_input_exclude_other_options(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "confirm", "347-2024Q3-v1", "--reasons", "-", "--by", "Bình") == 2
    assert "bỏ các tùy chọn khác" in capsys.readouterr().err


def test_the_header_of_a_result_sheet_may_be_in_any_row() -> None:
    rows = [
        ("Kết quả kiểm tra", None, None),
        ("STT", "Lý do xác nhận", "Khóa xác nhận"),
        ("1", "Họp đột xuất, ĐT 0912 345 678", "abc"),
        ("2", None, "def"),
        ("3", " ", "ghi"),
        ("4", "Không có khóa", None),
        ("5",),
    ]
    found = reasons_in(read_reasons(rows))
    assert found.keys() == {"abc"}
    assert found["abc"].startswith("Họp đột xuất")
    assert "345" not in found["abc"]
    assert read_reasons([("STT", "Lý do xác nhận"), ("1", "Họp đột xuất")]) == ()


def test_a_reason_in_the_returned_workbook_is_stored(home: Home, tmp_path: Path) -> None:
    unit = {**PETITION, "petition_code": "P9", "unit_code": "Phường Quang Trung"}
    source = write_feed(tmp_path / "a", dialogues=[LATE_NOTICE], petitions=[*petitions(2), unit])
    settings = warehouse.settings.load(home)
    (feed,) = check_paths([source], home, settings, NOW, return_to=tmp_path / "back")
    assert feed.return_workbook is not None
    book = load_workbook(feed.return_workbook)
    sheet = book[RESULT_SHEET]
    (header,) = (row for row in sheet.iter_rows() if row[0].value == RESULT_HEADERS["number"])
    column = next(cell.column for cell in header if cell.value == RESULT_HEADERS["reason"])
    for number in range(header[0].row + 1, header[0].row + 3):
        sheet.cell(number, column).value = "Đúng như đã ghi"
    book.save(tmp_path / "again.xlsx")
    again = checked(home, tmp_path / "again.xlsx")
    assert [(it.rule, it.reason) for it in again.findings] == [
        ("notice_after_dialogue", "Đúng như đã ghi"),
        ("repaired_unit", "Đúng như đã ghi"),
    ]
    assert again.waiting == 0
    with open_state(home) as state:
        assert state.confirmations("347") == {}, "a check keeps nothing"
    landed(home, tmp_path / "again.xlsx")
    with open_state(home) as state:
        kept = state.confirmations("347").values()
        assert [(it.rule, it.reason, it.confirmed_by) for it in kept] == [
            ("notice_after_dialogue", "Đúng như đã ghi", "Đơn vị 347"),
            ("repaired_unit", "Đúng như đã ghi", "Đơn vị 347"),
        ]
        assert [it.received for it in state.aliases("347")] == ["Phường Quang Trung"]
    assert rules(checked(home, write_feed(tmp_path / "c", petitions=[*petitions(4), unit]))) == []


def test_a_sender_gives_the_meaning_of_a_word_once(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def source(name: str, word: str) -> Path:
        rows = [*petitions(15), {**PETITION, "petition_code": "P77", "outcome": word}]
        return write_feed(tmp_path / name, petitions=rows)

    assert rules(checked(home, source("a", "Đã GQ"))) == ["unknown_choice"]
    assert call(home, "confirm", str(tmp_path / "a"), "--read", "Đã GQ=Đã giải quyết", "--by", "Bình") == 0
    assert "«Đã GQ» của đơn vị 347 đọc là Đã giải quyết" in capsys.readouterr().out
    landing = landed(home, source("b", "  Đã  GQ "))
    assert (landing.rows_quarantined, landing.findings) == (0, ())
    with connect(home.warehouse, read_only=True) as con:
        assert con.execute("select outcome from raw.petitions where petition_code = 'P77'").fetchall() == [
            ("resolved",)
        ]
        assert con.execute("select field, received, read, repair, cells from raw.repairs").fetchall() == [
            ("outcome", "  Đã  GQ ", "resolved", "alias", 1)
        ]
    assert rules(checked(home, source("c", "đã gq"))) == ["unknown_choice"], "only exactly that text"
    assert call(home, "confirm", landing.feed_id, "--read", "Đã GQ=", "--by", "Bình") == 0
    assert rules(checked(home, source("d", "Đã GQ"))) == ["unknown_choice"]


@pytest.mark.parametrize("typed", ["§· GQ xong råi", "Đã GQ xong rồi"])
def test_a_word_in_legacy_letters_may_be_given_in_either_form(home: Home, tmp_path: Path, typed: str) -> None:
    rows = [*petitions(15, outcome="§· gi¶i quyÕt"), {**PETITION, "petition_code": "P77", "outcome": "§· GQ xong råi"}]
    source = write_feed(tmp_path / "a", petitions=rows)
    assert "unknown_choice" in rules(checked(home, source))
    assert call(home, "confirm", str(source), "--read", f"{typed}=Đã giải quyết", "--by", "Bình") == 0
    assert "unknown_choice" not in rules(checked(home, source))


def test_an_alias_is_valid_only_for_its_sender_and_column(home: Home, tmp_path: Path) -> None:
    rows = [*petitions(25, satisfaction=""), {**PETITION, "petition_code": "P77", "field": "Nhà"}]
    source = write_feed(tmp_path / "a", petitions=rows)
    assert call(home, "confirm", str(source), "--read", "Nhà=Đất đai", "--by", "Bình") == 0
    with open_state(home) as state:
        assert [(it.sheet_kind, it.field, it.received, it.read) for it in state.aliases("347")] == [
            ("petitions", "field", "Nhà", "land")
        ]
    assert rules(checked(home, source)) == []
    other = {"sender_unit_code": "349", "period": "2024Q3"}
    elsewhere = write_feed(tmp_path / "b", cover=other, petitions=rows)
    assert "unknown_field" in rules(checked(home, elsewhere))


def test_readings_of_meaning_are_confirmed_once(home: Home, tmp_path: Path) -> None:
    rows = [*petitions(3, summary=TCVN3), {**PETITION, "petition_code": "P9", "unit_code": "Phường Quang Trung"}]
    source = write_feed(tmp_path / "a", petitions=rows)
    feed = checked(home, source)
    assert sorted(rules(feed)) == ["repaired_encoding", "repaired_unit"]
    assert feed.waiting == 2
    (unit,) = (each for each in feed.findings if each.rule == "repaired_unit")
    landing = landed(home, source)
    assert call(home, "confirm", landing.feed_id, "--reason", "Đúng", "--by", "Bình") == 0
    with open_state(home) as state:
        assert {(it.field, it.received, it.read) for it in state.aliases("347")} == {
            ("summary", LEGACY_LETTERS, "unicode"),
            ("unit_code", "Phường Quang Trung", unit.evidence),
        }
    more = write_feed(tmp_path / "b", petitions=[*rows, {**PETITION, "petition_code": "P8", "summary": TCVN3}])
    assert rules(checked(home, more)) == []
    next_time = landed(home, more, NOW + DAY)
    with connect(home.warehouse, read_only=True) as con:
        kept = con.execute("select distinct repair from raw.repairs where feed_id = ? order by 1", [next_time.feed_id])
        assert kept.fetchall() == [("tcvn3",), ("unit_name",)], "what was read is recorded all the same"


def with_reason(home: Home, source: Path, folder: Path, reason: str) -> Path:
    """The return workbook of `source` with `reason` in the first row of its column of reasons."""
    (feed,) = check_paths([source], home, warehouse.settings.load(home), NOW, return_to=folder)
    assert feed.return_workbook is not None
    book = load_workbook(feed.return_workbook)
    sheet = book[RESULT_SHEET]
    (header,) = (row for row in sheet.iter_rows() if row[0].value == RESULT_HEADERS["number"])
    column = next(cell.column for cell in header if cell.value == RESULT_HEADERS["reason"])
    sheet.cell(header[0].row + 1, column).value = reason
    book.save(folder / "again.xlsx")
    return folder / "again.xlsx"


@pytest.mark.parametrize("reason", ["=A1", "=1/0", "#N/A", "./.", "-", "x", "7"])
def test_an_invalid_reason_is_reported_and_not_stored(home: Home, tmp_path: Path, reason: str) -> None:
    source = write_feed(tmp_path / "a", dialogues=[LATE_NOTICE])
    again = landed(home, with_reason(home, source, tmp_path / "back", reason)).checked
    assert again.waiting == 1
    (finding,) = (each for each in again.findings if each.rule == "reason_refused")
    assert finding.cell == RESULT_SHEET
    assert "cột «Lý do xác nhận»" in finding.message
    assert call(home, "confirm", repeated_id(home), "--reason", reason, "--by", "Bình") == 2
    with open_state(home) as state:
        assert state.confirmations("347") == {}


def repeated_id(home: Home) -> str:
    with connect(home.warehouse, read_only=True) as con:
        ((feed_id,),) = con.execute("select feed_id from raw.feeds").fetchall()
    return str(feed_id)


def test_reasons_without_a_finding_are_reported(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [LATE_NOTICE, {**LATE_NOTICE, "dialogue_code": "D2"}]
    landing = landed(home, write_feed(tmp_path / "a", dialogues=rows))
    assert call(home, "confirm", landing.feed_id, "--reason", "Họp đột xuất", "--by", "Lê Bình") == 0
    mended = write_feed(tmp_path / "b", dialogues=[rows[0], {**rows[1], "notice_on": "2024-07-20"}])
    capsys.readouterr()
    assert call(home, "check", str(mended), "--json") == 0
    (said,) = json.loads(capsys.readouterr().out)
    assert [(it["cell"], it["reason"], it["by"]) for it in said["unused"]] == [
        ("dialogues!I3", "Họp đột xuất", "Lê Bình")
    ]
    (kept,) = (it for it in said["findings"] if it["needs_reason"])
    assert (kept["reason"], kept["reason_by"]) == ("Họp đột xuất", "Lê Bình")
    assert call(home, "ingest", str(mended)) == 0
    assert "1 lý do đã ghi không còn dùng" in " ".join(capsys.readouterr().out.split())
    third = write_feed(tmp_path / "c", dialogues=[rows[0], {**rows[1], "notice_on": "2024-07-20"}, DIALOGUE | {
        "dialogue_code": "D3"}])  # fmt: skip
    assert checked(home, third).unused == (), "what was said once is not said again"


def test_a_reason_for_a_corrected_finding_is_reported(home: Home, tmp_path: Path) -> None:
    source = write_feed(tmp_path / "a", dialogues=[LATE_NOTICE])
    again = with_reason(home, source, tmp_path / "back", "Họp đột xuất")
    book = load_workbook(again)
    page = next(sheet for sheet in book.worksheets if "notice_on" in [cell.value for cell in sheet[1]])
    column = next(cell.column for cell in page[1] if cell.value == "notice_on")
    page.cell(2, column).value = "2024-07-20"
    book.save(again)
    (unused,) = checked(home, again).unused
    assert (unused.reason, unused.by) == ("Họp đột xuất", "")


def test_a_missing_name_is_reported_with_its_option(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    landing = landed(home, write_feed(tmp_path / "a", dialogues=[LATE_NOTICE]))
    capsys.readouterr()
    assert call(home, "confirm", landing.feed_id, "--reason", "Họp đột xuất") == 2
    output = " ".join(capsys.readouterr().err.split())
    assert "Thiếu --by" in output
    assert '--by "Lê Thị Bình"' in output


def test_the_list_shows_how_to_select_each_finding_and_the_stored_reasons(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [LATE_NOTICE, {**LATE_NOTICE, "dialogue_code": "D2"}]
    landing = landed(home, write_feed(tmp_path / "a", dialogues=rows))
    first, second = waiting_keys(home, landing.feed_id, capsys)
    said = ["--reason", "Họp đột xuất", "--by", "Lê Thị Bình"]
    assert call(home, "confirm", landing.feed_id, "--key", first, *said) == 0
    capsys.readouterr()
    assert call(home, "confirm", landing.feed_id) == 0
    listed = " ".join(capsys.readouterr().out.split())
    for word in (second, "dialogues!I3", "dòng D2", "[notice_after_dialogue]", "02/08/2024", "1 điểm đã có lý do",
                 first, "Họp đột xuất", "Lê Thị Bình · 06/10/2024"):  # fmt: skip
        assert word in listed
    assert call(home, "confirm", landing.feed_id, "--json") == 0
    as_json = json.loads(capsys.readouterr().out)
    assert [it["confirmation_key"] for it in as_json["waiting"]] == [second]
    assert [(it["confirmation_key"], it["reason"], it["reason_by"]) for it in as_json["answered"]] == [
        (first, "Họp đột xuất", "Lê Thị Bình")
    ]
