"""The date format in an export's column, judged by all its values. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product

_DAYS = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d", "%Y%m%d", "%d %b %Y",
         "%b %d %Y", "%b %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%m/%d/%y", "%d/%m/%y")  # fmt: skip
_TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", "T%H:%M:%S.%f", " %H:%M:%S.%f")
_TIMES_FIRST = ("%H:%M ", "%H:%M:%S ", "%Hh%M ")
_READ_AS_THEY_ARE = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f")
"""ISO formats, which need no entry in the profile."""


@dataclass(frozen=True)
class DateForm:
    """The date format in a column: the `formats`, as in strptime, that parse the most values.

    With more than one, the format is undecided. `strange` are the values that none of them parses. ISO dates need no
    format.
    """

    formats: tuple[str, ...]
    strange: tuple[str, ...] = ()
    is_iso: bool = False

    @property
    def decided(self) -> str | None:
        """The only format; None without one, or if there are several, which read the same texts differently."""
        return self.formats[0] if len(self.formats) == 1 else None


def date_form(values: Iterable[str]) -> DateForm | None:
    """The date format in a column; None if no format parses half of its distinct values."""
    texts = sorted(set(values))
    if not texts:
        return None
    read = {form: count for form in _all_forms() if (count := sum(_reads(form, text) for text in texts))}
    most = max(read.values(), default=0)
    if most * 2 < len(texts):
        return None
    best = [form for form, count in read.items() if count == most]
    if any(form in _READ_AS_THEY_ARE for form in best):
        return DateForm((), is_iso=True)
    strange = tuple(text for text in texts if not any(_reads(form, text) for form in best))
    return DateForm(tuple(_differing(best, texts)), strange)


def _all_forms() -> Iterator[str]:
    yield from (day + time for day, time in product(_DAYS, _TIMES))
    yield from (time + day for time, day in product(_TIMES_FIRST, _DAYS))


def _reads(form: str, text: str) -> bool:
    return _day(form, text) is not None


def _day(form: str, text: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def _differing(forms: list[str], texts: list[str]) -> Iterator[str]:
    """Yield the formats; of those that read all these texts alike, only the first."""
    seen: list[list[datetime | None]] = []
    for form in forms:
        days = [_day(form, text) for text in texts]
        if days not in seen:
            seen.append(days)
            yield form
