"""Raw tables: feeds as they landed, row by row, with their lineage and the text received in every cell."""

from collections.abc import Mapping

import duckdb

_DIALOGUES = {
    "dialogue_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "unit_name": "VARCHAR",
    "held_on": "DATE",
    "form": "VARCHAR",
    "chair_name": "VARCHAR",
    "chair_post": "VARCHAR",
    "chaired_by_head": "BOOLEAN",
    "delegation_no": "VARCHAR",
    "in_programme": "BOOLEAN",
    "notice_on": "DATE",
    "detailed_programme": "BOOLEAN",
    "participants": "BIGINT",
    "opinions_raised": "BIGINT",
    "answered_at_once": "BIGINT",
    "conclusion_no": "VARCHAR",
    "conclusion_on": "DATE",
    "main_field": "VARCHAR",
    "supervised_on": "DATE",
    "note": "VARCHAR",
}
_PETITIONS = {
    "petition_code": "VARCHAR",
    "dialogue_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "received_on": "TIMESTAMP",
    "field": "VARCHAR",
    "summary": "VARCHAR",
    "responsible_unit_code": "VARCHAR",
    "responsible_body": "VARCHAR",
    "due_on": "TIMESTAMP",
    "extension_no": "VARCHAR",
    "extended_due_on": "TIMESTAMP",
    "extended_on": "DATE",
    "outcome": "VARCHAR",
    "settled_on": "TIMESTAMP",
    "result_no": "VARCHAR",
    "satisfaction": "VARCHAR",
}
_TENURES = {
    "leader_code": "VARCHAR",
    "full_name": "VARCHAR",
    "unit_code": "VARCHAR",
    "body": "VARCHAR",
    "post": "VARCHAR",
    "from_on": "DATE",
    "to_on": "DATE",
}
_PLANS = {"unit_code": "VARCHAR", "year": "BIGINT", "planned_dialogues": "BIGINT", "programme_no": "VARCHAR"}
_TRAININGS = {
    "training_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "held_on": "DATE",
    "topic": "VARCHAR",
    "participants": "BIGINT",
}
_DECISIONS = {
    "decision_no": "VARCHAR",
    "decided_on": "DATE",
    "kind": "VARCHAR",
    "unit_code": "VARCHAR",
    "leader_code": "VARCHAR",
    "form": "VARCHAR",
    "reason": "VARCHAR",
}
_PRACTICES = {
    "practice_code": "VARCHAR",
    "unit_code": "VARCHAR",
    "title": "VARCHAR",
    "summary": "VARCHAR",
    "published_on": "DATE",
}
SHEETS: Mapping[str, Mapping[str, str]] = {
    "dialogues": _DIALOGUES,
    "petitions": _PETITIONS,
    "tenures": _TENURES,
    "plans": _PLANS,
    "trainings": _TRAININGS,
    "decisions": _DECISIONS,
    "practices": _PRACTICES,
}
"""Fields of each landed sheet and their types, in the order of the contract (a test holds the two together)."""

_DDL = """
create schema if not exists raw;
create table if not exists raw.feeds (
    feed_id varchar primary key, sha256 varchar not null, file_name varchar not null, archive_name varchar,
    sender_unit_code varchar, period_code varchar, version integer, received_at timestamp not null,
    status varchar not null check (status in ('accepted', 'rejected')), nil_return boolean,
    prepared_on date, prepared_by varchar, approved_by varchar, declared_dialogues bigint, declared_petitions bigint,
    profile varchar, rows_landed bigint, rows_quarantined bigint, findings bigint, contracts varchar,
    saved_at timestamp,
    unique (sender_unit_code, period_code, version)
);
create table if not exists raw.feed_columns (
    feed_id varchar, sheet_kind varchar, field varchar, header varchar, letter varchar, encoding varchar,
    sheet varchar, first_row integer, last_row integer, filled_rows integer[]
);
create table if not exists raw.quarantine (
    feed_id varchar, sheet_kind varchar, sheet varchar, row_number integer, received varchar, rules varchar
);
create table if not exists raw.findings (
    feed_id varchar, finding_no integer, tier varchar, rule varchar, file varchar, sheet varchar, cell varchar,
    row_number integer, header varchar, field varchar, value varchar, message varchar, remedy varchar, count bigint,
    sheet_kind varchar, row_key varchar, needs_reason boolean, standing varchar, reason varchar, evidence varchar,
    grouped boolean, fact varchar, identity varchar, confirmation_key varchar
);
create table if not exists raw.changes (
    feed_id varchar, previous_feed_id varchar, sheet_kind varchar, row_key varchar,
    change varchar check (change in ('added', 'changed', 'withdrawn', 'set_aside')),
    field varchar, before varchar, after varchar, row_number integer, cell varchar
);
create table if not exists raw.repairs (
    feed_id varchar, sheet_kind varchar, sheet varchar, field varchar, received varchar, read varchar, repair varchar,
    cells bigint, first_row integer
);
create table if not exists raw.set_aside (
    feed_id varchar, sheet varchar, row_number integer, reason varchar, text varchar
);
"""


_ADDED = {
    "feeds": {"contracts": "varchar", "saved_at": "timestamp"},
    "feed_columns": {"sheet": "varchar", "first_row": "integer", "last_row": "integer", "filled_rows": "integer[]"},
    "findings": {
        "sheet_kind": "varchar",
        "row_key": "varchar",
        "needs_reason": "boolean",
        "standing": "varchar",
        "reason": "varchar",
        "evidence": "varchar",
        "grouped": "boolean",
        "fact": "varchar",
        "identity": "varchar",
        "confirmation_key": "varchar",
    },
}
"""Columns that warehouses made by an earlier release lack."""


def create_raw(con: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw` and its tables and columns where they are missing; what is there stays."""
    con.execute(_DDL)
    for table, columns in _ADDED.items():
        for name, kind in columns.items():
            con.execute(f"alter table raw.{table} add column if not exists {name} {kind}")
    for sheet, fields in SHEETS.items():
        con.execute(_sheet_ddl(sheet, fields))


def _sheet_ddl(sheet: str, fields: Mapping[str, str]) -> str:
    typed = ", ".join(f"{name} {kind}" for name, kind in fields.items())
    received = ", ".join(f"{name} VARCHAR" for name in fields)
    return (
        f"create table if not exists raw.{sheet} ("
        f"feed_id varchar not null, sheet varchar not null, row_number integer not null, {typed}, "
        f"received struct({received}))"
    )
