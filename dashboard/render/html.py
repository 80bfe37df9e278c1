"""HTML of the pages. All data is escaped here; no other module builds HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import starmap

from dashboard.excerpts import Excerpt, ExcerptRow

ATTENTION = "!"
"""The sign of figures that need attention; an arrow would say that a figure rose."""

STACKED, PINNED = "stacked", "pinned"


@dataclass(frozen=True)
class Link:
    """A label and an address inside the dashboard."""

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


@dataclass(frozen=True)
class Sentence:
    """An item of the attention list: a bold start, the sentence, links."""

    start: Link
    rest: str
    links: tuple[Link, ...] = ()
    is_plain: bool = False


def anchor(link: Link) -> str:
    return f'<a href="{escape(link.address, quote=True)}" target="_self">{escape(link.label)}</a>'


def paragraph(text: str, style: str) -> str:
    """Return one escaped line in a style of the theme."""
    return f'<div class="{style}">{escape(text)}</div>'


def status(parts: Sequence[str]) -> str:
    """Return the line under the title; its first part is emphasised."""
    first, *rest = parts
    return f'<div class="status"><b>{escape(first)}</b>' + "".join(f"<span>{escape(p)}</span>" for p in rest) + "</div>"


def crumbs(above: Sequence[Link], here: str) -> str:
    """Return the path of links from the province to `here`."""
    return f'<div class="crumbs">{" › ".join([*map(anchor, above), escape(here)])}</div>'


def quiet_links(links: Iterable[Link], style: str = "quiet") -> str:
    return f'<div class="{style}">{"".join(f"<span>{anchor(link)}</span> " for link in links)}</div>'


def notice(text: str, links: Iterable[Link]) -> str:
    """Return a highlighted sentence with links."""
    ways = " ".join(f"<span>{anchor(link)}</span>" for link in links)
    return f'<div class="notice quiet">{escape(text)} {ways}</div>'


def ways(links: Iterable[Link]) -> str:
    """Return a row of choices; the selected one has no address and is bold."""
    parts = (anchor(link) if link.address else f"<b>{escape(link.label)}</b>" for link in links)
    return f'<div class="chips">{"".join(f"<span>{part}</span>" for part in parts)}</div>'


def cards(items: Iterable[Card]) -> str:
    return f'<div class="cards">{"".join(map(_card, items))}</div>'


def _card(card: Card) -> str:
    verdict = f" ·\u00a0{escape(card.verdict).replace(' ', chr(0xA0))}" if card.verdict else ""
    unit = f" <small>{escape(card.unit)}</small>" if card.unit else ""
    parts = [
        f'<span class="name">{escape(card.name)}</span>',
        f'<span class="value">{escape(card.value)}{unit}</span>',
        f'<span class="of">{escape(card.pair)}</span>',
        f"<span>{escape(card.change)}{_marked(verdict, card.is_worse)}</span>",
        f"<span>{_marked(escape(card.target), card.is_missed)}</span>",
        f'<span class="links">{" · ".join(map(anchor, card.links))}</span>',
    ]
    return f'<div class="card">{"".join(parts)}</div>'


def _marked(html: str, is_bad: bool) -> str:
    return f'<span class="bad">{html}</span>' if is_bad and html else html


def attention(sentences: Iterable[Sentence]) -> str:
    return f'<ul class="attention">{"".join(map(_sentence, sentences))}</ul>'


def _sentence(sentence: Sentence) -> str:
    links = " ".join(map(anchor, sentence.links))
    style = ' class="plain"' if sentence.is_plain else ""
    start = anchor(sentence.start) if sentence.start.address else escape(sentence.start.label)
    return f"<li{style}><span><b>{start}</b>: {escape(sentence.rest)} {links}</span></li>"


def table(headers: Sequence[Cell], rows: Iterable[Sequence[Cell]], style: str = "") -> str:
    """Return a table that scrolls horizontally inside its frame on narrow screens.

    With the style STACKED its rows become cards on a phone; with PINNED their first cell stays in view.
    """
    head = "".join(f'<th class="{_classes(cell)}">{escape(cell.text)}</th>' for cell in headers)
    body = "".join(f"<tr>{''.join(starmap(_cell, zip(headers, row, strict=True)))}</tr>" for row in rows)
    grid = f'<table class="{f"grid {style}".strip()}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll">{grid}</div>'


def stacked(headers: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table whose rows become cards on a phone, so that no column is off screen."""
    return table(headers, rows, STACKED)


