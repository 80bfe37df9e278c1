"""The periods of the world across the mergers, and the two days on which its map changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sample_province.places import Quarter

TERM_START = date(2024, 7, 1)
TERM_DAY = date(2025, 12, 31)
"""The first and the last day that the world covers in full."""

FIRST_MERGER = date(2025, 1, 1)
"""109 communes become 98; Kim Bảng becomes a town."""
SECOND_MERGER = date(2025, 7, 1)
"""98 communes become 33, districts end, Hà Nam becomes part of Ninh Bình."""


@dataclass(frozen=True)
class Span:
    """A reporting period that is not a quarter; `first` and `last` are its first and last day."""

    code: str
    first: date
    last: date
    title: str

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


Period = Quarter | Span

QUARTERS = tuple(Quarter(year, number) for year, number in ((2024, 3), (2024, 4), (2025, 1), (2025, 2)))
"""The quarters for which districts report."""
NEW_QUARTERS = (Quarter(2025, 3), Quarter(2025, 4))
"""The quarters for which communes report."""
HALVES: Mapping[str, tuple[Span, ...]] = {
    "35": (
        Span("2024H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        Span("2025H1", date(2025, 1, 1), date(2025, 6, 30), "6 tháng đầu năm 2025"),
    ),
    "37": (Span("2025H2", date(2025, 7, 1), date(2025, 12, 31), "6 tháng cuối năm 2025"),),
}
"""The half-years for which each province reports."""
YEAR = Span("2025", date(2025, 1, 1), date(2025, 12, 31), "Năm 2025")
"""The year for which the new province reports once more."""
