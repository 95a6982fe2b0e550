"""Who holds the presenter's part: grants that this server gave to browsers, in place of sign-in."""

import secrets
import threading
from datetime import UTC, datetime, timedelta

import streamlit as st

from data.access import Standing, Visitor
from data.meeting import passphrase

PRESENTER = Visitor("presenter", Standing.EDITOR)
COOKIE, GRANT = "presenter", "presenter_grant"
LASTS = timedelta(hours=16)
"""How long a grant is good: from the evening before to the end of the day is two."""
_GRANTS: dict[str, datetime] = {}
_LOCK = threading.Lock()


def offered() -> bool:
    """Tell whether this server was started with a presenter's passphrase."""
    return bool(passphrase.asked())


def entered() -> Visitor | None:
    """Return the presenter where the passphrase was entered in this browser, else None."""
    return PRESENTER if offered() and held() else None


def held() -> str:
    """Return the grant that this session or this browser has, or nothing where it has none that is good."""
    known = (st.session_state.get(GRANT, ""), st.context.cookies.get(COOKIE, ""))
    return next(filter(_is_good, known), "")


def _is_good(grant: str) -> bool:
    until = _GRANTS.get(grant) if grant else None
    return until is not None and datetime.now(UTC) < until


def give() -> None:
    """Give this session a new grant, and let go of those that have run out."""
    grant = secrets.token_urlsafe(24)
    with _LOCK:
        for old in [known for known in _GRANTS if not _is_good(known)]:
            del _GRANTS[old]
        _GRANTS[grant] = datetime.now(UTC) + LASTS
    st.session_state[GRANT] = grant


def take_back() -> None:
    """Take the grant of this browser back, from all of its windows."""
    with _LOCK:
        _GRANTS.pop(held(), None)
