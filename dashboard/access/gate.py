"""The gate: ASGI middleware before everything that the dashboard serves. Without a session nothing passes but the
sign-in and the health check."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access.door import Door, actor_of
from dashboard.access.headers import SECURITY_HEADERS, index
from dashboard.access.sign_in import PASSWORD, SIGN_IN, SignIn
from dashboard.addresses import SERVED, is_lost
from dashboard.filters import OVERVIEW
from dashboard.pages import visible_to
from warehouse.access.audit import Action
from warehouse.access.roles import Right
from warehouse.access.sessions import Session

HEALTH = "/_stcore/health"
"""Open to everybody, for a monitor: it says that the server runs, and nothing of the data."""

CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent", "/auth/", "/oauth2callback")
"""Routes of Streamlit that the dashboard does not use."""

UPLOADS = "/_stcore/upload_file/"
PERSONAL = (UPLOADS, "/media/")
"""Files of one session of Streamlit: only who was sent their address may use them."""

_ADDRESS = re.compile(rb"/(?:media|_stcore/upload_file)/[\w./-]+")
_STREAMLIT_SESSION = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PATROL_SECONDS = 2.0
"""How often the sessions of open pages are checked when nobody clicks."""

ENDED, NOT_SIGNED_IN = 4401, 1008
"""Codes with which a websocket is closed."""


@dataclass
class Holdings:
    """What the server sent to one session: addresses of files, and the ids of its pages."""

    addresses: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def learn(self, data: bytes) -> None:
        self.addresses.update(found.decode() for found in _ADDRESS.findall(data))
        if not self.pages or len(data) < 4096:
            self.pages.update(found.decode() for found in _STREAMLIT_SESSION.findall(data))


class Gate:
    """Lets signed-in people through, to what their rights allow."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door
        self._sign_in = SignIn(door)
        self._holdings: dict[str, Holdings] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send, self._door))
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = self._door.session(cookies_of(scope))
        answer: ASGIApp | None = self._refusal(scope, session)
        if answer is None and self._sign_in.serves(scope["path"]):
            scope["doithoai.session"] = session
            answer = self._sign_in.app
        elif answer is None and session is not None:
            self._door.touch(session)
            answer = self._page(scope, session)
        await (answer or self._app)(scope, receive, send)

    def _page(self, scope: Scope, session: Session) -> Response | None:
        """Return the page that loads the dashboard, or a redirect to the first page of the person's role; None for
        everything else."""
        if not wants_page(scope) or scope["path"].startswith(SERVED) or is_lost(scope):
            return None
        visible = list(visible_to(session.person.rights).values())
        if scope["path"] == "/" and visible and OVERVIEW not in visible:
            return RedirectResponse(f"/{visible[0]}", 303)
        return HTMLResponse(index(), headers={"cache-control": "no-store"})

    def _refusal(self, scope: Scope, session: Session | None) -> Response | None:
        """Return the answer to a request that may not pass; None if it may."""
        path = str(scope["path"])
        if not is_same_origin(scope, self._door.settings.network.public_url):
            return PlainTextResponse("", 403)
        if path == HEALTH or self._sign_in.is_open(path):
            return None
        if session is None:
            return self._to_sign_in(scope)
        if session.is_first and not self._sign_in.serves(path):
            return RedirectResponse(PASSWORD, 303) if wants_page(scope) else PlainTextResponse("", 401)
        return None if self._may(session, path) else self._refused(session, scope)

    def _may(self, session: Session, path: str) -> bool:
        if path.startswith(CLOSED):
            return False
        if path.startswith(UPLOADS) and Right.UPLOAD not in session.person.rights:
            return False
        return not path.startswith(PERSONAL) or path in self._held(session).addresses

    def _refused(self, session: Session, scope: Scope) -> Response:
        """Answer 404, which does not say whether there is such a file, and note it in the audit log."""
        self._door.record(actor_of(session.person, origin_of(scope)), Action.REFUSED, subject=scope["path"])
        return PlainTextResponse("", 404)

    def _to_sign_in(self, scope: Scope) -> Response:
        if not wants_page(scope):
            return PlainTextResponse("", 401)
        query = scope.get("query_string", b"").decode("latin-1")
        target = quote(f"{scope['path']}?{query}" if query else str(scope["path"]), safe="")
        return RedirectResponse(SIGN_IN if target == "%2F" else f"{SIGN_IN}?tiep={target}", 303)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a websocket for a session, and close it when the session ends."""
        session = self._door.session(cookies_of(scope))
        is_own = is_same_origin(scope, self._door.settings.network.public_url, must_say=True)
        if session is None or session.is_first or not is_own:
            await receive()
            await send({"type": "websocket.close", "code": NOT_SIGNED_IN})
            return
        held = self._held(session)
        _drop_foreign_page(scope, held)
        connection = _Connection(self._door, session, held, receive, send)
        try:
            await connection.serve(self._app, scope)
        finally:
            if self._door.living(session.key) is None:
                self._holdings.pop(session.key, None)

    def _held(self, session: Session) -> Holdings:
        return self._holdings.setdefault(session.key, Holdings())


class _Connection:
    """One websocket. Every message of the browser needs the session alive; what is sent is noted in `held`."""

    def __init__(self, door: Door, session: Session, held: Holdings, receive: Receive, send: Send) -> None:
        self._door, self._session, self._held = door, session, held
        self._receive, self._send, self._is_closed = receive, send, False

    async def serve(self, app: ASGIApp, scope: Scope) -> None:
        patrol = asyncio.create_task(self._patrol())
        try:
            await app(scope, self._take, self._give)
        finally:
            patrol.cancel()

    async def _take(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive":
            session = self._door.living(self._session.key)
            if session is None:
                await self._close()
                return {"type": "websocket.disconnect", "code": ENDED}
            self._door.touch(session)
        return message

    async def _give(self, message: Message) -> None:
        if self._is_closed:
            return
        if data := message.get("bytes"):
            self._held.learn(data)
        await self._send(message)

    async def _patrol(self) -> None:
        """Close the page of a session that ended while nobody clicked."""
        while self._door.living(self._session.key) is not None:
            await asyncio.sleep(PATROL_SECONDS)
        await self._close()

    async def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            await self._send({"type": "websocket.close", "code": ENDED})


def _drop_foreign_page(scope: Scope, held: Holdings) -> None:
    """Remove the id of a page to resume unless it was sent to this session: its state may be another person's."""

    def own(asked: list[str]) -> list[str]:
        return [*asked[:2], *(each for each in asked[2:] if each in held.pages)]

    headers = MutableHeaders(scope=scope)
    if "sec-websocket-protocol" in headers:
        asked = [each.strip() for each in headers["sec-websocket-protocol"].split(",")]
        headers["sec-websocket-protocol"] = ", ".join(own(asked))
    scope["subprotocols"] = own(list(scope.get("subprotocols", ())))


