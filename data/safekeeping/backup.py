"""A copy of the database that is known to be whole, made while others read and write.

It is one file, whatever it is a copy of: meetings that stand in a file of their own are in it with the rest.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.collection import meetings_file
from data.collection.held_file import may_be_written
from data.faults import ForPeople
from data.progress import Progress, unheard

PAGES = 1_000
"""Pages that are copied between two reports of progress: some four megabytes."""
PARTIAL = ".part"
"""The end of the name of a copy that is not verified yet; one that a kill left behind is written over."""


class CopyFault(ForPeople):
    """No whole copy could be made; none is left behind, and the database is as it was."""


@dataclass(frozen=True)
class Copy:
    """A verified copy: where it is, and how many rows each of its tables holds."""

    path: Path
    rows: dict[str, int]


def copied(source: Path, target: Path, progress: Progress = unheard) -> Copy:
    """Copy the database at `source` to `target` in one consistent state, and return it once it is verified.

    Verified is: SQLite's integrity check and foreign keys find no fault in the copy, and each table has as many rows as
    in the state that was copied. It is on the disk, under its own name, only then. Raises CopyFault where `target` is
    there already, or a copy cannot be made or is not whole.
    """
    partial = target.with_name(target.name + PARTIAL)
    try:
        if target.exists():
            raise CopyFault(f"{target} is there already; give the copy another name")
        with _one_state(source) as original:
            before = rows_of(original)
            _write(original, partial, progress)
            if meetings_file.divided_in(original):
                before |= _bring_in(meetings_file.there(source), partial)
        shutil.copymode(source, partial)
        _verify(partial, before)
        _onto_the_disk(partial, target)
    except (sqlite3.Error, OSError) as error:
        raise CopyFault(f"{source} could not be copied to {target} ({error})") from error
    finally:
        partial.unlink(missing_ok=True)
    return Copy(target, before)


def rows_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each table, but for those that a search index keeps for itself."""
    names = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}


def faults_of(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds at fault in a database, in its words; nothing where it is whole."""
    found = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"row {row} of {table} names a row of {other} that is not there" for table, row, other, _ in broken]


@contextmanager
def _one_state(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to a file on which what is counted and what is copied is one state, whatever others write."""
    mode = "rw" if may_be_written(path) else "ro"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN")
        yield connection


def _bring_in(own: Path, partial: Path) -> dict[str, int]:
    """Bring the meetings of a file of their own into a copy; return how many rows each of their tables holds."""
    with _one_state(own) as meetings, closing(sqlite3.connect(partial)) as copy, copy:
        meetings_file.carry(meetings, copy)
        return rows_of(meetings)


def _write(original: sqlite3.Connection, partial: Path, progress: Progress) -> None:
    def tell(_: int, remaining: int, total: int) -> None:
        progress(1 - remaining / total if total else 1.0, "Copying the database")

    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as copy:
        original.backup(copy, pages=PAGES, progress=tell)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def _verify(partial: Path, before: dict[str, int]) -> None:
    with closing(sqlite3.connect(partial)) as copy:
        faults, rows = faults_of(copy), rows_of(copy)
    if rows != before:
        names = sorted(name for name in before.keys() | rows.keys() if before.get(name) != rows.get(name))
        faults.append(f"rows are missing from {', '.join(names)}")
    if faults:
        raise CopyFault(f"no whole copy could be made: {'; '.join(faults[:3])}")


def _onto_the_disk(partial: Path, target: Path) -> None:
    """Give a finished copy its name, once its bytes and then its name would outlast a power cut."""
    _synced(partial)
    partial.rename(target)
    _synced(target.parent)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
