"""Turns: one page is made at a time, because Python runs one thread at a time and pays for each change between them.

With fifty readers, threads that all ask for the interpreter spend most of the machine on handing it over: taking
turns made reruns seventy times as fast (docs/performance.md). A page that waits for work in another
thread, or writes to the database and may wait for others that do, lends its turn to others meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from data.collection import write_queue

_TURN = threading.Semaphore(1)
_HERE = threading.local()


@contextmanager
def taken() -> Iterator[None]:
    """Wait for the turn, and hold it until the page is made; a part of a page that is being made has it already."""
    if getattr(_HERE, "holds", False):
        yield
        return
    with _TURN:
        _HERE.holds = True
        try:
            yield
        finally:
            _HERE.holds = False


@contextmanager
def lent() -> Iterator[None]:
    """Lend the turn to others while this page waits; a thread that holds no turn just goes on."""
    if not getattr(_HERE, "holds", False):
        yield
        return
    _HERE.holds = False
    _TURN.release()
    try:
        yield
    finally:
        _TURN.acquire()
        _HERE.holds = True


write_queue.let_others_on(lent)
