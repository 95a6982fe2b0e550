"""Collections with findings held back, and the same without them: what a viewer is told must be one and the same."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random

from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import StaticPool

from models import Access
from tests.data.reckoning import CODES, ROWS, Row, wide

ORDER = ("public", "roundtable", "team")
SOURCES = tuple(sorted({row.source for row in ROWS}))
Accesses = Mapping[str, str]
"""The access of findings or sources by ref; those not named are public."""

DRAWN = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**32 - 1),
        "share": st.sampled_from([0.02, 0.2, 0.7]),
        "whole": st.lists(
            st.sampled_from([(facet, code) for facet in ("method", "region", "strand") for code in CODES[facet]]),
            max_size=3,
        ),
    }
)
"""How access is given: at random to a share of findings and sources, and to all that carry some codes."""


def drawn_accesses(seed: int, share: float, whole: list[tuple[str, str]]) -> tuple[Accesses, Accesses]:
    """Return an access for some findings and for some sources."""
    random = Random(seed)
    findings = {row.ref: random.choice(ORDER) for row in ROWS if random.random() < share}
    sources = {ref: random.choice(ORDER) for ref in SOURCES if random.random() < share / 2}
    findings |= {row.ref: random.choice(ORDER[1:]) for row in ROWS if any(_carries(row, *pair) for pair in whole)}
    return findings, sources


def _carries(row: Row, facet: str, code: str) -> bool:
    return code in (wide(row.regions) if facet == "region" else {getattr(row, facet)})


def seen(level: str, findings: Accesses, sources: Accesses) -> frozenset[str]:
    """Return the refs of the shipped findings that a level sees, by the stricter of a finding's and its source's."""
    allowed = ORDER[: ORDER.index(level) + 1]
    return frozenset(
        row.ref
        for row in ROWS
        if findings.get(row.ref, "public") in allowed and sources.get(row.source, "public") in allowed
    )


def held_back(shipped: Path, findings: Accesses, sources: Accesses) -> Engine:
    """Return a copy of the shipped collection in which findings and sources have these accesses."""
    engine = _copy(shipped)
    with engine.begin() as connection:
        _give_access(connection, findings, sources)
    return engine


def never_loaded(shipped: Path, level: Access, findings: Accesses, sources: Accesses) -> Engine:
    """Return the same without what the level may not see: those findings, and the sources left with none of theirs."""
    engine = _copy(shipped)
    kept = seen(level, findings, sources)
    told = {row.source for row in ROWS if row.ref in kept}
    with engine.begin() as connection:
        _give_access(connection, findings, sources)
        refs = [{"ref": row.ref} for row in ROWS if row.ref not in kept]
        if refs:
            connection.execute(
                text("DELETE FROM finding_search WHERE rowid = (SELECT id FROM finding WHERE ref = :ref)"), refs
            )
            connection.execute(text("DELETE FROM finding WHERE ref = :ref"), refs)
        if gone := [{"ref": ref} for ref in SOURCES if ref not in told]:
            connection.execute(text("DELETE FROM source WHERE ref = :ref"), gone)
        connection.execute(text("DELETE FROM study WHERE id NOT IN (SELECT study_id FROM source)"))
    return engine


def _copy(shipped: Path) -> Engine:
    """Return an engine on a copy of the shipped collection in memory."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with closing(sqlite3.connect(shipped)) as source, engine.connect() as connection:
        source.backup(connection.connection.driver_connection)
    return engine


def _give_access(connection: Connection, findings: Accesses, sources: Accesses) -> None:
    for table, accesses in (("finding", findings), ("source", sources)):
        if rows := [{"ref": ref, "access": access} for ref, access in accesses.items()]:
            connection.execute(text(f"UPDATE {table} SET access = :access WHERE ref = :ref"), rows)
