"""How far coders agree: two blind codings of each finding, and blind checks of the settled coding and of its roles.

Methods: percentage agreement and Cohen's kappa for one code a finding (Cohen 1960, doi 10.1177/001316446002000104);
the Jaccard index, the mean over findings of shared codes among all codes, for sets of codes.
"""

import csv
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sqlmodel import Session, col, func, select

from models import Finding, FindingLever, FindingTheme

FOLDER = Path(__file__).parent / "codings"
COLUMNS = ["what", "measure", "compared", "findings", "agree", "kappa", "overlap"]


class CodingsFault(Exception):
    """The files of codings cannot be read; the message says which and what to do."""


class Coding(NamedTuple):
    """What one coder made of one finding."""

    direction: str
    themes: frozenset[str]
    levers: frozenset[str]
    roles: Mapping[str, str]


def read(name: str, folder: Path = FOLDER) -> dict[str, Coding]:
    """Return a file of codings by the finding's ref; raise CodingsFault where it is not there or lacks a column."""
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["finding_id"]: _coding(row) for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError) as error:
        raise CodingsFault(f"{path.name} cannot be read; put the file back into data/codings") from error
    except KeyError as error:
        raise CodingsFault(
            f"{path.name} has no column {error}; put the file as shipped back into data/codings"
        ) from error


def _coding(row: Mapping[str, str]) -> Coding:
    levers = _codes(row["levers"])
    roles = dict(zip(levers, _codes(row.get("lever_roles") or ""), strict=False))
    return Coding(row.get("direction") or "", frozenset(_codes(row.get("themes") or "")), frozenset(levers), roles)


def _codes(cell: str) -> list[str]:
    return [code for code in cell.split(";") if code]


def settled(session: Session, refs: Sequence[str]) -> dict[str, Coding]:
    """Return the coding that the collection holds now of those of these findings that it has."""
    found = dict(session.exec(select(Finding.id, Finding.ref).where(col(Finding.ref).in_(refs))).all())
    directions = dict(session.exec(select(Finding.ref, Finding.direction).where(col(Finding.ref).in_(refs))).all())
    themes: dict[str, set[str]] = {ref: set() for ref in directions}
    levers: dict[str, dict[str, str]] = {ref: {} for ref in directions}
    for finding, theme in session.exec(
        select(FindingTheme.finding_id, FindingTheme.theme).where(
            col(FindingTheme.finding_id).in_(found), col(FindingTheme.coded)
        )
    ):
        themes[found[finding]].add(theme)
    for finding, lever, role in session.exec(
        select(FindingLever.finding_id, FindingLever.lever, FindingLever.role).where(
            col(FindingLever.finding_id).in_(found), col(FindingLever.coded)
        )
    ):
        levers[found[finding]][lever] = str(role)
    return {
        ref: Coding(str(direction), frozenset(themes[ref]), frozenset(levers[ref]), levers[ref])
        for ref, direction in directions.items()
    }


def share(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return the share of pairs that agree, from 0 to 1."""
    return sum(one == other for one, other in pairs) / len(pairs)


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return Cohen's kappa of two coders' codes of the same things: agreement beyond what chance would give.

    1 where both always use the same one code, as nothing is then left to chance.
    """
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[code] * second[code] for code in first) / len(pairs) ** 2
    return 1.0 if chance == 1 else (share(pairs) - chance) / (1 - chance)


def overlap(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Return the mean Jaccard index of pairs of sets; two empty sets overlap wholly."""
    return sum(len(one & other) / len(one | other) if one | other else 1.0 for one, other in pairs) / len(pairs)


def table(session: Session, folder: Path = FOLDER) -> pd.DataFrame:
    """Return how far codings agree, a row a comparison and dimension.

    Columns: what (the two codings), measure, compared (things coded twice), findings (that they stand in), agree,
    kappa, overlap (each from 0 to 1, missing where the measure does not apply). Raises CodingsFault.
    """
    first, second, check = (read(name, folder) for name in ("first_coding", "second_coding", "check_coding"))
    checked_roles = read("check_roles", folder)
    now = settled(session, sorted({*check, *checked_roles}))
    rows = [
        *_compared("First against second coding", first, second),
        *_compared("Blind check against the settled coding", check, now),
        *_roles("Blind check against the settled coding", checked_roles, now),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _compared(what: str, one: Mapping[str, Coding], other: Mapping[str, Coding]) -> list[tuple[object, ...]]:
    both = [(one[ref], other[ref]) for ref in one if ref in other]
    if not both:
        return []
    directions = [(a.direction, b.direction) for a, b in both]
    themes, levers = overlap([(a.themes, b.themes) for a, b in both]), overlap([(a.levers, b.levers) for a, b in both])
    number = len(both)
    return [
        (what, "Direction", number, number, share(directions), kappa(directions), None),
        (what, "Themes", number, number, None, None, themes),
        (what, "Policy levers", number, number, None, None, levers),
    ]


def _roles(what: str, check: Mapping[str, Coding], now: Mapping[str, Coding]) -> list[tuple[object, ...]]:
    held = [
        (ref, role, now[ref].roles[lever])
        for ref, coding in check.items()
        for lever, role in coding.roles.items()
        if ref in now and lever in now[ref].roles
    ]
    if not held:
        return []
    roles = [(one, other) for _, one, other in held]
    return [(what, "Role of a lever", len(held), len({ref for ref, *_ in held}), share(roles), kappa(roles), None)]


def twice_coded(session: Session, folder: Path = FOLDER) -> tuple[int, int]:
    """Return how many findings of the collection were coded twice, and how many it has; raises CodingsFault."""
    both = sorted({*read("first_coding", folder)} & {*read("second_coding", folder)})
    known = session.exec(select(func.count()).where(col(Finding.ref).in_(both))).one()
    return known, session.exec(select(func.count()).select_from(Finding)).one()
