"""The database file: where it is, how it is opened, what version of the evidence it holds."""

import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlmodel import Session, col, select

from data.collection import clock, meetings_file, write_queue
from data.collection.held_file import GONE, READ_ONLY, FileGone, HeldFile, Identity
from data.faults import ForPeople
from models import SCHEMA, Access, Base, Load

FOLDER = Path(__file__).parents[1]
DEFAULT_URL = f"sqlite:///{FOLDER / 'evidence.sqlite'}"
Answer = TypeVar("Answer")
Database = Engine
"""What questions are asked of, by a name that says nothing of SQL."""
WAIT_SECONDS = 10
"""How long a load waits for another to end, unless the address says otherwise: sqlite:///PATH?timeout=SECONDS."""
OLDEST = 3
"""The oldest version that is brought up to the present one (data/safekeeping/upgrade.py)."""

SEARCH_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS finding_search USING fts5(
    words, stems, tokenize = "unicode61 tokenchars '_'", prefix = '2 3'
)"""
"""A finding's words as data/search/words.py folds them, for beginnings, and their stems, for whole words."""
SEARCH_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS finding_search_vocabulary USING fts5vocab('finding_search', 'col')"
)

ONLY_GROW = tuple(
    f"""
CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event} ON {table} {when.format(table)}
BEGIN SELECT RAISE(ABORT, '{what} only grows'); END"""
    for table, what in (("audit", "the audit log"), ("settlement", "the record of settlements"))
    for event, when in (
        ("UPDATE", ""),
        ("DELETE", ""),
        ("INSERT", "WHEN EXISTS (SELECT 1 FROM {} WHERE id = NEW.id)"),  # INSERT OR REPLACE fires no other
    )
)

GO_BACK = "say what else is wrong with: python -m data verify, and go back to a copy with: python -m data restore FILE"
ANOTHER_FILE = "move it away, or set DATABASE_URL to another file; then load the evidence with: python -m data load"
SAYINGS = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: "is being written by another load; nothing was changed; try again when that is done",
        sqlite3.SQLITE_LOCKED: "is being written by another load; nothing was changed; try again when that is done",
        sqlite3.SQLITE_READONLY: "may not be written to; nothing was changed; allow it, or set DATABASE_URL to another",
        sqlite3.SQLITE_FULL: "has no room to grow; nothing was changed; make room on the disk, then try again",
        sqlite3.SQLITE_IOERR: "cannot be read or written; nothing was changed; see that the disk is whole and has room",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; its folder must be there, and be writable; DATABASE_URL names it",
        sqlite3.SQLITE_NOTADB: f"is not a database this dashboard can open; {ANOTHER_FILE}",
        sqlite3.SQLITE_CORRUPT: f"is a damaged database; {GO_BACK}",
    }
)
"""What each of SQLite's refusals means for a reader, and what to do."""
_MISSING = re.compile(r"no such (table|column): (\S+)")
_HELD: WeakKeyDictionary[Engine, HeldFile] = WeakKeyDictionary()
_MEETINGS: WeakKeyDictionary[Engine, tuple[Identity | None, Engine]] = WeakKeyDictionary()
"""The engine of the meetings' file by the database's, and which file that was when they were seen to stand there."""
_OPENING = threading.Lock()


class DatabaseFault(ForPeople):
    """The database cannot be used as it is; the message says what is wrong and what to do."""


class Busy(DatabaseFault):
    """Another writes to the database, and did for as long as was waited; nothing was changed."""


@dataclass(frozen=True)
class DataVersion:
    """Which state of the evidence a view or a file shows.

    `number` rises with every load that changes something; `digest` is a SHA-256 over all rows, so that the same
    evidence has the same digest on every machine; `at` is the time (UTC) of the load that made it.
    """

    number: int
    digest: str
    at: datetime | None

    def __str__(self) -> str:
        """Say the version as it stands on screens and in files."""
        if self.at is None:
            return "0 (no evidence loaded)"
        return f"{self.number} of {clock.day(self.at)} ({self.digest[:12]})"


