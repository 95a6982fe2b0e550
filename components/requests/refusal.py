"""How a request is refused before Streamlit sees it: with a status and a sentence, whether it would ask or connect."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

REQUESTS = ("http", "websocket")
"""The kinds of scope that are a client's; the third is the server's own start and end."""
NO_MORE: Mapping[str, str] = MappingProxyType({})


async def refuse(
    scope: Scope, receive: Receive, send: Send, status: int, sentence: str, headers: Mapping[str, str] = NO_MORE
) -> None:
    """Answer a request with a status and a sentence, and a connection that would be opened with the same."""
    answer = PlainTextResponse(sentence, status, {"Cache-Control": "no-store", **headers})
    if scope["type"] == "http":
        await answer(scope, receive, send)
        return
    connection = WebSocket(scope, receive, send)
    await connection.receive()
    await connection.send_denial_response(answer)
