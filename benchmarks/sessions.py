"""A reader without a browser: a real Streamlit session over WebSocket that sees the page's widgets and uses them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.typing import Origin, Subprotocol

WAIT_SECONDS = 180
JSON = MappingProxyType({"Content-Type": "application/json"})


@dataclass(frozen=True)
class Widget:
    """One widget or component of the page: its kind, what it is called, its id, its fragment, and all that was sent."""

    kind: str
    label: str
    id: str
    fragment: str
    sent: Any


@dataclass
class Reader:
    """One session: what its page shows now, and what its widgets hold."""

    stream: Any
    page: str
    query: str
    widgets: list[Widget] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    exceptions: int = 0
    session: str = ""
    _held: dict[str, WidgetState] = field(default_factory=dict)

    async def run(self) -> None:
        """Ask for the page, and take in what it draws."""
        await self._ask("", [])
        await self._drawn("")

    async def use(self, widget: Widget, **value: Any) -> None:
        """Set a widget, by the field of the message that its kind uses, such as trigger_value=True, and run."""
        await self.send(widget, **value)
        await self._drawn(widget.fragment)

    async def send(self, widget: Widget, **value: Any) -> None:
        """Send the message of a widget's use, and wait for nothing."""
        state = WidgetState(id=widget.id, **value)
        once = "trigger" in next(iter(value))
        if not once:
            self._held[widget.id] = state
        await self._ask(widget.fragment, [state] if once else [])

    def hold(self, widget: Widget, **value: Any) -> None:
        """Set a widget without a run, as within a form."""
        self._held[widget.id] = WidgetState(id=widget.id, **value)

    async def tell(self, component: Widget, name: str, value: Any) -> None:
        """Set a state of a component of version 2, as its setStateValue does, and run."""
        await self.use(component, json_value=json.dumps({name: value}))

    async def trigger(self, component: Widget, name: str, value: Any) -> None:
        """Pull a trigger of a component of version 2, as its setTriggerValue does, and run."""
        events = Widget("events", name, f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events", component.fragment, None)
        await self.use(events, json_trigger_value=json.dumps([{"event": name, "value": value}]))

    async def made(self, button: Widget) -> str:
        """Press a download whose file is made when it is asked for, and return the path at which the file is then."""
        ask = BackMsg()
        ask.backend_operation_request.request_id = button.id
        ask.backend_operation_request.session_id = self.session
        ask.backend_operation_request.deferred_file.file_id = button.sent.deferred_file_id
        await self.stream.send(ask.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(self.stream.recv(), WAIT_SECONDS))
            if message.WhichOneof("type") == "backend_operation_response":
                told = message.backend_operation_response
                if told.error_msg:
                    raise LookupError(f"{button.label}: {told.error_msg}")
                return str(told.deferred_file.url)

    def find(self, kind: str, label: str = "") -> Widget:
        """Return the first widget of this kind whose name begins so; raise LookupError with what there is."""
        for widget in self.widgets:
            if widget.kind == kind and widget.label.startswith(label):
                return widget
        raise LookupError(f"no {kind} {label!r} among {[(w.kind, w.label) for w in self.widgets]}; {self.texts[-3:]}")

    async def _ask(self, fragment: str, once: list[WidgetState]) -> None:
        ask = BackMsg()
        ask.rerun_script.page_name = self.page
        ask.rerun_script.query_string = self.query
        ask.rerun_script.fragment_id = fragment
        ask.rerun_script.widget_states.widgets.extend([*self._held.values(), *once])
        await self.stream.send(ask.SerializeToString())

    async def _drawn(self, fragment: str) -> None:
        if fragment:
            self.widgets = [widget for widget in self.widgets if widget.fragment != fragment]
        else:
            self.widgets, self.texts = [], []
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(self.stream.recv(), WAIT_SECONDS))
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._take(message.delta)
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "new_session":
                self.session = message.new_session.initialize.session_id
                if not fragment:  # a page that begins anew, as after st.rerun, draws all again
                    self.widgets, self.texts = [], []
            elif kind == "script_finished" and message.script_finished in FINISHED:
                return

    def _take(self, delta: Any) -> None:
        kind = delta.new_element.WhichOneof("type")
        if kind is None:
            return
        drawn = getattr(delta.new_element, kind)
        if kind == "exception":
            self.exceptions += 1
            self.texts.append(f"{drawn.type}: {drawn.message}")
        if kind in ("html", "markdown"):
            self.texts.append(drawn.body)
        if name := getattr(drawn, "id", ""):
            label = getattr(drawn, "label", "") or getattr(drawn, "component_name", "")
            self.widgets.append(Widget(kind, label, name, delta.fragment_id, drawn))


FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@asynccontextmanager
async def reading(
    address: str, page: str, query: str = "", cookie: str = "", local: str | None = None
) -> AsyncIterator[Reader]:
    """Open a page in a session of its own and give it once it is drawn; `address` is host:port, with a path after it.

    A cookie is that of a browser which was let in, as "name=value"; `local` is the address to come from.
    """
    async with websockets.connect(
        f"ws://{address}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=WAIT_SECONDS,
        ping_interval=None,
        origin=Origin(f"http://{address.partition('/')[0]}"),
        additional_headers={"Cookie": cookie} if cookie else None,
        local_addr=(local, 0) if local else None,
    ) as stream:
        reader = Reader(stream, page, query)
        await reader.run()
        yield reader


def let_in(entrance: str) -> str:
    """Open the address that makes a browser the editor's, and return the cookie that it is given, as "name=value"."""
    part = urlsplit(entrance)
    connection = HTTPConnection(part.netloc, timeout=WAIT_SECONDS)
    connection.request("GET", f"{part.path}?{part.query}")
    given = connection.getresponse().getheader("Set-Cookie") or ""
    connection.close()
    return given.partition(";")[0]


async def events(address: str, path: str, arrived: Callable[[str], None]) -> None:
    """Hold a stream of server-sent events until cancelled or cut, and hand each message's data to `arrived`."""
    host, port = address.split(":")
    incoming, outgoing = await asyncio.open_connection(host, int(port), limit=2**22)
    try:
        outgoing.write(f"GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n".encode())
        await outgoing.drain()
        while line := await incoming.readline():
            if line.startswith(b"data: "):
                arrived(line[6:].decode())
    finally:
        outgoing.close()


async def post(address: str, path: str, body: bytes, headers: Mapping[str, str | None] = JSON) -> tuple[int, bytes]:
    """Post a body as a page's fetch does, on a connection of its own; return the status and the body of the answer.

    Headers stand beside those that a page of this server sends, or in their place; one that is None is not sent.
    """
    host, port = address.split(":")
    incoming, outgoing = await asyncio.open_connection(host, int(port))
    try:
        own = {"Host": address, "Origin": f"http://{address}", "Connection": "close", "Content-Length": f"{len(body)}"}
        told = {name: value for name, value in {**own, **headers}.items() if value is not None}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        outgoing.write(f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        head, _, answer = (await asyncio.wait_for(incoming.read(), WAIT_SECONDS)).partition(b"\r\n\r\n")
        return int(head.split(maxsplit=2)[1]), answer
    finally:
        outgoing.close()
