"""The findings and sources of a filter, whole, a page at a time or as a stream, and the places they name.

What is in the filter, and in what order, is told by the snapshot; rows are fetched by id, as many as are asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BindParameter, ColumnElement, Select, String, bindparam, func
from sqlalchemy import select as question
from sqlmodel import Session, col

from data.collection import visibility
from data.collection.codebook import Codebook
from data.collection.snapshot.columns import NO_YEAR, Numbers, Snapshot
from data.filters.filter import Filter
from data.filters.selection import Selection, select, starts
from data.queries.links import sure
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS
from data.search.reading import reading
from data.search.relevance import ranks
from models import EFFECTS, Direction, Finding, FindingLever, FindingRegion, FindingTheme, Source

ORDERS = ("confidence", "newest", "ref", "relevance")
"""How findings may be ordered; relevance is the order of a search."""
SOURCE_ORDERS = ("newest", "title", "findings", "ref")
"""How sources may be ordered: newest first, by title, most findings first, by ref."""
Query = Select[*tuple[Any, ...]]
AT_A_TIME = 500
"""Rows fetched in one question."""


def findings(
    session: Session,
    wanted: Filter,
    codebook: Codebook,
    order: str = "confidence",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the filter's findings with their source and codes, one row each.

    Codes are joined by semicolons in the order of codes; `lever_roles` runs parallel to `levers`. Columns: those of
    FINDING_FIELDS below.
    """
    chosen = select(session, wanted, codebook)
    asked = ordered(session, chosen, wanted, order)[offset:][:limit]
    return pd.DataFrame(list(finding_rows(session, chosen.snapshot, asked)), columns=list(FINDING_FIELDS))


