"""The way in for a roundtable's presenter: a passphrase, in place of sign-in, on a laptop that serves a room.

Who enters it is an editor in that browser until it is closed or the server stops: a cookie that names nobody holds the
grant, so that the wall, the speaker's window and a reloaded page all know it.
"""

from functools import cache
from typing import Any

import streamlit as st
from markupsafe import Markup

from components import grants, store
from data.database import DatabaseFault
from data.meeting import passphrase
from data.meeting.faults import MeetingFault

SAID = "presenter_said"
SCRIPT = """
export default function ({ data }) {
  document.cookie = `${data.cookie}=${data.grant}; path=/; samesite=strict`;
}
"""


def door() -> None:
    """Draw the way in for the presenter."""
    with st.form("presenter_door", border=True):
        st.text_input(
            "The presenter's passphrase", type="password", key="presenter_words", autocomplete="off",
            max_chars=passphrase.LONGEST, help="Four words, printed where make roundtable was started.",
        )  # fmt: skip
        st.form_submit_button("Enter", type="primary", on_click=_enter)
    st.html(Markup('<p class="note" role="status">{}</p>').format(st.session_state.pop(SAID, "")))


def way_out() -> None:
    """Have the browser keep the grant for the presenter's other windows, and draw the way out of all of them."""
    _component()(key="presenter_cookie", data={"cookie": grants.COOKIE, "grant": grants.held()}, height=1)
    st.button("Leave the presenter's part", key="presenter_leave", on_click=grants.take_back, type="tertiary")


def _enter() -> None:
    try:
        passphrase.enter(store.engine(), st.session_state["presenter_words"], st.context.ip_address or "this machine")
    except (MeetingFault, DatabaseFault) as fault:
        st.session_state[SAID] = str(fault)
        return
    grants.give()


@cache
def _component() -> Any:
    return st.components.v2.component("presenter_cookie", js=SCRIPT)
