"""Rows of a load that are likely to be in the collection already, or twice in its files, by the rules of duplicates."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import pandas as pd
from sqlalchemy import Connection, Row, text

from data.collection import duplicates
from data.importing.loads.comparison import Plan, PlannedChanges

LIKELY_COLUMNS = ("kind", "ref", "other", "other_is", "score", "why", "text", "other_text")
MOST_ADDED, MOST_COMPARED = 2_000, 30_000
"""Added rows of a kind that are compared, and the rows of the collection and the files that they are compared with."""


class Likely(NamedTuple):
    """Pairs of an added row (`ref`) and another that are likely the same (LIKELY_COLUMNS), the most alike first.

    `other_is` says whether the other is added too or in the collection. `cut` says in words what was not compared.
    """

    pairs: pd.DataFrame
    cut: tuple[str, ...] = ()


class _Source(NamedTuple):
    ref: str
    title: str
    year: int | None
    doi: str
    url: str
    study_id: str


class _Finding(NamedTuple):
    ref: str
    finding: str
    source: str


_Row = TypeVar("_Row", _Source, _Finding)


def likely(connection: Connection, plan: Plan) -> Likely:
    """Return which rows that a plan would add are likely to be the same as another; nothing is merged.

    Of many rows only the first MOST_ADDED of a kind are looked for, among MOST_COMPARED.
    """
    cut: list[str] = []
    rows: list[tuple[object, ...]] = []
    apart: set[tuple[object, ...]] = {tuple(row) for row in connection.execute(duplicates.select_apart())}
    if new := _looked_for("source", plan.sources, cut):
        held = _within(_sources(connection, plan, new), "source", cut)
        rows += _turned(duplicates.of_sources(held, new), plan.sources, new, apart)
    if new := _looked_for("finding", plan.findings, cut):
        found = _within(_findings(connection, plan, new), "finding", cut)
        alone: Mapping[str, str] = {row.source: row.source for row in found}
        rows += _turned(duplicates.of_findings(found, alone, new), plan.findings, new, apart)
    pairs = pd.DataFrame(rows, columns=list(LIKELY_COLUMNS))
    order = ["score", "kind", "ref", "other"]
    return Likely(pairs.sort_values(order, ascending=[False, False, True, True], ignore_index=True), tuple(cut))


def _looked_for(kind: str, difference: PlannedChanges, cut: list[str]) -> frozenset[str]:
    added = len(difference.added)
    if added > MOST_ADDED:
        cut.append(f"of {added:,} added {kind}s the first {MOST_ADDED:,} were compared with others")
    return frozenset(difference.added[:MOST_ADDED])


def _within(rows: list[_Row], kind: str, cut: list[str]) -> list[_Row]:
    if len(rows) > MOST_COMPARED:
        cut.append(f"added {kind}s were compared with {MOST_COMPARED:,} {kind}s, not with all")
    return rows[:MOST_COMPARED]


def _sources(connection: Connection, plan: Plan, new: frozenset[str]) -> list[_Source]:
    """Return the sources as they would be, those looked for first; no more of the collection than is compared."""
    told = plan.checked.sources
    mine = sorted(told.items(), key=lambda pair: pair[0] not in new)
    query = "SELECT ref, title, year, doi, url, study FROM source"
    stored = _stored(connection, query, plan.sources, told)
    return [
        *(_Source(ref, one.title, one.year, one.doi, one.url, one.study or ref) for ref, one in mine),
        *(_Source(row.ref, row.title, row.year, row.doi, row.url, row.study or row.ref) for row in stored),
    ]


def _findings(connection: Connection, plan: Plan, new: frozenset[str]) -> list[_Finding]:
    """Return the findings as they would be, those looked for first; no more of the collection than is compared."""
    told = plan.checked.findings
    mine = sorted(told.items(), key=lambda pair: pair[0] not in new)
    query = "SELECT f.ref, f.finding, s.ref AS source FROM finding f JOIN source s ON s.id = f.source_id"
    stored = _stored(connection, query, plan.findings, told)
    return [
        *(_Finding(ref, one.finding, one.source) for ref, one in mine),
        *(_Finding(row.ref, row.finding, row.source) for row in stored),
    ]


def _stored(
    connection: Connection, query: str, difference: PlannedChanges, told: Mapping[str, object]
) -> Iterator[Row[Any]]:
    """Yield the rows of the collection that a plan says nothing of, one more than are compared at most."""
    rows = (row for row in connection.execute(text(query)) if row.ref not in told)
    return islice((row for row in rows if row.ref not in difference.withdrawn), MOST_COMPARED + 1)


def _turned(
    pairs: Iterator[tuple[object, ...]], difference: PlannedChanges, new: frozenset[str], apart: set[tuple[object, ...]]
) -> Iterator[tuple[object, ...]]:
    """Yield pairs with the added row first, but those that a person has told apart."""
    added = set(difference.added)
    for kind, one, two, score, why, said, other_said, _ in pairs:
        if (kind, one, two) in apart:
            continue
        mine, others = ((one, said), (two, other_said))[:: 1 if one in new else -1]
        other_is = "added too" if others[0] in added else "in the collection"
        yield kind, mine[0], others[0], other_is, score, why, mine[1], others[1]
