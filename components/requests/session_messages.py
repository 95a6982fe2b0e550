"""What a session's page and the server may say to each other: no word of the server's files, no order that pages lack.

Streamlit tells every page the path of its script on the server and what the server runs on, and takes orders that are
meant for whoever develops it: to empty the caches that all share, to tell the state of the repository, to write files.
"""

from pathlib import Path

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ORDERS = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"})
"""What a page of this dashboard asks of its session; nothing else is passed on."""
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
"""Those of its last kind: a file made when it is fetched, and the rows of a table further down."""


class SessionMessages:
    """Middleware that takes out of a session's messages what is no business of the one side or the other."""

    def __init__(self, app: ASGIApp, root: Path) -> None:
        self.app = app
        self.root = str(root).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the messages of a session as they may be."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def asked() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or is_taken(message.get("bytes") or b""):
                    return message

        async def told(message: Message) -> None:
            if message["type"] == "websocket.send" and self.root in (message.get("bytes") or b""):
                message = {**message, "bytes": without_server(message["bytes"])}
            await send(message)

        await self.app(scope, asked, told)


def is_taken(sent: bytes) -> bool:
    """Tell whether a page's message is passed on; what is none at all is too, for Streamlit ends its session."""
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return True
    order = message.WhichOneof("type")
    if order == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return order in ORDERS


def without_server(told: bytes) -> bytes:
    """Return a message to a page without the script's path, and what names the machine or tells what it runs on."""
    message = ForwardMsg.FromString(told)
    if message.WhichOneof("type") != "new_session":
        return told
    message.new_session.main_script_path = ""
    beginning = message.new_session.initialize
    beginning.user_info.Clear()
    beginning.user_info.SetInParent()  # which the page reads, empty as it is
    beginning.environment_info.python_version = beginning.environment_info.server_os = ""
    serialized: bytes = message.SerializeToString()
    return serialized
