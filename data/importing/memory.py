"""Python's search for unreachable circles of objects, put off while many rows are made that are all still needed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Do not look for rubbish meanwhile: among a million rows the search takes as long as the work, and finds none.

    Where two threads do so at once, it begins again when the first of them ends, which costs time and nothing else.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
