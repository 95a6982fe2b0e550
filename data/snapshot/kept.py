"""The snapshots in use: made once for a state of the evidence and a level of access, shared by all who ask at it."""

from threading import RLock
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from data import database, seen
from data.snapshot.columns import Snapshot
from data.snapshot.making import read
from data.snapshot.remembering import Remembered

SNAPSHOTS = 6
"""Snapshots kept of one database: each level's, now and as it was for readers still on the version before."""
OF_TRANSACTION = "snapshot"
"""Under which a session holds its transaction, level and snapshot."""
_KEPT: WeakKeyDictionary[Engine, Remembered[Snapshot]] = WeakKeyDictionary()
_LOCK = RLock()


def of(session: Session) -> Snapshot:
    """Return the snapshot of what a session sees, made now where nobody has asked for it yet.

    A transaction sees one state of the evidence from its first question on, so it is asked for once in each. One that
    writes has its own made, which is not kept: what is seen there may be taken back.
    """
    connection, at, transaction = session.connection(), seen.level(session), session.get_transaction()
    if connection.get_execution_options().get("writing"):
        return read(session, at)
    seen_before = session.info.get(OF_TRANSACTION)
    if seen_before and seen_before[:2] == (transaction, at):
        return cast(Snapshot, seen_before[2])
    with _LOCK:
        kept = _KEPT.setdefault(connection.engine, Remembered(SNAPSHOTS))
    found = kept.get((database.stamp(session), at), lambda: read(session, at))
    session.info[OF_TRANSACTION] = (transaction, at, found)
    return found
