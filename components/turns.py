"""Turns: one page is made at a time, because Python runs one thread at a time and pays for each change between them.

With fifty readers, threads that all ask for the interpreter spend most of the machine on handing it over: taking
turns made reruns seventy times as fast (docs/performance.md).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_TURN = threading.Lock()


@contextmanager
def taken() -> Iterator[None]:
    """Wait for the turn, and hold it until the page is made."""
    with _TURN:
        yield