def url() -> str:
    """Return the address of the database: DATABASE_URL, or the file beside this module."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def open_engine(address: str | None = None, read_only: bool = False) -> Engine:
    """Return an engine for the SQLite file at `address`, with foreign keys on and readers never blocked by a load.

    With `read_only`, or where the file may not be written, nothing is changed in it, nor put beside it for long.
    Raises DatabaseFault where the address is malformed or names another kind of database.
    """
    address = address or url()
    try:
        parsed = make_url(address)
        if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
            raise DatabaseFault(
                f"DATABASE_URL names {parsed.drivername}; the evidence is kept in SQLite: use sqlite:///PATH"
            )
        return _engine(parsed, read_only)
    except (ArgumentError, ValueError):
        raise DatabaseFault("DATABASE_URL holds no address of a database; one is sqlite:///PATH") from None


def _engine(address: URL, read_only: bool, missing: str = GONE, made: bool = False) -> Engine:
    """Return an engine that watches its file; where it is `made` already and missing all the same, that is said."""
    engine = create_engine(address, connect_args={} if "timeout" in address.query else {"timeout": WAIT_SECONDS})
    if (path := path_of(engine)) is not None:
        _HELD[engine] = HeldFile(engine, path, read_only, missing, made)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def meetings(engine: Engine) -> Engine:
    """Return the engine of the file that a database's meetings stand in: its own, or that of the file beside it."""
    held = _HELD.get(engine)
    if held is None:
        return engine
    seen, own = _MEETINGS.get(engine, (None, None))
    if own is not None and seen == held.known:
        return own
    if not divided(engine):
        return engine
    with _OPENING:  # one engine for all threads, so that they wait for each other in one line
        own = _MEETINGS[engine][1] if engine in _MEETINGS else _opened_beside(engine, held)
        _MEETINGS[engine] = (held.known, own)
    return own


def _opened_beside(engine: Engine, held: HeldFile) -> Engine:
    address = engine.url.set(database=str(meetings_file.beside(held.path)))
    own = _engine(address, held.read_only, meetings_file.MISSING, made=True)
    event.listen(engine, "engine_disposed", lambda _: own.dispose())
    return own


def divided(engine: Engine) -> bool:
    """Tell whether the meetings stand in a file of their own now."""
    with explained(engine), engine.connect() as connection:
        return meetings_file.divided(connection)


@contextmanager
def opened(address: str | None = None, read_only: bool = False) -> Iterator[Engine]:
    """Give an engine as `open_engine` makes it, with all its connections closed at the end."""
    engine = open_engine(address, read_only)
    try:
        yield engine
    finally:
        engine.dispose()


def path_of(engine: Engine) -> Path | None:
    """Return the file of an engine's database, or None where it is in memory or named by a URI of SQLite's own."""
    name = engine.url.database
    return None if name in (None, "", ":memory:") or "uri" in engine.url.query else Path(str(name))


def name_of(engine: Engine) -> str:
    """Return the database's name as anyone may read it: without the folder, which is the server's own affair."""
    return Path(engine.url.database or ":memory:").name


def _set_pragmas(connection, record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None  # transactions begin where we say, also for reads: one view, one state
    cursor = connection.cursor()
    # WAL lets thirty people read while one load writes; SQLite leaves foreign keys off until asked, on each connection.
    # FULL: what was confirmed to a person is on the disk by then, and outlasts a power cut.
    writable = () if record.info.get(READ_ONLY) else ("journal_mode = WAL", "synchronous = FULL")
    for pragma in ("foreign_keys = ON", *writable, "temp_store = MEMORY", "cache_size = -64000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writing"):
        connection.exec_driver_sql("BEGIN")
        return
    # A load takes the write lock before it reads, so that what it planned is what it applies.
    with _waiting(connection, options.get("seconds")):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _waiting(connection: Connection, seconds: float | None) -> Iterator[None]:
    """Have a connection wait for locks no longer than these seconds, where they are given, and then as long as ever."""
    held = connection.connection.dbapi_connection
    if seconds is None or held is None:
        yield
        return
    held.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
    try:
        yield
    finally:
        held.execute(f"PRAGMA busy_timeout = {_patience(connection.engine) * 1000:.0f}")


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn what SQLite says of an unusable file into a DatabaseFault that says what to do."""
    try:
        yield
    except (FileGone, FileNotFoundError) as gone:
        raise DatabaseFault(str(gone)) from gone
    except write_queue.WaitedInVain as vain:
        raise Busy(f"{name_of(engine)} {SAYINGS[sqlite3.SQLITE_BUSY]}") from vain
    except (DatabaseError, sqlite3.Error) as error:
        said = getattr(error, "orig", error)
        # The low byte is the kind of failure; what stands above it tells variants of one kind apart.
        kind = getattr(said, "sqlite_errorcode", 0) & 0xFF
        saying = SAYINGS.get(kind)
        if missing := _MISSING.search(str(said)):
            saying = f"is damaged, as its {missing[1]} {missing[2]} is missing; {GO_BACK}"
        if saying is None:
            raise
        fault = Busy if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else DatabaseFault
        raise fault(f"{name_of(engine)} {saying} ({said})") from error


@contextmanager
def writing(engine: Engine, patience: float | None = None) -> Iterator[Connection]:
    """Give a connection in a transaction that holds the write lock from its start: all is kept at its end, or nothing.

    Waits for another that holds it, as long as WAIT_SECONDS or these seconds of `patience`, and lets others of this
    program go on meanwhile (data/collection/write_queue.py). Raises Busy where that is not enough, and DatabaseFault
    where the file cannot be written.
    """
    seconds = _patience(engine) if patience is None else patience
    with explained(engine), write_queue.alone(engine, seconds) as left, engine.connect() as unlocked:
        connection = unlocked.execution_options(writing=True, seconds=left)
        with connection.begin():
            yield connection
        held_still(connection)


def _patience(engine: Engine) -> float:
    """Return the seconds for which an engine waits for those who write."""
    return float(str(engine.url.query.get("timeout", WAIT_SECONDS)))


def held_still(connection: Connection) -> None:
    """Raise DatabaseFault where the file that was just written is not the database's any more."""
    if held := _HELD.get(connection.engine):
        held.hold(connection)


def prepare(connection: Connection) -> None:
    """Make the tables where they are not there yet, inside the caller's transaction."""
    if not has_tables(connection):
        Base.metadata.create_all(connection)
        finish(connection)


def finish(connection: Connection) -> None:
    """Make what stands beside the tables of models.py, the index of words and the triggers, and number the version."""
    for statement in (SEARCH_TABLE, SEARCH_VOCABULARY, *ONLY_GROW):
        connection.execute(text(statement))
    connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))


