"""Files are taken from sessions that may load, and no others, so many bytes of each and of all; the rest is unread."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.session_manager import SessionInfo

from benchmarks.sessions import Reader, let_in, reading
from components import uploads
from components.uploads import NOT_YOURS
from tests.browser.server import Server, serving
from tests.event_loops import in_a_loop

pytestmark = pytest.mark.xdist_group("uploads")
MB = 1_000_000
BEFORE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
AFTER = b"\r\n--x--\r\n"
TAKEN = (204, "")
TOO_LARGE = (413, "A file of more than 2 MB is not taken.")
TOO_MUCH_OF_ONE = (413, "One page takes 3 MB of files in all. Open it anew to go on with others.")
TOO_MUCH = (507, "The dashboard holds as many files as it can. Please try again in a quarter of an hour.")


@pytest.fixture(scope="module")
def little(shipped_file: Path) -> Iterator[Server]:
    """Return a dashboard that takes files of 2 MB, 3 of a session and 4 of all, and forgets at once who left."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("UPLOADS_BY_SESSION_MB", "3")
        patched.setenv("UPLOADS_MB", "4")
        settings = ("--server.disconnectedSessionTTL", "0", "--server.maxUploadSize", "2")
        with serving(shipped_file, settings=settings) as server:
            server.editors = let_in(server.editors_address())
            yield server


def form(size: int) -> bytes:
    """Return the body of an upload that has a size in all."""
    return BEFORE + b"x" * (size - len(BEFORE + AFTER)) + AFTER


async def place(reader: Reader) -> str:
    """Ask a session where to put a file, as the field for files does, and return the path."""
    ask = BackMsg()
    ask.file_urls_request.file_names.append("a.csv")
    await reader.stream.send(ask.SerializeToString())
    while True:
        told = ForwardMsg.FromString(await asyncio.wait_for(reader.stream.recv(), 60))
        if told.WhichOneof("type") == "file_urls_response":
            return str(told.file_urls_response.file_urls[0].upload_url)


