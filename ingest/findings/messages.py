"""Word the findings about violations and repairs, each with the cell as the sender sees it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import duckdb

from ingest.contract.sheet_contract import Column, Contracts, Rule, ValueType
from ingest.findings.formula_cells import formula_sentences
from ingest.findings.overflow import CANONICAL_DAY, LONGEST_SHOWN, OverflowFinding, write_overflow
from ingest.findings.suggestions import Suggestions
from ingest.model.findings import Finding, Tier, digest
from ingest.model.received import Obstacle, SheetKind
from ingest.parsing import repair_text
from ingest.rules.cover import Cover
from ingest.rules.violations import (
    CheckedSheet,
    SameValue,
    Violation,
    count_violations,
    first_violations,
    row_key_sql,
    violating_rows,
    violations_by_value,
)
from ingest.staging.column_parsers import Lexicon
from ingest.staging.stage import StagedSheet
from ingest.staging.swapped_days import KEPT, SWAPPED
from ingest.staging.typed_sheet import TypedSheet
from warehouse.sql import literal

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
IS_REPORTED = (
    "repair is not null and repair <> 'alias' and x is distinct from "
    f"regexp_replace(read, {literal(CANONICAL_DAY)}, '\\3/\\2/\\1')"
)
"""An SQL condition that is true for a text whose reading is reported."""

REPORTED_TEXT = "case when repair in ('unit_name', 'unit_slip', 'lost_zero') then x end"
"""SQL for the text of a repair that is reported per text, because each reading is confirmed by itself; else null."""

READ_AS = "if(repair = 'unit_slip', evidence, read)"
"""SQL for the reading that is reported; if a cell's code and name differ, the name that belongs to the code."""

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

ONE_PER_VALUE = ("unknown_unit", "unknown_dialogue")
"""The rules reported once per value: a value that is not in a list is one finding, however many cells have it."""


