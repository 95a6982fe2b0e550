"""What an editor's browser holds in place of a sign-in: a signed cookie, which no page's script can read.

It is given by a route alone, to a browser that showed a token or a passphrase, and is good in that browser until it is
closed, the holder leaves, its time is over or the server stops: the key that signs is made at each start.
"""

import os
import secrets
import threading
from datetime import timedelta

import streamlit as st
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from components.requests import own_origin
from components.requests.server_address import base_path

KEY = "GRANT_KEY"
"""Where the key stands: in the process's environment, so that modules read anew, as by make dev, find the same one."""
_LEFT: set[str] = set()
_LOCK = threading.Lock()


def begin() -> None:
    """Make a new key, at the start of a server; what was signed with another is good no more."""
    os.environ[KEY] = secrets.token_urlsafe(32)


def cookie() -> str:
    """Return the cookie's name: by the port, as a browser keeps the cookies of all ports of a machine together."""
    return f"editor_{st.get_option('server.port')}"


def made(kind: str) -> str:
    """Return a new grant of a kind, such as "presenter"."""
    return str(_signer().dumps([kind, secrets.token_hex(8)]))


def is_good(grant: str, kind: str, lasts: timedelta) -> bool:
    """Tell whether a grant is this server's, of this kind, not older than it lasts, and not left."""
    if not grant or KEY not in os.environ or grant in _LEFT:
        return False
    try:
        signed = _signer().loads(grant, max_age=int(lasts.total_seconds()))
    except BadSignature:
        return False
    return bool(signed[0] == kind)


def shown(kind: str, lasts: timedelta) -> str:
    """Return the grant of this kind that the session's browser holds, or nothing.

    It counts only for a page of this server: what is no page, or another site's, sends none of our origins.
    """
    grant = presented()
    return grant if own_origin.is_page(st.context.headers) and is_good(grant, kind, lasts) else ""


def presented() -> str:
    """Return what the browser holds, good or not."""
    return str(st.context.cookies.get(cookie(), ""))


def leave(grant: str) -> None:
    """Let a grant be good no more, in all windows that hold it."""
    with _LOCK:
        _LEFT.add(grant)


def put(response: Response, request: Request, grant: str) -> None:
    """Put a grant into the browser that asked."""
    secure = request.url.scheme == "https"
    path = base_path() or "/"
    response.set_cookie(cookie(), grant, path=path, httponly=True, samesite="strict", secure=secure)
    response.headers["Cache-Control"] = "no-store"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(os.environ[KEY], salt="grant")
