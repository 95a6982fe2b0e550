"""Requests of other sites' pages are refused before Streamlit sees them, and asks the internet who this machine is.

Streamlit lets a page of the same host connect. Of any other it asks a host on the internet for this machine's public
address (server_util.is_url_from_allowed_origins in 1.67), which keeps everyone waiting in a room without internet. A
page from a file, or in a sandbox, has the origin "null" and is another site's, too; so is one of another port.
"""

import re
from collections.abc import Mapping

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from components.requests import refusal
from components.requests.server_address import is_loopback

OTHER_SITE = "This dashboard answers its own pages only, and this request comes from another site's."
ORIGIN = re.compile(r"https?://(?P<host>[^/?#@\s\\]+)", re.ASCII)
"""The origin of a page of the web as browsers send it (RFC 6454), with its host and port."""


class OwnOrigin:
    """Middleware that refuses requests of pages that are neither this server's nor named in settings."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in refusal.REQUESTS and not is_own(Headers(scope=scope)):
            await refusal.refuse(scope, receive, send, 403, OTHER_SITE)
            return
        await self.app(scope, receive, send)


def is_own(headers: Headers) -> bool:
    """Tell whether a request comes from a page of this server, from one that the settings name, or from no page."""
    return "origin" not in headers or is_page(headers)


def is_page(headers: Mapping[str, str]) -> bool:
    """Tell whether a request comes from a page of this server, or from one that the settings name."""
    origin = ORIGIN.fullmatch(headers.get("origin", ""))
    if origin is None:
        return False
    host = origin["host"]
    return host == headers.get("host") or host.partition(":")[0] == _server() or origin[0] in _named()


def _server() -> str:
    """Return the name that the settings say readers use, whatever the port of the proxy before it.

    Streamlit's own is localhost where nothing is set; of this machine's pages only those of our port are ours.
    """
    name = str(st.get_option("browser.serverAddress") or "")
    return "" if is_loopback(name) else name


def _named() -> tuple[str, ...]:
    return tuple(str(name).strip().rstrip("/") for name in st.get_option("server.corsAllowedOrigins") or ())
