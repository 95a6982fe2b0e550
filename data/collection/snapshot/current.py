"""The snapshots in use: made once for a state of the evidence and a level of access, shared by all who ask at it."""

from threading import RLock
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import database, visibility
from data.collection.snapshot.bounded_memory import Remembered
from data.collection.snapshot.columns import Snapshot
from data.collection.snapshot.making import read

SNAPSHOTS = 6
"""Snapshots kept of one database: each level's, now and as it was for readers still on the version before."""
_KEPT: WeakKeyDictionary[Engine, Remembered[Snapshot]] = WeakKeyDictionary()
_LOCK = RLock()


def of(session: Session) -> Snapshot:
    """Return the snapshot of what a session sees, made now where nobody has asked for it yet.

    A session that was opened with a `snapshot` of its level keeps to it, whatever is loaded meanwhile. Else each of its
    transactions has the one of the state that it sees; a transaction that writes has its own made, which is not kept:
    what is seen there may be taken back.
    """
    at = visibility.level(session)
    given: Snapshot | None = session.info.get("snapshot")
    if given is not None and given.level == at:
        return given
    connection, transaction = session.connection(), session.get_transaction()
    if connection.get_execution_options().get("writing"):
        return read(session, at)
    asked_before, its_level, found = session.info.get("seen_in", (None, None, None))
    if asked_before is not transaction or its_level != at:
        with _LOCK:
            kept = _KEPT.setdefault(connection.engine, Remembered(SNAPSHOTS))
        found = kept.get((database.stamp(session), at), lambda: read(session, at))
        session.info["seen_in"] = (transaction, at, found)
    return cast(Snapshot, found)
