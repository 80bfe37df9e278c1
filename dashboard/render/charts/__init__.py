"""Figures → Vega-Lite dictionaries. One message each; direct labels; grey, and one accent colour for attention."""
