"""The server as it is started: what each of its answers says, what its sessions are told, and whom it never asks."""

import os
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.sessions import let_in, reading
from components import own_origin, response_headers
from components.shell import PLACES, ROOM
from tests.browser.server import ROOT, Server
from tests.event_loops import in_a_loop

pytestmark = pytest.mark.xdist_group("served")
HEADERS = response_headers.headers()
UPLOAD = "/_stcore/upload_file/session/file"


def asked(server: Server, method: str, path: str, **headers: str) -> tuple[HTTPResponse, str]:
    """Return the answer to one request, and its text."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer, said


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/levers?theme=T1", 200), ("GET", "/Levers", 307),
     ("GET", "/static/js/none.js", 200), ("GET", "/media/none.xlsx", 404), ("HEAD", "/media/none.xlsx", 404),
     ("GET", "/_stcore/health", 200), ("HEAD", "/_stcore/health", 200), ("GET", "/_stcore/host-config", 200),
     ("GET", "/_stcore/metrics", 404), ("GET", "/levers/_stcore/health", 404), ("GET", "/component/none/x", 404),
     ("PUT", UPLOAD, 403), ("DELETE", "/", 405), ("TRACE", "/", 405), ("GET", "/static/js", 200),
     ("GET", "/enter", 403), ("GET", "/room-stream/none", 404),
     ("POST", "/room-answer/none", 403), ("POST", "/presenter-grant", 403), ("GET", "/..%2f..%2fetc/passwd", 400)],
)  # fmt: skip
def test_every_answer_says_what_a_browser_may_do_with_it(server: Server, method: str, path: str, status: int):
    answer, _ = asked(server, method, path)
    assert answer.status == status
    assert {name: answer.headers.get_all(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }


@pytest.mark.parametrize("headers", [{"Host": "example.org"}, {"Origin": "null"}])
def test_so_do_refusals_of_names_and_origins(server: Server, headers: dict[str, str]):
    answer, _ = asked(server, "GET", "/", **headers)
    assert answer.status in (403, 421)
    assert {name: answer.headers.get_all(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }


def refused(server: Server, path: str, origin: str) -> tuple[int, str, float]:
    """Return the status, the words and the seconds of an attempt to connect that is refused."""

    async def connect() -> tuple[int, str, float]:
        began = time.perf_counter()
        with pytest.raises(websockets.InvalidStatus) as told:
            async with websockets.connect(f"ws://127.0.0.1:{server.port}{path}", origin=origin, proxy=None):
                pass
        took = time.perf_counter() - began
        answer = told.value.response
        assert {name: answer.headers.get_all(name) for name in HEADERS} == {
            name: [value] for name, value in HEADERS.items()
        }
        return answer.status_code, (answer.body or b"").decode(), took

    return in_a_loop(connect())


@pytest.mark.parametrize("origin", ["null", "file://", "http://example.org", f"http://{'a' * 60}.invalid"])
def test_a_connection_from_another_site_is_refused_at_once(server: Server, origin: str):
    tries = [refused(server, "/_stcore/stream", origin) for _ in range(3)]
    assert {answer[:2] for answer in tries} == {(403, own_origin.OTHER_SITE)}
    assert min(took for *_, took in tries) < 0.2


def test_one_to_no_path_of_ours_is_refused_too(server: Server):
    assert refused(server, "/none", f"http://127.0.0.1:{server.port}")[:2] == (403, "Forbidden")


@pytest.mark.parametrize("origin", ["null", "file://", "http://example.org"])
@pytest.mark.parametrize(
    ("method", "path"), [("PUT", UPLOAD), ("OPTIONS", UPLOAD), ("DELETE", UPLOAD), ("GET", "/media/none.xlsx")]
)
def test_other_sites_neither_upload_nor_fetch_files(server: Server, method: str, path: str, origin: str):
    answer, said = asked(server, method, path, Origin=origin)
    assert (answer.status, said, answer.headers["Access-Control-Allow-Origin"]) == (403, own_origin.OTHER_SITE, None)


@pytest.mark.parametrize("script", ["", "load", "method", "history", "none"])
def test_no_page_is_told_where_the_server_keeps_its_files_or_what_runs_there(server: Server, script: str):
    async def session() -> list[bytes]:
        async with reading(f"127.0.0.1:{server.port}", script, cookie=let_in(server.editors_address())) as reader:
            heard: list[bytes] = []
            receive = reader.stream.recv

            async def noted() -> bytes:
                heard.append(await receive())
                return heard[-1]

            reader.stream.recv = noted
            await reader.run()
            return heard

    heard = in_a_loop(session())
    begun = [told.new_session for told in map(ForwardMsg.FromString, heard) if told.WhichOneof("type") == "new_session"]
    assert {(new.main_script_path, new.initialize.environment_info.python_version) for new in begun} == {("", "")}
    assert [told for told in heard if str(ROOT).encode() in told or b"/site-packages/" in told] == []


def test_nothing_is_asked_of_another_machine_whatever_page_is_opened(server: Server, asked_beyond: Path):
    async def visit() -> None:
        cookie = let_in(server.editors_address())
        for place in (*PLACES, *ROOM):
            async with reading(f"127.0.0.1:{server.port}", place.script, cookie=cookie) as reader:
                assert reader.texts

    in_a_loop(visit())
    for origin in ("null", "http://example.org"):
        asked(server, "GET", "/", Origin=origin)
    assert (asked_beyond.read_text() if asked_beyond.exists() else "") == ""


def test_the_dead_end_notices_what_it_looks_for(server: Server, asked_beyond: Path, tmp_path: Path):
    told = {**os.environ, "PYTHONPATH": str(asked_beyond.parent), "ASKED_BEYOND": str(tmp_path / "asked.txt")}
    tries = (
        "import socket\n"
        "for way in (lambda: socket.create_connection(('elsewhere.invalid', 80)),\n"
        "            lambda: socket.socket().connect(('192.0.2.1', 80)),\n"
        "            lambda: socket.gethostbyname('elsewhere.invalid')):\n"
        "    try: way()\n"
        "    except OSError as error: assert 'dead end' in str(error)\n"
    )
    subprocess.run([sys.executable, "-c", tries], env=told, check=True, timeout=60)
    assert (tmp_path / "asked.txt").read_text().splitlines() == [
        "socket.getaddrinfo elsewhere.invalid", "socket.connect 192.0.2.1", "socket.gethostbyname elsewhere.invalid",
    ]  # fmt: skip
