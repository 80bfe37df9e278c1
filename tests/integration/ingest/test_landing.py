"""Landing: one transaction per feed, known bytes, versions, rejections, and a process killed at any step."""

import gzip
import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import ingest.landing.land
import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.landing.land import ACCEPTED_STEPS, Landing
from ingest.mapping.profiles import FOLDER, defaults_of
from ingest.pipeline import check_paths, land_paths
from tests.integration.feed_files import COVER, DECISION, PETITION, TENURE, petitions, write_feed
from warehouse.connection import connect
from warehouse.home import Home

NOW = datetime(2024, 10, 5, 12)
TABLES = (
    "feeds",
    "dialogues",
    "petitions",
    "tenures",
    "feed_columns",
    "quarantine",
    "findings",
    "repairs",
    "set_aside",
    "changes",
)
STEPS = [step.__name__ for step in ACCEPTED_STEPS]
BOSTON = Path(__file__).parents[2] / "fixtures" / "boston311" / "boston311_2015_sample.csv.gz"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return warehouse.home.create(tmp_path / "home")


def landed(home: Home, *sources: Path, now: datetime = NOW) -> list[Landing]:
    return land_paths(sources, home, warehouse.settings.load(home), now)


def counts(home: Home) -> dict[str, int]:
    with connect(home.warehouse, read_only=True) as con:
        return {name: con.execute(f"select count(*) from raw.{name}").fetchall()[0][0] for name in TABLES}


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with connect(home.warehouse, read_only=True) as con:
        return con.execute(query).fetchall()


def test_a_feed_lands_with_its_lineage(home: Home, tmp_path: Path) -> None:
    bad = PETITION | {"petition_code": "P10", "outcome": "x"}
    (landing,) = landed(home, write_feed(tmp_path / "f", petitions=[*petitions(9, received_on="01/08/2024"), bad]))
    assert (landing.verdict, landing.feed_id) == (Verdict.ACCEPTED, "347-2024Q3-v1")
    assert (landing.rows_landed, landing.rows_quarantined) == (10, 1)
    first = rows(
        home,
        "select sheet, row_number, received_on, due_on, received.received_on, responsible_unit_code, "
        "responsible_body from raw.petitions order by row_number limit 1",
    )
    assert first == [
        (
            "petitions",
            2,
            datetime(2024, 8, 1),
            datetime(2024, 8, 21, 23, 59, 59, 999999),
            "01/08/2024",
            "13285",
            "government",
        )
    ]
    assert rows(home, "select row_number, rules, received::json ->> 'outcome' from raw.quarantine") == [
        (11, "unknown_choice", "x")
    ]
    assert rows(home, "select field, received, read, repair, cells, first_row from raw.repairs") == [
        ("received_on", "01/08/2024", "2024-08-01", "date_text", 9, 2)
    ]
    (archive,) = rows(home, "select archive_name, sha256 || '.zip' from raw.feeds")
    assert archive[0] == archive[1]
    assert (home.archive / str(archive[0])).stat().st_mode & 0o777 == 0o600


def test_landing_the_same_bytes_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    source = write_feed(tmp_path / "f")
    landed(home, source)
    before = counts(home)
    (again,) = landed(home, source, now=datetime(2024, 10, 6))
    assert (again.verdict, again.feed_id) == (Verdict.ALREADY_LANDED, "347-2024Q3-v1")
    assert counts(home) == before


def test_other_bytes_for_the_same_period_are_a_new_version(home: Home, tmp_path: Path) -> None:
    first, second = write_feed(tmp_path / "a"), write_feed(tmp_path / "b", petitions=petitions(2))
    assert [each.feed_id for each in landed(home, first, second)] == ["347-2024Q3-v1", "347-2024Q3-v2"]
    assert rows(home, "select feed_id, count(*) from raw.petitions group by all order by all") == [
        ("347-2024Q3-v1", 1),
        ("347-2024Q3-v2", 2),
    ]


def test_a_rejected_feed_stores_only_its_record_and_findings(home: Home, tmp_path: Path) -> None:
    source = write_feed(tmp_path / "f", cover=COVER | {"sender_unit_code": "999"})
    (landing,) = landed(home, source)
    assert landing.verdict is Verdict.REJECTED
    assert landing.feed_id.startswith("rejected-")
    there = {name for name, count in counts(home).items() if count}
    assert there == {"feeds", "findings"}
    landed(home, source)
    assert counts(home)["feeds"] == 1, "the same rejection is recorded once"


