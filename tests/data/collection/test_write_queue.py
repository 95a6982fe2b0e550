"""Those who write wait for each other without a connection in hand, as long as their patience, and let others on."""

import ast
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, event, text

from data.collection import database, write_queue
from data.collection.database import Busy

ROOT = Path(__file__).parents[3]
COUNT = text("SELECT count(*) FROM finding")
MORE_THAN_CONNECTIONS = 20


@pytest.fixture
def other(writable: Engine) -> Iterator[sqlite3.Connection]:
    """Return another program's connection, which holds the write lock."""
    with closing(sqlite3.connect(writable.url.database or "", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def told(engine: Engine, patience: float | None = None) -> str:
    """Return what a writer is told that waits in vain."""
    with pytest.raises(Busy) as refused, database.writing(engine, patience):
        pass
    return str(refused.value).removeprefix(database.name_of(engine)).strip()


def test_while_many_wait_to_write_a_reader_finds_a_connection(writable: Engine, other: sqlite3.Connection) -> None:
    tried = Event()
    event.listen(writable, "before_cursor_execute", lambda *called: "IMMEDIATE" in called[2] and tried.set())

    def write() -> object:
        with database.writing(writable) as connection:
            return connection.scalar(COUNT)

    with ThreadPoolExecutor(MORE_THAN_CONNECTIONS) as threads:
        waiting = [threads.submit(write) for _ in range(MORE_THAN_CONNECTIONS)]
        assert tried.wait(10)
        assert writable.pool.checkedout() == 1  # type: ignore[attr-defined]
        with writable.connect() as reader:
            count = reader.scalar(COUNT)
        other.execute("ROLLBACK")
        assert [write.result() for write in waiting] == [count] * MORE_THAN_CONNECTIONS


def test_a_writer_who_waits_in_vain_is_told_whoever_it_waited_for(writable: Engine) -> None:
    said = "is being written by another load; nothing was changed; try again when that is done"
    with database.writing(writable):
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(told, writable, 0.05).result() == said
        with database.opened(f"{writable.url}?timeout=0.05") as another:
            assert told(another) == f"{said} (database is locked)"


def test_a_connection_waits_as_long_as_ever_after_an_impatient_write(
    writable: Engine, other: sqlite3.Connection
) -> None:
    told(writable, 0)
    with writable.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == database.WAIT_SECONDS * 1000


def test_who_reads_waits_for_nobody_who_writes_not_even_to_connect(writable: Engine, other: sqlite3.Connection) -> None:
    findings = other.execute("SELECT count(*) FROM finding").fetchone()
    with database.opened(f"{writable.url}?timeout=0") as impatient:
        database.check(impatient)
        with impatient.connect() as connection:
            assert connection.execute(COUNT).one() == findings
        assert database.ask(impatient, database.data_version).number == 1


def test_others_go_on_for_as_long_as_a_write_waits_and_lasts(writable: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    happened = []

    @contextmanager
    def let_on() -> Iterator[None]:
        happened.append("others go on")
        yield
        happened.append("others wait again")

    monkeypatch.setattr(write_queue, "_WRITERS", write_queue._Writers(let_on))
    event.listen(writable, "begin", lambda _: happened.append("begun"))
    event.listen(writable, "commit", lambda _: happened.append("kept"))
    with database.ask_and_write(writable):
        pass
    assert happened == ["others go on", "begun", "kept", "others wait again"]


ASKED_TO_WRITE = {
    "data/collection/database.py",  # which is the one way
    "data/safekeeping/restore.py",
    "data/safekeeping/upgrade.py",  # both before anyone is served, or from the command line
    "data/search/relevance.py",  # into memory
}


def test_all_that_writes_goes_this_way() -> None:
    found = {
        str(path.relative_to(ROOT))
        for folder in ("components", "data", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            any(word.arg == "writing" for word in node.keywords)
            or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in ("engine.begin", "session.commit"))
        )
    }
    assert found == ASKED_TO_WRITE
