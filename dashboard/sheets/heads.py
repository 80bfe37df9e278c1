"""Downloads of heads and their posts."""

from collections.abc import Sequence

import pandas as pd

from dashboard.model import Tenure
from dashboard.render.workbook import Row, Table, Value
from dashboard.sheets.values import number, records, share, spell, text
from dashboard.text import columns, headings, labels


def heads(found: pd.DataFrame) -> Table:
    """Return the heads of a period with their own figures."""
    return Table(columns.HEADS, [_head(each) for each in records(found.astype(object).where(found.notna(), None))])


def _head(it: object) -> Row:
    def of(name: str) -> object:
        return getattr(it, name)

    body = str(of("body"))
    has_any = bool(of("on_time_denominator"))
    return (
        text(of("full_name")),
        text(of("post")) or labels.POSTS[body],
        text(of("unit_name")),
        labels.BODIES[body],
        *spell(of("from_on"), of("to_on")),
        number(of("overdue")),
        number(of("inherited")),
        share(of("on_time")),
        number(of("on_time_numerator") or 0) if has_any else None,
        number(of("on_time_denominator")) if has_any else None,
        number(of("dialogues")),
        share(of("head_chaired")),
    )


def holders(found: Sequence[Tenure]) -> Table:
    """Return the holders of the posts of a unit."""
    rows = [(it.full_name, _post(it), labels.BODIES[it.body], *spell(it.from_on, it.to_on)) for it in found]
    return Table(columns.HOLDING, rows)


def posts(found: Sequence[Tenure]) -> Table:
    """Return the posts that one person holds or held."""
    return Table(columns.HELD, [(_post(it), it.unit_name, *spell(it.from_on, it.to_on)) for it in found])


def answerable(found: Sequence[tuple[str, Tenure]]) -> Table:
    """Return the holders of the responsible post of a petition, by the date that counts."""
    return Table(tuple(headings.ANSWERING.values()), [(moment, it.full_name, _post(it)) for moment, it in found])


def _post(it: Tenure) -> Value:
    return it.post or labels.POSTS[it.body]
