"""Which findings and sources a question may see: the one rule of access, and the only SQL that holds it.

A finding may be seen where its own access and its source's both allow it. A source may be seen where its own access
allows it and it holds a finding that may be seen, or holds none at all: a source whose findings are all withheld is
withheld with them. So is a code that a load added to the codebook for such findings alone.
"""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from data.collection.access import seen_at
from models import Access, CodebookAddition, Finding, FindingLever, FindingRegion, FindingTheme, Source

LEVEL = "access"
"""Under which a session holds the level it asks at."""
CARRIED = {
    "theme": (col(FindingTheme.finding_id), col(FindingTheme.theme)),
    "lever": (col(FindingLever.finding_id), col(FindingLever.lever)),
    "region": (col(FindingRegion.finding_id), col(FindingRegion.region)),
}
"""Where the links of findings to the codes of a facet hold the finding, and where the code."""


def level(session: Session) -> Access:
    """Return the level that a session asks at; public where nobody said, so that forgetting it shows too little."""
    return Access(session.info.get(LEVEL, Access.PUBLIC))


def findings(at: Access) -> list[ColumnElement[bool]]:
    """Return what a finding and its source, joined, must meet to be seen at a level; nothing where all is seen."""
    levels = seen_at(at)
    if len(levels) == len(Access):
        return []
    return [col(Finding.access).in_(levels), col(Source.access).in_(levels)]


def sources(at: Access) -> list[ColumnElement[bool]]:
    """Return what a source must meet to be seen at a level; nothing where all is seen."""
    levels = seen_at(at)
    if len(levels) == len(Access):
        return []
    finding = aliased(Finding)
    every = select(col(finding.id)).where(col(finding.source_id) == col(Source.id))
    shown = every.where(col(finding.access).in_(levels))
    return [col(Source.access).in_(levels), shown.exists() | ~every.exists()]


def codes_withheld(session: Session, at: Access) -> frozenset[tuple[str, str]]:
    """Return facet and code of all that is added to the codebook and that withheld findings alone carry.

    What stands below such a code is withheld with it. The codebook's own files are for everyone, and a code that no
    finding carries is too. At the level that sees all, nothing is withheld.
    """
    if not (conditions := findings(at)):
        return frozenset()
    added = session.execute(
        select(col(CodebookAddition.facet), col(CodebookAddition.code), col(CodebookAddition.parent))
    ).all()
    hidden: set[tuple[str, str]] = set()
    for facet in {row.facet for row in added}:
        codes = [row.code for row in added if row.facet == facet]
        carried = _carried(session, facet, codes)
        hidden |= {(facet, code) for code in carried - _carried(session, facet, codes, *conditions)}
    while below := {(row.facet, row.code) for row in added if (row.facet, row.parent) in hidden} - hidden:
        hidden |= below
    return frozenset(hidden)


def _carried(session: Session, facet: str, codes: list[str], *conditions: ColumnElement[bool]) -> set[str]:
    """Return those of a facet's codes that some finding carries which meets the conditions."""
    finding, code = CARRIED[facet]
    query = (
        select(code)
        .join(Finding, col(Finding.id) == finding)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(code.in_(codes), *conditions)
    )
    return set(session.execute(query.distinct()).scalars())
