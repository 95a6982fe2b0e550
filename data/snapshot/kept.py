"""The snapshots in use: made once for a state of the evidence and a level of access, shared by all who ask at it."""

from threading import RLock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from data import database, seen
from data.snapshot.columns import Snapshot
from data.snapshot.making import read
from data.snapshot.remembering import Remembered

SNAPSHOTS = 6
"""Snapshots kept of one database: each level's, now and as it was for readers still on the version before."""
_KEPT: WeakKeyDictionary[Engine, Remembered[Snapshot]] = WeakKeyDictionary()
_LOCK = RLock()


def of(session: Session) -> Snapshot:
    """Return the snapshot of what a session sees, made now where nobody has asked for it yet.

    Inside a transaction that writes it is made anew each time and not kept: what is seen there may be taken back.
    """
    connection, at = session.connection(), seen.level(session)
    if connection.get_execution_options().get("writing"):
        return read(session, at)
    with _LOCK:
        kept = _KEPT.setdefault(connection.engine, Remembered(SNAPSHOTS))
    return kept.get((database.stamp(session), at), lambda: read(session, at))
