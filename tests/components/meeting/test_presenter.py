"""The presenter's cookie: given once for a ticket, to a page of this server, so that no script can read it."""

import json
import re
from http.client import HTTPConnection

from benchmarks.sessions import Reader, reading
from components import passphrase
from tests.components.meeting.conftest import Roundtable
from tests.event_loops import in_a_loop


def hand_in(roundtable: Roundtable, ticket: str, **headers: str) -> tuple[int, str]:
    """Hand in a ticket as the page does; return the status, and the cookie that is given."""
    connection = HTTPConnection(roundtable.host, timeout=30)
    connection.request("POST", passphrase.PATH, ticket, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers["Set-Cookie"] or ""


def test_the_passphrase_becomes_a_cookie_that_opens_the_presenter_s_other_windows(roundtable: Roundtable):
    own = {"Origin": f"http://{roundtable.host}"}

    async def opened(cookie: str) -> bool:
        async with reading(roundtable.host, "meeting", cookie=cookie) as other:
            return "Only editors may" not in " ".join(other.texts)

    async def ticket_of(reader: Reader) -> str:
        await roundtable.enter(reader)
        return json.loads(reader.find("bidi_component", "presenter_cookie").sent.json)["ticket"]

    async def walk() -> None:
        async with reading(roundtable.host, "meeting") as reader:
            ticket = await ticket_of(reader)
            assert hand_in(roundtable, ticket) == (403, "")
            assert hand_in(roundtable, ticket, Origin="http://example.org") == (403, "")
            assert hand_in(roundtable, ticket[:-1], **own) == (403, "")
            assert hand_in(roundtable, ticket * 100, **own) == (403, "")
            status, given = hand_in(roundtable, ticket, **own)
            assert status == 204
            assert re.fullmatch(r"editor_\d+=[\w.-]+; HttpOnly; Path=/; SameSite=strict", given)
            assert hand_in(roundtable, ticket, **own) == (403, "")
            cookie = given.partition(";")[0]
            assert await opened(cookie)
            assert not await opened("")
            await reader.run()
            assert json.loads(reader.find("bidi_component", "presenter_cookie").sent.json)["ticket"] == ""
        async with reading(roundtable.host, "", cookie=cookie) as other:
            await other.use(other.find("button", "Leave the presenter"), trigger_value=True)
        assert not await opened(cookie)

    in_a_loop(walk())
