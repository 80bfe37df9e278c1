"""One viewer: a browser's part of the conversation with the server, over a real websocket."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

SLOWEST = 120.0
"""Seconds after which a page counts as refused."""
KEPT_RUNS = 2
"""A browser keeps large messages for this many runs and tells the server so; the server then sends references."""


@dataclass(frozen=True)
class Visit:
    """A page with its parameters, as in the address bar."""

    path: str
    query: str


@dataclass(frozen=True)
class Answer:
    """A drawn page: seconds from the request until the script finished, and bytes received."""

    seconds: float
    received: int


class PageRefused(Exception):
    """The server closed the connection, did not answer in time, or drew no page."""


@dataclass
class Viewer:
    """An open session. `pages` are the identifiers of the pages by path, as the server announces them."""

    socket: ClientConnection
    pages: dict[str, str] = field(default_factory=dict)
    kept: list[set[str]] = field(default_factory=list)

    async def see(self, visit: Visit) -> Answer:
        """Request a page and read until it is drawn; PageRefused if it is not."""
        start = time.perf_counter()
        try:
            async with asyncio.timeout(SLOWEST):
                await self.socket.send(self._request(visit).SerializeToString())
                received = await self._until_drawn()
        except (TimeoutError, websockets.WebSocketException) as error:
            raise PageRefused(str(error)) from error
        return Answer(time.perf_counter() - start, received)

    def _request(self, visit: Visit) -> BackMsg:
        request = BackMsg()
        request.rerun_script.query_string = visit.query
        if visit.path in self.pages:
            request.rerun_script.page_script_hash = self.pages[visit.path]
        else:
            request.rerun_script.page_name = visit.path
        request.rerun_script.cached_message_hashes.extend(set().union(*self.kept))
        return request

    async def _until_drawn(self) -> int:
        received, elements, new = 0, 0, set()
        while True:
            data = await self.socket.recv()
            received += len(data)
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            kind = message.WhichOneof("type")
            elements += kind in {"delta", "ref_hash"}
            if message.metadata.cacheable or kind == "ref_hash":
                new.add(message.ref_hash or message.hash)
            if kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            if kind == "script_finished":
                break
        self.kept = [*self.kept, new][-KEPT_RUNS:]
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or not elements:
            raise PageRefused(f"{elements} elements")
        return received


@asynccontextmanager
async def connected(
    address: str, headers: Mapping[str, str] | None = None, subprotocols: Sequence[str] = ("streamlit",)
) -> AsyncIterator[Viewer]:
    """Yield a viewer of `host:port` whose handshake carries `headers`, such as the cookie of a session."""
    protocols = [Subprotocol(name) for name in subprotocols]
    try:
        async with websockets.connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=protocols,
            additional_headers=dict(headers or {}),
            max_size=None,
            open_timeout=SLOWEST,
        ) as socket:
            yield Viewer(socket)
    except (TimeoutError, OSError, websockets.InvalidHandshake) as error:
        raise PageRefused(str(error)) from error
