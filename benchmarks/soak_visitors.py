"""Who uses the server while it is watched: readers and phones that come, look about and leave, and one who leads."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from itertools import cycle, product
from urllib.request import urlopen

import websockets
from sqlalchemy import Engine

from benchmarks.sessions import Reader, events, let_in, post, reading
from benchmarks.users import REGIONS, TOKEN
from components.frame.shell import PLACES
from data.collection.access import Standing, Visitor
from data.collection.codebook import Codebook
from data.meeting import leading
from data.presenting.briefing import Briefing, Question
from models import Meeting

READERS, PHONES = 20, 20
STAYS, LOOKS, SLIDE = (60.0, 300.0), (4.0, 12.0), 15.0
"""Seconds that a visitor stays, that pass between two looks, and that the room has a slide before it."""
WORKBOOKS = 15
"""Looks to one download of what the page shows."""
PULSE = 1.0
PAGES = tuple(place.script for place in PLACES if place.standing == Standing.VIEWER)
FILTERS = tuple(
    "&".join(part for part in (f"region={region}", theme, more) if part)
    for region, theme, more in product(
        REGIONS,
        ("", *(f"theme=T{number}" for number in range(1, 7))),
        ("", *(f"lever=L{number}" for number in range(1, 7)), "strand=community", "year=2015-2022"),
    )
)
"""More filters than are remembered, so that what is remembered is full before the memory is judged."""
PRESENTER, WINDOW = Visitor("soak", Standing.EDITOR), "soak"
CUT = (OSError, websockets.WebSocketException, TimeoutError, LookupError)


@dataclass
class Seen:
    """What came of all visits."""

    came: int = 0
    looks: int = 0
    workbooks: int = 0
    answers: int = 0
    confirmed: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """The newest answer of each device to each slide's question that was confirmed to it."""
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """A meeting, what it shows, and the database through which it is led."""

    engine: Engine
    meeting: Meeting
    briefing: Briefing
    codebook: Codebook


