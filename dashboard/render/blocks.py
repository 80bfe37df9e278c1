"""Figures → cards, tables and sentences with links. Pure; pages draw them."""

from collections.abc import Mapping, Sequence

from dashboard import filters
from dashboard.filters import View
from dashboard.model import Figure, Kpi, Part, SnapshotInfo
from dashboard.render.html import Card, Cell, Link
from dashboard.text import formats, headings, headlines, missing_feeds, rounding, sentences


def evidence(view: View, kpi: Kpi, parts: Sequence[Part]) -> dict[Part, str]:
    """Return the URLs of the lists of petitions that the parts of a KPI count."""
    return {part: filters.address(filters.UNITS, view.to(kpi=kpi.code, part=part)) for part in parts}


def card(kpi: Kpi, figure: Figure, previous_label: str, links: tuple[Link, ...], info: SnapshotInfo) -> Card:
    """Return the card of a main figure. A rate of too few petitions is not judged, and a figure of too few reports is
    not compared with the previous period."""
    is_small = kpi.is_rate and headlines.is_small(figure, info.min_denominator)
    is_compared = not is_small and not headlines.is_sparse(figure, info) and not figure.is_hidden
    verdict = sentences.judged_change(kpi, figure) if is_compared else ""
    return Card(
        name=kpi.name,
        value=formats.HIDDEN if figure.is_hidden else rounding.measure(kpi, figure.value),
        unit="" if kpi.is_rate or figure.value is None else kpi.unit,
        pair=sentences.HIDDEN_FIGURE if figure.is_hidden else sentences.denominator(kpi, figure),
        change=sentences.change(kpi, figure, previous_label)
        if is_compared and not figure.is_hidden
        else _why_not_compared(figure, info),
        verdict=verdict,
        is_worse=verdict == sentences.WORSE,
        target=sentences.target(kpi, None if is_small else figure.value),
        is_missed=rounding.met(kpi, figure.value) is False and not is_small,
        links=links,
    )


def _why_not_compared(figure: Figure, info: SnapshotInfo) -> str:
    if figure.is_hidden:
        return ""
    if headlines.is_sparse(figure, info):
        return missing_feeds.sparse(figure)
    return sentences.too_few(info.min_denominator) if figure.denominator else sentences.NOTHING_TO_COMPARE


def rate_cell(kpi: Kpi, figure: Figure | None, minimum: int) -> Cell:
    """Return a value with numerator and denominator, greyed below the minimum, marked if it misses the target with
    enough petitions."""
    if figure is not None and figure.is_hidden:
        return Cell(formats.HIDDEN, is_dim=True)
    if figure is None or figure.value is None:
        return Cell(formats.NOTHING)
    if not kpi.is_rate:
        return Cell(rounding.measure(kpi, figure.value), is_bad=rounding.met(kpi, figure.value) is False)
    is_small = (figure.denominator or 0) < minimum
    missed = rounding.met(kpi, figure.value) is False and not is_small
    pair = formats.share(figure.numerator, figure.denominator)
    return Cell(rounding.measure(kpi, figure.value), pair=pair, is_dim=is_small, is_bad=missed)


def rank_cell(figure: Figure | None) -> Cell:
    """Return '3/6' with the rank band as its pair."""
    if figure is None or figure.rank is None:
        return Cell(formats.NOTHING, is_dim=True)
    band = formats.band(figure.rank_best, figure.rank_worst)
    return Cell(formats.rank(figure.rank, figure.peer_count), pair=f"({band})")


def kpi_row(kpi: Kpi, figure: Figure, links: Mapping[Part, str], minimum: int, *, ranked: bool = True) -> list[Cell]:
    """Return a row of the table of all KPIs of one subject; the value links to its numerator, the pair to its
    denominator."""
    is_small = kpi.is_rate and (figure.denominator or 0) < minimum
    missed = rounding.met(kpi, figure.value) is False and not is_small
    denominator_link = links.get(Part.DENOMINATOR, "")
    value_link = links.get(Part.NUMERATOR, "" if kpi.is_rate else denominator_link) if figure.numerator else ""
    pair = formats.share(figure.numerator, figure.denominator) if kpi.is_rate else formats.NOTHING
    cells = [
        Cell(kpi.name, is_left=True, is_wide=True),
        Cell(
            formats.HIDDEN if figure.is_hidden else rounding.with_unit(kpi, figure.value),
            is_dim=is_small or figure.is_hidden,
            is_bad=missed,
            link=value_link,
        ),
        Cell(pair, link=denominator_link if pair != formats.NOTHING else ""),
        Cell(formats.interval(figure.lower, figure.upper) if kpi.is_rate else formats.NOTHING, is_dim=is_small),
        Cell(rounding.measure(kpi, figure.previous_value)),
        Cell(sentences.bound(kpi)),
    ]
    return [*cells, rank_cell(figure)] if ranked else cells


def kpi_headers(*, ranked: bool = True) -> list[Cell]:
    """Return the headers of the table of all KPIs."""
    words = (*headings.KPI_VALUES, headings.RANK) if ranked else headings.KPI_VALUES
    return [Cell(headings.KPI, is_left=True), *map(Cell, words)]


def nothing(kpi_code: str, subject_id: str, field: str) -> Figure:
    """Return a figure without values, for a subject without published figures."""
    return Figure(subject_id, kpi_code, field, None, None, None, None, None, None, None, None, None, None, None)


def figure_of(found: Mapping[str, Figure], kpi_code: str, subject_id: str = "") -> Figure:
    """Return the figure of `kpi_code`, or one without values."""
    return found.get(kpi_code) or nothing(kpi_code, subject_id, filters.ALL)
