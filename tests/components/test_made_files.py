"""A file that was made for a reader is there when it is fetched, whatever others do meanwhile; then it is forgotten."""

from http.client import HTTPConnection

import pytest

from benchmarks.sessions import reading
from tests.browser.server import Server
from tests.event_loops import in_a_loop

pytestmark = pytest.mark.xdist_group("served")
OTHERS = 3


def fetched(server: Server, path: str) -> tuple[int, bytes]:
    """Return the status and the first bytes of what is served at a path."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    first = answer.read()[:2]
    connection.close()
    return answer.status, first


@pytest.mark.parametrize("button", ["Download Excel", "Download slides"])
def test_pages_that_others_draw_before_it_is_fetched_do_not_take_it_away(server: Server, button: str) -> None:
    async def walk() -> list[tuple[int, bytes]]:
        async with reading(server.address.removeprefix("http://"), "levers", "region=TLC") as reader:
            path = await reader.made(reader.find("download_button", button))
            await others()
            there = fetched(server, path)
            reader.query = "region=TLD"
            await reader.run()  # which offers other files
            await others()
            return [there, fetched(server, path)]

    async def others() -> None:
        for _ in range(OTHERS):
            async with reading(server.address.removeprefix("http://"), "themes"):
                pass

    (status, first), (later, _) = in_a_loop(walk())
    assert (status, first, later) == (200, b"PK", 404)
