"""Whatever a sender writes is text everywhere: on pages, in charts and tooltips, in workbooks, on the terminal.

One small home is filled through the command line with hostile texts in every place that a sender controls.
"""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Page

from dashboard.pages import ADDRESSES
from tests.hostile_texts import ALL, CODE, CONTROLS, FORMULAS, HOST, HTML, MARKDOWN, MARKER, controls_in
from tests.integration.feed_files import COVER, DECISION, DIALOGUE, PETITION, PRACTICE, TENURE, TRAINING
from warehouse.exports import SAFE_OPTIONS
from warehouse.home import Home

from .conftest import DESKTOP, Visit, served, visiting

pytestmark = pytest.mark.browser

BIDI = CONTROLS[0]
FILE = f"<img src=x onerror=window.{MARKER}=1> ![a](https:⁄⁄{HOST}) :red[x] $x$ \u202egnp.xlsx"
"""A file name with a mark of direction, markup, and no character that a file system forbids."""
SHEET = "<b>x<i>y $x$ \u202elmth"
PLENTY = 300
"""Enough good rows that the bad ones do not reject the feed."""
UNIT = f'Phủ Lý <img src=//{HOST}/u onerror=window.{MARKER}=1> ![a](//{HOST}/m) $x$ datum["x"]'
_MARKUP = f"""
() => [...document.querySelectorAll([
  '[src*="{HOST}"]', '[href^="//{HOST}"]', '[href^="http"][href*="//{HOST}"]', '[href^="javascript"]',
  '[onerror]', '[onload]', '[onmouseover]', '.katex', '.main iframe'
].join())].map(each => each.outerHTML.slice(0, 200))
"""


_WITHOUT_OWN_NAME = "document.querySelectorAll('[data-testid=stFileChipName]').forEach(e => e.textContent = '')"
"""Streamlit shows the uploader the name of the own file as it is, alone in its element."""


@dataclass(frozen=True)
class Case:
    """A home with the feed of hostile texts, and the file as sent."""

    home: Home
    file: Path

    def run(self, verb: str, *arguments: str, code: int = 0) -> str:
        """The standard output of a verb of the command line, in the clear."""
        command = [sys.executable, "-X", "utf8", "-m", "doithoai", verb, *arguments, "--home", str(self.home.root)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=os.environ, check=False)
        assert done.returncode == code, done.stderr
        assert controls_in(done.stdout + done.stderr) == set()
        return done.stdout


def sheets() -> dict[str, list[dict[str, str]]]:
    """The rows of each sheet: all texts as summaries, the others spread over the sheets."""
    codes = [text for text in ALL if text not in FORMULAS]
    petitions = [{**PETITION, "petition_code": f"K{number}", "summary": ""} for number in range(PLENTY)]
    for number, text in enumerate(ALL):
        petitions[number] |= {"summary": text}
    for number, text in enumerate(codes, start=len(ALL)):
        petitions[number] |= {"petition_code": f"{text} {number}", "result_no": text}
    petitions[0] |= {"petition_code": "ALL", "summary": "\n".join(ALL), f"Cột {HTML[1]} {BIDI}": MARKDOWN[0]}
    petitions[-1] |= {"field": f"{HTML[1]} {BIDI}"}
    petitions[-2] |= {"received_on": f"{MARKDOWN[0]} {BIDI}"}
    petitions[-3] |= {"petition_code": FORMULAS[0]}
    dialogues = [
        {**DIALOGUE, "dialogue_code": f"{text} {number}", "chair_name": text, "note": text, "notice_on": "2024-08-03"}
        for number, text in enumerate(codes)
    ]
    tenures = [
        {**TENURE, "leader_code": f"L{number} {text}", "full_name": text, "post": text, "unit_code": unit,
         "body": "party" if number % 2 else "government"}
        for number, (text, unit) in enumerate(
            zip((HTML[0], HTML[1], MARKDOWN[0], CODE[0], CODE[5], BIDI),
                ("347", "347", "13285", "13285", "13291", "13291"), strict=True))
    ]  # fmt: skip
    return {
        "Thông tin": [{**COVER, "prepared_by": f"{HTML[1]} {BIDI}", "approved_by": MARKDOWN[0]}],
        "Hội nghị": dialogues,
        "Kiến nghị": petitions,
        "Nhiệm kỳ": tenures,
        "Tập huấn": [{**TRAINING, "training_code": f"T{at} {each}", "topic": each} for at, each in enumerate(codes)],
        "Khen thưởng": [{**DECISION, "decision_no": f"Q{at} {each}", "form": each, "reason": each}
                        for at, each in enumerate(codes)],
        "Cách làm hay": [{**PRACTICE, "practice_code": f"C{at} {each}", "title": each, "summary": each}
                         for at, each in enumerate(codes)],
        SHEET: [{f"{HTML[0]}": BIDI}],
    }  # fmt: skip


