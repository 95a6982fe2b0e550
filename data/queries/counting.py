"""Counts of findings, sources and studies in a filter, by facet and by pairs of facets."""

from dataclasses import replace
from typing import NamedTuple

import pandas as pd
from sqlalchemy import distinct, func, select
from sqlmodel import Session, col

from data.codebook import FACETS, OVERSEAS, Codebook
from data.conditions import conditions
from data.filters import Filter
from data.queries.links import SURE, coded, count_if, levers_with_roles, restricted
from models import Finding, FindingRegion, Source

NONE = ""
"""The code of findings that carry none of a facet."""


class Counts(NamedTuple):
    """How much there is: findings, the sources they come from, and the separate studies those report."""

    findings: int
    sources: int
    studies: int


def counts(session: Session, wanted: Filter, codebook: Codebook) -> Counts:
    """Return how many findings, sources and studies the filter holds."""
    query = (
        select(func.count(), func.count(distinct(col(Finding.source_id))), func.count(distinct(col(Source.study_id))))
        .select_from(Finding)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(*conditions(wanted, codebook))
    )
    return Counts(*session.execute(query).one())


class SetAside(NamedTuple):
    """Findings near the filter that a reader should know of."""

    wider: int
    """About the whole of a country or nation that the chosen regions lie in; `wider=1` takes them in."""
    without_year: int
    """Left out only because their source has no year."""
    without_place: int
    """In the filter, but without coordinates, so not on a map."""


def set_aside(session: Session, wanted: Filter, codebook: Codebook) -> SetAside:
    """Return the findings that the filter leaves out for want of a narrower region or a year, or a map for a place."""
    wider = without_year = 0
    if wanted.region and not wanted.wider:
        narrow, wide = (_number(session, f, codebook) for f in (wanted, replace(wanted, wider=True)))
        wider = wide - narrow
    if wanted.year:
        without_year = _number(session, wanted.without("year"), codebook, _no_year())
    return SetAside(wider, without_year, _number(session, wanted, codebook, col(Finding.latitude).is_(None)))


def _no_year():  # type: ignore[no-untyped-def]
    return col(Finding.source_id).in_(select(col(Source.id)).where(col(Source.year).is_(None)))


def _number(session: Session, wanted: Filter, codebook: Codebook, *more) -> int:  # type: ignore[no-untyped-def]
    query = select(func.count()).select_from(Finding).where(*conditions(wanted, codebook), *more)
    return session.execute(query).scalar_one()


def years(session: Session, wanted: Filter, codebook: Codebook) -> tuple[int, int]:
    """Return the first and last year of publication among the filter's sources, or 0 and 0 where none is known."""
    held = select(col(Finding.source_id)).where(*conditions(wanted, codebook))
    query = select(func.min(col(Source.year)), func.max(col(Source.year))).where(col(Source.id).in_(held))
    first, last = session.execute(query).one()
    return first or 0, last or 0


def facet_codes(session: Session, codebook: Codebook, facet: str) -> tuple[str, ...]:
    """Return the codes a facet offers: the codebook's, and of other countries those that any finding names."""
    if facet != "region":
        return codebook.codes(facet)
    named = set(session.execute(select(col(FindingRegion.region)).distinct()).scalars())
    return tuple(e.code for e in codebook.entries("region") if e.kind != OVERSEAS or e.code in named)


def facets(session: Session, wanted: Filter, codebook: Codebook) -> dict[str, dict[str, int]]:
    """Return for each facet how many findings each of its codes would give, the facet's own choice set aside.

    Zeros are included; the keys of a facet stand in codebook order.
    """
    found = {}
    for facet in FACETS:
        # What is chosen elsewhere counts, and so does the other half of lever and role.
        if facet == "lever":
            # An index holds levers in this order; to leave out second roles beforehand takes three times as long.
            link = levers_with_roles(wanted).subquery()
            code, number = link.c.lever, func.count(distinct(link.c.finding_id))
        else:
            link = coded(facet, wanted).subquery()
            code, number = link.c.code, func.count()
        query = select(code, number).where(*restricted(link, wanted.without(facet), codebook)).group_by(code)
        numbers = {code: number for code, number in session.execute(query)}
        found[facet] = {code: numbers.get(code, 0) for code in facet_codes(session, codebook, facet)}
    return found


def tally(session: Session, wanted: Filter, codebook: Codebook, facet: str) -> pd.DataFrame:
    """Return code, name, findings, sources, studies for each code of a facet, zeros included, within the filter.

    Where the filter names roles, a lever counts only in those, so that choosing it gives the number told.
    """
    link = coded(facet, wanted).subquery()
    query = (
        select(
            link.c.code,
            func.count(),
            func.count(distinct(col(Finding.source_id))),
            func.count(distinct(col(Source.study_id))),
        )
        .join(Finding, col(Finding.id) == link.c.finding_id)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(*restricted(link, wanted, codebook))
        .group_by(link.c.code)
    )
    numbers = {code: tuple(row) for code, *row in session.execute(query)}
    rows = [
        (code, codebook.name(facet, code), *numbers.get(code, (0, 0, 0)))
        for code in facet_codes(session, codebook, facet)
    ]
    return pd.DataFrame(rows, columns=["code", "name", "findings", "sources", "studies"])


def crosstab(session: Session, wanted: Filter, codebook: Codebook, rows: str, columns: str) -> pd.DataFrame:
    """Return row, column, findings, sure for every pair of codes of two facets, zeros included.

    `sure` counts the findings of high or moderate confidence. Findings that carry no code of a facet stand under
    the empty code, so that every finding of the filter is in the table. Where the filter names roles, a lever counts
    only in those, so that choosing a cell gives the number in it.
    """
    if {rows, columns} == {"lever", "role"}:
        # A role belongs to its lever: matched by finding alone, one lever's role would be read as another's.
        links = [levers_with_roles(wanted).subquery()]
        axes = [links[0].c[rows], links[0].c[columns]]
    else:
        links = [coded(facet, wanted).subquery() for facet in (rows, columns)]
        axes = [link.c.code for link in links]
    query = (
        select(
            *(func.coalesce(axis, NONE) for axis in axes),
            func.count(),
            count_if(col(Finding.confidence).in_(SURE)),
        )
        .select_from(Finding)
        .where(*conditions(wanted, codebook))
        .group_by(*axes)
    )
    for link in links:
        query = query.outerjoin(link, link.c.finding_id == col(Finding.id))
    numbers = {(row, column): (findings, sure) for row, column, findings, sure in session.execute(query)}
    down, across = ((*facet_codes(session, codebook, facet), NONE) for facet in (rows, columns))
    table = [(row, column, *numbers.get((row, column), (0, 0))) for row in down for column in across]
    return pd.DataFrame(table, columns=["row", "column", "findings", "sure"])


def sources_of_study(session: Session, wanted: Filter, codebook: Codebook, study: str) -> int:
    """Return how many sources report a study, of those whose findings are in the filter."""
    held = select(col(Finding.source_id)).where(*conditions(wanted, codebook))
    query = select(func.count()).select_from(Source).where(col(Source.study) == study, col(Source.id).in_(held))
    return session.execute(query).scalar_one()
