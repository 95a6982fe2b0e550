"""The findings and sources of a filter, whole, a page at a time or as a stream, and the places they name."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, RowMapping, case, func, literal_column, select, text
from sqlmodel import Session, col

from data.codebook import Codebook
from data.conditions import conditions, search_expression
from data.filters import Filter
from data.queries.links import SURE, Query, count_if, matching
from models import Confidence, Finding, FindingLever, FindingRegion, FindingTheme, Source

ORDERS = ("confidence", "newest", "ref", "relevance")
"""How findings may be ordered; relevance is the order of a search."""
SOURCE_ORDERS = ("newest", "title", "findings", "ref")
"""How sources may be ordered: newest first, by title, most findings first, by ref."""


def findings(
    session: Session,
    wanted: Filter,
    codebook: Codebook,
    order: str = "confidence",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the filter's findings with their source and codes, one row each.

    Codes are joined by semicolons in the order of codes; `lever_roles` runs parallel to `levers`. Columns: those of
    FINDING_FIELDS below.
    """
    rows = session.execute(_findings(wanted, codebook, order).limit(limit).offset(offset)).all()
    return pd.DataFrame(rows, columns=list(FINDING_FIELDS))


def stream_findings(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[RowMapping]:
    """Yield the filter's findings by ref, as `findings` does, without holding them all."""
    query = _findings(wanted, codebook, "ref").execution_options(yield_per=500)
    yield from session.execute(query).mappings()


def stream_sources(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[RowMapping]:
    """Yield the sources of the filter's findings by ref, with how many of those findings each holds."""
    yield from session.execute(_sources(wanted, codebook).execution_options(yield_per=500)).mappings()


def sources(
    session: Session,
    wanted: Filter,
    codebook: Codebook,
    order: str = "ref",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the sources of the filter's findings; columns: those of a sources file, then `findings`.

    `order` is one of SOURCE_ORDERS.
    """
    first: dict[str, list[ColumnElement[Any]]] = {
        "newest": [col(Source.year).desc().nulls_last()],
        "title": [func.lower(col(Source.title))],
        "findings": [literal_column("findings").desc()],
    }
    query = _sources(wanted, codebook).order_by(None).order_by(*first.get(order, []), col(Source.ref))
    rows = session.execute(query.limit(limit).offset(offset)).all()
    return pd.DataFrame(rows, columns=[*SOURCE_FIELDS, "findings"])


SOURCE_FIELDS = (
    "source_id", "strand", "title", "authors", "organisation", "year", "source_type",
    "method", "url", "doi", "accessed", "read", "study", "access",
)  # fmt: skip
FINDING_FIELDS = (
    "finding_id", "source_id", "finding", "place", "regions", "latitude", "longitude", "themes", "levers",
    "lever_roles", "direction", "confidence", "confidence_reason", "population", "period", "coder", "coded_on",
    "strand", "title", "authors", "organisation", "year", "source_type", "method", "url", "doi", "accessed", "read",
    "study", "access", "source_access",
)  # fmt: skip


def _joined(link: Any, column: str) -> ColumnElement[str]:
    """Return a finding's own codes from a link table, joined by semicolons in code order."""
    table: Query = select(col(getattr(link, column)).label("code")).where(
        col(link.finding_id) == col(Finding.id),
        col(link.coded),
    )
    order = [col(link.lever), col(link.role)] if link is FindingLever else [col(getattr(link, column))]
    listed = table.order_by(*order).correlate(Finding).subquery()
    return select(func.coalesce(func.group_concat(listed.c.code, ";"), "")).scalar_subquery()


def _findings(wanted: Filter, codebook: Codebook, order: str) -> Query:
    f, s = Finding, Source
    query: Query = (
        select(
            col(f.ref).label("finding_id"),
            col(s.ref).label("source_id"),
            col(f.finding),
            col(f.place),
            _joined(FindingRegion, "region").label("regions"),
            col(f.latitude),
            col(f.longitude),
            _joined(FindingTheme, "theme").label("themes"),
            _joined(FindingLever, "lever").label("levers"),
            _joined(FindingLever, "role").label("lever_roles"),
            *(col(getattr(f, name)) for name in FINDING_FIELDS[10:17]),
            *(col(getattr(s, name)) for name in FINDING_FIELDS[17:-2]),
            col(f.access),
            col(s.access).label("source_access"),
        )
        .select_from(f)
        .join(s, col(s.id) == col(f.source_id))
        .where(*conditions(wanted, codebook))
    )
    if order == "relevance" and search_expression(wanted.q):
        ranks = (
            select(literal_column("rowid").label("id"), literal_column("rank").label("rank"))
            .select_from(text("finding_search"))
            .where(text("finding_search MATCH :ranked").bindparams(ranked=search_expression(wanted.q)))
            .subquery()
        )
        return query.join(ranks, ranks.c.id == col(f.id)).order_by(ranks.c.rank, col(f.ref))
    if order == "newest":
        return query.order_by(col(s.year).desc().nulls_last(), col(f.ref))
    if order == "confidence":
        rank = case({word: place for place, word in enumerate(Confidence)}, value=col(f.confidence))
        return query.order_by(rank, col(f.ref))
    return query.order_by(col(f.ref))


def _sources(wanted: Filter, codebook: Codebook) -> Query:
    s = Source
    held = (
        select(col(Finding.source_id).label("id"), func.count().label("findings"))
        .where(*conditions(wanted, codebook))
        .group_by(col(Finding.source_id))
        .subquery()
    )
    return (
        select(col(s.ref).label("source_id"), *(col(getattr(s, name)) for name in SOURCE_FIELDS[1:]), held.c.findings)
        .join(held, held.c.id == col(s.id))
        .order_by(col(s.ref))
    )


def places(session: Session, wanted: Filter, codebook: Codebook) -> pd.DataFrame:
    """Return each place with coordinates: place, latitude, longitude, findings, sure, refs, and counts by direction."""
    f = Finding
    directions = ("strengthened", "impeded", "mixed")
    query = (
        select(
            func.min(col(f.place)),
            col(f.latitude),
            col(f.longitude),
            func.count(),
            count_if(col(f.confidence).in_(SURE)),
            func.group_concat(col(f.ref), ","),
            *(count_if(col(f.direction) == word) for word in directions),
        )
        .where(col(f.latitude).is_not(None), col(f.id).in_(matching(wanted, codebook)))
        .group_by(col(f.latitude), col(f.longitude))
        .order_by(func.count().desc(), func.min(col(f.place)))
    )
    columns = ["place", "latitude", "longitude", "findings", "sure", "refs", *directions]
    return pd.DataFrame(session.execute(query).all(), columns=columns)
