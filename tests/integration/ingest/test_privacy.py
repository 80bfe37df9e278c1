"""What citizens wrote, and who they are, stands where it may and nowhere else: searched for in every table and file."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from openpyxl import Workbook

import warehouse.home
import warehouse.settings
from ingest.checking.checked_feed import Verdict
from ingest.confirming import confirmable_in_feed, keep
from ingest.contract.load import landed_columns
from ingest.findings.confirmations import Speaker
from ingest.pipeline import land_paths
from sample_province.letters import Letters, written_in
from scripts.contract_words import seeds
from tests.integration.feed_files import COVER, DIALOGUE, petitions, write_feed
from tests.integration.homes import ask, home_with, land, published
from warehouse import dbt_run
from warehouse.build import build
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publish import current
from warehouse.state import Explanation, open_state

NOW = datetime(2024, 10, 5, 12)
WORDS = "xom-Kin-Tieng"
"""Stands in every text of a petition here; its letters are the same in all letters that the feeds use."""

PERSON = "Khuất Vô Danh"
NUMBER = "0912345678"
PASSPORT = "B1234567"
NAMED = "Người kiến nghị"
TEXT = normalize("NFD", f"Ông Bẩy, điện thoại {NUMBER},\nnêu chuyện của {WORDS}")


def feed(folder: Path) -> Path:
    """Thirty petitions with a text of two lines each, one of them with an error, one record with a cell too many, and
    a column with the petitioner's name, which goes on in a line of its own."""
    rows = petitions(30, summary=TEXT)
    rows[3]["outcome"] = "chưa rõ"
    write_feed(folder, petitions=[{**row, NAMED: PERSON} for row in rows])
    file = folder / "petitions.csv"
    columns = len(rows[0]) + 1
    alone = "," * (columns - 1) + PERSON
    ragged = ",".join(["P99", *[""] * (columns - 2), WORDS, PERSON])
    file.write_text(file.read_text(encoding="utf-8") + f"{alone}\n{ragged}\n", encoding="utf-8")
    return folder


def legacy_feed(folder: Path) -> Path:
    """Petitions of another sender whose texts are in letters of TCVN3."""
    text = written_in(f"Đề nghị sửa đường thôn, chuyện của {WORDS}", Letters.TCVN3)
    rows = petitions(12, summary=text, unit_code="13324")
    return write_feed(folder, cover=COVER | {"sender_unit_code": "349"}, dialogues=[], petitions=rows)


