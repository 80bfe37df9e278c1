"""Views (the states of a page) and their URLs; each is converted to the other. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from dashboard.model import Breadth, Field, Part, Period, Subject

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
AUDIT = "nhat-ky-truy-cap"
NOWHERE = "khong-co-trang"
"""Requests for unknown addresses are redirected here."""
CALENDARS = ("party", "state")
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
NAMED = frozenset({"petition", "head", "code", "flag"})
"""Parameters that name one thing of the snapshot; the page looks up whether it exists."""
LONGEST_WORD, LONGEST_NUMBER = 200, 8
FARTHEST_MEETING = timedelta(days=3660)
"""How far after the day of the data a meeting may be."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "calendar": {"party": "dang", "state": "nha-nuoc"},
    "breadth": {Breadth.SUBTREE: "gop", Breadth.UNIT: "rieng"},
    "part": {Part.NUMERATOR: "tu", Part.DENOMINATOR: "mau"},
}
"""The words of an address for the values of a view, where they differ."""


@dataclass(frozen=True)
class View:
    """The state of a page. '' means "not chosen"; `unit` '' is the whole province."""

    calendar: str = "party"
    period: str = ""
    unit: str = ""
    field: str = ALL
    breadth: Breadth = Breadth.SUBTREE
    kpi: str = ""
    part: Part = Part.DENOMINATOR
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
        """Return this view with `changes`; page and petition are reset."""
        values: dict[str, Any] = {"page": "1", "petition": "", **changes}
        return replace(self, **values)

    @property
    def is_of_today(self) -> bool:
        """Whether the view lists petitions as of the snapshot, regardless of the period."""
        return not self.kpi and bool(self.petition_class or self.bucket or self.meeting)

    def base(self) -> "View":
        """Return a view with only the filters that all pages share."""
        return View(self.calendar, self.period, self.unit, self.field)


_DEFAULTS: Mapping[str, str] = vars(View())


@dataclass(frozen=True)
class Choices:
    """The values in the snapshot that a view may have."""

    periods: tuple[Period, ...]
    unit_codes: tuple[str, ...]
    fields: tuple[Field, ...]
    kpi_codes: tuple[str, ...]
    buckets: tuple[str, ...]
    breadths: tuple[Breadth, ...] = tuple(Breadth)

    @property
    def calendars(self) -> tuple[str, ...]:
        """The calendars with periods."""
        return tuple(each for each in CALENDARS if any(period.calendar == each for period in self.periods))


@dataclass(frozen=True)
class Parsed:
    """A view that the snapshot can show, and the parameters whose values were invalid."""

    view: View
    unreadable: tuple[str, ...]


def parse(parameters: Mapping[str, str], choices: Choices) -> Parsed:
    """Return the view for URL parameters; those with invalid values get their default and are listed."""
    values = {name: _value(name, parameters[word]) for name, word in PARAMETERS.items() if parameters.get(word)}
    calendar = values.get("calendar")
    calendar = calendar if calendar in choices.calendars else View().calendar
    allowed = _allowed(choices, calendar)
    valid: dict[str, Any] = {
        name: value for name, value in values.items() if value is not None and _is_valid(name, value, allowed)
    }
    view = View(period=default_period(choices.periods, calendar))
    return Parsed(replace(view, **valid), tuple(PARAMETERS[name] for name in values if name not in valid))


def _value(name: str, word: str) -> str | None:
    """Return the value that a word in the URL means; None if it has no meaning."""
    if name not in _WORDS:
        return word
    return next((value for value, known in _WORDS[name].items() if known == word), None)


def _allowed(choices: Choices, calendar: str) -> dict[str, set[str]]:
    return {
        "calendar": set(choices.calendars),
        "breadth": set(choices.breadths),
        "period": {period.code for period in choices.periods if period.calendar == calendar},
        "unit": set(choices.unit_codes),
        "field": {ALL, *(field.code for field in choices.fields)},
        "kpi": set(choices.kpi_codes),
        "petition_class": set(CLASSES),
        "bucket": set(choices.buckets),
        "body": set(BODIES),
    }


def _is_valid(name: str, value: str, allowed: Mapping[str, set[str]]) -> bool:
    if name == "meeting":
        return parse_day(value) is not None
    if name == "page":
        return value.isascii() and value.isdigit() and len(value) < LONGEST_NUMBER and int(value) >= 1
    if name in NAMED:
        return len(value) <= LONGEST_WORD and value.isprintable()
    return name not in allowed or value in allowed[name]


def parse_day(text: str) -> date | None:
    """Parse an ISO date; None if the text is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def default_period(periods: tuple[Period, ...], calendar: str) -> str:
    """Return the newest finished quarter of the calendar, else its newest period; '' without periods."""
    own = [period for period in periods if period.calendar == calendar]
    closed = [period for period in own if period.period_type == "quarter" and not period.is_running]
    best = max(closed or own, key=lambda period: period.end, default=None)
    return "" if best is None else best.code


def parameters_of(view: View) -> dict[str, str]:
    """Return the URL parameters of `view` without those that have their default value."""
    changed: dict[str, str] = {name: value for name, value in vars(view).items() if value != _DEFAULTS[name]}
    return {PARAMETERS[name]: _WORDS[name][value] if name in _WORDS else value for name, value in changed.items()}


def address(page: str, view: View) -> str:
    """Return the URL of `view` on `page`, relative to the root of the dashboard."""
    query = urlencode(parameters_of(view))
    return f"{page}?{query}" if query else page


def subject_of(view: View, province_code: str) -> Subject:
    """Return the subject whose figures the view shows."""
    if view.breadth is Breadth.UNIT:
        return Subject("unit", view.unit or province_code)
    return Subject("subtree", view.unit) if view.unit else Subject("province", province_code)


def with_calendar(view: View, calendar: str, periods: tuple[Period, ...]) -> View:
    """Return `view` in another calendar: in the period with the same code, else in the default period."""
    codes = {period.code for period in periods if period.calendar == calendar}
    code = view.period if view.period in codes else default_period(periods, calendar)
    return view.to(calendar=calendar, period=code)
