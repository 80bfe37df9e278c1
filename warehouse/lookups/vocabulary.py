"""The closed sets of codes in lookups, with their Vietnamese texts."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LEVELS = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"}
"""Levels of units, highest first: a parent is of a higher level than its units."""

DAY_TYPES = {"calendar": "ngày theo lịch", "working": "ngày làm việc"}

RULES = {
    "dialogues_a_year": "số hội nghị tối thiểu một năm",
    "notice_days": "số ngày thông báo trước hội nghị",
    "conclusion_days": "hạn ban hành thông báo kết luận",
    "settle_days": "hạn giải quyết khi không ghi hạn",
    "acknowledge_days": "hạn trả lời đã tiếp nhận bằng văn bản",
    "feed_due_days": "hạn gửi báo cáo sau khi hết kỳ",
}
"""The dated rules required for every level with units."""

COUNTED_IN_CONFERENCES, CONFERENCES = "dialogues_a_year", "hội nghị"
"""The only rule whose value is not a number of days, and what it counts."""

SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"


@dataclass(frozen=True)
class Vocabulary:
    """The texts of the codes of each choice column, and the unit of each KPI's values."""

    words: Mapping[str, Mapping[str, str]]
    kpi_units: Mapping[str, str]


def read_vocabulary(seeds: Path = SEEDS) -> Vocabulary:
    """Return the vocabulary; period types and KPIs come from the dbt seeds, and period types have no texts."""
    kpis = _seed(seeds / "kpis.csv")
    words = {
        "level": LEVELS,
        "day_type": DAY_TYPES,
        "rule": RULES,
        "period_type": {row["period_type"]: "" for row in _seed(seeds / "period_types.csv")},
        "kpi_code": {row["kpi_code"]: row["short_name"] for row in kpis},
    }
    return Vocabulary(words, {row["kpi_code"]: row["unit"] for row in kpis})


def _seed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
