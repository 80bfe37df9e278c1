"""Old feeds under new contracts: `recheck` shows the changes and writes nothing; only `land_again` lands feeds."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

import warehouse.home
import warehouse.settings
from doithoai import cli
from ingest.checking.checked_feed import Verdict
from ingest.mapping.profiles import defaults_of
from ingest.model.findings import Standing
from ingest.pipeline import land_paths
from ingest.recheck import Rechecked, land_again, recheck
from tests.integration.feed_files import COVER, DIALOGUE, PETITION, petitions, write_feed
from warehouse.connection import connect
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.state import Alias, open_state

NOW = datetime(2024, 10, 5, 12)
BOSTON = Path(__file__).parents[2] / "fixtures" / "boston311" / "boston311_2015_sample.csv.gz"
LATER = NOW + timedelta(days=400)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fixed clock for the verbs."""
    monkeypatch.setattr("doithoai.surroundings.now", lambda _zone: LATER)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a feed in a folder, a single CSV of another period, a superseded version and an unknown word."""
    made = warehouse.home.create(tmp_path / "home")
    rows = [*petitions(15), {**PETITION, "petition_code": "P77", "outcome": "Đã GQ"}]
    first = write_feed(tmp_path / "old", petitions=petitions(1))
    second = write_feed(tmp_path / "third-quarter", petitions=rows)
    other = write_feed(
        tmp_path / "second-quarter",
        cover=COVER | {"period": "2024Q2"},
        dialogues=[DIALOGUE | {"dialogue_code": "D0", "held_on": "2024-05-01", "conclusion_on": "2024-05-05"}],
        petitions=[{**PETITION, "petition_code": "P0", "received_on": "2024-05-01", "settled_on": "2024-06-01"}],
    )
    land_paths([first, second, other], made, warehouse.settings.load(made), NOW)
    return made


def add_alias(home: Home) -> None:
    """Store the meaning of the unknown word, after the feed has landed."""
    with open_state(home) as state:
        state.remember([Alias("347", "petitions", "outcome", "Đã GQ", "resolved", "Bình", LATER)])


def rechecked(home: Home) -> dict[str, Rechecked]:
    return {each.landed.feed_id: each for each in recheck(home, warehouse.settings.load(home), lambda _: None)}


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with connect(home.warehouse, read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_same_rules_change_nothing(home: Home) -> None:
    found = rechecked(home)
    assert found.keys() == {"347-2024Q3-v2", "347-2024Q2-v1"}, "only those in force"
    assert [each.would_change for each in found.values()] == [False, False]
    assert land_again(home, warehouse.settings.load(home), LATER, lambda _: None) == []


def test_changes_by_an_alias_are_shown_and_not_written(home: Home) -> None:
    before = rows(home, "from raw.feeds")
    add_alias(home)
    found = rechecked(home)
    assert {name: each.would_change for name, each in found.items()} == {
        "347-2024Q3-v2": True,
        "347-2024Q2-v1": False,
    }
    checked = found["347-2024Q3-v2"].checked
    assert (checked.verdict, checked.rows_landed, checked.rows_quarantined) == (Verdict.ACCEPTED, 17, 0)
    assert [(each.rule, each.row_key) for each in checked.fixed] == [("unknown_choice", "P77")]
    assert checked.changes is not None
    assert [(it["row_key"], it["change"]) for it in checked.changes.rows.to_pylist()] == [("P77", "added")]
    assert rows(home, "from raw.feeds") == before


def test_a_feed_rejected_today_stays_as_landed(home: Home, other_contracts: Path) -> None:
    path = other_contracts / "petitions.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    (outcome,) = (it for it in tree["schema"][0]["properties"] if it["name"] == "outcome")
    outcome["enum"] = outcome["enum"][1:]
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    found = rechecked(home)
    assert {each.checked.verdict for each in found.values()} == {Verdict.REJECTED}
    assert [it.rule for it in found["347-2024Q2-v1"].checked.findings if it.standing is Standing.NEW] == [
        "unknown_choice",
        "too_many_errors",
    ]
    assert land_again(home, warehouse.settings.load(home), LATER, lambda _: None) == []
    assert rows(home, "select count(*), max(version) from raw.feeds") == [(3, 2)]


def test_values_with_another_reading_are_shown_before_and_after(home: Home, other_contracts: Path) -> None:
    path = other_contracts / "petitions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("property: edge, value: end", "property: edge, value: start", 1), encoding="utf-8")
    quarter = rechecked(home)["347-2024Q2-v1"]
    assert quarter.would_change
    assert quarter.checked.changes is not None
    (line,) = quarter.checked.changes.rows.to_pylist()
    assert (line["row_key"], line["field"], line["before"], line["after"], line["cell"]) == (
        "P0",
        "due_on",
        "2024-08-21 23:59:59.999999",
        "2024-08-21 00:00:00",
        "petitions!G2",
    )


def test_landing_again_keeps_the_earlier_state_of_knowledge(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    add_alias(home)
    assert cli.exit_code(["ingest", "--all-archived", "--json", "--home", str(home.root)]) == 0
    (landed,) = json.loads(capsys.readouterr().out)
    assert (landed["feed_id"], landed["rows"], landed["quarantined"]) == ("347-2024Q3-v3", 17, 0)
    versions = "select feed_id, version, received_at, rows_landed, sha256, archive_name from raw.feeds "
    old, new = rows(home, versions + "where feed_id in ('347-2024Q3-v2', '347-2024Q3-v3') order by version")
    assert (old[2], new[2]) == (NOW, LATER)
    assert (old[3], new[3]) == (16, 17)
    assert old[4:] == new[4:], "the same bytes, archived once"
    assert rows(home, "select previous_feed_id, row_key, change from raw.changes where feed_id = '347-2024Q3-v3'") == [
        ("347-2024Q3-v2", "P77", "added")
    ]
    assert rows(home, "select count(*) from raw.petitions where feed_id = '347-2024Q3-v2'") == [(15,)]
    assert len(list(home.archive.glob("*.zip"))) == 3
    assert [each.would_change for each in rechecked(home).values()] == [False, False], "one landing is enough"


def test_the_command_line_shows_what_would_change(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    add_alias(home)
    assert cli.exit_code(["check", "--all-archived", "--home", str(home.root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "347-2024Q3-v2 (third-quarter): 16 dòng nhận, 1 dòng giữ lại → 17 và 0." in said
    assert "1 trong 2 tệp đang dùng sẽ đổi khác" in said
    assert "unknown_choice 0 1 1" in said[: said.index("347-2024Q3-v2 (third-quarter)")]
    assert cli.exit_code(["check", "--all-archived", "--json", "--home", str(home.root)]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = answer["feeds"]
    assert answer["summary"] == {
        "by_rule": [{"rule": "unknown_choice", "new": 0, "gone": 1, "feeds": 1}],
        "by_sender": [
            {
                "sender": "347",
                "name": "Thành phố Phủ Lý",
                "feeds": 1,
                "rows_before": 16,
                "rows": 17,
                "quarantined_before": 1,
                "quarantined": 0,
            }
        ],
    }
    assert [(it["feed_id"], it["would_change"], it["before"]) for it in found] == [
        ("347-2024Q3-v2", True, {"rows": 16, "quarantined": 1}),
        ("347-2024Q2-v1", False, {"rows": 2, "quarantined": 0}),
    ]
    assert cli.exit_code(["check", "x.xlsx", "--all-archived", "--home", str(home.root)]) == 2


def quarter_with_unknown_word(unknown: str, tmp_path: Path, name: str) -> Path:
    """A feed in which every petition has an unknown outcome."""
    return write_feed(tmp_path / name, petitions=petitions(2, outcome=unknown))


@pytest.fixture
def rejected(tmp_path: Path) -> Home:
    """A home with a feed rejected for one word, and a rejected feed of another sender followed by an accepted one."""
    made = warehouse.home.create(tmp_path / "rejected")
    settings = warehouse.settings.load(made)
    other = COVER | {"sender_unit_code": "349"}
    own = {"unit_code": "13324"}
    wrong = write_feed(
        tmp_path / "wrong", cover=other, dialogues=[DIALOGUE | own], petitions=petitions(1, outcome="Đã GQ", **own)
    )
    right = write_feed(tmp_path / "right", cover=other, dialogues=[DIALOGUE | own], petitions=petitions(1, **own))
    land_paths([quarter_with_unknown_word("Đã GQ", tmp_path, "first"), wrong], made, settings, NOW)
    land_paths([quarter_with_unknown_word("Đã GQ", tmp_path, "first"), right], made, settings, NOW + timedelta(days=1))
    assert rows(made, "select status, count(*) from raw.feeds group by all order by all") == [
        ("accepted", 1),
        ("rejected", 2),
    ]
    with open_state(made) as state:
        state.remember([Alias("349", "petitions", "outcome", "Đã GQ", "resolved", "Bình", LATER)])
    return made


def test_a_feed_still_rejected_is_not_listed(rejected: Home) -> None:
    assert list(rechecked(rejected)) == ["349-2024Q3-v1"]


def test_a_rejected_feed_that_would_be_accepted_is_shown(rejected: Home, capsys: pytest.CaptureFixture[str]) -> None:
    add_alias(rejected)
    found = [each for each in rechecked(rejected).values() if each.landed.was_rejected]
    assert [(each.landed.file_name, each.would_change, each.checked.rows_landed) for each in found] == [
        ("first", True, 3)
    ], "not the one that its sender replaced"
    assert cli.exit_code(["check", "--all-archived", "--home", str(rejected.root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "(first): bị từ chối ngày 05/10/2024, nay sẽ được nhận: 3 dòng nhận, 0 dòng giữ lại." in said
    assert "Cả 1 tệp đang dùng đều đọc như cũ" in said
    assert "1 tệp từng bị từ chối nay sẽ được nhận" in said
    assert rows(rejected, "select count(*) from raw.feeds where status = 'accepted'") == [(1,)], "shown only"


def test_a_rejected_feed_lands_once_on_request(rejected: Home, capsys: pytest.CaptureFixture[str]) -> None:
    add_alias(rejected)
    assert cli.exit_code(["ingest", "--all-archived", "--json", "--home", str(rejected.root)]) == 0
    (landed,) = json.loads(capsys.readouterr().out)
    assert (landed["feed_id"], landed["file"], landed["rows"]) == ("347-2024Q3-v1", "first", 3)
    assert rows(rejected, "select received_at from raw.feeds where feed_id = '347-2024Q3-v1'") == [(LATER,)]
    assert land_again(rejected, warehouse.settings.load(rejected), LATER, lambda _: None) == []
    assert len(list(rejected.archive.iterdir())) == 3


def test_a_rejected_feed_without_bytes_does_not_stop_the_others(rejected: Home) -> None:
    add_alias(rejected)
    ((name,),) = rows(rejected, "select archive_name from raw.feeds where file_name = 'first'")
    (rejected.archive / str(name)).unlink()
    assert list(rechecked(rejected)) == ["349-2024Q3-v1"]


def test_a_row_with_a_new_error_is_shown_with_the_rule(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_feed(
        tmp_path / "fields", petitions=[*petitions(15), {**PETITION, "petition_code": "P77", "field": "urban"}]
    )
    land_paths([source], home, warehouse.settings.load(home), NOW)
    lookup = home.lookups / "fields.csv"
    lines = lookup.read_text(encoding="utf-8").splitlines(keepends=True)
    lookup.write_text("".join(each for each in lines if not each.startswith("urban,")), encoding="utf-8")
    assert cli.exit_code(["check", "--all-archived", "--home", str(home.root)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "P77 [nay có lỗi] Lĩnh vực «urban» không có" in said


def test_a_changed_archived_file_stops_the_recheck(home: Home) -> None:
    for path in home.archive.glob("*.zip"):
        path.write_bytes(b"other bytes")
    with pytest.raises(UsageError, match="không còn nguyên vẹn"):
        rechecked(home)


def test_a_province_profile_is_stored_with_its_feed(tmp_path: Path) -> None:
    home = warehouse.home.create(tmp_path / "home")
    settings = warehouse.settings.load(home)
    own = tmp_path / "own.toml"
    own.write_text(
        'title = "Tệp của huyện"\n[cover]\nsender_unit_code = "347"\nperiod = "2024Q3"\n'
        '[sheets.petitions.columns]\npetition_code = "Số"\nunit_code = "Nơi nhận"\nreceived_on = "Nhận"\n'
        'field = "Loại"\noutcome = "Kết quả"\nsettled_on = "Xong"\n'
        '[sheets.petitions.values.outcome]\n"x" = "resolved"\n',
        encoding="utf-8",
    )
    source = tmp_path / "export.csv"
    source.write_text("Số,Nơi nhận,Nhận,Loại,Kết quả,Xong\nP1,13285,2024-08-01,land,x,2024-08-10\n", encoding="utf-8")
    land_paths([source], home, settings, NOW, profile=str(own))
    own.unlink()
    (found,) = recheck(home, settings, lambda _: None)
    assert (found.checked.verdict, found.checked.rows_landed, found.would_change) == (Verdict.ACCEPTED, 1, False)


def test_an_export_is_read_again_with_its_profile(tmp_path: Path) -> None:
    home = warehouse.home.create(tmp_path / "boston", defaults_of("boston311"))
    settings = warehouse.settings.load(home)
    land_paths([BOSTON], home, settings, datetime(2016, 1, 12, 23), profile="boston311")
    (found,) = recheck(home, settings, lambda _: None)
    assert (found.landed.profile, found.checked.verdict, found.checked.rows_landed) == (
        "boston311",
        Verdict.ACCEPTED,
        11986,
    )
    assert not found.would_change
