"""When feeds arrive: most in time, some late, some never, two of them twice, and one after the world's last day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sample_province.chance import chance_for, takes
from sample_province.mergers.maps import owed_feeds
from sample_province.mergers.periods import Period

MISSING = frozenset(
    {("352", "2025Q2"), ("13363", "2025Q3"), ("13420", "2025Q3")}
    | {(code, "2025Q4") for code in ("13363", "13420", "13435", "13483", "13489", "13531", "13558")}
)
"""The feeds that never arrive: the last one of a district, and those of some new communes."""

_PLANNED: Mapping[tuple[str, str], datetime] = {
    ("351", "2025Q1"): datetime(2025, 4, 24, 15, 20),
    ("13444", "2025Q3"): datetime(2025, 10, 9, 16, 30),
    ("13456", "2025Q3"): datetime(2025, 10, 10, 8, 0),
    ("13597", "2025Q4"): datetime(2026, 1, 12, 16, 0),
    ("13474", "2025Q4"): datetime(2026, 1, 13, 8, 15),
    ("13627", "2025Q4"): datetime(2026, 1, 26, 9, 0),
    ("35", "2025H1"): datetime(2025, 7, 8, 10, 0),
    ("37", "2025H2"): datetime(2026, 1, 9, 14, 0),
    ("37", "2025"): datetime(2026, 1, 16, 9, 30),
}
"""The feeds with a planned arrival, such as on the last day in time, a day later, or much later."""

LACKED_A_PETITION = ("350", "2025Q1")
LISTED_A_MOVED_DIALOGUE = ("13591", "2025Q3")
_AGAIN: Mapping[tuple[str, str], datetime] = {
    LACKED_A_PETITION: datetime(2025, 5, 12, 10, 45),
    LISTED_A_MOVED_DIALOGUE: datetime(2026, 1, 8, 9, 30),
}
"""The feeds that arrive a second time, corrected."""

_LATE = 0.12


@dataclass(frozen=True)
class Sending:
    """One feed to be sent."""

    sender: str
    period: Period
    received_at: datetime
    version: int = 1


def sendings(seed: int) -> tuple[Sending, ...]:
    """All feeds that arrive, in order of arrival."""
    return tuple(sorted(_all(seed), key=lambda each: (each.received_at, each.sender, each.period.code)))


def _all(seed: int) -> Iterator[Sending]:
    for sender, period in owed_feeds():
        if (sender, period.code) not in MISSING:
            yield Sending(sender, period, _PLANNED.get((sender, period.code)) or _arrival(seed, sender, period))
        if (sender, period.code) in _AGAIN:
            yield Sending(sender, period, _AGAIN[sender, period.code], version=2)


def _arrival(seed: int, sender: str, period: Period) -> datetime:
    """A random working hour within ten days after the period or, if the feed is late, about a week later."""
    rng = chance_for(seed, f"sending:{sender}:{period.code}")
    day = period.last + timedelta(days=rng.randint(13, 19) if takes(rng, _LATE) else rng.randint(6, 9))
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time(rng.randint(8, 16), 5 * rng.randint(0, 11)))
