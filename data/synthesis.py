"""Direction by study: how each study votes, how the votes fall, and how sure that is.

Method: vote counting by direction of effect, one vote a study (Hilton Boon and Thomson 2021, doi 10.1002/jrsm.1458;
Cochrane Handbook chapter 12). Statistical significance plays no part in it.
"""

from typing import NamedTuple

import pandas as pd
from scipy.stats import binomtest
from sqlalchemy import ColumnElement, Subquery, case, func, literal, select
from sqlmodel import Session, col

from data.codebook import Codebook
from data.conditions import conditions
from data.filters import Filter
from data.queries.counting import facet_codes
from data.queries.links import coded, count_if
from models import EFFECTS, Direction, Finding, FindingLever, Role, Source

AGREEMENT_TENTHS = 7
"""A study takes a direction where at least this many tenths of its findings that claim an effect agree."""
FEW_STUDIES = 10
"""Below this many studies with a direction, a sign test is shown with a caution."""
HARMED = (Role.WITHDRAWN, Role.LACKING)
"""The roles in which a lever's absence is what is told."""
SIDES = {"applied": (Role.APPLIED,), "withdrawn or lacking": HARMED}
"""The two sides of a lever that are set beside each other."""
VOTE_COLUMNS = ["findings", "sources", "studies", "strengthened", "impeded", "mixed"]


class Votes(NamedTuple):
    """How the studies of a group vote; studies whose findings claim no effect have no vote."""

    strengthened: int
    impeded: int
    mixed: int

    @property
    def total(self) -> int:
        """Return the number of studies that vote."""
        return self.strengthened + self.impeded + self.mixed


class Balance(NamedTuple):
    """Of the studies that take a direction, the share strengthened, its interval, and the sign test."""

    share: float
    low: float
    high: float
    p: float
    few: bool


def balance(votes: Votes) -> Balance | None:
    """Return the share strengthened among studies strengthened or impeded, or None where there are none.

    `low` and `high` are the 95 % Wilson interval (Wilson 1927); `p` is the two-sided exact sign test.
    """
    directed = votes.strengthened + votes.impeded
    if not directed:
        return None
    test = binomtest(votes.strengthened, directed)
    interval = test.proportion_ci(0.95, method="wilson")
    share = votes.strengthened / directed
    return Balance(share, float(interval.low), float(interval.high), float(test.pvalue), directed < FEW_STUDIES)


def _per_study(groups: Subquery, wanted: Filter, codebook: Codebook) -> Subquery:
    """Return a row for each group and study: findings, sources, and the findings in each direction."""
    keys = [groups.c[key] for key in groups.c.keys() if key != "finding_id"]
    by_source = (
        select(
            *keys,
            col(Source.study_id).label("study_id"),
            func.count().label("findings"),
            *(count_if(col(Finding.direction) == word).label(word.value) for word in EFFECTS),
        )
        .select_from(groups)
        .join(Finding, col(Finding.id) == groups.c.finding_id)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(*conditions(wanted, codebook))
        .group_by(*keys, col(Source.study_id), col(Finding.source_id))
        .subquery()
    )
    keys = [by_source.c[key.name] for key in keys]
    return (
        select(
            *keys,
            by_source.c.study_id,
            func.sum(by_source.c.findings).label("findings"),
            func.count().label("sources"),
            *(func.sum(by_source.c[word]).label(word) for word in EFFECTS),
        )
        .group_by(*keys, by_source.c.study_id)
        .subquery()
    )


def vote_of(counted: Subquery) -> ColumnElement[str]:
    """Return a study's vote from its findings in each direction, empty where none claims an effect."""
    up, down, mixed = (counted.c[word] for word in EFFECTS)
    claims = up + down + mixed
    return case(
        (claims == 0, literal("")),
        (up * 10 >= claims * AGREEMENT_TENTHS, literal(Direction.STRENGTHENED.value)),
        (down * 10 >= claims * AGREEMENT_TENTHS, literal(Direction.IMPEDED.value)),
        else_=literal(Direction.MIXED.value),
    )


