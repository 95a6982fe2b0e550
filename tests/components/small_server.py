"""uvicorn behind the door of the dashboard, with an application of the test's own in place of Streamlit's."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from components.requests.server_limits import MB, Limits
from components.server import door

LIMITS = Limits(connections=6, by_address=4, half_sent=0.3, uploads_by_session=2 * MB, uploads=3 * MB)
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def listening(app: ASGIApp, limits: Limits = LIMITS, certificate: Path | None = None) -> AsyncIterator[int]:
    """Serve an application on a free port of this machine, as the dashboard is served, and give the port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.setblocking(False)
        spoken = {"ws": "websockets-sansio", "ssl_certfile": certificate, "ssl_keyfile": certificate}
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical", **spoken))
        door.keep(limits)
        serving = asyncio.create_task(server.serve([taken]))
        yield taken.getsockname()[1]
        server.should_exit = True
        await serving


@asynccontextmanager
async def connected(port: int, sent: bytes = b"") -> AsyncIterator[Connection]:
    """Connect, send something, and hold the connection."""
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    outgoing.write(sent)
    yield incoming, outgoing
    outgoing.close()
