"""What visitors may take of the server, each a variable of the environment with what holds where it is not set."""

import os
from dataclasses import dataclass

from components.requests import open_files
from data.faults import ForPeople

CONNECTIONS, BY_ADDRESS = "CONNECTIONS", "CONNECTIONS_BY_ADDRESS"
HALF_SENT = "HALF_SENT_SECONDS"
UPLOADS_BY_SESSION, UPLOADS = "UPLOADS_BY_SESSION_MB", "UPLOADS_MB"
USUAL = {HALF_SENT: 10, UPLOADS_BY_SESSION: 400, UPLOADS: 1_000}
"""Ten seconds are long for a head of a few hundred bytes, or for one more part of a body, on the worst of wifi; a load
is of a few files, each of 200 MB at most; and a laptop has the memory for two such loads beside the evidence."""
HELD_BY_A_PHONE = 2
"""Connections that a phone in a room holds all the time, its session's and its stream's; the third comes and goes."""
MB = 1_000_000


class LimitFault(ForPeople):
    """A limit is set to what is no limit; the message says which and what would be."""


@dataclass(frozen=True)
class Limits:
    """What one server allows: see docs/deployment.md for what each means to its keeper."""

    connections: int
    """In all: what the system's limit of open files leaves."""
    by_address: int
    """Sessions and streams of one address: a full room behind one router, which leaves a third of all to others."""
    half_sent: float
    uploads_by_session: int
    uploads: int

    @property
    def held(self) -> int:
        """Return how many sessions and streams there may be: the rest is for what those ask who are in."""
        return max(1, self.connections * 7 // 8)

    @property
    def passing_by_address(self) -> int:
        """Return how many other requests of one address are answered at once."""
        return max(1, self.connections // 12)

    @property
    def waiting_by_address(self) -> int:
        """Return how many more of one address wait for their turn: with those, a full room may answer all at once."""
        return self.connections // 4


def read() -> Limits:
    """Return the limits as the environment sets them, for the files that may be open now; raise LimitFault."""
    most = open_files.connections(open_files.limit())
    connections = min(_set(CONNECTIONS, most), most)
    return Limits(
        connections,
        _set(BY_ADDRESS, open_files.phones(connections) * HELD_BY_A_PHONE),
        _set(HALF_SENT, USUAL[HALF_SENT]),
        _set(UPLOADS_BY_SESSION, USUAL[UPLOADS_BY_SESSION]) * MB,
        _set(UPLOADS, USUAL[UPLOADS]) * MB,
    )


def _set(name: str, usual: int) -> int:
    given = os.environ.get(name) or str(usual)
    if not (given.isascii() and given.isdigit() and int(given) > 0):
        raise LimitFault(f"{name} is {given!r}; give a whole number above 0, or leave it out for {usual:,}.")
    return int(given)
