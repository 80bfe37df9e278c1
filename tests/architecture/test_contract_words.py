"""The words that dbt joins to codes and columns are those of the contracts."""

from scripts.contract_words import SEEDS, seeds


def test_the_seeds_are_what_the_contracts_say() -> None:
    assert seeds() == {name: (SEEDS / f"{name}.csv").read_text(encoding="utf-8") for name in seeds()}
