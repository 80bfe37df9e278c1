"""Which addresses the server knows: a visit to any other is sent to the page that says so.

Streamlit serves its own page under every path. Under a deeper one the browser looks for the program in the wrong place
and stays blank, under an unknown one it opens a window in English.
"""

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import filters

FIRST = "tong-quan"
"""The address of the first page beside the root."""
PAGES = frozenset({"", FIRST, filters.NOWHERE, *filters.PAGES})
SERVED = ("/_stcore/", "/static/", "/app/static/", "/media/", "/component/")
"""Where Streamlit keeps what pages load and download."""


class KnownAddresses:
    """A layer of the server that sends visits to unknown addresses to the page that says so."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        answer = RedirectResponse(f"/{filters.NOWHERE}", status_code=303) if is_lost(scope) else self.app
        await answer(scope, receive, send)


def is_lost(scope: "Scope") -> bool:
    """Whether the request asks for a page that does not exist."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    path = str(scope["path"])
    if path.startswith(SERVED) or (path[1:].rstrip("/") in PAGES and not path.startswith("//")):
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
