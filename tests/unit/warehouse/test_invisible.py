"""Marks of direction and control characters become visible; a value that was read has none, and hides no number."""

import re

import pytest

from ingest.parsing.keys import normalised
from ingest.parsing.result import Reading
from ingest.parsing.text import repair_text
from tests.hostile_texts import ALL, UNSEEN, controls_in
from warehouse.invisible import INVISIBLE, visible
from warehouse.masking import MASK_END, masked


@pytest.mark.parametrize("sign", [*UNSEEN, "\x00", "\x08", "\x1b", "\x7f"])
def test_a_misleading_character_becomes_visible(sign: str) -> None:
    assert visible(f"a{sign}b") == "a\ufffdb"


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "một\nhai\tba", "12\u00a0%", "tr\u00adước", ""])
def test_other_text_is_unchanged(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("sign", [*UNSEEN, "\u200b", "\u2060", "\ufff9", "\U000e0041"])
def test_a_value_loses_what_has_no_shape(sign: str) -> None:
    assert repair_text(f"Nguy{sign}ễn") == Reading("Nguyễn", "spaces")
    assert normalised(f"Mã kiến{sign} nghị") == normalised("Mã kiến nghị")
    assert masked(f"gọi 0912{sign}345678").endswith(MASK_END)


def test_no_text_keeps_a_mark_of_direction_when_it_is_read() -> None:
    read = "".join(repair_text(text).value or "" for text in ALL)
    assert re.findall(f"[{INVISIBLE}]", read) == []
    assert controls_in(read) <= {chr(code) for code in range(0x80, 0xA0)}
