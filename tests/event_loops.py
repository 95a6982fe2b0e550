"""Event loops in tests: a browser test leaves one running in the main thread, where no other may run meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def beside(act: Callable[[], Answer]) -> Answer:
    """Return what a function does in a thread of its own, in which no event loop runs."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(act).result()


def in_a_loop(walk: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine comes to."""
    return beside(lambda: asyncio.run(walk))
