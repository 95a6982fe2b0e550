"""One long call of a library that tells nothing of itself: made beside, so that the wait can be told of and ended."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from time import monotonic
from typing import TypeVar

from data.importing.readers.limits import TOLD_EVERY, Watch

Answer = TypeVar("Answer")


def waited_for(call: Callable[[], Answer], watch: Watch, share: float, what: str) -> Answer:
    """Return what a call returns, or raise what it raises; say at once what is done, and then for how many seconds.

    Raises Cancelled where the person stops it. The call itself cannot be stopped: it goes on in its thread until it
    ends, and nobody takes what it found.
    """
    watch.tell(share, what, at_once=True)
    began = monotonic()
    beside = ThreadPoolExecutor(1)
    try:
        answer = beside.submit(call)
        while not wait([answer], TOLD_EVERY).done:
            watch.tell(share, f"{what}, {monotonic() - began:.0f} s")
        return answer.result()
    finally:
        beside.shutdown(wait=False)
