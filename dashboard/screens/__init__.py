"""The five pages. A page is a selection, its data, and the blocks that show it.

Not called `pages`: beside a folder of that name Streamlit runs the first visit after a start in its older way, and a
link to any page but the first is answered with «Page not found».
"""
