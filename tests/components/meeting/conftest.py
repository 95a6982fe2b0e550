"""A roundtable on a server of the test's own, as `make roundtable` starts it, and sessions that need no browser."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine

from benchmarks.sessions import Reader, post
from data import database
from data.meeting import leading, results, rooms
from data.meeting.tables import Meeting
from tests.browser.server import ROUNDTABLE, Server, serving
from tests.data.meeting.conftest import BRIEFING, PRESENTER, WINDOW
from tests.event_loops import in_a_loop


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep the tests of a module that ask a roundtable in one process, so that one server answers them."""
    if isinstance(item, pytest.Function) and "roundtable" in item.fixturenames:
        item.add_marker(pytest.mark.xdist_group(item.path.stem))


class Roundtable:
    """A server of a room, its database, and the passphrase that it printed."""

    def __init__(self, server: Server, engine: Engine) -> None:
        self.server, self.engine = server, engine
        self.host = urlsplit(server.address).netloc
        self.passphrase = re.findall(r"passphrase, shown only now: +(.+)", server.output())[0]

    def start(self) -> Meeting:
        """Start a meeting on the briefing that asks each kind of question."""
        return rooms.start(self.engine, BRIEFING, "", PRESENTER)

    def now(self, meeting: Meeting) -> Meeting:
        """Return a meeting as the database holds it now."""
        return database.ask(self.engine, rooms.held, meeting.id)

    def ask(self, meeting: Meeting, slide: str) -> None:
        """Move the room to a slide and open its question."""
        number = meeting.id or 0
        leading.take(self.engine, number, PRESENTER, WINDOW)
        leading.move(self.engine, number, PRESENTER, WINDOW, slide)
        leading.open_question(self.engine, number, PRESENTER, WINDOW, True)

    async def send(self, meeting: Meeting, sent: object, **headers: str | None) -> tuple[int, str]:
        """Post what is sent, as JSON unless it is bytes, and return the status and the sentence that came back."""
        body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        told = {"Content-Type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
        status, answer = await post(self.host, f"/room-answer/{meeting.stream}", body, told)
        return status, json.loads(answer)["said"] if answer.startswith(b"{") else answer.decode()

    def answer(self, meeting: Meeting, slide: str, value: object, device: object = "device-of-one") -> tuple[int, str]:
        """Answer as a phone does, or would if it were made to."""
        return in_a_loop(self.send(meeting, {"device": device, "slide": slide, "value": value}))

    def given(self, meeting: Meeting, slide: str) -> list[list[str]]:
        """Return the answers that are kept to a slide's question."""
        with database.asking(self.engine) as session:
            return [row.value for row, _ in results._answers(session, meeting.id or 0, slide)]

    async def enter(self, reader: Reader, passphrase: str = "") -> None:
        """Give the passphrase on a page that asks for it."""
        reader.hold(reader.find("text_input", "The presenter"), string_value=passphrase or self.passphrase)
        await reader.use(reader.find("button", "Enter"), trigger_value=True)


@pytest.fixture(scope="module")
def room_file(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file of the module's own, with the shipped evidence."""
    path = tmp_path_factory.mktemp("room") / "evidence.sqlite"
    shutil.copy(shipped_file, path)
    return path


@pytest.fixture(scope="module")
def room_engine(room_file: Path) -> Iterator[Engine]:
    """Return an engine on that file, beside the server's own."""
    engine = database.open_engine(f"sqlite:///{room_file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def roundtable(room_file: Path, room_engine: Engine) -> Iterator[Roundtable]:
    """Return a running roundtable; its address is loopback, but it serves every network of the machine."""
    with serving(room_file, start=ROUNDTABLE) as server:
        yield Roundtable(server, room_engine)
