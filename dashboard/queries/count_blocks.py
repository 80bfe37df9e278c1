"""Periods that are shown or hidden together, and the pieces of time in which their counts must not be small."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dashboard.model import Period
from dashboard.queries.count_cells import Key, key_of


@dataclass(frozen=True)
class Piece:
    """A stretch of time in which no unit comes under another one: counts that add up are those of `plus` less those of
    `minus`, others those of `whole`, if there is one. The hierarchy is that of `day`."""

    plus: tuple[Key, ...]
    minus: tuple[Key, ...]
    day: date
    whole: Key | None = None


@dataclass(frozen=True)
class Block:
    """Periods that are shown or hidden together for a unit, only where the periods in `within` are shown."""

    periods: tuple[Key, ...]
    pieces: tuple[Piece, ...]
    within: tuple[Key, ...] = ()
    is_term: bool = False


def blocks_of(calendar: Sequence[Period], moves: Collection[date]) -> tuple[Block, ...]:
    """Return the blocks of a calendar, coarse ones first: the term; all its years, since they add up to it; of each
    year its quarters, half-years and nine months, since they add up to it. Without the longer period nothing adds up,
    and each year is a block of its own.

    `moves` are the days on which units come under another one; a longer period is cut there into pieces.
    """
    term = next((each for each in calendar if each.period_type == "term"), None)
    years = [each for each in calendar if each.period_type == "year"]
    quarters = [each for each in calendar if each.period_type == "quarter"]
    above = [] if term is None else [_term_block(term, quarters, moves)]
    groups = [years] if term is not None else [[year] for year in years]
    above += [_year_block(group, term, quarters, moves) for group in groups if group]
    return (*above, *_quarter_blocks(calendar, quarters))


def _term_block(term: Period, quarters: Sequence[Period], moves: Collection[date]) -> Block:
    return Block((key_of(term),), tuple(_pieces(term, quarters, moves)), is_term=True)


def _year_block(
    years: Sequence[Period], term: Period | None, quarters: Sequence[Period], moves: Collection[date]
) -> Block:
    pieces = [piece for year in years for piece in _pieces(year, quarters, moves)]
    if term is None:
        return Block(tuple(map(key_of, years)), tuple(pieces))
    return Block(tuple(map(key_of, years)), (*pieces, *_around_start(years, term)), (key_of(term),))


def _around_start(years: Sequence[Period], term: Period) -> list[Piece]:
    """Return the two parts of the year in which the term begins, which the term and the other years give away."""
    first = next((year for year in years if year.start < term.start <= _last(year)), None)
    if first is None:
        return []
    later = tuple(key_of(year) for year in years if year.start > first.start)
    whole, day = key_of(term), _last(first)
    return [Piece((whole,), later, day), Piece((key_of(first), *later), (whole,), day)]


def _quarter_blocks(calendar: Sequence[Period], quarters: Sequence[Period]) -> list[Block]:
    """Return a block for each year with quarters, half-years or nine months."""
    shorter = [each for each in calendar if each.period_type not in {"term", "year"}]
    years = {each.start.year: key_of(each) for each in calendar if each.period_type == "year"}
    found = []
    for number, group in groupby(sorted(shorter, key=lambda each: each.start), key=lambda each: each.start.year):
        parts = list(group)
        pieces = (piece for each in parts for piece in _shorter_pieces(each, quarters))
        within = (years[number],) if number in years else ()
        found.append(Block(tuple(map(key_of, parts)), tuple(pieces), within))
    return found


def _shorter_pieces(period: Period, quarters: Sequence[Period]) -> list[Piece]:
    """Return the period, and what remains of it without its quarters."""
    key, inside = key_of(period), tuple(key_of(each) for each in quarters if _is_within(each, period))
    whole = Piece((key,), (), _last(period), key)
    return [whole] if period.period_type == "quarter" else [whole, Piece((key,), inside, _last(period))]


def _pieces(period: Period, quarters: Sequence[Period], moves: Collection[date]) -> list[Piece]:
    """Return a period, cut where units come under another one."""
    inside = sorted((each for each in quarters if _is_within(each, period)), key=lambda each: each.start)
    eras = [list(group) for _, group in groupby(inside, lambda each: sum(day <= _last(each) for day in moves))]
    if len(eras) < 2:
        return [Piece((key_of(period),), (), _last(period), key_of(period))]
    cut = [Piece(tuple(map(key_of, era)), (), _last(era[-1])) for era in eras]
    return [*cut[:-1], Piece(cut[-1].plus, (), cut[-1].day, key_of(period))]


def _is_within(quarter: Period, period: Period) -> bool:
    return period.start <= quarter.start and _last(quarter) <= _last(period)


def _last(period: Period) -> date:
    return min(period.end, period.cutoff.date())
