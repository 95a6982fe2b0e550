"""Direction by study: how each study votes, how the votes fall, and how sure that is.

Method: vote counting by direction of effect, one vote a study (Hilton Boon and Thomson 2021, doi 10.1002/jrsm.1458;
Cochrane Handbook chapter 12). Statistical significance plays no part in it.
"""

from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import bdtr, ndtri
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.collection.geography import HOME
from data.collection.snapshot.columns import Links, Numbers, Snapshot
from data.collection.snapshot.making import role_bit
from data.filters.filter import Filter
from data.filters.selection import Selection, roles_mask, select, starts
from data.queries import voting_rule
from data.queries.counting import facet_codes
from data.queries.links import coded, findings_by_code, in_roles, joined, of_levers, within
from data.queries.spread import about_any
from models import EFFECTS, Direction, Role

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
VOTES = ("", *(str(word) for word in EFFECTS))
"""What a study's vote may be; empty where none of its findings claims an effect."""
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


def votes_of(up: Numbers, down: Numbers, mixed: Numbers) -> Numbers:
    """Return studies' votes from their findings in each direction: where in VOTES each stands."""
    claims = up + down + mixed
    needed = claims * voting_rule.AGREEMENT_TENTHS
    return np.select([claims == 0, up * 10 >= needed, down * 10 >= needed], [0, 1, 2], 3)


def vote_of(directions: Numbers) -> str:
    """Return a study's vote from the directions of its findings, each by its place in Direction; or nothing."""
    claims = (np.array([(directions == tuple(Direction).index(word)).sum()]) for word in EFFECTS)
    return VOTES[int(votes_of(*claims)[0])]


class ByStudy(NamedTuple):
    """The findings of each group and study: where a study's stand, of which group, how many, and in which direction."""

    first: Numbers
    group: Numbers
    findings: Numbers
    sources: Numbers
    claims: tuple[Numbers, Numbers, Numbers]

    @property
    def vote(self) -> Numbers:
        """Return where in VOTES each study's vote stands."""
        return votes_of(*self.claims)


def by_study(snapshot: Snapshot, groups: Links) -> ByStudy:
    """Return each study's findings in each group; findings of a study are neighbours, as a snapshot has them."""
    source, study = snapshot.source[groups.finding], snapshot.study[groups.finding]
    new = starts(groups.code, study)
    first, run = np.flatnonzero(new), np.cumsum(new) - 1
    direction = snapshot.direction[groups.finding]

    def number(kept: Numbers) -> Numbers:
        return np.bincount(run[kept], minlength=len(first))

    claims = tuple(number(direction == tuple(Direction).index(word)) for word in EFFECTS)
    every = np.ones(len(run), dtype=bool)
    return ByStudy(first, groups.code[first], number(every), number(starts(groups.code, source)), claims)  # type: ignore[arg-type]


def _by_group(chosen: Selection, groups: Links) -> dict[str, tuple[int, ...]]:
    """Return for each group that holds any finding of the selection the numbers of VOTE_COLUMNS."""
    studies = by_study(chosen.snapshot, within(chosen, groups))
    group, vote = studies.group, studies.vote
    numbers = [np.bincount(group, weights, len(groups.codes)) for weights in (studies.findings, studies.sources)]
    numbers.append(np.bincount(group, minlength=len(groups.codes)))
    numbers += [np.bincount(group[vote == place], minlength=len(groups.codes)) for place in (1, 2, 3)]
    table = np.stack(numbers, axis=1).astype(np.int64)
    return {code: tuple(row) for code, row in zip(groups.codes, table.tolist(), strict=True)}