def cookies_of(scope: Scope) -> dict[str, str]:
    """Return the cookies of a request by name; none if they cannot be parsed."""
    try:
        parsed = SimpleCookie("; ".join(Headers(scope=scope).getlist("cookie")))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in parsed.items()}


def wants_page(scope: Scope) -> bool:
    """Return whether a person opens a page, as opposed to a script that fetches a file."""
    return scope["method"] in {"GET", "HEAD"} and "text/html" in Headers(scope=scope).get("accept", "")


def origin_of(scope: Scope) -> str:
    """Return the address of the client, as the server trusts it."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_same_origin(scope: Scope, public_url: str, *, must_say: bool = False) -> bool:
    """Return whether a request that changes something comes from a page of this site, by its Origin header."""
    headers = Headers(scope=scope)
    if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
        return True
    origin = headers.get("origin")
    if origin is None:
        return not must_say and headers.get("sec-fetch-site", "same-origin") == "same-origin"
    own = urlsplit(public_url).netloc or headers.get("host", "")
    return urlsplit(origin).netloc == own


def _with_headers(send: Send, door: Door) -> Callable[[Message], Awaitable[None]]:
    """Return `send` with the security headers on every response."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in SECURITY_HEADERS.items():
                headers[name] = value
            if door.settings.is_over_tls:
                headers["strict-transport-security"] = "max-age=31536000"
        await send(message)

    return sent
