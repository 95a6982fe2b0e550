"""A server of few open files: a full room answers, floods leave it to others, and nobody who leaves takes one along."""

import asyncio
import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine
from streamlit.file_util import get_static_dir

from benchmarks.sessions import events, reading
from components.meeting.answer_post import RECEIVED
from data.meeting.tables import Meeting
from tests.browser.server import ROUNDTABLE, serving
from tests.components.meeting.conftest import Roundtable
from tests.event_loops import in_a_loop

pytestmark = pytest.mark.xdist_group("crowded")
ELSEWHERE = "127.0.0.2"
"""Another address of this machine, for the server as good as another machine's."""
FEW = 15
"""Open files more than before that are no leak: five connections to the database, of three files each, that wait."""
STREAMS = 1_000
CUT = b""
"""What is heard on a connection that the server closed."""
WAIT_SECONDS = 60


@pytest.fixture(scope="module", params=[256, 1_024])
def crowded(request: pytest.FixtureRequest, room_file: Path, room_engine: Engine) -> Iterator[Roundtable]:
    """Return a roundtable on as many open files as a Mac gives a program, and as Linux does at least."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HALF_SENT_SECONDS", "2")
        with serving(room_file, start=ROUNDTABLE, files=request.param) as server:
            in_a_loop(until(lambda: "Room for" in server.output()))
            yield Roundtable(server, room_engine)


def holds(roundtable: Roundtable) -> int:
    """Return how many phones the server said that there is room for."""
    return int(re.findall(r"Room for (\d+) phones", roundtable.server.output())[0])


def opened(roundtable: Roundtable) -> int:
    """Return how many files the server has open."""
    return int(psutil.Process(roundtable.server.process.pid).num_fds())


async def until(held: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not held():
            await asyncio.sleep(0.02)


def page_from(roundtable: Roundtable, local: str) -> int:
    """Open a page as a browser at another address does, and return the status."""
    connection = HTTPConnection("127.0.0.1", roundtable.server.port, timeout=WAIT_SECONDS, source_address=(local, 0))
    connection.request("GET", "/", headers={"Accept": "text/html"})
    status = connection.getresponse().status
    connection.close()
    return status


async def others_come_in(roundtable: Roundtable) -> bool:
    """Tell whether a browser at another address opens a page and has a session there."""
    status = await asyncio.to_thread(page_from, roundtable, ELSEWHERE)
    async with reading(roundtable.host, "overview", local=ELSEWHERE) as reader:
        return status == 200 and bool(reader.texts)


async def begun(roundtable: Roundtable, sent: bytes, stack: AsyncExitStack) -> bytes:
    """Send something on a connection that is held until the stack is left, and return the first line of the answer."""
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", roundtable.server.port)
    stack.callback(outgoing.close)
    try:
        outgoing.write(sent)
        return await incoming.readline()
    except ConnectionError:
        return CUT


async def phone(roundtable: Roundtable, meeting: Meeting, stack: AsyncExitStack) -> None:
    """Follow a meeting as a phone does, and hold its session and its stream until the stack is left."""
    reader = await stack.enter_async_context(reading(roundtable.host, "follow", f"room={meeting.room}"))
    path = json.loads(reader.find("bidi_component", "follower").sent.json)["stream"]
    heard: list[str] = []
    stream = asyncio.create_task(events(roundtable.host, path, heard.append))
    stack.push_async_callback(asyncio.wait, [stream])
    stack.callback(stream.cancel)
    await until(lambda: bool(heard))


async def answer(roundtable: Roundtable, meeting: Meeting, number: int) -> tuple[int, str]:
    """Answer the question "one" as one of the devices, and return the status and the sentence that came back."""
    sent = {"device": f"device-number-{number}", "slide": "one", "value": ["Parks"]}
    return await roundtable.send(meeting, sent)


def test_a_room_as_full_as_the_server_says_answers_at_once_and_leaves_no_file_open(crowded: Roundtable):
    meeting, phones = crowded.start(), min(holds(crowded), 300)
    crowded.ask(meeting, "one")

    async def gather(phones: int) -> list[tuple[int, str]]:
        async with AsyncExitStack() as stack:
            await asyncio.gather(*(phone(crowded, meeting, stack) for _ in range(phones)))
            assert await others_come_in(crowded)
            return await asyncio.gather(*(answer(crowded, meeting, number) for number in range(phones)))

    in_a_loop(gather(2))  # what the server opens once for all is open from here on
    before = opened(crowded)
    assert in_a_loop(gather(phones)) == [(200, RECEIVED)] * phones
    in_a_loop(until(lambda: opened(crowded) <= before + FEW))
    assert len(crowded.given(meeting, "one")) == phones


def test_a_thousand_streams_of_one_client_leave_the_server_to_others(crowded: Roundtable):
    request = f"GET /room-stream/{crowded.start().stream} HTTP/1.1\r\nHost: {crowded.host}\r\n\r\n".encode()

    async def flood() -> list[bytes]:
        async with AsyncExitStack() as stack:
            statuses = await asyncio.gather(*(begun(crowded, request, stack) for _ in range(STREAMS)))
            assert await others_come_in(crowded)
            return statuses

    statuses = in_a_loop(flood())
    assert holds(crowded) < statuses.count(b"HTTP/1.1 200 OK\r\n") <= 2 * holds(crowded)
    assert set(statuses) <= {b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 503 Service Unavailable\r\n", CUT}


def test_a_thousand_connections_on_which_nothing_is_asked_make_room_for_others(crowded: Roundtable):
    async def flood() -> None:
        async with AsyncExitStack() as stack:
            idle = [asyncio.create_task(begun(crowded, b"GET / HTTP/1.1\r\nHost: ", stack)) for _ in range(STREAMS)]
            await asyncio.wait(idle, timeout=0.5)
            assert await others_come_in(crowded)
            assert set(await asyncio.gather(*idle)) == {CUT}

    in_a_loop(flood())


def test_a_thousand_who_take_nothing_of_what_they_are_sent_leave_the_server_to_others(crowded: Roundtable):
    script = max((Path(get_static_dir()) / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size).name
    request = f"GET /static/js/{script} HTTP/1.1\r\nHost: {crowded.host}\r\n\r\n".encode()

    async def flood() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(STREAMS):
                taking = socket.socket()
                stack.callback(taking.close)
                taking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
                taking.setblocking(False)
                await asyncio.get_running_loop().sock_connect(taking, ("127.0.0.1", crowded.server.port))
                taking.send(request)
            assert await others_come_in(crowded)

    in_a_loop(flood())
