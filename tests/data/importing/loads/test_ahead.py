"""What is long happens before the write lock: others write meanwhile, and what they changed is planned on anew."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.collection.access import Standing, Visitor
from data.importing.loads import ahead, loading, prepared_load
from data.importing.loads.undoing import CannotUndo, undo
from data.importing.loads.words_ahead import DOING as RECKONING
from data.importing.strand_files import Files, read
from data.progress import Progress
from data.safekeeping import verification
from models import Load
from tests.data.importing.small_strand import FINDINGS, SOURCES, write_strand
from tests.data.importing.stored import ask

EDITOR = Visitor("an editor", Standing.EDITOR)
RENAMED = [{**row, "title": f"{row['title']} of Barnsley"} for row in SOURCES]
BEFORE = {"Checking", "Comparing with the collection", "Planned", RECKONING}
WRITING = "Writing the words that a search finds"
UNDER_THE_LOCK = {"Recording what changes", "Writing sources", "Writing findings", "Writing wider codes", WRITING,
                  "Written", "Done"}  # fmt: skip


class Told:
    """What a load or an undo says that it does, and which of it keeps others from writing."""

    def __init__(self, engine: Engine) -> None:
        self.path = engine.url.database or ""
        self.said: list[str] = []
        self.alone: dict[bool, set[str]] = {True: set(), False: set()}

    def __call__(self, share: float, doing: str) -> None:
        self.said += [doing] if self.said[-1:] != [doing] else []
        self.alone[not self.others_may_write()].add(doing)

    def others_may_write(self) -> bool:
        with closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            return True


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Return a strand whose sources have other titles than SOURCES, and whose findings other words than FINDINGS."""
    changed = [{**row, "finding": f"{row['finding']} As before."} for row in FINDINGS[:1]]
    return read([write_strand(tmp_path / "renamed", [*changed, *FINDINGS[1:]], RENAMED)])


@pytest.fixture
def held(engine: Engine, tmp_path: Path) -> Engine:
    loading.load(engine, [write_strand(tmp_path / "first")])
    return engine


@pytest.fixture
def other(held: Engine) -> Iterator[Engine]:
    """Return the engine of another program on the same database."""
    with database.opened(str(held.url)) as opened:
        yield opened


def load(engine: Engine, files: Files, progress: Progress) -> Load:
    return prepared_load.load_at_once(engine, files, progress=progress)


def confirm(engine: Engine, files: Files, progress: Progress) -> Load:
    return prepared_load.confirm(
        engine, prepared_load.prepare(engine, files, progress=progress), EDITOR, progress=progress
    )


@pytest.mark.parametrize("act", [load, confirm])
def test_a_load_checks_plans_and_reckons_words_while_others_may_write(
    held: Engine, files: Files, act: Callable[[Engine, Files, Progress], Load]
):
    told = Told(held)
    act(held, files, told)
    assert told.alone[True] == UNDER_THE_LOCK
    assert told.alone[False] >= BEFORE
    assert verification.faults(held) == []


def test_so_does_an_undo(held: Engine, files: Files):
    loaded = prepared_load.load_at_once(held, files)
    told = Told(held)
    undo(held, loaded.id or 0, EDITOR, progress=told)
    assert (told.alone[True], told.alone[False]) == (UNDER_THE_LOCK, {"Looking at what it did", RECKONING})
    assert verification.faults(held) == []


def test_words_that_are_reckoned_before_are_those_that_are_found_whatever_is_done(held: Engine, files: Files):
    """Sources alone get other titles, which their findings are found by; findings change, go, and come back."""
    number = prepared_load.load_at_once(held, replace(files, findings=[])).id or 0
    assert verification.faults(held) == []
    assert ask(held, "SELECT count(*) FROM finding_search WHERE finding_search MATCH 'barnsley'") == [(3,)]
    for turned in (number, number + 1):
        undo(held, turned, EDITOR)
        assert verification.faults(held) == []
    prepared_load.load_at_once(held, files)
    assert verification.faults(held) == []


def test_what_changed_meanwhile_is_planned_on_anew_and_said(held: Engine, files: Files, other: Engine, tmp_path: Path):
    between = write_strand(tmp_path / "between", [*FINDINGS, {**FINDINGS[0], "finding_id": "E99"}], SOURCES)
    told = Told(held)

    def progress(share: float, doing: str) -> None:
        if doing == RECKONING and RECKONING not in told.said:
            loading.load(other, [between])
        told(share, doing)

    loaded = prepared_load.load_at_once(held, files, progress=progress)
    assert told.said.count(ahead.ANEW) == 1
    assert (loaded.version, loaded.added, loaded.changed) == (3, 0, len(SOURCES) + 1)
    assert told.alone[True] == UNDER_THE_LOCK
    assert verification.faults(held) == []


def test_where_it_changes_each_time_the_last_plan_is_made_while_others_wait(
    held: Engine, files: Files, other: Engine, tmp_path: Path
):
    told, times = Told(held), []

    def progress(share: float, doing: str) -> None:
        if doing == RECKONING and told.said[-1] != RECKONING:
            times.append(len(times))
            loading.load(other, [write_strand(tmp_path / f"{times[-1]}", [
                {**FINDINGS[0], "finding": f"Said {times[-1]} times."}, *FINDINGS[1:]], SOURCES)])  # fmt: skip
        told(share, doing)

    loaded = prepared_load.load_at_once(held, files, progress=progress)
    assert told.said.count(ahead.ANEW) == ahead.BESIDE_OTHERS
    assert (times, loaded.version) == ([0, 1], 4)
    assert {"Checking", "Planned"} <= told.alone[True]
    assert verification.faults(held) == []


def test_an_undo_of_what_another_has_undone_meanwhile_is_refused(held: Engine, files: Files, other: Engine):
    loaded, undone = prepared_load.load_at_once(held, files), []

    def progress(share: float, doing: str) -> None:
        if doing == RECKONING and not undone:
            undone.append(undo(other, loaded.id or 0, EDITOR).id)

    with pytest.raises(CannotUndo, match=f"load {loaded.id} is undone already, by load 3"):
        undo(held, loaded.id or 0, EDITOR, progress=progress)
    assert undone == [3]


def test_a_load_makes_a_database_that_is_not_there_yet(engine: Engine, files: Files):
    assert prepared_load.load_at_once(engine, files).version == 1
    assert verification.faults(engine) == []
