"""HTML of the pages, from the macros in `html.jinja`, which escape every value; no other module builds HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.excerpts import Excerpt
from warehouse.invisible import visible

ATTENTION = "!"
"""The sign of figures that need attention; an arrow would say that a figure rose."""

STACKED, PINNED = "stacked", "pinned"


@dataclass(frozen=True)
class Link:
    """A label and a URL inside the dashboard."""

    label: str
    address: str


@dataclass(frozen=True)
class Card:
    """A main figure."""

    name: str
    value: str
    unit: str
    pair: str
    change: str
    verdict: str
    is_worse: bool
    target: str
    is_missed: bool
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: `pair` is shown small next to the text, `hint` is its tooltip, `is_bad` marks it with colour
    and sign."""

    text: str
    pair: str = ""
    link: str = ""
    is_left: bool = False
    is_wide: bool = False
    is_dim: bool = False
    is_bad: bool = False
    is_centred: bool = False
    hint: str = ""

    @property
    def classes(self) -> str:
        """The CSS classes."""
        flags = (
            ("l", self.is_left),
            ("w", self.is_wide),
            ("dim", self.is_dim),
            ("c", self.is_centred),
            ("no", self.text in {"", "–"} and not self.pair),
        )
        return " ".join(name for name, is_set in flags if is_set)


@dataclass(frozen=True)
class Sentence:
    """An item of the attention list: a bold start, the sentence, links."""

    start: Link
    rest: str
    links: tuple[Link, ...] = ()
    is_plain: bool = False


def paragraph(text: str, style: str) -> str:
    """Return one line in a style of the theme."""
    return _rendered("paragraph", text, style)


def visitor(note: str, name: str) -> str:
    """Return who visits: a note, or the name as a link to the person's account."""
    return _rendered("visitor", note, name)


def status(parts: Sequence[str]) -> str:
    """Return the line under the title; its first part is emphasised."""
    return _rendered("status", parts)


def crumbs(above: Sequence[Link], here: str) -> str:
    """Return the path of links from the province to `here`."""
    return _rendered("crumbs", above, here)


def quiet_links(links: Iterable[Link], style: str = "quiet") -> str:
    """Return links side by side."""
    return _rendered("quiet_links", links, style)


def notice(text: str, links: Iterable[Link]) -> str:
    """Return a highlighted sentence with links."""
    return _rendered("notice", text, links)


def ways(links: Iterable[Link]) -> str:
    """Return a row of choices; the selected one has no URL and is bold."""
    return _rendered("choices", links)


def cards(items: Iterable[Card]) -> str:
    """Return the main figures, one card each."""
    return _rendered("cards", items)


def attention(sentences: Iterable[Sentence]) -> str:
    """Return the list of what needs attention."""
    return _rendered("attention", sentences)


def table(headers: Sequence[Cell], rows: Iterable[Sequence[Cell]], style: str = "") -> str:
    """Return a table that scrolls horizontally inside its frame on narrow screens.

    With the style STACKED its rows become cards on a phone, each cell with the name of its header; with PINNED their
    first cell stays in view.
    """
    names = [header.text for header in headers]
    return _rendered("table", headers, [list(zip(names, row, strict=True)) for row in rows], style, ATTENTION)


def stacked(headers: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table whose rows become cards on a phone, so that no column is off screen."""
    return table(headers, rows, STACKED)


def excerpt(sheet: Excerpt) -> str:
    """Return an excerpt of a sheet; the marked cells have a frame and a sign."""
    columns = range(max([len(sheet.letters), *(len(row.cells) for row in sheet.rows)]))
    return _rendered("excerpt", sheet, [_is_far(column, sheet.marked) for column in columns], ATTENTION)


def _is_far(column: int, marked: Sequence[int]) -> bool:
    """Whether phones hide the column: all but the first, which names the row, and those next to a marked one."""
    return column > 0 and all(abs(column - each) > 1 for each in marked or (0,))


def finding(place: str, standing: str, message: str, remedy: str) -> str:
    """Return one finding as text: place, message, remedy."""
    return _rendered("finding", place, standing, message, remedy)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values in two columns."""
    return _rendered("facts", pairs)


def definition(name: str, side: str, over: str, under: str, sentences: Sequence[str]) -> str:
    """Return the definition of a KPI for the page of methods: its fraction in words, and its basis."""
    return _rendered("definition", name, side, over, under, sentences)


def _rendered(macro: str, *arguments: object) -> str:
    return str(getattr(_macros(), macro)(*arguments))


@cache
def _macros() -> Any:
    loader = FileSystemLoader(Path(__file__).parent)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=_visible)
    return made.get_template("html.jinja").module


def _visible(value: object) -> object:
    """Return a text with its misleading characters visible, and everything else, rendered HTML included, unchanged."""
    return visible(value) if type(value) is str else value
