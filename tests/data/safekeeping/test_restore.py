"""Going back to a copy of the database: whole or not at all, and never where something would be lost unsaid."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.collection.database import SCHEMA, DatabaseFault
from data.importing.loads import loading
from data.safekeeping import backup, verification
from data.safekeeping.restore import restore
from tests.data.importing.small_strand import FINDINGS, write_strand
from tests.data.importing.stored import ask
from tests.data.kept_database import kept

SOURCES_OF_LINES = "SELECT who, action, after FROM audit ORDER BY id DESC LIMIT 1"


@pytest.fixture
def small(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Return a database with one load of two findings, and a copy of that beside it, and then a third finding."""
    loading.load(engine, [write_strand(tmp_path / "two", FINDINGS[:2])])
    backup.copied(path_of(engine), tmp_path / "copy.sqlite")
    loading.load(engine, [write_strand(tmp_path / "three")])
    yield engine
    engine.dispose()


def path_of(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def refs(engine: Engine) -> list[object]:
    return [ref for (ref,) in ask(engine, "SELECT ref FROM finding ORDER BY ref")]


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir() if other.name.startswith(f"{path.name}."))


def test_what_the_copy_lacks_is_told_and_nothing_is_done(small: Engine, tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault) as refused:
        restore(small, tmp_path / "copy.sqlite", "someone")
    assert str(refused.value) == (
        "evidence.sqlite holds what copy.sqlite does not: 1 finding, 1 load, 1 change of a load, "
        "1 line of the audit log; nothing was changed; to go back all the same, with what is there now kept as a copy "
        "beside it, say --over"
    )
    assert refs(small) == ["E1", "E2", "E3"]
    assert beside(path_of(small)) == []


def test_over_it_goes_back_while_others_read_and_keeps_what_was_there(small: Engine, tmp_path: Path) -> None:
    with small.connect() as reader, reader.begin():
        assert reader.exec_driver_sql("SELECT count(*) FROM finding").scalar() == 3
        done = restore(small, tmp_path / "copy.sqlite", "someone", over=True)
        assert reader.exec_driver_sql("SELECT count(*) FROM finding").scalar() == 3
    assert done.kept is not None
    assert (refs(small), verification.faults(small)) == (["E1", "E2"], [])
    assert [name for name in beside(path_of(small))] == [done.kept.name]
    then = database.open_engine(f"sqlite:///{done.kept}")
    assert refs(then) == ["E1", "E2", "E3"]
    then.dispose()
    ((who, action, _),) = ask(small, SOURCES_OF_LINES)
    assert (who, action) == ("someone", "restore")
    restore(small, done.kept, "someone", over=True)
    assert refs(small) == ["E1", "E2", "E3"]


def test_a_copy_that_has_all_takes_its_place_unasked(small: Engine, tmp_path: Path) -> None:
    backup.copied(path_of(small), tmp_path / "newest.sqlite")
    done = restore(small, tmp_path / "newest.sqlite", "someone")
    assert str(done) == "evidence.sqlite is as newest.sqlite has it"
    assert (refs(small), beside(path_of(small))) == (["E1", "E2", "E3"], [])


def test_numbers_that_were_given_once_are_not_given_again(small: Engine, tmp_path: Path) -> None:
    given = ask(small, "SELECT seq FROM sqlite_sequence WHERE name = 'finding'")
    restore(small, tmp_path / "copy.sqlite", "someone", over=True)
    assert ask(small, "SELECT seq FROM sqlite_sequence WHERE name = 'finding'") == given


@pytest.mark.parametrize("gone", ["missing", "empty"])
def test_where_there_is_no_database_the_copy_becomes_it(gone: str, small: Engine, tmp_path: Path) -> None:
    small.dispose()
    path = path_of(small)
    path.unlink()
    if gone == "empty":
        path.touch()
    fresh = database.open_engine(str(small.url))
    restore(fresh, tmp_path / "copy.sqlite", "someone")
    assert (refs(fresh), beside(path)) == (["E1", "E2"], [])
    fresh.dispose()


def test_a_damaged_database_is_moved_aside_where_that_is_asked_for(small: Engine, tmp_path: Path) -> None:
    small.dispose()
    path = path_of(small)
    path.write_bytes(b"no database any more" * 500)
    damaged = database.open_engine(str(small.url))
    with pytest.raises(DatabaseFault, match="cannot be read, so nobody can tell what it holds"):
        restore(damaged, tmp_path / "copy.sqlite", "someone")
    done = restore(damaged, tmp_path / "copy.sqlite", "someone", over=True)
    assert done.kept is not None
    assert done.kept.read_bytes() == b"no database any more" * 500
    assert refs(damaged) == ["E1", "E2"]
    damaged.dispose()


def test_a_copy_of_an_older_version_is_brought_up_on_the_way_and_stays_as_it_is(small: Engine, tmp_path: Path) -> None:
    old = kept(4, tmp_path)
    before = old.read_bytes()
    restore(small, old, "someone", over=True)
    assert ask(small, "PRAGMA user_version") == [(SCHEMA,)]
    assert len(refs(small)) == 6
    assert (old.read_bytes(), verification.faults(small)) == (before, [])


@pytest.mark.parametrize("fault", ["damaged", "changed", "missing", "itself"])
def test_what_is_no_whole_copy_is_refused_and_nothing_is_changed(fault: str, small: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    if fault == "damaged":
        copy.write_bytes(copy.read_bytes()[:9000])
    elif fault == "changed":
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE finding SET direction = 'impeded' WHERE ref = 'E1'")
    elif fault == "missing":
        copy.unlink()
    else:
        copy = path_of(small)
    with pytest.raises(DatabaseFault) as refused:
        restore(small, copy, "someone", over=True)
    assert copy.name in str(refused.value)
    assert (refs(small), beside(path_of(small))) == (["E1", "E2", "E3"], [])


def test_the_server_of_another_process_reads_the_copy_from_then_on(small: Engine, tmp_path: Path) -> None:
    serving = database.open_engine(str(small.url))
    assert len(refs(serving)) == 3
    restore(small, tmp_path / "copy.sqlite", "someone", over=True)
    assert refs(serving) == ["E1", "E2"]
    serving.dispose()
