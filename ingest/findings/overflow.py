"""Overflow findings: the findings of a rule beyond those listed one by one.

The sender sees one finding that counts them. All of them are in the temporary table `overflow_findings`, from which
they land with the feed, so `raw.findings` always has the full list.
"""

from dataclasses import dataclass

import duckdb

from ingest.contract.sheet_contract import Rule
from ingest.model.findings import Finding, digest_sql
from ingest.rules.violations import MAX_LISTED, CheckedSheet, evidence_sql, fact_sql, received_sql, row_key_sql
from warehouse.sql import literal

LONGEST_SHOWN = 200
"""Maximum number of characters of a value in a sentence."""

CANONICAL_DAY = r"^([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00:00| 23:59:59\.999999)?$"
"""A date in canonical form, or its first or last instant; displayed as 05/09/2024."""

COLUMNS = (
    "tier", "rule", "file", "sheet", "cell", "row_number", "header", "field", "value", "message", "remedy",
    "sheet_kind", "row_key", "needs_reason", "evidence", "fact",
)  # fmt: skip

_ROW = "coalesce(nullif(row_key, ''), '#' || row_number, '')"

IDENTITY_SQL = digest_sql("rule", "sheet_kind", "field", _ROW)
"""SQL for `Finding.identity` of an overflow finding."""

RECEIVED_KEY_SQL = digest_sql(IDENTITY_SQL, "value", "evidence")
"""SQL for `Finding.received_key` of an overflow finding."""

CONFIRMATION_KEY_SQL = f"if(fact = '', {RECEIVED_KEY_SQL}, {digest_sql('rule', 'sheet_kind', 'field', 'fact')})"
"""SQL for `Finding.confirmation_key` of an overflow finding."""

_ALIKE = ("tier", "rule", "file", "header", "field", "remedy", "sheet_kind")


@dataclass(frozen=True)
class OverflowFinding(Finding):
    """The displayed finding that counts `count` more cells of the same rule."""


def clear_overflow(con: duckdb.DuckDBPyConnection) -> None:
    """Empty `overflow_findings` for the next feed."""
    types = {"row_number": "integer", "needs_reason": "boolean"}
    columns = ", ".join(f"{name} {types.get(name, 'varchar')}" for name in (*COLUMNS, "standing", "reason"))
    con.execute(f"create or replace temp table overflow_findings ({columns})")


def write_overflow(
    con: duckdb.DuckDBPyConnection, sheet: CheckedSheet, rule: Rule, example: Finding, message: str
) -> None:
    """Write the findings of `rule` beyond the first MAX_LISTED to `overflow_findings`.

    `example` is a finding of the rule; its file, header and remedy apply to all. `message` is their sentence, with the
    placeholders `{value}` and `{evidence}`.
    """
    rows = f"select row from {sheet.violations} where rule = {literal(rule.key)} order by row offset {MAX_LISTED}"
    same = {name: literal(str(getattr(example, name))) for name in _ALIKE}
    items = same | {
        "sheet": _by_part([part.name for part in sheet.staged.parts]),
        "cell": _cell_sql(sheet, rule),
        "row_number": "t.row_number",
        "value": received_sql(sheet, rule),
        "message": _sentence_sql(sheet, rule, message),
        "row_key": row_key_sql(sheet.staged, "t.received"),
        "evidence": evidence_sql(rule),
        "fact": fact_sql(sheet, rule),
        "needs_reason": str(example.needs_reason).lower(),
    }
    con.execute(
        f"insert into overflow_findings ({', '.join(COLUMNS)}) select {', '.join(items[name] for name in COLUMNS)} "
        f"from ({sheet.rows(rows)}) as t order by t.row_id"
    )


def _sentence_sql(sheet: CheckedSheet, rule: Rule, message: str) -> str:
    sentence = literal(message)
    for word, found in (("{value}", received_sql(sheet, rule)), ("{evidence}", evidence_sql(rule))):
        value = f"regexp_replace({found}, {literal(CANONICAL_DAY)}, '\\3/\\2/\\1')"
        shown = f"if(length({value}) > {LONGEST_SHOWN}, left({value}, {LONGEST_SHOWN}) || '…', {value})"
        sentence = f"replace({sentence}, {literal(word)}, {shown})"
    return sentence


def _cell_sql(sheet: CheckedSheet, rule: Rule) -> str:
    """SQL for the cell in each row; for a part without the column, only the sheet's name."""
    columns = [part.columns.get(rule.field) for part in sheet.staged.parts]
    numbers = ["''" if column is None else f"{literal('!' + column.letter)} || t.row_number" for column in columns]
    names = _by_part([part.name for part in sheet.staged.parts])
    return f"{names} || {_case(numbers)}"


def _by_part(names: list[str]) -> str:
    return _case([literal(name) for name in names])


def _case(values: list[str]) -> str:
    cases = " ".join(f"when {part} then {value}" for part, value in enumerate(values))
    return f"case t.part {cases} end"
