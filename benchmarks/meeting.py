"""A room of followers: how soon each is on the new slide, what that costs between slides, and answers all at once."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
import psutil
from sqlalchemy import Engine

from benchmarks.report import Limit, Part
from benchmarks.sessions import Reader, Widget, events, let_in, post, reading
from benchmarks.users import TOKEN, serving
from data.collection import codebook, database
from data.collection.access import Standing, Visitor
from data.meeting import results, rooms
from data.meeting.following import state
from data.presenting import toml_files
from data.presenting.briefing import Briefing
from models import Meeting

FOLLOWERS, CHANGES, EVERY = 300, 30, 2.0
MOST_SECONDS = 2.0
LEAST_IDLE = 0.5
ARRIVING_SECONDS = 30.0
BRIEFING = "what-the-evidence-says"
PRESENTER = Visitor("benchmark", Standing.EDITOR)


@dataclass
class Follower:
    """One phone: its session, its stream, when it was on which slide, and when it had a form to answer in."""

    number: int
    reader: Reader
    shown: str = ""
    formed: float = 0.0
    arrived: dict[str, float] = field(default_factory=dict)
    turned: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def component(self) -> Widget:
        """Return the part of the page that holds the stream."""
        return self.reader.find("bidi_component", "follower")

    @property
    def key(self) -> str:
        """Return the key of the device."""
        return f"benchmark-device-{self.number:04}"

    def address(self, what: str) -> str:
        """Return the path of the stream, or that of the answers, as the page was told it."""
        return str(json.loads(self.component.sent.json)[what])

    def take(self, message: str) -> None:
        """Note a message of the stream as it arrives, as follower.js draws it."""
        told = json.loads(message)
        self.shown = told["slide"]
        self.arrived[self.shown] = time.perf_counter()
        if told["form"] and not self.formed:
            self.formed = time.perf_counter()
        self.turned.set()


@dataclass
class Measured:
    """All that is measured of one room."""

    lags: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    """The server's share of the whole machine between two changes, once everyone is on the slide."""
    arriving: float = 0.0
    bytes_each: float = 0.0
    form_lags: list[float] = field(default_factory=list)
    answer_lags: list[float] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def run(path: Path) -> Part:
    """Serve a database with the shipped briefing as `make roundtable` does, fill a room and take it through."""
    engine = database.open_engine(f"sqlite:///{path}")
    briefing = toml_files.read((toml_files.FOLDER / f"{BRIEFING}.toml").read_text(encoding="utf-8"), BRIEFING)
    meeting = rooms.start(engine, briefing, "", PRESENTER)
    with serving(path) as (address, process):
        measured = asyncio.run(_roundtable(address, process, engine, meeting, briefing))
    engine.dispose()
    return _part(measured)


async def _roundtable(
    address: str, process: psutil.Process, engine: Engine, meeting: Meeting, briefing: Briefing
) -> Measured:
    found = Measured()
    async with AsyncExitStack() as stack:
        # One reader first, so that what the server loads once for all is not counted as a follower's memory.
        await stack.enter_async_context(reading(address, "follow", f"room={meeting.room}"))
        speaker = await stack.enter_async_context(
            reading(
                address,
                "speaker",
                f"meeting={meeting.id}&lead=benchmark",
                let_in(f"http://{address}/enter?token={TOKEN}"),
            )
        )
        before, start = process.memory_info().rss, time.perf_counter()
        followers = await _arrive(address, meeting, stack)
        found.arriving = time.perf_counter() - start
        found.bytes_each = (process.memory_info().rss - before) / len(followers)
        await speaker.use(speaker.find("button", "Next"), trigger_value=True)  # from the opening to the first slide
        await _changes(speaker, followers, process, briefing, found)
        await _answers(address, speaker, followers, briefing, found)
        found.failures += [f"{f.number}: an exception was shown" for f in followers if f.reader.exceptions]
    found.counted = _counted(engine, meeting, briefing)
    return found


async def _arrive(address: str, meeting: Meeting, stack: AsyncExitStack) -> list[Follower]:
    """Let everyone in over half a minute, as a room scans a code, and wait until each is on the slide."""

    async def one(number: int) -> Follower:
        await asyncio.sleep(number * ARRIVING_SECONDS / FOLLOWERS)
        reader = await stack.enter_async_context(reading(address, "follow", f"room={meeting.room}"))
        follower = Follower(number, reader)
        await reader.tell(follower.component, "device", follower.key)
        held = asyncio.create_task(events(address, follower.address("stream"), follower.take))
        stack.callback(held.cancel)
        await asyncio.wait_for(follower.turned.wait(), 60)
        return follower

    return list(await asyncio.gather(*(one(number) for number in range(FOLLOWERS))))


async def _changes(
    speaker: Reader, followers: Sequence[Follower], process: psutil.Process, briefing: Briefing, found: Measured
) -> None:
    """Press the presenter's button, wait until everyone is on the slide, then measure what the rest of the time costs.

    The time runs from the press, so it holds the presenter's own run, the database, the stream and the network.
    """
    refs = [slide.ref for slide in briefing.slides]
    there_and_back = cycle([*((ref, "Next") for ref in refs[1:]), *((ref, "Previous") for ref in refs[-2::-1])])
    for ref, button in islice(there_and_back, CHANGES):
        for follower in followers:
            follower.arrived.pop(ref, None)
        start = time.perf_counter()
        await speaker.use(speaker.find("button", button), trigger_value=True)
        await _until(partial(_all_on, followers, ref), found, f"on {ref}")
        found.lags += [follower.arrived[ref] - start for follower in followers if ref in follower.arrived]
        found.busy.append(await _busy(process, speaker))


