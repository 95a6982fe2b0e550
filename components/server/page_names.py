"""Addresses as people write and send them: a page's name in capitals, or of the page that has none, is that page.

Streamlit knows a page by its name exactly, and the overview by none; of anything else it says that there is no such
page, and opens the overview in its place.
"""

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.frame.shell import PLACES, ROOM
from components.requests.server_address import base_path

NAMES = frozenset(place.script for place in (*PLACES, *ROOM))


class PageNames:
    """Middleware that leads an address to the page that it names, with all that stands after the question mark."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or lead it to the page that it means."""
        path = meant(scope["path"]) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        if path is None:
            await self.app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        await RedirectResponse(f"{path}?{query}" if query else path)(scope, receive, send)


def meant(path: str) -> str | None:
    """Return the path of the page that a path means, or None where it is that page's own, or no page's."""
    before, _, name = path.rstrip("/").rpartition("/")
    page = name.casefold()
    if page not in NAMES or before != base_path():
        return None
    own = f"{before}/" if page == PLACES[0].script else f"{before}/{page}"
    return None if own == path else own
