"""Which findings carry which code of a facet, as SQL that every count is built on."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select, union
from sqlalchemy.orm import aliased
from sqlmodel import col

from data.codebook import Codebook
from data.conditions import conditions
from data.filters import Filter
from models import Confidence, Finding, FindingLever, FindingRegion, FindingTheme, Region, Source

Query = Select[*tuple[Any, ...]]
"""A query of any columns; what they are stands in each function's promise."""
SURE = (Confidence.HIGH, Confidence.MODERATE)
"""The confidences that count as something to rest on."""


def coded(facet: str, wanted: Filter) -> Query:
    """Return (finding_id, code) once for each finding and code of the facet, wider codes included.

    A code counts as it would if the filter chose it: a lever only in the filter's roles, a role only
    for the filter's levers, and a region with the findings about the whole it lies in where the filter takes them in.
    """
    link = FindingLever
    if facet in ("lever", "role"):
        code = col(link.lever) if facet == "lever" else col(link.role)
        query: Query = select(col(link.finding_id).label("finding_id"), code.label("code"))
        if facet == "lever":
            query = query.where(*in_roles(wanted))
        elif wanted.lever:
            query = query.where(col(link.lever).in_(wanted.lever))
        return query.distinct()
    if facet == "theme":
        return select(col(FindingTheme.finding_id).label("finding_id"), col(FindingTheme.theme).label("code"))
    if facet == "region":
        named: Query = select(
            col(FindingRegion.finding_id).label("finding_id"), col(FindingRegion.region).label("code")
        )
        return select(*union(named, _about_the_whole()).subquery().c) if wanted.wider else named
    if facet in ("direction", "confidence"):
        return select(col(Finding.id).label("finding_id"), col(getattr(Finding, facet)).label("code"))
    source = col(getattr(Source, facet))
    return (
        select(col(Finding.id).label("finding_id"), source.label("code"))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(source != "")
    )


def levers_with_roles(wanted: Filter) -> Query:
    """Return (finding_id, lever, role) for each lever and role of the filter, wider levers included."""
    link = FindingLever
    query: Query = select(
        col(link.finding_id).label("finding_id"), col(link.lever).label("lever"), col(link.role).label("role")
    )
    return query.where(*in_roles(wanted))


def in_roles(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the condition that keeps a lever in the filter's roles, or nothing where it names none."""
    return [col(FindingLever.role).in_(wanted.role)] if wanted.role else []


def _about_the_whole() -> Query:
    """Return (finding_id, code) for each region within another that a finding is about the whole of."""
    region = aliased(Region)
    above = (
        select(col(Region.code).label("part"), col(Region.parent).label("whole"))
        .where(col(Region.parent).is_not(None))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(above.c.part, col(region.parent))
        .join(region, col(region.code) == above.c.whole)
        .where(col(region.parent).is_not(None))
    )
    link = aliased(FindingRegion)
    return (
        select(col(link.finding_id), above.c.part).join(above, above.c.whole == col(link.region)).where(col(link.coded))
    )


def matching(wanted: Filter, codebook: Codebook) -> Query:
    """Return the ids of the findings in the filter."""
    return select(col(Finding.id)).where(*conditions(wanted, codebook))


def restricted(link: Subquery, wanted: Filter, codebook: Codebook) -> list[ColumnElement[bool]]:
    """Return the condition that keeps links of findings in the filter; nothing where the filter is empty."""
    if not conditions(wanted, codebook):
        return []
    return [link.c.finding_id.in_(matching(wanted, codebook))]


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return the number of rows that meet a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
