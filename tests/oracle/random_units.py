"""Lookups of a small random province: units that merge, split, move and are renamed, and rules that change."""

from collections.abc import Iterator
from csv import DictWriter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.oracle.inputs import UnitRow
from tests.oracle.units import Units

Line = dict[str, object]

FOUNDED, TERM_START, DISTRICTS_END = date(2023, 1, 1), date(2024, 7, 1), date(2025, 7, 1)
PROVINCE, NEW_PROVINCE = "10", "20"
LEVELS = ("province", "district", "commune")
TYPES = {"province": "Tỉnh", "district": "Huyện", "commune": "Xã"}
SETTINGS = """
[province]
code = "{province}"
name = "Thử"
term_start = {term_start}
sample = true

[kpis]
min_denominator = {min_denominator}
min_coverage = {min_coverage}

[limits]
max_file_mb = 50
max_rows = 2000000
memory_mb = 2048
timeout_s = 120
max_error_share = 0.10

[integrity]
bunched_min = 5
bunched_share = 0.5
duplicate_days = 30
min_same_text = 5
min_text_length = 20

[publish]
keep_snapshots = 10
"""


@dataclass(frozen=True)
class Lookups:
    """The lookup files of a home by name, and its settings."""

    files: dict[str, list[Line]]
    settings: str

    def write(self, folder: Path) -> Path:
        """Write the files in the form that `warehouse.home.create` takes as defaults."""
        folder.mkdir(parents=True)
        (folder / "settings.toml").write_text(self.settings, encoding="utf-8")
        for name, lines in self.files.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                sheet = DictWriter(file, list(lines[0]))
                sheet.writeheader()
                sheet.writerows(lines)
        return folder

    @property
    def units(self) -> Units:
        """The units over time."""
        return Units([_row(line) for line in self.files["units"]])


def random_lookups(dice: Random) -> Lookups:
    """Units and rules of one random province."""
    units = _UnitHistory(dice)
    files: dict[str, list[Line]] = {
        "units": units.lines,
        "unit_successors": units.successors,
        "rules": list(_rules(dice)),
        "feed_calendar": list(_feed_calendar(dice)),
        "peer_groups": [{"unit_code": f"1{number:02}", "peer_group": dice.choice("AB")} for number in range(1, 9)],
    }
    choice = {"min_denominator": dice.choice((1, 2, 5)), "min_coverage": dice.choice((0.5, 0.8))}
    settings = SETTINGS.format(province=PROVINCE, term_start=TERM_START.isoformat(), **choice)
    return Lookups(files, settings)