def test_the_bytes_of_a_rejected_feed_are_archived_privately(home: Home, tmp_path: Path) -> None:
    landed(home, write_feed(tmp_path / "f", cover=COVER | {"sender_unit_code": "999"}))
    ((name, sha256),) = rows(home, "select archive_name, sha256 from raw.feeds where status = 'rejected'")
    assert [each.name for each in home.archive.iterdir()] == [name] == [f"{sha256}.zip"]
    assert (home.archive / str(name)).stat().st_mode & 0o777 == 0o600


def test_an_earlier_rejection_without_bytes_is_recorded_again_with_them(home: Home, tmp_path: Path) -> None:
    source = write_feed(tmp_path / "f", cover=COVER | {"sender_unit_code": "999"})
    landed(home, source)
    with connect(home.warehouse) as con:
        con.execute("update raw.feeds set archive_name = null")
    landed(home, source)
    assert rows(home, "select archive_name is null from raw.feeds order by feed_id") == [(True,), (False,)]


def test_files_that_cannot_be_archived_are_rejected_without_bytes(home: Home, tmp_path: Path) -> None:
    """They are an empty file, an endless pipe, a missing file and one above the limit; an empty folder is no feed."""
    settings = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(settings.replace("max_file_mb = 50", "max_file_mb = 1"), encoding="utf-8")
    names = ("empty.xlsx", "pipe.csv", "gone.csv", "folder", "large.csv")
    empty, pipe, gone, folder, large = (tmp_path / name for name in names)
    empty.touch()
    os.mkfifo(pipe)
    folder.mkdir()
    large.write_bytes(b"x" * (1 << 20) + b"x")
    found = [landed(home, each)[0] for each in (empty, pipe, gone, large)]
    assert {each.verdict for each in found} == {Verdict.REJECTED}
    assert landed(home, folder) == []
    assert list(home.archive.iterdir()) == []
    assert rows(home, "select distinct archive_name from raw.feeds") == [(None,)]


def test_the_suffix_of_an_archived_file_contains_no_personal_data(home: Home, tmp_path: Path) -> None:
    source = tmp_path / "ho so.0912345678"
    source.write_bytes(b"not a feed, but kept")
    landed(home, source)
    ((name,),) = rows(home, "select archive_name from raw.feeds")
    assert "." not in str(name)


def test_check_reports_what_ingest_does_and_changes_nothing(home: Home, tmp_path: Path) -> None:
    source = write_feed(tmp_path / "f", petitions=petitions(2, due_on=""))
    (checked,) = check_paths([source], home, warehouse.settings.load(home), NOW)
    assert not home.warehouse.exists()
    (landing,) = landed(home, source)
    assert (checked.verdict, checked.findings) == (landing.verdict, landing.findings)
    assert [(each.rule, each.count) for each in checked.findings] == [("due_missing", 2)]


def test_check_knows_earlier_feeds_as_ingest_does(home: Home, tmp_path: Path) -> None:
    """The leader of a decision and the dialogue of a petition are listed in a feed of an earlier period."""
    earlier = COVER | {"period": "2024Q2"}
    landed(home, write_feed(tmp_path / "q2", cover=earlier, petitions=[], tenures=[TENURE]))
    decided = {**DECISION, "leader_code": TENURE["leader_code"]}
    source = write_feed(tmp_path / "q3", petitions=petitions(2, dialogue_code="D1"), dialogues=[], decisions=[decided])
    (checked,) = check_paths([source], home, warehouse.settings.load(home), NOW)
    (landing,) = landed(home, source)
    assert checked.findings == landing.findings == ()


