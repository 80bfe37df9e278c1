"""Fixtures for tests of reading: a small vocabulary, limits, and a reader that works in the folder of the test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.contract.vocabulary import SheetWords, Vocabulary
from ingest.model.received import ReceivedFeed, SheetKind
from ingest.reading import read_feed
from warehouse.settings import Limits

Reader = Callable[[Path], ReceivedFeed]


@pytest.fixture
def vocabulary() -> Vocabulary:
    """Three sheets of the contract, with a few of their columns."""
    cover = {
        "sender_unit_code": ("Mã đơn vị gửi",),
        "period": ("Kỳ báo cáo",),
        "prepared_by": ("Người lập",),
        "nil_return": ("Không phát sinh",),
    }
    petitions = {
        "petition_code": ("Mã kiến nghị",),
        "unit_code": ("Mã đơn vị tiếp nhận",),
        "received_on": ("Ngày tiếp nhận",),
        "outcome": ("Tình trạng", "Kết quả"),
        "settled_on": ("Ngày giải quyết xong",),
    }
    dialogues = {"dialogue_code": ("Mã hội nghị",), "unit_code": ("Mã đơn vị tổ chức",), "held_on": ("Ngày tổ chức",)}
    return Vocabulary(
        {
            SheetKind.COVER: SheetWords(("Thông tin",), cover, ("sender_unit_code", "period")),
            SheetKind.DIALOGUES: SheetWords(("Hội nghị",), dialogues, ("dialogue_code",)),
            SheetKind.PETITIONS: SheetWords(
                ("Kiến nghị",), petitions, ("petition_code",), ("unit_code", "received_on")
            ),
        }
    )


@pytest.fixture
def limits() -> Limits:
    """Tight limits, so that hostile files are refused within a second."""
    return Limits(max_file_mb=10, max_rows=1_000, memory_mb=1_024, timeout_s=20)


@pytest.fixture
def read(vocabulary: Vocabulary, limits: Limits, tmp_path: Path) -> Reader:
    """Return a function that reads one feed."""
    return lambda source: read_feed(source, vocabulary, limits, tmp_path / "workdir")