async def _busy(process: psutil.Process, speaker: Reader) -> float:
    """Return the server's share of the machine for a while, with the speaker's window asking each second as it does."""
    start, before = time.perf_counter(), sum(process.cpu_times()[:2])
    while (rest := start + EVERY - time.perf_counter()) > 0:
        pulse = speaker.find("bidi_component", "pulse")
        await asyncio.sleep(min(rest, json.loads(pulse.sent.json)["milliseconds"] / 1000))
        await speaker.trigger(pulse, "due", True)
    spent = sum(process.cpu_times()[:2]) - before
    share: float = spent / (time.perf_counter() - start) / (psutil.cpu_count() or 1)
    return share


async def _answers(
    address: str, speaker: Reader, followers: Sequence[Follower], briefing: Briefing, found: Measured
) -> None:
    """Open a question to agree with, wait for everyone's form, and send all answers within one second."""
    place = next(n for n, s in enumerate(briefing.slides) if s.question and s.question.of_kind.scale)
    now = briefing.place_of(followers[0].shown) - 1
    for _ in range(abs(place - now)):
        await speaker.use(speaker.find("button", "Next" if place > now else "Previous"), trigger_value=True)
    start = time.perf_counter()
    await speaker.use(speaker.find("button", "Open the question"), trigger_value=True)
    await _until(lambda: all(follower.formed for follower in followers), found, "given the form")
    found.form_lags += [follower.formed - start for follower in followers if follower.formed]
    sending, ref = time.perf_counter(), briefing.slides[place].ref

    async def answer(one: Follower) -> None:
        """Send an answer as answering.js does, once its moment within the second has come."""
        await asyncio.sleep(max(sending + one.number / len(followers) - time.perf_counter(), 0))
        given = json.dumps({"device": one.key, "slide": ref, "value": [f"{one.number % 5 + 1}"]}).encode()
        asked = time.perf_counter()
        status, said = await post(address, one.address("answers"), given)
        found.answer_lags.append(time.perf_counter() - asked)
        if status != HTTPStatus.OK:
            found.failures.append(f"{one.number}: {status} {said.decode()}")

    await asyncio.gather(*(answer(follower) for follower in followers))


def _all_on(followers: Sequence[Follower], ref: str) -> bool:
    return all(ref in follower.arrived for follower in followers)


async def _until(held: Callable[[], bool], found: Measured, what: str, seconds: float = 30) -> None:
    end = time.perf_counter() + seconds
    while not held():
        if time.perf_counter() > end:
            found.failures.append(f"not everyone was {what} within {seconds:.0f} s")
            return
        await asyncio.sleep(0.01)


def _counted(engine: Engine, meeting: Meeting, briefing: Briefing) -> Counter[str]:
    def options(session) -> Counter[str]:  # type: ignore[no-untyped-def]
        slide = briefing.slide(state(session, meeting.id or 0).slide)
        if slide is None or slide.question is None:
            return Counter()
        choices = slide.question.choices(codebook.read(session))
        found = results.results(session, meeting.id or 0, slide.ref, slide.question, choices)
        return Counter({option.code: option.chosen for option in found.options})

    return database.ask(engine, options)


def _part(found: Measured) -> Part:
    lags, forms, answers = map(pd.Series, (found.lags, found.form_lags, found.answer_lags))
    busy = pd.Series(found.busy)
    expected = Counter({str(option + 1): len(range(option, FOLLOWERS, 5)) for option in range(5)})
    columns = ["what", "median", "95 %", "most"]
    rows = [
        (f"a follower on the new slide, {CHANGES} changes, s", *_spread(lags)),
        ("the server's share of the machine between changes, %", *_spread(busy * 100)),
        ("the form before a follower after the question is opened, s", *_spread(forms)),
        ("an answer confirmed, all sent within one second, s", *_spread(answers)),
        (f"{FOLLOWERS} followers let in over {ARRIVING_SECONDS:.0f} s, s", "", "", f"{found.arriving:.1f}"),
        ("memory a follower, MiB", "", "", f"{found.bytes_each / 2**20:.2f}"),
    ]
    limits = [
        Limit(f"95th percentile from the change to the follower under {MOST_SECONDS:.0f} s",
              float(lags.quantile(0.95)), MOST_SECONDS),
        Limit(f"95th percentile from the opened question to the follower's form under {MOST_SECONDS:.0f} s",
              float(forms.quantile(0.95)), MOST_SECONDS),
        Limit(f"95th percentile from an answer to its confirmation under {MOST_SECONDS:.0f} s",
              float(answers.quantile(0.95)), MOST_SECONDS),
        Limit("share of the machine busy between changes, median", float(busy.median()), 1 - LEAST_IDLE),
        Limit(f"answers lost or counted twice of {FOLLOWERS}", (expected - found.counted).total()
              + (found.counted - expected).total(), 0),
        Limit(f"failures {found.failures[:2] or ''}", len(found.failures), 0),
    ]  # fmt: skip
    title = f"{FOLLOWERS} followers, one presenter, {CHANGES} changes of slide, {FOLLOWERS} answers within one second"
    return Part(title, pd.DataFrame(rows, columns=columns), limits)


def _spread(values: "pd.Series[float]") -> tuple[str, str, str]:
    return f"{values.median():.2f}", f"{values.quantile(0.95):.2f}", f"{values.max():.2f}"
