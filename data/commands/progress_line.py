"""A command while it works: how far it is, on a terminal, and Ctrl-C, which stops it with nothing changed."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from tqdm import tqdm

from data.progress import Cancelled, Progress, unheard

LINE = "{percentage:3.0f} % {desc}"
"""The number stands first: on a narrow terminal the end of a line is cut off."""


@contextmanager
def stoppable(engine: Engine) -> Iterator[None]:
    """Let Ctrl-C end the work within by Cancelled, but only until its first commit.

    So a command that was stopped has changed nothing, and one that has changed something is done to its end and says
    what it did; what comes after a commit takes a second or two.
    """
    given = signal.getsignal(signal.SIGINT)
    event.listen(engine, "commit", _too_late)
    try:
        yield
    except KeyboardInterrupt:
        raise Cancelled("stopped; nothing was changed") from None
    finally:
        event.remove(engine, "commit", _too_late)
        signal.signal(signal.SIGINT, given)


def _too_late(connection: Connection) -> None:
    """Take no more notice of Ctrl-C; one that came a moment ago still raises here, before the commit."""
    if connection.get_execution_options().get("writing"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def shown(doing: str) -> Iterator[Progress]:
    """Show how far the work within is on one line of standard error, from its start; the line is gone at its end.

    Where standard error is no terminal nothing is written.
    """
    if not sys.stderr.isatty():
        yield unheard
        return
    with tqdm(total=1.0, desc=doing, bar_format=LINE, leave=False, dynamic_ncols=True, file=sys.stderr) as line:

        def tell(share: float, doing: str) -> None:
            line.n = share
            line.set_description_str(doing)

        yield tell
