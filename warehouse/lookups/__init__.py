"""Lookups: the tables that a province keeps as CSV files in its home, checked as a whole and then loaded.

definitions   columns of each file and types of their cells       vocabulary   the closed sets of codes
csv_text      bytes → records                                     cells        text → value
tables        records → rows with values                          faults       message, place and remedy of a fault
days          intervals of dates: overlaps and gaps               spells       rows reversed, repeated, overlapping
duplicates, hierarchy, province, successors, peer_groups, rules, targets, feed_calendar, fields: whole tables
check         every check of every file (pure)                    load         files in a home → schema `lookups`
"""

from warehouse.lookups.holidays import HOLIDAY_YEARS, public_holidays
from warehouse.lookups.load import LOOKUPS, load_lookup_files, load_lookups, read_lookups

__all__ = ["HOLIDAY_YEARS", "LOOKUPS", "load_lookup_files", "load_lookups", "public_holidays", "read_lookups"]
