"""A filter told again, as SQL conditions on findings: what the selection out of a snapshot is held to."""

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Integer, false, func, literal_column, or_, select, text
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.collection.snapshot import current
from data.filters.filter import Filter
from data.search.reading import holding, reading
from models import Finding, FindingLever, FindingRegion, FindingTheme, Source


def conditions(session: Session, wanted: Filter, codebook: Codebook) -> list[ColumnElement[bool]]:
    """Return the conditions a finding must meet to be in the filter; an empty list means every finding."""
    found: list[ColumnElement[bool]] = []
    if wanted.strand or wanted.method or wanted.year:
        found.append(col(Finding.source_id).in_(in_sources(wanted)))
    if wanted.region:
        found.append(_in_regions(wanted, codebook))
    if wanted.theme:
        found.append(
            col(Finding.id).in_(select(col(FindingTheme.finding_id)).where(col(FindingTheme.theme).in_(wanted.theme)))
        )
    if wanted.lever or wanted.role:
        found.append(col(Finding.id).in_(_with_lever(wanted)))
    if wanted.direction:
        found.append(col(Finding.direction).in_(wanted.direction))
    if wanted.confidence:
        found.append(col(Finding.confidence).in_(wanted.confidence))
    if wanted.finding:
        found.append(col(Finding.ref).in_(wanted.finding))
    if wanted.q and (read := reading(session, wanted.q)).asks:
        snapshot = current.of(session)
        # The collection's index finds places too that some levels are told only by their region.
        coarse = bool(snapshot.coarse.any())
        ids = snapshot.ids[holding(session, snapshot, read.expression)] if coarse else ()
        found.append(_one_of(ids) if coarse else _matching(read.expression))
    return found


def _one_of(ids: Iterable[int]) -> ColumnElement[bool]:
    listed = func.json_each(json.dumps([int(number) for number in ids])).table_valued("value")
    return col(Finding.id).in_(select(listed.c.value))


def in_sources(wanted: Filter):  # type: ignore[no-untyped-def]
    """Return the ids of sources of the filter's strands, methods and years."""
    query = select(col(Source.id))
    if wanted.strand:
        query = query.where(col(Source.strand).in_(wanted.strand))
    if wanted.method:
        query = query.where(col(Source.method).in_(wanted.method))
    if wanted.year:
        query = query.where(col(Source.year).between(*wanted.year))
    return query


def _in_regions(wanted: Filter, codebook: Codebook) -> ColumnElement[bool]:
    link = FindingRegion
    inside: ColumnElement[bool] = col(link.region).in_(wanted.region)
    around = {wider for code in wanted.region for wider in codebook.ancestors("region", code)}
    if wanted.wider and around:
        # Only those coded to the whole itself: those coded to another of its parts stay out.
        inside = or_(inside, col(link.region).in_(sorted(around)) & col(link.coded))
    return col(Finding.id).in_(select(col(link.finding_id)).where(inside))


def _with_lever(wanted: Filter):  # type: ignore[no-untyped-def]
    query = select(col(FindingLever.finding_id))
    if wanted.lever:
        query = query.where(col(FindingLever.lever).in_(wanted.lever))
    if wanted.role:
        query = query.where(col(FindingLever.role).in_(wanted.role))
    return query


def _matching(expression: str) -> ColumnElement[bool]:
    """Return the condition that a finding is found by a search as it is read; none is where no word is held."""
    if not expression:
        return false()
    ids = select(literal_column("rowid", Integer)).select_from(text("finding_search"))
    return col(Finding.id).in_(ids.where(text("finding_search MATCH :search").bindparams(search=expression)))
