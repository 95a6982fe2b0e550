"""The way in for a roundtable's presenter: a passphrase, in place of sign-in, on a laptop that serves a room.

Who enters it is an editor in that browser until it is closed or the server stops: a cookie that names nobody, and that
no script can read, holds the grant, so that the wall, the speaker's window and a reloaded page all know it. The page
itself is given a ticket alone, which it hands in once for the cookie.
"""

import secrets
import threading
from datetime import timedelta
from functools import cache
from typing import Any

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.requests import own_origin
from components.requests.server_address import base_path
from components.store import grants, remembered_answers
from data.collection.access import Standing, Visitor
from data.collection.database import DatabaseFault
from data.meeting import passphrase
from data.meeting.meeting_fault import MeetingFault

PRESENTER = Visitor("presenter", Standing.EDITOR)
PATH = "/presenter-grant"
GRANT, TICKET, SAID = "presenter_grant", "presenter_ticket", "presenter_said"
LASTS = timedelta(hours=16)
"""How long a grant is good: from the evening before to the end of the day is two."""
LONGEST_TICKET = 100
USED = "This ticket was handed in before, or is none."
_TICKETS: dict[str, str] = {}
"""The grants of presenters that just came in, by the ticket that their page hands in for the cookie."""
_LOCK = threading.Lock()
SCRIPT = """
export default function ({ data }) {
  if (data.ticket) fetch(data.address, { method: "POST", body: data.ticket, credentials: "same-origin" });
}
"""


def offered() -> bool:
    """Tell whether this server was started with a presenter's passphrase."""
    return bool(passphrase.asked())


def entered() -> Visitor | None:
    """Return the presenter where the passphrase was entered in this browser, else None."""
    return PRESENTER if offered() and held() else None


def held() -> str:
    """Return the grant that this session or this browser has, or nothing where it has none that is good."""
    known: str = st.session_state.get(GRANT, "")
    return known if grants.is_good(known, PRESENTER.name, LASTS) else grants.shown(PRESENTER.name, LASTS)


def door() -> None:
    """Draw the way in for the presenter."""
    with st.form("presenter_door", border=True):
        st.text_input(
            "The presenter's passphrase", type="password", key="presenter_words", autocomplete="off",
            max_chars=passphrase.LONGEST, help="Four words, printed where make roundtable was started.",
        )  # fmt: skip
        st.form_submit_button("Enter", type="primary", on_click=_enter)
    st.html(Markup('<p class="note" role="status">{}</p>').format(st.session_state.pop(SAID, "")))


def keep() -> None:
    """Have the browser keep the grant for the presenter's other windows: the wall and the speaker's."""
    ticket = st.session_state.get(TICKET, "")
    data = {"address": f"{base_path()}{PATH}", "ticket": ticket if ticket in _TICKETS else ""}
    _component()(key="presenter_cookie", data=data, height=1)


async def hand_in(request: Request) -> Response:
    """Give the grant to the browser whose page hands in its ticket, once."""
    if not own_origin.is_page(request.headers):
        return PlainTextResponse(own_origin.OTHER_SITE, 403)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_TICKET:
            break
    with _LOCK:
        grant = _TICKETS.pop(body.decode("latin-1"), "")
    if not grant:
        return PlainTextResponse(USED, 403)
    answer = Response(status_code=204)
    grants.put(answer, request, grant)
    return answer


def way_out() -> None:
    """Draw the way out of the presenter's part, in all windows at once."""
    st.button("Leave the presenter's part", key="presenter_leave", on_click=_leave, type="tertiary")


def _enter() -> None:
    try:
        engine, machine = remembered_answers.engine(), st.context.ip_address or "this machine"
        passphrase.enter(engine, st.session_state["presenter_words"], machine)
    except (MeetingFault, DatabaseFault) as fault:
        st.session_state[SAID] = str(fault)
        return
    grant, ticket = grants.made(PRESENTER.name), secrets.token_urlsafe(24)
    with _LOCK:
        for old in [known for known, given in _TICKETS.items() if not grants.is_good(given, PRESENTER.name, LASTS)]:
            del _TICKETS[old]
        _TICKETS[ticket] = grant
    st.session_state[GRANT], st.session_state[TICKET] = grant, ticket


def _leave() -> None:
    grants.leave(held())


@cache
def _component() -> Any:
    return st.components.v2.component("presenter_cookie", js=SCRIPT)


ROUTES = [Route(PATH, hand_in, methods=["POST"])]
