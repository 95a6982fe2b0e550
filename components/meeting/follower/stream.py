"""The stream that tells followers of a meeting what the room sees: made once for all, sent only when it changes.

Polling by each follower's own session costs a rerun a second each; here one question to the database, three times a
second, serves everyone, and a follower that waits costs nothing (docs/performance.md).
"""

import asyncio
import json
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from components.meeting.follower import answer_form, meeting_queries, room_page
from components.store import store
from data.collection import database
from data.collection.codebook import Codebook
from data.collection.database import DatabaseFault
from data.meeting.following import MeetingState, states
from models import Meeting

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
PATH = "/room-stream"
EVERY_SECONDS = 0.3
HEARTBEAT_SECONDS = 5
"""How often a stream says that it is there: a phone that hears nothing for twice as long begins anew (follower.js)."""


class ToldFollowers(NamedTuple):
    """What a meeting's followers were last told: which meeting, in which state, by which codebook, in which words."""

    number: int
    state: MeetingState
    codebook: Codebook
    message: str


@dataclass
class Watched:
    """One meeting that someone follows: what they were last told, and a bell that rings when that changes."""

    told: ToldFollowers | None = None
    followers: int = 0
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self, told: ToldFollowers) -> None:
        """Take what is sent from now on, and wake all that wait; nobody holds a lock while a slow phone is sent to."""
        self.told = told
        rung, self.bell = self.bell, asyncio.Event()
        rung.set()


log = logging.getLogger(__name__)
WATCHED: dict[str, Watched] = {}
STOPPING = threading.Event()
_ROOM = ThreadPoolExecutor(2, thread_name_prefix="room")


@asynccontextmanager
async def watching(_: object) -> AsyncIterator[None]:
    """Watch the meetings that are followed for as long as the server runs."""
    _end_with_the_server(asyncio.get_running_loop())
    task = asyncio.create_task(_watch())
    try:
        yield
    finally:
        task.cancel()


def _end_with_the_server(loop: asyncio.AbstractEventLoop) -> None:
    """End every stream when the server is told to stop, as by Ctrl+C: it waits for open answers, and these go on."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        if callable(before := signal.getsignal(number)):
            signal.signal(number, partial(_stop, loop, before))


def _stop(loop: asyncio.AbstractEventLoop, before: Callable[..., object], number: int, frame: object) -> None:
    STOPPING.set()
    loop.call_soon_threadsafe(_wake_all)
    before(number, frame)


def _wake_all() -> None:
    for watched in WATCHED.values():
        watched.bell.set()


async def _watch() -> None:
    while True:
        followed = [stream for stream, watched in WATCHED.items() if watched.followers]
        if followed:
            # What fails for one meeting is logged, and tried again; the others, and this watch, go on.
            found = await asyncio.gather(_beside_readers(_changes, followed), return_exceptions=True)
            _tell(found[0])
        await asyncio.sleep(EVERY_SECONDS)


def _tell(found: dict[str, ToldFollowers] | BaseException) -> None:
    if isinstance(found, BaseException):
        log.error("a meeting could not be followed", exc_info=found)
        return
    for stream, told in found.items():
        if watched := WATCHED.get(stream):
            watched.ring(told)


def _changes(streams: list[str]) -> dict[str, ToldFollowers]:
    """Return what has changed of these meetings; while the database cannot be asked, nothing has."""
    try:
        now = database.ask(store.engine(), states, streams)
        changed = [(stream, *found) for stream, found in now.items() if found[1] != _last(stream)]
        if not changed:
            return {}
        with store.beside_the_page():
            words = store.codebook()
            return {
                stream: ToldFollowers(number, state, words, _message(number, state))
                for stream, number, state in changed
            }
    except DatabaseFault:
        return {}


def _last(stream: str) -> MeetingState | None:
    told = last_told(stream)
    return told and told.state


def last_told(stream: str) -> ToldFollowers | None:
    """Return what the followers of a stream were last told, or None where nobody follows it now."""
    watched = WATCHED.get(stream)
    return watched.told if watched else None


def _message(number: int, state: MeetingState) -> str:
    return json.dumps(what_is_told(meeting_queries.meeting(number), state))


def what_is_told(meeting: Meeting, state: MeetingState) -> dict[str, object]:
    """Return all that a follower is told of a state: the slide's HTML and its form's, and what tells it from others."""
    return {
        "revision": state.revision,
        "open": state.open,
        "ended": state.ended,
        "slide": state.slide,
        "html": str(room_page.written(meeting, state)),
        "form": str(answer_form.written(meeting, state)),
    }


async def _beside_readers(question: Callable[[Asked], Answer], asked: Asked) -> Answer:
    """Ask in a thread of the room's own: the others may all be making files for readers."""
    return await asyncio.get_running_loop().run_in_executor(_ROOM, question, asked)


async def follow(request: Request) -> Response:
    """Serve the stream of one meeting as server-sent events; the newest state comes first."""
    stream = request.path_params["stream"]
    if not await _beside_readers(_known, stream):
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
        while not (STOPPING.is_set() or await request.is_disconnected()):
            if watched.told and watched.told.message != sent:
                sent = watched.told.message
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
