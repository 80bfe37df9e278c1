"""Faults in lookups: place, value, message and remedy."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from warehouse.errors import WrongLookups

MOST_SHOWN = 20
"""The most faults listed in a message; the rest is counted."""


@dataclass(frozen=True)
class LookupFault:
    """One fault. `row` is the row number in a spreadsheet (the header is 1), None for the whole file; `column` is ""
    for a whole row."""

    file: str
    row: int | None
    column: str
    value: str
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """`rules.csv, dòng 4, cột valid_to`."""
        row = f"dòng {self.row}" if self.row else ""
        column = f"cột {self.column}" if self.column else ""
        return ", ".join(filter(None, (self.file, row, column)))

    def __str__(self) -> str:
        value = f" («{self.value}»)" if self.value else ""
        return f"{self.place}{value}: {self.message} {self.remedy}"


def wrong_lookups(folder: str, faults: Sequence[LookupFault]) -> WrongLookups:
    """Return the error whose message lists the first faults and whose `faults` has all of them."""
    told = [f"  - {fault}" for fault in faults[:MOST_SHOWN]]
    more = [_rest(faults[MOST_SHOWN:])] if len(faults) > MOST_SHOWN else []
    details: list[Mapping[str, object]] = [asdict(fault) for fault in faults]
    return WrongLookups(
        "\n".join([f"Bảng tra cứu trong {folder} có {len(faults)} lỗi:", *told, *more]),
        "Sửa các tệp này rồi chạy lại (docs/quan-tri.md, mục «Bảng tra cứu được kiểm tra»). "
        "Bản số liệu đã công bố trước vẫn giữ nguyên.",
        tuple(details),
    )


def _rest(faults: Sequence[LookupFault]) -> str:
    """Return a line with the number of further faults, and the count in each file."""
    counts = Counter(fault.file for fault in faults)
    return f"  … và {len(faults)} lỗi nữa: {', '.join(f'{count} trong {file}' for file, count in counts.items())}."
