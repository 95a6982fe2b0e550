"""Only requests for a name that this server has are answered: a page whose name was made to point here is not ours.

The setting is Streamlit's own, server.allowedHosts, which it asks of connections alone; here it holds for every
request. Where it is not set, a server has its addresses in numbers, which no other site's name can be, its machine's
own names, and those that the settings give its readers.
"""

import socket
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from components.requests import refusal
from components.store import visitor
from data.collection.sign_in import SettingsFault

OTHER_NAME = (
    "This dashboard does not answer to the name that was asked for. Its keeper can add the name to server.allowedHosts "
    "(docs/deployment.md)."
)


class AllowedHosts:
    """Middleware that refuses requests for names that are not this server's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in refusal.REQUESTS and not is_allowed(Headers(scope=scope).get("host", "")):
            await refusal.refuse(scope, receive, send, 421, OTHER_NAME)
            return
        await self.app(scope, receive, send)


def is_allowed(host: str) -> bool:
    """Tell whether a Host header, a name or a number with or without a port, is this server's."""
    if st.get_option("server.allowedHosts"):
        return is_host_allowed(host)
    try:
        part = urlsplit(f"//{host}")
        name, _ = (part.hostname or "").rstrip("."), part.port
    except ValueError:
        return False
    return host == part.netloc and "@" not in host and (_is_number(name) or name in {*_machine(), *_given()})


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _machine() -> frozenset[str]:
    """Return the names of this machine: in itself, in its network, and as others in the room find it (RFC 6762)."""
    name = socket.gethostname().lower()
    return frozenset({"localhost", name, f"{name.split('.')[0]}.local"})


def _given() -> set[str]:
    """Return the names that the settings say readers use: for the page, and to come back to from sign-in."""
    try:
        back = visitor.sign_in_settings().host
    except SettingsFault:
        back = ""
    return {str(st.get_option("browser.serverAddress") or "").lower(), back} - {""}
