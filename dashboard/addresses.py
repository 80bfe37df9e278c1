"""Known URLs: requests for pages that do not exist are redirected to the page NOWHERE.

Streamlit serves its own page under every path. Under a nested path the browser looks for assets in the wrong place and
shows a blank page; under an unknown path Streamlit shows a dialog in English.
"""

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import filters
from dashboard.pages import ADDRESSES

FIRST = "tong-quan"
"""The second address of the first page, next to the root."""
PAGES = frozenset({"", FIRST, filters.NOWHERE, *ADDRESSES.values()} - {filters.OVERVIEW})
SERVED = ("/_stcore/", "/static/", "/app/static/", "/media/", "/component/")
"""Paths of Streamlit's assets, downloads and sockets."""


class KnownAddresses:
    """ASGI middleware that redirects requests for unknown URLs."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        answer = RedirectResponse(f"/{filters.NOWHERE}", status_code=303) if is_lost(scope) else self.app
        await answer(scope, receive, send)


def is_lost(scope: "Scope") -> bool:
    """Return whether the request is for a page that does not exist."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    path = str(scope["path"])
    if path.startswith(SERVED) or (path[1:].rstrip("/") in PAGES and not path.startswith("//")):
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
