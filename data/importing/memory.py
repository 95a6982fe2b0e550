"""Python's garbage collector, turned off while many rows are made that are all still needed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_collector_off() -> Iterator[None]:
    """Turn the garbage collector off: among a million rows its search takes as long as the work, and finds none.

    Where two threads do so at once, it is on again when the first of them ends, which costs time and nothing else.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
