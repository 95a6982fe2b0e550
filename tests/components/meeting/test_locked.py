"""While another program writes to the database, whoever writes too waits alone; the wall and readers do not."""

import sqlite3
import time
from asyncio import ensure_future
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from benchmarks.sessions import Reader, reading
from components.meeting.answer_post import TROUBLE
from data.meeting.tables import Meeting
from tests.browser.server import ROUNDTABLE, serving
from tests.components.meeting.conftest import Roundtable
from tests.data.meeting.conftest import WINDOW
from tests.event_loops import in_a_loop

PATIENCE = 2
"""Seconds for which the server's writers wait."""
TOLD = "is being written by another load; nothing was changed; try again when that is done"
Press = Callable[[Reader], Awaitable[None]]


@pytest.fixture(scope="module")
def roundtable(room_file: Path, room_engine: Engine) -> Iterator[Roundtable]:
    with serving(Path(f"{room_file}?timeout={PATIENCE}"), start=ROUNDTABLE) as server:
        yield Roundtable(server, room_engine)


@contextmanager
def written_by_another(roundtable: Roundtable) -> Iterator[None]:
    """Hold the write lock of each database file that the server has, in connections of this test's own."""
    folder = Path(roundtable.engine.url.database or "").parent
    with ExitStack() as stack:
        for file in (*folder.glob("*.sqlite"), *folder.glob("*.sqlite-meetings")):
            other = stack.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
            other.execute("BEGIN IMMEDIATE")
        yield


async def drawn_while(waits: Awaitable[object], readers: Sequence[Reader]) -> list[float]:
    """Draw readers' pages again and again until something else is done; return the seconds of each drawing."""
    waiting, took = ensure_future(waits), []
    while not waiting.done():
        for one in readers:
            began = time.perf_counter()
            await one.run()
            took.append(time.perf_counter() - began)
    await waiting
    return took


async def keep_a_note(writer: Reader) -> None:
    writer.hold(writer.find("text_area", "What was said"), string_value="The hall was let go.")
    await writer.use(writer.find("button", "Keep the note"), trigger_value=True)


async def settle(writer: Reader) -> None:
    writer.hold(writer.find("text_area", "Why (required)"), string_value="It says so.")
    await writer.use(writer.find("button", "Make this the agreed code"), trigger_value=True)


async def join(writer: Reader) -> None:
    await writer.tell(writer.find("bidi_component"), "device", "a-device-of-one")


def pressing(label: str) -> Press:
    async def press(writer: Reader) -> None:
        await writer.use(writer.find("button", label), trigger_value=True)

    return press


async def open_as_presenter(roundtable: Roundtable, reader: Reader, page: str, query: str) -> None:
    await roundtable.enter(reader)
    reader.page, reader.query = page, query
    await reader.run()


@pytest.fixture
def asking(roundtable: Roundtable) -> Meeting:
    """Return a meeting whose room is asked a question."""
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    return meeting


@pytest.mark.parametrize(
    ("page", "query", "press"),
    [
        ("rapporteur", "meeting={number}", keep_a_note),
        ("briefings", "briefing=what-the-evidence-says", pressing("Down")),
        ("agreement", "between=first,agreed", settle),
        ("speaker", f"meeting={{number}}&lead={WINDOW}", pressing("Next")),
        ("meeting", "", pressing("Start")),
        ("follow", "room={room}", join),
    ],
)
def test_a_press_that_waits_to_write_is_told_and_keeps_no_page_and_no_wall_waiting(
    roundtable: Roundtable, asking: Meeting, page: str, query: str, press: Press
):
    async def walk() -> tuple[list[float], str, str]:
        async with (
            reading(roundtable.host, "levers") as reader,
            reading(roundtable.host, "meeting") as wall,
            reading(roundtable.host, "meeting") as writer,
        ):
            await open_as_presenter(roundtable, wall, "present", f"meeting={asking.id}&lead={WINDOW}")
            await open_as_presenter(roundtable, writer, page, query.format(number=asking.id, room=asking.room))
            with written_by_another(roundtable):
                took = await drawn_while(press(writer), (reader, wall))
            assert not reader.exceptions + wall.exceptions + writer.exceptions
            return took, " ".join(wall.texts), " ".join(writer.texts)

    took, on_wall, told = in_a_loop(walk())
    assert TOLD in told
    assert "This window only watches" not in on_wall
    assert sum(took) > PATIENCE / 2
    assert max(took) < 1
    after = roundtable.now(asking)
    assert (after.slide, after.open) == ("one", "one")


def test_an_answer_that_waits_to_be_kept_holds_up_no_page_and_is_told(roundtable: Roundtable, asking: Meeting):
    async def walk() -> tuple[list[float], tuple[int, str]]:
        async with reading(roundtable.host, "levers") as reader:
            with written_by_another(roundtable):
                sent = {"device": "a-device-of-one", "slide": "one", "value": ["Parks"]}
                answer = ensure_future(roundtable.send(asking, sent))
                return await drawn_while(answer, (reader,)), await answer

    took, said = in_a_loop(walk())
    assert said == (503, TROUBLE)
    assert sum(took) > PATIENCE / 2
    assert max(took) < 1
    assert roundtable.given(asking, "one") == []
