"""A table that is taken away holds what the screen shows, and no text in it is computed."""

import io
from datetime import date
from unittest.mock import patch

import pandas as pd
from openpyxl import load_workbook

from dashboard import downloads, theme


def test_a_table_leaves_as_a_workbook_with_text_as_text() -> None:
    data = pd.DataFrame(
        {"name": ["=1+1", None], "rate": [12.5, None], "day": [date(2024, 9, 5), None], "hidden": [1, 2]}
    )
    with patch("streamlit.download_button") as button:
        downloads.table_download(data, {"name": "Tên", "rate": "Tỷ lệ", "day": "Ngày"}, "bang")
    page = load_workbook(io.BytesIO(button.call_args.kwargs["data"]())).worksheets[0]
    assert [[cell.value for cell in row] for row in page.iter_rows(max_row=1)] == [["Tên", "Tỷ lệ", "Ngày"]]
    assert (page["A2"].value, page["A2"].data_type, page["A2"].quotePrefix) == ("=1+1", "s", True)
    assert (page["B2"].value, page["C2"].value.date(), page["A3"].value) == (12.5, date(2024, 9, 5), None)


def test_the_toolbars_own_csv_is_not_offered() -> None:
    assert '[aria-label^="Download as CSV"]) { display:none; }' in theme.CSS
