"""Texts of petitions and personal data exist only where they are allowed: every table and file is searched."""

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
from sample_province.letters import Letters, encoded
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
"""Part of every petition text here; its letters are the same in all encodings that the feeds use."""

PERSON = "Khuất Vô Danh"
NUMBER = "0912345678"
PASSPORT = "B1234567"
NAMED = "Người kiến nghị"
TEXT = normalize("NFD", f"Ông Bẩy, điện thoại {NUMBER},\nnêu chuyện của {WORDS}")


def feed(folder: Path) -> Path:
    """Thirty petitions with two-line texts and petitioners' names, one with an error; one record with an extra cell.

    One name is alone on its line.
    """
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
    """Petitions of another sender with texts in TCVN3."""
    text = encoded(f"Đề nghị sửa đường thôn, chuyện của {WORDS}", Letters.TCVN3)
    rows = petitions(12, summary=text, unit_code="13324")
    return write_feed(folder, cover=COVER | {"sender_unit_code": "349"}, dialogues=[], petitions=rows)


def named_feed(path: Path) -> Path:
    """A workbook of a third sender with columns of petitioners' names.

    Its file name has a personal number, as has each sheet in a title, in a header and below the rows, and one in its
    name.
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
    """A home with the landed feeds, confirmed readings, an explained flag and a snapshot."""
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
    """Every column of a database that contains `text`, as table.column, in any schema."""
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


def test_personal_numbers_are_stored_nowhere(home: Home) -> None:
    for path in (home.warehouse, current(home).path):
        for said in (NUMBER, PASSPORT, "nguyen@x.vn"):
            assert columns_with(path, said) == set()


def test_names_of_files_and_senders_are_kept_without_numbers(home: Home) -> None:
    phone, mail = "[số điện thoại đã che]", "[thư điện tử đã che]"
    with connect(home.warehouse, read_only=True) as con:
        ((file, prepared_by),) = con.execute(
            "select file_name, prepared_by from raw.feeds where sender_unit_code = '350'"
        ).fetchall()
    assert (file, prepared_by) == (f"n2 {phone} {mail}.xlsx", f"Trần Tư {phone}")
    with open_state(home) as state:
        assert {each.confirmed_by for each in state.confirmations("349").values()} == {f"Lê Bình {phone}"}
        assert [each.author for said in state.explanations().values() for each in said] == [f"Lê Bình ({phone})"]


def test_a_personal_column_of_a_workbook_is_reported(home: Home) -> None:
    with connect(home.warehouse, read_only=True) as con:
        findings = con.execute(
            "select distinct header from raw.findings join raw.feeds using (feed_id) "
            "where sender_unit_code = '350' and rule = 'personal_column' and sheet = 'petitions' order by all"
        ).fetchall()
    assert findings == [("Hộ chiếu",), ("Quê quán",)]


def other_files(home: Home) -> Iterator[Path]:
    """The files of the home except those with feeds as received."""
    yield from (each for each in home.root.rglob("*") if each.is_file() and home.archive not in each.parents)


def test_stored_statements_have_no_numbers_or_texts_of_petitions(home: Home) -> None:
    said = home.state.read_bytes().decode("utf-8", errors="replace")
    assert "mà hỏi" in said
    assert [word for word in (NUMBER, WORDS, PERSON) if word in said] == []


def test_only_the_archive_has_files_as_received(home: Home) -> None:
    telling = {
        each.name
        for each in other_files(home)
        if PERSON.encode() in each.read_bytes() or NUMBER.encode() in each.read_bytes()
    }
    assert telling == set()
    assert {each.stat().st_mode & 0o077 for each in home.archive.iterdir()} == {0}


@pytest.mark.slow
def test_a_new_sensitive_column_is_published_nowhere(
    tmp_path: Path, other_contracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs no SQL: landed and quarantined rows, changes, repairs and findings omit what a contract marks."""
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
