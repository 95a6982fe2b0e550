"""The database file: where it is, how it is opened, what version of the evidence it holds."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlmodel import Session, select

from models import Base, Load

FOLDER = Path(__file__).parent
DEFAULT_URL = f"sqlite:///{FOLDER / 'evidence.sqlite'}"
SCHEMA = 1
"""Raised when the tables change, so that an older file is refused in words and not in SQL."""

SEARCH_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS finding_search USING fts5(
    finding, place, population, title, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3'
)"""


class DatabaseFault(Exception):
    """The database cannot be used as it is; the message says what is wrong and what to do."""


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
        return f"{self.number} of {self.at:%-d %B %Y} ({self.digest[:12]})"


def url() -> str:
    """Return the address of the database: DATABASE_URL, or the file beside this module."""
    return os.environ.get("DATABASE_URL") or DEFAULT_URL


def open_engine(address: str | None = None) -> Engine:
    """Return an engine for the SQLite file at `address`, with foreign keys on and readers never blocked by a load.

    Raises DatabaseFault where the address is malformed or names another kind of database.
    """
    address = address or url()
    try:
        parsed = make_url(address)
    except ArgumentError:
        raise DatabaseFault(f'DATABASE_URL is "{address}", which is not an address such as {DEFAULT_URL}') from None
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseFault(
            f"DATABASE_URL names {parsed.get_backend_name()}; the evidence is kept in SQLite: use sqlite:///PATH"
        )
    engine = create_engine(parsed)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None  # transactions begin where we say, also for reads: one view, one state
    cursor = connection.cursor()
    # WAL lets thirty people read while one load writes; SQLite leaves foreign keys off until asked, on each connection.
    for pragma in (
        "busy_timeout = 10000",
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "temp_store = MEMORY",
        "cache_size = -64000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A load takes the write lock before it reads, so that what it planned is what it applies.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn what SQLite says of an unusable file into a DatabaseFault that says what to do."""
    try:
        yield
    except DatabaseError as error:
        reason = str(error.orig)
        if "not a database" in reason or "malformed" in reason or "unable to open" in reason:
            raise DatabaseFault(
                f"{engine.url.database} is not a database this dashboard can open ({reason}); "
                "move it away, then load the evidence again with: python -m data load"
            ) from error
        raise


def prepare(engine: Engine) -> None:
    """Make the tables where they are not there yet; raise DatabaseFault where the file cannot be used."""
    with explained(engine), engine.begin() as connection:
        if inspect(connection).has_table(Load.__tablename__):
            _refuse_other_schema(connection.scalar(text("PRAGMA user_version")), engine)
            return
        Base.metadata.create_all(connection)
        connection.execute(text(SEARCH_TABLE))
        connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))


def check(engine: Engine) -> None:
    """Raise DatabaseFault unless the file is there, is a database, and has the tables of this version."""
    path = Path(engine.url.database or "")
    if engine.url.database and engine.url.database != ":memory:" and not path.exists():
        raise DatabaseFault(f"there is no database at {path}; load the evidence with: python -m data load")
    with explained(engine), engine.connect() as connection:
        if not inspect(connection).has_table(Load.__tablename__):
            raise DatabaseFault(f"{path} holds no evidence; load it with: python -m data load")
        _refuse_other_schema(connection.scalar(text("PRAGMA user_version")), engine)


def _refuse_other_schema(found: int | None, engine: Engine) -> None:
    if found != SCHEMA:
        raise DatabaseFault(
            f"{engine.url.database} was made by another version of this dashboard (tables {found}, needed {SCHEMA}); "
            "move it away, then load the evidence again with: python -m data load"
        )


def data_version(session: Session) -> DataVersion:
    """Return the version of the evidence now in the database: the one its newest changing load made."""
    newest = session.exec(
        select(Load)
        .where(Load.added + Load.changed + Load.withdrawn + Load.codebook_changes > 0)
        .order_by(Load.id.desc())
        .limit(1)
    ).first()  # type: ignore[union-attr]
    if newest is None:
        return DataVersion(0, "", None)
    return DataVersion(newest.version, newest.digest, newest.at)


def loads(session: Session) -> list[Load]:
    """Return every load, newest first."""
    return list(session.exec(select(Load).order_by(func.coalesce(Load.id, 0).desc())))
