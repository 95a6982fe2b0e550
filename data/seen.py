"""Which findings and sources a question may see: the one rule of access, and the only SQL that holds it.

A finding may be seen where its own access and its source's both allow it. A source may be seen where its own access
allows it and it holds a finding that may be seen, or holds none at all: a source whose findings are all withheld is
withheld with them.
"""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from data.access import seen_at
from models import Access, Finding, Source

LEVEL = "access"
"""Under which a session holds the level it asks at."""


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
