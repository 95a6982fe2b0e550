"""Connections from other sites' pages are refused before Streamlit asks outside what this machine's address is.

Streamlit lets a page of the same host connect. Of any other it asks a host on the internet for this machine's public
address (server_util.is_url_from_allowed_origins in 1.67), which keeps everyone waiting in a room without internet.
"""

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "0.0.0.0", "::1")


class OwnOrigin:
    """Middleware that closes WebSocket connections of pages that are neither this server's nor named in settings."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or close it."""
        if scope["type"] == "websocket" and not is_own(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "a page of another site"})
            return
        await self.app(scope, receive, send)


def is_own(headers: Headers) -> bool:
    """Tell whether a request comes from a page of this server, from one that the settings name, or from no page."""
    origin = urlsplit(headers.get("origin", ""))
    named = [str(st.get_option("browser.serverAddress") or ""), *(st.get_option("server.corsAllowedOrigins") or ())]
    hosts = {*LOOPBACK, *(urlsplit(name).hostname or name for name in named)} - {""}
    return not origin.netloc or origin.netloc == headers.get("host") or origin.hostname in hosts
