"""Every load as a level of access may be told of it: its files by name alone, and only what it may see counted."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from data.collection import database, visibility
from data.collection.access import seen_at
from data.filters.wording import name_alone
from models import Access, Change, Finding, Lever, Load, Region, Source, Theme

Counted = Counter[tuple[int, str]]
"""How many rows each load did something to, by load and what it did."""
HELD: Mapping[str, type[Source | Finding]] = {"source": Source, "finding": Finding}
CODES: Mapping[str, type[Theme | Lever | Region]] = {"theme": Theme, "lever": Lever, "region": Region}


class LoadTold(NamedTuple):
    """One load: the version it made, when, what it did to what may be seen, and its files with their SHA-256."""

    version: int
    at: datetime
    added: int
    changed: int
    withdrawn: int
    codebook_changes: int
    digest: str
    files: tuple[tuple[str, str], ...]


def loads(session: Session) -> list[LoadTold]:
    """Return every load, newest first, with counts of the rows and codes that the session may see.

    A source or finding that is there no more counts where what was withdrawn might be seen.
    """
    at, every = visibility.level(session), database.loads(session)
    if at == Access.TEAM:
        return [_told(load, load.added, load.changed, load.withdrawn, load.codebook_changes) for load in every]
    rows, codes = _there(session, at) + _gone(session, at), _codes_unseen(session, at)
    found = []
    for load in every:
        number = load.id or 0
        added, changed, withdrawn = (rows[number, what] for what in ("added", "changed", "withdrawn"))
        found.append(_told(load, added, changed, withdrawn, load.codebook_changes - codes[number]))
    return found


def _told(load: Load, added: int, changed: int, withdrawn: int, codes: int) -> LoadTold:
    files = tuple((name_alone(file["name"]), file["sha256"]) for file in load.files)
    return LoadTold(load.version, load.at, added, changed, withdrawn, codes, load.digest, files)


def _there(session: Session, at: Access) -> Counted:
    """Count what loads did to the sources and findings that are there and that a level sees."""
    sources = select(col(Source.id)).where(*visibility.sources(at))
    findings = (
        select(col(Finding.id)).join(Source, col(Source.id) == col(Finding.source_id)).where(*visibility.findings(at))
    )
    found: Counted = Counter()
    for kind, ids in (("source", sources), ("finding", findings)):
        query = select(col(Change.load_id), col(Change.what), func.count()).where(
            col(Change.kind) == kind, col(Change.row_id).in_(ids)
        )
        for load, what, number in session.execute(query.group_by(col(Change.load_id), col(Change.what))):
            found[load, what] += number
    return found


def _gone(session: Session, at: Access) -> Counted:
    """Count what loads did to sources and findings that are there no more and that a level saw, as they were last."""
    changes = {kind: session.execute(_changes_of_gone(kind)).all() for kind in HELD}
    last = {kind: {row.ref: row.before for row in rows if row.before} for kind, rows in changes.items()}
    levels = seen_at(at)
    access = dict(session.execute(select(col(Source.ref), col(Source.access))).all())
    access |= {ref: before["access"] for ref, before in last["source"].items()}
    open_ = {
        ref: before["source"]
        for ref, before in last["finding"].items()
        if before["access"] in levels and access.get(before["source"]) in levels
    }
    # As of those that are there: a source whose findings were all withheld is withheld with them.
    shut = {before["source"] for before in last["finding"].values()} - set(open_.values())
    shown = {
        "finding": open_.keys(),
        "source": {ref for ref, before in last["source"].items() if before["access"] in levels} - shut,
    }
    return Counter((row.load_id, row.what) for kind, rows in changes.items() for row in rows if row.ref in shown[kind])


def _changes_of_gone(kind: str) -> Select[*tuple[Any, ...]]:
    every = select(col(HELD[kind].id))
    columns = (col(Change.load_id), col(Change.what), col(Change.ref), col(Change.before))
    return select(*columns).where(col(Change.kind) == kind, col(Change.row_id).not_in(every)).order_by(columns[0])


def _codes_unseen(session: Session, at: Access) -> Counter[int]:
    """Count the codes that each load added or retired and that a level does not see, or that are there no more."""
    hidden = visibility.codes_withheld(session, at)
    known = {
        (kind, code) for kind, table in CODES.items() for code in session.execute(select(col(table.code))).scalars()
    }
    query = select(col(Change.load_id), col(Change.kind), col(Change.ref)).where(col(Change.kind).in_(list(CODES)))
    return Counter(load for load, kind, code in session.execute(query) if (kind, code) not in known - hidden)
