"""The way in for a roundtable's presenter: a passphrase, in place of sign-in, on a laptop that serves a room.

Who enters it is an editor in that browser until it is closed or the server stops: a cookie that names nobody holds the
grant, so that the wall, the speaker's window and a reloaded page all know it.
"""

import secrets
import threading
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import streamlit as st
from markupsafe import Markup

from components import remembering
from data.access import Standing, Visitor
from data.database import DatabaseFault
from data.meeting import passphrase
from data.meeting.faults import MeetingFault

PRESENTER = Visitor("presenter", Standing.EDITOR)
COOKIE, GRANT, SAID = "presenter", "presenter_grant", "presenter_said"
LASTS = timedelta(hours=16)
"""How long a grant is good: from the evening before to the end of the day is two."""
_GRANTS: dict[str, datetime] = {}
_LOCK = threading.Lock()
SCRIPT = """
export default function ({ data }) {
  document.cookie = `${data.cookie}=${data.grant}; path=/; samesite=strict`;
}
"""


def offered() -> bool:
    """Tell whether this server was started with a presenter's passphrase."""
    return bool(passphrase.asked())


def entered() -> Visitor | None:
    """Return the presenter where the passphrase was entered in this browser, else None."""
    return PRESENTER if offered() and _grant() else None


def _grant() -> str:
    """Return the grant that this session or this browser has, or nothing where it has none that is good."""
    known = (st.session_state.get(GRANT, ""), st.context.cookies.get(COOKIE, ""))
    return next(filter(_is_good, known), "")


def _is_good(grant: str) -> bool:
    until = _GRANTS.get(grant) if grant else None
    return until is not None and datetime.now(UTC) < until


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
    _component()(key="presenter_cookie", data={"cookie": COOKIE, "grant": _grant()}, height=1)


def way_out() -> None:
    """Draw the way out of the presenter's part, in all windows at once."""
    st.button("Leave the presenter's part", key="presenter_leave", on_click=_leave, type="tertiary")


def _enter() -> None:
    try:
        engine, machine = remembering.engine(), st.context.ip_address or "this machine"
        passphrase.enter(engine, st.session_state["presenter_words"], machine)
    except (MeetingFault, DatabaseFault) as fault:
        st.session_state[SAID] = str(fault)
        return
    grant = secrets.token_urlsafe(24)
    with _LOCK:
        for old in [known for known in _GRANTS if not _is_good(known)]:
            del _GRANTS[old]
        _GRANTS[grant] = datetime.now(UTC) + LASTS
    st.session_state[GRANT] = grant


def _leave() -> None:
    with _LOCK:
        _GRANTS.pop(_grant(), None)


@cache
def _component() -> Any:
    return st.components.v2.component("presenter_cookie", js=SCRIPT)