def write(path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {**SAFE_OPTIONS}) as book:
        for name, rows in sheets().items():
            page = book.add_worksheet(name)
            header = list(dict.fromkeys(field for row in rows for field in row))
            for at, row in enumerate([dict(zip(header, header, strict=True)), *rows]):
                for column, field in enumerate(header):
                    page.write_string(at, column, row.get(field, ""))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A home in which the feed has landed, with a reason and a name that are hostile too, built and published."""
    folder = tmp_path_factory.mktemp("hostile")
    made = Case(Home(folder / "home"), folder / FILE)
    write(made.file)
    made.run("init")
    rename_unit(made.home)
    made.run("ingest", str(made.file))
    made.run("confirm", "347-2024Q3-v1", "--reason", f"{HTML[1]} {MARKDOWN[0]} {BIDI}", "--by", f"{HTML[0]} {BIDI}")
    made.run("build", "--as-of", "2024-09-30")
    return made


def rename_unit(home: Home) -> None:
    path = home.root / "lookups" / "units.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        if row["unit_code"] == "347":
            row["unit_name"] = UNIT
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)


@pytest.fixture(scope="module")
def visit(window: Page, case: Case) -> Iterator[Visit]:
    for root in served(case.home.root):
        yield from visiting(window, root, DESKTOP)


def assert_text_only(visit: Visit) -> None:
    """No request left, no script ran, no element came from a text, and no mark of direction reorders the page."""
    page = visit.page
    assert visit.outside == []
    assert page.evaluate(f"window.{MARKER}") is None
    assert page.evaluate(_MARKUP) == []
    page.evaluate(_WITHOUT_OWN_NAME)
    assert controls_in(page.locator("body").inner_text()) <= {chr(code) for code in range(0x80, 0xA0)}


def addresses() -> list[str]:
    return [
        *ADDRESSES.values(), "cap-va-don-vi?don-vi=347", "cap-va-don-vi?kien-nghi=ALL",
        "cap-va-don-vi?chi-tieu=dialogues_held&phan=tu", "tra-cuu-nguon-goc?ma=347-2024Q3-v1",
        *(f"tra-cuu-nguon-goc?ma={quote(text)}" for text in (HTML[0], BIDI, "ALL")),
    ]  # fmt: skip


def test_pages_show_what_a_sender_wrote_as_text(visit: Visit) -> None:
    visit.open()
    for address in addresses():
        visit.go(address)
        assert_text_only(visit)
        for mark in visit.page.locator(".vega-embed svg .mark-symbol path").all()[:2]:
            mark.hover(force=True)
            assert_text_only(visit)
    shown = visit.go("cap-va-don-vi?kien-nghi=ALL").page.locator("body").inner_text()
    assert [text for text in (*HTML[:7], *MARKDOWN[:6]) if text not in shown] == []


def test_the_check_of_an_upload_shows_text(visit: Visit, case: Case) -> None:
    page = visit.go("kiem-tra-tep").page
    page.set_input_files("input[type=file]", case.file)
    page.wait_for_selector(".st-key-actions", timeout=90_000)
    visit.ready()
    assert_text_only(visit)


def test_cells_of_workbooks_are_text(visit: Visit, case: Case, tmp_path: Path) -> None:
    case.run("check", str(case.file), "--return-to", str(tmp_path))
    made = list(tmp_path.glob("*.xlsx"))
    page = visit.go("cap-va-don-vi?chi-tieu=dialogues_held&phan=tu").page
    with page.expect_download() as download:
        page.locator('[data-testid="stDownloadButton"] button').first.click()
    assert controls_in(download.value.suggested_filename) == set()
    download.value.save_as(tmp_path / "d.xlsx")
    for path in (*made, tmp_path / "d.xlsx"):
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
        assert cells
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_the_command_line_prints_no_control_character(case: Case) -> None:
    for verb, *arguments in (("status",), ("status", "--json"), ("confirm", "347-2024Q3-v1", "--json")):
        assert case.run(verb, *arguments)
