"""The server of a room killed at random moments: each answer that was confirmed is there, once, and all is whole.

`make kills` kills a hundred; KILLS says how many. Beside every second one a load is under way, which is killed too.
"""

import asyncio
import os
import random
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import Engine

from benchmarks.sessions import events
from data import database, verifying
from data.importing import loading
from data.meeting.tables import Meeting
from tests.browser.server import ROUNDTABLE, serving
from tests.components.meeting.conftest import Roundtable
from tests.data.importing.small_strand import FINDINGS, SOURCES, write_strand
from tests.data.importing.test_killed import Act, in_a_child
from tests.event_loops import in_a_loop

KILLS = int(os.environ.get("KILLS", "2"))
PHONES, MOST_SECONDS = 8, 0.5
ASKS = "said"


@dataclass
class Phone:
    """One device that answers again and again: how often it did and was confirmed, and with what it did last."""

    name: str
    answers: int = 0
    confirmed: int = 0
    sent: str = ""
    certain: str = ""
    """What is kept of it, unless what it sent since is: the last that was confirmed, or was found after a kill."""

    async def answer(self, roundtable: Roundtable, meeting: Meeting, heard: asyncio.Event) -> None:
        """Answer until the server is gone; each answer differs from the one before, so that each is written."""
        while True:
            self.answers += 1
            self.sent = f"{self.name}, answer {self.answers}"
            sent = {"device": f"device of {self.name}", "slide": ASKS, "value": [self.sent]}
            try:
                status, said = await roundtable.send(meeting, sent)
            except (OSError, IndexError):  # no connection any more, or one that was cut before its answer came
                return
            assert status == HTTPStatus.OK, said
            self.certain = self.sent
            self.confirmed += 1
            heard.set()


@pytest.fixture
def file(shipped_file: Path, tmp_path: Path) -> Path:
    """Return a database file of the test's own."""
    return Path(shutil.copy(shipped_file, tmp_path / "evidence.sqlite"))


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    """Return an engine on it, beside the server's own."""
    engine = database.open_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def states(tmp_path: Path) -> list[Path]:
    """Return two states of two hundred findings: a load of either, after the other, changes each of them."""
    made = []
    for state in ("one", "two"):
        rows = [{**FINDINGS[0], "finding_id": f"K{number:03}", "finding": f"State {state} of {number}"}
                for number in range(200)]  # fmt: skip
        made.append(write_strand(tmp_path / state, rows, SOURCES[:1]))
    return made


def test_what_was_confirmed_is_there_once_however_the_server_dies(
    engine: Engine, file: Path, states: list[Path]
) -> None:
    drawn, loads = random.Random(os.environ.get("KILLS_SEED", "1")), Counter[str]()
    phones = [Phone(f"phone {number}") for number in range(PHONES)]
    meeting: Meeting | None = None
    begun = time.perf_counter()
    loading.load(engine, states[:1])
    loaded_in, newest = time.perf_counter() - begun, 0
    for number in range(KILLS):
        with serving(file, start=ROUNDTABLE) as server:
            roundtable = Roundtable(server, engine)
            meeting = meeting or asking(roundtable)
            before = version(engine)
            act = loading_of(states[1 - newest]) if number % 2 else None
            moment = drawn.uniform(0, 1.6 * loaded_in if act else MOST_SECONDS)
            engine.dispose()  # what the kill leaves beside the file is taken in by whoever opens it next
            in_a_loop(killed_while_answering(roundtable, meeting, phones, moment, act))
        assert verifying.faults(engine) == []
        compare(roundtable.given(meeting, ASKS), phones)
        changed = version(engine) - before
        assert changed in ((0, 1) if act else (0,))
        loads["after" if changed else "before"] += bool(act)
        newest = 1 - newest if changed else newest
    confirmed = sum(phone.confirmed for phone in phones)
    print(
        f"server killed {KILLS}: {confirmed} answers confirmed, 0 lost, 0 kept twice; "
        f"of the loads killed with it {loads['before']} as before, {loads['after']} as after"
    )
    assert confirmed > 0


def asking(roundtable: Roundtable) -> Meeting:
    """Begin a meeting whose room is asked for words."""
    meeting = roundtable.start()
    roundtable.ask(meeting, ASKS)
    return meeting


def version(engine: Engine) -> int:
    return database.ask(engine, database.data_version).number


def loading_of(folder: Path) -> Act:
    return lambda opened: loading.load(opened, [folder])


async def killed_while_answering(
    roundtable: Roundtable, meeting: Meeting, phones: Sequence[Phone], seconds: float, act: Act | None
) -> None:
    """Let all phones answer, with a stream held as each holds one and an act beside them, and kill all of it.

    The seconds run from the first answer that is confirmed: the server that was started again goes on with the meeting.
    """
    heard = asyncio.Event()
    stream = asyncio.create_task(events(roundtable.host, f"/room-stream/{meeting.stream}", lambda told: None))
    answering = [asyncio.create_task(phone.answer(roundtable, meeting, heard)) for phone in phones]
    await asyncio.wait([asyncio.create_task(heard.wait()), *answering], return_when=asyncio.FIRST_COMPLETED)
    beside = await asyncio.to_thread(in_a_child, str(roundtable.engine.url), act) if act else None
    await asyncio.sleep(seconds)
    roundtable.server.process.kill()
    if beside:
        beside.kill()
        beside.join()
    await asyncio.gather(*answering)
    stream.cancel()
    await asyncio.gather(stream, return_exceptions=True)


def compare(given: Sequence[list[str]], phones: Sequence[Phone]) -> None:
    """See that of each phone one answer is kept: the last that was confirmed, or what it sent after that."""
    kept = defaultdict(list)
    for (text,) in given:
        kept[text.partition(",")[0]].append(text)
    for phone in phones:
        allowed = [[phone.certain] if phone.certain else [], [phone.sent]]
        assert kept[phone.name] in allowed, f"confirmed or newer: {allowed}"
        phone.certain = "".join(kept[phone.name])
