"""Whether a database is whole: its pages, its tables, what they name of each other, its index of words, its digest."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, inspect, text

from data.collection import database, meetings_file
from data.collection.database import DatabaseFault
from data.importing.checking.records import ROWS, digest, record_of
from data.importing.loads.applying import AT_A_TIME, collection_digest, stored_rows
from data.progress import Progress, between, unheard
from data.safekeeping import backup
from data.search.words import indexed

MOST = 20
"""Faults that are told; a damaged page brings hundreds that say the same."""
INDEXED = """
SELECT f.ref, s.title, f.finding, f.place, f.population, i.words, i.stems
FROM finding f JOIN source s ON s.id = f.source_id LEFT JOIN finding_search i ON i.rowid = f.id"""


def faults(engine: Engine, progress: Progress = unheard, each_row: bool = True) -> list[str]:
    """Return what is at fault in a database, a sentence each, at most MOST; nothing where it is whole.

    Looked at are the pages and what rows name of each other, by SQLite's own checks; each table and column of this
    version; whether the evidence has the digest that its newest load gave it; and, with `each_row`, whether each source
    and finding has its own digest and is found by its words. Raises DatabaseFault where there is no database of this
    version to look at.
    """
    try:
        database.check(engine)
        with database.explained(engine), engine.connect() as connection, connection.begin():
            found = faults_in(connection, progress, each_row)
        if (own := database.meetings(engine)) is not engine:
            found += _faults_of_meetings(own)
        return found[:MOST]
    except DatabaseFault as fault:
        if fault.__cause__ is None:  # nothing is wrong with the file: it is not there, or of another version
            raise
        return [str(fault)]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def faults_in(connection: Connection, progress: Progress = unheard, each_row: bool = True) -> list[str]:
    """Return the same of what a transaction sees, which may be what it has written itself."""
    progress(0.0, "Looking at the pages")
    held = connection.connection.dbapi_connection
    found = backup.faults_of(held) or _missing(connection, meetings_file.tables_in(connection))  # type: ignore[arg-type]
    if found:
        return found[:MOST]
    evidence = _faults_of_evidence(connection, between(progress, 0.3, 1.0), each_row)
    return list(islice(evidence, MOST))


def _faults_of_meetings(own: Engine) -> list[str]:
    """Return the same of the file that meetings are kept in, by its name."""
    with database.explained(own), own.connect() as connection, connection.begin():
        held = connection.connection.dbapi_connection
        found = backup.faults_of(held) or _missing(connection, meetings_file.TABLES)  # type: ignore[arg-type]
    return [f"{database.name_of(own)}: {fault}" for fault in found]


def _missing(connection: Connection, wanted: Iterable[Table]) -> list[str]:
    """Return which of these tables, as this version has them, are not there or lack a column."""
    there, found = inspect(connection), []
    names = {*there.get_table_names(), *there.get_view_names()}
    for table in wanted:
        if table.name not in names:
            found.append(f"the table {table.name} is missing")
            continue
        held = {column["name"] for column in there.get_columns(table.name)}
        found += [
            f"the column {column.name} of {table.name} is missing"
            for column in table.columns
            if column.name not in held
        ]
    return found


def _faults_of_evidence(connection: Connection, progress: Progress, each_row: bool) -> Iterator[str]:
    if each_row:
        progress(0.0, "Looking at the index of words")
        yield from _wrong_words(connection)
        for number, kind in enumerate(ROWS):
            progress(0.3 + 0.3 * number, f"Reckoning the digest of each {kind}")
            yield from _changed_rows(connection, kind)
    progress(0.9, "Reckoning the digest of all")
    rows = connection.scalar(text("SELECT count(*) FROM finding_search"))
    if rows != (findings := connection.scalar(text("SELECT count(*) FROM finding"))):
        yield f"the index of words has {rows} rows for {findings} findings"
    newest = connection.execute(text("SELECT id, digest FROM load ORDER BY id DESC LIMIT 1")).first()
    if newest and newest.digest != (now := collection_digest(connection)):
        yield f"the evidence has the digest {now[:12]}, and load {newest.id} left it with {newest.digest[:12]}"


def _wrong_words(connection: Connection) -> Iterator[str]:
    for ref, title, finding, place, population, words, stems in connection.execute(text(INDEXED)):
        if (words, stems) != tuple(indexed((finding, place, population, title))):
            yield f"finding {ref} is not found by its words, as the index of words says something else of it"


def _changed_rows(connection: Connection, kind: str) -> Iterator[str]:
    """Say which sources or findings are not as the load that wrote them left them."""
    held = connection.execute(text(f"SELECT id, digest FROM {kind} ORDER BY id")).all()
    for some in _parts(held, AT_A_TIME):
        rows = stored_rows(connection, kind, [row.id for row in some])
        for row in some:
            if digest(record_of(kind, rows[row.id])) != row.digest:
                yield f"{kind} {rows[row.id]['ref']} was changed by something other than this dashboard"


def _parts(rows: Sequence[Row[Any]], size: int) -> Iterator[Sequence[Row[Any]]]:
    """Return rows in parts of at most `size`."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
