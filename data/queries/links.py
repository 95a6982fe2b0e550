"""Which findings carry which code of a facet, as SQL that every count is built on."""

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlmodel import col

from data.codebook import Codebook
from data.conditions import conditions
from data.filters import Filter
from models import Confidence, Finding, FindingLever, FindingRegion, FindingTheme, Source

SURE = (Confidence.HIGH, Confidence.MODERATE)
"""The confidences that count as something to rest on."""


def coded(facet: str, wanted: Filter | None = None) -> Select[tuple[int, str]]:
    """Return (finding_id, code) once for each finding and code of the facet, wider codes included.

    With `wanted`, a lever counts only in the filter's roles and a role only for the filter's levers.
    """
    link = FindingLever
    if facet in ("lever", "role"):
        code = col(link.lever) if facet == "lever" else col(link.role)
        query = select(col(link.finding_id).label("finding_id"), code.label("code"))
        if wanted and wanted.role and facet == "lever":
            query = query.where(col(link.role).in_(wanted.role))
        if wanted and wanted.lever and facet == "role":
            query = query.where(col(link.lever).in_(wanted.lever))
        return query.distinct()
    if facet == "theme":
        return select(col(FindingTheme.finding_id).label("finding_id"), col(FindingTheme.theme).label("code"))
    if facet == "region":
        return select(col(FindingRegion.finding_id).label("finding_id"), col(FindingRegion.region).label("code"))
    if facet in ("direction", "confidence"):
        return select(col(Finding.id).label("finding_id"), col(getattr(Finding, facet)).label("code"))
    source = col(getattr(Source, facet))
    return (
        select(col(Finding.id).label("finding_id"), source.label("code"))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(source != "")
    )


def matching(wanted: Filter, codebook: Codebook) -> Select[tuple[int]]:
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
