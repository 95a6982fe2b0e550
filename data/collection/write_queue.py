"""Whoever writes waits here: one of this program at a time goes on to SQLite's lock, with no connection in hand before.

SQLite takes one writer at a time. Writers that waited for it each with a connection in hand would leave readers none.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from data.faults import ForPeople

Way = Callable[[], AbstractContextManager[None]]


class WaitedInVain(ForPeople):
    """Others of this program wrote for longer than a writer waits; it has changed nothing."""


@dataclass
class _Writers:
    """Who writes to which database, and how whoever writes lets others go on meanwhile."""

    letting_on: Way = nullcontext
    at_work: WeakKeyDictionary[Engine, threading.Lock] = field(default_factory=WeakKeyDictionary)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, engine: Engine) -> threading.Lock:
        """Return what the one writer of a database holds."""
        with self.lock:
            return self.at_work.setdefault(engine, threading.Lock())


_WRITERS = _Writers()


def let_others_on(way: Way) -> None:
    """Have each write of this program happen within `way`, with all its waiting, whoever asks for it and where."""
    _WRITERS.letting_on = way


@contextmanager
def alone(engine: Engine, seconds: float) -> Iterator[float]:
    """Wait until nobody else of this program writes, then keep others waiting; give the seconds that are left to wait.

    Raises WaitedInVain where none are.
    """
    with _WRITERS.letting_on():
        end, writer = time.monotonic() + seconds, _WRITERS.of(engine)
        if not writer.acquire(timeout=seconds):
            raise WaitedInVain
        try:
            yield max(end - time.monotonic(), 0)
        finally:
            writer.release()
