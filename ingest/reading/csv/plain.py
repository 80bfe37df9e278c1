"""Decide whether DuckDB reads a CSV file into the same records as `parse.records`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

_BLOCK = 1 << 18
_OVERLAP = 1 << 12
"""The overlap of two blocks in bytes: longer than any match of a pattern."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class _Patterns:
    """Byte patterns: a quote with spaces between it and the edge of its cell, and the cells of a repeated header."""

    spaced_quote: re.Pattern[bytes]
    header_cells: tuple[re.Pattern[bytes], ...]


def is_plain(path: Path, start: int, delimiter: str, header_cells: Collection[str]) -> bool:
    """Whether DuckDB reads the UTF-8 file from byte `start` on into the records that `parse.records` reads.

    A plain file has no NUL, no blank line except at its end, no CR without LF, no space between a quote and the edge
    of its cell, and no cell equal to one of the `header_cells`, as a repeated header has. DuckDB itself refuses all
    other records that it would read differently. Some files that it would read correctly are judged not plain.
    """
    patterns = _Patterns(_spaced_quote(delimiter), tuple(_cell(delimiter, text) for text in header_cells))
    return not any(_is_odd(block, patterns) for block in _blocks(path, start))


def _blocks(path: Path, start: int) -> Iterator[bytes]:
    """Yield the file from the byte before `start` on, without line breaks at its end, in overlapping blocks."""
    with path.open("rb") as file:
        size = path.stat().st_size
        file.seek(max(size - _OVERLAP, 0))
        tail = file.read()
        end = size - len(tail) + len(tail.rstrip(b"\r\n"))
        at = max(start - 1, 0)
        while at < end:
            file.seek(at)
            yield file.read(min(_BLOCK + _OVERLAP, end - at))
            at += _BLOCK


def _is_odd(block: bytes, patterns: _Patterns) -> bool:
    signs = np.frombuffer(block, np.uint8)
    return (
        b"\0" in block
        or _has_odd_breaks(signs, has_returns=b"\r" in block)
        or (_has_space_at_quote(signs) and patterns.spaced_quote.search(block) is not None)
        or any(pattern.search(block) for pattern in patterns.header_cells)
    )


def _has_odd_breaks(signs: Bytes, *, has_returns: bool) -> bool:
    """Whether there is a blank line, or a CR without its LF."""
    feeds = signs == ord("\n")
    if not has_returns:
        return _follow(feeds, feeds)
    returns = signs == ord("\r")
    return _follow(feeds, feeds | returns) or _follow(returns, ~feeds)


def _has_space_at_quote(signs: Bytes) -> bool:
    quotes, spaces = signs == ord('"'), signs == ord(" ")
    return _follow(quotes, spaces) or _follow(spaces, quotes)


def _follow(these: npt.NDArray[np.bool_], those: npt.NDArray[np.bool_]) -> bool:
    """Whether a position of `those` directly follows one of `these`."""
    return bool((these[:-1] & those[1:]).any())


def _spaced_quote(delimiter: str) -> re.Pattern[bytes]:
    """The pattern of a quote with spaces between it and the edge of its cell, but not of an escaped (doubled) quote."""
    end = re.escape(delimiter.encode()) + rb"\r\n"
    opening = rb'(?:^|[%b]) +"(?!"[^"%b])' % (end, end)
    return re.compile(rb'%b|(?<![^"%b]")" +(?:[%b]|$)' % (opening, end, end))


def _cell(delimiter: str, text: str) -> re.Pattern[bytes]:
    """The pattern of a cell with exactly this text; if the text needs quotes, of its longest piece without them."""
    end = re.escape(delimiter.encode()) + rb"\r\n\""
    pieces = re.split(r'["\r\n]', text)
    piece = re.escape(max(pieces, key=len).encode())
    return re.compile(piece if len(pieces) > 1 else rb"%b(?<=[%b]%b)(?=[%b]|$)" % (piece, end, piece, end))
