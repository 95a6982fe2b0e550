"""The studies behind a vote: what each says of a lever on each side, and the findings it rests on."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import select as question
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.collection.snapshot.columns import Numbers, Snapshot
from data.filters.filter import Filter
from data.filters.selection import Selection, select
from data.queries.links import joined
from data.queries.listing import among
from data.queries.source_counts import refs_of
from data.queries.votes import SIDES, VOTES, by_study, on_side
from models import EFFECTS, Source, Study

VOTED_FIRST = np.array([("strengthened", "mixed", "impeded", "").index(vote) for vote in VOTES])
"""Where studies of each vote come in a list, by the vote's place in VOTES."""
COLUMNS = ["side", "study", "title", "vote", "findings", "sources", "strengthened", "impeded", "mixed", "refs"]


class StudyVotes(NamedTuple):
    """The studies of a lever, and how many there are in all where the list is cut."""

    table: pd.DataFrame
    total: int


def study_votes(session: Session, wanted: Filter, codebook: Codebook, lever: str = "", most: int = 1000) -> StudyVotes:
    """Return each study's vote on a lever where applied, and where withdrawn or lacking; the empty code is any lever.

    Columns: side, study (its key), title (of one of its sources), vote (empty where no finding claims an effect),
    findings, sources, findings strengthened, impeded and mixed, refs (the findings, joined by commas).
    """
    chosen = select(session, wanted, codebook)
    sides = [_on_side(chosen, wanted, side, lever, most) for side in SIDES]
    table = pd.concat([side.table for side in sides], ignore_index=True).head(most)
    table["study"], table["title"] = keys_and_titles(session, chosen.snapshot, table["held"].tolist())
    return StudyVotes(table[COLUMNS], sum(side.total for side in sides))


def _on_side(chosen: Selection, wanted: Filter, side: str, lever: str, most: int) -> StudyVotes:
    """Return the studies of one side: strengthened first, then mixed, then impeded, those with most findings first.

    Columns: as `study_votes`, but held, the places of a study's findings, instead of its key and title.
    """
    snapshot = chosen.snapshot
    links = on_side(snapshot, wanted, side)
    finding = links.finding[links.of(lever)]
    finding = finding[chosen.held[finding]]
    studies = by_study(snapshot, joined([lever], [finding]))
    vote = studies.vote
    order = np.lexsort((-studies.findings, VOTED_FIRST[vote]))[:most]  # equals stay in the order of studies' keys
    ends = np.append(studies.first[1:], len(finding))
    held = [finding[start:end] for start, end in zip(studies.first[order], ends[order], strict=True)]
    table = pd.DataFrame(
        {
            "side": side,
            "vote": [VOTES[place] for place in vote[order].tolist()],
            "findings": studies.findings[order],
            "sources": studies.sources[order],
            **{str(word): number[order] for word, number in zip(EFFECTS, studies.claims, strict=True)},
            "refs": [",".join(refs_of(snapshot, own)) for own in held],
            "held": held,
        }
    )
    return StudyVotes(table, len(vote))


def keys_and_titles(session: Session, snapshot: Snapshot, held: Sequence[Numbers]) -> tuple[list[str], list[str]]:
    """Return for findings of one study each the study's key and the first title of their sources."""
    sources = [list(dict.fromkeys(snapshot.source_ids[snapshot.source[own]].tolist())) for own in held]
    asked = sorted({number for own in sources for number in own})
    query = question(col(Source.id), col(Study.key), col(Source.title)).join(
        Study, col(Study.id) == col(Source.study_id)
    )
    told = {number: (key, title) for number, key, title in session.execute(query.where(among(col(Source.id), asked)))}
    return [told[own[0]][0] for own in sources], [min(told[number][1] for number in own) for own in sources]


def refs_with_both(
    session: Session, wanted: Filter, codebook: Codebook, facet: str, pair: tuple[str, str]
) -> tuple[str, ...]:
    """Return the refs of the filter's findings that carry both codes of a facet, which no filter can ask for."""
    chosen = select(session, wanted, codebook)
    held = chosen.held
    for code in pair:
        held = held & select(session, Filter().narrowed(**{facet: code}), codebook).held
    return refs_of(chosen.snapshot, np.flatnonzero(held))


def missing(session: Session, wanted: Filter, codebook: Codebook) -> tuple[str, ...]:
    """Return the refs that a filter names and that no finding of the collection has which may be seen here."""
    named = select(session, Filter(finding=wanted.finding), codebook)
    found = set(refs_of(named.snapshot, named.findings)) if wanted.finding else set()
    return tuple(ref for ref in wanted.finding if ref not in found)
