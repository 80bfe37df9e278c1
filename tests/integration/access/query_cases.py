"""A call of every public function of `dashboard.queries`, aimed at a unit, a petition, a feed and a head."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.model import Part, Period, Subject, UnitSet
from dashboard.queries import catalogue, feeds, figures, heads, petitions, provenance, quality, records
from dashboard.queries.petitions import Selection
from dashboard.queries.provenance import RowVersion
from dashboard.queries.scope import Connection, Scope

OF_SNAPSHOT = {
    f"catalogue.{name}" for name in ("missing_parts", "snapshot_info", "periods", "fields", "kpis", "unit_codes")
} | {"feeds.totals", "feeds.rejections", "feeds.owed_periods", "quality.passed_checks"}
"""Queries without a scope: periods, definitions, codes of units, totals and checks of the whole snapshot."""
PARTS = {
    *(f"scope.{name}" for name in ("rows", "named_rows", "records", "frame")),
    *(f"membership.{name}" for name in ("places", "members_of", "members_on", "of_units", "of_spells")),
    *(f"small_counts.{name}" for name in ("shown_figures", "shown_points", "shown_flows")),
    *("petition_sets.behind", "count_cells.read_counts", "suppression.suppression_of"),
}
"""Parts of queries: SQL of conditions, the run of a query, and which of its counts are hidden."""
PUBLIC = frozenset({"figures.names", "figures.ranked_levels", "feeds.deadlines", "catalogue.coverage"})
"""Queries whose answers do not depend on rights: names of units, counts by level, deadlines, numbers of feeds."""


@dataclass(frozen=True)
class Aim:
    """What a query is aimed at: the unit '' is the whole province."""

    unit: str
    period: Period
    run: tuple[Period, ...]
    day: date
    petition: str
    row: tuple[str, str, int]
    feed: str
    head: str
    leader: str
    version: RowVersion

    @property
    def units(self) -> UnitSet:
        return UnitSet(self.unit)

    @property
    def selection(self) -> Selection:
        return Selection(unit=self.unit)


Case = Callable[[Connection, Scope, Aim], object]


def listed_behind(con: Connection, scope: Scope, aim: Aim) -> object:
    """All petitions of a unit, and those behind one of its figures."""
    behind = Selection(unit=aim.unit, period=aim.period, kpi="on_time_rate", part=Part.DENOMINATOR)
    return [petitions.petition_list(con, scope, each, None) for each in (aim.selection, behind)]


CASES: Mapping[str, Case] = {
    "catalogue.units_on": lambda con, scope, aim: catalogue.units_on(con, scope, aim.day),
    "catalogue.known_units": lambda con, scope, _: catalogue.known_units(con, scope),
    "catalogue.coverage": lambda con, scope, aim: catalogue.coverage(con, scope, aim.period, aim.units),
    "feeds.expected": lambda con, scope, aim: feeds.expected(con, scope, aim.period),
    "feeds.expected_for": lambda con, scope, aim: feeds.expected_for(con, scope, aim.period.code),
    "feeds.recent": lambda con, scope, aim: feeds.recent(con, scope, aim.period),
    "feeds.deadlines": lambda con, scope, aim: feeds.deadlines(con, scope, aim.period.cutoff),
    "figures.figures": lambda con, scope, aim: [
        figures.figures(con, scope, aim.period, each)
        for each in (Subject("unit", aim.unit), Subject("subtree", aim.unit), Subject("head", aim.head))
    ],
    "figures.figures_of": lambda con, scope, aim: figures.figures_of(
        con, scope, aim.period, "unit", ids=(aim.unit,), kpi_codes=("on_time_rate", "overdue_open")
    ),
    "figures.trend": lambda con, scope, aim: [
        (point.figure.value, point.figure.numerator)
        for point in figures.trend(con, scope, aim.run, Subject("subtree", aim.unit), kpi_code="overdue_open")
    ],
    "figures.ranked_levels": lambda con, scope, aim: figures.ranked_levels(
        con, scope, aim.period, kpi_code="on_time_rate"
    ),
    "figures.names": lambda con, scope, aim: figures.names(con, scope, aim.run, Subject("subtree", aim.unit)),
    "figures.flows": lambda con, scope, aim: figures.flows(con, scope, aim.run, Subject("subtree", aim.unit)),
    "heads.heads_in": lambda con, scope, aim: heads.heads_in(con, scope, aim.period, aim.units),
    "heads.tenures_of": lambda con, scope, aim: heads.tenures_of(con, scope, aim.head, aim.day),
    "heads.other_posts": lambda con, scope, aim: heads.other_posts(con, scope, aim.leader, "", aim.day),
    "heads.holders_of": lambda con, scope, aim: heads.holders_of(con, scope, aim.unit, aim.day),
    "heads.vacant_posts": lambda con, scope, aim: heads.vacant_posts(con, scope, aim.units, aim.day),
    "heads.dialogues": lambda con, scope, aim: heads.dialogues(con, scope, aim.period, aim.units, limit=None),
    "petitions.petition_list": listed_behind,
    "petitions.petition_count": lambda con, scope, aim: petitions.petition_count(con, scope, aim.selection),
    "petitions.class_counts": lambda con, scope, aim: petitions.class_counts(con, scope, aim.selection),
    "petitions.aging": lambda con, scope, aim: petitions.aging(con, scope, aim.selection),
    "petitions.count_by_unit": lambda con, scope, aim: petitions.count_by_unit(con, scope, aim.selection),
    "petitions.petition": lambda con, scope, aim: petitions.petition(con, scope, aim.petition),
    "petitions.quarantined_row": lambda con, scope, aim: petitions.quarantined_row(con, scope, aim.petition),
    "petitions.findings_of_row": lambda con, scope, aim: petitions.findings_of_row(con, scope, *aim.row),
    "provenance.feed": lambda con, scope, aim: provenance.feed(con, scope, aim.feed.upper()),
    "provenance.newest_feeds": lambda con, scope, _: provenance.newest_feeds(con, scope, None),
    "provenance.row_versions": lambda con, scope, aim: [
        provenance.row_versions(con, scope, each) for each in (aim.version.subject_id, aim.leader)
    ],
    "provenance.cells": lambda con, scope, aim: provenance.cells(con, scope, aim.version),
    "provenance.findings": lambda con, scope, aim: [
        provenance.findings(con, scope, aim.feed), provenance.findings(con, scope, *aim.row)
    ],
    "provenance.others_of": lambda con, scope, aim: provenance.others_of(con, scope, aim.version),
    "provenance.petition_and_dialogue": lambda con, scope, aim: provenance.petition_and_dialogue(
        con, scope, aim.petition
    ),
    "provenance.quarantined": lambda con, scope, aim: provenance.quarantined(con, scope, aim.feed),
    "quality.findings_by_rule": lambda con, scope, _: quality.findings_by_rule(con, scope),
    "quality.findings_by_sender": lambda con, scope, _: quality.findings_by_sender(con, scope),
    "quality.findings_by_period": lambda con, scope, _: quality.findings_by_period(con, scope),
    "quality.flags": lambda con, scope, _: quality.flags(con, scope),
    "records.plans": lambda con, scope, aim: records.plans(con, scope, aim.period, aim.units),
    "records.trainings": lambda con, scope, aim: records.trainings(con, scope, aim.period, aim.units),
    "records.practices": lambda con, scope, aim: records.practices(con, scope, aim.period, aim.units),
    "records.decisions": lambda con, scope, aim: records.decisions(con, scope, aim.period, aim.units),
    "records.decisions_about": lambda con, scope, aim: records.decisions_about(con, scope, aim.leader, aim.day),
    "records.nil_returns": lambda con, scope, aim: records.nil_returns(con, scope, aim.period, aim.units, aim.unit),
}  # fmt: skip
FIGURES = frozenset(name for name in CASES if name.startswith(("catalogue.", "figures.")))
HEADS = frozenset(name for name in CASES if name.startswith("heads.")) - {"heads.dialogues"}
RECORDS = frozenset(CASES) - FIGURES - HEADS - PUBLIC
OF_AIM = frozenset(name for name in RECORDS if name.startswith(("petitions.", "records.", "provenance."))) - {
    "provenance.newest_feeds"
} | {"heads.dialogues"}  # fmt: skip
"""Queries about one unit, feed, row or person."""
