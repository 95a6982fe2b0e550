"""Progress of long work: the report of how much of it is done, and the error by which a person stops it."""

from collections.abc import Callable
from pathlib import Path

from data.faults import ForPeople

Progress = Callable[[float, str], None]
"""Told from time to time how much is done, from 0 to 1, and what is being done; it may raise Cancelled."""


class Cancelled(ForPeople):
    """A person stopped the work; nothing was changed."""


def unheard(share: float, doing: str) -> None:
    """Take a report of progress and do nothing with it."""


def about(path: Path, progress: Progress) -> Progress:
    """Return the progress of work on one file, told with its name."""
    return lambda share, doing: progress(share, f"{path.name}: {doing}")


def between(progress: Progress, start: float, end: float) -> Progress:
    """Return the progress of a part of the work that lies between two shares of the whole."""
    return lambda share, doing: progress(start + (end - start) * share, doing)
