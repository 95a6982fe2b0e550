"""The file behind an engine's connections: noticed where another took its place or it is gone.

SQLite goes on writing into a file that was deleted or moved away, and nobody would ever find what it confirmed. So each
connection remembers which file it opened, by device and inode, and is asked again when it is taken out of the pool and
around a commit.
"""

import logging
import os
import sqlite3
import threading
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from data.faults import ForPeople

Identity = tuple[int, int]
KEY = "file"
READ_ONLY = "read only"
BEFORE = "before"
"""What a file beside the database holds that keeps what was there until another took its place."""
GONE = (
    "is gone: it was deleted or moved away while it was in use; nothing was changed; put it back, or go back to a copy "
    "with: python -m data restore FILE"
)
REPLACED = (
    "was replaced by another file while it was being written; what was being written is not kept there; look what is, "
    "and do it again"
)
log = logging.getLogger(__name__)


class FileGone(ForPeople):
    """The file that a connection wrote to is no longer the database's; the message says what to do."""


def identity(path: Path) -> Identity | None:
    """Return the device and inode of a file, or None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def may_be_written(path: Path) -> bool:
    """Tell whether SQLite may write a file, and beside it, as it does to let many read while one writes."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def name_beside(path: Path, what: str) -> Path:
    """Return a name beside a file that no other file has, with what it is to hold and the time (UTC)."""
    stem = f"{path.name}.{what}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(stem if number == 1 else f"{stem}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


class HeldFile:
    """Sees to it that an engine's connections are of the file that is there now, and that none makes one anew."""

    def __init__(
        self, engine: Engine, path: Path, read_only: bool = False, missing: str = GONE, made: bool = False
    ) -> None:
        """Begin to watch an engine that keeps its database in the file at `path`, or only reads it there.

        A file that was `made` already is not made by it; `missing` is what is said of one that is not there any more.
        """
        self.engine, self.path, self.read_only, self.missing, self.made = engine, path, read_only, missing, made
        self.waiting = path.with_name(f"{path.name}-wal")
        """Where SQLite keeps what is written and not in the file itself yet."""
        self.known: Identity | None = None
        self.known_waiting: Identity | None = None
        self.lock = threading.Lock()
        event.listen(engine, "do_connect", self._opened)
        event.listen(engine, "connect", self._remembered)
        event.listen(engine, "checkout", self._still_there)
        event.listen(engine, "commit", self.hold)

    def _opened(self, _dialect, record, _arguments, settings) -> sqlite3.Connection | None:  # type: ignore[no-untyped-def]
        """Refuse to make a file that was there before; open one that may only be read as such."""
        there = identity(self.path)
        if there is None:
            if self.known is not None or self.made:
                raise FileGone(f"{self.path.name} {self.missing}")
            return None
        if may_be_written(self.path) and not self.read_only:
            return None
        record.info[READ_ONLY] = True
        # Where nothing can be written beside it, SQLite cannot share a file with writers; there can be none either.
        alone = not os.access(self.path.parent, os.W_OK) and not (self.waiting.exists() and self.waiting.stat().st_size)
        address = f"{self.path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
        connection: sqlite3.Connection = sqlite3.connect(address, uri=True, **settings)
        return connection

    def _remembered(self, _connection, record) -> None:  # type: ignore[no-untyped-def]
        record.info[KEY] = there = identity(self.path)
        if self.known is None:
            self.known = there

    def _still_there(self, _connection, record, _proxy) -> None:  # type: ignore[no-untyped-def]
        there = identity(self.path)
        if there is None:
            raise FileGone(f"{self.path.name} {self.missing}")
        if there != record.info[KEY]:
            self._go_on_with(there)
            raise DisconnectionError
        self.known_waiting = identity(self.waiting)

    def _go_on_with(self, there: Identity) -> None:
        """Let go of a file that was replaced, and of what waits to be written to it; SQLite would write it to another.

        A file put in its place together with one of its own to wait keeps that.
        """
        with self.lock:
            if self.known == there:
                return
            self.engine.dispose()
            if self.known_waiting is not None and identity(self.waiting) == self.known_waiting:
                self.waiting.rename(name_beside(self.waiting, BEFORE))
                self.path.with_name(f"{self.path.name}-shm").unlink(missing_ok=True)
            self.known = there
        log.warning("%s was replaced by another file; from now on that one is read and written", self.path)

    def hold(self, connection: Connection) -> None:
        """Raise FileGone where a connection that writes, or has just written, is of a file that is there no more."""
        if not connection.get_execution_options().get("writing"):
            return
        if (there := identity(self.path)) != connection.info[KEY]:
            raise FileGone(f"{self.path.name} {self.missing if there is None else REPLACED}")
        self.known_waiting = identity(self.waiting)
