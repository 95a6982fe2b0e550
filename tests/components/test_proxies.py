"""Behind nginx and haproxy as docs/deployment.md sets them up: nobody becomes the editor, and visitors stay apart."""

import json
import os
import shutil
import ssl
from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets
from sqlalchemy import Engine

from benchmarks.sessions import WAIT_SECONDS, Reader
from components import standing
from components.meeting import answer_post
from data import database
from data.meeting import arrivals, attempts, leading, rooms
from data.meeting.tables import Attempt, Meeting, now
from tests.browser.server import Server, free_port, serving
from tests.components import proxies
from tests.data.meeting.conftest import BRIEFING, PRESENTER, WINDOW
from tests.event_loops import in_a_loop

pytestmark = pytest.mark.xdist_group("served")
ONE, ANOTHER = "127.0.0.2", "127.0.0.3"
"""Two visitors; Linux has all of 127.0.0.0/8 on loopback."""
TRUSTING = ssl._create_unverified_context()
WRONG_ROOM = "There were too many wrong tries."


@dataclass(frozen=True)
class Proxied:
    """A dashboard behind a proxy, by the proxy's port, and the database beneath."""

    server: Server
    port: int
    engine: Engine

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def asked(self, path: str, source: str = ONE, method: str = "GET", body: str = "", **headers: str):
        """Return the answer to a request from an address, still open to be read."""
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=30, source_address=(source, 0), context=TRUSTING)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, named)
        return connection.getresponse()

    def page(self, script: str, query: str = "", source: str = ONE, host: str = "", **headers: str) -> str:
        """Return what a page says to a visitor from an address who connects with these headers."""

        async def read() -> str:
            async with self._connected(source, host, headers) as stream:
                reader = Reader(stream, script, query)
                await reader.run()
                return " ".join(reader.texts)

        return str(in_a_loop(read()))

    @asynccontextmanager
    async def _connected(self, source: str, host: str, headers: dict[str, str]):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with websockets.connect(
            f"wss://{host or self.host}/_stcore/stream",
            host="127.0.0.1", port=self.port, local_addr=(source, 0), ssl=TRUSTING, additional_headers=named,
            max_size=None, open_timeout=WAIT_SECONDS, proxy=None,
        ) as stream:  # fmt: skip
            yield stream


@pytest.fixture(scope="module")
def dashboard(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Engine]]:
    """Return a dashboard as `make run` starts it, on a database of the module's own."""
    path = tmp_path_factory.mktemp("proxied") / "evidence.sqlite"
    shutil.copy(shipped_file, path)
    engine = database.open_engine(f"sqlite:///{path}")
    with serving(path) as server:
        yield server, engine
    engine.dispose()


@pytest.fixture(scope="module")
def meeting(dashboard: tuple[Server, Engine]) -> Meeting:
    """Return a meeting whose question is open."""
    engine = dashboard[1]
    made = rooms.start(engine, BRIEFING, "", PRESENTER)
    number = made.id or 0
    leading.take(engine, number, PRESENTER, WINDOW)
    leading.move(engine, number, PRESENTER, WINDOW, "one")
    leading.open_question(engine, number, PRESENTER, WINDOW, True)
    return made


@pytest.fixture(scope="module", params=proxies.NAMES)
def proxied(
    request: pytest.FixtureRequest, dashboard: tuple[Server, Engine], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxied]:
    if not proxies.found(request.param):
        reason = f"no {request.param} found; run: python -m tests.components.proxies"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    port = free_port()
    with proxies.before(request.param, port, dashboard[0].port, tmp_path_factory.mktemp(request.param)):
        yield Proxied(dashboard[0], port, dashboard[1])


@pytest.mark.parametrize("headers", [{}, {"X_Forwarded_For": "127.0.0.1"}, {"X_Forwarded_For": "::1"}])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8501"])
def test_whoever_says_that_they_sit_at_the_machine_is_a_viewer(proxied: Proxied, host: str, headers: dict[str, str]):
    said = proxied.page("load", host=host, **headers)
    assert "Only editors may" in said
    assert standing.LOCAL not in said


def test_the_address_that_is_printed_makes_an_editor_whose_cookie_is_sent_over_https_alone(proxied: Proxied):
    printed = urlsplit(proxied.server.editors_address())
    answer = proxied.asked(f"{printed.path}?{printed.query}")
    given = answer.headers["Set-Cookie"]
    assert (answer.status, given.partition("; ")[2]) == (303, "HttpOnly; Path=/; SameSite=strict; Secure")
    assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"]
    assert proxied.asked("/_stcore/health").headers["Set-Cookie"].endswith("; Secure")  # Streamlit's own
    cookie = given.partition(";")[0]
    assert standing.LOCAL in proxied.page("", Cookie=cookie, Origin=f"https://{proxied.host}")
    assert standing.LOCAL not in proxied.page("", Cookie=cookie)


def test_two_visitors_have_two_limits_whatever_address_they_claim(proxied: Proxied):
    last = now() + timedelta(minutes=5)  # so that it is the last try however long this test takes
    with database.asking(proxied.engine) as session:
        session.add_all([Attempt(what=rooms.ROOM, source=ONE, at=last) for _ in range(attempts.MOST_FROM_ONE)])
        session.commit()
    for claim in ({}, {"X_Forwarded_For": "9.9.9.9"}):
        assert WRONG_ROOM in proxied.page("follow", "room=QQQQ", ONE, **claim)
    for claim in ({}, {"X_Forwarded_For": ONE}):
        assert WRONG_ROOM not in proxied.page("follow", "room=QQQQ", ANOTHER, **claim)


def test_a_phone_follows_and_answers(proxied: Proxied, meeting: Meeting):
    stream = proxied.asked(f"/room-stream/{meeting.stream}")
    assert (stream.status, stream.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
    told = json.loads(next(line for line in iter(stream.readline, b"") if line.startswith(b"data: {"))[6:])
    assert (told["slide"], told["open"]) == ("one", "one")
    sent = json.dumps({"device": "device-of-one", "slide": "one", "value": ["Parks"]})
    headers = {"Content_Type": "application/json", "Origin": f"https://{proxied.host}"}
    answer = proxied.asked(f"/room-answer/{meeting.stream}", method="POST", body=sent, **headers)
    assert (answer.status, json.loads(answer.read())) == (200, {"said": answer_post.RECEIVED})
    stream.close()


def test_two_visitors_answer_from_two_addresses_whatever_address_they_claim(proxied: Proxied, meeting: Meeting):
    def send(source: str, device: str, **claim: str) -> None:
        sent = json.dumps({"device": device, "slide": "one", "value": ["Parks"]})
        headers = {"Content_Type": "application/json", "Origin": f"https://{proxied.host}", **claim}
        answer = proxied.asked(f"/room-answer/{meeting.stream}", source, "POST", sent, **headers)
        assert answer.status == 200

    send(ONE, "device-of-one")
    send(ANOTHER, "device-of-another")
    send(ANOTHER, "second-of-another", X_Forwarded_For=ONE)
    found = database.ask(proxied.engine, arrivals.arrivals, meeting.id, "one").addresses
    assert [address.devices for address in found] == [2, 1]
