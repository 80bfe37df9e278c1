"""Findings: faults and repairs told as sentences, each with the cell as the sender sees it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from ingest.contract.sheet_contract import Column, Contracts, Rule, ValueType
from ingest.findings.formula_cells import told_formula
from ingest.findings.overflow import CANONICAL_DAY, LONGEST_SHOWN, FoldedFinding, keep_folded
from ingest.findings.suggestions import Suggestions
from ingest.model.findings import Finding, Tier, digest
from ingest.model.received import Obstacle, SheetKind
from ingest.parsing import repair_text
from ingest.rules.cover import Cover
from ingest.rules.violations import (
    CheckedSheet,
    Fault,
    SameValue,
    count_faults,
    faults_by_value,
    faulty_rows,
    row_key_sql,
    told_faults,
)
from ingest.staging.column_parsers import Lexicon
from ingest.staging.stage import StagedSheet
from ingest.staging.swapped_days import KEPT, SWAPPED
from ingest.staging.typed_sheet import TypedSheet
from warehouse.expectations import literal

REPAIR_RULES: Mapping[str, str] = {
    "tcvn3": "repaired_encoding",
    "vni": "repaired_encoding",
    "utf8_as_cp1252": "repaired_encoding",
    "references": "repaired_encoding",
    "nfc": "repaired_text",
    "tone_mark": "repaired_text",
    "d_stroke": "repaired_text",
    "spaces": "repaired_spaces",
    "date_text": "repaired_date",
    "serial_date": "repaired_date",
    "number_text": "repaired_number",
    "unit_name": "repaired_unit",
    "unit_slip": "unit_name_differs",
    "lost_zero": "lost_zeros",
    "filled_down": "repaired_blank",
}
_CANONICAL_INSTANT = r"^([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?$"
IS_TOLD = (
    "repair is not null and repair <> 'alias' and x is distinct from "
    f"regexp_replace(read, {literal(CANONICAL_DAY)}, '\\3/\\2/\\1')"
)
"""The condition of a text that was read and of which something is said."""

TOLD_APART = "case when repair in ('unit_name', 'unit_slip', 'lost_zero') then x end"
"""The text of a cell that is told apart from others of its column: what it was read as is confirmed by itself."""

READ_AS = "if(repair = 'unit_slip', evidence, read)"
"""What a text was read as, as it is told: the name of a code whose name differs."""

_MASKED = (ValueType.FREE_TEXT, ValueType.NAME, ValueType.CODE)
_WHOLE = ("choices", "form")
_FORMS: Mapping[ValueType, str] = {
    ValueType.CODE: "một mã hoặc số văn bản",
    ValueType.UNIT: "mã đơn vị theo danh mục",
    ValueType.PERIOD: "kỳ, ví dụ 2024Q3",
    ValueType.DAY: "ngày dd/mm/yyyy",
    ValueType.INSTANT: "ngày dd/mm/yyyy",
    ValueType.INTEGER: "một số nguyên, chỉ ghi chữ số",
    ValueType.YEAR: "năm bằng bốn chữ số, ví dụ 2024",
    ValueType.YES_NO: "«Có» hoặc «Không»",
}


_YES_NO = {"true": "Có", "false": "Không"}

ONE_A_VALUE = ("unknown_unit", "unknown_dialogue")
"""Rules told once for all cells of one value: what a list lacks is one matter, however often it stands."""


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
            value=obstacle.value,
            row_key=obstacle.place,
            message=obstacle.message,
            remedy=obstacle.remedy,
        )

    def about_feed(self, rule_id: str, sheet: str = "", *, key: str = "", **words: str) -> Finding:
        """A finding about a whole feed or sheet; `key` tells it from others of its rule."""
        rule = self.contracts.feed_rules[rule_id]
        told = self._finding(rule, sheet, {"sheet": sheet, **words}, cell=sheet or self.file)
        return replace(told, grouped=False, row_key=key)

    def in_place_of(self, finding: Finding, rule: Rule, *, count: int, evidence: str) -> Finding:
        """A finding of `rule` at the cell of another one, for all cells of its column."""
        words = {"value": "", "header": finding.header, "evidence": evidence, "count": str(count)}
        told = self._finding(rule, finding.sheet, words, finding.cell)
        return replace(
            told,
            row_number=finding.row_number,
            field=finding.field,
            count=count,
            sheet_kind=finding.sheet_kind,
        )

    def not_checked(self, rule: Rule, sheet: str) -> Finding:
        """A rule that could not be evaluated: what it would keep out might be in, so that the feed stays out."""
        told = self.about_feed("not_checked", sheet=sheet, key=f"{sheet}!{rule.key}", evidence=rule.key)
        return told if rule.tier is Tier.WARN else replace(told, tier=Tier.FEED)

    def about_cover(
        self, rule_id: str, staged: StagedSheet, cover: Cover, value: str, evidence: str, **words: str
    ) -> Finding:
        """A finding about a field of the cover; what is said of it is said of that sender and period alone."""
        rule = self.contracts.feed_rules[rule_id]
        row = self.con.execute(f"select row_number from {staged.table} order by rowid limit 1").fetchone() or (1,)
        fact = digest(cover.sender_unit_code or "", cover.period.code if cover.period else "", value, evidence)
        fault = Fault(0, row[0], value, evidence, self._cover_key(staged), fact)
        return self._at(rule, staged, rule.field, fault, said=words)

    def _cover_key(self, staged: StagedSheet) -> str:
        """Sender and period as received."""
        key = row_key_sql(staged, "r")
        found = self.con.execute(f"select {key} from {staged.table} as r order by r.rowid limit 1").fetchall()
        return str(found[0][0]) if found else ""

    def gone(self, rule_id: str, sheet: str, code: str, outcome: str, period: str = "") -> Finding:
        """An open petition of what the sender sent before that is in the feed no more."""
        rule = self.contracts.feed_rules[rule_id]
        petitions = self.contracts.sheets[SheetKind.PETITIONS]
        labels = {choice.code: choice.label for choice in petitions.column("outcome").choices}
        words = {
            "value": code,
            "evidence": labels.get(outcome, outcome),
            "header": petitions.column(rule.field).header,
            "period": period,
        }
        told = self._finding(rule, sheet, words, cell=sheet or self.file)
        return replace(told, sheet_kind=petitions.kind.value, row_key=code)

    def about_rows(
        self, rule_id: str, staged: StagedSheet, name: str, first: Fault, words: Mapping[str, str], *, count: int
    ) -> Finding:
        """One finding about the cells of a column in `count` rows of a sheet, the first of which is given."""
        return self._at(self.contracts.feed_rules[rule_id], staged, name, first, count=count, said=words)

    def faults(self, sheet: CheckedSheet, rules: Mapping[str, Rule], lexicon: Lexicon) -> list[Finding]:
        """The faults of `sheet` in the order of its rows; `lexicon` is what its texts may mean."""
        counts = count_faults(self.con, sheet)
        faulty = faulty_rows(self.con, sheet) if counts else ""
        found: list[Finding] = []
        for key, count in counts.items():
            if rules[key].id in ONE_A_VALUE and (same := faults_by_value(self.con, sheet, rules[key])):
                found += self._of_values(sheet, rules[key], same, lexicon)
                continue
            faults = told_faults(self.con, sheet, rules[key], faulty)
            found += self._of_rule(sheet, rules[key], faults, count, lexicon)
        return sorted(found, key=lambda finding: (finding.row_number or 0, finding.cell))

    def _of_rule(
        self, sheet: CheckedSheet, rule: Rule, faults: Sequence[Fault], count: int, lexicon: Lexicon
    ) -> Iterator[Finding]:
        choices = choices_shown(sheet.typed, rule.field, lexicon.fields)
        if rule.grouped:
            yield self._of_column(rule, sheet.staged, faults[0], count, choices)
            return
        suggestions = Suggestions(rule.id, sheet.staged.contract.column(rule.field), lexicon) if rule.field else None
        meant = suggestions.for_values((it.value, it.evidence) for it in faults) if suggestions else {}
        told = [
            self._at(
                rule,
                sheet.staged,
                rule.field,
                it,
                said={"choices": choices, "suggestion": meant.get(it.value, "")},
            )
            for it in faults
        ]
        yield from told
        if count > len(told):
            more = count - len(told)
            last = self._at(rule, sheet.staged, rule.field, faults[-1], count=more, said={"choices": choices})
            yield self._folded(sheet, rule, last, choices)

    def _of_column(self, rule: Rule, staged: StagedSheet, first: Fault, count: int, choices: str) -> Finding:
        """What a rule says of a column; of days that were confirmed, under the rule that asked about them."""
        swap = rule.id in (SWAPPED, KEPT)
        fault = replace(first, value="", fact="" if swap else first.fact)
        told = self._at(rule, staged, rule.field, fault, count=count, said={"choices": choices})
        return replace(told, rule=SWAPPED) if swap else told

    def _of_values(
        self, sheet: CheckedSheet, rule: Rule, same: Sequence[SameValue], lexicon: Lexicon
    ) -> Iterator[Finding]:
        """One finding a value, which names its first cells where there are several."""
        suggestions = Suggestions(rule.id, sheet.staged.contract.column(rule.field), lexicon)
        meant = suggestions.for_values((it.first.value, it.first.evidence) for it in same)
        for it in same:
            said = {"suggestion": meant.get(it.first.value, "")}
            told = self._at(rule, sheet.staged, rule.field, it.first, count=it.cells, said=said)
            if it.cells > 1:
                cells = ", ".join(sheet.staged.cell(part, rule.field, row) for part, row in it.places)
                more = ", …" if it.cells > len(it.places) else ""
                told = replace(told, message=f"{told.message} Gặp ở các ô {cells}{more}.", row_key=it.first.value)
            yield told

    def _folded(self, sheet: CheckedSheet, rule: Rule, last: Finding, choices: str) -> FoldedFinding:
        """The finding for the cells below `last`, which are kept for landing."""
        form = sentence(rule.message, {"header": last.header, "choices": choices})
        keep_folded(self.con, sheet, rule, last, form)
        message = f"Còn {last.count} ô nữa bên dưới ô này vi phạm cùng quy tắc. {last.message}"
        return FoldedFinding(**{**vars(last), "message": message, "value": ""})

    def repairs(self, typed: TypedSheet, fields: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
        """One finding for each column and kind of repair, with the first cell and the number of cells.

        A unit's name read as a code is told by itself, since it is confirmed by itself; an alias was confirmed before.
        A day written as readers are told days is no news.
        """
        if not typed.reads.repaired:
            return
        rows = self.con.execute(
            "select field, part, repair, sum(cells)::bigint, min(first_row), arg_min(x, first_row), "
            f"arg_min(coalesce({READ_AS}, ''), first_row) from {typed.reads.table} where {IS_TOLD} "
            f"group by field, part, repair, {TOLD_APART} order by all"
        ).fetchall()
        by_field: dict[str, list[tuple[int, str, int, int, str, str]]] = {}
        for name, *row in rows:
            by_field.setdefault(name, []).append(tuple(row))
        for name in typed.sources:
            for part, repair, cells, first_row, received, read in by_field.get(name, ()):
                rule = self.contracts.feed_rules[REPAIR_RULES[repair]]
                shown = read_shown(typed, name, read, fields)
                fact = digest(repair_text(received).value or "", shown) if rule.needs_reason else ""
                fault = Fault(part, first_row, received, shown, fact=fact)
                yield self._at(rule, typed.staged, name, fault, count=cells)

    def masked(self, staged: StagedSheet) -> Iterator[Finding]:
        """One finding for each column of texts or codes in which something was masked; a key is told by its row."""
        for column in staged.contract.columns:
            if column.type not in _MASKED or column.key or column.field not in staged.fields:
                continue
            for each in (each for each in staged.masked if each.field == column.field):
                rule = self.contracts.feed_rules["masked_text"]
                yield self._at(rule, staged, column.field, Fault(each.part, each.first_row, "", ""), count=each.cells)

    def _at(
        self,
        rule: Rule,
        staged: StagedSheet,
        name: str,
        fault: Fault,
        *,
        count: int = 1,
        said: Mapping[str, str] | None = None,
    ) -> Finding:
        """A finding about a cell; `said` are more words of its sentences."""
        words = {
            "value": fault.value,
            "evidence": fault.evidence,
            "header": staged.header(name),
            "choices": "",
            "suggestion": "",
            "form": form_shown(staged.contract.column(name), (said or {}).get("choices", "")),
            **(said or {}),
        }
        finding = self._finding(
            rule, staged.parts[fault.part].name, words, staged.cell(fault.part, name, fault.row_number)
        )
        formula = told_formula(rule.id, words["header"], finding.value)
        return replace(
            finding,
            message=formula[0] if formula else finding.message,
            remedy=formula[1] if formula else finding.remedy,
            row_number=staged.row(fault.part, name, fault.row_number),
            field=name,
            count=count,
            sheet_kind=staged.contract.kind.value,
            row_key=fault.row_key,
            fact=fault.fact,
        )

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
            value=words.get("value", ""),
            message=sentence(rule.message, words),
            remedy=sentence(rule.remedy, words),
            needs_reason=rule.needs_reason,
            evidence=words.get("evidence", ""),
            grouped=rule.grouped,
        )


def sentence(template: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        shown = word if len(word) <= LONGEST_SHOWN or name in _WHOLE else word[:LONGEST_SHOWN] + "…"
        shown = day_shown(shown)
        template = template.replace(f"{{{name}}}", shown)
    return template


def day_shown(text: str) -> str:
    """A day, or a day with its time, in canonical form as Vietnamese readers write it; any other text as it is."""
    return re.sub(_CANONICAL_INSTANT, r"\3/\2/\1 \4", re.sub(CANONICAL_DAY, r"\3/\2/\1", text))


def read_shown(typed: TypedSheet, name: str, read: str, fields: Mapping[str, Sequence[str]]) -> str:
    """What a cell was read as, in the words of the sheet: the label of a choice or a field, else the value."""
    column = typed.staged.contract.column(name)
    if column.type is ValueType.FIELD:
        return next(iter(fields.get(read, ())), read)
    if column.type is ValueType.YES_NO:
        return _YES_NO.get(read, read) or "trống"
    return next((choice.label for choice in column.choices if choice.code == read), read) or "trống"


def choices_shown(typed: TypedSheet, name: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The allowed values of a column as a clerk may write them, separated by semicolons."""
    column = typed.staged.contract.column(name)
    if column.type is ValueType.FIELD:
        return "; ".join(names[0] for names in fields.values() if names)
    return "; ".join(choice.label for choice in column.choices)


def form_shown(column: Column, choices: str) -> str:
    """What may stand in a cell of the column: one of `choices`, or its form."""
    return f"một trong {choices}" if choices else _FORMS.get(column.type, "chữ")
