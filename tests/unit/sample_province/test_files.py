"""The files of the sample province."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sample_province import SampleFeed, SampleManifest, write_sample
from sample_province.styles import DayForm, day_text

Sheet = Sequence[Sequence[object]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleManifest:
    return write_sample(tmp_path_factory.mktemp("sample"))


def _feed(sample: SampleManifest, sender: str, period: str) -> SampleFeed:
    return next(feed for feed in sample.feeds if (feed.sender, feed.period) == (sender, period))


def _sheet(sample: SampleManifest, sender: str, period: str, name: str) -> Sheet:
    book = CalamineWorkbook.from_path(str(_feed(sample, sender, period).path))
    names = {unicodedata.normalize("NFC", sheet): sheet for sheet in book.sheet_names}
    return book.get_sheet_by_name(names[name]).to_python(skip_empty_area=False)


def _received(sample: SampleManifest, sender: str) -> list[object]:
    """The non-blank cells of the column for dates of receipt, in numbered rows."""
    sheet = _sheet(sample, sender, "2024Q3", "Kiến nghị")
    return [row[4] for row in sheet if isinstance(row[0], float) and row[4]]


def _texts(sheet: Sheet) -> Iterator[str]:
    return (cell for row in sheet for cell in row if isinstance(cell, str) and cell)


def test_the_same_seed_gives_the_same_bytes_and_reports_progress(sample: SampleManifest, tmp_path: Path) -> None:
    progress: list[tuple[int, int]] = []
    again = write_sample(tmp_path, on_progress=lambda done, total: progress.append((done, total)))
    assert progress == [(number, 112) for number in range(1, 113)]
    assert [feed.path.name for feed in again.feeds] == [feed.path.name for feed in sample.feeds]
    pairs = zip(sample.feeds, again.feeds, strict=True)
    assert all(one.path.read_bytes() == two.path.read_bytes() for one, two in pairs)


def test_112_feeds_in_order_of_arrival_with_the_totals(sample: SampleManifest) -> None:
    assert len({feed.path.name for feed in sample.feeds}) == 112
    arrivals = [feed.received_at for feed in sample.feeds]
    assert arrivals == sorted(arrivals)
    assert (sample.province_dialogues, sample.district_dialogues, sample.commune_dialogues) == (5, 36, 477)
    assert (sample.dialogues, sample.petitions) == (518, 5000)


def test_names_and_banner_mark_a_sample(sample: SampleManifest) -> None:
    assert all(feed.path.name.startswith("DU_LIEU_MAU_") for feed in sample.feeds)
    for name in ("Thông tin", "Hội nghị", "Kiến nghị", "Lãnh đạo"):
        assert any(text.startswith("DỮ LIỆU MẪU") for text in _texts(_sheet(sample, "347", "2024Q3", name)))


def test_a_sheet_has_titles_merged_headers_numbers_groups_totals_and_a_signature(sample: SampleManifest) -> None:
    sheet = _sheet(sample, "347", "2024Q3", "Hội nghị")
    first = [row[0] for row in sheet]
    assert first[0] == "UBND THÀNH PHỐ PHỦ LÝ"
    header = first.index("STT")
    assert sheet[header + 1][1] == "Mã hội nghị"
    assert sheet[header + 2][:3] == ["(1)", "(2)", "(3)"]
    assert sheet[header + 3][0] == "I"
    assert {"II", "Tổng cộng"} <= {str(cell) for cell in first}
    assert "Người lập biểu" in set(_texts(sheet))


def test_the_cover_lists_labels_and_declared_totals(sample: SampleManifest) -> None:
    feed = _feed(sample, "349", "2024Q3")
    labels = {row[1]: row[2] for row in _sheet(sample, "349", "2024Q3", "Thông tin") if isinstance(row[0], float)}
    assert labels["Mã đơn vị gửi"] == "349"
    assert labels["Kỳ báo cáo"] == "2024Q3"
    assert labels["Tổng số hội nghị"] == feed.dialogues
    assert labels["Tổng số kiến nghị"] == feed.petitions


def test_each_sender_keeps_its_layout(sample: SampleManifest) -> None:
    received = {sender: _received(sample, sender) for sender in ("35", "347", "349")}
    assert all(type(cell) is date for cell in received["35"])
    assert all(isinstance(cell, str) and len(cell) == 10 for cell in received["347"])
    assert all(isinstance(cell, datetime) and cell.hour >= 7 for cell in received["349"])
    old = set(_texts(_sheet(sample, "351", "2024Q3", "Hội nghị")))
    assert {"\u00d0ịnh kỳ", "Văn bản uỷ quyền"} <= old
    assert any(text.endswith(" ý kiến") for text in old)
    decomposed = _texts(_sheet(sample, "352", "2024Q3", "Hội nghị"))
    assert not all(unicodedata.is_normalized("NFC", text) for text in decomposed)
    assert "M· héi nghÞ" in set(_texts(_sheet(sample, "353", "2024Q3", "Hội nghị")))


def test_one_district_sends_csv_with_a_bom_and_semicolons(sample: SampleManifest) -> None:
    feed = _feed(sample, "350", "2024Q3")
    with zipfile.ZipFile(feed.path) as archive:
        names = ["cover", "dialogues", "petitions", "tenures", "trainings", "decisions"]
        assert archive.namelist() == [f"{name}.csv" for name in names]
        content = archive.read("petitions.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    banner, header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert banner[0].startswith("DỮ LIỆU MẪU")
    assert header[1] == "Mã kiến nghị"
    assert len(rows) == feed.petitions
    assert {len(row) for row in rows} == {len(header)}


def test_the_first_quarter_has_the_plans_of_all_units(sample: SampleManifest) -> None:
    with zipfile.ZipFile(_feed(sample, "350", "2024Q1").path) as archive:
        content = archive.read("plans.csv").decode("utf-8-sig")
    _, header, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert header == ["STT", "Mã đơn vị", "Năm", "Số hội nghị kế hoạch", "Số chương trình"]
    assert len(rows) == 19
    assert rows[0][:3] == ["1", "350", "2024"]


def test_hidden_rows_and_a_hidden_sheet(sample: SampleManifest) -> None:
    with zipfile.ZipFile(_feed(sample, "347", "2024Q3").path) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
        petitions = archive.read("xl/worksheets/sheet3.xml").decode()
    assert 'state="hidden"' in workbook
    assert 'hidden="1"' in petitions


def test_planted_errors_are_few_and_omit_no_dialogue(sample: SampleManifest) -> None:
    rejected = {
        "settled_before_received",
        "impossible_date",
        "unknown_outcome",
        "unknown_unit_petition",
        "unknown_unit_dialogue",
    }
    kinds = {fault.kind for fault in sample.faults}
    assert rejected | {"duplicate_key", "declared_differs", "name_differs", "vanished", "personal_column"} <= kinds
    for feed in sample.feeds:
        mine = [fault for fault in sample.faults if fault.feed == feed.path.stem and fault.kind in rejected]
        twice = [fault for fault in sample.faults if fault.feed == feed.path.stem and fault.kind == "duplicate_key"]
        assert (len(mine) + 2 * len(twice)) * 10 < feed.dialogues + feed.petitions + feed.tenures or not (mine or twice)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (DayForm.SLASHES, "05/09/2024"),
        (DayForm.SHORT_SLASHES, "5/9/2024"),
        (DayForm.DOTS, "5.9.24"),
        (DayForm.LONG, "ngày 05 tháng 9 năm 2024"),
    ],
)
def test_days_as_text(form: DayForm, text: str) -> None:
    assert day_text(date(2024, 9, 5), form) == text
