"""The pages. A page is a selection, its data, and the blocks that show it.

Not named `pages`: next to a folder of that name, Streamlit runs the first request after a start in its legacy mode and
answers links to other pages with «Page not found».
"""
