"""How many sessions, streams and requests there may be at once, of all visitors and of one address.

A visitor more than there is room for is told so in a sentence, with 503, before the page is opened; those who are in go
on, and what their pages ask for is answered. One address may fill a room, as a school's or a proxy's does, and no more
of the server than that.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from components.meeting.follower import stream
from components.requests import refusal
from components.requests.server_address import base_path
from components.requests.server_limits import Limits

FULL = "This dashboard has as many visitors now as it can hold. Please try again in a minute."
FULL_FROM_THERE = (
    "As many visitors are here from your network now as may be. Please try again in a minute, or by another network."
)
BUSY = "Too much is asked from your network at once. Please try again in a moment."
TRY_AGAIN = {"Retry-After": "10", "Connection": "close"}
PATIENCE_SECONDS = 5
"""How long a request waits for others of its address to be answered: a room that answers all at once takes one."""
LOGGED_EVERY_SECONDS = 60
log = logging.getLogger(__name__)


@dataclass
class Place:
    """What one address has of the server now."""

    passing: asyncio.Semaphore
    """The requests that may be answered at once; others wait."""
    held: int = 0
    """The sessions and streams that are open."""
    waiting: int = 0
    """The requests that wait for their turn."""
    inside: int = 0
    """All that is open or waits."""


class Shares:
    """Middleware that lets in who has a place, and refuses others."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits
        self.places: dict[str, Place] = {}
        self.held = 0
        self.logged = -float(LOGGED_EVERY_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it for as long as it is open, or refuse it."""
        if scope["type"] not in refusal.REQUESTS:
            await self.app(scope, receive, send)
            return
        address = scope["client"][0] if scope["client"] else ""
        place = self.places.setdefault(address, Place(asyncio.Semaphore(self.limits.passing_by_address)))
        place.inside += 1
        try:
            if is_held(scope):
                why = await self._hold(place, scope, receive, send)
            else:
                why = await self._pass(place, scope, receive, send)
            if why:
                self._log(address, place, why)
                await refusal.refuse(scope, receive, send, 503, why, TRY_AGAIN)
        finally:
            place.inside -= 1
            if not place.inside:
                del self.places[address]

    async def _hold(self, place: Place, scope: Scope, receive: Receive, send: Send) -> str:
        """Pass on what stays open, or return why it may not."""
        if why := self._full(place):
            return why
        place.held, self.held = place.held + 1, self.held + 1
        try:
            await self.app(scope, receive, send)
        finally:
            place.held, self.held = place.held - 1, self.held - 1
        return ""

    async def _pass(self, place: Place, scope: Scope, receive: Receive, send: Send) -> str:
        """Pass on what comes and goes, in its turn, or return why it may not."""
        if is_page(scope) and (why := self._full(place)):
            return why
        if not await self._in_turn(place):
            return BUSY
        try:
            await self.app(scope, receive, send)
        finally:
            place.passing.release()
        return ""

    async def _in_turn(self, place: Place) -> bool:
        """Wait until a request may be answered, or tell that it may not; whoever answers it releases its turn."""
        if place.passing.locked() and place.waiting >= self.limits.waiting_by_address:
            return False
        place.waiting += 1
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await place.passing.acquire()
        except TimeoutError:
            return False
        finally:
            place.waiting -= 1

    def _full(self, place: Place) -> str:
        """Return why there is no room for one more session or stream of this address, or nothing."""
        if place.held >= self.limits.by_address:
            return FULL_FROM_THERE
        return FULL if self.held >= self.limits.held else ""

    def _log(self, address: str, place: Place, why: str) -> None:
        """Say it to the keeper, once a minute at most: who floods the server does not flood its log."""
        if time.monotonic() - self.logged >= LOGGED_EVERY_SECONDS:
            self.logged = time.monotonic()
            log.warning("a visitor from %s was refused; %d sessions and streams are open, %d of them from there: %s",
                        address, self.held, place.held, why)  # fmt: skip


def is_held(scope: Scope) -> bool:
    """Tell whether a request stays open for as long as its visitor is here: a session, or the stream of a room."""
    path: str = scope["path"] if scope["type"] == "http" else ""
    return scope["type"] == "websocket" or path.startswith(f"{base_path()}{stream.PATH}/")


def is_page(scope: Scope) -> bool:
    """Tell whether a browser opens a page by a request, which will ask for a session next."""
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
