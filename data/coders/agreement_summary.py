"""How far codings agree, in short, for the Method page: the first two with each other, later ones with the agreed."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.coders import measures
from data.coders.rounds import AGREED, CodedFinding, Round

COLUMNS = ["what", "measure", "compared", "findings", "agree", "kappa", "overlap"]


def pairs(held: Mapping[str, Round]) -> list[tuple[Round, Round]]:
    """Return the pairs that the Method page tells: two codings made apart, and each later one against the agreed."""
    agreed, rounds = held[AGREED], [one for name, one in held.items() if name != AGREED]
    first = [(rounds[0], rounds[1])] if len(rounds) > 1 else [(one, agreed) for one in rounds]
    return [*first, *((one, agreed) for one in rounds[2:])]


def table(held: Mapping[str, Round]) -> pd.DataFrame:
    """Return how far codings agree, a row a comparison and dimension.

    Columns: what (the two codings), measure, compared (things coded twice), findings (that they stand in), agree,
    kappa, overlap (mean Jaccard index), each to 1 and missing where the measure does not apply.
    """
    rows = [row for one, other in pairs(held) for row in _compared(one, other)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _compared(one: Round, other: Round) -> list[tuple[object, ...]]:
    what = f"{one.title} against {other.title.lower()}"
    both = [(one.coded[ref], other.coded[ref]) for ref in one.coded if ref in other.coded]
    covered = [facet for facet in one.covers if facet in other.covers]
    if not both:
        return []
    rows: list[tuple[object, ...]] = []
    if "direction" in covered:
        directions = [(a.direction, b.direction) for a, b in both]
        rows.append((what, "Direction", len(both), len(both), share(directions), kappa(directions), None))
    for facet, name in (("theme", "Themes"), ("lever", "Policy levers")):
        if facet in covered:
            overlap = float(np.mean([measures.jaccard(a.codes(facet), b.codes(facet)) for a, b in both]))
            rows.append((what, name, len(both), len(both), None, None, overlap))
    return [*rows, *(_roles(what, one, other) if "role" in covered else [])]


def _roles(what: str, one: Round, other: Round) -> list[tuple[object, ...]]:
    held = [(ref, *pair) for ref in one.coded if ref in other.coded for pair in _both(one.coded[ref], other.coded[ref])]
    if not held:
        return []
    roles = [(mine, theirs) for _, mine, theirs in held]
    findings = len({ref for ref, *_ in held})
    return [(what, "Role of a lever", len(held), findings, share(roles), kappa(roles), None)]


def _both(one: CodedFinding, other: CodedFinding) -> list[tuple[str, str]]:
    levers = sorted(one.levers & other.levers)
    return [(one.role(lever), other.role(lever)) for lever in levers if one.role(lever) and other.role(lever)]


def share(pairs: list[tuple[str, str]]) -> float:
    """Return the share of pairs that agree, from 0 to 1."""
    return sum(one == other for one, other in pairs) / len(pairs)


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two coders' codes of the same things; missing where both always use the same one code."""
    words = sorted({code for pair in pairs for code in pair})
    if len(words) < 2:
        return float("nan")
    one, other = (np.array([words.index(code) for code in column]) for column in zip(*pairs, strict=True))
    return float(measures.kappa_of(one, other)(np.ones((1, len(pairs))))[0, 0])


def twice_coded(held: Mapping[str, Round]) -> int:
    """Return how many of the agreed coding's findings two other codings have coded too."""
    rounds = [one for name, one in held.items() if name != AGREED and {"direction", "theme"} & {*one.covers}]
    return sum(sum(ref in one.coded for one in rounds) > 1 for ref in held[AGREED].coded)
