"""The codings that are held beside the agreed one, and the agreed one itself, in one shape to compare."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlmodel import Session, col, func

from data.collection import visibility
from models import Coding, CodingCode, CodingRound, Finding, FindingLever, FindingTheme, Settlement, Source

AGREED = "agreed"
"""The name of the coding that the collection counts by: no round may take it."""
FACETS = ("direction", "theme", "lever", "role")
"""What a round may cover, in the order it is shown."""


@dataclass(frozen=True)
class CodedFinding:
    """What one coding makes of one finding; `roles` holds each lever's roles, and is empty where none are coded."""

    direction: str = ""
    themes: frozenset[str] = frozenset()
    levers: frozenset[str] = frozenset()
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    coder: str = ""
    coded_on: str = ""

    def codes(self, facet: str) -> frozenset[str]:
        """Return the codes of a facet that holds a set: themes or levers."""
        return self.themes if facet == "theme" else self.levers

    def role(self, lever: str) -> str:
        """Return a lever's role in words; one that has several in this finding names them all."""
        return " and ".join(sorted(self.roles.get(lever, ())))


@dataclass(frozen=True)
class Round:
    """One coding of many findings: its name, what its coders coded, and what they made of each finding, by ref."""

    name: str
    title: str
    covers: tuple[str, ...]
    coded: Mapping[str, CodedFinding]
    file: str = ""
    sha256: str = ""
    at: datetime | None = None


class CodingsState(NamedTuple):
    """What is held beside the agreed coding, as numbers that change when it does: what an answer is remembered by."""

    newest_round: int
    withdrawn: int
    settlements: int


NOTHING = CodingsState(0, 0, 0)


def state(session: Session) -> CodingsState:
    """Return the state of the codings and settlements now."""
    rounds = select(func.max(col(CodingRound.id)), func.sum(col(CodingRound.withdrawn)))
    newest, withdrawn = session.execute(rounds).one()
    settlements = session.execute(select(func.max(col(Settlement.id)))).scalar_one()
    return CodingsState(newest or 0, withdrawn or 0, settlements or 0)


def in_use(session: Session) -> list[CodingRound]:
    """Return the newest round of each name that is not withdrawn, in the order their names first came."""
    rows = session.scalars(select(CodingRound).where(~col(CodingRound.withdrawn)).order_by(col(CodingRound.id)))
    newest: dict[str, CodingRound] = {}
    for row in rows:
        newest[row.name] = row
    return list(newest.values())


def read(session: Session, refs: Iterable[str]) -> dict[str, Round]:
    """Return every round in use by name, the agreed coding last, each with what it makes of these findings."""
    wanted = frozenset(refs)
    rounds = {row.name: _round(session, row, wanted) for row in in_use(session)}
    return {**rounds, AGREED: Round(AGREED, "Agreed coding", FACETS, agreed(session, wanted))}


def _round(session: Session, row: CodingRound, wanted: frozenset[str]) -> Round:
    themes: dict[str, set[str]] = {}
    roles: dict[str, dict[str, set[str]]] = {}
    codes = select(col(CodingCode.finding), col(CodingCode.facet), col(CodingCode.code), col(CodingCode.role))
    for ref, facet, code, role in session.execute(codes.where(col(CodingCode.round_id) == row.id)):
        if facet == "theme":
            themes.setdefault(ref, set()).add(code)
        else:
            roles.setdefault(ref, {}).setdefault(code, set()).update({role} - {""})
    codings = session.scalars(select(Coding).where(col(Coding.round_id) == row.id).order_by(col(Coding.finding)))
    coded = {
        one.finding: _coded(one.direction, themes.get(one.finding, ()), roles.get(one.finding, {}), one.coder,
                            one.coded_on)
        for one in codings
        if one.finding in wanted
    }  # fmt: skip
    return Round(row.name, row.title, tuple(row.covers), coded, row.file, row.sha256, row.at)


def _coded(
    direction: str, themes: Iterable[str], roles: Mapping[str, Iterable[str]], coder: str, coded_on: str
) -> CodedFinding:
    held = {lever: frozenset(given) for lever, given in roles.items()}
    return CodedFinding(direction, frozenset(themes), frozenset(held), held, coder, coded_on)


def agreed(session: Session, refs: Iterable[str]) -> dict[str, CodedFinding]:
    """Return the agreed coding of these findings by ref, as the collection holds it now."""
    wanted = frozenset(refs)
    themes: dict[int, set[str]] = {}
    roles: dict[int, dict[str, set[str]]] = {}
    for number, theme in session.execute(
        select(col(FindingTheme.finding_id), col(FindingTheme.theme)).where(col(FindingTheme.coded))
    ):
        themes.setdefault(number, set()).add(theme)
    for number, lever, role in session.execute(
        select(col(FindingLever.finding_id), col(FindingLever.lever), col(FindingLever.role)).where(
            col(FindingLever.coded)
        )
    ):
        roles.setdefault(number, {}).setdefault(lever, set()).add(role)
    f = Finding
    rows = session.execute(
        select(col(f.id), col(f.ref), col(f.direction), col(f.coder), col(f.coded_on)).order_by(col(f.ref))
    )
    return {
        ref: _coded(direction, themes.get(number, ()), roles.get(number, {}), coder, coded_on)
        for number, ref, direction, coder, coded_on in rows
        if ref in wanted
    }


def refs_of(session: Session) -> tuple[str, ...]:
    """Return the refs of the findings that whoever asks may see, in order."""
    query: Select[Any] = (
        select(col(Finding.ref))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(*visibility.findings(visibility.level(session)))
        .order_by(col(Finding.ref))
    )
    return tuple(session.execute(query).scalars())
