"""Loads and undos killed at random moments, filled disks, and several processes at once: all of a change, or none.

`make kills` kills a hundred; KILLS says how many.
"""

import multiprocessing
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from data.collection import database
from data.collection.access import Standing, Visitor
from data.collection.database import DatabaseFault
from data.importing.loads import loading, prepared_load
from data.importing.loads.applying import collection_digest
from data.importing.loads.undoing import undo
from data.importing.strand_files import read
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, write_strand
from tests.data.importing.stored import ask, everything

pytestmark = pytest.mark.slow

EDITOR = Visitor("an editor", Standing.EDITOR)
KILLS = int(os.environ.get("KILLS", "8"))
FORK = multiprocessing.get_context("fork")
Act = Callable[[Engine], object]


def state(engine: Engine) -> dict[str, Any]:
    """Return every row of every table, but for the times at which loads were made."""
    tables: dict[str, Any] = everything(engine)
    for name in ("load", "audit"):
        place = [row[1] for row in ask(engine, f"PRAGMA table_info({name})")].index("at")
        tables[name] = [(*row[:place], *row[place + 1 :]) for row in tables[name]]
    return tables


@pytest.fixture
def strands(tmp_path: Path) -> tuple[Path, Path]:
    """Return two states of one strand: each of the four hundred findings is in both, one or the other."""

    def rows(start: int, end: int, text: str) -> list[Row]:
        return [
            {**FINDINGS[number % 3], "finding_id": f"E{number:03}", "source_id": "S1", "finding": f"{text} {number}",
             "place": "x" * 2000}
            for number in range(start, end)
        ]  # fmt: skip

    return (
        write_strand(tmp_path / "one", rows(0, 300, "one"), SOURCES),
        write_strand(tmp_path / "two", [*rows(100, 200, "one"), *rows(200, 400, "two")], SOURCES),
    )


def on_a_copy(engine: Engine, act: Act, folder: Path) -> tuple[dict[str, Any], float]:
    """Return what an act makes of a copy of the database, and the seconds that it takes."""
    engine.dispose()
    path = folder / "trial.sqlite"
    for left in folder.glob("trial.sqlite*"):
        left.unlink()
    with closing(sqlite3.connect(engine.url.database or "")) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    trial = database.open_engine(f"sqlite:///{path}")
    start = time.perf_counter()
    act(trial)
    seconds = time.perf_counter() - start
    after = state(trial)
    trial.dispose()
    return after, seconds


def in_a_child(address: str, act: Act) -> Any:
    """Start an act in a process of its own, and return that once it has begun."""
    begun = FORK.Event()

    def run() -> None:
        engine = database.open_engine(address)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA cache_size = 10"))
        begun.set()
        act(engine)
        os._exit(0)

    child = FORK.Process(target=run)
    child.start()
    assert begun.wait(60)
    return child


def test_killed_at_any_moment_the_collection_is_as_it_was_or_as_it_was_to_be(
    engine: Engine, strands: tuple[Path, Path], tmp_path: Path
) -> None:
    drawn = random.Random(os.environ.get("KILLS_SEED", "1"))
    loading.load(engine, [strands[0]], {"community"})
    ends = {"before": 0, "after": 0}
    turn, before = 1, state(engine)
    for _ in range(KILLS):
        newest = int(str(ask(engine, "SELECT max(id) FROM load")[0][0]))
        folder = strands[turn % 2]
        loads: Act = lambda opened, folder=folder: loading.load(opened, [folder], {"community"})  # type: ignore[misc]  # noqa: E731
        undoes: Act = lambda opened, newest=newest: undo(opened, newest, EDITOR)  # type: ignore[misc]  # noqa: E731
        act = undoes if newest > 1 and drawn.random() < 0.4 and ask(
            engine, "SELECT 1 FROM change WHERE load_id = ?", newest
        ) else loads  # fmt: skip
        after, seconds = on_a_copy(engine, act, tmp_path)
        child = in_a_child(str(engine.url), act)
        child.join(drawn.uniform(0, 1.6 * seconds))
        child.kill()
        child.join()
        found = state(engine)
        assert ask(engine, "PRAGMA integrity_check") == [("ok",)]
        assert ask(engine, "PRAGMA foreign_key_check") == []
        if found == before:
            ends["before"] += 1
        else:
            assert found == after
            ends["after"] += 1
            turn += 1
        before = found
    print(f"loads and undos killed {KILLS}: {ends['before']} as before, {ends['after']} as after")
    assert ends["before"] > 0
    assert ends["after"] > 0 or KILLS < 50


