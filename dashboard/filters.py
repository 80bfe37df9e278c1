"""The state of a page and its address. Pure: the same address always gives the same view, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from dashboard.model import Field, Period, Subject

OVERVIEW, UNITS, HEADS, PROGRESS, METHOD = (
    "./",
    "cap-va-don-vi",
    "nguoi-dung-dau",
    "tien-do-va-qua-han",
    "phuong-phap-tinh",
)
FEED_BOARD, CHECK_FILE, DATA_QUALITY, PROVENANCE = (
    "tinh-trang-bao-cao",
    "kiem-tra-tep",
    "chat-luong-du-lieu",
    "tra-cuu-nguon-goc",
)
PAGES = (UNITS, HEADS, PROGRESS, METHOD, FEED_BOARD, CHECK_FILE, DATA_QUALITY, PROVENANCE)
NOWHERE = "khong-co-trang"
"""Where visits to unknown addresses are sent."""
CALENDARS = ("party", "state")
BREADTHS = ("gop", "rieng")
PARTS = ("tu", "mau")
CLASSES = ("settled_on_time", "settled_late", "open_in_term", "open_overdue", "left_scope")
BODIES = ("", "party", "government")
ALL = "ALL"

PARAMETERS = {
    "calendar": "lich",
    "period": "ky",
    "unit": "don-vi",
    "field": "linh-vuc",
    "breadth": "pham-vi",
    "kpi": "chi-tieu",
    "part": "phan",
    "petition_class": "nhom",
    "bucket": "tuoi",
    "petition": "kien-nghi",
    "head": "nguoi",
    "body": "co-quan",
    "meeting": "hop",
    "code": "ma",
    "flag": "dau-hieu",
    "page": "trang",
}
WORDS = frozenset({"petition", "head", "code", "flag"})
"""What names one thing of the snapshot; whether there is such a thing is asked there."""
LONGEST_WORD, LONGEST_NUMBER = 200, 8
FARTHEST_MEETING = timedelta(days=3660)
"""How long after the day of the data a meeting may be."""
_CALENDAR_WORDS = {"party": "dang", "state": "nha-nuoc"}


@dataclass(frozen=True)
class View:
    """What a page shows. '' means: not chosen; `unit` '' is the whole province."""

    calendar: str = "party"
    period: str = ""
    unit: str = ""
    field: str = ALL
    breadth: str = "gop"
    kpi: str = ""
    part: str = "mau"
    petition_class: str = ""
    bucket: str = ""
    petition: str = ""
    head: str = ""
    body: str = ""
    meeting: str = ""
    code: str = ""
    flag: str = ""
    page: str = "1"

    def to(self, **changes: str) -> "View":
        """This view with `changes`; what belongs to a list (page, petition) starts afresh."""
        return replace(self, **{"page": "1", "petition": "", **changes})

    @property
    def is_of_today(self) -> bool:
        """Whether it is a list of petitions as they stand on the day of the data, whatever the period."""
        return not self.kpi and bool(self.petition_class or self.bucket or self.meeting)

    def base(self) -> "View":
        """Only the filters that every page shares."""
        return View(self.calendar, self.period, self.unit, self.field)


@dataclass(frozen=True)
class Choices:
    """What the snapshot offers to choose from."""

    periods: tuple[Period, ...]
    unit_codes: tuple[str, ...]
    fields: tuple[Field, ...]
    kpi_codes: tuple[str, ...]
    buckets: tuple[str, ...]


@dataclass(frozen=True)
class Parsed:
    """A view that the snapshot can show, and the parameters that had to fall back."""

    view: View
    unreadable: tuple[str, ...]


def parse(parameters: Mapping[str, str], choices: Choices) -> Parsed:
    """The view an address asks for; whatever does not fit falls back to its default and is named."""
    asked = {name: parameters[word] for name, word in PARAMETERS.items() if parameters.get(word)}
    calendar = next((key for key, word in _CALENDAR_WORDS.items() if word == asked.get("calendar")), "")
    if "calendar" in asked:
        asked["calendar"] = calendar or asked["calendar"]
    default = View(period=default_period(choices.periods, calendar or "party"))
    allowed = _allowed(choices, calendar or "party")
    bad = [name for name, value in asked.items() if not _fits(name, value, allowed)]
    good = {name: value for name, value in asked.items() if name not in bad}
    return Parsed(replace(default, **good), tuple(PARAMETERS[name] for name in bad))


def _allowed(choices: Choices, calendar: str) -> dict[str, set[str]]:
    return {
        "calendar": set(CALENDARS),
        "period": {period.code for period in choices.periods if period.calendar == calendar},
        "unit": set(choices.unit_codes),
        "field": {ALL, *(field.code for field in choices.fields)},
        "breadth": set(BREADTHS),
        "kpi": set(choices.kpi_codes),
        "part": set(PARTS),
        "petition_class": set(CLASSES),
        "bucket": set(choices.buckets),
        "body": set(BODIES),
    }


def _fits(name: str, value: str, allowed: Mapping[str, set[str]]) -> bool:
    if name == "meeting":
        return parse_day(value) is not None
    if name == "page":
        return value.isascii() and value.isdigit() and len(value) < LONGEST_NUMBER and int(value) >= 1
    if name in WORDS:
        return len(value) <= LONGEST_WORD and value.isprintable()
    return name not in allowed or value in allowed[name]


def parse_day(text: str) -> date | None:
    """The day of an ISO date in an address, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def default_period(periods: tuple[Period, ...], calendar: str) -> str:
    """The newest finished quarter of the calendar, else the newest period of any kind; '' if there is none."""
    own = [period for period in periods if period.calendar == calendar]
    closed = [period for period in own if period.period_type == "quarter" and not period.is_running]
    best = max(closed or own, key=lambda period: period.end, default=None)
    return "" if best is None else best.code


def parameters_of(view: View) -> dict[str, str]:
    """The address parameters of `view`, defaults left out except calendar-independent anchors (the period)."""
    plain: dict[str, Any] = {item.name: getattr(view, item.name) for item in fields(view)}
    defaults = View()
    told = {name: value for name, value in plain.items() if value != getattr(defaults, name)}
    if "calendar" in told:
        told["calendar"] = _CALENDAR_WORDS[told["calendar"]]
    return {PARAMETERS[name]: str(value) for name, value in told.items()}


def address(page: str, view: View) -> str:
    """The address of `view` on `page`, relative to where the dashboard is served."""
    query = urlencode(parameters_of(view))
    return f"{page}?{query}" if query else page


def subject_of(view: View, province_code: str) -> Subject:
    """Whose figures the view shows."""
    if view.breadth == "rieng":
        return Subject("unit", view.unit or province_code)
    return Subject("subtree", view.unit) if view.unit else Subject("province", province_code)


def with_calendar(view: View, calendar: str, periods: tuple[Period, ...]) -> View:
    """`view` in another calendar, in the period of the same code where there is one."""
    codes = {period.code for period in periods if period.calendar == calendar}
    code = view.period if view.period in codes else default_period(periods, calendar)
    return view.to(calendar=calendar, period=code)
