"""How many files and connections the server may hold: all that the system allows, and how many phones that is."""

import logging
import resource

EACH = 3
"""What a phone in a room costs: its page's session, its stream, and an answer or a file of the page now and then."""
OWN = 96
"""What the server keeps for itself: the database and its log, by each thread that asks; the files of pages as they are
sent, 28 at a time; those of its modules."""
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
    return limit()


def limit() -> int:
    """Return how many files this process may hold now."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def connections(limit: int) -> int:
    """Return how many connections a server takes that may have so many files open."""
    return max(EACH, limit - OWN)


def phones(connections: int) -> int:
    """Return how many phones a room may have on so many connections."""
    return connections // EACH


def told(limit: int, taken: int) -> str:
    """Say how many phones a room may have on so many connections, and what to do where a room is made for more."""
    said = f"  Room for {phones(taken):,} phones at once, as this system lets a program have {limit:,} files open."
    if taken < connections(limit):
        return f"  Room for {phones(taken):,} phones at once, as CONNECTIONS is set to {taken:,}."
    if phones(taken) >= WANTED:
        return said
    return f"{said}\n  For more, start it again after: ulimit -n {WANTED * EACH + OWN}"
