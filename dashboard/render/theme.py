"""Colours, fonts, chart configuration and the little CSS that the layout needs. One accent for what needs attention."""

from collections.abc import Mapping
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
    """The Vega-Lite `config` of every chart: local font, Vietnamese locale, no frame, quiet axes."""
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
    """`spec` drawn as SVG, without the action menu (whose editor is an outside host)."""
    options = {"embedOptions": {"renderer": "svg", "actions": False}}
    return {**spec, "usermeta": options, "autosize": {"type": "fit-x", "contains": "padding"}}


def install_fonts(source: Path, static: Path) -> None:
    """Put the font files in use into the folder that Streamlit serves; those already there stay."""
    for weight in WEIGHTS:
        name = f"BeVietnamPro-{weight}.ttf"
        target = static / name
        if not target.exists():
            partial = target.with_suffix(".part")
            copyfile(source / "files" / name, partial)
            partial.replace(target)


CSS = f"""
<style>
:root {{ --ink:{INK}; --muted:{MUTED}; --faint:{FAINT}; --line:{LINE}; --panel:{PANEL}; --accent:{ACCENT};
  --mark:{MARK}; }}
header[data-testid="stHeader"], [data-testid="stSidebar"], [data-testid="stSidebarCollapsedControl"] {{ display:none; }}
.block-container {{ max-width:1360px; padding:0.75rem 1.5rem 3rem; }}
[data-testid="stVerticalBlock"] {{ gap:0.7rem; }}
.st-key-top a {{ padding:0.3rem 0 !important; border-radius:0; background:none !important;
  border-bottom:2px solid transparent; }}
.st-key-top a:hover {{ border-bottom-color:var(--mark); }}
.st-key-top a p {{ color:var(--muted); font-weight:500; white-space:nowrap; font-size:14px; }}
.st-key-stewards a {{ padding:0.1rem 0 !important; border-radius:0; background:none !important;
  border-bottom:2px solid transparent; }}
.st-key-stewards a:hover {{ border-bottom-color:var(--mark); }}
.st-key-stewards a p {{ color:var(--muted); white-space:nowrap; font-size:13px; }}
.st-key-top a:focus-visible, .st-key-stewards a:focus-visible {{ outline:2px solid var(--ink) !important;
  outline-offset:2px; box-shadow:none !important; }}
.group {{ color:var(--faint); font-size:13px; padding-top:3px; }}
.st-key-here a {{ border-bottom-color:var(--ink) !important; }}
.st-key-here a p {{ color:var(--ink); font-weight:600; }}
.st-key-top {{ border-bottom:1px solid var(--line); }}
.sample {{ background:{BANNER}; color:{BANNER_INK}; border:1px solid {BANNER_LINE}; padding:4px 10px; font-size:12.5px;
  border-radius:3px; }}
.sample b {{ letter-spacing:.02em; }}
.status {{ color:var(--muted); font-size:12.5px; display:flex; flex-wrap:wrap; gap:2px 18px; }}
.status b {{ color:var(--ink); font-weight:600; }}
.notice {{ border-left:3px solid var(--mark); background:var(--panel); padding:8px 12px; font-size:14px;
  white-space:pre-line; }}
.message {{ font-size:22px; line-height:1.35; font-weight:600; letter-spacing:-.01em; margin:4px 0 2px;
  max-width:62rem; }}
.heading {{ font-size:15px; font-weight:600; margin:10px 0 0; line-height:1.35; }}
.lead {{ font-size:15px; padding-bottom:8px; }}
.note {{ color:var(--muted); font-size:12.5px; line-height:1.45; }}
[data-testid="stDownloadButton"] button[kind="tertiary"] {{ min-height:0; padding:0; }}
[data-testid="stDownloadButton"] button[kind="tertiary"] p {{ color:var(--muted); font-size:12.5px;
  text-decoration:underline; text-decoration-color:{UNDERLINE}; text-underline-offset:3px; }}
.crumbs {{ font-size:13px; color:var(--muted); }}
.crumbs a, .quiet a, .cards a, table.grid a, .attention a, .chips a {{ color:var(--ink); text-decoration:underline;
  text-decoration-color:{UNDERLINE}; text-underline-offset:3px; text-decoration-thickness:1px; }}
.crumbs a:hover, .quiet a:hover, .cards a:hover, table.grid a:hover, .attention a:hover, .chips a:hover {{
  text-decoration-color:var(--ink); }}
.quiet span + span {{ margin-left:14px; }}
.cards {{ display:grid; grid-template-columns:repeat(6,minmax(0,1fr)); border-top:1px solid var(--line);
  border-bottom:1px solid var(--line); }}
.card {{ padding:10px 14px 12px; border-left:1px solid var(--line); display:flex; flex-direction:column; gap:2px;
  font-size:12.5px; color:var(--muted); line-height:1.4; }}
.card:first-child {{ border-left:0; padding-left:0; }}
.card .name {{ color:var(--ink); font-weight:500; font-size:13px; min-height:2.7em; }}
.card .value {{ font-size:30px; line-height:1.15; font-weight:600; color:var(--ink); letter-spacing:-.02em;
  font-variant-numeric:tabular-nums; }}
.card .value small {{ font-size:13px; font-weight:400; color:var(--muted); letter-spacing:0; }}
.card .of {{ min-height:2.8em; }}
.card .links {{ margin-top:auto; padding-top:4px; }}
.bad {{ color:var(--accent) !important; font-weight:600; }}
.attention {{ list-style:none; margin:0 !important; padding:0 !important; }}
.attention li {{ padding:7px 0; border-bottom:1px solid var(--line); font-size:13.5px; line-height:1.45;
  margin:0 !important;
  display:grid; grid-template-columns:14px 1fr; gap:6px; }}
.attention li::before {{ content:"●"; color:var(--accent); font-size:9px; line-height:2.2; }}
.attention li.plain::before {{ content:"○"; color:var(--muted); }}
.chips {{ display:flex; flex-wrap:wrap; gap:4px 20px; font-size:13.5px; }}
.scroll {{ overflow-x:auto; }}
table.grid {{ border-collapse:collapse; width:100%; font-size:13px; font-variant-numeric:tabular-nums; border:0;
  margin:0; }}
table.grid th {{ text-align:right; font-weight:500; color:var(--muted); font-size:12px; padding:4px 10px; border:0;
  border-bottom:1px solid var(--mark); vertical-align:bottom; line-height:1.3; }}
table.grid td {{ text-align:right; padding:5px 10px; border:0; border-bottom:1px solid var(--line);
  white-space:nowrap; }}
table.grid .l {{ text-align:left; }} table.grid .c {{ text-align:center; width:5.5rem; white-space:normal; }}
table.grid td.w {{ white-space:normal; min-width:13rem; }}
table.grid th:first-child, table.grid td:first-child {{ padding-left:0; }}
table.grid tr.dim td, table.grid td.dim, table.grid td.dim a {{ color:var(--faint); }}
table.grid tr:hover td {{ background:var(--panel); }}
table.grid .pair {{ color:var(--muted); font-size:12px; }}
table.cells {{ border-collapse:collapse; font-size:12.5px; margin:2px 0 0; width:auto; }}
table.cells th {{ background:var(--panel); color:var(--muted); font-weight:500; font-size:11.5px; padding:2px 8px;
  border:1px solid var(--line); text-align:center; vertical-align:top; }}
table.cells td {{ border:1px solid var(--line); padding:3px 8px; max-width:15rem; min-width:3rem; overflow:hidden;
  text-overflow:ellipsis; white-space:nowrap; vertical-align:top; }}
table.cells tr.heads td {{ font-weight:500; color:var(--muted); white-space:normal; background:var(--panel); }}
table.cells tr.told td {{ white-space:normal; overflow-wrap:break-word; }}
table.cells td.marked {{ outline:2px solid var(--accent); outline-offset:-2px; background:{WARNED};
  color:var(--accent); font-weight:600; }}
.finding {{ font-size:13.5px; line-height:1.45; margin-top:6px; }}
.standing {{ color:var(--muted); border:1px solid var(--line); border-radius:3px; font-size:11.5px; padding:0 6px;
  margin-left:8px; }}
dl.facts {{ display:grid; grid-template-columns:minmax(9rem,max-content) 1fr; gap:0 18px; margin:0 !important;
  padding:0 !important; font-size:13.5px; }}
dl.facts dt, dl.facts dd {{ padding:5px 0 !important; border-bottom:1px solid var(--line); margin:0 !important; }}
dl.facts dt {{ color:var(--muted); font-weight:400; }}
.kpi {{ border-top:1px solid var(--line); padding:12px 0; display:grid; grid-template-columns:17rem 1fr; gap:4px 24px;
  font-size:13.5px; line-height:1.5; }}
.rule {{ font-size:13.5px; line-height:1.5; padding-left:14px; text-indent:-14px; max-width:62rem; }}
.rule::before {{ content:"–  "; color:var(--muted); }}
.kpi h3 {{ font-size:14px; font-weight:600; margin:0; padding:0; line-height:1.35; }}
.kpi .side {{ color:var(--muted); font-size:12.5px; }}
.fraction {{ display:inline-grid; text-align:left; margin:2px 0 4px; }}
.fraction span:first-child {{ border-bottom:1px solid var(--ink); }}
{widget_words.CSS}
[data-testid="stText"] {{ font-family:inherit; }}
.st-key-person [data-testid="stText"] {{ font-size:22px; font-weight:600; }}
.st-key-body [data-testid="stText"] {{ font-size:15px; line-height:1.55; max-width:60rem; }}
@media (max-width:1100px) {{ .cards {{ grid-template-columns:repeat(3,minmax(0,1fr)); }}
  .card {{ border-top:1px solid var(--line); }} }}
@media (max-width:640px) {{
  .block-container {{ padding:0.5rem 0.9rem 2rem; }}
  .message {{ font-size:18px; }}
  .cards {{ grid-template-columns:1fr; border:0; }}
  .card {{ border-left:0; padding:10px 0; display:grid; grid-template-columns:1fr auto; gap:1px 12px; }}
  .card .name, .card .of {{ min-height:0; }} .card .value {{ grid-column:2; grid-row:1 / span 2; text-align:right; }}
  .card > * {{ grid-column:1; }}
  .kpi {{ grid-template-columns:1fr; }} dl.facts {{ grid-template-columns:8.5rem 1fr; gap:0 10px; }}
  .st-key-top {{ gap:0 16px !important; }} .st-key-top a {{ padding:0.1rem 0 !important; }}
  .st-key-filters [data-testid="stHorizontalBlock"] {{ gap:6px 10px; }}
  .st-key-filters [data-testid="stColumn"] {{ min-width:calc(50% - 5px); flex:1 1 calc(50% - 5px); }}
  table.stacked, table.stacked tbody, table.stacked tr {{ display:block; }} table.stacked thead {{ display:none; }}
  table.stacked tr {{ border-bottom:1px solid var(--mark); padding:6px 0; }}
  table.stacked td, table.stacked td.w {{ display:grid; grid-template-columns:7.5rem 1fr; gap:10px; padding:2px 0;
    border:0; text-align:left; white-space:normal; min-width:0; overflow-wrap:anywhere; }}
  table.stacked td::before {{ content:attr(data-name); color:var(--muted); font-size:12px; }}
  table.stacked td.no {{ display:none; }}
  table.pinned th:first-child, table.pinned td:first-child {{ position:sticky; left:0; background:{PAPER};
    box-shadow:6px 0 6px -6px var(--mark); white-space:normal; min-width:7rem; }}
  table.grid td.w {{ min-width:9.5rem; }} table.cells .far {{ display:none; }} table.cells td {{ max-width:8rem; }}
}}
</style>
"""
