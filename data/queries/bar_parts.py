"""The studies behind a part of a bar: those that vote one way in the group that the bar stands for."""

from typing import NamedTuple

import numpy as np
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.collection.snapshot.columns import Numbers
from data.filters.filter import Filter
from data.filters.selection import Selection, select
from data.queries.links import coded, joined
from data.queries.votes import VOTES, by_study, on_side, places

EVERYTHING, LEVER = "all", "lever"
"""What a bar may be of beside a facet's code: all findings of the filter; of levers, one side of them."""


class Bar(NamedTuple):
    """A part of a bar: of which group, and the vote of its studies; without a vote, all studies that have any.

    Of EVERYTHING there is no code; of a lever a side is told, the empty code is any lever, and `place` may be one of
    those that `synthesis.places` tells apart.
    """

    facet: str
    code: str = ""
    side: str = ""
    place: str = ""
    vote: str = ""


def resting_on(session: Session, wanted: Filter, codebook: Codebook, bar: Bar) -> Selection:
    """Return the findings of the filter that the votes in a part of a bar rest on."""
    chosen = select(session, wanted, codebook)
    if bar.place:
        chosen = dict(places(chosen, codebook))[bar.place]
    group = _group(chosen, wanted, codebook, bar)
    group = group[chosen.held[group]]
    studies = by_study(chosen.snapshot, joined([bar.code], [group]))
    kept = studies.vote == VOTES.index(bar.vote) if bar.vote else studies.vote > 0
    held = np.zeros(len(chosen.snapshot), dtype=bool)
    held[group[np.repeat(kept, studies.findings)]] = True
    return Selection(chosen.snapshot, held)


def _group(chosen: Selection, wanted: Filter, codebook: Codebook, bar: Bar) -> Numbers:
    """Return where the findings stand that a bar is of, whether in the filter or not, in the snapshot's order."""
    snapshot = chosen.snapshot
    if bar.facet == EVERYTHING:
        return np.arange(len(snapshot))
    links = on_side(snapshot, wanted, bar.side) if bar.facet == LEVER else coded(snapshot, bar.facet, wanted, codebook)
    return links.finding[links.of(bar.code)]
