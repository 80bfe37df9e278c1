"""Headers of columns with petitioners' personal data are recognised."""

import pytest

from ingest.checking.structure import is_personal
from ingest.contract import load

PERSONAL = (
    "Tel|Phone|Mobile|Hộ chiếu|Quê quán|Hộ khẩu|Cử tri|e-mail|Mail|Số máy|Người đại diện|Đại diện hộ|Điện thoại|SĐT|"
    "Số CMT|CMND/CCCD|Họ và tên người kiến nghị|Ho ten cong dan|ĐỊA CHỈ|Que quan|Người dân|Passport No|Liên hệ"
)
OWN = {"Họ tên người chủ trì", "Đánh giá của người dân", "Họ và tên", "Họ tên"}
"""Columns of the contract whose headers would count as personal data if the contract did not know them."""


@pytest.mark.parametrize("header", PERSONAL.split("|"))
def test_a_header_of_personal_identity_is_recognised(header: str) -> None:
    assert is_personal(header, load.load())


def test_no_column_of_the_contracts_is_personal() -> None:
    known = load.load()
    columns = [column for sheet in known.sheets.values() for column in sheet.columns]
    names = {name for column in columns for name in (column.header, column.field, *column.aliases)}
    assert {name for name in names if is_personal(name, known)} == OWN
