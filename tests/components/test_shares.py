"""Sessions, streams and requests have their places, by address and in all; who finds none is told so first."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import Receive, Scope, Send

from components import shares
from components.limits import Limits
from components.shares import BUSY, FULL, FULL_FROM_THERE, Shares
from tests.event_loops import in_a_loop

LIMITS = Limits(connections=24, by_address=16, half_sent=1, uploads_by_session=1, uploads=1)
"""Of which 21 may be held in all, and 2 requests of one address are answered at once, 6 wait."""
PAGE = [(b"accept", b"text/html,*/*;q=0.8")]


class Crowd:
    """Whoever asks of the server, and stays until all are sent home."""

    def __init__(self) -> None:
        self.home = asyncio.Event()
        self.shares = Shares(self._stay, LIMITS)
        self.tasks: list[asyncio.Task[None]] = []

    async def _stay(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.home.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    def ask(self, path: str, address: str, headers: list[tuple[bytes, bytes]] | None = None) -> list[dict[str, Any]]:
        """Ask for something, and return what is answered as it comes."""
        said: list[dict[str, Any]] = []
        scope = {"type": "http", "method": "GET", "path": path, "client": (address, 1), "headers": headers or []}
        task = asyncio.create_task(self.shares(scope, self._nothing, self._taking(said)))
        self.tasks.append(task)
        return said

    async def _nothing(self) -> dict[str, Any]:
        return {"type": "http.request"}

    @staticmethod
    def _taking(said: list[dict[str, Any]]) -> Callable[[dict[str, Any]], Awaitable[None]]:
        async def take(message: dict[str, Any]) -> None:
            said.append(message)

        return take

    async def settle(self) -> None:
        """Let everything happen that waits for nothing."""
        for _ in range(10):
            await asyncio.sleep(0)

    async def go_home(self) -> None:
        """Have everyone answered and gone."""
        self.home.set()
        await asyncio.gather(*self.tasks)


def words(said: list[dict[str, Any]]) -> tuple[int, str]:
    """Return the status and the sentence of an answer."""
    return said[0]["status"], b"".join(message.get("body", b"") for message in said[1:]).decode()


def crowded(walk: Callable[[Crowd], Awaitable[None]]) -> None:
    """Walk through a crowd, then send it home and see that nothing is remembered of it."""

    async def whole() -> None:
        crowd = Crowd()
        await walk(crowd)
        await crowd.go_home()
        assert (crowd.shares.places, crowd.shares.held) == ({}, 0)

    in_a_loop(whole())


def test_one_address_holds_a_full_room_and_no_more_and_others_come_in():
    async def walk(crowd: Crowd) -> None:
        held = [crowd.ask("/room-stream/s", "a") for _ in range(16)]
        await crowd.settle()
        one_more, page = crowd.ask("/room-stream/s", "a"), crowd.ask("/", "a", PAGE)
        other, script = crowd.ask("/", "b", PAGE), crowd.ask("/static/x.js", "a")
        await crowd.settle()
        assert words(one_more) == words(page) == (503, FULL_FROM_THERE)
        assert dict(one_more[0]["headers"])[b"retry-after"] == b"10"
        assert [held[0], other, script] == [[], [], []]  # are being answered
        await crowd.go_home()
        assert {said[0]["status"] for said in [*held, other, script]} == {200}

    crowded(walk)


def test_where_all_places_are_taken_those_who_are_in_go_on_asking():
    async def walk(crowd: Crowd) -> None:
        for number in range(21):
            crowd.ask("/room-stream/s", f"{number}")
        await crowd.settle()
        new, answer = crowd.ask("/", "new", PAGE), crowd.ask("/room-answer/s", "3")
        await crowd.settle()
        assert words(new) == (503, FULL)
        await crowd.go_home()
        assert answer[0]["status"] == 200

    crowded(walk)


@pytest.mark.parametrize(("patience", "status"), [(30, 200), (0.05, 503)])
def test_more_than_may_be_answered_at_once_wait_their_turn_for_a_while(monkeypatch, patience: float, status: int):
    monkeypatch.setattr(shares, "PATIENCE_SECONDS", patience)

    async def walk(crowd: Crowd) -> None:
        answered, waiting = [crowd.ask("/a", "a") for _ in range(2)], crowd.ask("/a", "a")
        await asyncio.wait(crowd.tasks, timeout=0.2)
        assert (bool(waiting), words(waiting)[1] if waiting else "") == (status == 503, BUSY if status == 503 else "")
        await crowd.go_home()
        assert {said[0]["status"] for said in answered} == {200}
        assert waiting[0]["status"] == status

    crowded(walk)


def test_so_many_wait_and_more_are_told_at_once_while_others_are_answered():
    async def walk(crowd: Crowd) -> None:
        asked = [crowd.ask("/a", "a") for _ in range(2 + 6 + 3)]
        await crowd.settle()
        assert [words(said) for said in asked if said] == [(503, BUSY)] * 3
        other = crowd.ask("/a", "b")
        await crowd.go_home()
        assert [said[0]["status"] for said in asked] == [200] * 8 + [503] * 3
        assert other[0]["status"] == 200

    crowded(walk)


def test_a_session_that_finds_no_place_is_refused_in_words_too():
    nobody = Limits(connections=1, by_address=0, half_sent=1, uploads_by_session=1, uploads=1)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("nothing is passed on")

    connecting = TestClient(Shares(app, nobody)).websocket_connect("/_stcore/stream")
    with pytest.raises(WebSocketDenialResponse) as refused, connecting:
        pass
    assert (refused.value.status_code, refused.value.text) == (503, FULL_FROM_THERE)
