"""Where a filter's findings are: on the UK's regions, about the whole of it, elsewhere, or nowhere stated."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.collection.geography import HOME
from data.collection.snapshot.columns import Numbers, Snapshot
from data.filters.filter import Filter
from data.filters.selection import select


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
    chosen = select(session, wanted, codebook)
    parts, home, abroad = (
        chosen.held & about_any(chosen.snapshot, codes)
        for codes in (home_parts(codebook), (HOME,), codebook.overseas())
    )
    whole, overseas = home & ~parts, abroad & ~parts & ~home
    told = [int(held.sum()) for held in (parts, whole, overseas)]
    return Spread(told[0], told[1], told[2], len(chosen.findings) - sum(told))


def home_points(session: Session, wanted: Filter, codebook: Codebook) -> frozenset[tuple[float, float]]:
    """Return the latitude and longitude of each place that a finding about the United Kingdom or its parts names."""
    chosen = select(session, wanted, codebook)
    snapshot = chosen.snapshot
    placed = chosen.held & about_any(snapshot, (HOME,)) & ~np.isnan(snapshot.latitude)
    return frozenset(zip(snapshot.latitude[placed].tolist(), snapshot.longitude[placed].tolist(), strict=True))


def about_any(snapshot: Snapshot, codes: Iterable[str]) -> Numbers:
    """Tell which findings are about any of these regions, or about a part of one."""
    links = snapshot.links["region"]
    wanted = np.isin(links.codes, list(codes))
    held = np.zeros(len(snapshot), dtype=bool)
    held[links.finding[wanted[links.code]]] = True
    return held
