"""What a meeting writes, under the lock of the meetings' file alone: no load keeps a room waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from data.collection import database, meetings_file
from data.collection.held_file import BEFORE, name_beside
from data.safekeeping import backup
from models import SCHEMA, Base


@contextmanager
def ask_and_write(engine: Engine, patience: float | None = None) -> Iterator[Session]:
    """Return a session that holds the meetings' write lock from its start, and may read the evidence beside it.

    All that it changes of meetings is kept where the block ends, nothing where it raises. The tables are made, and the
    meetings given a file of their own, where that is not done yet. Waits and raises as `database.writing` does.
    """
    if database.path_of(engine) is None:  # in memory there is one place for all
        with database.ask_and_write(engine, patience) as session:
            yield session
        return
    with (
        _alone(engine, patience) as connection,
        meetings_file.Asking(engine, lambda: connection, expire_on_commit=False) as session,
    ):
        yield session
        session.flush()


@contextmanager
def _alone(engine: Engine, patience: float | None) -> Iterator[Connection]:
    """Give a connection that holds the lock of the meetings' file, while that is where the meetings stand."""
    while True:
        if (own := database.meetings(engine)) is not engine:
            with database.writing(own, patience) as connection:
                if database.divided(engine):  # and stays so: who takes them out of it waits for this lock
                    yield connection
                    return
        divide(engine)


def begin_anew(engine: Engine) -> bool:
    """Begin an empty file of meetings where the one that was there is lost; tell whether it was."""
    path = database.path_of(engine)
    if path is None or meetings_file.beside(path).exists() or not database.divided(engine):
        return False
    with database.opened("sqlite://") as empty, empty.connect() as connection:
        Base.metadata.create_all(connection)
        with meetings_file.locked(meetings_file.beside(path), path) as own:
            meetings_file.carry(connection.connection.dbapi_connection, own)  # type: ignore[arg-type]
            own.execute(f"PRAGMA user_version = {SCHEMA}")
    return True


def divide_where_met(engine: Engine) -> Path | None:
    """Do as `divide` does where the database holds a meeting; one in which nobody met yet stays one file."""
    with database.explained(engine), engine.connect() as connection:
        if meetings_file.divided(connection) or not connection.exec_driver_sql("SELECT 1 FROM meeting").first():
            return None
    return divide(engine)


def divide(engine: Engine, keep: bool = True) -> Path | None:
    """Give a database's meetings a file of their own, whole or not at all, where they have none yet.

    They are on the disk there before they are taken out of the database; killed in between, it is done again. A file
    that is there already, and holds what the database does not, is kept beside, if `keep`, and returned.
    """
    path = database.path_of(engine)
    if path is None:
        return None
    with database.writing(engine) as connection:
        database.prepare(connection)
        if meetings_file.divided(connection):
            return None
        kept, held = None, connection.connection.dbapi_connection
        own = meetings_file.beside(path)
        with meetings_file.locked(own, path) as target:
            if keep and meetings_file.only_in(target, held):  # type: ignore[arg-type]
                kept = backup.copied(own, name_beside(own, BEFORE)).path
            meetings_file.carry(held, target)  # type: ignore[arg-type]
            target.execute(f"PRAGMA user_version = {SCHEMA}")
        for name in reversed(meetings_file.NAMES):
            connection.exec_driver_sql(f'DROP TABLE main."{name}"')
        return kept
