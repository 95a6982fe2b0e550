"""The sources of a filter: how many, of which years, which share a study, and which findings each holds."""

from typing import NamedTuple

import pandas as pd
from sqlalchemy import distinct, func, select
from sqlmodel import Session, col

from data.codebook import Codebook
from data.conditions import conditions
from data.filters import Filter
from data.queries.links import Query, count_if
from data.queries.listing import SOURCE_FIELDS
from models import Finding, Source

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
    s = Source
    web = col(s.url).like("http://%") | col(s.url).like("https://%")
    whole = select(
        func.count(), func.count(distinct(col(s.study_id))), func.count(col(s.year)), func.min(col(s.year)),
        func.max(col(s.year)), count_if(web), count_if(col(s.doi) != ""),
    ).where(col(s.id).in_(_inside(wanted, codebook)))  # fmt: skip
    sources, studies, with_year, first, last, linked, with_doi = session.execute(whole).one()
    by_study = (
        select(func.count().label("sources"))
        .where(col(s.id).in_(_inside(wanted, codebook)))
        .group_by(col(s.study_id))
        .having(func.count() > 1)
        .subquery()
    )
    sharing, shared = session.execute(select(func.coalesce(func.sum(by_study.c.sources), 0), func.count())).one()
    return Held(sources, studies, with_year, first or 0, last or 0, linked, with_doi, sharing, shared)


def _inside(wanted: Filter, codebook: Codebook) -> Query:
    return select(col(Finding.source_id)).where(*conditions(wanted, codebook))


def by_year(session: Session, wanted: Filter, codebook: Codebook) -> pd.DataFrame:
    """Return year, sources for each year from the first to the last that a source of the filter shows, zeros included.

    Sources without a year are in no row; `held` counts them.
    """
    query = (
        select(col(Source.year), func.count())
        .where(col(Source.id).in_(_inside(wanted, codebook)), col(Source.year).is_not(None))
        .group_by(col(Source.year))
    )
    numbers = {year: number for year, number in session.execute(query)}
    last = max(numbers, default=0)
    every = {*numbers, *range(max(min(numbers, default=1), last - LONGEST_SPAN), last + 1)}
    return pd.DataFrame([(year, numbers.get(year, 0)) for year in sorted(every)], columns=["year", "sources"])


class OfSource(NamedTuple):
    """The refs of a source's findings that are in the filter, and how many findings it has in all."""

    refs: tuple[str, ...]
    total: int


def findings_of(session: Session, wanted: Filter, codebook: Codebook, source: str) -> OfSource:
    """Return a source's findings, by its ref."""
    own = (
        select(col(Finding.ref)).join(Source, col(Source.id) == col(Finding.source_id)).where(col(Source.ref) == source)
    )
    refs = session.execute(own.where(*conditions(wanted, codebook)).order_by(col(Finding.ref))).scalars()
    return OfSource(tuple(refs), session.execute(select(func.count()).select_from(own.subquery())).scalar_one())


def sharing(session: Session, wanted: Filter, codebook: Codebook, study: str = "") -> pd.DataFrame:
    """Return every source of the collection that reports a study together with another, where the filter holds one.

    By study, then ref; `study` narrows to one. Columns: those of a sources file, then here, whether the source is in
    the filter itself.
    """
    s = Source
    inside = col(s.id).in_(_inside(wanted, codebook))
    told = select(col(s.study_id)).where(inside)
    several = select(col(s.study_id)).group_by(col(s.study_id)).having(func.count() > 1)
    query = (
        select(col(s.ref), *(col(getattr(s, name)) for name in SOURCE_FIELDS[1:]), inside)
        .where(col(s.study_id).in_(told), col(s.study_id).in_(several))
        .order_by(col(s.study), col(s.ref))
    )
    if study:
        query = query.where(col(s.study) == study)
    return pd.DataFrame(session.execute(query).all(), columns=[*SOURCE_FIELDS, "here"])
