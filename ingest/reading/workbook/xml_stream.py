"""Parse the XML parts of a workbook as streams; namespaces are matched by URI, and entities are refused."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

Attributes = Mapping[str, str]
SEPARATOR = "|"
"""The separator between a namespace URI and a local name: `urn:x|row`."""


class ForbiddenXmlError(Exception):
    """The XML declares an entity: no workbook needs one, and one can expand without end."""


def names(namespaces: Iterable[str], *local: str) -> dict[str, str]:
    """Map qualified names to local names, for these names in each of the namespaces and without a namespace."""
    spaces = ("", *(f"{each}{SEPARATOR}" for each in namespaces))
    return {f"{space}{name}": name for space in spaces for name in local}


def new_parser() -> XMLParserType:
    """A namespace-aware parser that refuses entity declarations and buffers text."""
    parser = ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_entity: object) -> None:
    raise ForbiddenXmlError


def parse(parser: XMLParserType, blocks: Iterable[bytes]) -> bool:
    """Feed all blocks to the parser; return False for malformed or refused XML.

    Every block is read, even after an error.
    """
    sound = True
    for block in blocks:
        sound = sound and _fed(parser, block, final=False)
    return sound and _fed(parser, b"", final=True)


def _fed(parser: XMLParserType, block: bytes, *, final: bool) -> bool:
    try:
        parser.Parse(block, final)
    except (ExpatError, ForbiddenXmlError):
        return False
    return True


def elements(blocks: Iterable[bytes], wanted: Mapping[str, str], take: Callable[[str, Attributes], None]) -> None:
    """Call `take` with the local name and the attributes of each element whose qualified name is in `wanted`."""
    parser = new_parser()

    def start(name: str, attributes: Attributes) -> None:
        if local := wanted.get(name):
            take(local, attributes)

    parser.StartElementHandler = start
    parse(parser, blocks)


def text_of(blocks: Iterable[bytes], element: str) -> str:
    """The text of the first element with this local name, in any namespace; "" without one or for malformed XML."""
    parser = new_parser()
    texts: list[str] = []

    def start(name: str, _attributes: Attributes) -> None:
        is_it = name.rpartition(SEPARATOR)[2] == element
        parser.CharacterDataHandler = texts.append if is_it and not texts else None

    def end(_name: str) -> None:
        parser.CharacterDataHandler = None

    parser.StartElementHandler, parser.EndElementHandler = start, end
    return "".join(texts) if parse(parser, blocks) else ""
