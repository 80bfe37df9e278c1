"""Drawing, without Streamlit: HTML, theme, charts, and the blocks that pages are made of."""
