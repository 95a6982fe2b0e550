"""The files that are being made for readers: a few at a time, in the order in which they were asked for.

A workbook keeps the interpreter busy for as long as it is made. Forty at once made each take forty times as long, and
a slide of the room reached the phones after 45 seconds (docs/performance.md).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AT_ONCE = 1
"""Files made at a time: one keeps the interpreter as busy as two, and leaves more of it to the room."""
LONG = 3
"""Files before a new one from which on its place is told, as a press would seem to do nothing."""


class FileQueue:
    """A line in which files wait to be made."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Begin with nobody in the line."""
        self.at_once = at_once
        self.making = 0
        self.line: deque[object] = deque()
        self.moved = threading.Condition()

    def ahead(self) -> int:
        """Return how many files would be made before a new one."""
        with self.moved:
            return len(self.line) + self.making

    @contextmanager
    def turn(self, told: Callable[[int], None] = lambda ahead: None) -> Iterator[None]:
        """Wait until it is this file's turn, and hold that; `told` is given how many are before it, as it changes."""
        ticket, last = object(), -1
        with self.moved:
            self.line.append(ticket)
            while (ahead := self.line.index(ticket)) > 0 or self.making >= self.at_once:
                if ahead + self.making != last:
                    told(last := ahead + self.making)
                self.moved.wait()
            self.line.popleft()
            self.making += 1
            self.moved.notify_all()
        try:
            yield
        finally:
            with self.moved:
                self.making -= 1
                self.moved.notify_all()


FILES = FileQueue()
"""The one line of this server."""
