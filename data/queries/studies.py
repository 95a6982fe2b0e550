"""The studies behind a vote: what each says of a lever on each side, and the findings it rests on."""

from typing import NamedTuple

import pandas as pd
from sqlalchemy import case, func, select
from sqlmodel import Session, col

from data.codebook import Codebook
from data.conditions import conditions
from data.filters import Filter
from data.queries.links import count_if
from data.synthesis import SIDES, vote_of
from models import EFFECTS, Finding, FindingLever, Source, Study

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
    link = FindingLever
    side = case({role.value: name for name, roles in SIDES.items() for role in roles}, value=col(link.role))
    known = [role for roles in SIDES.values() for role in roles]
    groups = select(col(link.finding_id), side.label("side")).where(col(link.role).in_(known))
    if lever:
        groups = groups.where(col(link.lever) == lever)
    links = groups.distinct().subquery()
    counted = (
        select(
            links.c.side,
            col(Source.study_id).label("study_id"),
            func.min(col(Source.title)).label("title"),
            func.count().label("findings"),
            func.count(col(Finding.source_id).distinct()).label("sources"),
            *(count_if(col(Finding.direction) == word).label(word.value) for word in EFFECTS),
            func.group_concat(col(Finding.ref), ",").label("refs"),
        )
        .select_from(links)
        .join(Finding, col(Finding.id) == links.c.finding_id)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(*conditions(wanted, codebook))
        .group_by(links.c.side, col(Source.study_id))
        .subquery()
    )
    vote = vote_of(counted).label("vote")
    query = (
        select(
            counted.c.side, col(Study.key), counted.c.title, vote, counted.c.findings, counted.c.sources,
            *(counted.c[word] for word in EFFECTS), counted.c.refs, func.count().over(),
        )
        .join(Study, col(Study.id) == counted.c.study_id)
        .order_by(counted.c.side, vote.desc(), counted.c.findings.desc(), col(Study.key))
        .limit(most)
    )  # fmt: skip
    rows = session.execute(query).all()
    return StudyVotes(pd.DataFrame([row[:-1] for row in rows], columns=COLUMNS), rows[0][-1] if rows else 0)


def refs_with_both(
    session: Session, wanted: Filter, codebook: Codebook, facet: str, pair: tuple[str, str]
) -> tuple[str, ...]:
    """Return the refs of the filter's findings that carry both codes of a facet, which no filter can ask for."""
    found = select(col(Finding.ref)).where(*conditions(wanted, codebook))
    for code in pair:
        found = found.where(*conditions(Filter().narrowed(**{facet: code}), codebook))
    return tuple(session.execute(found.order_by(col(Finding.ref))).scalars())
