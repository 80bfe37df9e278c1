"""Colours, fonts, chart configuration and style sheet. One accent colour marks what needs attention."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from shutil import copyfile
from typing import Any

from dashboard.render import widget_words

INK = "#1b2733"
MUTED = "#5b6775"
FAINT = "#65717e"
LINE = "#e2e7ec"
PANEL = "#f6f8fa"
MARK = "#8a97a6"
MARK_LIGHT = "#d4dae1"
ACCENT = "#b3261e"
WARNED = "#fdf0ef"
PAPER = "#ffffff"
UNDERLINE = "#b9c3cd"
BANNER, BANNER_INK, BANNER_LINE = "#fff4d6", "#5f4500", "#ecd596"
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
        "labelColor": MUTED,
        "labelFontSize": 11,
        "titleFont": FONT,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": 400,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
    }
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "legend": {"aria": False},
        "text": {"font": FONT, "fontSize": 11, "color": INK},
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
    return f"<style>\n{_colours()}\n{rules}{widget_words.CSS}\n</style>\n"


def _colours() -> str:
    colours = {
        "ink": INK,
        "muted": MUTED,
        "faint": FAINT,
        "line": LINE,
        "panel": PANEL,
        "mark": MARK,
        "accent": ACCENT,
        "warned": WARNED,
        "paper": PAPER,
        "underline": UNDERLINE,
        "banner": BANNER,
        "banner-ink": BANNER_INK,
        "banner-line": BANNER_LINE,
    }
    return f":root {{ {' '.join(f'--{name}:{colour};' for name, colour in colours.items())} }}"