def test_the_same_bytes_with_another_profile_are_another_version(tmp_path: Path) -> None:
    home = warehouse.home.create(tmp_path / "boston", defaults_of("boston311"))
    settings, as_of = warehouse.settings.load(home), datetime(2016, 1, 12, 23)
    own = tmp_path / "own.toml"
    shipped = (FOLDER / "boston311.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace('"Open" = "in_progress"', '"Open" = "not_started"'), encoding="utf-8")
    source = tmp_path / "few.csv"
    with gzip.open(BOSTON, "rt", encoding="utf-8") as lines:
        source.write_text("".join(line for _, line in zip(range(200), lines, strict=False)), encoding="utf-8")
    read = [
        land_paths([source], home, settings, as_of, profile=it)[0].verdict for it in ("boston311", str(own), str(own))
    ]
    assert read == [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.ALREADY_LANDED]
    query = "select distinct version, outcome from raw.feeds join raw.petitions using (feed_id) order by all"
    assert set(rows(home, query)) == {
        (1, "in_progress"),
        (1, "resolved"),
        (2, "not_started"),
        (2, "resolved"),
    }


def test_partial_copies_in_the_archive_are_removed(home: Home, tmp_path: Path) -> None:
    left = home.archive / ".abc.xlsx.tmp"
    left.write_bytes(b"half a feed")
    landed(home, write_feed(tmp_path / "f"))
    assert [each.suffix for each in home.archive.iterdir()] == [".zip"]


def _killed_at(step: str, before: bool, home: Home, source: Path) -> None:
    """In a child process, land `source` and be killed before or after `step`."""

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def killed(*arguments: object) -> Any:
            result = None if before else real(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)
            return result

        return killed

    if step in STEPS:
        ingest.landing.land.ACCEPTED_STEPS = tuple(wrapped(it) if it.__name__ == step else it for it in ACCEPTED_STEPS)
    else:
        setattr(ingest.landing.land, step, wrapped(getattr(ingest.landing.land, step)))
    landed(home, source)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("step", ["archive_bytes", "write_rows", STEPS[-1], "commit"])
def test_a_killed_landing_is_complete_or_absent(home: Home, tmp_path: Path, step: str, before: bool) -> None:
    source = write_feed(tmp_path / "f", petitions=petitions(3))
    child = multiprocessing.get_context("spawn").Process(target=_killed_at, args=(step, before, home, source))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    whole = step == "commit" and not before
    after_kill = counts(home)
    assert (after_kill["feeds"], after_kill["petitions"]) == ((1, 3) if whole else (0, 0))
    (again,) = landed(home, source)
    assert again.verdict is (Verdict.ALREADY_LANDED if whole else Verdict.ACCEPTED)
    assert (counts(home)["feeds"], counts(home)["petitions"]) == (1, 3)
    assert [path.suffix for path in home.archive.iterdir() if not path.name.startswith(".")] == [".zip"]


def test_boston_lands_with_its_profile(tmp_path: Path) -> None:
    home = warehouse.home.create(tmp_path / "home", defaults_of("boston311"))
    as_of = datetime(2016, 1, 12, 23)
    (landing,) = land_paths([BOSTON], home, warehouse.settings.load(home), as_of, profile="boston311")
    assert (landing.verdict, landing.rows_landed, landing.rows_quarantined) == (Verdict.ACCEPTED, 11986, 14)
    assert rows(home, "select distinct rules from raw.quarantine") == [("settled_before_received",)]
    assert _agreement(home, as_of) == (9297, 9297)


def _agreement(home: Home, as_of: datetime) -> tuple[int, int]:
    """Count the landed rows with a target and a flag (9,300 less 3 quarantined), and those whose timeliness agrees."""
    with connect(home.warehouse, read_only=True) as con:
        ((flagged, agreed),) = con.execute(
            "select count(*), count(*) filter "
            "(where (coalesce(p.settled_on, ?) <= p.due_on) = (f.OnTime_Status = 'ONTIME')) "
            "from raw.petitions as p join read_csv(?, all_varchar = true) as f on f.CASE_ENQUIRY_ID = p.petition_code "
            "where p.due_on is not null and f.OnTime_Status is not null",
            [as_of, str(BOSTON)],
        ).fetchall()
    return flagged, agreed


def test_a_lost_lock_file_is_no_feed(tmp_path: Path) -> None:
    from ingest.reading.sources import feed_sources

    write_feed(tmp_path / "inbox" / "folder")
    for name in ("a.xlsx", "~$a.xlsx", ".hidden.csv", "note.md"):
        (tmp_path / "inbox" / name).write_bytes(b"")
    assert [path.name for path in feed_sources([tmp_path / "inbox"])] == ["a.xlsx", "folder"]
