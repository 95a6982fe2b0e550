"""How far the codings of findings agree, by facet and by code: the table behind the page, the file and the terminal."""

from collections.abc import Sequence
from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd
from sqlmodel import Session

from data.coders import measures, rounds
from data.coders.measures import MISSING, UNKNOWN, Measured, Numbers, measured
from data.coders.rounds import FACETS, NOTHING, CodedFinding, CodingsState, Round
from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.selection import select

MEASURES = ("agree", "kappa", "alpha", "overlap")
COLUMNS = [
    "facet", "code", "name", "compared", "findings", "used", "shared",
    *(f"{measure}{end}" for measure in MEASURES for end in ("", "_low", "_high")),
]  # fmt: skip
FEW = 10
"""A code that was used less often has a kappa and an alpha that a single finding can swing."""
NAMES = {"direction": "Direction", "theme": "Themes", "lever": "Policy levers", "role": "Role of a lever"}


def held(session: Session, wanted: Filter, codebook: Codebook, _: CodingsState = NOTHING) -> dict[str, Round]:
    """Return every coding of the filter's findings that whoever asks may see, by name, the agreed one last."""
    return rounds.read(session, select(session, wanted, codebook).refs)


def compare(chosen: Sequence[Round], codebook: Codebook) -> pd.DataFrame:
    """Return how far codings agree: a row a facet (code empty), then a row for each code that any of them gave.

    Columns: facet, code, name; compared (things that at least two coded: findings, of roles the levers that both gave)
    and the findings they stand in; used (of these, how many anyone gave the code) and shared (how many everyone who
    coded it gave it); agree, kappa (of two codings only), alpha, overlap (mean Jaccard index of sets), each with the
    ends of its 95 % interval. A measure that does not apply is missing.
    """
    rows: list[tuple[object, ...]] = []
    for facet in FACETS:
        covering = [one for one in chosen if facet in one.covers]
        if len(covering) > 1:
            rows += _of_facet(facet, covering, codebook)
    return pd.DataFrame(rows, columns=COLUMNS).astype({"facet": str, "code": str, "name": str})


def _of_facet(facet: str, covering: Sequence[Round], codebook: Codebook) -> list[tuple[object, ...]]:
    if facet == "role":
        return _of_roles(covering)
    refs = sorted({ref for one, other in combinations(covering, 2) for ref in one.coded.keys() & other.coded.keys()})
    if not refs:
        return []
    coded = [[one.coded.get(ref) for ref in refs] for one in covering]
    if facet == "direction":
        return _of_direction(coded, codebook)
    return _of_sets(facet, coded, codebook)


def _of_direction(coded: Sequence[Sequence[CodedFinding | None]], codebook: Codebook) -> list[tuple[object, ...]]:
    words = codebook.codes("direction")
    values = np.array([[words.index(one.direction) if one else MISSING for one in row] for row in coded])
    whole = _nominal(values, len(words), None, values.shape[1])
    sets = [[frozenset({one.direction}) if one else None for one in row] for row in coded]
    return [
        _row("direction", "", NAMES["direction"], values.shape[1], values.shape[1], whole),
        *_by_code("direction", sets, codebook),
    ]


def _of_sets(
    facet: str, coded: Sequence[Sequence[CodedFinding | None]], codebook: Codebook
) -> list[tuple[object, ...]]:
    sets = [[one.codes(facet) if one else None for one in row] for row in coded]
    number = len(sets[0])
    statistic = measures.set_alpha_of(sets)
    pairs = [_mean_of_pairs(column) for column in zip(*sets, strict=True)]
    same, overlap = (np.array(values) for values in zip(*pairs, strict=True))
    whole = {
        "agree": measured(measures.mean_of(same), number)[0],
        "alpha": measured(statistic, number)[0] if statistic else UNKNOWN,
        "overlap": measured(measures.mean_of(overlap), number)[0],
    }
    return [_row(facet, "", NAMES[facet], number, number, whole), *_by_code(facet, sets, codebook)]


def _mean_of_pairs(column: Sequence[frozenset[str] | None]) -> tuple[float, float]:
    """Return the share of the pairs of one finding's sets that are the same, and their mean Jaccard index."""
    pairs = list(combinations([held for held in column if held is not None], 2))
    return (
        sum(one == other for one, other in pairs) / len(pairs),
        sum(measures.jaccard(one, other) for one, other in pairs) / len(pairs),
    )