def named_feed(path: Path) -> Path:
    """A workbook of a third sender with columns of the people whose petitions it holds.

    It bears a number in its name, and each page in a title, in a header and in a line below the rows, one in its name.
    """
    own = {"unit_code": "13384"}
    cover = {"sender_unit_code": "350", "period": "2024Q3", "prepared_by": f"Trần Tư {NUMBER}"}
    rows = [{**row, "Hộ chiếu": PASSPORT, "Quê quán": PERSON} for row in petitions(12, **own)]
    more = [{**row, "petition_code": f"Q{row['petition_code']}"} for row in rows]
    pages = {"cover": [cover], "dialogues": [DIALOGUE | own], "petitions": rows, f"Số {NUMBER}": more}
    book = Workbook()
    for title, lines in pages.items():
        page = book.create_sheet(title)
        page.append([f"Mọi việc xin gọi {NUMBER}"])
        page.append([*lines[0], f"Hỏi {NUMBER}"])
        for each in lines:
            page.append([*each.values(), "x"])
        page.append([f"Người lập, số máy {NUMBER}"])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which all that was taken in, the readings confirmed, a flag explained and a snapshot published."""
    folder = tmp_path_factory.mktemp("privacy")
    home = warehouse.home.create(folder / "home")
    settings = warehouse.settings.load(home)
    named = named_feed(folder / f"n2 {NUMBER} nguyen@x.vn.xlsx")
    landings = land_paths([feed(folder / "feed"), legacy_feed(folder / "legacy"), named], home, settings, NOW)
    assert [each.verdict for each in landings] == ["accepted"] * 3
    confirmable = confirmable_in_feed(home, landings[1].feed_id)
    assert confirmable is not None
    reasons = {each.confirmation_key: f"Gọi {NUMBER} mà hỏi" for each in confirmable.waiting}
    keep(home, reasons, confirmable.waiting, Speaker("349", f"Lê Bình {NUMBER}", NOW))
    with open_state(home) as state:
        state.explain(Explanation("vanished|P1", f"Số máy {NUMBER}", f"Lê Bình ({NUMBER})", NOW))
    build(home=home, settings=settings, as_of=NOW, known_at=NOW, now=NOW + timedelta(days=1), sheets=landed_columns())
    return home


def columns_with(path: Path, text: str) -> set[str]:
    """Every column of a database, of any schema, in which `text` stands, as table.column."""
    with connect(path, read_only=True) as con:
        names = con.execute("select schema_name, table_name, column_name from duckdb_columns() where not internal")
        return {
            f"{schema}.{table}.{column}"
            for schema, table, column in names.fetchall()
            if con.execute(
                f'select 1 from "{schema}"."{table}" where contains(nfc_normalize("{column}"::varchar), ?) limit 1',
                [text],
            ).fetchone()
        }


def test_texts_of_petitions_are_published_in_one_column(home: Home) -> None:
    assert columns_with(current(home).path, WORDS) == {"main.fct_petitions.summary"}


def test_a_dropped_column_leaves_nothing_in_the_warehouse(home: Home) -> None:
    found = {name for name in columns_with(home.warehouse, PERSON) if name.startswith("raw.")}
    assert found == set()
    assert columns_with(current(home).path, PERSON) == set()


def test_numbers_of_persons_stand_nowhere(home: Home) -> None:
    for path in (home.warehouse, current(home).path):
        for said in (NUMBER, PASSPORT, "nguyen@x.vn"):
            assert columns_with(path, said) == set()


def test_the_name_of_a_file_and_of_those_who_say_something_stay_without_the_number(home: Home) -> None:
    phone, mail = "[số điện thoại đã che]", "[thư điện tử đã che]"
    with connect(home.warehouse, read_only=True) as con:
        ((file, prepared_by),) = con.execute(
            "select file_name, prepared_by from raw.feeds where sender_unit_code = '350'"
        ).fetchall()
    assert (file, prepared_by) == (f"n2 {phone} {mail}.xlsx", f"Trần Tư {phone}")
    with open_state(home) as state:
        assert {each.confirmed_by for each in state.confirmations("349").values()} == {f"Lê Bình {phone}"}
        assert [each.author for said in state.explanations().values() for each in said] == [f"Lê Bình ({phone})"]


def test_a_column_of_persons_in_a_workbook_is_told_as_such(home: Home) -> None:
    with connect(home.warehouse, read_only=True) as con:
        told = con.execute(
            "select distinct header from raw.findings join raw.feeds using (feed_id) "
            "where sender_unit_code = '350' and rule = 'personal_column' and sheet = 'petitions' order by all"
        ).fetchall()
    assert told == [("Hộ chiếu",), ("Quê quán",)]


def files_kept(home: Home) -> Iterator[Path]:
    """Every file of the home but those that hold feeds as received."""
    yield from (each for each in home.root.rglob("*") if each.is_file() and home.archive not in each.parents)


def test_what_people_said_is_kept_without_numbers_or_texts_of_petitions(home: Home) -> None:
    said = home.state.read_bytes().decode("utf-8", errors="replace")
    assert "mà hỏi" in said
    assert [word for word in (NUMBER, WORDS, PERSON) if word in said] == []


def test_only_the_archive_keeps_files_as_received(home: Home) -> None:
    telling = {
        each.name
        for each in files_kept(home)
        if PERSON.encode() in each.read_bytes() or NUMBER.encode() in each.read_bytes()
    }
    assert telling == set()
    assert {each.stat().st_mode & 0o077 for each in home.archive.iterdir()} == {0}


@pytest.mark.slow
def test_a_new_sensitive_column_is_published_nowhere(
    tmp_path: Path, other_contracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs no SQL: rows landed and kept out, changes, repairs and findings leave out what a contract says."""
    path = other_contracts / "petitions.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    column = {"name": "view_held", "businessName": "Quan điểm", "logicalType": "string", "physicalType": "free_text"}
    tree["schema"][0]["properties"].append({**column, "classification": "sensitive"})
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    project = shutil.copytree(dbt_run.PROJECT, tmp_path / "project", ignore=shutil.ignore_patterns("target", "logs"))
    for name, text in seeds().items():
        (project / "seeds" / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(dbt_run, "PROJECT", project)
    before, after = (
        [{**row, "view_held": f"{told} {WORDS}"} for row in petitions(30)] for told in ("Tô\u0301t", "Xấu")
    )
    after[3] |= {"outcome": "chưa rõ"}
    after[4] |= {"view_held": f"{WORDS} #N/A ????? {WORDS}"}
    home = home_with(tmp_path / "home", write_feed(tmp_path / "a", petitions=before), NOW)
    assert land(home, write_feed(tmp_path / "b", petitions=after), NOW) is Verdict.ACCEPTED
    published(home, as_of=NOW, known_at=NOW, now=NOW)
    held = {name for name in columns_with(home.warehouse, WORDS) if name.startswith("raw.")}
    assert held >= {"raw.petitions.view_held", "raw.petitions.received", "raw.quarantine.received"}
    assert columns_with(current(home).path, WORDS) == set()
    assert ask(home, "select count(*) from received_rows where row_status = 'quarantined'") == [(1,)]
