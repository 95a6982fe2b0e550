"""The way in for the editor of one's own machine: an address with a token, printed at the start and opened there.

Who listens on the machine or sends what headers tells nothing of who they are: a proxy, or any program, can say so.
Who has the token read what the server printed. Jupyter's servers let in the same way.
"""

import os
import secrets
import sys
import webbrowser
from hmac import compare_digest
from ipaddress import ip_address

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from components.requests.server_address import base_path
from components.store import grants, presenter_entry, visitor
from data.faults import ForPeople

PATH = "/enter"
TOKEN = "EDITOR_TOKEN"
"""The variable of the environment that holds the token: made at the start where it is not set."""
SHORTEST = 32
"""Characters of a token that someone chose."""
WRONG = (
    "This address does not let you in as the editor. Each start of the dashboard makes a new one: open the address "
    "that was printed where it was started last."
)
CLOSED = "Nobody becomes the editor by an address here. Open the dashboard itself; its pages say who may edit."


class TokenFault(ForPeople):
    """The token that the environment names cannot be used; the message says why."""


def prepare() -> None:
    """Have a token at the start of the server; raise TokenFault where the one that was chosen can be guessed."""
    grants.begin()
    chosen = os.environ.setdefault(TOKEN, secrets.token_urlsafe(32))
    if len(chosen) < SHORTEST:
        raise TokenFault(f"{TOKEN} is shorter than {SHORTEST} characters, so it can be guessed; leave it out, or take "
                         'one from: python -c "import secrets; print(secrets.token_urlsafe(32))"')  # fmt: skip


async def enter(request: Request) -> Response:
    """Give the grant to a browser that shows the token, and lead it to the dashboard; tell others what is wrong."""
    if not visitor.token_offered():
        return PlainTextResponse(CLOSED, 403)
    shown = request.query_params.get("token", "")
    if not compare_digest(shown.encode(), os.environ[TOKEN].encode()):
        return PlainTextResponse(WRONG, 403)
    answer = RedirectResponse(f"{base_path()}/", 303)
    grants.put(answer, request, grants.made(visitor.LOCAL_USER.name))
    return answer


def tell() -> None:
    """Print how one becomes an editor here; where that is by an address and a browser is at hand, open it."""
    if visitor.token_offered():
        print(f"  Editor: {address()}\n\n  This address makes whoever opens it the editor, until the dashboard stops; "
              "keep it to yourself.\n", flush=True)  # fmt: skip
        if _has_browser():
            webbrowser.open(address())
    else:
        way = "by the presenter's passphrase" if presenter_entry.offered() else "by sign-in alone (docs/deployment.md)"
        print(f"  Editors come in {way}.\n", flush=True)


def address() -> str:
    """Return the address that makes whoever opens it the editor."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = str(st.get_option("server.address"))
    if host != "localhost" and ip_address(host).version == 6:
        host = f"[{host}]"
    return f"{scheme}://{host}:{st.get_option('server.port')}{base_path()}{PATH}?token={os.environ[TOKEN]}"


def _has_browser() -> bool:
    """Tell whether someone sits at a terminal of a machine with a screen of its own."""
    away = "CI" in os.environ or "SSH_CONNECTION" in os.environ
    screen = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return screen and not away and sys.stdout.isatty()


ROUTES = [Route(PATH, enter)]
