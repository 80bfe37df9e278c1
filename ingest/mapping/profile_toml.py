"""Mapping profiles as TOML: the allowed keys, and how a profile is written. Pure.

`FIELDS_OF_A_PROFILE` are the keys that the loader accepts and docs/quan-tri.md describes.
"""

import json
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

FIELDS_OF_A_PROFILE = ("title", "cover", "sheets")
TABLES_OF_A_SHEET = ("columns", "formats", "values", "constants")


def require_known(place: str, named: Collection[str], known: Collection[str]) -> None:
    """Raise ValueError if names at `place` are not in `known`; it gives the most similar known name of each."""
    strangers = sorted(set(named) - set(known))
    if strangers:
        told = ", ".join(f"«{name}»{_meant(name, known)}" for name in strangers)
        raise ValueError(f"không có mục {told} trong {place}; được dùng: {', '.join(known)}")


def _meant(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.lower(), known, 1)
    return f" (có phải «{near[0]}»?)" if near else ""


def require_text(place: str, value: object) -> None:
    """Raise ValueError if a value is not a string: TOML reads 2024 without quotes as a number."""
    if not isinstance(value, str):
        raise ValueError(f"{place} = {value}: phải là chữ trong ngoặc kép")


def table_at(place: str, value: object) -> dict[str, Any]:
    """The table at `place`; raise ValueError if the value is not a table."""
    if not isinstance(value, dict):
        raise ValueError(f"{place} phải là một bảng, viết [{place}]")
    return value


def with_cover(tree: Mapping[str, Any], cover: Mapping[str, str]) -> str:
    """The profile as TOML, with the fields of `cover` in place of its own."""
    return written({**tree, "cover": {**tree.get("cover", {}), **cover}})


def written(tree: Mapping[str, Any]) -> str:
    """A tree of tables and texts as TOML."""
    return "\n".join(_lines(tree, ())) + "\n"


def _lines(tree: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    own = [f"{key(name)} = {text(value)}" for name, value in tree.items() if not isinstance(value, dict)]
    head = [f"\n[{'.'.join(map(key, path))}]"] if path and own else []
    tables = [line for name, value in tree.items() if isinstance(value, dict) for line in _lines(value, (*path, name))]
    return [*head, *own, *tables]


def key(name: str) -> str:
    """A TOML key, bare if possible."""
    return name if name and name.isascii() and name.replace("_", "").replace("-", "").isalnum() else text(name)


def text(value: object) -> str:
    """A TOML string on one line; JSON escapes the same characters, except U+007F."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
