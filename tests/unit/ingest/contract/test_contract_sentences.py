"""The sentences of the contracts are complete."""

from collections.abc import Iterator
from typing import Any

import yaml

from ingest.contract import load


def properties(tree: Any) -> Iterator[dict[str, Any]]:
    """Every custom property in a contract's file."""
    if isinstance(tree, dict):
        if "property" in tree:
            yield tree
        tree = list(tree.values())
    for each in tree if isinstance(tree, list) else ():
        yield from properties(each)


def test_no_sentence_is_cut_at_its_first_comma() -> None:
    found = [
        each
        for path in load.FOLDER.glob("*.yaml")
        for each in properties(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    assert [each for each in found if set(each) != {"property", "value"}] == []


def test_every_remedy_is_a_sentence() -> None:
    known = load.load()
    rules = [*known.feed_rules.values(), *(rule for sheet in known.sheets.values() for rule in sheet.rules)]
    assert [rule.id for rule in rules if not rule.remedy.endswith(".")] == []
