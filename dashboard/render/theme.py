"""Fonts, chart configuration and style sheet. The colours are in `colours.py`, the rules in `theme.css`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Any

from dashboard.render import colours, widget_words

FONT = "Be Vietnam Pro"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

_NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"], "percent": " %"}
_MONTHS = [f"tháng {month}" for month in range(1, 13)]
_TIMES = {
    "dateTime": "%H:%M %d/%m/%Y",
    "date": "%d/%m/%Y",
    "time": "%H:%M",
    "periods": ["SA", "CH"],
    "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    "months": _MONTHS,
    "shortMonths": [f"T{month}" for month in range(1, 13)],
}


def chart_config() -> dict[str, Any]:
    """Return the Vega-Lite `config` of every chart: local font, Vietnamese locale, no frame, light axes."""
    axis = {
        "aria": False,
        "labelFont": FONT,
        "labelColor": colours.MUTED,
        "labelFontSize": 11,
        "titleFont": FONT,
        "titleColor": colours.MUTED,
        "titleFontSize": 11,
        "titleFontWeight": 400,
        "gridColor": colours.LINE,
        "domainColor": colours.LINE,
        "tickColor": colours.LINE,
    }
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "legend": {"aria": False},
        "text": {"font": FONT, "fontSize": 11, "color": colours.INK},
        "locale": {"number": _NUMBERS, "time": _TIMES},
    }


def embed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return `spec` with options to render SVG without the action menu (it links to an external editor)."""
    options = {"embedOptions": {"renderer": "svg", "actions": False}}
    return {**spec, "usermeta": options, "autosize": {"type": "fit-x", "contains": "padding"}}


def install_fonts(source: Path, static: Path) -> None:
    """Copy the font files into the folder that Streamlit serves; keep those that exist."""
    for weight in WEIGHTS:
        name = f"BeVietnamPro-{weight}.ttf"
        target = static / name
        if not target.exists():
            partial = target.with_suffix(".part")
            copyfile(source / "files" / name, partial)
            partial.replace(target)


@cache
def style_sheet() -> str:
    """Return the `<style>` element of every page: colours as CSS variables, `theme.css`, Streamlit's own labels."""
    rules = Path(__file__).with_name("theme.css").read_text(encoding="utf-8")
    return f"<style>\n{_variables()}\n{rules}{widget_words.CSS}\n</style>\n"


def _variables() -> str:
    """Return the rule that defines every colour as a CSS variable: `MARK_LIGHT` as `--mark-light`."""
    named = {name.lower().replace("_", "-"): value for name, value in vars(colours).items() if name.isupper()}
    return f":root {{ {' '.join(f'--{name}:{value};' for name, value in named.items())} }}"
