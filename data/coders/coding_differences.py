"""Where codings of a finding differ, what is agreed now, and how each difference was settled."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from data.coders.rounds import FACETS, CodedFinding, CodingsState, Round, agreed
from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.selection import select as select_findings
from data.importing.loads.settled import SettledCoding, values
from data.importing.loads.settled import chosen as choice
from models import Settlement


class Reason(NamedTuple):
    """Why a finding is coded as it is: by whom, when, and the facet settled, empty where it is the whole coding.

    It `stands` unless the facet has been settled anew, undone, or changed by a load since.
    """

    facet: str
    value: str
    why: str
    who: str
    at: str
    stands: bool = True


class CodingDifference(NamedTuple):
    """A finding that codings differ on, in which facets, and the reasons given for how it was settled, oldest first."""

    finding: str
    facets: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def settled_here(self) -> bool:
        """Tell whether it stands as someone settled it in the dashboard, and not only before it was loaded."""
        return any(reason.facet and reason.stands for reason in self.reasons)


def reasons(session: Session, wanted: Filter, codebook: Codebook, _: CodingsState) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons of the filter's findings that whoever asks may see, by ref, oldest first."""
    refs = select_findings(session, wanted, codebook).refs
    s = Settlement
    query = select(col(s.finding), col(s.facet), col(s.value), col(s.why), col(s.who), col(s.at)).order_by(col(s.id))
    found: dict[str, list[Reason]] = {}
    for ref, *reason in session.execute(query):
        if ref in refs:
            found.setdefault(ref, []).append(Reason(*reason))
    now = agreed(session, [ref for ref, given in found.items() if any(reason.facet for reason in given)])
    return {ref: _standing(given, now.get(ref)) for ref, given in found.items()}


def _standing(given: Sequence[Reason], now: CodedFinding | None) -> tuple[Reason, ...]:
    """Return reasons with those marked as ended whose facet was settled anew or is not as it was settled."""
    if now is None:
        return tuple(given)
    held = values(choice_of(now))
    newest = {reason.facet: place for place, reason in enumerate(given)}
    return tuple(
        reason._replace(stands=not reason.facet or (newest[reason.facet] == at and held[reason.facet] == reason.value))
        for at, reason in enumerate(given)
    )


def choice_of(coded: CodedFinding) -> SettledCoding:
    """Return a coding as what is settled: each lever with each of its roles."""
    return choice(
        coded.direction, coded.themes, [(lever, role) for lever in coded.roles for role in coded.roles[lever]]
    )


def differences(chosen: Sequence[Round], given: dict[str, tuple[Reason, ...]]) -> tuple[CodingDifference, ...]:
    """Return the findings that codings differ on: first where the direction does, then by how many facets, then by ref.

    `given` are the reasons by finding.
    """
    refs = sorted({ref for one in chosen for ref in one.coded})
    found = [CodingDifference(ref, facets, given.get(ref, ())) for ref in refs if (facets := differing(chosen, ref))]
    return tuple(sorted(found, key=lambda one: ("direction" not in one.facets, -len(one.facets), one.finding)))


def differing(chosen: Sequence[Round], ref: str) -> tuple[str, ...]:
    """Return the facets of a finding that two of these codings have coded differently."""
    return tuple(facet for facet in FACETS if _differ(facet, [one.coded[ref] for one in _coding(chosen, facet, ref)]))


def _coding(chosen: Iterable[Round], facet: str, ref: str) -> list[Round]:
    return [one for one in chosen if facet in one.covers and ref in one.coded]


def _differ(facet: str, coded: Sequence[CodedFinding]) -> bool:
    if facet == "direction":
        return len({one.direction for one in coded}) > 1
    if facet == "role":
        return any(
            one.role(lever) != other.role(lever)
            for one, other in combinations(coded, 2)
            for lever in one.levers & other.levers
            if one.role(lever) and other.role(lever)
        )
    return len({one.codes(facet) for one in coded}) > 1


def alone(chosen: Sequence[Round], name: str, facet: str, ref: str, code: str) -> bool:
    """Tell whether, of the codings that coded a facet of a finding, only this one gave it the code."""
    others = [one for one in _coding(chosen, facet, ref) if one.name != name]
    return bool(others) and not any(code in one.coded[ref].codes(facet) for one in others)


def missed(chosen: Sequence[Round], name: str, facet: str, ref: str) -> tuple[str, ...]:
    """Return the codes of a finding that another of the codings gave and this one did not, in order."""
    mine = frozenset[str]()
    others: set[str] = set()
    for one in _coding(chosen, facet, ref):
        if one.name == name:
            mine = one.coded[ref].codes(facet)
        else:
            others |= one.coded[ref].codes(facet)
    return tuple(sorted(others - mine))


def proposal(
    chosen: Sequence[Round], name: str, ref: str, agreed: CodedFinding
) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return what settling a finding as one of the codings did would make of it, and the levers still without a role.

    What that coding did not code stays as agreed. A lever that it gives no role takes the role agreed, or that of
    another coding; where none gives one, it is left for a person to decide.
    """
    one = next(held for held in chosen if held.name == name)
    coded, covers = one.coded[ref], one.covers
    direction = coded.direction if "direction" in covers else agreed.direction
    themes = coded.themes if "theme" in covers else agreed.themes
    levers = coded.levers if "lever" in covers else agreed.levers
    pairs: list[tuple[str, str]] = []
    open_levers: list[str] = []
    for lever in sorted(levers):
        given = (held.roles.get(lever) for held in (coded, agreed, *(o.coded[ref] for o in chosen if ref in o.coded)))
        roles = next(filter(None, given), frozenset[str]())
        pairs += [(lever, role) for role in sorted(roles)]
        open_levers += [] if roles else [lever]
    return direction, tuple(sorted(themes)), tuple(pairs), tuple(open_levers)
