"""Write the dbt seeds that are taken from the contracts: `python scripts/contract_words.py`."""

from collections.abc import Iterator
from csv import writer
from io import StringIO
from pathlib import Path

from ingest.contract import load

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"


def seeds() -> dict[str, str]:
    """Return the CSV text of each seed by name: all columns with their headers, and all codes with their labels."""
    return {
        "contract_columns": _csv([("sheet_kind", "field", "header", "value_type", "is_sensitive"), *_columns()]),
        "contract_choices": _csv([("sheet_kind", "field", "code", "label"), *_choices()]),
    }


def _columns() -> Iterator[tuple[str, ...]]:
    for kind, sheet in load.load().sheets.items():
        for column in sheet.columns:
            yield kind, column.field, column.header, column.type, str(column.sensitive).lower()


def _choices() -> Iterator[tuple[str, ...]]:
    for kind, sheet in load.load().sheets.items():
        for column in sheet.columns:
            yield from ((kind, column.field, choice.code, choice.label) for choice in column.choices)


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = StringIO()
    writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write the seeds."""
    for name, text in seeds().items():
        (SEEDS / f"{name}.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