def _by_group(
    session: Session, groups: Subquery, wanted: Filter, codebook: Codebook
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Return for each group its findings, sources, studies, and studies by vote."""
    counted = _per_study(groups, wanted, codebook)
    keys = [counted.c[key] for key in groups.c.keys() if key != "finding_id"]
    vote = vote_of(counted)
    query = select(
        *keys,
        func.sum(counted.c.findings),
        func.sum(counted.c.sources),
        func.count(),
        *(count_if(vote == word.value) for word in EFFECTS),
    ).group_by(*keys)
    return {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in session.execute(query) if row[len(keys)]}


def direction_by(session: Session, wanted: Filter, codebook: Codebook, by: str) -> pd.DataFrame:
    """Return how the filter's studies vote by lever, theme, region or strand, wider codes and zeros included.

    Columns: code, name, role, findings, sources, studies, strengthened, impeded, mixed; the last three are studies
    by their vote. By lever there is a row for each role; else role is empty.
    """
    codes = facet_codes(session, codebook, by)
    if by == "lever":
        link = FindingLever
        groups = select(col(link.finding_id), col(link.lever).label("code"), col(link.role).label("role")).subquery()
        keys = [(code, str(role)) for code in codes for role in Role]
    else:
        groups = coded(by).subquery()
        keys = [(code,) for code in codes]  # type: ignore[misc]
    numbers = _by_group(session, groups, wanted, codebook)
    rows = [
        (key[0], codebook.name(by, key[0]), key[1] if len(key) > 1 else "", *numbers.get(key, (0,) * 6)) for key in keys
    ]
    return pd.DataFrame(rows, columns=["code", "name", "role", *VOTE_COLUMNS])


def sides_of_levers(
    session: Session, wanted: Filter, codebook: Codebook, where: dict[str, tuple[str, ...]] | None = None
) -> pd.DataFrame:
    """Return how studies vote on each lever where it was applied, and where it was withdrawn or lacking.

    Columns: code, name, side, where, then as `direction_by`. A study votes once a side. The empty code stands for
    any lever. `where` names sets of regions to tell apart, such as UK and overseas; without it, `where` is empty.
    """
    link = FindingLever
    side = case({role.value: name for name, roles in SIDES.items() for role in roles}, value=col(link.role))
    known = col(link.role).in_([role for roles in SIDES.values() for role in roles])
    rows = []
    for name, regions in (where or {"": ()}).items():
        inside = _within(regions)
        each = select(col(link.finding_id), col(link.lever).label("code"), side.label("side")).where(known, *inside)
        any_lever = select(col(link.finding_id), literal("").label("code"), side.label("side")).where(known, *inside)
        numbers = {}
        for groups in (each.distinct().subquery(), any_lever.distinct().subquery()):
            numbers |= _by_group(session, groups, wanted, codebook)
        rows += [
            (code, codebook.name("lever", code) if code else "Any policy lever", side_name, name,
             *numbers.get((code, side_name), (0,) * 6))
            for code in ("", *codebook.codes("lever"))
            for side_name in SIDES
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["code", "name", "side", "where", *VOTE_COLUMNS])


def _within(regions: tuple[str, ...]) -> list[ColumnElement[bool]]:
    if not regions:
        return []
    return [
        col(FindingLever.finding_id).in_(
            select(coded("region").subquery().c.finding_id).where(coded("region").subquery().c.code.in_(regions))
        )
    ]


def overall(session: Session, wanted: Filter, codebook: Codebook) -> Votes:
    """Return how the filter's studies vote, each once over all its findings in the filter."""
    groups = select(col(Finding.id).label("finding_id"), literal("all").label("code")).subquery()
    numbers = _by_group(session, groups, wanted, codebook).get(("all",), (0,) * 6)
    return Votes(*numbers[3:])


def proposals(session: Session, wanted: Filter, codebook: Codebook) -> dict[str, int]:
    """Return for each lever how many findings of the filter propose it; proposals are counted, never voted."""
    link = FindingLever
    query = (
        select(col(link.lever), func.count())
        .where(
            col(link.role) == Role.PROPOSED,
            col(link.finding_id).in_(select(col(Finding.id)).where(*conditions(wanted, codebook))),
        )
        .group_by(col(link.lever))
    )
    numbers = {code: number for code, number in session.execute(query)}
    return {code: numbers.get(code, 0) for code in codebook.codes("lever")}