def direction_by(session: Session, wanted: Filter, codebook: Codebook, by: str) -> pd.DataFrame:
    """Return how the filter's studies vote by lever, theme, region or strand, wider codes and zeros included.

    Columns: code, name, role, findings, sources, studies, strengthened, impeded, mixed; the last three are studies
    by their vote. By lever there is a row for each role, empty where the filter names others; else role is empty.
    """
    chosen = select(session, wanted, codebook)
    roles: tuple[str, ...] = tuple(Role) if by == "lever" else ("",)
    numbers = {}
    for role in roles:
        if role and wanted.role and role not in wanted.role:
            continue
        links = chosen.snapshot.links["lever"] if role else coded(chosen.snapshot, by, wanted, codebook)
        votes = _by_group(chosen, in_roles(links, role_bit(role)) if role else links)
        numbers.update({(code, role): row for code, row in votes.items()})
    rows = [
        (code, codebook.name(by, code), str(role), *numbers.get((code, role), NO_VOTES))
        for code in facet_codes(session, codebook, by)
        for role in roles
    ]
    return pd.DataFrame(rows, columns=["code", "name", "role", *VOTE_COLUMNS])


def sides_of_levers(session: Session, wanted: Filter, codebook: Codebook, by_place: bool = False) -> pd.DataFrame:
    """Return how studies vote on each lever where it was applied, and where it was withdrawn or lacking.

    Columns: code, name, side, where, then as `direction_by`. A study votes once a side. The empty code stands for
    any lever, or any that the filter chose. With `by_place`, findings about the UK, about other countries and about
    none are told apart in `where`, which is empty otherwise; a finding about the UK and elsewhere counts in both.
    """
    names = {"": ANY_LEVER} | {entry.code: entry.name for entry in codebook.entries("lever")}
    chosen = select(session, wanted, codebook)
    rows = []
    for where, here in places(chosen, codebook) if by_place else [("", chosen)]:
        sides = {side: _by_group(here, on_side(here.snapshot, wanted, side)) for side in SIDES}
        rows += [(code, names[code], side, where, *sides[side].get(code, NO_VOTES)) for code in names for side in SIDES]
    return pd.DataFrame(rows, columns=["code", "name", "side", "where", *VOTE_COLUMNS])


def places(chosen: Selection, codebook: Codebook) -> list[tuple[str, Selection]]:
    """Return the selection's findings about the UK, about other countries and about none, each by its name."""
    codes = {"UK": (HOME,), "overseas": codebook.overseas(), "international or not stated": (ANYWHERE,)}
    return [
        (name, Selection(chosen.snapshot, chosen.held & about_any(chosen.snapshot, about)))
        for name, about in codes.items()
    ]


def on_side(snapshot: Snapshot, wanted: Filter, side: str) -> Links:
    """Return each finding once for each lever that it tells on a side, in the filter's roles.

    First, under the empty code, stand the findings that tell it of any lever, or of any that the filter chose.
    """
    roles = sum(role_bit(role) for role in SIDES[side]) & roles_mask(wanted)
    return snapshot.sides.get((roles, wanted.lever), lambda: _in_roles_of_any(snapshot, roles, wanted.lever))


def _in_roles_of_any(snapshot: Snapshot, roles: int, chosen: tuple[str, ...]) -> Links:
    levers = in_roles(snapshot.links["lever"], roles)
    any_lever = np.flatnonzero(of_levers(snapshot, chosen) & roles)
    return Links(
        ("", *levers.codes),
        np.concatenate([np.zeros(len(any_lever), dtype=levers.code.dtype), levers.code + 1]),
        np.concatenate([any_lever.astype(np.int32), levers.finding]),
    )


def overall(session: Session, wanted: Filter, codebook: Codebook) -> Votes:
    """Return how the filter's studies vote, each once over all its findings in the filter."""
    chosen = select(session, wanted, codebook)
    return Votes(*_by_group(chosen, joined(["all"], [np.arange(len(chosen.snapshot))]))["all"][3:])


def proposals(session: Session, wanted: Filter, codebook: Codebook) -> dict[str, int]:
    """Return for each lever how many findings of the filter propose it; proposals are counted, never voted."""
    chosen = select(session, wanted, codebook)
    links = in_roles(chosen.snapshot.links["lever"], role_bit(Role.PROPOSED) & roles_mask(wanted))
    numbers = dict(zip(links.codes, findings_by_code(chosen, links).tolist(), strict=True))
    return {code: numbers.get(code, 0) for code in codebook.codes("lever")}
