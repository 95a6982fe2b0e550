"""The sources of a filter: how many, of which years, which share a study, and which findings each holds."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement
from sqlalchemy import select as question
from sqlmodel import Session, col

from data.collection import visibility
from data.collection.codebook import Codebook
from data.collection.snapshot import current
from data.collection.snapshot.columns import NO_YEAR, Numbers, Snapshot
from data.facets import EVERY
from data.filters.filter import Filter
from data.filters.selection import select
from data.queries.listing import SOURCE_FIELDS, among
from models import Source

LONGEST_SPAN = 200
"""Years that a table by year runs over at most; older years stand in it only where they have a source."""


class Held(NamedTuple):
    """What is known of the filter's sources as a whole."""

    sources: int
    studies: int
    with_year: int
    first: int
    """The earliest year, or 0 where none is known."""
    last: int
    linked: int
    """Sources with an address that a browser opens as a page."""
    with_doi: int
    sharing: int
    """Sources that report the same study as another of these sources."""
    shared: int
    """The studies that those report."""


def held(session: Session, wanted: Filter, codebook: Codebook) -> Held:
    """Return how many sources the filter holds, of which years, with which addresses, and how many share a study."""
    chosen = select(session, wanted, codebook)
    snapshot, here = chosen.snapshot, chosen.sources
    year = snapshot.year[here]
    known = year[year != NO_YEAR]
    first, last = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    by_study = np.bincount(snapshot.source_study[here])
    shared = by_study[by_study > 1]
    return Held(
        len(here), int((by_study > 0).sum()), len(known), first, last,
        int(snapshot.linked[here].sum()), int(snapshot.with_doi[here].sum()), int(shared.sum()), len(shared),
    )  # fmt: skip


def by_year(session: Session, wanted: Filter, codebook: Codebook) -> pd.DataFrame:
    """Return year, sources for each year from the first to the last that a source of the filter shows, zeros included.

    Sources without a year are in no row; `held` counts them.
    """
    chosen = select(session, wanted, codebook)
    year = chosen.snapshot.year[chosen.sources]
    numbers = Counter(year[year != NO_YEAR].tolist())
    last = max(numbers, default=0)
    every = {*numbers, *range(max(min(numbers, default=1), last - LONGEST_SPAN), last + 1)}
    return pd.DataFrame([(year, numbers[year]) for year in sorted(every)], columns=["year", "sources"])


OF_SOURCES = frozenset({"strand", "method", "year"})
"""Keys of a filter that a source answers by itself."""


def without_findings(session: Session, wanted: Filter, codebook: Codebook) -> pd.DataFrame:
    """Return the sources that hold no finding yet, newest first, then by ref; they are in no count of the filter.

    A filter that asks for anything only a finding has, such as a theme, holds none of them. Columns: those of a sources
    file.
    """
    snapshot = current.of(session)
    idle = np.ones(len(snapshot.source_ids), dtype=bool)
    idle[snapshot.source] = False
    if not OF_SOURCES.issuperset(wanted.narrowing()) or not idle.any():
        return pd.DataFrame(columns=list(SOURCE_FIELDS))
    query = (
        question(col(Source.ref), *(col(getattr(Source, name)) for name in SOURCE_FIELDS[1:]))
        .where(among(col(Source.id), snapshot.source_ids[idle]), *_chosen(wanted))
        .where(*visibility.sources(snapshot.level))
        .order_by(col(Source.year).desc().nulls_last(), col(Source.ref))
    )
    return pd.DataFrame([tuple(row) for row in session.execute(query)], columns=list(SOURCE_FIELDS))


def _chosen(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a source must meet by what stands with it: its facets and its year."""
    for facet in EVERY:
        if facet.of_source and (codes := wanted.chosen(facet.key)):
            yield col(getattr(Source, facet.key)).in_(codes)
    if wanted.year:
        yield col(Source.year).between(*wanted.year)


class OfSource(NamedTuple):
    """The refs of a source's findings that are in the filter, and how many findings it has in all."""

    refs: tuple[str, ...]
    total: int


def findings_of(session: Session, wanted: Filter, codebook: Codebook, source: str) -> OfSource:
    """Return a source's findings, by its ref."""
    chosen = select(session, wanted, codebook)
    snapshot = chosen.snapshot
    ids = list(session.execute(question(col(Source.id)).where(col(Source.ref) == source)).scalars())
    own = np.flatnonzero(np.isin(snapshot.source, snapshot.sources_of(np.array(ids, dtype=np.int64))))
    return OfSource(refs_of(snapshot, own[chosen.held[own]]), len(own))


def refs_of(snapshot: Snapshot, findings: Numbers) -> tuple[str, ...]:
    """Return the refs of findings, in their order."""
    return tuple(snapshot.refs[place] for place in sorted(snapshot.ref[findings].tolist()))


def sharing(session: Session, wanted: Filter, codebook: Codebook, study: str = "") -> pd.DataFrame:
    """Return every source of the collection that reports a study together with another, where the filter holds one.

    By study, then ref; `study` narrows to one. Columns: those of a sources file, then here, whether the source is in
    the filter itself.
    """
    chosen = select(session, wanted, codebook)
    snapshot, s = chosen.snapshot, Source
    several = np.bincount(snapshot.source_study) > 1
    several &= np.isin(np.arange(len(several)), snapshot.source_study[chosen.sources])
    told = snapshot.source_ids[several[snapshot.source_study]]
    here = set(snapshot.source_ids[chosen.sources].tolist())
    query = (
        question(col(s.id), col(s.ref), *(col(getattr(s, name)) for name in SOURCE_FIELDS[1:]))
        .where(among(col(s.id), told))
        .order_by(col(s.study), col(s.ref))
    )
    if study:
        query = query.where(col(s.study) == study)
    rows = [(*row, number in here) for number, *row in session.execute(query)]
    return pd.DataFrame(rows, columns=[*SOURCE_FIELDS, "here"])
