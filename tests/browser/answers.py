"""What a page's server is asked and what it answers: a test goes on once what it did was heard and is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.sessions import FINISHED

NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
Frame = str | bytes


class Answer:
    """The run of a page that follows what was asked last: of its whole script, or of a fragment with or within it."""

    def __init__(self) -> None:
        self.asked = self.begun = False
        self.fragment = ""

    def note(self, sent: Frame) -> None:
        """Take note of what the page asks; what a fragment asks by the clock is no question."""
        message = BackMsg.FromString(bytes(sent))
        if message.HasField("rerun_script") and not message.rerun_script.is_auto_rerun:
            self.asked, self.begun, self.fragment = True, False, message.rerun_script.fragment_id

    def ends(self, received: Frame) -> bool:
        """Take note of what the server says; tell whether it has answered with that."""
        message = ForwardMsg.FromString(bytes(received))
        kind, fragments = message.WhichOneof("type"), message.metadata.run.fragment_ids
        if kind == "new_session":
            self.begun = self.asked and (not fragments or self.fragment in fragments)
        return self.begun and kind == "script_finished" and message.script_finished in FINISHED


class Conversation:
    """What a page of a tab and its server say to each other, over whichever connection the page holds now."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.socket: WebSocket | None = None
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        self.socket = socket

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Wait, after what is done within, until the server has heard of it, has run the page and has sent all of it.

        What is done within asks for a run: a choice made again, or a text that is there already, asks for none.
        """
        assert self.socket, "the page holds no connection yet"
        answer = Answer()
        self.socket.on("framesent", answer.note)
        try:
            with self.socket.expect_event("framereceived", answer.ends):
                yield
        finally:
            self.socket.remove_listener("framesent", answer.note)
        self.page.evaluate(NEXT_FRAME)  # in which the browser draws what it was sent
