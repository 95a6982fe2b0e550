"""The server is killed in the middle: it goes on at the same slide with all answers, and followers come back."""

import asyncio
import json
from pathlib import Path

from sqlalchemy import Engine

from benchmarks.sessions import events, reading
from components.meeting.answer_post import RECEIVED
from data.meeting.tables import Meeting
from tests.browser.server import ROUNDTABLE, Server, free_port
from tests.components.meeting.conftest import Roundtable
from tests.event_loops import in_a_loop

FOLLOWERS = 5


def test_a_meeting_goes_on_where_it_was_after_its_server_was_killed(room_file: Path, room_engine: Engine):
    port = free_port()
    before = _serve(room_file, room_engine, port)
    meeting = before.start()
    try:
        in_a_loop(_until_answered(before, meeting))
    finally:
        before.server.kill()
    stood = before.now(meeting)
    assert (stood.slide, stood.open) == ("one", "one")
    after = _serve(room_file, room_engine, port)
    try:
        assert after.passphrase != before.passphrase
        assert after.now(meeting) == stood
        in_a_loop(_go_on(after, meeting))
    finally:
        after.server.end()
    assert after.now(meeting).slide == "several"
    assert sorted(after.given(meeting, "one")) == [["Libraries"], ["Parks"], ["Parks"], ["Parks"], ["Parks"]]


def _serve(path: Path, engine: Engine, port: int) -> Roundtable:
    server = Server(path, port, start=ROUNDTABLE)
    server.wait_until_it_serves()
    return Roundtable(server, engine)


async def _until_answered(roundtable: Roundtable, meeting: Meeting) -> None:
    """Lead the room to its first question; everyone answers, and the server dies with their sessions open."""
    async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead=first") as presenter:
        await roundtable.enter(presenter)
        for _ in range(2):
            await presenter.use(presenter.find("button", "Next"), trigger_value=True)
        await presenter.use(presenter.find("button", "Open the question"), trigger_value=True)
        for number in range(FOLLOWERS):
            async with reading(roundtable.host, "follow", f"room={meeting.room}"):
                await _answer(roundtable, meeting, number, "Parks")


async def _answer(roundtable: Roundtable, meeting: Meeting, number: int, value: str) -> None:
    sent = {"device": f"device-number-{number}", "slide": "one", "value": [value]}
    assert await roundtable.send(meeting, sent) == (200, RECEIVED)


async def _go_on(roundtable: Roundtable, meeting: Meeting) -> None:
    """Let a follower come back to the same slide and change the answer it had given; then move on as the presenter."""
    async with reading(roundtable.host, "follow", f"room={meeting.room}") as follower:
        told = json.loads(follower.find("bidi_component", "follower").sent.json)
        assert "About one" in told["html"]
        assert "Which matters most?" in told["form"]
        await _answer(roundtable, meeting, 0, "Libraries")
    async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead=first") as presenter:
        await roundtable.enter(presenter)
        await presenter.use(presenter.find("button", "Next"), trigger_value=True)


def test_a_server_that_is_told_to_stop_waits_for_no_phone(room_file: Path, room_engine: Engine):
    roundtable = _serve(room_file, room_engine, free_port())
    meeting = roundtable.start()

    async def stop() -> None:
        arrived: list[str] = []
        held = asyncio.create_task(events(roundtable.host, f"/room-stream/{meeting.stream}", arrived.append))
        async with reading(roundtable.host, "follow", f"room={meeting.room}"):
            while not arrived:
                await asyncio.sleep(0.05)
            roundtable.server.process.terminate()
            await asyncio.wait_for(held, 10)
            assert await asyncio.to_thread(roundtable.server.process.wait, 10) is not None

    try:
        in_a_loop(stop())
    finally:
        roundtable.server.end()
