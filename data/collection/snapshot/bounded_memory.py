"""Answers kept while they are asked for: a small, bounded memory that makes each answer once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Remembered(Generic[Kept]):
    """The answers last asked for, each made once, by one thread at a time."""

    def __init__(self, most: int) -> None:
        self._most, self._held, self._lock = most, OrderedDict[Hashable, Kept](), RLock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is kept under a key, made now where nothing is; what was asked for longest ago is let go."""
        with self._lock:
            if key not in self._held:
                self._held[key] = make()
                if len(self._held) > self._most:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]
