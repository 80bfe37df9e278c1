"""Which kind of sheet a grid is, judged by its name or else by its content. Pure."""

import re

from ingest.contract.vocabulary import Vocabulary
from ingest.model.received import SheetKind
from ingest.parsing.keys import normalised
from ingest.reading.grid import Grid
from ingest.reading.tables.cover import is_cover
from ingest.reading.tables.header import best_kind, spellings

_NOISE = re.compile(r"(?:[0-9]+|[ivx]+|biểu|mẫu|phụ lục|sheet|trang|bảng|số|ds|danh sách|csv)$")


def kind_of_grid(grid: Grid, vocabulary: Vocabulary) -> SheetKind | None:
    """The kind of sheet by the grid's name, or else by its content; None if neither is known."""
    for spelling in spellings(grid.name):
        if kind := kind_of_name(spelling, vocabulary):
            return kind
    return SheetKind.COVER if is_cover(grid, vocabulary) else best_kind(grid, vocabulary)


def kind_of_name(name: str, vocabulary: Vocabulary) -> SheetKind | None:
    """The kind of sheet that a name stands for: a known name, alone or with numbers and words such as `Biểu 02`."""
    if kind := vocabulary.kind_of(name):
        return kind
    words = normalised(name).split()
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            kind = vocabulary.kind_of(" ".join(words[start : start + length]))
            if kind and _is_noise([*words[:start], *words[start + length :]]):
                return kind
    return None


def _is_noise(words: list[str]) -> bool:
    return all(_NOISE.match(word) or any(char.isdigit() for char in word) for word in words) or bool(
        _NOISE.match(" ".join(words))
    )
