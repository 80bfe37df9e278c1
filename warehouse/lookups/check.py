"""Check all lookups of a home. Pure: bytes in, tables and faults out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.lookups.definitions import DEFINITIONS
from warehouse.lookups.duplicates import repeated_rows
from warehouse.lookups.faults import LookupFault
from warehouse.lookups.feed_calendar import feed_calendar_faults
from warehouse.lookups.fields import field_faults
from warehouse.lookups.hierarchy import hierarchy_faults
from warehouse.lookups.peer_groups import peer_group_faults
from warehouse.lookups.province import province_faults
from warehouse.lookups.rules import rule_faults
from warehouse.lookups.spells import clashes, reversed_rows
from warehouse.lookups.successors import successor_faults
from warehouse.lookups.tables import Table, in_order, read_table
from warehouse.lookups.targets import target_faults
from warehouse.lookups.vocabulary import Vocabulary


@dataclass(frozen=True)
class Scope:
    """The context of a check: the first day of the term, the province's code, the allowed codes."""

    term_start: date
    province_code: str
    vocabulary: Vocabulary


@dataclass(frozen=True)
class CheckedLookups:
    """The tables by name, and all faults, ordered by file and row."""

    tables: Mapping[str, Table]
    faults: tuple[LookupFault, ...]


def check_lookups(files: Mapping[str, bytes], scope: Scope) -> CheckedLookups:
    """Check the lookups in `files` (name → bytes): cell by cell, table by table, and against each other."""
    read = {name: read_table(lookup, files.get(name), scope.vocabulary) for name, lookup in DEFINITIONS.items()}
    tables = {name: table for name, (table, _) in read.items()}
    faults = [fault for _, faults in read.values() for fault in faults]
    faults += [fault for table in tables.values() if table.is_read for fault in _own_faults(table)]
    faults += _faults_between(tables, scope)
    return CheckedLookups(tables, tuple(in_order(faults, [lookup.file for lookup in DEFINITIONS.values()])))


def _own_faults(table: Table) -> Iterator[LookupFault]:
    """Yield the faults within a table: duplicate keys and invalid or overlapping validity."""
    if table.lookup.has_spells:
        yield from reversed_rows(table)
    for key in table.lookup.keys:
        yield from clashes(table, key) if table.lookup.has_spells else repeated_rows(table, key)


def _faults_between(tables: Mapping[str, Table], scope: Scope) -> Iterator[LookupFault]:
    """Yield the faults of whole tables and between tables; files that could not be read are skipped."""
    units, rules, calendar = tables["units"], tables["rules"], tables["feed_calendar"]
    if units.is_read:
        yield from hierarchy_faults(units)
        yield from province_faults(units, scope.province_code, scope.term_start)
        yield from successor_faults(tables["unit_successors"], units)
        yield from peer_group_faults(tables["peer_groups"], units)
    if rules.is_read:
        yield from rule_faults(rules, units, calendar, scope.term_start)
    if calendar.is_read:
        yield from feed_calendar_faults(calendar)
    if tables["fields"].is_read:
        yield from field_faults(tables["fields"])
    yield from target_faults(tables["targets"], scope.vocabulary)
