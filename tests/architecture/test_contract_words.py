"""The dbt seeds with labels agree with the contracts."""

import csv

import pytest

from dashboard.text import labels
from scripts.contract_words import SEEDS, seeds


def test_seeds_equal_the_contracts() -> None:
    assert seeds() == {name: (SEEDS / f"{name}.csv").read_text(encoding="utf-8") for name in seeds()}


@pytest.mark.parametrize(
    ("field", "on_pages"),
    [
        ("outcome", labels.OUTCOMES),
        ("form", labels.FORMS),
        ("satisfaction", labels.SATISFACTION),
        ("responsible_body", labels.BODIES),
        ("body", labels.BODIES),
        ("kind", labels.DECISIONS),
    ],
)
def test_pages_use_the_labels_of_the_contracts(field: str, on_pages: dict[str, str]) -> None:
    with (SEEDS / "contract_choices.csv").open(encoding="utf-8", newline="") as file:
        choices = {row["code"]: row["label"] for row in csv.DictReader(file) if row["field"] == field}
    assert on_pages == choices
