"""Phương pháp tính: every KPI's definition, numerator and denominator, and legal basis; then the rules for all KPIs."""

import streamlit as st

from dashboard.model import Kpi
from dashboard.page import downloads, elements
from dashboard.page.page import Page
from dashboard.render import html
from dashboard.sheets import figures as sheets
from dashboard.text import downloads as files
from dashboard.text import formats, labels, methods, sentences


def show(page: Page) -> None:
    """Draw the page."""
    elements.say(methods.HEADLINE, "message")
    elements.say(methods.INTRODUCTION, "note")
    st.html("".join(_definition(kpi) for kpi in page.kpis.values()))
    downloads.offer(page, files.METHODS, lambda: sheets.methods(page.kpis.values()))
    for title, rules in methods.rules(page.info.min_denominator, page.info.min_coverage).items():
        elements.say(title, "heading")
        for rule in rules:
            elements.say(rule, "rule")


def _definition(kpi: Kpi) -> str:
    target = sentences.target(kpi, None) if kpi.target is not None else ""
    side = " · ".join(part for part in (kpi.unit, labels.SIDES[kpi.better], target) if part)
    basis = f"{methods.BASIS}: {kpi.basis}" if kpi.basis not in {"", formats.NOTHING} else ""
    over, under = (kpi.numerator_label, kpi.denominator_label) if kpi.is_rate else (kpi.numerator_label, "")
    return html.definition(kpi.name, side, over, under, [kpi.definition, basis])
