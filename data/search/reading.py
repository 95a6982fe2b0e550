"""A search as the evidence answers it: which words are found, and how; one reading for every place that counts.

What may not be seen at a level of access has no part in it: a word that only a withheld finding holds is not found.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import text
from sqlmodel import Session

from data.collection.snapshot import current
from data.collection.snapshot.bounded_memory import Remembered
from data.collection.snapshot.columns import Numbers, Snapshot
from data.search import relevance
from data.search.terms import Term, TermKind, typed

READINGS = 64
_READ: WeakKeyDictionary[Snapshot, Remembered["Reading"]] = WeakKeyDictionary()
FOUND = text("SELECT group_concat(rowid) FROM finding_search WHERE finding_search MATCH :search")


@dataclass(frozen=True)
class Reading:
    """How a search is read: what it finds, and what of it had to be read otherwise or let go."""

    terms: tuple[Term, ...] = ()
    """The terms that some finding holds, as they are searched for."""
    beginnings: tuple[Term, ...] = ()
    """Those of them that no finding holds as a word, and that are read as beginnings."""
    missing: tuple[Term, ...] = ()
    """The terms that no finding holds at all."""
    operators: tuple[str, ...] = ()
    at_most: int = 0
    """How many of the terms one finding holds at the most; findings that hold so many are found."""
    expression: str = ""
    """What is found, in FTS5's language; empty where nothing is searched for, or no term is held."""

    @property
    def asks(self) -> bool:
        """Tell whether anything is searched for."""
        return bool(self.terms or self.missing)


def reading(session: Session, search: str, snapshot: Snapshot | None = None) -> Reading:
    """Return how a search is read at the session's level of access.

    A word is a whole word or one of the same stem; where no finding holds it, the beginning of words. Of terms that no
    finding holds together, the findings are found that hold the most of them.
    """
    seen = current.of(session) if snapshot is None else snapshot
    return _READ.setdefault(seen, Remembered(READINGS)).get(search, lambda: _read(session, seen, search))


def holding(session: Session, snapshot: Snapshot, expression: str) -> Numbers:
    """Return whether each finding of the snapshot is found by an expression; an empty one finds nothing."""
    held = np.zeros(len(snapshot), dtype=bool)
    if not expression:
        return held
    # The collection's own index knows every place: where some are told coarsely, that of what is told is asked.
    asked = relevance.index(session, snapshot) if snapshot.coarse.any() else nullcontext(session.connection())
    with asked as connection:
        ids = connection.execute(FOUND, {"search": expression}).scalar_one()
    if ids:
        held[snapshot.places_of(np.fromstring(ids, dtype=np.int64, sep=","))] = True
    return held


def _read(session: Session, snapshot: Snapshot, search: str) -> Reading:
    asked = typed(search)
    held: dict[Term, Numbers] = {}
    beginnings: list[Term] = []
    missing: list[Term] = []
    for term in asked.terms:
        found, as_found = _found(term, lambda tried: holding(session, snapshot, tried.expression))
        if not as_found.any():
            missing.append(term)
            continue
        held[found] = as_found
        if found != term:
            beginnings.append(found)
    at_most, expression = _best(held)
    return Reading(tuple(held), tuple(beginnings), tuple(missing), asked.operators, at_most, expression)


def _found(term: Term, find: Callable[[Term], Numbers]) -> tuple[Term, Numbers]:
    found = find(term)
    if found.any() or term.kind is not TermKind.WORD:
        return term, found
    return term.as_beginning(), find(term.as_beginning())


def _best(held: dict[Term, Numbers]) -> tuple[int, str]:
    """Return how many terms a finding holds at the most, and the expression for every choice of so many that occurs."""
    if not held:
        return 0, ""
    which = np.array(list(held.values()))
    most = int(which.sum(axis=0).max())
    choices = np.unique(which[:, which.sum(axis=0) == most], axis=1).T
    terms = [term.expression for term in held]
    ways = [" AND ".join(terms[place] for place in np.flatnonzero(choice)) for choice in choices]
    return most, " OR ".join(f"({way})" for way in ways)
