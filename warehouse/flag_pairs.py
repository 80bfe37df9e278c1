"""Pairs of an integrity flag and an ingest rule about the same fact, from the seed `flags.csv`."""

import csv
from collections.abc import Mapping
from functools import cache

from warehouse.lookups.vocabulary import SEEDS


@cache
def flags_by_rule() -> Mapping[str, frozenset[str]]:
    """Return, for each rule id, the codes of the flags about the same fact."""
    with (SEEDS / "flags.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(rule, row["flag_code"]) for row in csv.DictReader(file) for rule in row["door_rules"].split()]
    return {rule: frozenset(flag for other, flag in pairs if other == rule) for rule, _ in pairs}
