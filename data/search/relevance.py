"""How well findings match a search, by FTS5's own measure (BM25), reckoned from what may be seen alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy import select as question
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col

from data.collection import visibility
from data.collection.database import SEARCH_TABLE, SEARCH_VOCABULARY
from data.collection.snapshot.columns import Numbers, Snapshot
from data.search.words import indexed
from models import Finding, Source

RANKED = text("SELECT rowid, rank FROM finding_search WHERE finding_search MATCH :search")
_INDEXES: WeakKeyDictionary[Snapshot, Engine] = WeakKeyDictionary()
_LOCK = RLock()


def ranks(session: Session, snapshot: Snapshot, expression: str) -> Numbers:
    """Return a number for each finding, the lower the better it matches; infinite where it does not match.

    The measure weighs a word by how rare it is in the whole index, so where findings are withheld an index of the
    others is made in memory: else the order would tell what words the withheld ones hold.
    """
    with index(session, snapshot) as connection:
        rows = _ranked(connection, expression)
    found = np.full(len(snapshot), np.inf)
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    known = np.isin(ids, snapshot.ids)
    found[snapshot.places_of(ids)] = np.array([row[1] for row in rows])[known]
    return found


@contextmanager
def index(session: Session, snapshot: Snapshot) -> Iterator[Connection]:
    """Give a connection to an index of what the snapshot holds and of nothing else."""
    if snapshot.withheld or snapshot.coarse.any():
        with _LOCK, _index(session, snapshot).connect() as connection:
            yield connection
    else:
        yield session.connection()


def _ranked(connection: Connection, expression: str) -> list[Any]:
    return list(connection.execute(RANKED, {"search": expression}))


def _index(session: Session, snapshot: Snapshot) -> Engine:
    """Return an index of what the snapshot holds, which lives as long as the snapshot."""
    if snapshot not in _INDEXES:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        texts = (
            question(
                col(Finding.id), col(Finding.finding), col(Finding.place), col(Finding.population), col(Source.title)
            )
            .join(Source, col(Source.id) == col(Finding.source_id))
            .where(*visibility.findings(snapshot.level))
        )
        with engine.begin() as connection:
            connection.execute(text(SEARCH_TABLE))
            connection.execute(text(SEARCH_VOCABULARY))
            told = _places_told(snapshot)
            rows = [
                (number, *indexed((finding, told.get(int(number or 0), place), *others)))
                for number, finding, place, *others in session.connection().execute(texts)
            ]
            if rows:
                connection.exec_driver_sql("INSERT INTO finding_search (rowid, words, stems) VALUES (?, ?, ?)", rows)
        _INDEXES[snapshot] = engine
    return _INDEXES[snapshot]


def _places_told(snapshot: Snapshot) -> dict[int, str]:
    """Return the places that stand for finer ones, by the id of the finding: no search finds it by the finer."""
    coarse = np.flatnonzero(snapshot.coarse)
    return {int(snapshot.ids[at]): snapshot.places[snapshot.place[at]] for at in coarse}
