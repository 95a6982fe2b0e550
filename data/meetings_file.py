"""The file beside the database that meetings are kept in, so that nothing a room does waits for a load.

SQLite lets one write a file at a time, and a load of 100,000 findings writes for many seconds. The tables of meetings
stand in the database until somebody meets there, and in each copy that is made of it; from then on they stand in a file
of their own. Wherever the database holds them itself, what it holds is true, and a file beside it
is not looked at.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy import inspect as known_of
from sqlalchemy.sql import visitors
from sqlmodel import Session

from data.meeting import tables as of_meetings
from models import Base

END = "-meetings"
"""What the file's name has after the database's, as with what SQLite puts beside a file: `evidence.sqlite*` is all."""
FIRST = 7
"""The first version of the tables whose meetings may stand in a file of their own."""
TABLES = tuple(table for table in Base.metadata.sorted_tables if any(
    getattr(model, "__table__", None) is table for model in vars(of_meetings).values()
))  # fmt: skip
NAMES = tuple(table.name for table in TABLES)
NOT_MISSED = {"attempt", "meeting_origin"}
"""Tables whose rows nobody would miss: tries at a passphrase, and addresses, which go when their meeting ends."""
WAIT_SECONDS = 10
MISSING = (
    "is not there, though the meetings are kept in it; put it back, or go back to a copy with: python -m data restore "
    "FILE, or go on without them with: python -m data upgrade --without-meetings"
)


def beside(path: Path) -> Path:
    """Return the file of a database's meetings."""
    return path.with_name(path.name + END)


def there(path: Path) -> Path:
    """Return the file of a divided database's meetings; raise FileNotFoundError, which says what to do, without one."""
    if not (own := beside(path)).exists():
        raise FileNotFoundError(f"{own.name} {MISSING}")
    return own


def divided(connection: Connection) -> bool:
    """Tell whether a database's meetings stand in a file of their own."""
    return divided_in(connection.connection.dbapi_connection)  # type: ignore[arg-type]


def divided_in(held: sqlite3.Connection) -> bool:
    """Tell the same by SQLite's own connection."""
    names = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name IN ('load', 'meeting')"
    if held.execute(names).fetchall() != [("load",)]:
        return False
    return int(held.execute("PRAGMA main.user_version").fetchone()[0]) >= FIRST


def tables_in(connection: Connection) -> list[Table]:
    """Return the tables that the database itself is to have: all, or those that are not in the meetings' file."""
    apart = TABLES if divided(connection) else ()
    return [table for table in Base.metadata.sorted_tables if table not in apart]


class Asking(Session):
    """A session that asks each table where it stands: the meetings' may be in a file of their own."""

    def __init__(self, engine: Engine, meetings: Any, **settings: Any) -> None:
        """Begin a session on a database; `meetings` returns what its tables are asked through, where one is asked."""
        super().__init__(engine, **settings)
        self._meetings = meetings

    def get_bind(self, mapper: Any = None, *, clause: Any = None, bind: Any = None, **more: Any) -> Any:
        """Return the engine or connection that a question goes to."""
        if bind is None and _asks_a_meeting(mapper, clause):
            return self._meetings()
        return super().get_bind(mapper, clause=clause, bind=bind, **more)


def _asks_a_meeting(mapper: Any, clause: Any) -> bool:
    if mapper is not None:
        return known_of(mapper).local_table in TABLES
    return clause is not None and any(isinstance(part, Table) and part in TABLES for part in visitors.iterate(clause))


@contextmanager
def locked(path: Path, like: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that holds the file's write lock; what is done is on the disk at the end, or nothing is done.

    The file is made where it is not there, to be read by whom `like` may be read by.
    """
    made = not path.exists()
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if made:
            shutil.copymode(like, path)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    if made:
        _onto_the_disk(path)


def _onto_the_disk(path: Path) -> None:
    for name in (path, path.parent):
        handle = os.open(name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def gathered(into: Connection, path: Path) -> Iterator[None]:
    """Put a divided database's meetings into it, inside the caller's transaction, and hold their file's lock meanwhile.

    To be left once that transaction is kept: then no answer is confirmed in between that it does not hold.
    """
    if not divided(into):
        yield
        return
    with locked(there(path), path) as meetings:
        carry(meetings, into.connection.dbapi_connection)  # type: ignore[arg-type]
        yield


def carry(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make the meetings' tables of one file, with every row and the numbers given, those of another."""
    for name in reversed(NAMES):
        target.execute(f'DROP TABLE IF EXISTS main."{name}"')
    marks = ", ".join("?" * len(NAMES))
    statements = source.execute(
        f"SELECT sql FROM main.sqlite_master WHERE tbl_name IN ({marks}) AND sql IS NOT NULL ORDER BY type DESC", NAMES
    ).fetchall()
    for (statement,) in statements:
        target.execute(statement)
    for name in NAMES:
        columns = columns_of(source, name)
        listed, marks = _listed(columns), ", ".join("?" * len(columns))
        rows = source.execute(f'SELECT {listed} FROM main."{name}"').fetchall()
        target.executemany(f'INSERT INTO main."{name}" ({listed}) VALUES ({marks})', rows)
        _give_no_number_again(source, target, name)


def _give_no_number_again(source: sqlite3.Connection, target: sqlite3.Connection, name: str) -> None:
    if not source.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'sqlite_sequence'").fetchall():
        return
    given = source.execute("SELECT name, seq FROM main.sqlite_sequence WHERE name = ?", (name,)).fetchall()
    if given:
        target.execute("DELETE FROM main.sqlite_sequence WHERE name = ?", (name,))
        target.executemany("INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)", given)


def columns_of(held: sqlite3.Connection, name: str) -> list[str]:
    """Return the columns of a table, none where it is not there."""
    return [row[1] for row in held.execute(f'PRAGMA main.table_info("{name}")').fetchall()]


def only_in(one: sqlite3.Connection, other: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows of each of the meetings' tables the one holds and the other does not."""
    found = {}
    for name in NAMES:
        there = columns_of(other, name)
        listed = _listed([column for column in columns_of(one, name) if column in there])
        if name not in NOT_MISSED and listed:
            asked = f'SELECT {listed} FROM main."{name}"'
            found[name] = len(set(one.execute(asked).fetchall()) - set(other.execute(asked).fetchall()))
    return {name: number for name, number in found.items() if number}


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
