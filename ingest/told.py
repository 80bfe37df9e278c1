"""Findings: faults and repairs told as sentences, each with the cell as the sender sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from ingest.contracts import Contracts, Rule, ValueType
from ingest.facts import Facts
from ingest.findings import Finding, Tier
from ingest.masking import MASK_END, masked
from ingest.received import Obstacle
from ingest.staging import StagedSheet
from ingest.typed import TypedSheet
from warehouse.expectations import literal, quoted

MAX_TOLD = 1_000
"""Findings of one rule on one sheet that are told cell by cell; one more then tells how many cells follow."""

_LONGEST = 200
_REPAIR_RULES: Mapping[str, str] = {
    "tcvn3": "repaired_encoding",
    "vni": "repaired_encoding",
    "utf8_as_cp1252": "repaired_encoding",
    "nfc": "repaired_text",
    "tone_mark": "repaired_text",
    "d_stroke": "repaired_text",
    "spaces": "repaired_spaces",
    "date_text": "repaired_date",
    "serial_date": "repaired_date",
    "number_text": "repaired_number",
    "unit_name": "repaired_unit",
}


@dataclass(frozen=True)
class Fault:
    """One cell that breaks a rule: its place, what stood there, and what the fact about it says."""

    part: int
    row_number: int
    value: str
    evidence: str


@dataclass(frozen=True)
class Teller:
    """Tells findings about the feed called `file`."""

    con: duckdb.DuckDBPyConnection
    contracts: Contracts
    file: str

    def obstacle(self, obstacle: Obstacle) -> Finding:
        """What could not be read."""
        sheet, _, _ = obstacle.place.partition("!")
        return Finding(
            tier=Tier.FEED if obstacle.rejects_feed else Tier.ROW,
            rule=obstacle.rule,
            file=self.file,
            sheet=sheet.partition(":")[0],
            cell=obstacle.place or self.file,
            row_number=None,
            header="",
            field="",
            value=masked(obstacle.value),
            message=masked(obstacle.message),
            remedy=obstacle.remedy,
        )

    def about_feed(self, rule_id: str, sheet: str = "", **words: str) -> Finding:
        """A finding about a whole feed or sheet."""
        rule = self.contracts.feed_rules[rule_id]
        return self._finding(rule, sheet, {"sheet": sheet, **words}, cell=sheet or self.file)

    def about_cover(self, rule_id: str, staged: StagedSheet, value: str, evidence: str) -> Finding:
        """A finding about a field of the cover."""
        rule = self.contracts.feed_rules[rule_id]
        row = self.con.execute(f"select row_number from {staged.table} order by rowid limit 1").fetchone() or (1,)
        return self._at(rule, staged, rule.field, Fault(0, row[0], value, evidence))

    def faults(
        self, typed: TypedSheet, facts: Facts, rules: Mapping[str, Rule], fields: Mapping[str, Sequence[str]]
    ) -> list[Finding]:
        """The faults in temporary table `faults_<kind>`, in the order of the rows; `fields` are names by code."""
        kind = typed.staged.contract.kind
        counts = self.con.execute(f"select rule, count(*) from faults_{kind} group by rule").fetchall()
        if not counts:
            return []
        self._keep_told(typed, facts)
        found = [
            finding
            for key, count in counts
            for finding in self._of_rule(
                typed.staged, rules[key], count, choices_shown(typed, rules[key].field, fields)
            )
        ]
        return sorted(found, key=lambda finding: (finding.row_number or 0, finding.cell))

    def _keep_told(self, typed: TypedSheet, facts: Facts) -> None:
        """The rows that are told cell by cell, with their facts, in temporary table `faulty_<kind>`."""
        kind = typed.staged.contract.kind
        self.con.execute(
            f"create or replace temp table told_{kind} as select row, rule from faults_{kind} "
            f"qualify row_number() over (partition by rule order by row) <= {MAX_TOLD}"
        )
        base = f"(select *, rowid from {typed.staged.table} where rowid in (select row from told_{kind}))"
        self.con.execute(f"create or replace temp table faulty_{kind} as {facts.query(f'({typed.query(base)})')}")

    def _of_rule(self, staged: StagedSheet, rule: Rule, count: int, choices: str) -> Iterator[Finding]:
        faults = self._faults(staged, rule)
        if rule.grouped:
            yield self._at(rule, staged, rule.field, replace(faults[0], value=""), choices=choices, count=count)
            return
        for fault in faults:
            yield self._at(rule, staged, rule.field, fault, choices=choices)
        if count > len(faults):
            rest = self._at(rule, staged, rule.field, faults[-1], choices=choices, count=count - len(faults))
            message = f"Còn {rest.count} ô nữa bên dưới ô này vi phạm cùng quy tắc. {rest.message}"
            yield replace(rest, message=message, value="")

    def _faults(self, staged: StagedSheet, rule: Rule) -> list[Fault]:
        kind = staged.contract.kind
        value = f"t.received.{quoted(rule.field)}" if rule.field in staged.fields else "null"
        rows = self.con.execute(
            f"select t.part, t.row_number, coalesce({value}, ''), coalesce({_evidence(rule)}, '') "
            f"from told_{kind} as f join faulty_{kind} as t on t.row_id = f.row where f.rule = ? order by t.row_id",
            [rule.key],
        ).fetchall()
        return [Fault(*row) for row in rows]

    def repairs(self, typed: TypedSheet) -> Iterator[Finding]:
        """One finding for each column and kind of repair, with the first cell and the number of cells."""
        for name, table in typed.reads.items():
            rows = self.con.execute(
                "select part, repair, sum(cells)::bigint, min(first_row), arg_min(x, first_row), "
                f"arg_min(coalesce(read, ''), first_row) from {table} where repair is not null "
                "group by part, repair order by part, repair"
            ).fetchall()
            for part, repair, cells, first_row, received, read in rows:
                rule = self.contracts.feed_rules[_REPAIR_RULES[repair]]
                fault = Fault(part, first_row, received, read or "trống")
                yield self._at(rule, typed.staged, name, fault, count=cells)

    def masked(self, staged: StagedSheet) -> Iterator[Finding]:
        """One finding for each free-text column in which something was masked."""
        for column in staged.contract.columns:
            if column.type is not ValueType.FREE_TEXT or column.field not in staged.fields:
                continue
            found = self.con.execute(
                f"select part, min(row_number), count(*) from {staged.table} "
                f"where contains({quoted(column.field)}, {literal(MASK_END)}) group by part order by part"
            ).fetchall()
            for part, first_row, cells in found:
                rule = self.contracts.feed_rules["masked_text"]
                yield self._at(rule, staged, column.field, Fault(part, first_row, "", ""), count=cells)

    def _at(
        self, rule: Rule, staged: StagedSheet, name: str, fault: Fault, *, choices: str = "", count: int = 1
    ) -> Finding:
        """A finding about a cell."""
        words = {
            "value": fault.value,
            "evidence": fault.evidence,
            "header": staged.header(name),
            "choices": choices,
        }
        finding = self._finding(
            rule, staged.parts[fault.part].name, words, staged.cell(fault.part, name, fault.row_number)
        )
        return replace(finding, row_number=staged.row(fault.part, name, fault.row_number), field=name, count=count)

    def _finding(self, rule: Rule, sheet: str, words: Mapping[str, str], cell: str) -> Finding:
        return Finding(
            tier=rule.tier,
            rule=rule.id,
            file=self.file,
            sheet=sheet,
            cell=cell,
            row_number=None,
            header=words.get("header", ""),
            field=rule.field,
            value=masked(words.get("value", "")),
            message=masked(_sentence(rule.message, words)),
            remedy=_sentence(rule.remedy, words),
        )


def _sentence(template: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        shown = word if len(word) <= _LONGEST or name == "choices" else word[:_LONGEST] + "…"
        template = template.replace(f"{{{name}}}", shown)
    return template


def _evidence(rule: Rule) -> str:
    """The fact that a rule looks at tells the evidence; for unreadable texts, what they could have been."""
    column = str((rule.kwargs or {}).get("column", ""))
    if "__" not in column:
        return "null"
    return f"t.{quoted(column.replace('__problem', '__evidence'))}::varchar"


def choices_shown(typed: TypedSheet, name: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The allowed values of a column as a clerk may write them, separated by semicolons."""
    column = typed.staged.contract.column(name)
    if column.type is ValueType.FIELD:
        return "; ".join(names[0] for names in fields.values() if names)
    return "; ".join(choice.label for choice in column.choices)


def keep_faults(con: duckdb.DuckDBPyConnection, kind: str, faults: pa.Table, rules: Mapping[str, Rule]) -> None:
    """Writes the faults to temporary table `faults_<kind>` (row, rule, tier)."""
    tiers = pa.table(
        {
            "rule": pa.array(list(rules), pa.string()),
            "id": pa.array([rule.id for rule in rules.values()], pa.string()),
            "tier": pa.array([rule.tier.value for rule in rules.values()], pa.string()),
        }
    )
    con.register("found_faults", faults)
    con.register("rule_tiers", tiers)
    con.execute(
        f"create or replace temp table faults_{kind} as select f.row, f.rule, r.id, r.tier "
        "from found_faults as f join rule_tiers as r using (rule)"
    )
    con.unregister("found_faults")
    con.unregister("rule_tiers")


def error_rows(con: duckdb.DuckDBPyConnection, kind: str) -> int:
    """How many rows of the sheet are to be quarantined."""
    query = f"select count(distinct row) from faults_{kind} where tier = ?"
    (rows,) = con.execute(query, [Tier.ROW.value]).fetchone() or (0,)
    return int(rows)
