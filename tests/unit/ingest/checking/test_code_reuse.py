"""Ingest and the models compare the texts of petitions by the same rule."""

import re
import unicodedata
from pathlib import Path

import duckdb
import pytest

from ingest.checking.code_reuse import WORDS

MACRO = Path(__file__).parents[4] / "dbt_project" / "macros" / "matters.sql"
TEXTS = [
    "Đề nghị sửa đường thôn 3", "ĐỀ NGHỊ  sửa: đường, thôn 3.", "./.", "   ", "", "Đường\u00a0liên thôn", "-",
    "Hoà (1)",
    unicodedata.normalize("NFD", "Đề nghị sửa đường thôn 3"),
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_petition_texts_are_normalised_as_in_the_models(text: str) -> None:
    found = re.search(
        r"macro words_of\(text\) -%}\s*(.+?)\s*{%- endmacro", MACRO.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found is not None
    of_models = f"nullif({found[1].replace('{{ text }}', 'nfc_normalize(h.summary)')}, '')"
    ((door, models),) = duckdb.execute(
        f"select {WORDS.format('h')}, {of_models} from (select ?::varchar as summary) as h", [text]
    ).fetchall()
    assert door == models
    assert (door is None) == (not any(map(str.isalnum, text)))
