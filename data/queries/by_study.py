"""The findings of a filter by the study that reports them: however many a study has, it is listed once."""

from typing import Any, NamedTuple

import numpy as np
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.selection import select
from data.queries.bar_parts import Bar, resting_on
from data.queries.listing import FINDING_FIELDS, finding_rows, ordered
from data.queries.study_votes import keys_and_titles
from data.queries.votes import vote_of


class StudyFindings(NamedTuple):
    """A study with its findings in a filter, each as `listing.findings` has it, the first of the order first."""

    study: str
    title: str
    """Of one of the sources of these findings."""
    sources: int
    vote: str
    """Of these findings; empty where none claims an effect."""
    findings: tuple[dict[str, Any], ...]


def studies(
    session: Session,
    wanted: Filter,
    codebook: Codebook,
    order: str = "confidence",
    limit: int | None = None,
    offset: int = 0,
    bar: Bar | None = None,
) -> tuple[StudyFindings, ...]:
    """Return the studies of the filter's findings, each where its first finding stands in an order of findings.

    With a `bar`, only the studies in that part of it, each with the findings that its vote rests on.
    """
    chosen = resting_on(session, wanted, codebook, bar) if bar else select(session, wanted, codebook)
    snapshot, held = chosen.snapshot, ordered(session, chosen, wanted, order)
    every, first = np.unique(snapshot.study[held], return_index=True)
    shown = every[np.argsort(first)][offset:][:limit]
    groups = [held[snapshot.study[held] == study] for study in shown.tolist()]
    named = zip(*keys_and_titles(session, snapshot, groups), groups, strict=True)
    return tuple(
        StudyFindings(key, title, len(set(snapshot.source[own].tolist())), vote_of(snapshot.direction[own]), found)
        for key, title, own in named
        if (found := tuple(dict(zip(FINDING_FIELDS, row, strict=True)) for row in finding_rows(session, snapshot, own)))
    )
