"""Where this server is reached, as its settings say: this machine alone or more, and beneath which path of a site."""

from ipaddress import ip_address

import streamlit as st


def base_path() -> str:
    """Return the path that every address begins with: empty, or what server.baseUrlPath says, without a slash after."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def listens_on_loopback() -> bool:
    """Tell whether the server listens on this machine's own address alone, whoever asks."""
    return is_loopback(str(st.get_option("server.address") or ""))


def is_loopback(host: str) -> bool:
    """Tell whether a name or number is that of the machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