def _by_code(
    facet: str, sets: Sequence[Sequence[frozenset[str] | None]], codebook: Codebook
) -> list[tuple[object, ...]]:
    found = {code for row in sets for given in row if given for code in given}
    codes = [*(code for code in codebook.codes(facet) if code in found), *sorted(found - {*codebook.codes(facet)})]
    if not codes:
        return []
    place = {code: number for number, code in enumerate(codes)}
    number = len(sets[0])
    each = np.zeros((len(sets), number, len(codes)))
    for coder, row in enumerate(sets):
        for at, given in enumerate(row):
            each[coder, at, [place[code] for code in given or ()]] = 1
    coders = np.array([[given is not None for given in row] for row in sets]).sum(axis=0).astype(float)
    given = each.sum(axis=0)
    results = {
        "agree": measured(measures.agreement_by_code(given, coders), number),
        "alpha": _checked_by_code(given, coders, measured(measures.alpha_by_code(given, coders), number)),
    }
    if len(sets) == 2:
        results["kappa"] = measured(measures.kappa_by_code(each[0], each[1]), number)
    used, shared = (given > 0).sum(axis=0), (given == coders[:, None]).sum(axis=0)
    return [
        _row(facet, code, codebook.name(facet, code), number, number,
             {measure: values[at] for measure, values in results.items()}, int(used[at]), int(shared[at]))
        for at, code in enumerate(codes)
    ]  # fmt: skip


def _checked_by_code(given: Numbers, coders: Numbers, found: list[Measured]) -> list[Measured]:
    """Return the alphas with the value that the package krippendorff gives; the intervals are of the resamples."""
    counts = np.stack([given, coders[:, None] - given], axis=-1)
    return [one._replace(value=_alpha(counts[:, at])) for at, one in enumerate(found)]


def _alpha(counts: Numbers) -> float:
    """Return Krippendorff's nominal alpha of how many coders gave each value to each thing; missing where all agree."""
    of_each = counts[counts.sum(axis=1) > 1].sum(axis=0)
    if (of_each > 0).sum() < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=counts.astype(int), level_of_measurement="nominal"))


def _of_roles(covering: Sequence[Round]) -> list[tuple[object, ...]]:
    """Return the row of roles: the things compared are levers of a finding that at least two codings give a role."""
    given: dict[tuple[str, str], list[str]] = {}
    for at, one in enumerate(covering):
        for ref, coded in one.coded.items():
            for lever in coded.roles:
                if role := coded.role(lever):
                    given.setdefault((ref, lever), [""] * len(covering))[at] = role
    twice = {thing: roles for thing, roles in sorted(given.items()) if sum(map(bool, roles)) > 1}
    if not twice:
        return []
    words = sorted({role for roles in twice.values() for role in roles if role})
    values = np.array([[words.index(role) if role else MISSING for role in roles] for roles in twice.values()]).T
    refs = sorted({ref for ref, _ in twice})
    group = np.array([refs.index(ref) for ref, _ in twice])
    whole = _nominal(values, len(words), group, len(refs))
    return [_row("role", "", NAMES["role"], len(twice), len(refs), whole)]


def _nominal(values: np.ndarray, words: int, group: np.ndarray | None, findings: int) -> dict[str, Measured]:
    """Return the measures of one code a thing: `values` are codes as numbers (coder, thing)."""
    counts = np.stack([(values == word).sum(axis=0) for word in range(words)], axis=1).astype(float)
    found = {
        "agree": measured(measures.agreement_of(counts, group), findings)[0],
        "alpha": measured(measures.alpha_of(counts, group), findings)[0]._replace(value=_alpha(counts)),
    }
    if len(values) == 2:
        found["kappa"] = measured(measures.kappa_of(values[0], values[1], group), findings)[0]
    return found


def _row(
    facet: str,
    code: str,
    name: str,
    compared: int,
    findings: int,
    found: dict[str, Measured],
    used: int | None = None,
    shared: int | None = None,
) -> tuple[object, ...]:
    numbers = [number for measure in MEASURES for number in found.get(measure, UNKNOWN)]
    return (facet, code, name, compared, findings, used, shared, *numbers)
