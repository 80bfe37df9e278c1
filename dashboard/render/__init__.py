"""Rendering without Streamlit: HTML, theme, charts, and the blocks of pages."""