def check(engine: Engine) -> None:
    """Raise DatabaseFault unless the file is there, is a database, and has the tables of this version."""
    path, name = path_of(engine), name_of(engine)
    if path is not None and not path.exists():
        ways = "load the evidence with: python -m data load, or go back to a copy with: python -m data restore FILE"
        raise DatabaseFault(f"there is no database {name}; {ways}")
    with explained(engine), engine.connect() as connection:
        if not has_tables(connection):
            raise DatabaseFault(f"{name} holds no evidence; load it with: python -m data load")


def has_tables(connection: Connection) -> bool:
    """Tell whether the tables are there; raise DatabaseFault where others are: another version's or program's."""
    path, tables = name_of(connection.engine), inspect(connection).get_table_names()
    if not tables:
        return False
    if Load.__tablename__ not in tables:
        raise DatabaseFault(f"{path} is a database of another program; {ANOTHER_FILE}")
    if (found := version_of(connection)) != SCHEMA:
        raise DatabaseFault(f"{path} {of_another_version(found)}")
    return True


def version_of(connection: Connection) -> int:
    """Return the version of the tables that a file says it has."""
    return int(connection.scalar(text("PRAGMA user_version")) or 0)


def of_another_version(found: int) -> str:
    """Say what is wrong with a file whose tables are not of this version, and what to do."""
    if found > SCHEMA:
        return (f"was made by a newer version of this dashboard (tables {found}, this one knows {SCHEMA}); it is as it "
                "was; serve it with that version, or set DATABASE_URL to another file")  # fmt: skip
    made = f"was made by an older version of this dashboard (tables {found}, needed {SCHEMA})"
    if found < OLDEST:
        return f"{made}, and only tables {OLDEST} or later can be brought up; {ANOTHER_FILE}"
    return f"{made}; bring it up, with everything that is in it, with: python -m data upgrade"


def asking(engine: Engine, level: Access = Access.PUBLIC, **known: object) -> Session:
    """Return a session that sees what a level of access may see; see data/collection/visibility.py, which holds to it.

    What is `known` of the collection beforehand is kept with the session, for queries that would ask for it.
    """
    return meetings_file.Asking(engine, lambda: meetings(engine), info={"access": level, **known})


def ask(
    engine: Engine, query: Callable[..., Answer], *arguments: object, level: Access = Access.PUBLIC, **known: object
) -> Answer:
    """Return what a query answers at a level of access, asked in one short session, in one state of the evidence."""
    with explained(engine), asking(engine, level, **known) as session:
        return query(session, *arguments)


@contextmanager
def ask_and_write(engine: Engine, patience: float | None = None) -> Iterator[Session]:
    """Return a session that holds the write lock from its start, so that what it reads is what it changes.

    All of it is kept where the block ends, nothing where it raises. The tables are made where they are not there yet.
    Waits and raises as `writing` does.
    """
    with writing(engine, patience) as connection:
        prepare(connection)
        with Session(bind=connection, expire_on_commit=False) as session:
            yield session
            session.flush()


def stamp(session: Session) -> tuple[object, ...]:
    """Return what tells this state of the evidence from any other that this file has held."""
    newest = session.connection().exec_driver_sql("SELECT id, version, digest, at FROM load ORDER BY id DESC LIMIT 1")
    return tuple(newest.first() or ())


def data_version(session: Session) -> DataVersion:
    """Return the version of the evidence now in the database: the one its newest changing load made."""
    newest = session.exec(
        select(Load)
        .where(Load.added + Load.changed + Load.withdrawn + Load.codebook_changes > 0)
        .order_by(col(Load.id).desc())
        .limit(1)
    ).first()
    if newest is None:
        return DataVersion(0, "", None)
    return DataVersion(newest.version, newest.digest, newest.at)


def loads(session: Session) -> list[Load]:
    """Return every load, newest first."""
    return list(session.exec(select(Load).order_by(col(Load.id).desc())))
