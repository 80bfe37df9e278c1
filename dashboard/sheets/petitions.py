"""Downloads of petitions, dialogues and other records of units."""

from collections.abc import Sequence

import pandas as pd

from dashboard.render.workbook import Row, Table, Value
from dashboard.sheets.values import day, full_days, number, records, text, yes_no
from dashboard.text import columns, file_check, headings, labels, sentences


def petitions(found: pd.DataFrame, names: Sequence[str]) -> Table:
    """Return a list of petitions with the columns of the page; hidden texts stay hidden."""
    words = {"body": labels.BODIES, "class": labels.CLASSES}
    sources = {"received": "received_at", "due": "due_at", "settled": "settled_at", "state": "class",
               "late": "days_overdue"}  # fmt: skip
    shown = {name: found[sources.get(name, name)] for name in names}
    rows = [
        tuple(_of_petition(name, words.get(sources.get(name, name), {}).get(str(value), value))
              for name, value in zip(names, values, strict=True))
        for values in zip(*shown.values(), strict=True)
    ]  # fmt: skip
    return Table(tuple(headings.PETITIONS[name] for name in names), rows)


def _of_petition(name: str, value: object) -> Value:
    if name in {"received", "due", "settled"}:
        return day(value)
    if name == "late":
        return full_days(value)
    if name == "summary":
        return text(value) or sentences.TEXT_HIDDEN
    return text(value)


def dialogues(found: pd.DataFrame) -> Table:
    """Return dialogues with their chairs and source rows."""
    rows = [
        (each.dialogue_id, day(each.held_on), text(each.unit_name), labels.FORMS.get(each.form, text(each.form)),
         text(each.chair_name), yes_no(each.chaired_by_head), number(each.answered_at_once),
         number(each.opinions_raised), day(each.conclusion_on), day(each.conclusion_due_on), day(each.supervised_on),
         *place(each))
        for each in records(found)
    ]  # fmt: skip
    return Table(columns.DIALOGUES, rows)


def place(row: object) -> Row:
    """Return file, sheet and row of a record."""
    file_name, sheet, number = (getattr(row, name) for name in ("file_name", "sheet", "row_number"))
    return text(file_name), file_check.sheet(str(sheet)), int(number)


def listed(found: pd.DataFrame, names: headings.Names) -> Table:
    """Return plans, trainings, decisions or practices with the columns of the page."""
    own = [name for name in names if name != "source"]
    rows = [(*(_of_record(name, getattr(each, name)) for name in own), *place(each)) for each in records(found)]
    return Table((*(names[name] for name in own), *columns.PLACE), rows)


def _of_record(name: str, value: object) -> Value:
    if name == "day":
        return day(value)
    if name in {"participants", "planned", "held"}:
        return number(value)
    return labels.DECISIONS.get(str(value), text(value)) if name == "kind" else text(value)


def findings(found: pd.DataFrame) -> Table:
    """Return the findings on one petition."""
    rows = [tuple(map(text, each)) for each in found[list(headings.FINDINGS)].itertuples(index=False, name=None)]
    return Table(tuple(headings.FINDINGS.values()), rows)