@dataclass(frozen=True)
class FindingBuilder:
    """Builds the findings about the feed called `file`."""

    con: duckdb.DuckDBPyConnection
    contracts: Contracts
    file: str

    def obstacle(self, obstacle: Obstacle) -> Finding:
        """The finding about something that could not be read."""
        return Finding(
            tier=Tier.FEED if obstacle.rejects_feed else Tier.ROW,
            rule=obstacle.rule,
            file=self.file,
            sheet=obstacle.sheet,
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
        """A finding about a whole feed or sheet; `key` distinguishes it from others of the same rule."""
        rule = self.contracts.feed_rules[rule_id]
        finding = self._finding(rule, sheet, {"sheet": sheet, **words}, cell=sheet or self.file)
        return replace(finding, grouped=False, row_key=key)

    def in_place_of(self, finding: Finding, rule: Rule, *, count: int, evidence: str) -> Finding:
        """A finding of `rule` that replaces `finding`, for `count` cells of its column."""
        words = {"value": "", "header": finding.header, "evidence": evidence, "count": str(count)}
        merged = self._finding(rule, finding.sheet, words, finding.cell)
        return replace(
            merged,
            row_number=finding.row_number,
            field=finding.field,
            count=count,
            sheet_kind=finding.sheet_kind,
        )

    def not_checked(self, rule: Rule, sheet: str) -> Finding:
        """The finding about a rule that could not be evaluated; it rejects the feed unless the rule only warns."""
        finding = self.about_feed("not_checked", sheet=sheet, key=f"{sheet}!{rule.key}", evidence=rule.key)
        return finding if rule.tier is Tier.WARN else replace(finding, tier=Tier.FEED)

    def about_cover(
        self, rule_id: str, staged: StagedSheet, cover: Cover, value: str, evidence: str, **words: str
    ) -> Finding:
        """A finding about a field of the cover; a reason for it applies to that sender and period only."""
        rule = self.contracts.feed_rules[rule_id]
        row = self.con.execute(f"select row_number from {staged.table} order by rowid limit 1").fetchone() or (1,)
        fact = digest(cover.sender_unit_code or "", cover.period.code if cover.period else "", value, evidence)
        violation = Violation(0, row[0], value, evidence, self._cover_key(staged), fact)
        return self._at(rule, staged, rule.field, violation, words)

    def _cover_key(self, staged: StagedSheet) -> str:
        """The key of the cover row: sender and period as received."""
        key = row_key_sql(staged, "r")
        found = self.con.execute(f"select {key} from {staged.table} as r order by r.rowid limit 1").fetchall()
        return str(found[0][0]) if found else ""

    def vanished_petition(self, rule_id: str, sheet: str, code: str, outcome: str, period: str = "") -> Finding:
        """A finding about an open petition of an earlier feed that this feed no longer lists."""
        rule = self.contracts.feed_rules[rule_id]
        petitions = self.contracts.sheets[SheetKind.PETITIONS]
        labels = {choice.code: choice.label for choice in petitions.column("outcome").choices}
        words = {
            "value": code,
            "evidence": labels.get(outcome, outcome),
            "header": petitions.column(rule.field).header,
            "period": period,
        }
        finding = self._finding(rule, sheet, words, cell=sheet or self.file)
        return replace(finding, sheet_kind=petitions.kind.value, row_key=code)

    def about_rows(
        self, rule_id: str, staged: StagedSheet, name: str, first: Violation, words: Mapping[str, str], *, count: int
    ) -> Finding:
        """One finding about the cells of a column in `count` rows of a sheet; `first` is the first of them."""
        return self._at(self.contracts.feed_rules[rule_id], staged, name, first, words, count=count)

    def violations(self, sheet: CheckedSheet, rules: Mapping[str, Rule], lexicon: Lexicon) -> list[Finding]:
        """The findings about the violations of `sheet`, in row order; `lexicon` is used for suggestions."""
        counts = count_violations(self.con, sheet)
        rows = violating_rows(self.con, sheet) if counts else ""
        found: list[Finding] = []
        for key, count in counts.items():
            if rules[key].id in ONE_PER_VALUE and (same := violations_by_value(self.con, sheet, rules[key])):
                found += self._of_values(sheet, rules[key], same, lexicon)
                continue
            first = first_violations(self.con, sheet, rules[key], rows)
            found += self._of_rule(sheet, rules[key], first, count, lexicon)
        return sorted(found, key=lambda finding: (finding.row_number or 0, finding.cell))

    def _of_rule(
        self, sheet: CheckedSheet, rule: Rule, violations: Sequence[Violation], count: int, lexicon: Lexicon
    ) -> Iterator[Finding]:
        choices = choices_shown(sheet.typed, rule.field, lexicon.fields)
        if rule.grouped:
            yield self._of_column(rule, sheet.staged, violations[0], count, choices)
            return
        suggestions = Suggestions(rule.id, sheet.staged.contract.column(rule.field), lexicon) if rule.field else None
        meant = suggestions.for_values((it.value, it.evidence) for it in violations) if suggestions else {}
        for it in violations:
            words = {"choices": choices, "suggestion": meant.get(it.value, "")}
            yield self._at(rule, sheet.staged, rule.field, it, words)
        if more := count - len(violations):
            last = self._at(rule, sheet.staged, rule.field, violations[-1], {"choices": choices}, count=more)
            yield self._overflow(sheet, rule, last, choices)

    def _of_column(self, rule: Rule, staged: StagedSheet, first: Violation, count: int, choices: str) -> Finding:
        """The finding of a rule about a column; for confirmed dates, of the rule that asked for the confirmation."""
        swap = rule.id in (SWAPPED, KEPT)
        violation = replace(first, value="", fact="" if swap else first.fact)
        finding = self._at(rule, staged, rule.field, violation, {"choices": choices}, count=count)
        return replace(finding, rule=SWAPPED) if swap else finding

    def _of_values(
        self, sheet: CheckedSheet, rule: Rule, same: Sequence[SameValue], lexicon: Lexicon
    ) -> Iterator[Finding]:
        """One finding per value; if several cells have it, the message lists the first ones."""
        suggestions = Suggestions(rule.id, sheet.staged.contract.column(rule.field), lexicon)
        meant = suggestions.for_values((it.first.value, it.first.evidence) for it in same)
        for it in same:
            words = {"suggestion": meant.get(it.first.value, "")}
            finding = self._at(rule, sheet.staged, rule.field, it.first, words, count=it.cells)
            if it.cells > 1:
                cells = ", ".join(sheet.staged.place(part, rule.field, row) for part, row in it.places)
                more = ", …" if it.cells > len(it.places) else ""
                message = f"{finding.message} Gặp ở các ô {cells}{more}."
                finding = replace(finding, message=message, row_key=it.first.value)
            yield finding

    def _overflow(self, sheet: CheckedSheet, rule: Rule, last: Finding, choices: str) -> OverflowFinding:
        """The finding that counts the cells from `last` on, which are written to the overflow table."""
        form = sentence(rule.message, {"header": last.header, "choices": choices})
        write_overflow(self.con, sheet, rule, last, form)
        message = f"Còn {last.count} ô nữa bên dưới ô này vi phạm cùng quy tắc. {last.message}"
        return OverflowFinding(**{**vars(last), "message": message, "value": ""})

    def repairs(self, typed: TypedSheet, fields: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
        """One finding per column and kind of repair, with the first cell and the number of cells.

        Unit names read as codes get a finding per name, since each is confirmed by itself. Aliases were confirmed
        before, and dates in Vietnamese form need no repair: neither is reported.
        """
        if not typed.reads.repaired:
            return
        rows = self.con.execute(
            "select field, part, repair, sum(cells)::bigint, min(first_row), arg_min(x, first_row), "
            f"arg_min(coalesce({READ_AS}, ''), first_row) from {typed.reads.table} where {IS_REPORTED} "
            f"group by field, part, repair, {REPORTED_TEXT} order by all"
        ).fetchall()
        by_field: dict[str, list[tuple[int, str, int, int, str, str]]] = {}
        for name, *row in rows:
            by_field.setdefault(name, []).append(tuple(row))
        for name in typed.sources:
            for part, repair, cells, first_row, received, read in by_field.get(name, ()):
                rule = self.contracts.feed_rules[REPAIR_RULES[repair]]
                shown = read_shown(typed, name, read, fields)
                fact = digest(repair_text(received).value or "", shown) if rule.needs_reason else ""
                violation = Violation(part, first_row, received, shown, fact=fact)
                yield self._at(rule, typed.staged, name, violation, count=cells)

    def masked(self, staged: StagedSheet) -> Iterator[Finding]:
        """One finding per part of a column of texts or codes with masked cells; masked keys are reported per row."""
        for column in staged.contract.columns:
            if column.type not in _MASKED or column.key or column.field not in staged.fields:
                continue
            for each in (each for each in staged.masked if each.field == column.field):
                rule = self.contracts.feed_rules["masked_text"]
                yield self._at(
                    rule, staged, column.field, Violation(each.part, each.first_row, "", ""), count=each.cells
                )

    def _at(
        self,
        rule: Rule,
        staged: StagedSheet,
        name: str,
        violation: Violation,
        more: Mapping[str, str] = MappingProxyType({}),
        *,
        count: int = 1,
    ) -> Finding:
        """A finding about a cell; `more` are further words for its sentences."""
        words = {
            "value": violation.value,
            "evidence": violation.evidence,
            "header": staged.header(name),
            "choices": "",
            "suggestion": "",
            "form": form_shown(staged.contract.column(name), more.get("choices", "")),
            **more,
        }
        finding = self._finding(
            rule, staged.parts[violation.part].name, words, staged.place(violation.part, name, violation.row_number)
        )
        formula = formula_sentences(rule.id, words["header"], finding.value)
        return replace(
            finding,
            message=formula[0] if formula else finding.message,
            remedy=formula[1] if formula else finding.remedy,
            row_number=staged.row(violation.part, name, violation.row_number),
            field=name,
            count=count,
            sheet_kind=staged.contract.kind.value,
            row_key=violation.row_key,
            fact=violation.fact,
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
    """The template with its words filled in; long words are cut, dates are in Vietnamese form."""
    for name, word in words.items():
        shown = word if len(word) <= LONGEST_SHOWN or name in _WHOLE else word[:LONGEST_SHOWN] + "…"
        shown = day_shown(shown)
        template = template.replace(f"{{{name}}}", shown)
    return template


def day_shown(text: str) -> str:
    """A date or instant in canonical form, as Vietnamese readers write it; any other text unchanged."""
    return re.sub(_CANONICAL_INSTANT, r"\3/\2/\1 \4", re.sub(CANONICAL_DAY, r"\3/\2/\1", text))


def read_shown(typed: TypedSheet, name: str, read: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The reading of a cell in the words of the sheet: the label of a choice, field or yes/no, else the value."""
    column = typed.staged.contract.column(name)
    if column.type is ValueType.FIELD:
        return next(iter(fields.get(read, ())), read)
    if column.type is ValueType.YES_NO:
        return _YES_NO.get(read, read) or "trống"
    return next((choice.label for choice in column.choices if choice.code == read), read) or "trống"


def choices_shown(typed: TypedSheet, name: str, fields: Mapping[str, Sequence[str]]) -> str:
    """The labels of the values that a column allows, separated by semicolons."""
    column = typed.staged.contract.column(name)
    if column.type is ValueType.FIELD:
        return "; ".join(names[0] for names in fields.values() if names)
    return "; ".join(choice.label for choice in column.choices)


def form_shown(column: Column, choices: str) -> str:
    """What a cell of the column may hold, in Vietnamese: one of `choices`, or a form."""
    return f"một trong {choices}" if choices else _FORMS.get(column.type, "chữ")
