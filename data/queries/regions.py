"""Where a filter's findings are: on the UK's regions, about the whole of it, elsewhere, or nowhere stated."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from data.codebook import OVERSEAS, Codebook
from data.conditions import conditions
from data.filters import Filter
from data.geography import HOME
from data.queries.links import Query, count_if, matching
from models import Finding, FindingRegion, Region


class Spread(NamedTuple):
    """The filter's findings by the narrowest place they name, each counted once."""

    parts: int
    """About at least one of the United Kingdom's regions and nations."""
    whole: int
    """Else about the United Kingdom, or about England, as a whole."""
    overseas: int
    """Else about another country."""
    unstated: int
    """About none."""


def home_parts(codebook: Codebook) -> tuple[str, ...]:
    """Return the codes of the United Kingdom's regions and nations that have no parts themselves."""
    within = codebook.within("region", HOME)
    return tuple(code for code in codebook.leaves("region") if code in within and code != HOME)


def spread(session: Session, wanted: Filter, codebook: Codebook) -> Spread:
    """Return how the filter's findings spread over regions, the whole, other countries and nowhere."""
    abroad = select(col(Region.code)).where(col(Region.kind) == OVERSEAS)
    part, home, overseas = (col(Finding.id).in_(_about(codes)) for codes in (home_parts(codebook), (HOME,), abroad))
    query = select(func.count(), count_if(part), count_if(~part & home), count_if(~part & ~home & overseas)).where(
        *conditions(wanted, codebook)
    )
    total, parts, whole, overseas_only = session.execute(query).one()
    return Spread(parts, whole, overseas_only, total - parts - whole - overseas_only)


def home_points(session: Session, wanted: Filter, codebook: Codebook) -> frozenset[tuple[float, float]]:
    """Return the latitude and longitude of each place that a finding about the United Kingdom or its parts names."""
    query = (
        select(col(Finding.latitude), col(Finding.longitude))
        .where(
            col(Finding.latitude).is_not(None),
            col(Finding.id).in_(matching(wanted, codebook)),
            col(Finding.id).in_(_about((HOME,))),
        )
        .distinct()
    )
    return frozenset((latitude, longitude) for latitude, longitude in session.execute(query))


def _about(codes: tuple[str, ...] | Query) -> Query:
    return select(col(FindingRegion.finding_id)).where(col(FindingRegion.region).in_(codes))
