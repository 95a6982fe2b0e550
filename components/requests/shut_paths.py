"""What Streamlit serves beside its pages and nobody here needs, shut; and what its page asks first, told in brief.

The figures of the server's memory and sessions would tell strangers when a room is full; and the page would let other
sites' pages, named by Streamlit, steer it.
"""

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.requests.server_address import base_path

SHUT = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
"""Paths that are answered as if nothing were there, with all beneath them."""
ASKED_BY_THE_PAGE = "/_stcore/host-config"
NO_HOST = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "off",
    "blockErrorDialogs": False,
    "resourceCrossOriginMode": None,
}
"""What the page needs to hear before it connects: that no page around it may steer it, and that it counts nobody."""


class ShutPaths:
    """Middleware that answers for paths of Streamlit's which are not served here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        path = scope["path"].removeprefix(base_path()) if scope["type"] == "http" else ""
        if any(path == shut or path.startswith(f"{shut}/") for shut in SHUT):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        elif path == ASKED_BY_THE_PAGE and scope["method"] == "GET":
            await JSONResponse(NO_HOST, headers={"Cache-Control": "no-cache"})(scope, receive, send)
        else:
            await self.app(scope, receive, send)
