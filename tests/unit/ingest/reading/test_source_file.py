"""The file name of a feed is masked, and never becomes empty."""

from pathlib import Path

import pytest

from ingest.reading.source_file import pack

PHONE, MAIL = "[số điện thoại đã che]", "[thư điện tử đã che]"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("n2 0912345678 nguyen@x.vn.xlsx", f"n2 {PHONE} {MAIL}.xlsx"),
        ("Q3 0912345678.CSV.GZ", f"Q3 {PHONE}.CSV.GZ"),
        ("nguyen@x.vn", MAIL),
        ("347-2024Q3.xlsx", "347-2024Q3.xlsx"),
        ("Báo cáo quý 3 (2024-10-05).ods", "Báo cáo quý 3 (2024-10-05).ods"),
        ("xuat_20241005_0830.csv", "xuat_20241005_0830.csv"),
        ("xuat_202410050830.csv", "xuat_202410050830.csv"),
    ],
)
def test_the_name_of_a_feed_has_no_personal_data(tmp_path: Path, name: str, known: str) -> None:
    source = tmp_path / name
    source.write_bytes(b"x")
    assert pack(source, tmp_path).name == known


def test_a_masked_file_name_is_not_empty(tmp_path: Path) -> None:
    source = tmp_path / f"{'0912345678 ' * 20}.xlsx"
    source.write_bytes(b"x")
    known = pack(source, tmp_path).name
    assert known.endswith(".xlsx")
    assert len(known.encode()) <= 255
    assert "0912" not in known
