"""Who is let in as the editor by a running server: who opened the address that it printed, and nobody else."""

import json
import re
import shutil
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets

from benchmarks.sessions import Reader, let_in, post, reading
from components import entrance, standing
from components.meeting import answer_post
from data import database
from data.meeting import leading, rooms
from tests.browser.server import Server, free_port, serving
from tests.data.meeting.conftest import BRIEFING, PRESENTER, WINDOW
from tests.event_loops import in_a_loop

BASE = "sub/site"
pytestmark = pytest.mark.xdist_group("served")


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
    """Return the answer to one request, and its text."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer, said


def page(server: Server, script: str, cookie: str, path: str = "") -> str:
    """Return what a page says to a browser that holds a cookie."""

    async def read() -> list[str]:
        async with reading(f"127.0.0.1:{server.port}{path}", script, cookie=cookie) as reader:
            return reader.texts

    return " ".join(in_a_loop(read()))


def connecting(server: Server, **headers: str) -> int:
    """Return the status that an attempt to open a session ends with, 101 where it is opened."""

    async def connect() -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            async with websockets.connect(
                f"ws://127.0.0.1:{server.port}/_stcore/stream", additional_headers=named, proxy=None
            ):
                return 101
        except websockets.InvalidStatus as refused:
            return refused.response.status_code

    return in_a_loop(connect())


def test_the_address_that_is_printed_makes_an_editor_by_a_cookie_that_no_script_reads(server: Server):
    address = urlsplit(server.editors_address())
    answer, _ = asked(server, f"{address.path}?{address.query}")
    assert (answer.status, answer.headers["Location"], answer.headers["Cache-Control"]) == (303, "/", "no-store")
    given = answer.headers["Set-Cookie"]
    assert re.fullmatch(rf"editor_{server.port}=[\w.-]+; HttpOnly; Path=/; SameSite=strict", given)
    assert address.query.partition("=")[2] not in given
    cookie = given.partition(";")[0]
    assert standing.LOCAL in page(server, "", cookie)
    assert "Only editors may" not in page(server, "load", cookie)


def test_a_proxy_that_speaks_https_has_the_cookie_sent_over_https_alone(server: Server):
    address = urlsplit(server.editors_address())
    answer, _ = asked(server, f"{address.path}?{address.query}", X_Forwarded_Proto="https")
    assert answer.headers["Set-Cookie"].endswith("; Secure")


@pytest.mark.parametrize("token", ["?token=", "", "?token=x", "?token=%C3%A9", "?token=" + "A" * 43])
def test_a_wrong_token_is_said_in_words_and_gives_nothing(server: Server, token: str):
    answer, said = asked(server, f"/enter{token}")
    assert (answer.status, said, answer.headers["Set-Cookie"]) == (403, entrance.WRONG, None)


def test_without_a_grant_everyone_is_a_viewer_and_is_told_the_way(server: Server):
    said = page(server, "load", "")
    assert "Only editors may" in said
    assert "Open the address that the dashboard printed where it was started" in said
    assert standing.LOCAL not in said
    assert standing.OVER not in said


def test_a_program_that_holds_the_cookie_but_is_no_page_of_ours_edits_nothing(server: Server):
    cookie = let_in(server.editors_address())

    async def read(**more: str) -> str:
        async with websockets.connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream",
            additional_headers={"Cookie": cookie},
            max_size=None,
            proxy=None,
            **more,
        ) as stream:
            reader = Reader(stream, "load", "")
            await reader.run()
            return " ".join(reader.texts)

    assert "Only editors may" in in_a_loop(read())
    assert "Only editors may" not in in_a_loop(read(origin=f"http://127.0.0.1:{server.port}"))


@pytest.mark.parametrize(
    "origin", ["null", "file://", "http://example.org", "http://127.0.0.1:3000", "https://localhost", "x"]
)
def test_pages_of_other_sites_are_refused_whatever_they_ask(server: Server, origin: str):
    assert connecting(server, Origin=origin) == 403
    for method, path in (("GET", "/"), ("GET", "/_stcore/health"), ("OPTIONS", "/_stcore/health"), ("POST", "/enter")):
        assert asked(server, path, method, Origin=origin)[0].status == 403


@pytest.mark.parametrize("host", ["localhost", "example.org", "127.0.0.1.example.org", "192.168.0.7", ""])
def test_a_name_that_the_setting_does_not_hold_is_answered_with_words_alone(server: Server, host: str):
    answer, said = asked(server, "/", Host=host)
    assert (answer.status, said.partition(".")[0]) == (
        421, "This dashboard does not answer to the name that was asked for",
    )  # fmt: skip


def test_a_restart_makes_a_new_address_and_says_so_to_who_held_the_old_one(shipped_file: Path):
    port = free_port()
    with serving(shipped_file, port) as before:
        first = before.editors_address()
        cookie = let_in(first)
    with serving(shipped_file, port) as after:
        assert after.editors_address() != first
        said = page(after, "", cookie)
        assert standing.OVER in said
        assert standing.LOCAL not in said
        assert standing.LOCAL in page(after, "", let_in(after.editors_address()))


def test_under_a_base_path_the_editor_comes_in_and_phones_join_follow_and_answer(shipped_file: Path, tmp_path: Path):
    path = tmp_path / "room.sqlite"
    shutil.copy(shipped_file, path)
    engine = database.open_engine(f"sqlite:///{path}")
    meeting = rooms.start(engine, BRIEFING, "", PRESENTER)
    number = meeting.id or 0
    leading.take(engine, number, PRESENTER, WINDOW)
    leading.move(engine, number, PRESENTER, WINDOW, "one")
    leading.open_question(engine, number, PRESENTER, WINDOW, True)
    with serving(path, settings=("--server.baseUrlPath", BASE)) as server:
        address = server.editors_address()
        assert address.startswith(f"http://127.0.0.1:{server.port}/{BASE}/enter?token=")
        answer, _ = asked(server, address.partition(str(server.port))[2])
        assert answer.headers["Location"] == f"/{BASE}/"
        assert f"; Path=/{BASE}; " in answer.headers["Set-Cookie"]
        assert standing.LOCAL in page(server, "", let_in(address), f"/{BASE}")
        assert "Only editors may" not in page(server, "meeting", let_in(address), f"/{BASE}")
        told = in_a_loop(phone_joins(f"127.0.0.1:{server.port}", meeting.room))
        assert (told["stream"], told["answers"]) == (
            f"/{BASE}/room-stream/{meeting.stream}", f"/{BASE}/room-answer/{meeting.stream}",
        )  # fmt: skip
        stream = HTTPConnection("127.0.0.1", server.port, timeout=30)
        stream.request("GET", told["stream"])
        opened = stream.getresponse()
        assert (opened.status, opened.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")
        heard = json.loads(next(line for line in iter(opened.readline, b"") if line.startswith(b"data: {"))[6:])
        assert (heard["slide"], heard["open"]) == ("one", "one")
        sent = json.dumps({"device": "device-of-one", "slide": "one", "value": ["Parks"]}).encode()
        status, said = in_a_loop(post(f"127.0.0.1:{server.port}", told["answers"], sent))
        assert (status, json.loads(said)) == (200, {"said": answer_post.RECEIVED})
        stream.close()
        for at_the_root in ("/room-stream/", "/enter?token="):
            assert asked(server, f"{at_the_root}{meeting.stream}")[0].status == 404
        assert [asked(server, f"/{BASE}/_stcore/{shut}")[0].status for shut in ("metrics", "host-config")] == [404, 200]
    engine.dispose()


async def phone_joins(host: str, room: str) -> dict[str, str]:
    """Return what a phone's page is given that enters a room beneath the base path."""
    async with reading(f"{host}/{BASE}", "follow", f"room={room}") as phone:
        return dict(json.loads(phone.find("bidi_component", "follower").sent.json))
