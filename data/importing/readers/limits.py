"""What a file may ask of this machine, in one place: above these limits it is refused, and the message names the limit.

In words. A file may be 200 MB. An archive (.xlsx, .qdpx) may hold 10,000 entries, unpack to 1,200 MB, and, where it
unpacks to more than 20 MB, to at most 60 times its own size; no entry may be a link, encrypted, or named so that it
would climb out of the archive. XML may nest 200 deep, one value in it may hold 32 million characters, and it may have
no document type, so that it has neither entities nor anything to fetch. A table may have 16,384 columns, 1,048,576
rows and 20 million cells, and may not span far more cells than it fills. JSON may nest 100 deep. A file's codes,
records, selections and notes may be a million in all, and 10,000 of its faults are listed one by one.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from data.progress import Cancelled, Progress

__all__ = ["Cancelled", "Progress", "Watch"]

MEGABYTE = 1_000_000
MOST_BYTES = 200 * MEGABYTE
MOST_ENTRIES = 10_000
MOST_UNPACKED = 1_200 * MEGABYTE
FREE_TO_UNPACK = 20 * MEGABYTE
MOST_RATIO = 60
DEEPEST_XML = 200
DEEPEST_JSON = 100
LONGEST_VALUE = 32_000_000
LONGEST_CELL = 32_767
"""Characters that Excel shows of one cell; what is longer is kept, and told."""
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000
FREE_TO_SPAN = 4_000_000
"""Cells that a sheet may span whatever it fills; above, at most four times as many as it fills."""
MOST_ITEMS = 1_000_000
MOST_FAULTS, KEPT_FAULTS = 10_000, 200_000
"""Faults that are listed, and that are counted beyond those."""
TOLD_EVERY = 0.2
"""Seconds between two words of progress, at least."""


@dataclass
class Watch:
    """Tells how far the reading is, and stops it when asked to."""

    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None
    _told: float = field(default=0.0, init=False)

    def tell(self, share: float, what: str, at_once: bool = False) -> None:
        """Say how far the work is, though not more often than every fifth of a second; raises Cancelled.

        `at_once` is for what will take long: it is said however short ago something else was.
        """
        now = time.monotonic()
        if now - self._told < TOLD_EVERY and not at_once:
            return
        self._told = now
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
        if self.progress is not None:
            self.progress(min(max(share, 0.0), 1.0), what)
