"""Random views of the snapshot's data, and their URLs."""

from dataclasses import dataclass, fields, replace
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dashboard import filters
from dashboard.filters import View
from dashboard.model import Breadth, Part

from .listings import BUCKETS, OF_DIALOGUES, PAGE_ROWS, listing
from .world import Period, World

OVERVIEW, UNIT, LIST, HEADS, HEAD, PROGRESS = "overview", "unit", "list", "heads", "head", "progress"
BOARD, QUALITY, METHOD, PROVENANCE, PETITION = "board", "quality", "method", "provenance", "petition"
PAGES = {
    OVERVIEW: filters.OVERVIEW, UNIT: filters.UNITS, LIST: filters.UNITS, PETITION: filters.UNITS,
    HEADS: filters.HEADS, HEAD: filters.HEADS, PROGRESS: filters.PROGRESS, BOARD: filters.FEED_BOARD,
    QUALITY: filters.DATA_QUALITY, METHOD: filters.METHOD, PROVENANCE: filters.PROVENANCE,
}  # fmt: skip
WEIGHTS = {
    OVERVIEW: 5,
    UNIT: 6,
    LIST: 6,
    HEADS: 3,
    HEAD: 3,
    PROGRESS: 3,
    BOARD: 2,
    QUALITY: 1,
    PROVENANCE: 1,
    PETITION: 1,
}
LISTED = (
    "on_time_rate", "resolution_rate", "resolved_share", "overdue_rate", "overdue_open", "satisfaction_rate",
    "median_days_to_settle", "dialogues_held", "head_chaired_rate",
)  # fmt: skip
ONE_SIDED = {
    "overdue_open": Part.NUMERATOR,
    "dialogues_held": Part.NUMERATOR,
    "median_days_to_settle": Part.DENOMINATOR,
}


@dataclass(frozen=True)
class Request:
    """A kind of page and its view."""

    kind: str
    view: View

    @property
    def address(self) -> str:
        return filters.address(PAGES[self.kind], self.view)


def read_address(address: str) -> Request:
    """Return the page and view of a URL inside the dashboard."""
    parts = urlsplit(address)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    words: dict[str, Any] = {
        "nha-nuoc": "state", "dang": "party", "tu": Part.NUMERATOR, "mau": Part.DENOMINATOR,
        "gop": Breadth.SUBTREE, "rieng": Breadth.UNIT,
    }  # fmt: skip
    names = {item.name: filters.PARAMETERS[item.name] for item in fields(View)}
    view = View(**{name: words.get(given[word], given[word]) for name, word in names.items() if word in given})
    return Request(_kind(parts.path.removeprefix("./").strip("/"), view), view)


def _kind(path: str, view: View) -> str:
    if path == filters.UNITS:
        is_list = view.kpi or view.petition_class or view.bucket or view.meeting
        return PETITION if view.petition else LIST if is_list else UNIT
    if path == filters.HEADS:
        return HEAD if view.head else HEADS
    return next(kind for kind, page in PAGES.items() if page.removeprefix("./") == path)


def random_views(world: World, seed: int, count: int) -> list[Request]:
    """`count` views, the same for the same snapshot and seed; the kinds of pages are distributed by WEIGHTS."""
    rng = Random(seed)
    deck = [kind for kind, weight in WEIGHTS.items() for _ in range(weight)]
    rng.shuffle(deck)
    return [_view(world, rng, deck[number % len(deck)]) for number in range(count)]


def _view(world: World, rng: Random, kind: str) -> Request:
    calendar = rng.choice(("party", "party", "state"))
    period = _period(world, rng, calendar)
    unit = _unit(world, rng, period)
    field = rng.choice(["ALL", "ALL", rng.choice(list(world.fields))])
    base = View(calendar=calendar, period=period.code, unit=unit, field=field)
    return Request(kind, MORE[kind](world, rng, base) if kind in MORE else base)


def _period(world: World, rng: Random, calendar: str) -> Period:
    own = [each for each in world.periods if each.calendar == calendar]
    kind = rng.choice([*sorted({each.kind for each in own}), "quarter"])
    return rng.choice([each for each in own if each.kind == kind])


def _unit(world: World, rng: Random, period: Period) -> str:
    """A unit of any level that has begun, possibly ended; often the whole province."""
    known = [each for each in (world.unit(code, period.day) for code in world.spells) if each]
    level = rng.choice(("", "", "district", "district", "commune", "commune", "ended"))
    if level == "ended":
        chosen = [each.code for each in known if each.last_day]
    else:
        chosen = [each.code for each in known if each.level == level and each.level != "province" and not each.last_day]
    return rng.choice(chosen or [""])


def _of_breadth(_: World, rng: Random, base: View) -> View:
    return base.to(breadth=rng.choice(tuple(Breadth)))


def _of_list(world: World, rng: Random, base: View) -> View:
    base = base.to(breadth=rng.choice((Breadth.SUBTREE, Breadth.SUBTREE, Breadth.UNIT)))
    which = rng.choice(("kpi", "kpi", "kpi", "class", "bucket", "meeting"))
    if which == "class":
        return base.to(petition_class=rng.choice(filters.CLASSES))
    if which == "bucket":
        return base.to(bucket=rng.choice(sorted(BUCKETS)))
    if which == "meeting":
        return base.to(meeting=(world.as_of.date().replace(day=1)).replace(month=12).isoformat())
    kpi = rng.choice(LISTED)
    view = base.to(kpi=kpi, part=ONE_SIDED.get(kpi, rng.choice(tuple(Part))))
    behind = listing(world, view)
    pages = -(-behind.count(world) // PAGE_ROWS) if behind and kpi not in OF_DIALOGUES else 1
    return replace(view, page=str(rng.randint(1, max(1, pages))))


def _of_heads(_: World, rng: Random, base: View) -> View:
    return base.to(body=rng.choice(filters.BODIES))


def _of_head(world: World, rng: Random, base: View) -> View:
    """A head, or a vacant post, that began by the end of the period."""
    period = world.period(base.calendar, base.period)
    found = world.rows(
        "select distinct head_id from dim_tenures where from_on is null or from_on <= $day order by 1", day=period.day
    )
    return base.to(head=rng.choice(found)["head_id"], unit="")


def _of_quality(world: World, rng: Random, base: View) -> View:
    codes = [row["flag_code"] for row in world.rows("select distinct flag_code from integrity_flags order by 1")]
    return base.to(code=rng.choice(["", *codes]))


def _of_provenance(world: World, rng: Random, base: View) -> View:
    sql = rng.choice(
        ("select feed_id from fct_feeds order by 1", "select petition_id from fct_petitions order by 1",
         "select dialogue_code from fct_dialogues order by 1")
    )  # fmt: skip
    return base.to(code=next(iter(rng.choice(world.rows(sql)).values())))


def _of_petition(world: World, rng: Random, base: View) -> View:
    return base.to(petition=rng.choice(world.rows("select petition_id from fct_petitions order by 1"))["petition_id"])


MORE = {
    UNIT: _of_breadth, LIST: _of_list, HEADS: _of_heads, HEAD: _of_head, QUALITY: _of_quality,
    PROVENANCE: _of_provenance, PETITION: _of_petition,
}  # fmt: skip
