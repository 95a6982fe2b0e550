"""A filter as the findings it holds, picked out of a snapshot: the one telling of what a filter means.

Each key of the filter is a part of its own, remembered with the snapshot: what is asked of a facet, its own choice set
aside, is put together from parts that are there already. Only the words of a search are asked of the database.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.collection.snapshot import current
from data.collection.snapshot.columns import Links, Numbers, Snapshot
from data.collection.snapshot.making import role_bit
from data.facets import EVERY
from data.filters.filter import Filter
from data.search.reading import holding, reading


@dataclass(frozen=True, eq=False)
class Selection:
    """The findings of a filter among those of a snapshot."""

    snapshot: Snapshot
    held: Numbers
    """Whether each finding is in the filter."""

    @cached_property
    def findings(self) -> Numbers:
        """Return where the filter's findings stand in the snapshot, in its order."""
        return np.flatnonzero(self.held)

    @cached_property
    def refs(self) -> frozenset[str]:
        """Return the refs of the filter's findings."""
        return frozenset(self.snapshot.refs[place] for place in self.snapshot.ref[self.findings].tolist())

    @cached_property
    def sources(self) -> Numbers:
        """Return where the sources of the filter's findings stand in the snapshot, each once."""
        return each_once(self.snapshot.source[self.findings])


def select(session: Session, wanted: Filter, codebook: Codebook) -> Selection:
    """Return the findings of a filter that the session may see."""
    snapshot = current.of(session)
    held = np.ones(len(snapshot), dtype=bool)
    for key, find in _finders(session, snapshot, wanted, codebook).items():
        held &= snapshot.pieces.get(key, find)
    return Selection(snapshot, held)


def each_once(places: Numbers) -> Numbers:
    """Return places that stand in order, each once."""
    once: Numbers = places[starts(places)]
    return once


def starts(*columns: Numbers) -> Numbers:
    """Return where rows differ in any column from the row before; the first does."""
    new = np.ones(len(columns[0]), dtype=bool)
    if len(new):
        new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return new


def _finders(
    session: Session, snapshot: Snapshot, wanted: Filter, codebook: Codebook
) -> dict[tuple[object, ...], Callable[[], Numbers]]:
    """Return a function for each key that is set, which tells which findings that key alone lets through.

    Each stands under its key and choice, by which its answer is remembered.
    """
    found: dict[tuple[object, ...], Callable[[], Numbers]] = {}
    for facet in EVERY:
        if facet.alone and (chosen := wanted.chosen(facet.key)):
            found[facet.key, chosen] = partial(_with_any, snapshot, snapshot.links[facet.key], chosen)
    if wanted.region:
        around = _around(wanted, codebook) if wanted.wider else ()
        found["region", wanted.region, around] = lambda: (
            _with_any(snapshot, snapshot.links["region"], wanted.region) | _with_any(snapshot, snapshot.about, around)
        )
    if wanted.lever or wanted.role:
        found["lever", wanted.lever, wanted.role] = lambda: _with_lever(snapshot, wanted)
    if wanted.year:
        found["year", wanted.year] = lambda: _in_years(snapshot, *wanted.year)  # type: ignore[misc]
    if wanted.finding:
        found["finding", wanted.finding] = lambda: _with_refs(snapshot, wanted.finding)
    if wanted.q and (read := reading(session, wanted.q, snapshot)).asks:
        found["q", read.expression] = lambda: holding(session, snapshot, read.expression)
    return found


def _with_any(snapshot: Snapshot, links: Links, codes: tuple[str, ...]) -> Numbers:
    held = np.zeros(len(snapshot), dtype=bool)
    for code in codes:
        held[links.finding[links.of(code)]] = True
    return held


def _around(wanted: Filter, codebook: Codebook) -> tuple[str, ...]:
    """Return the wider codes that the chosen regions lie in; only findings coded to these themselves are meant."""
    return tuple(sorted({wider for code in wanted.region for wider in codebook.ancestors("region", code)}))


def _with_lever(snapshot: Snapshot, wanted: Filter) -> Numbers:
    links, roles = snapshot.links["lever"], roles_mask(wanted)
    held = np.zeros(len(snapshot), dtype=bool)
    for code in wanted.lever or links.codes:
        carriers = links.of(code)
        held[links.finding[carriers][(links.roles[carriers] & roles) > 0]] = True  # type: ignore[index]
    return held


def roles_mask(wanted: Filter) -> int:
    """Return the bits of the filter's roles; of all where it names none."""
    return sum(role_bit(role) for role in wanted.role) if wanted.role else 0xFF


def _in_years(snapshot: Snapshot, first: int, last: int) -> Numbers:
    inside = (snapshot.year >= first) & (snapshot.year <= last)
    held: Numbers = inside[snapshot.source]
    return held


def _with_refs(snapshot: Snapshot, refs: tuple[str, ...]) -> Numbers:
    known = np.zeros(len(snapshot), dtype=bool)
    for ref in refs:
        place = bisect_left(snapshot.refs, ref)
        known[place : place + 1] = snapshot.refs[place : place + 1] == (ref,)
    held: Numbers = known[snapshot.ref]
    return held