def put(server: Server, path: str, size: int, sent: int | None = None, **more: str | None) -> tuple[int, str]:
    """Upload a file as a page does, with all that its browser sends along; `sent` is how many bytes of it are.

    Headers given are sent as well, or in place of the page's; one that is None is not.
    """
    connection, rest = begin(server, path, size, **more)
    rest = rest[:sent]
    connection.send(b"%x\r\n%b\r\n0\r\n\r\n" % (len(rest), rest) if "Transfer_Encoding" in more else rest)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def begin(server: Server, path: str, size: int, **more: str | None) -> tuple[HTTPConnection, bytes]:
    """Send the head of an upload; return the connection, and the body that is to follow."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/_stcore/health")
    asked = connection.getresponse()
    asked.read()
    token = (asked.getheader("Set-Cookie") or "").partition(";")[0]
    headers = {
        "Origin": server.address, "Cookie": f"{token}; {server.editors}", "X-Xsrftoken": token.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=x", "Content-Length": f"{size}",
    } | {name.replace("_", "-"): value for name, value in more.items()}  # fmt: skip
    connection.putrequest("PUT", path)
    for name, value in headers.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders()
    return connection, form(size)


@asynccontextmanager
async def page(server: Server, script: str = "load", cookie: str | None = None) -> AsyncIterator[str]:
    """Open a page, of an editor where no other cookie is given, and give the path where it may put a file."""
    cookie = server.editors if cookie is None else cookie
    async with reading(f"127.0.0.1:{server.port}", script, cookie=cookie) as reader:
        yield await place(reader)


def uploaded(server: Server, *args: int, script: str = "load", cookie: str | None = None, **more: str | None):
    """Open a page and upload a file from it; return the status and the sentence."""

    async def walk() -> tuple[int, str]:
        async with page(server, script, cookie) as path:
            return await asyncio.to_thread(put, server, path, *args, **more)

    return in_a_loop(walk())


@pytest.mark.parametrize("script", ["load", "briefings"])
def test_an_editor_uploads_on_the_pages_that_ask_for_files(little: Server, script: str):
    assert uploaded(little, 1000, script=script) == TAKEN


@pytest.mark.parametrize("script", ["load", "briefings", ""])
def test_a_viewer_is_refused_before_a_byte_is_read_whatever_else_the_request_says(little: Server, script: str):
    assert uploaded(little, 100 * MB, 0, script=script, cookie="") == (403, NOT_YOURS)


def test_so_is_an_editor_on_a_page_that_asks_for_none_and_a_session_that_is_none(little: Server):
    assert uploaded(little, 1000, 0, script="levers") == (403, NOT_YOURS)
    assert put(little, "/_stcore/upload_file/none/none", 1000, 0) == (403, NOT_YOURS)


@pytest.mark.parametrize("origin", [None, "null", "http://example.org"])
def test_what_is_not_of_our_own_page_is_refused(little: Server, origin: str | None):
    assert uploaded(little, 1000, 0, Origin=origin)[0] == 403


def test_whoever_stopped_editing_in_another_window_uploads_no_more(little: Server):
    own = let_in(little.editors_address())

    async def walk() -> list[int]:
        async with page(little, cookie=own) as path:
            before = await asyncio.to_thread(put, little, path, 1000)
            async with reading(f"127.0.0.1:{little.port}", "load", cookie=own) as other:
                await other.use(other.find("button", "Stop editing"), trigger_value=True)
            return [before[0], (await asyncio.to_thread(put, little, path, 1000))[0]]

    assert in_a_loop(walk()) == [204, 403]


def test_a_file_that_is_too_large_is_refused_unread(little: Server):
    assert uploaded(little, 3 * MB, 0) == TOO_LARGE


def test_one_that_does_not_say_how_large_it_is_is_refused_as_soon_as_it_is_too_large(little: Server):
    chunked = {"Content_Length": None, "Transfer_Encoding": "chunked"}
    assert uploaded(little, 1000, **chunked) == TAKEN
    assert uploaded(little, 3 * MB, **chunked) == TOO_LARGE


def test_a_session_and_all_together_take_so_many_bytes_and_those_of_who_left_are_free_again(little: Server):
    async def walk() -> list[tuple[int, str]]:
        async with page(little) as path, page(little) as other:
            told = [await asyncio.to_thread(put, little, f"{path}{number}", 2 * MB) for number in range(2)]
            return [*told, *[await asyncio.to_thread(put, little, f"{other}{n}", 1_500_000) for n in range(2)]]

    in_a_loop(all_left(little))
    assert in_a_loop(walk()) == [TAKEN, TOO_MUCH_OF_ONE, TAKEN, TOO_MUCH]
    in_a_loop(all_left(little))
    assert in_a_loop(walk()) == [TAKEN, TOO_MUCH_OF_ONE, TAKEN, TOO_MUCH]


async def all_left(server: Server) -> None:
    """Have somebody come and leave: those who left before are forgotten then at the latest."""
    async with reading(f"127.0.0.1:{server.port}", "method"):
        pass


def test_a_file_whose_session_leaves_while_it_comes_is_not_kept(little: Server):
    async def walk() -> list[tuple[int, str]]:
        async with AsyncExitStack() as stack:
            leaving = await stack.enter_async_context(page(little))
            upload, rest = begin(little, leaving, 1_900_000)
        await all_left(little)
        upload.send(rest)
        assert upload.getresponse().read() == b""
        upload.close()
        async with page(little) as path, page(little) as other:
            return [await asyncio.to_thread(put, little, where, 1_900_000) for where in (path, other)]

    in_a_loop(all_left(little))
    assert in_a_loop(walk()) == [TAKEN, TAKEN]


def test_what_a_viewer_sends_takes_no_memory(little: Server):
    process = psutil.Process(little.process.pid)
    before = process.memory_info().rss
    for _ in range(5):
        assert uploaded(little, 20 * MB, cookie="") == (403, NOT_YOURS)
    assert process.memory_info().rss - before < 50 * MB


def test_a_message_of_a_page_is_bounded_too(little: Server):
    async def walk() -> int | None:
        async with reading(f"127.0.0.1:{little.port}", "method") as reader:
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await reader.stream.send(b"x" * 5 * MB)
                while True:
                    await asyncio.wait_for(reader.stream.recv(), 60)
            return closed.value.rcvd and closed.value.rcvd.code

    assert in_a_loop(walk()) == 1009


def test_those_who_left_are_freed_by_themselves(monkeypatch):
    storage, done, read = MemorySessionStorage(ttl_seconds=0), [], {"draft": "a file"}
    session = SimpleNamespace(id="left", shutdown=lambda: done.append("shut down"), session_state=read)
    storage.save(SessionInfo(client=None, session=session))
    known = SimpleNamespace(_session_storage=storage)
    monkeypatch.setattr(uploads.runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=known))
    uploads.free()
    assert (done, read, len(storage._cache)) == (["shut down"], {}, 0)