class _UnitHistory:
    """Two districts of four communes each, with random changes until the districts end."""

    def __init__(self, dice: Random) -> None:
        self.lines: list[Line] = []
        self.successors: list[Line] = []
        self._open: dict[str, Line] = {}
        self._begin(PROVINCE, "province", None, FOUNDED)
        for district in ("11", "12"):
            self._begin(district, "district", PROVINCE, FOUNDED)
        for number in range(1, 9):
            self._begin(f"1{number:02}", "commune", "11" if number <= 4 else "12", FOUNDED)
        first, second, third, fourth = sorted(dice.sample(range(-120, 360), 4))
        self._merge("102", "101", _day(first))
        self._split("103", ("111", "112"), _day(second))
        self._rename("104", "12", _day(third))
        self._rename(dice.choice(("11", "12")), PROVINCE, _day(fourth))
        self._end_districts(dice)

    def _begin(self, code: str, level: str, parent: str | None, day: date, name: str = "") -> None:
        line: Line = {
            "unit_code": code,
            "unit_type": TYPES[level],
            "unit_name": name or f"Số {code}",
            "level": level,
            "parent_code": parent or "",
            "valid_from": day,
            "valid_to": "",
        }
        self.lines.append(line)
        self._open[code] = line

    def _end(self, code: str, day: date) -> Line:
        line = self._open.pop(code)
        line["valid_to"] = day
        return line

    def _rename(self, code: str, parent: str, day: date) -> None:
        line = self._end(code, day)
        self._begin(code, str(line["level"]), parent, day, f"{line['unit_name']} mới")

    def _merge(self, code: str, into: str, day: date) -> None:
        self._end(code, day)
        self._rename(into, str(self._open[into]["parent_code"]), day)
        self._succeed(code, (into,), day)

    def _split(self, code: str, into: tuple[str, ...], day: date) -> None:
        parent = str(self._end(code, day)["parent_code"])
        for each in into:
            self._begin(each, "commune", parent, day)
        self._succeed(code, into, day)

    def _succeed(self, code: str, into: tuple[str, ...], day: date) -> None:
        for each in into:
            self.successors.append({"old_code": code, "new_code": each, "valid_from": day, "successors": len(into)})

    def _end_districts(self, dice: Random) -> None:
        """Move all communes to another province; two of them become a new one, and one gets a new name."""
        self._begin(NEW_PROVINCE, "province", None, DISTRICTS_END)
        merging = dice.sample(("105", "106", "107"), 2)
        for code, line in list(self._open.items()):
            if line["level"] == "commune" and code not in merging:
                self._end(code, DISTRICTS_END)
                name = str(line["unit_name"]) + (" nữa" if code == "108" else "")
                self._begin(code, "commune", NEW_PROVINCE, DISTRICTS_END, name)
        self._begin("121", "commune", NEW_PROVINCE, DISTRICTS_END)
        for code in merging:
            self._end(code, DISTRICTS_END)
            self._succeed(code, ("121",), DISTRICTS_END)
        for code in (PROVINCE, "11", "12"):
            self._end(code, DISTRICTS_END)


def _day(number: int) -> date:
    return TERM_START + timedelta(days=number)


def _rules(dice: Random) -> Iterator[Line]:
    """Change each rule of each level once, some from calendar to working days."""
    choices = {
        "dialogues_a_year": ((1, 2, 4), ("calendar",)),
        "notice_days": ((0, 3, 7), ("calendar", "working")),
        "conclusion_days": ((5, 10), ("calendar", "working")),
        "settle_days": ((10, 20, 30), ("calendar", "working")),
        "acknowledge_days": ((10,), ("working",)),
        "feed_due_days": ((5, 10), ("calendar", "working")),
    }
    for rule, (values, day_types) in choices.items():
        for level in LEVELS:
            change = _day(dice.randrange(-100, 360))
            end = DISTRICTS_END if level == "district" else ""
            for first, until in ((date(2016, 1, 1), change), (change, end)):
                yield {
                    "rule": rule,
                    "level": level,
                    "valid_from": first,
                    "valid_to": until,
                    "value": dice.choice(values),
                    "day_type": dice.choice(day_types),
                    "basis": "Thử",
                }


def _feed_calendar(dice: Random) -> Iterator[Line]:
    """Require quarterly feeds of districts and later of communes, half-yearly ones of the province.

    In half of the worlds, districts also send feeds for nine months or years.
    """
    required = [("province", "half", FOUNDED, ""), ("district", "quarter", FOUNDED, DISTRICTS_END)]
    required.append(("commune", "quarter", DISTRICTS_END, ""))
    if dice.random() < 0.5:
        required.append(("district", dice.choice(("year", "nine_months")), FOUNDED, DISTRICTS_END))
    for level, period_type, first, until in required:
        yield {
            "level": level,
            "period_type": period_type,
            "valid_from": first,
            "valid_to": until,
            "basis": "Thử",
        }


def _row(line: Line) -> UnitRow:
    first, until = line["valid_from"], line["valid_to"] or date.max
    assert isinstance(first, date)
    assert isinstance(until, date)
    return UnitRow(str(line["unit_code"]), str(line["level"]), str(line["parent_code"]) or None, first, until)
