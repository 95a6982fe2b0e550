"""Work that may take long: in a thread of its own, with its progress on screen from the first second, and Cancel."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.store import turns
from data.collection.access import NotAllowed
from data.collection.database import DatabaseFault
from data.faults import Refused
from data.importing.loads.prepared_load import Outdated
from data.importing.loads.undoing import CannotUndo
from data.progress import Cancelled

PATIENCE_SECONDS = 0.4
"""How long the page waits for work before it shows how far it is: what is done by then needs no progress."""
POLL_SECONDS = 0.4
ENDED = "it ended before it was done, and nothing was changed; the server's log says why"


@dataclass
class Work:
    """One task under way: how far it is, what it came to, or why it came to nothing."""

    of: Hashable
    doing: str
    share: float = 0.0
    value: Any = None
    fault: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def report(self, share: float, doing: str) -> None:
        """Take note of how far the task is; raise Cancelled where it is to stop."""
        if self.stop.is_set():
            raise Cancelled("it was stopped; nothing was changed")
        self.share, self.doing = max(0.0, min(share, 1.0)), doing

    def stopped(self) -> bool:
        """Tell whether the task is to stop."""
        return self.stop.is_set()


Task = Callable[[Work], Any]


def done(name: str, of: Hashable, doing: str, task: Task) -> Work:
    """Return a task's work once it has ended; until then show its progress and stop the page.

    `of` is what the task is about: asked again of the same, what it came to before is returned; of something else,
    it starts anew. `doing` says what it does. The task is given the work, to report to, and knows nothing of the
    page.
    """
    held: Work | None = st.session_state.get(_key(name))
    if held is None or held.of != of:
        if held:
            held.stop.set()
        held = st.session_state[_key(name)] = Work(of, doing)
        _start(held, task)
        with turns.lent():
            held.ended.wait(PATIENCE_SECONDS)
    if not held.ended.is_set():
        st.fragment(_watch, run_every=POLL_SECONDS)(name, held)
        st.stop()
    return held


def forget(name: str) -> None:
    """Forget what a task came to, and stop it where it is under way."""
    held: Work | None = st.session_state.pop(_key(name), None)
    if held:
        held.stop.set()


def _key(name: str) -> str:
    return f"work_{name}"


def _start(work: Work, task: Task) -> None:
    def run() -> None:
        ended: Exception | None = RuntimeError(ENDED)
        try:
            work.value = task(work)
            ended = None
        except (Cancelled, CannotUndo, DatabaseFault, MemoryError, NotAllowed, OSError, Outdated, Refused) as fault:
            ended = fault
        finally:
            work.fault = ended
            work.ended.set()

    threading.Thread(target=run, name="import", daemon=True).start()


def _watch(name: str, work: Work) -> None:
    if work.ended.is_set():
        st.rerun()
    st.progress(work.share, text=f"{work.doing}: {work.share:.0%}")
    st.html(Markup('<p class="note" role="status">{}</p>').format(f"{work.doing}. The page goes on when it is done."))
    st.button("Cancel", key=f"cancel_{name}", on_click=work.stop.set)


def failed(name: str, work: Work) -> bool:
    """Say why a task came to nothing, with a button to try again; return whether it did."""
    if work.fault is None:
        return False
    st.html(Markup('<p class="lead" role="alert">{}</p>').format(in_words(work.fault)))
    st.button("Try again", key=f"again_{name}", on_click=forget, args=(name,))
    return True


def in_words(fault: Exception) -> str:
    """Return a fault as a sentence."""
    if isinstance(fault, MemoryError):
        return "This machine has too little memory for it; nothing was changed. Split the file."
    if isinstance(fault, OSError):
        return f"The system refused it: {fault.strerror or fault}; nothing was changed."
    said = str(fault) or "it came to nothing; nothing was changed"
    return f"{said[:1].upper()}{said[1:]}."
