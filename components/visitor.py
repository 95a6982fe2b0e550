"""Who is at this screen: on a laptop that serves only itself its one user, who edits; else a viewer."""

from ipaddress import ip_address

import streamlit as st

from data.access import Standing, Visitor

LOCAL_USER = Visitor("local user", Standing.EDITOR)
ANYONE = Visitor("", Standing.VIEWER)
FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")
"""Headers that a proxy sets: a request that carries one comes from elsewhere, though it arrives on loopback."""


def current() -> Visitor:
    """Return who is looking at this page."""
    return LOCAL_USER if on_this_machine_only() else ANYONE


def on_this_machine_only() -> bool:
    """Tell whether the server listens on loopback alone and this request came to it without a proxy."""
    headers = st.context.headers
    return _is_loopback(str(st.get_option("server.address") or "")) and not any(name in headers for name in FORWARDED)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
