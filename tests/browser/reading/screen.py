"""A page as displayed on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Link:
    """The text of a link and its URL."""

    text: str
    address: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table; `pair` is the small text next to the value."""

    text: str
    pair: str
    address: str
    hint: str
    is_dim: bool
    is_bad: bool


@dataclass(frozen=True)
class Card:
    """A card of a key figure: its lines from the name to the target, and its links."""

    name: str
    value: str
    pair: str
    change: str
    target: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Item:
    """An item of the attention list: its bold start, its whole text, its links."""

    start: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Frame:
    """A table on a canvas, read from its workbook: `count` rows on the screen, `rows` in the workbook."""

    count: int
    heads: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Block:
    """One part of a page; `kind` determines its fields."""

    kind: str
    text: str
    links: tuple[Link, ...] = ()
    cards: tuple[Card, ...] = ()
    items: tuple[Item, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    marks: tuple[Mapping[str, str], ...] = ()
    frame: Frame | None = None


@dataclass(frozen=True)
class Screen:
    """A page: its blocks from top to bottom, its text, and the values of its filters."""

    address: str
    blocks: tuple[Block, ...]
    text: str
    exceptions: int
    dialogs: tuple[str, ...]
    choices: Mapping[str, str]

    @classmethod
    def of(cls, address: str, found: Mapping[str, Any], frames: Sequence[Frame]) -> Self:
        """The page from the elements found in the browser and the workbooks of its canvas tables."""
        left, found = list(frames), _with_plain_spaces(found)
        blocks = tuple(
            _block(each, left.pop(0) if each["kind"] == "frame" and left else None) for each in found["blocks"]
        )
        return cls(address, blocks, found["text"], found["exceptions"], tuple(found["dialogs"]), dict(found["choices"]))

    def first(self, kind: str) -> Block | None:
        return next((each for each in self.blocks if each.kind == kind), None)

    def all(self, *kinds: str) -> list[Block]:
        return [each for each in self.blocks if each.kind in kinds]

    def text_of(self, kind: str) -> str:
        """The text of the first block of the kind; '' without one."""
        block = self.first(kind)
        return block.text if block else ""

    def under(self, heading: str, kind: str) -> Block | None:
        """The next block of `kind` between the first heading that begins with `heading` and the heading after it."""
        starts = [n for n, each in enumerate(self.blocks) if each.kind == "heading" and each.text.startswith(heading)]
        for each in self.blocks[starts[0] + 1 :] if starts else ():
            if each.kind == "heading":
                return None
            if each.kind == kind:
                return each
        return None

    def links(self) -> list[Link]:
        return [link for block in self.blocks for link in block.links]


def _block(found: Mapping[str, Any], frame: Frame | None) -> Block:
    return Block(
        kind=found["kind"],
        text=found["text"],
        links=_links(found["links"]),
        cards=tuple(_card(each) for each in found.get("cards", ())),
        items=tuple(Item(each["start"], each["text"], _links(each["links"])) for each in found.get("items", ())),
        heads=tuple(found.get("heads", ())),
        rows=tuple(tuple(Cell(**each) for each in row) for row in found.get("rows", ())),
        pairs=dict(found.get("pairs", ())),
        labels=tuple(found.get("labels", ())),
        texts=tuple(found.get("texts", ())),
        marks=tuple(_mark(*each) for each in found.get("marks", ())),
        frame=frame,
    )


def _with_plain_spaces(found: Any) -> Any:
    """Replace non-breaking spaces by plain ones."""
    if isinstance(found, str):
        return found.replace("\u00a0", " ")
    if isinstance(found, Mapping):
        return {_with_plain_spaces(name): _with_plain_spaces(value) for name, value in found.items()}
    return [_with_plain_spaces(each) for each in found] if isinstance(found, list) else found


def _links(found: Sequence[Mapping[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(each["text"], each["address"]) for each in found)


def _card(found: Mapping[str, Any]) -> Card:
    name, value, pair, change, target, *_ = found["spans"]
    return Card(name, value, pair, change, target, _links(found["links"]))


def _mark(kind: str, text: str) -> Mapping[str, str]:
    """The parts of a mark's accessible name, by field."""
    parts = [each.partition(": ") for each in text.split("; ")]
    return {"role": kind, **{name: value for name, _, value in parts}}


EMPTY_SCREEN = Screen("", (), "", 0, (), {})
