"""Tables as workbooks to take away, in place of the CSV of Streamlit's toolbar, which lets text be computed."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from dashboard.text import labels
from warehouse.exports import Value, as_workbook

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_download(data: pd.DataFrame, titles: Mapping[str, str], key: str) -> None:
    """A button for the table as an .xlsx, made when it is asked for."""
    st.download_button(
        labels.DOWNLOAD,
        data=lambda: as_workbook(labels.TITLE, list(titles.values()), _rows(data, list(titles))),
        file_name=f"{key}.xlsx",
        mime=_WORKBOOK,
        key=f"{key}-tai-ve",
        on_click="ignore",
        type="tertiary",
    )


def _rows(data: pd.DataFrame, names: list[str]) -> Iterator[list[Value]]:
    for row in data[names].itertuples(index=False, name=None):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Value:
    """A cell as Python writes it; None where it is missing."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return cast("Value", value.to_pydatetime())
    return cast("Value", value.item() if hasattr(value, "item") else value)
