"""Direction by study: how each study votes, how the votes fall, and how sure that is.

Method: vote counting by direction of effect, one vote a study (Hilton Boon and Thomson 2021, doi 10.1002/jrsm.1458;
Cochrane Handbook chapter 12). Statistical significance plays no part in it.
"""

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

import pandas as pd
from scipy.special import bdtr, ndtri
from sqlalchemy import ColumnElement, Subquery, case, func, literal, select, union_all
from sqlmodel import Session, col

from data.codebook import OVERSEAS, Codebook
from data.conditions import conditions
from data.filters import Filter
from data.geography import HOME
from data.queries.counting import facet_codes
from data.queries.links import coded, count_if, levers_with_roles, restricted
from models import EFFECTS, Direction, Finding, FindingRegion, Region, Role, Source

AGREEMENT_TENTHS = 7
"""A study takes a direction where at least this many tenths of its findings that claim an effect agree."""
FEW_STUDIES = 10
"""Below this many studies with a direction, a sign test is shown with a caution."""
HARMED = (Role.WITHDRAWN, Role.LACKING)
"""The roles in which a lever's absence is what is told."""
SIDES = {"applied": (Role.APPLIED,), "withdrawn or lacking": HARMED}
"""The two sides of a lever that are set beside each other."""
ANYWHERE = "GLO"
"""The code of findings about no one country."""
ANY_LEVER = "Any policy lever"
NO_VOTES = (0,) * 6
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

    `low` and `high` are the 95 % Wilson interval (Wilson 1927, doi 10.1080/01621459.1927.10502953); `p` is the
    two-sided exact sign test. Both are written out, as scipy.stats has them, because to load it keeps the first reader
    of a server waiting for a second.
    """
    directed = votes.strengthened + votes.impeded
    if not directed:
        return None
    share, squared = votes.strengthened / directed, float(ndtri(0.975)) ** 2 / directed
    middle = (share + squared / 2) / (1 + squared)
    reach = sqrt(squared * share * (1 - share) + squared**2 / 4) / (1 + squared)
    # The chance of a split at least as uneven as this one, were both directions as likely.
    p = min(1.0, 2 * float(bdtr(min(votes.strengthened, votes.impeded), directed, 0.5)))
    return Balance(share, max(middle - reach, 0.0), min(middle + reach, 1.0), p, directed < FEW_STUDIES)


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
    by their vote. By lever there is a row for each role, empty where the filter names others; else role is empty.
    """
    codes = facet_codes(session, codebook, by)
    if by == "lever":
        pairs = levers_with_roles(wanted).subquery()
        groups = select(pairs.c.finding_id, pairs.c.lever.label("code"), pairs.c.role).subquery()
        keys = [(code, str(role)) for code in codes for role in Role]
    else:
        groups = coded(by, wanted).subquery()
        keys = [(code,) for code in codes]  # type: ignore[misc]
    numbers = _by_group(session, groups, wanted, codebook)
    rows = [
        (key[0], codebook.name(by, key[0]), key[1] if len(key) > 1 else "", *numbers.get(key, NO_VOTES)) for key in keys
    ]
    return pd.DataFrame(rows, columns=["code", "name", "role", *VOTE_COLUMNS])


def sides_of_levers(session: Session, wanted: Filter, codebook: Codebook, by_place: bool = False) -> pd.DataFrame:
    """Return how studies vote on each lever where it was applied, and where it was withdrawn or lacking.

    Columns: code, name, side, where, then as `direction_by`. A study votes once a side. The empty code stands for
    any lever, or any that the filter chose. With `by_place`, findings about the UK, about other countries and about
    none are told apart in `where`, which is empty otherwise; a finding about the UK and elsewhere counts in both.
    """
    names = {"": ANY_LEVER} | {entry.code: entry.name for entry in codebook.entries("lever")}
    places = _places() if by_place else {}
    numbers = _by_group(session, _sides(wanted, places), wanted, codebook)
    rows = [
        (code, names[code], side, where, *numbers.get((code, side, where), NO_VOTES))
        for where in places or ("",)
        for code in names
        for side in SIDES
    ]
    return pd.DataFrame(rows, columns=["code", "name", "side", "where", *VOTE_COLUMNS])


def _places() -> dict[str, ColumnElement[bool]]:
    """Return the condition on a finding's region that puts it in each place."""
    region = col(FindingRegion.region)
    abroad = select(col(Region.code)).where(col(Region.kind) == OVERSEAS)
    return {"UK": region == HOME, "overseas": region.in_(abroad), "international or not stated": region == ANYWHERE}


def _sides(wanted: Filter, places: Mapping[str, ColumnElement[bool]]) -> Subquery:
    """Return each finding once for a lever, for all of them together under the empty code, a side, and a place.

    Where no places are named, the place is empty.
    """
    link = levers_with_roles(wanted).subquery()
    side = case({role.value: name for name, roles in SIDES.items() for role in roles}, value=link.c.role)
    where: ColumnElement[str] = literal("")
    if places:
        of_places = union_all(
            *(
                select(col(FindingRegion.finding_id).label("finding_id"), literal(name).label("where"))
                .where(inside)
                .distinct()
                for name, inside in places.items()
            )
        ).subquery()
        where = of_places.c.where
    queries = []
    for code in (link.c.lever, literal("")):
        query = select(link.c.finding_id, code.label("code"), side.label("side"), where.label("where")).where(
            link.c.role.in_([role for roles in SIDES.values() for role in roles])
        )
        if code is not link.c.lever and wanted.lever:
            query = query.where(link.c.lever.in_(wanted.lever))
        if places:
            query = query.join(of_places, of_places.c.finding_id == link.c.finding_id)
        queries.append(query.distinct())
    return union_all(*queries).subquery()


def overall(session: Session, wanted: Filter, codebook: Codebook) -> Votes:
    """Return how the filter's studies vote, each once over all its findings in the filter."""
    groups = select(col(Finding.id).label("finding_id"), literal("all").label("code")).subquery()
    numbers = _by_group(session, groups, wanted, codebook).get(("all",), NO_VOTES)
    return Votes(*numbers[3:])


def proposals(session: Session, wanted: Filter, codebook: Codebook) -> dict[str, int]:
    """Return for each lever how many findings of the filter propose it; proposals are counted, never voted."""
    link = levers_with_roles(wanted).subquery()
    query = (
        select(link.c.lever, func.count())
        .where(link.c.role == Role.PROPOSED, *restricted(link, wanted, codebook))
        .group_by(link.c.lever)
    )
    numbers = {row[0]: row[1] for row in session.execute(query)}
    return {code: numbers.get(code, 0) for code in codebook.codes("lever")}
