"""How many files and connections the server may hold: all that the system allows, and how many phones that is."""

import logging
import resource

EACH = 3
"""What a phone in a room costs: its page's session, its stream, and an answer or a file of the page now and then."""
OWN = 64
"""What the server holds for itself: the database, its log, the files of its modules while they are read."""
LARGEST = 65_536
"""More is never asked for: some systems name no end, and then give less."""
WANTED = 300
"""Phones that a room is made for (docs/roundtable.md)."""
log = logging.getLogger(__name__)


def raise_limit() -> int:
    """Let this process hold as many files as the system allows, and return that number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = LARGEST if hard == resource.RLIM_INFINITY else min(hard, LARGEST)
    for number in (most, 10_240):  # macOS names no end and takes no more than 10,240
        if soft >= number:
            break
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
            break
        except (ValueError, OSError):
            log.info("the system gives fewer than %d open files", number)
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def phones(limit: int) -> int:
    """Return how many phones a server holds that may have so many files open."""
    return max(0, (limit - OWN) // EACH)


def told(limit: int) -> str:
    """Say how many phones a room may have, and what to do where that is fewer than a room is made for."""
    said = f"  Room for {phones(limit):,} phones at once, as this system lets a program have {limit:,} files open."
    if phones(limit) >= WANTED:
        return said
    return f"{said}\n  For more, start it again after: ulimit -n {WANTED * EACH + OWN}"
