"""Which sessions may upload: those whose page shows a field for files, for as long as whoever sits there may edit.

It is known from the page itself, which the server drew for them, and from the grant or the sign-in that it knew them
by; nothing that the upload says of itself counts. Streamlit takes files from every session, whatever its page shows.
"""

import streamlit as st
from streamlit import runtime

from components.store import visitor
from data.collection.access import Standing

STILL = "may_upload_still"
"""Where a session holds the question whether who sits there may upload: it goes with the session, and is asked beside
its pages."""


def let() -> None:
    """Let the session of this page upload, where a field for files is drawn."""
    st.session_state[STILL] = visitor.still(Standing.EDITOR)


def may(session: str) -> bool:
    """Tell whether a session, by its id, may upload now."""
    found = runtime.get_instance().get_app_session(session)
    return found is not None and STILL in found.session_state and found.session_state[STILL]() is True


def is_kept(session: str) -> bool:
    """Tell whether Streamlit still has a session: connected, or left for less than server.disconnectedSessionTTL."""
    return runtime.get_instance()._session_mgr.get_session_info(session) is not None
