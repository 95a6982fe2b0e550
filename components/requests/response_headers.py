"""Every answer says what a browser may do with it: pages, files, refusals and failures, whoever made them.

It stands outside all else, Streamlit's own handling of failures too, so that nothing leaves the server without.
"""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from components.requests import content_policy, refusal

NOT_NEEDED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What a browser can do for pages and this dashboard never asks for: a text that became a script could not either."""
STARTS = ("http.response.start", "websocket.http.response.start", "websocket.accept")
"""The messages that carry the headers of an answer: of a page, of a refusal to connect, of a connection."""


class ResponseHeaders:
    """Middleware that puts the headers on each answer, in place of what an answer says of the same itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] not in refusal.REQUESTS:
            await self.app(scope, receive, send)
            return

        opened, encrypted = False, scope["scheme"] in ("https", "wss")

        async def answer(message: Message) -> None:
            nonlocal opened
            if message["type"] == "websocket.close" and not opened:
                await _refuse(scope, receive, answer)
                return
            if message["type"] in STARTS:
                opened = True
                given = MutableHeaders(raw=[*message.get("headers", ())])
                given.update(self.headers)
                message = {**message, "headers": over_https(given.raw) if encrypted else given.raw}
            await send(message)

        await self.app(scope, receive, answer)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a connection that nobody takes, with an answer of our own: the server's would have no header at all."""
    await WebSocket(scope, receive, send).send_denial_response(PlainTextResponse("Forbidden", 403))


def over_https(given: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return headers whose cookies are sent over https alone; Streamlit says so only where it holds the certificate."""
    return [
        (name, value + b"; Secure" if name == b"set-cookie" and b"; secure" not in value.lower() else value)
        for name, value in given
    ]


def headers() -> dict[str, str]:
    """Return the headers of every answer."""
    return {
        "Content-Security-Policy": content_policy.policy(),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_NEEDED),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
