"""The door of the server: it lets in as many connections as there is room for, and the others wait before it.

uvicorn takes every connection that comes, until the system gives no more open files: then no page opens and no
database either. Here a connection on which nothing is asked makes room for the next, the longest idle of whoever has
most of them first; where all are being answered, who comes waits in the system's queue until one is done.
"""

import asyncio
import logging
import socket
import ssl
from collections import Counter
from collections.abc import Callable

from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from uvicorn.protocols.http.h11_impl import H11Protocol

from components.requests.server_limits import Limits
from components.server.half_sent import TimelyRequests

AGAIN_SECONDS = 0.02
"""How soon a full server looks again whether someone left."""
GRACE_SECONDS = 1.0
"""How long a connection may be idle before it makes room: who just came is about to ask."""
GONE_SECONDS = 60
"""After how long without a sign of the other end what is sent to it is given up: a phone that left the wifi says no
good-bye, and its stream would stay open for a quarter of an hour."""
log = logging.getLogger(__name__)


class Door:
    """What uvicorn opens in place of a server of asyncio's."""

    def __init__(
        self, made: Callable[[], H11Protocol], listening: socket.socket, limits: Limits, tls: ssl.SSLContext | None
    ) -> None:
        """Let connections in from now on, each spoken to as uvicorn would, but for the limits."""
        self.pattern = made()  # has all that uvicorn gives each of its connections
        self.pattern.config.ws_max_size = (
            get_max_widget_state_size_bytes()
        )  # a longer message is refused only once read
        self.limits, self.listening, self.tls = limits, listening, tls
        self.loop = asyncio.get_running_loop()
        self.coming: set[asyncio.Task[None]] = set()
        self.taking = self.loop.create_task(self._take())

    def close(self) -> None:
        """Let nobody in any more."""
        self.taking.cancel()

    async def wait_closed(self) -> None:
        """Wait until nobody is let in any more."""
        await asyncio.wait([self.taking])

    async def _take(self) -> None:
        while True:
            try:
                connection, _ = await self.loop.sock_accept(self.listening)
            except OSError as error:  # whoever came has gone, or the system gives no file
                log.warning("a connection could not be taken: %s", error)
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            try:
                await self._room()
            except asyncio.CancelledError:
                connection.close()
                raise
            task = self.loop.create_task(self._let_in(connection))
            self.coming.add(task)
            task.add_done_callback(self.coming.discard)
            await asyncio.sleep(0)  # those who are in have their turn

    async def _let_in(self, connection: socket.socket) -> None:
        like = self.pattern
        spoken = TimelyRequests(like.config, like.server_state, like.app_state, self.limits.half_sent)
        try:
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE_SECONDS * 1_000)
            await self.loop.connect_accepted_socket(
                lambda: spoken, connection, ssl=self.tls,
                ssl_handshake_timeout=self.limits.half_sent if self.tls else None,
            )  # fmt: skip
        except OSError as error:  # a connection that broke off, or speaks no TLS
            log.debug("a connection was not begun: %s", error)
            connection.close()

    async def _room(self) -> None:
        while len(self.pattern.connections) + len(self.coming) >= self.limits.connections:
            if idle := self._idle():
                idle.leave()
                await asyncio.sleep(0)
            else:
                await asyncio.sleep(AGAIN_SECONDS)

    def _idle(self) -> TimelyRequests | None:
        """Return the connection that makes room, or None where all are being answered."""
        long_ago = self.loop.time() - GRACE_SECONDS
        idle = [
            one
            for one in self.pattern.connections
            if isinstance(one, TimelyRequests) and not one.answers and not one.left and one.idle_since <= long_ago
        ]
        by_address = Counter(one.address for one in idle)
        return min(idle, key=lambda one: (-by_address[one.address], one.idle_since), default=None)


def keep(limits: Limits) -> None:
    """Have the server that starts next in this loop let connections in by such a door."""
    loop = asyncio.get_running_loop()
    usual = loop.create_server

    async def create_server(
        made: Callable[[], H11Protocol], *, sock: socket.socket, ssl: ssl.SSLContext | None, backlog: int
    ) -> Door:
        loop.create_server = usual  # type: ignore[method-assign]
        return Door(made, sock, limits, ssl)

    loop.create_server = create_server  # type: ignore[assignment]
