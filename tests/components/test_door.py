"""The door lets in as many connections as there is room for: the idle make room, and while all are served one waits."""

import asyncio
import ssl
from contextlib import AsyncExitStack
from dataclasses import replace

from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from components import door
from tests.components.proxies import certificate
from tests.components.small_server import LIMITS, connected, listening
from tests.event_loops import in_a_loop

PATIENT = replace(LIMITS, half_sent=30)
OK = b"HTTP/1.1 200 OK\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once, or with a stream that goes on until its reader leaves."""
    if scope["path"] != "/stream":
        await PlainTextResponse("here")(scope, receive, send)
        return

    async def parts():
        while True:
            yield "part"
            await asyncio.sleep(0.05)

    await StreamingResponse(parts())(scope, receive, send)


def asked(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def test_where_all_are_being_answered_the_next_waits_until_one_has_left():
    async def walk() -> None:
        async with listening(app, PATIENT) as port, AsyncExitStack() as stack:
            streams = [
                await stack.enter_async_context(connected(port, asked("/stream"))) for _ in range(PATIENT.connections)
            ]
            for incoming, _ in streams:
                assert await incoming.readline() == OK
            next_one, _ = await stack.enter_async_context(connected(port, asked("/")))
            line = asyncio.create_task(next_one.readline())
            assert not (await asyncio.wait([line], timeout=door.GRACE_SECONDS * 1.5))[0]
            streams[0][1].close()
            assert await asyncio.wait_for(line, 10) == OK
            for incoming, outgoing in streams[1:]:
                assert b"part" in await incoming.readuntil(b"part")
                outgoing.close()

    in_a_loop(walk())


def test_a_connection_on_which_nothing_is_asked_makes_room_the_longest_idle_first():
    async def walk() -> None:
        async with listening(app, PATIENT) as port, AsyncExitStack() as stack:
            idle = [await stack.enter_async_context(connected(port)) for _ in range(PATIENT.connections)]
            next_one, outgoing = await stack.enter_async_context(connected(port, asked("/")))
            assert await asyncio.wait_for(next_one.readline(), 10) == OK
            closed = [asyncio.create_task(incoming.read()) for incoming, _ in idle]
            gone, stay = await asyncio.wait(closed, timeout=0.1)
            assert gone == {closed[0]}
            outgoing.close()
            for _, held in idle:
                held.close()
            await asyncio.wait(stay)

    in_a_loop(walk())


def test_encrypted_connections_come_in_too_and_half_of_a_greeting_is_not_waited_for(tmp_path):
    own = certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=own)
    trusted.check_hostname = False

    async def walk() -> bytes:
        async with listening(app, replace(LIMITS, half_sent=2), own) as port, AsyncExitStack() as stack:
            greeting, _ = await stack.enter_async_context(connected(port, b"\x16\x03\x01"))
            incoming, outgoing = await asyncio.open_connection("127.0.0.1", port, ssl=trusted)
            stack.callback(outgoing.close)
            outgoing.write(asked("/"))
            line = await incoming.readline()
            assert await asyncio.wait_for(greeting.read(), 10) == b""
            return line

    assert in_a_loop(walk()) == OK
