"""Going back to a copy of the database: in one transaction, and not where that would lose what the copy lacks.

Meetings that stand in a file of their own are taken into the database for it, and leave it again afterwards, so that
the one transaction is of all.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from data.collection import audit, database, meetings_file
from data.collection.database import DatabaseFault
from data.collection.held_file import BEFORE, name_beside
from data.progress import Progress, between, unheard
from data.safekeeping import backup, own_file, upgrade, verification
from data.safekeeping.backup import CopyFault
from models import Base

BESIDE = ".restoring"
"""The end of the name of the copy of the copy that is brought up and looked over before it takes the place."""
NOT_KEPT = meetings_file.NOT_MISSED
CALLED = {
    "load": ("load", "loads"), "change": ("change of a load", "changes of loads"),
    "audit": ("line of the audit log", "lines of the audit log"), "source": ("source", "sources"),
    "finding": ("finding", "findings"), "settlement": ("settlement", "settlements"), "coding": ("coding", "codings"),
    "meeting": ("meeting", "meetings"), "answer": ("answer", "answers"),
    "meeting_note": ("note of a meeting", "notes of meetings"),
    "participant": ("participant of a meeting", "participants of meetings"),
    "briefing_edition": ("edition of a briefing", "editions of briefings"), "draft": ("draft", "drafts"),
}  # fmt: skip
"""What people call the rows of a table; others are called by the table's name."""


@dataclass(frozen=True)
class Restoration:
    """What was done: which copy was gone back to, and where what was there before is kept, if anything was lost."""

    name: str
    source: Path
    kept: Path | None
    meetings: Path | None = None
    """Where the file of meetings that was there before is kept, if it could not be part of that."""

    def __str__(self) -> str:
        """Say it in a sentence."""
        done = f"{self.name} is as {self.source.name} has it"
        kept = " and ".join(path.name for path in (self.kept, self.meetings) if path)
        return f"{done}; what was there before is kept as {kept} beside it" if kept else done


def restore(engine: Engine, source: Path, who: str, over: bool = False, progress: Progress = unheard) -> Restoration:
    """Go back to the copy at `source`, whole or not at all, while others read and write; return what was done.

    The copy is looked over first, and brought up where it is of an older version. Where the database holds rows that
    the copy does not, they are told and nothing is done, unless `over`; then what is there is kept beside it. The audit
    log says `who` did it. Raises DatabaseFault, with the database as it was, where the copy is not whole, something
    would be lost, or the database cannot be written; Cancelled where `progress` does.
    """
    path = database.path_of(engine)
    if path is None:
        raise DatabaseFault("a database that is no file of its own cannot be gone back to")
    with _looked_over(path, source, who, between(progress, 0.0, 0.6)) as beside:
        damage = _damage(engine, path)
        if damage:
            _only_over(over, path, source, damage)
        if damage or not _holds_tables(engine, path):
            return _put_in_place(engine, path, source, beside, over, bool(damage))
        return _gone_back_to(engine, path, source, beside, who, over, progress)


def _gone_back_to(
    engine: Engine, path: Path, source: Path, beside: Path, who: str, over: bool, progress: Progress
) -> Restoration:
    """Go back to the copy in a database that can be read, whose meetings leave it again where they stood apart."""
    meetings, apart = None, database.divided(engine)
    if apart:
        meetings = _meetings_moved_aside(engine, path, source, over)
        own_file.begin_anew(engine)
    kept = _taken_over(engine, path, source, beside, who, over, progress)
    if apart:
        own_file.divide(engine, keep=False)  # what was lost of them is in what is kept
    return Restoration(path.name, source, kept, meetings)


def _put_in_place(engine: Engine, path: Path, source: Path, beside: Path, over: bool, damaged: bool) -> Restoration:
    """Make the copy the database where there is none that can be read, and its meetings those of the file of meetings.

    Where that holds what the copy does not, it is kept; unless `over`, that is told and nothing is done.
    """
    own = meetings_file.beside(path)
    meetings = _meetings_moved_aside(engine, path, source, over) if own.exists() else None
    if own.exists() and not over:
        with closing(sqlite3.connect(own)) as here, closing(sqlite3.connect(beside)) as there:
            lost = _called(meetings_file.only_in(here, there))
        if lost:
            raise DatabaseFault(_would_lose(own, source, lost))
    engine.dispose()
    kept = _moved_aside(path) if damaged else None
    _clear(path)
    beside.rename(path)
    if own.exists():
        meetings = own_file.divide(engine) or meetings
    return Restoration(path.name, source, kept, meetings)


@contextmanager
def _looked_over(path: Path, source: Path, who: str, progress: Progress) -> Iterator[Path]:
    """Give a copy of the copy, beside the database, of this version and whole; it is gone at the end."""
    beside = path.with_name(path.name + BESIDE)
    _clear(beside)
    if source.exists() and path.exists() and source.samefile(path):
        raise DatabaseFault(f"{source.name} is the database itself; name a copy of it")
    try:
        backup.copied(source, beside, between(progress, 0.0, 0.3))
        with database.opened(f"sqlite:///{beside}") as copy:
            upgraded = upgrade.bring_up(copy, who, between(progress, 0.3, 0.6))
            if upgraded:
                upgraded.copy.unlink()
            faults = verification.faults(copy, between(progress, 0.6, 1.0))
        if faults:
            raise DatabaseFault(f"{source.name} is not whole, and nothing was changed: {'; '.join(faults[:3])}")
        yield beside
    except CopyFault as fault:
        raise DatabaseFault(f"{source.name} cannot be gone back to, and nothing was changed: {fault}") from fault
    finally:
        _clear(beside)


