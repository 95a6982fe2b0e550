"""Requests that are half sent are not waited for; what comes slowly, or is being answered, is."""

import asyncio
import time
from collections.abc import Iterable

import pytest
import websockets
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from tests.components.small_server import LIMITS, connected, listening
from tests.event_loops import in_a_loop

HEAD = b"PUT /whole HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 8000\r\n\r\n"
KEPT = b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 8000\r\n\r\n"
LONG = LIMITS.half_sent * 4
heard: list[str] = []


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Take a body whole, late or not at all, or answer for a long time, as the path says."""
    if scope["type"] == "websocket":
        session = WebSocket(scope, receive, send)
        await session.accept()
        await session.send_text(await session.receive_text())
        return
    request = Request(scope, receive)
    answer: Response = PlainTextResponse("taken")
    if scope["path"] == "/late":
        await asyncio.sleep(LONG)
    if scope["path"] in ("/whole", "/late"):
        try:
            await request.body()
        except ClientDisconnect:
            heard.append("left")
            return
    if scope["path"] == "/stream":

        async def parts():
            for _ in range(4):
                await asyncio.sleep(LIMITS.half_sent / 2)
                yield "part "

        answer = StreamingResponse(parts())
    await answer(scope, receive, send)


async def until_closed(sent: bytes, dripped: Iterable[bytes] = (), every: float = 0.0) -> tuple[bytes, float]:
    """Send something, then more of it bit by bit, until the server closes; return what it said, and after how long."""
    async with listening(app) as port, connected(port, sent) as (incoming, outgoing):
        began = time.perf_counter()

        async def drip() -> None:
            for part in dripped:
                await asyncio.sleep(every)
                outgoing.write(part)

        dripping = asyncio.create_task(drip())
        try:
            said = await asyncio.wait_for(incoming.read(), 20)
        except ConnectionError:
            said = b""
        took = time.perf_counter() - began
        dripping.cancel()
        return said, took


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: ", HEAD, HEAD + b"x" * 4000], ids=["nothing", "head", "no body", "body"]
)
def test_what_is_half_sent_is_closed_without_an_answer(sent: bytes):
    said, took = in_a_loop(until_closed(sent))
    assert said == b""
    assert LIMITS.half_sent * 0.9 < took < 10


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nHost: ", HEAD], ids=["head", "body"])
def test_a_byte_now_and_then_makes_it_no_longer(sent: bytes):
    said, took = in_a_loop(until_closed(sent, [b"x"] * 200, LIMITS.half_sent / 3))
    assert said == b""
    assert took < 10


def test_whoever_reads_the_body_hears_that_its_sender_left():
    heard.clear()
    in_a_loop(until_closed(HEAD))
    assert heard == ["left"]


def test_a_body_that_comes_slowly_is_waited_for():
    said, took = in_a_loop(until_closed(HEAD, [b"x" * 1_000] * 8, LIMITS.half_sent / 2))
    assert said.startswith(b"HTTP/1.1 200 OK")
    assert took > LIMITS.half_sent * 3


def test_a_server_that_does_not_read_yet_cuts_nobody():
    body = b"x" * 2_000_000
    head = f"PUT /late HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
    said, took = in_a_loop(until_closed(head + body))
    assert said.startswith(b"HTTP/1.1 200 OK")
    assert took > LONG * 0.9


def test_what_is_being_answered_is_answered_to_its_end():
    said, _ = in_a_loop(until_closed(b"GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    assert said.count(b"part ") == 4


def test_the_rest_of_what_was_answered_already_is_not_taken_for_long():
    said, took = in_a_loop(until_closed(KEPT, [b"x" * 20] * 200, LIMITS.half_sent / 3))
    assert said.endswith(b"taken")
    assert took < 10


def test_a_second_request_on_a_connection_is_waited_for_no_longer():
    said, took = in_a_loop(until_closed(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHo", [b"s"], 0.1))
    assert said.endswith(b"taken")
    assert took < 4  # where nothing more comes uvicorn waits five seconds for another request


def test_a_session_that_says_nothing_stays():
    async def talk() -> str:
        async with (
            listening(app) as port,
            websockets.connect(f"ws://127.0.0.1:{port}/", proxy=None) as session,
        ):
            await asyncio.sleep(LONG)
            await session.send("here")
            return str(await session.recv())

    assert in_a_loop(talk()) == "here"
