"""Exports of other systems: a profile is drafted, edited, checked and used, and its faults are reported."""

import re
import shutil
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.checking.checked_feed import CheckedFeed, Verdict
from ingest.mapping.draft.dates import date_form
from ingest.mapping.profile_toml import FIELDS_OF_A_PROFILE, TABLES_OF_A_SHEET, written
from ingest.mapping.profiles import FOLDER, Given, load_profile, profile_for
from ingest.pipeline import check_paths
from ingest.recheck import recheck
from tests.integration.feed_files import petitions, write_feed
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home

EXPORT = Path(__file__).parents[2] / "fixtures" / "city311" / "requests_2024Q3.csv"
GUIDE = Path(__file__).parents[3] / "docs" / "quan-tri.md"
NOW = datetime(2024, 10, 10, 8)
EDITS = {
    '# "Đường sá" = ""   # 10 dòng, chưa rõ nghĩa': '"Đường sá" = "transport"',
    '# "Chờ bổ sung" = ""   # 8 dòng, chưa rõ nghĩa': '"Chờ bổ sung" = "not_started"',
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed clock for the verbs."""
    monkeypatch.setattr("doithoai.surroundings.now", lambda _zone: NOW)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


@pytest.fixture
def drafted(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The draft that the command line writes for the export; its output is left in `capsys`."""
    target = tmp_path / "thanh-pho.toml"
    assert cli.exit_code(
        ["profile", "draft", str(EXPORT), "--sender", "347", "--to", str(target), "--home", str(home.root)]
    ) == 0  # fmt: skip
    return target


def _edited(draft: Path) -> Path:
    written_by_hand = draft.read_text(encoding="utf-8")
    for before, after in EDITS.items():
        assert before in written_by_hand
        written_by_hand = written_by_hand.replace(before, after)
    draft.write_text(written_by_hand, encoding="utf-8")
    return draft


def _checked(home: Home, profile: Path, period: str | None = "2024Q3") -> CheckedFeed:
    settings = warehouse.settings.load(home)
    (checked,) = check_paths([EXPORT], home, settings, NOW, str(profile), given=Given(period=period))
    return checked


def test_a_draft_maps_columns_dates_and_values_and_lists_the_rest(
    drafted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = load_profile(str(drafted))
    (mapping,) = profile.sheets.values()
    assert mapping.columns == {
        "petition_code": "Unique Key",
        "unit_code": "Agency Name",
        "received_on": "Created Date",
        "field": "Complaint Type",
        "summary": "Descriptor",
        "due_on": "Due Date",
        "outcome": "Status",
        "settled_on": "Closed Date",
    }
    assert set(mapping.formats.values()) == {"%H:%M %d/%m/%Y"}
    assert mapping.values["unit_code"]["Phường Quang Trung"] == "13285"
    assert mapping.values["outcome"] == {"Closed": "resolved", "In Progress": "in_progress"}
    assert profile.cover == {"sender_unit_code": "347"}
    said = capsys.readouterr().out
    assert "xếp được 8 cột" in said
    assert "1 giá trị của cột «Status» chưa rõ nghĩa cho outcome (Tình trạng)." in said
    assert '# "Ban Quản lý chợ mẫu" = ""   # 3 dòng, chưa rõ nghĩa' in drafted.read_text(encoding="utf-8")


def test_a_draft_contains_no_personal_number(home: Home, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Mã,Trạng thái\nA1,gọi 0912345678\nA2,Đã xử lý\n", encoding="utf-8")
    target = tmp_path / "export.toml"
    assert cli.exit_code(["profile", "draft", str(export), "--to", str(target), "--home", str(home.root)]) == 0
    draft = target.read_text(encoding="utf-8")
    assert "Đã xử lý" in draft
    assert "0912345678" not in draft


def test_a_draft_is_never_overwritten(home: Home, drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = drafted.read_bytes()
    assert cli.exit_code(["profile", "draft", str(EXPORT), "--to", str(drafted), "--home", str(home.root)]) == 2
    assert f"Tệp {drafted} đã có" in capsys.readouterr().err
    assert drafted.read_bytes() == before


def test_an_edited_draft_is_checked_and_rows_of_an_unknown_unit_are_one_finding(home: Home, drafted: Path) -> None:
    checked = _checked(home, _edited(drafted))
    assert (checked.verdict, checked.rows_landed, checked.rows_quarantined) == (Verdict.ACCEPTED, 37, 3)
    findings = [(it.rule, it.value, it.count, it.cell) for it in checked.findings if it.tier == "row"]
    assert findings == [("unknown_unit", "Ban Quản lý chợ mẫu", 3, "requests_2024Q3!D8")]
    (message,) = (it.message for it in checked.findings if it.rule == "unknown_unit")
    assert message.endswith("Gặp ở các ô requests_2024Q3!D8, requests_2024Q3!D20, requests_2024Q3!D34.")
    (group,) = checked.groups.values()
    assert [it.reference for it in group.ranges] == ["D8", "D20", "D34"]


def test_a_feed_landed_with_a_given_period_is_read_the_same_way_again(
    home: Home, drafted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.profiles.mkdir()
    shutil.move(_edited(drafted), home.profiles / "thanh-pho.toml")
    call = ["ingest", str(EXPORT), "--profile", "thanh-pho", "--home", str(home.root)]
    assert cli.exit_code(call) == 2
    assert "Hồ sơ ánh xạ thanh-pho không nêu kỳ báo cáo (period)." in capsys.readouterr().err
    assert cli.exit_code([*call, "--period", "9999"]) == 2
    assert cli.exit_code([*call, "--period", "2024Q3"]) == 0
    assert cli.exit_code([*call, "--period", "2024Q3"]) == 0
    assert "đúng tệp này đã nhận trước đây" in capsys.readouterr().out
    with connect(home.warehouse, read_only=True) as con:
        assert con.execute("select feed_id, rows_landed, rows_quarantined from raw.feeds").fetchall() == [
            ("347-2024Q3-v1", 37, 3)
        ]
        assert (
            con.execute(
                "select outcome, count(*), count(*) filter (where settled_on <= due_on) from raw.petitions "
                "group by all order by all"
            ).fetchall()
            == _expected()
        )
        assert con.execute("select received_on from raw.petitions where petition_code = 'PA-0001'").fetchall() == [
            (datetime(2024, 8, 11, 9, 17),)
        ]
    assert [it.would_change for it in recheck(home, warehouse.settings.load(home), lambda _: None)] == [False]


def _expected() -> list[tuple[str, int, int]]:
    """For each outcome code, the rows of known units, and those settled on time, counted from the raw export."""
    lines = [line.split(";") for line in EXPORT.read_text(encoding="utf-8").splitlines()[1:]]
    known = [line for line in lines if line[3].startswith("Phường")]
    codes = {"Closed": "resolved", "In Progress": "in_progress", "Chờ bổ sung": "not_started"}
    return [
        (
            code,
            sum(line[6] == text for line in known),
            sum(line[6] == text and _is_in_time(line[2], line[7]) for line in known),
        )
        for text, code in sorted(codes.items(), key=lambda it: it[1])
    ]


def _is_in_time(closed: str, due: str) -> bool:
    form = "%H:%M %d/%m/%Y"
    return bool(closed) and datetime.strptime(closed, form) <= datetime.strptime(due, form)


def test_rows_of_an_unknown_unit_are_one_finding_in_any_feed(home: Home, tmp_path: Path) -> None:
    rows = petitions(30)
    for number in (3, 7, 8):
        rows[number]["unit_code"] = "99999" if number < 8 else "88888"
    (checked,) = check_paths([write_feed(tmp_path / "f", petitions=rows)], home, warehouse.settings.load(home), NOW)
    findings = [(it.value, it.count) for it in checked.findings if it.rule == "unknown_unit"]
    assert (findings, checked.rows_quarantined) == ([("99999", 2), ("88888", 1)], 3)


def test_a_period_that_contradicts_the_cover_is_rejected(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["check", str(write_feed(tmp_path / "feed")), "--home", str(home.root)]
    assert cli.exit_code([*call, "--period", "Quý III/2024", "--sender", "347"]) == 0
    assert cli.exit_code([*call, "--period", "2024Q2"]) == 2
    assert "trang «Thông tin» ghi kỳ báo cáo là 2024Q3, lệnh lại nêu --period 2024Q2" in capsys.readouterr().err
    assert cli.exit_code([*call, "--sender", "349"]) == 2


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("[cover]", "[covers]", r"«covers» \(có phải «cover»\?\)"),
        ("[sheets.petitions.columns]", "[sheets.petition.columns]", r"«petition» \(có phải «petitions»\?\)"),
        ("[sheets.petitions.formats]", "[sheets.petitions.format]", r"«format» \(có phải «formats»\?\)"),
        ("received_on = \"Created", "recieved_on = \"Created", r"«recieved_on» \(có phải «received_on»\?\)"),
        ('sender_unit_code = "347"', 'sender_unit_code = 347', "phải là chữ trong ngoặc kép"),
        ('sender_unit_code = "347"', 'period = "9999"', "không phải kỳ báo cáo"),
        ('responsible_body =', 'outcome =', "constants chỉ cho trường không có"),
        ("title =", "tittle =", r"«tittle» \(có phải «title»\?\)"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_rejected_with_a_suggestion(drafted: Path, before: str, after: str, message: str) -> None:
    text = drafted.read_text(encoding="utf-8")
    assert before in text
    drafted.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        load_profile(str(drafted))
    assert "«Hồ sơ ánh xạ» của docs/quan-tri.md" in caught.value.remedy


def test_the_guide_documents_exactly_what_the_loader_accepts(tmp_path: Path) -> None:
    section = GUIDE.read_text(encoding="utf-8").split("## Hồ sơ ánh xạ\n")[1].split("\n## ")[0]
    documented = re.findall(r"^\| `\[?([a-zT.]+)\]?` \|", section, re.MULTILINE)
    accepted = {"title", "cover", "sheets.T", *(f"sheets.T.{name}" for name in TABLES_OF_A_SHEET)}
    assert set(documented) == accepted
    assert {name.partition(".")[0] for name in accepted} == set(FIELDS_OF_A_PROFILE)
    (example,) = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    path = tmp_path / "vi-du.toml"
    path.write_text(example, encoding="utf-8")
    profile = profile_for(str(path), Given(period="2024Q3"), tmp_path / "given")
    assert profile is not None
    assert profile.cover == {"sender_unit_code": "347", "period": "2024Q3"}


def test_a_written_profile_loads_unchanged() -> None:
    tree = tomllib.loads((FOLDER / "boston311.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(written(tree)) == tree


@pytest.mark.parametrize(
    ("values", "decided", "is_open"),
    [
        (["05/09/2024", "31/12/2024"], "%d/%m/%Y", False),
        (["05/09/2024", "12/31/2024"], "%m/%d/%Y", False),
        (["05/09/2024", "06/09/2024"], None, True),
        (["05/05/2024", "06/06/2024"], "%d/%m/%Y", False),
        (["05-Sep-2024", "01-Oct-2024"], "%d-%b-%Y", False),
        (["07/01/2024 08:05:00 AM", "07/13/2024 01:05:00 PM"], "%m/%d/%Y %I:%M:%S %p", False),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_evidence(
    values: list[str], decided: str | None, *, is_open: bool
) -> None:
    form = date_form(values)
    assert form is not None
    assert (form.decided, len(form.formats) > 1) == (decided, is_open)


@pytest.mark.parametrize("values", [["2024-09-05"], ["2024-09-05T08:00:00.000"], ["2024-09-05 08:00"]])
def test_iso_needs_no_format(values: list[str]) -> None:
    form = date_form(values)
    assert form is not None
    assert form.is_iso
    assert date_form(["Closed", "Open"]) is None
