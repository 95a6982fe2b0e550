"""The stream that tells followers of a meeting what the room sees: made once for all, sent only when it changes.

Polling by each follower's own session costs a rerun a second each; here one question to the database, three times a
second, serves everyone, and a follower that waits costs nothing (docs/performance.md).
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from components import store
from components.meeting import asked, room_page
from data import database
from data.database import DatabaseFault
from data.meeting.following import State, states

PATH = "/room-stream"
EVERY_SECONDS = 0.3
HEARTBEAT_SECONDS = 5
"""How often a stream says that it is there: a phone that hears nothing for twice as long begins anew (follower.js)."""


@dataclass
class Watched:
    """One meeting that someone follows: what it last sent, and a bell that rings when that changes."""

    sent: str = ""
    state: State | None = None
    followers: int = 0
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self, state: State, message: str) -> None:
        """Take what is sent from now on, and wake all that wait; nobody holds a lock while a slow phone is sent to."""
        self.state, self.sent = state, message
        rung, self.bell = self.bell, asyncio.Event()
        rung.set()


log = logging.getLogger(__name__)
WATCHED: dict[str, Watched] = {}


@asynccontextmanager
async def watching(_: object) -> AsyncIterator[None]:
    """Watch the meetings that are followed for as long as the server runs."""
    task = asyncio.create_task(_watch())
    try:
        yield
    finally:
        task.cancel()


async def _watch() -> None:
    while True:
        followed = [stream for stream, watched in WATCHED.items() if watched.followers]
        if followed:
            # What fails for one meeting is logged, and tried again; the others, and this watch, go on.
            found = await asyncio.gather(asyncio.to_thread(_changes, followed), return_exceptions=True)
            _tell(found[0])
        await asyncio.sleep(EVERY_SECONDS)


def _tell(found: dict[str, tuple[State, str]] | BaseException) -> None:
    if isinstance(found, BaseException):
        log.error("a meeting could not be followed", exc_info=found)
        return
    for stream, (state, message) in found.items():
        if watched := WATCHED.get(stream):
            watched.ring(state, message)


def _changes(streams: list[str]) -> dict[str, tuple[State, str]]:
    """Return what has changed of these meetings; while the database cannot be asked, nothing has."""
    try:
        now = database.ask(store.engine(), states, streams)
        changed = {stream: found for stream, found in now.items() if found[1] != _last(stream)}
        with store.beside_the_page():
            return {stream: (state, _message(number, state)) for stream, (number, state) in changed.items()}
    except DatabaseFault:
        return {}


def _last(stream: str) -> State | None:
    watched = WATCHED.get(stream)
    return watched.state if watched else None


def _message(number: int, state: State) -> str:
    meeting = asked.meeting(number)
    return json.dumps({**told(state), "html": str(room_page.written(meeting, state))})


def told(state: State) -> dict[str, object]:
    """Return what a follower's session needs to know of a state: whether what is drawn for the form has changed."""
    return {"revision": state.revision, "open": state.open, "ended": state.ended, "slide": state.slide}


async def follow(request: Request) -> Response:
    """Serve the stream of one meeting as server-sent events; the newest state comes first."""
    stream = request.path_params["stream"]
    if not await asyncio.to_thread(_known, stream):
        return PlainTextResponse("There is no such meeting.", status_code=404)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(stream, request), media_type="text/event-stream", headers=headers)


def _known(stream: str) -> bool:
    try:
        return bool(database.ask(store.engine(), states, [stream]))
    except DatabaseFault:
        return False


async def _events(stream: str, request: Request) -> AsyncIterator[str]:
    watched = WATCHED.setdefault(stream, Watched())
    watched.followers += 1
    sent = ""
    try:
        yield "retry: 1000\n\n"
        while not await request.is_disconnected():
            if watched.sent and watched.sent != sent:
                sent = watched.sent
                yield f"data: {sent}\n\n"
                continue
            try:
                await asyncio.wait_for(watched.bell.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield "event: here\ndata:\n\n"
    finally:
        watched.followers -= 1
        if not watched.followers:
            WATCHED.pop(stream, None)


ROUTES = [Route(f"{PATH}/{{stream}}", follow)]