def stream_findings(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[Mapping[str, Any]]:
    """Yield the filter's findings by ref, as `findings` does, without holding them all."""
    chosen = select(session, wanted, codebook)
    for row in finding_rows(session, chosen.snapshot, ordered(session, chosen, wanted, "ref")):
        yield dict(zip(FINDING_FIELDS, row, strict=True))


def stream_sources(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[Mapping[str, Any]]:
    """Yield the sources of the filter's findings by ref, with how many of those findings each holds."""
    chosen = select(session, wanted, codebook)
    for row in _source_rows(session, chosen, _ordered_sources(session, chosen, "ref")):
        yield dict(zip((*SOURCE_FIELDS, "findings"), row, strict=True))


def sources(
    session: Session,
    wanted: Filter,
    codebook: Codebook,
    order: str = "ref",
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return the sources of the filter's findings; columns: those of a sources file, then `findings`.

    `order` is one of SOURCE_ORDERS.
    """
    chosen = select(session, wanted, codebook)
    asked = _ordered_sources(session, chosen, order)[offset:][:limit]
    return pd.DataFrame(list(_source_rows(session, chosen, asked)), columns=[*SOURCE_FIELDS, "findings"])


SOURCE_FIELDS = SOURCE_COLUMNS
APART = ("access", "note")
"""Columns that a finding and its source each have."""
OF_FINDING = tuple(name for name in FINDING_COLUMNS if name not in APART)
OF_SOURCE = tuple(name for name in SOURCE_COLUMNS if name not in (*APART, "source_id"))
FINDING_FIELDS = (*OF_FINDING, *OF_SOURCE, *(f"{of}{name}" for name in APART for of in ("", "source_")))
"""The columns of a findings file, then those of the finding's source, then what both have, the source's under its name:
access, source_access, note, source_note."""


def _joined(link: Any, column: str) -> ColumnElement[str]:
    """Return a finding's own codes from a link table, joined by semicolons in code order."""
    table: Select[Any] = question(col(getattr(link, column)).label("code")).where(
        col(link.finding_id) == col(Finding.id),
        col(link.coded),
    )
    order = [col(link.lever), col(link.role)] if link is FindingLever else [col(getattr(link, column))]
    listed = table.order_by(*order).correlate(Finding).subquery()
    return question(func.coalesce(func.group_concat(listed.c.code, ";"), "")).scalar_subquery()


def among(column: Any, ids: Iterable[int] | Numbers) -> ColumnElement[bool]:
    """Return the condition that a column is one of these ids, however many."""
    condition: ColumnElement[bool] = column.in_(_listed(json.dumps(np.asarray(ids).tolist())))
    return condition


def _listed(ids: str | BindParameter[str]) -> Select[Any]:
    return question(func.json_each(ids).table_valued("value").c.value)


ASKED = bindparam("ids", type_=String)


LABELLED = {
    "finding_id": col(Finding.ref).label("finding_id"),
    "source_id": col(Source.ref).label("source_id"),
    "regions": _joined(FindingRegion, "region").label("regions"),
    "themes": _joined(FindingTheme, "theme").label("themes"),
    "levers": _joined(FindingLever, "lever").label("levers"),
    "lever_roles": _joined(FindingLever, "role").label("lever_roles"),
}
"""Columns of a finding that its table has under another name, or that stand in tables of their own."""


def _finding_query() -> Query:
    f, s = Finding, Source
    return (
        question(
            col(f.id),
            *(LABELLED[name] if name in LABELLED else col(getattr(f, name)) for name in OF_FINDING),
            *(col(getattr(s, name)) for name in OF_SOURCE),
            *(
                col(getattr(of, name)).label(f"{label}{name}")
                for name in APART
                for of, label in ((f, ""), (s, "source_"))
            ),
        )
        .select_from(f)
        .join(s, col(s.id) == col(f.source_id))
        .where(col(f.id).in_(_listed(ASKED)))
    )


_FINDINGS = _finding_query()
_SOURCES = question(col(Source.id), col(Source.ref), *(col(getattr(Source, name)) for name in SOURCE_FIELDS[1:])).where(
    col(Source.id).in_(_listed(ASKED))
)
LATITUDE, LONGITUDE, PLACE = (FINDING_FIELDS.index(name) for name in ("latitude", "longitude", "place"))


def _rows(session: Session, query: Query, ids: Numbers) -> Iterator[tuple[int, list[Any]]]:
    """Yield where each id stands and the row that a query gives for it, in the order of the ids, some at a time.

    A row that a load has taken away, or from this level, since the snapshot was made is left out.
    """
    for first in range(0, len(ids), AT_A_TIME):
        part = ids[first : first + AT_A_TIME].tolist()
        answer = session.connection().execute(query, {"ids": json.dumps(part)})
        rows = {row[0]: list(row[1:]) for row in answer}
        yield from ((first + place, rows[number]) for place, number in enumerate(part) if number in rows)


def finding_rows(session: Session, snapshot: Snapshot, asked: Numbers) -> Iterator[list[Any]]:
    """Yield the rows, as FINDING_FIELDS names them, of findings by where they stand in a snapshot, in that order."""
    query = _FINDINGS.where(*visibility.findings(snapshot.level))
    for place, row in _rows(session, query, snapshot.ids[asked]):
        finding = asked[place]
        if snapshot.coarse[finding]:
            known = not np.isnan(snapshot.latitude[finding])
            row[LATITUDE] = float(snapshot.latitude[finding]) if known else None
            row[LONGITUDE] = float(snapshot.longitude[finding]) if known else None
            row[PLACE] = snapshot.places[snapshot.place[finding]]
        yield row


def _source_rows(session: Session, chosen: Selection, asked: Numbers) -> Iterator[list[Any]]:
    held = _findings_by_source(chosen)
    query = _SOURCES.where(*visibility.sources(chosen.snapshot.level))
    for place, row in _rows(session, query, chosen.snapshot.source_ids[asked]):
        yield [*row, int(held[asked[place]])]


def _findings_by_source(chosen: Selection) -> Numbers:
    snapshot = chosen.snapshot
    return np.bincount(snapshot.source[chosen.findings], minlength=len(snapshot.source_ids))


def ordered(session: Session, chosen: Selection, wanted: Filter, order: str) -> Numbers:
    """Return where a selection's findings stand in the snapshot, in an order of ORDERS, then by ref."""
    snapshot, held = chosen.snapshot, chosen.findings
    first: Numbers = np.zeros(len(held))
    if order == "confidence":
        first = snapshot.confidence[held]
    elif order == "newest":
        first = _newest(snapshot.year[snapshot.source[held]])
    elif order == "relevance" and (expression := reading(session, wanted.q, snapshot).expression):
        first = ranks(session, snapshot, expression)[held]
    return held[np.lexsort((snapshot.ref[held], first))]


def _newest(year: Numbers) -> Numbers:
    """Return numbers that put the newest year first and an unknown one last."""
    return np.where(year == NO_YEAR, 1, -year)


def _ordered_sources(session: Session, chosen: Selection, order: str) -> Numbers:
    snapshot, held = chosen.snapshot, chosen.sources
    if order == "title":
        ids = session.connection().execute(
            question(col(Source.id)).order_by(func.lower(col(Source.title)), col(Source.ref))
        )
        placed = snapshot.sources_of(np.array(ids.scalars().all(), dtype=np.int64))
        return placed[np.isin(placed, held)]
    first: Numbers = np.zeros(len(held))
    if order == "newest":
        first = _newest(snapshot.year[held])
    elif order == "findings":
        first = -_findings_by_source(chosen)[held]
    return held[np.lexsort((snapshot.source_ref[held], first))]


def places(session: Session, wanted: Filter, codebook: Codebook) -> pd.DataFrame:
    """Return each place with coordinates: place, latitude, longitude, findings, sure, refs, and counts by direction.

    Most findings first; `refs` are joined by commas. A point that stands for a region bears the region's name.
    """
    chosen = select(session, wanted, codebook)
    snapshot = chosen.snapshot
    held = chosen.findings[~np.isnan(snapshot.latitude[chosen.findings])]
    held = held[np.lexsort((snapshot.ref[held], snapshot.longitude[held], snapshot.latitude[held]))]
    first = np.flatnonzero(starts(snapshot.latitude[held], snapshot.longitude[held]))
    ends = [*first[1:].tolist(), len(held)]
    refs = [snapshot.refs[place] for place in snapshot.ref[held].tolist()]

    def number(counted: Numbers) -> Numbers:
        return np.add.reduceat(counted[held].astype(np.int64), first) if len(first) else first

    table = pd.DataFrame(
        {
            "place": np.minimum.reduceat(snapshot.place[held], first) if len(first) else first,
            "latitude": snapshot.latitude[held[first]],
            "longitude": snapshot.longitude[held[first]],
            "findings": number(np.ones(len(snapshot))),
            "sure": number(sure(snapshot)),
            "refs": [",".join(refs[start:end]) for start, end in zip(first.tolist(), ends, strict=False)],
            **{str(word): number(snapshot.direction == tuple(Direction).index(word)) for word in EFFECTS},
        }
    ).sort_values(["findings", "place"], ascending=[False, True], kind="stable", ignore_index=True)
    return table.assign(place=[snapshot.places[place] for place in table["place"]])
