"""Vietnamese texts for Streamlit's own elements, set by CSS because Streamlit has no setting for them.

Unused elements are hidden: the toolbars of tables and charts (each has its own download) and the entries of a column's
menu except sorting.
"""

from dashboard.text import file_check
from dashboard.text import widgets as texts


def instead(selector: str, words: str, size: int = 14) -> str:
    """Return rules that show `words` instead of the text of the matching elements."""
    return (
        f'{selector} {{ font-size:0 !important; }}\n{selector}::after {{ content:"{words}"; font-size:{size}px; '
        "font-weight:inherit; }"
    )


_UPLOADER = '[data-testid="stFileUploaderDropzone"]'
_DROP = '[data-testid="stFileUploaderDropzoneInstructions"]'
_MENU = '[data-testid="stDataFrameColumnMenu"] > [role="menu"]'
_DIALOG = 'section[role="dialog"]:has(> h2[slot="title"])'

CSS = "\n".join(
    (
        '[data-testid="stElementToolbar"] { display:none; }',
        f"{_MENU} > * {{ display:none; }}",
        f"{_MENU} > :nth-child(2), {_MENU} > :nth-child(3) {{ display:flex; align-items:center; }}",
        instead(f"{_MENU} > :nth-child(2)", texts.ASCENDING),
        instead(f"{_MENU} > :nth-child(3)", texts.DESCENDING),
        instead('[data-testid="stSelectboxVirtualDropdown"] [data-empty="true"] span', texts.NOTHING_FOUND),
        '[data-testid="stForm"] [data-testid="InputInstructions"] { display:none; }',
        '[data-testid="InputInstructions"] span { font-size:0; }',
        instead('[data-testid="InputInstructions"]', texts.ENTER, 12),
        instead('[data-testid="stSkipToContent"]', texts.SKIP),
        instead(f"{_UPLOADER} > span [data-testid='stMarkdownContainer'] p", file_check.BROWSE),
        f"{_DROP} span {{ font-size:0; }}",
        f'{_DROP}::after {{ content:"{file_check.DROP_HERE}"; font-size:13px; color:var(--muted); }}',
        instead(f"{_DIALOG} > h2", texts.NO_ANSWER, 20),
        instead(f"{_DIALOG} > div > div", texts.RECONNECTS),
    )
)