@pytest.mark.parametrize("act", ["load", "undo"])
def test_a_disk_that_is_full_changes_nothing_and_says_so(
    act: str, engine: Engine, strands: tuple[Path, Path], tmp_path: Path
) -> None:
    loading.load(engine, [strands[0]])
    if act == "undo":
        loading.load(engine, [strands[1]], {"community"})
        with closing(sqlite3.connect(engine.url.database or "")) as connection:
            connection.execute("VACUUM")
    before = state(engine)
    pages = int(str(ask(engine, "PRAGMA page_count")[0][0]))
    full = database.open_engine(str(engine.url))
    event.listen(full, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count = {pages + 2}"))
    with pytest.raises(DatabaseFault, match="has no room to grow; nothing was changed; make room on the disk"):
        if act == "undo":
            undo(full, 2, EDITOR)
        else:
            prepared_load.confirm(full, prepared_load.prepare(full, read([strands[1]])), EDITOR)
    full.dispose()
    assert state(engine) == before
    assert undo(engine, 1 if act == "load" else 2, EDITOR).undoes == (1 if act == "load" else 2)


def test_of_two_that_confirm_at_once_one_is_done_and_the_other_told_to_look_again(
    engine: Engine, strands: tuple[Path, Path], tmp_path: Path
) -> None:
    loading.load(engine, [write_strand(tmp_path / "first")])
    engine.dispose()
    address, barrier, said = str(engine.url), FORK.Barrier(2), FORK.SimpleQueue()

    def confirm(folder: Path) -> None:
        opened = database.open_engine(address)
        plan = prepared_load.prepare(opened, read([folder]))
        barrier.wait(60)
        try:
            said.put(("done", prepared_load.confirm(opened, plan, EDITOR).version))
        except prepared_load.Outdated as outdated:
            said.put(("outdated", outdated.fresh.version[0]))
        os._exit(0)

    children = [FORK.Process(target=confirm, args=(folder,)) for folder in strands]
    for child in children:
        child.start()
    answers = sorted(said.get() for _ in children)
    for child in children:
        child.join()
    assert answers == [("done", 2), ("outdated", 2)]
    assert ask(engine, "SELECT count(*) FROM load") == [(2,)]


def test_readers_in_other_processes_never_see_half_a_load(engine: Engine, strands: tuple[Path, Path]) -> None:
    """Each look is at one state: the digest of all rows is the one that the newest load recorded."""
    loading.load(engine, [strands[0]], {"community"})
    engine.dispose()
    address, stop, said = str(engine.url), FORK.Event(), FORK.SimpleQueue()

    def look() -> None:
        opened = database.open_engine(address)
        wrong, seen = 0, set()
        while not stop.is_set():
            with Session(opened) as session:
                version = database.data_version(session)
                wrong += collection_digest(session.connection()) != version.digest
                seen.add(version.number)
        said.put((wrong, sorted(seen)))
        os._exit(0)

    readers = [FORK.Process(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(1, 7):
        loading.load(engine, [strands[turn % 2]], {"community"})
    stop.set()
    answers = [said.get() for _ in readers]
    for reader in readers:
        reader.join()
    assert [wrong for wrong, _ in answers] == [0, 0]
    assert all(len(seen) > 1 and max(seen) <= 7 for _, seen in answers)


def test_a_copy_left_by_a_kill_is_read_by_the_next_program(
    engine: Engine, strands: tuple[Path, Path], tmp_path: Path
) -> None:
    """What a killed load leaves beside the file (its write-ahead log) does no harm where the three are moved as one."""
    loading.load(engine, [strands[0]])
    before = state(engine)
    child = in_a_child(str(engine.url), lambda opened: loading.load(opened, [strands[1]], {"community"}))
    child.kill()
    child.join()
    engine.dispose()
    path = Path(engine.url.database or "")
    for left in path.parent.glob(f"{path.name}*"):
        shutil.copy(left, tmp_path / left.name.replace(path.stem, "moved"))
    moved = database.open_engine(f"sqlite:///{tmp_path / 'moved.sqlite'}")
    assert state(moved) == before
    moved.dispose()