def _clear(path: Path) -> None:
    """Take away a database file and what SQLite put beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            Path(f"{path}{end}").unlink()


def _damage(engine: Engine, path: Path) -> str:
    """Say what keeps SQLite from reading the database; nothing where it can be read, or there is none."""
    if not path.exists():
        return ""
    try:
        database.check(engine)
        with engine.connect() as connection, connection.begin():
            found = backup.faults_of(connection.connection.dbapi_connection)  # type: ignore[arg-type]
    except DatabaseFault as fault:
        return "cannot be read" if fault.__cause__ is not None else ""
    return f"is damaged ({found[0]})" if found else ""


def _holds_tables(engine: Engine, path: Path) -> bool:
    if not path.exists():
        return False
    with engine.connect() as connection, connection.begin():
        return database.has_tables(connection)


def _would_lose(path: Path, source: Path, lost: list[str]) -> str:
    return (f"{path.name} holds what {source.name} does not: {', '.join(lost)}; nothing was changed; to go back all "
            "the same, with what is there now kept as a copy beside it, say --over")  # fmt: skip


def _only_over(over: bool, path: Path, source: Path, damage: str) -> None:
    if not over:
        raise DatabaseFault(f"{path.name} {damage}, so nobody can tell what it holds that {source.name} lacks; "
                            "to move it aside and go back all the same, say --over")  # fmt: skip


def _meetings_moved_aside(engine: Engine, path: Path, source: Path, over: bool) -> Path | None:
    """Move a file of meetings that cannot be read aside, if `over`; return where it is kept, None where it is not."""
    own = meetings_file.beside(path)
    try:
        with closing(sqlite3.connect(meetings_file.there(path))) as connection:
            found = backup.faults_of(connection)
        damage = f"is damaged ({found[0]})" if found else ""
    except FileNotFoundError:
        damage = "is not there"
    except sqlite3.DatabaseError:
        damage = "cannot be read"
    if not damage:
        return None
    _only_over(over, own, source, damage)
    engine.dispose()
    return _moved_aside(own) if own.exists() else None


def _moved_aside(path: Path) -> Path:
    """Move a file that cannot be read aside, with what SQLite put beside it; return where it is kept."""
    kept = name_beside(path, BEFORE)
    for end in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{end}").rename(f"{kept}{end}")
    path.rename(kept)
    return kept


def _taken_over(
    engine: Engine, path: Path, source: Path, beside: Path, who: str, over: bool, progress: Progress
) -> Path | None:
    """Make every table's rows those of the copy, in one transaction; return where what is lost is kept."""
    with (
        database.explained(engine),
        ExitStack() as until_kept,
        engine.connect().execution_options(writing=True) as connection,
    ):
        held = connection.connection.dbapi_connection
        assert held is not None
        held.execute("PRAGMA foreign_keys = OFF")
        held.execute("ATTACH DATABASE ? AS copy", (str(beside),))
        try:
            with connection.begin():
                until_kept.enter_context(meetings_file.gathered(connection, path))
                lost = _only_here(connection)
                if lost and not over:
                    raise DatabaseFault(_would_lose(path, source, lost))
                kept = (
                    backup.copied(path, name_beside(path, BEFORE), between(progress, 0.6, 0.7)).path if lost else None
                )
                progress(0.7, "Going back")
                _exchange_rows(connection)
                audit.record(connection, who, "restore", "database", None,
                             {"from": source.name, "kept": kept.name if kept else ""})  # fmt: skip
                if faults := verification.faults_in(connection, between(progress, 0.8, 1.0)):
                    raise DatabaseFault(f"{path.name} is as it was: {'; '.join(faults[:3])}")
        finally:
            held.execute("DETACH DATABASE copy")
            held.execute("PRAGMA foreign_keys = ON")
        database.held_still(connection)
    return kept


def _only_here(connection: Connection) -> list[str]:
    """Return what the database holds that the copy does not, such as "3 loads".

    Links of a finding to its codes and the like are told only where nothing that people have a word for differs.
    """
    return _called({name: _rows_only_here(connection, name) for name in Base.metadata.tables if name not in NOT_KEPT})


def _called(numbers: dict[str, int]) -> list[str]:
    called = {name: number for name, number in numbers.items() if number and name in CALLED}
    if called:
        return [f"{number} {CALLED[name][number > 1]}" for name, number in called.items()]
    return [f"{number} of the rows of {name}" for name, number in numbers.items() if number]


def _rows_only_here(connection: Connection, table: str) -> int:
    here, there = (f"SELECT {_columns(table)} FROM {schema}.{table}" for schema in ("main", "copy"))
    return int(connection.scalar(text(f"SELECT count(*) FROM ({here} EXCEPT {there})")) or 0)


def _columns(table: str) -> str:
    return ", ".join(f'"{column.name}"' for column in Base.metadata.tables[table].columns)


def _exchange_rows(connection: Connection) -> None:
    """Make the rows of the database those of the copy; numbers that were given once are not given again."""
    names = connection.execute(text("SELECT name FROM main.sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.execute(text(f'DROP TRIGGER main."{name}"'))
    given = connection.execute(text("SELECT name, seq FROM main.sqlite_sequence")).all()
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(text(f"DELETE FROM main.{table.name}"))
    for table in Base.metadata.sorted_tables:
        columns = _columns(table.name)
        connection.execute(text(f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM copy.{table.name}"))
    for name, number in given:
        parameters = {"name": name, "number": number}
        connection.execute(
            text("UPDATE main.sqlite_sequence SET seq = max(seq, :number) WHERE name = :name"), parameters
        )
    upgrade.write_search_anew(connection)