def _cell(header: Cell, cell: Cell) -> str:
    """Return a cell with the name of its header, which is shown before it on a card."""
    text = anchor(Link(cell.text, cell.link)) if cell.link else escape(cell.text)
    sign = f"{ATTENTION} " if cell.is_bad else ""
    pair = f' <span class="pair">{escape(cell.pair)}</span>' if cell.pair else ""
    hint = f' title="{escape(cell.hint, quote=True)}"' if cell.hint else ""
    inside = f"<div>{_marked(sign + text, cell.is_bad)}{pair}</div>"
    return f'<td class="{_classes(cell)}" data-name="{escape(header.text, quote=True)}"{hint}>{inside}</td>'


def _classes(cell: Cell) -> str:
    is_nothing = cell.text in {"", "–"} and not cell.pair
    flags = (("l", cell.is_left), ("w", cell.is_wide), ("dim", cell.is_dim), ("c", cell.is_centred), ("no", is_nothing))
    return " ".join(name for name, is_set in flags if is_set)


def excerpt(sheet: Excerpt) -> str:
    """Return an excerpt of a sheet; the marked cells have a frame and a sign."""
    far = [_distance(column, sheet.marked) for column in range(len(sheet.letters))]
    letters = "".join(f"<th{style}>{escape(text)}</th>" for style, text in zip(far, sheet.letters, strict=True))
    heads = "".join(f"<td{style}>{escape(text)}</td>" for style, text in zip(far, sheet.headers, strict=True))
    named = f'<tr class="heads"><th></th>{heads}</tr>' if any(sheet.headers) else ""
    body = "".join(_sheet_row(row, sheet.marked) for row in sheet.rows)
    return f'<div class="scroll"><table class="cells"><tr><th></th>{letters}</tr>{named}{body}</table></div>'


def _sheet_row(row: ExcerptRow, marked: Sequence[int]) -> str:
    cells = "".join(
        f'<td class="marked">{ATTENTION} {escape(text)}</td>'
        if row.is_marked and column in marked
        else f"<td{_distance(column, marked)}>{escape(text)}</td>"
        for column, text in enumerate(row.cells)
    )
    style = ' class="told"' if row.is_marked else ""
    return f"<tr{style}><th>{row.number}</th>{cells}</tr>"


def _distance(column: int, marked: Sequence[int]) -> str:
    """Return the class of columns that phones hide: all but the first, which names the row, and those next to a marked
    one."""
    return ' class="far"' if column and all(abs(column - each) > 1 for each in marked or (0,)) else ""


def finding(place: str, standing: str, message: str, remedy: str) -> str:
    """Return one finding as text: place, message, remedy."""
    mark = f'<span class="standing">{escape(standing)}</span>' if standing else ""
    return (
        f'<div class="finding"><b>{escape(place)}</b>{mark}<div>{escape(message)}</div>'
        f'<div class="note">{escape(remedy)}</div></div>'
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values in two columns."""
    return f'<dl class="facts">{"".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in pairs)}</dl>'


def definition(name: str, side: str, over: str, under: str, sentences: Sequence[str]) -> str:
    """Return a KPI for the page of methods: its fraction in words, and its basis."""
    fraction = escape(over)
    if under:
        fraction = f'<span class="fraction"><span>{escape(over)}</span><span>{escape(under)}</span></span>'
    lines = "".join(f"<div>{escape(line)}</div>" for line in sentences if line)
    head = f'<div><h3>{escape(name)}</h3><div class="side">{escape(side)}</div></div>'
    return f'<div class="kpi">{head}<div>{fraction}{lines}</div></div>'
