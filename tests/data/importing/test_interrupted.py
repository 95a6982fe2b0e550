"""A load that dies half-way, that others read during, or that meets another load: all of it is seen, or none."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from data.collection import database
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, write_strand
from tests.data.importing.stored import ask, everything, file_bytes

pytestmark = pytest.mark.slow

REPLACEMENT: list[Row] = [
    {**FINDINGS[number % 3], "finding_id": f"COM-E{number:03}", "source_id": "S1", "place": "x" * 2000}
    for number in range(50, 450)
]
"""Findings that change, add to and, where they replace the strand, withdraw from the shipped ones."""

DIES_AT = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from data.collection import database
from data.importing.loads import loading

engine = database.open_engine(sys.argv[1])

@event.listens_for(engine, "connect")
def spill_early(connection, _):
    connection.execute("PRAGMA cache_size = 10")  # so that pages go to the log long before the end

@event.listens_for(engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if statement.lstrip().startswith(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

loading.load(engine, [Path(sys.argv[2])], {"community"})
"""


@pytest.fixture
def strand(tmp_path: Path) -> Path:
    return write_strand(tmp_path / "strand", REPLACEMENT, SOURCES)


def load_in_a_child(engine: Engine, strand: Path, dies_at: str) -> int:
    """Replace the community strand in another process, which kills itself before it runs a statement."""
    engine.dispose()
    command = [sys.executable, "-c", DIES_AT, str(engine.url), str(strand), dies_at]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    "statement", ["DELETE FROM finding WHERE", "INSERT INTO finding_lever", "INSERT INTO finding_search", "UPDATE load"]
)
def test_a_load_killed_half_way_leaves_the_database_as_it_was(statement: str, writable: Engine, strand: Path) -> None:
    before = everything(writable)
    assert load_in_a_child(writable, strand, statement) == -signal.SIGKILL
    assert everything(writable) == before
    assert ask(writable, "PRAGMA integrity_check") == [("ok",)]
    load = loading.load(writable, [strand], {"community"})
    assert (load.added, load.changed, load.withdrawn, load.unchanged) == (2 + 319, 81, 111 + 49, 0)


def test_the_same_load_that_nothing_kills_is_done(writable: Engine, strand: Path) -> None:
    assert load_in_a_child(writable, strand, "no statement") == 0
    assert ask(writable, "SELECT added, changed, withdrawn, unchanged FROM load WHERE id = 2") == [(321, 81, 160, 0)]


def test_a_load_that_fails_half_way_leaves_the_database_as_it_was(writable: Engine, strand: Path) -> None:
    with closing(sqlite3.connect(writable.url.database or "")) as connection:
        connection.execute("""
            CREATE TRIGGER stumble BEFORE INSERT ON finding_region WHEN NEW.region = 'TLD'
            BEGIN SELECT RAISE(ABORT, 'a stone in the way'); END""")
    before = file_bytes(writable)
    with pytest.raises(IntegrityError, match="a stone in the way"):
        loading.load(writable, [strand], {"community"})
    assert file_bytes(writable) == before


@contextmanager
def looking_in(engine: Engine, statement: str, seen: list[object]) -> Iterator[None]:
    """Count the findings from another connection each time the load is about to run a statement."""

    @event.listens_for(engine, "before_cursor_execute")
    def look(connection: object, cursor: object, sql: str, *_: object) -> None:
        if sql.lstrip().startswith(statement):
            seen.extend(ask(engine, "SELECT count(*), count(DISTINCT source_id), max(place) FROM finding"))

    yield
    event.remove(engine, "before_cursor_execute", look)


def test_readers_see_no_half_of_a_load(writable: Engine, strand: Path) -> None:
    state = "SELECT count(*), count(DISTINCT source_id), max(place) FROM finding"
    (before,) = ask(writable, state)
    seen: list[object] = []
    with closing(sqlite3.connect(writable.url.database or "", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(state).fetchone() == before
        with looking_in(writable, "INSERT INTO", seen):
            loading.load(writable, [strand], {"community"})
        assert set(seen) == {before}
        assert len(seen) > 9
        assert reader.execute(state).fetchone() == before  # one view, one state, until the reader lets go
        reader.execute("ROLLBACK")
        assert reader.execute(state).fetchone() == (413 + 400, 350 + 1, "x" * 2000)


class TestWhileAnotherLoadHoldsTheDatabase:
    """The other load is a connection that has taken the write lock and not yet let go."""

    @pytest.fixture
    def other(self, writable: Engine) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(writable.url.database or "", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def test_a_load_waits_and_is_done_when_the_other_is(
        self, writable: Engine, strand: Path, other: sqlite3.Connection
    ) -> None:
        started, done = Event(), []
        event.listen(writable, "before_cursor_execute", lambda *called: "IMMEDIATE" in called[2] and started.set())
        waiting = Thread(target=lambda: done.append(loading.load(writable, [strand], {"community"})), daemon=True)
        waiting.start()
        assert started.wait(10)
        waiting.join(0.3)
        assert waiting.is_alive()
        other.execute("UPDATE load SET replaced = 'while it waited'")
        other.execute("COMMIT")
        waiting.join(60)
        assert [load.version for load in done] == [2]
        assert ask(writable, "SELECT replaced FROM load ORDER BY id") == [("while it waited",), ("community",)]

    def test_a_load_that_has_waited_long_enough_says_so_in_words(
        self, writable: Engine, strand: Path, other: sqlite3.Connection
    ) -> None:
        before = everything(writable)
        impatient = database.open_engine(f"{writable.url}?timeout=0.05")
        with pytest.raises(database.DatabaseFault) as refused:
            loading.load(impatient, [strand], {"community"})
        impatient.dispose()
        assert str(refused.value) == (
            f"{database.name_of(writable)} is being written by another load; nothing was changed; "
            "try again when that is done (database is locked)"
        )
        other.execute("ROLLBACK")
        assert everything(writable) == before

    def test_a_check_and_readers_need_not_wait(self, writable: Engine, strand: Path, other: sqlite3.Connection) -> None:
        impatient = database.open_engine(f"{writable.url}?timeout=0")
        assert other.in_transaction
        assert loading.check_only(impatient, [strand], {"community"})[0].faults == []
        assert loading.shipped_is_current(impatient)
        database.check(impatient)
        impatient.dispose()


def test_two_processes_may_make_the_same_new_database(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'new.sqlite'}"
    script = (
        "import sys; from data.collection import database; from data.importing.loads import loading; sys.stdin.read()\n"
        "load = loading.load(database.open_engine(sys.argv[1]), loading.shipped()); print(load.added, load.unchanged)"
    )
    command = [sys.executable, "-c", script, address]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for child in both:
        assert child.stdin
        child.stdin.close()
    said = sorted(child.stdout.read().strip() for child in both if child.stdout)
    assert [child.wait(60) for child in both] == [0, 0]
    assert said == ["0 1004", "1004 0"]
