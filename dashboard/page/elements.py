"""Elements of pages: sentences, charts, tables, and navigation from a table to a page."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

import pandas as pd
import pyarrow as pa
import streamlit as st

from dashboard import filters
from dashboard.access.visitor import Visitor
from dashboard.page.page import Page
from dashboard.render import html, theme
from dashboard.text import labels
from warehouse.invisible import visible

if TYPE_CHECKING:
    from streamlit.elements.arrow import DataframeState


_MARKUP = re.compile("[!-/:-@\\[-`{-~]")
"""Punctuation: each may begin a link, an image, a formula, a directive or a list; after a backslash, none does."""


def say(text: str, style: str) -> None:
    """Draw one sentence in a style of the theme."""
    st.html(html.paragraph(text, style))


def notice(text: str) -> None:
    say(text, "notice")


def literal(text: str) -> str:
    """Return `text` for a label of Streamlit that reads Markdown, as the same text without any markup."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def author(visitor: Visitor | None, label: str, *, key: str, width: int | Literal["stretch"] = "stretch") -> str:
    """Return the name under what a reader writes: that of whoever is signed in, which is shown; else a typed one, which
    is marked as such, '' while the field is empty."""
    if visitor is not None and visitor.signature:
        say(f"{label}: {visitor.signature}", "note")
        return visitor.signature
    typed = st.text_input(label, key=key, max_chars=120, width=width)
    return typed.strip() if visitor is None else visitor.signed(typed)


def chart(spec: Mapping[str, Any] | None, alt: str) -> None:
    """Draw a Vega dictionary as SVG; nothing for None."""
    if spec is not None:
        drawn = {**theme.embed(spec), "datasets": {name: as_arrow(rows) for name, rows in spec["datasets"].items()}}
        st.vega_lite_chart(spec=drawn, width="stretch", theme=None, alt=alt)


def as_arrow(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as an Arrow stream, the form in which Streamlit sends them; its own way leads through pandas."""
    table = pa.Table.from_pylist(list(rows))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def go_to_head(page: Page, head_id: str) -> None:
    """Open the page of one head."""
    st.switch_page(page.places[labels.HEADS], query_params=filters.parameters_of(page.shared().to(head=head_id)))


def go_to_provenance(page: Page, code: str) -> None:
    """Open the provenance of a petition, dialogue or file."""
    st.switch_page(page.places[labels.PROVENANCE], query_params=filters.parameters_of(page.shared().to(code=code)))


def text_columns(
    names: Mapping[str, str],
    widths: dict[str, int],
    figure_widths: dict[str, int],
    helps: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return column configurations with names, and widths in pixels where given, in the order of `names`; numbers are
    right-aligned."""
    return {
        name: st.column_config.TextColumn(
            title,
            width=(widths | figure_widths)[name],
            alignment="right" if name in figure_widths else None,
            help=(helps or {}).get(name),
        )
        for name, title in names.items()
        if name in widths or name in figure_widths
    }


HEADER_HEIGHT, ROW_HEIGHT = 34, 30
"""Heights of a canvas table in pixels; the header's includes the frame."""


def frame_height(rows: int, most: int) -> int:
    """Return the height of a table that shows `rows`, or as many as fit into `most` pixels."""
    return HEADER_HEIGHT + ROW_HEIGHT * min(rows, (most - HEADER_HEIGHT) // ROW_HEIGHT)


def local_frame(
    data: pd.DataFrame, columns: Mapping[str, Any], key: str, *, opens: bool = False, height: int = 560
) -> int | None:
    """Draw a table of untrusted data on a canvas, never as markup; return the index of the clicked row."""
    event = st.dataframe(
        data,
        column_config=dict(columns),
        column_order=list(columns),
        hide_index=True,
        key=key,
        row_height=ROW_HEIGHT,
        height=frame_height(len(data), height),
        on_select="rerun" if opens else "ignore",
        selection_mode="single-cell",
    )
    if not opens:
        return None
    cells = cast("DataframeState", event)["selection"]["cells"]
    return int(cells[0][0]) if cells else None


def or_none(value: object) -> float | None:
    """Return a cell of a DataFrame as a number; None if missing."""
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def day_or_none(value: object) -> date | None:
    """Return a cell of a DataFrame as a day; None if missing."""
    return None if pd.isna(value) else cast("date", value)  # type: ignore[call-overload]
