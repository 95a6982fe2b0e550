"""How a phone joins a room: the address, the room's letters, and both as a code for its camera."""

import segno
import streamlit as st
from markupsafe import Markup

from components.requests.server_address import base_path
from data.meeting import addresses
from models import Meeting

JOIN = Markup(
    '<div class="join"><img src="{}" alt="QR code of the address beneath"><p>Join at <strong>{}</strong></p>'
    '<p class="letters">{}</p></div>'
)


def links(room: str) -> list[str]:
    """Return the addresses under which a phone in the room joins: this machine's in each of its networks.

    Where the dashboard is read under another name, as behind a proxy, that is the one.
    """
    path = f"{base_path()}/follow?room={room}"
    host = st.context.headers.get("Host", "")
    name = host.rsplit(":", 1)[0]
    if host and name not in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0"):
        scheme = "https" if (st.context.url or "").startswith("https:") else "http"
        return [f"{scheme}://{host}{path}"]
    port = st.get_option("server.port")
    return [f"http://{address}:{port}{path}" for address in addresses.own()]


def address(room: str) -> str:
    """Return the address to join at as it is read out, or nothing where this machine is in no network."""
    found = links(room)
    return found[0].split("?")[0].removeprefix("http://") if found else ""


def written(meeting: Meeting) -> Markup:
    """Return the code, the address and the letters; where phones cannot reach this machine, that, and the letters."""
    found = links(meeting.room)
    if not found:
        return Markup(
            '<div class="join"><p>This machine has no address in a network, so phones cannot reach it.</p>'
            '<p class="letters">{}</p></div>'
        ).format(meeting.room)
    code = segno.make(found[0], error="m").svg_data_uri(scale=5, border=2)
    return JOIN.format(code, address(meeting.room), meeting.room)
