"""The gate of a home without sign-in: only this machine may look, and only under its own name."""

import ipaddress

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Host names of this machine. Any other may be a foreign page that made its name point here (DNS rebinding)."""


class LocalOnly:
    """Refuses requests from other machines, and under other names than this machine's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or is_local(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("", 403)(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """Return whether a request comes from this machine, under one of its own names."""
    host = Headers(scope=scope).get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    client = scope.get("client")
    return name in NAMES and (client is None or _is_loopback(str(client[0])))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
