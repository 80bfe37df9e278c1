"""Small feeds written by tests: valid rows for Q3/2024, to which each test applies its changes."""

from collections.abc import Mapping, Sequence
from csv import writer
from pathlib import Path

Rows = Sequence[Mapping[str, str]]

COVER = {"sender_unit_code": "347", "period": "2024Q3"}
DIALOGUE = {
    "dialogue_code": "D1",
    "unit_code": "13285",
    "held_on": "2024-08-01",
    "form": "periodic",
    "chair_name": "Nguyễn Văn An",
    "chaired_by_head": "Có",
    "conclusion_no": "1/TB",
    "conclusion_on": "2024-08-05",
}
PETITION = {
    "petition_code": "P1",
    "unit_code": "13285",
    "received_on": "2024-08-01",
    "field": "land",
    "outcome": "resolved",
    "settled_on": "2024-08-10",
    "due_on": "2024-08-21",
}
TENURE = {
    "leader_code": "L1",
    "full_name": "Nguyễn Văn An",
    "unit_code": "13285",
    "body": "government",
    "from_on": "2023-01-01",
    "to_on": "",
}

PLAN = {"unit_code": "13285", "year": "2024", "planned_dialogues": "2"}
TRAINING = {"training_code": "T1", "unit_code": "13285", "held_on": "2024-08-20", "topic": "Kỹ năng đối thoại"}
DECISION = {"decision_no": "1/QĐ", "decided_on": "2024-09-10", "kind": "reward", "unit_code": "13285"}
PRACTICE = {"practice_code": "C1", "unit_code": "13285", "title": "Sổ theo dõi", "published_on": "2024-09-20"}


def petitions(count: int, **changes: str) -> list[dict[str, str]]:
    """Return `count` valid petitions P1, P2, … with `changes`."""
    return [{**PETITION, "petition_code": f"P{number}", **changes} for number in range(1, count + 1)]


def write_feed(
    folder: Path,
    *,
    cover: Mapping[str, str] | None = COVER,
    dialogues: Rows | None = (DIALOGUE,),
    petitions: Rows | None = (PETITION,),
    tenures: Rows | None = None,
    **others: Rows | None,
) -> Path:
    """Write a folder of CSV files, one per given sheet; the columns are those of the first row of the sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = {"cover": None if cover is None else [cover], "dialogues": dialogues, "petitions": petitions}
    for name, rows in {**sheets, "tenures": tenures, **others}.items():
        if rows is not None:
            _write(folder / f"{name}.csv", rows, {"dialogues": DIALOGUE, "petitions": PETITION}.get(name, COVER))
    return folder


def _write(path: Path, rows: Rows, default: Mapping[str, str]) -> None:
    header = list(rows[0]) if rows else list(default)
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = writer(file)
        sheet.writerow(header)
        sheet.writerows([row.get(name, "") for name in header] for row in rows)