class Visits:
    """All who visit a server for so many seconds; shorter visits stay and look in proportion."""

    def __init__(self, address: str, room: Room, seconds: float, seed: int = 1) -> None:
        self.address, self.room, self.seen = address, room, Seen()
        self.ends = time.monotonic() + seconds
        self.scale = min(1.0, seconds / (3 * STAYS[0]))
        self.drawn = random.Random(seed)

    async def all(self) -> None:
        """Visit until the time is over."""
        await asyncio.gather(
            self._lead(),
            self._again(self._speaker),
            *(self._again(self._reader) for _ in range(READERS)),
            *(self._again(partial(self._phone, f"soak-device-{number:04}")) for number in range(PHONES)),
        )

    def _left(self) -> float:
        return self.ends - time.monotonic()

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, min(seconds * self.scale, self._left())))

    async def _again(self, visit: Callable[[], Awaitable[None]]) -> None:
        """Have one visitor after another come; what cuts a visit short is noted."""
        while self._left() > 0:
            await self._wait(self.drawn.uniform(0, LOOKS[1]))
            self.seen.came += 1
            try:
                await visit()
            except CUT as error:
                self.seen.failures.append(f"{type(error).__name__}: {error}")

    def _until(self) -> float:
        return min(time.monotonic() + self.drawn.uniform(*STAYS) * self.scale, self.ends)

    async def _reader(self) -> None:
        """Look at one page and filter after another, and take a workbook away now and then."""
        until = self._until()
        async with reading(self.address, self.drawn.choice(PAGES), self.drawn.choice(FILTERS)) as reader:
            while time.monotonic() < until:
                await self._wait(self.drawn.uniform(*LOOKS))
                reader.page, reader.query = self.drawn.choice(PAGES), self.drawn.choice(FILTERS)
                await reader.run()
                self.seen.looks += 1
                self._noted(reader)
                if not self.drawn.randrange(WORKBOOKS):
                    await self._take_away(reader)

    async def _take_away(self, reader: Reader) -> None:
        offered = [widget for widget in reader.widgets if widget.label == "Download Excel"]
        if not offered:  # nothing is found by this filter, or others wait for files
            return
        path = await reader.made(offered[0])
        contents = await asyncio.to_thread(fetched, f"http://{self.address}{path}")
        self.seen.workbooks += 1
        if not contents.startswith(b"PK"):
            self.seen.failures.append(f"{reader.page}?{reader.query}: no workbook came")

    async def _phone(self, device: str) -> None:
        """Follow the room, with a session and a stream, and answer each question that opens."""
        until, forms = self._until(), asyncio.Queue[str]()
        async with reading(self.address, "follow", f"room={self.room.meeting.room}") as reader:
            follower = reader.find("bidi_component", "follower")
            await reader.tell(follower, "device", device)
            paths = json.loads(follower.sent.json)
            stream = asyncio.create_task(
                events(self.address, paths["stream"], lambda told: forms.put_nowait(_asking(told)))
            )
            try:
                while time.monotonic() < until and not stream.done():
                    with suppress(TimeoutError):
                        if slide := await asyncio.wait_for(forms.get(), max(until - time.monotonic(), 0)):
                            await self._answer(device, slide, paths["answers"])
                if stream.done():
                    raise OSError(f"the stream of {device} was cut: {stream.exception()}")
            finally:
                stream.cancel()
            self._noted(reader)

    async def _answer(self, device: str, slide: str, path: str) -> None:
        """Answer as answering.js does; a question that was closed meanwhile is refused with 409."""
        asked = self.room.briefing.slide(slide)
        if asked is None or asked.question is None:
            return
        value = self._choice(asked.question)
        body = json.dumps({"device": device, "slide": slide, "value": value}).encode()
        status, said = await post(self.address, path, body)
        self.seen.answers += 1
        if status == HTTPStatus.OK:
            self.seen.confirmed[device, slide] = value
        elif status != HTTPStatus.CONFLICT:
            self.seen.failures.append(f"{device}: {status} {said.decode()}")

    def _choice(self, question: Question) -> list[str]:
        if question.of_kind.in_words:
            return [f"A place to meet, number {self.drawn.randrange(10_000)}"]
        return [self.drawn.choice(list(question.choices(self.room.codebook)))]

    async def _speaker(self) -> None:
        """Hold the speaker's window, which asks each second for what is new."""
        until = self._until()
        cookie = await asyncio.to_thread(let_in, f"http://{self.address}/enter?token={TOKEN}")
        query = f"meeting={self.room.meeting.id}&lead={WINDOW}"
        async with reading(self.address, "speaker", query, cookie) as window:
            while time.monotonic() < until:
                await self._wait(PULSE)
                await window.trigger(window.find("bidi_component", "pulse"), "due", True)
            self._noted(window)

    async def _lead(self) -> None:
        """Take the room through its briefing again and again; each question is opened, closed and its results shown."""
        for slide in cycle(self.room.briefing.slides):
            await self._move(leading.take)
            await self._move(leading.move, slide.ref)
            if slide.question:
                await self._move(leading.open_question, True)
                await self._wait(SLIDE)
                await self._move(leading.open_question, False)
                await self._move(leading.show_results, True)
            await self._wait(SLIDE)
            if self._left() <= 0:
                return

    async def _move(self, move: Callable[..., None], *arguments: object) -> None:
        await asyncio.to_thread(move, self.room.engine, self.room.meeting.id, PRESENTER, WINDOW, *arguments)

    def _noted(self, reader: Reader) -> None:
        if reader.exceptions:
            self.seen.failures.append(f"{reader.page}?{reader.query}: {reader.texts[-1]}")
            reader.exceptions = 0


def fetched(address: str) -> bytes:
    """Return what is served at an address."""
    with urlopen(address) as answer:
        return bytes(answer.read())


def _asking(told: str) -> str:
    """Return the slide whose form a message of the stream brings, or nothing."""
    message = json.loads(told)
    return str(message["slide"]) if message["form"] else ""
