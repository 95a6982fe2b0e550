"""A request that is only half sent is waited for ten seconds, not for ever: the connection is closed then.

Half sent is a head that is not whole ten seconds after the connection was made, or after its first byte on one that is
used again; a body of which less than a kilobyte has come for ten seconds, while the server reads; and what is left of a
body ten seconds after the answer. A slow upload goes on for as long as it comes, and nobody who is being answered, by a
file or by the stream of a room, is cut off.
"""

import asyncio
from enum import Enum
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

SOME = 1_000
"""Bytes of a body that are more than a sign of life: a byte every nine seconds would keep a connection for days."""


class Missing(Enum):
    """What of a request is still to come."""

    HEAD = "its head"
    BODY = "its body"
    REST = "its body, after the answer"


class TimelyRequests(H11Protocol):
    """uvicorn's HTTP on one connection, closed where the client lets it wait for the rest of a request."""

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any], seconds: float) -> None:
        super().__init__(config, server_state, app_state)
        self.seconds = seconds
        self.idle_since = 0.0
        self.left = False
        self.awaited: Missing | None = None
        self.due: asyncio.TimerHandle | None = None
        self.come = 0

    @property
    def answers(self) -> bool:
        """Tell whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def address(self) -> str:
        """Return the address that is at the other end: a visitor's, or a proxy's."""
        return self.client[0] if self.client else ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self.idle_since = self.loop.time()
        self._wait_for(Missing.HEAD)

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait for what is still missing."""
        super().data_received(data)
        self.come += len(data)
        if self.transport.get_protocol() is not self or self.transport.is_closing():
            self._wait_for(None)
            return
        missing = self._missing()
        if missing is not self.awaited or (missing is Missing.BODY and self.come >= SOME):
            self._wait_for(missing)

    def on_response_complete(self) -> None:
        """Wait for what is left of the request that was answered; uvicorn waits for the next one, for five seconds."""
        self.idle_since = self.loop.time()
        super().on_response_complete()
        missing = self._missing()
        self._wait_for(None if missing is Missing.HEAD else missing)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._wait_for(None)
        super().connection_lost(exc)

    def _missing(self) -> Missing | None:
        if self.conn.their_state is h11.IDLE:
            return Missing.HEAD
        if self.conn.their_state is not h11.SEND_BODY:
            return None
        return Missing.BODY if self.answers else Missing.REST

    def _wait_for(self, missing: Missing | None) -> None:
        if self.due is not None:
            self.due.cancel()
        self.awaited, self.come = missing, 0
        self.due = self.loop.call_later(self.seconds, self._over) if missing else None

    def _over(self) -> None:
        if self.awaited is Missing.BODY and self.flow.read_paused:
            self._wait_for(Missing.BODY)  # it is the server that does not read
        else:
            self.leave()

    def leave(self) -> None:
        """Close the connection at once, whatever is still to be sent."""
        self.left = True
        self.transport.abort()
