"""A database of an older version is brought up to this one: after a verified copy of it, in one transaction, or not.

The steps are Alembic's, in data/migrations; what is checked before they are kept is here.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable

from data.collection import audit, database, meetings_file
from data.collection.database import OLDEST, DatabaseFault
from data.collection.held_file import name_beside
from data.importing.loads.applying import collection_digest, write_search
from data.progress import Progress, between, unheard
from data.safekeeping import backup
from data.safekeeping.migrations.shape import plain
from models import SCHEMA, Load

STEPS = Path(__file__).parent / "migrations"
PATIENCE = 3_600
"""Seconds that a start waits for another that is at it: a large collection takes minutes."""
COPIED = 0.4
"""The share of the work that the copy is taken to be."""
SEARCH = ("finding_search_vocabulary", "finding_search")
"""What is made anew from the findings whatever the version, as it holds nothing of its own."""


@dataclass(frozen=True)
class Upgrade:
    """What was done: from which version of the tables to which, and where the copy of the older one is."""

    path: Path
    found: int
    copy: Path

    def __str__(self) -> str:
        """Say it in a sentence."""
        return (f"{self.path} was brought up from tables {self.found} to {SCHEMA} with everything in it; "
                f"as it was before, it is kept as {self.copy.name} beside it")  # fmt: skip


def bring_up(engine: Engine, who: str, progress: Progress = unheard) -> Upgrade | None:
    """Bring the database of an older version up to this one, and return what was done; None where nothing was to do.

    Of two that do it at once one waits, and then finds it done. Before anything is changed a verified copy is made
    beside the file; it stays. Afterwards each table that was there has as many rows, and the evidence has the digest,
    that it had before; the audit log says `who` did it. Raises DatabaseFault, with the file as it was, where its tables
    are newer or too old, a copy cannot be made, or a step fails; Cancelled where `progress` does.
    """
    path = Path(engine.url.database or "")
    with database.explained(engine):
        if not path.is_file() or not _outdated(engine):
            return None
        progress(0.0, "Waiting until nobody else writes")
        with ExitStack() as until_kept, _alone(engine) as connection:
            found = _found(connection)
            return None if found is None else _brought_up(connection, path, found, who, progress, until_kept)


def _outdated(engine: Engine) -> bool:
    with engine.connect() as connection, connection.begin():
        return _found(connection) is not None


def _found(connection: Connection) -> int | None:
    """Return the version that a file is to be brought up from; None where it is of this one, or holds nothing."""
    tables = inspect(connection).get_table_names()
    if Load.__tablename__ not in tables:
        database.has_tables(connection)
        return None
    found = database.version_of(connection)
    if not OLDEST <= found <= SCHEMA:
        raise DatabaseFault(f"{database.name_of(connection.engine)} {database.of_another_version(found)}")
    return None if found == SCHEMA and _as_models_say(connection) else found


def _as_models_say(connection: Connection) -> bool:
    """Tell whether each table is as models.py has it: between two releases a number says too little."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    held: dict[str, str] = {row.name: row.sql for row in rows}
    return all(
        plain(held.get(table.name, "")) == plain(str(CreateTable(table).compile(connection)))
        for table in meetings_file.tables_in(connection)
    )


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Give a connection that holds the write lock, waited for patiently, and looks to no foreign keys meanwhile.

    A table that is written anew is dropped in between, and SQLite would take with it what belongs to its rows.
    """
    with engine.connect().execution_options(writing=True) as connection:
        held = connection.connection.dbapi_connection
        assert held is not None
        patience = held.execute("PRAGMA busy_timeout").fetchone()[0]
        held.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        held.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            held.execute("PRAGMA foreign_keys = ON")
            held.execute(f"PRAGMA busy_timeout = {patience}")


def _brought_up(
    connection: Connection, path: Path, found: int, who: str, progress: Progress, until_kept: ExitStack
) -> Upgrade:
    copy = None
    try:
        until_kept.enter_context(meetings_file.gathered(connection, path))
        copy = backup.copied(path, name_beside(path, f"tables-{found}"), between(progress, 0.0, COPIED))
        _carry_out(connection, found, copy, between(progress, COPIED, 1.0))
        now = {"tables": SCHEMA, "copy": copy.path.name}
        audit.record(connection, who, "upgrade", "tables", {"tables": found}, now)
    except (backup.CopyFault, CommandError, SQLAlchemyError, sqlite3.Error, OSError) as error:
        if copy:
            copy.path.unlink(missing_ok=True)  # nothing is changed, so there is nothing to go back to
        why = getattr(error, "orig", None) or error
        raise DatabaseFault(
            f"{path.name} could not be brought up from tables {found} and is as it was: {why}"
        ) from error
    return Upgrade(path, found, copy.path)


def _carry_out(connection: Connection, found: int, copy: backup.Copy, progress: Progress) -> None:
    """Take the steps, and see that nothing was lost, before anything is kept."""
    digest = collection_digest(connection)
    progress(0.1, "Changing the tables")
    _take_steps(connection, found)
    progress(0.6, "Writing the words that a search finds")
    write_search_anew(connection)
    progress(0.9, "Comparing with the copy")
    held = connection.connection.dbapi_connection
    rows = backup.rows_of(held)  # type: ignore[arg-type]
    faults = backup.faults_of(held)  # type: ignore[arg-type]
    faults += [f"{table} would have {rows.get(table, 0)} rows, not {number}"
               for table, number in copy.rows.items() if rows.get(table) != number]  # fmt: skip
    if collection_digest(connection) != digest:
        faults.append("the evidence would have another digest")
    if faults:
        raise CommandError("; ".join(faults[:3]))


def _take_steps(connection: Connection, found: int) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    context = MigrationContext.configure(connection)
    if found > OLDEST:  # between two releases a number says too little, so the step that made it is taken again
        context.stamp(ScriptDirectory.from_config(config), str(found - 1))
    command.upgrade(config, str(SCHEMA))
    connection.execute(text(f"DROP TABLE {context.version_table}"))  # a file says its version in user_version alone


def write_search_anew(connection: Connection) -> None:
    """Make the index of words from the findings as they stand, and what else stands beside the tables."""
    for table in SEARCH:
        connection.execute(text(f"DROP TABLE IF EXISTS main.{table}"))
    database.finish(connection)
    write_search(connection)
