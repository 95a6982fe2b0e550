"""A database's file that is deleted, moved away or replaced while in use: noticed, and nothing confirmed into it."""

import logging
import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.collection import database
from data.collection.database import DatabaseFault
from data.collection.held_file import GONE, REPLACED

LINE = text("INSERT INTO attempt (what, source, at) VALUES ('door', 'here', '2026-11-27')")
COUNT = "SELECT count(*) FROM attempt"


def counted(engine: Engine) -> object:
    return database.ask(engine, lambda session: session.execute(text(COUNT)).scalar())


@pytest.fixture
def path(writable: Engine) -> Path:
    """Return the file of a database that has been read, so that its engine holds a connection to it."""
    assert counted(writable) == 0
    return Path(writable.url.database or "")


def another(path: Path) -> Path:
    """Return a copy of the database beside it, with a line more."""
    copy = path.with_name("another.sqlite")
    shutil.copy(path, copy)
    engine = database.open_engine(f"sqlite:///{copy}")
    with database.writing(engine) as connection:
        connection.execute(LINE)
    engine.dispose()
    return copy


@pytest.mark.parametrize("how", [Path.unlink, lambda path: path.rename(path.with_name("away.sqlite"))])
def test_a_file_that_is_gone_is_neither_read_nor_written_nor_made_anew(how, path: Path, writable: Engine) -> None:
    how(path)
    for act in (counted, lambda engine: database.writing(engine).__enter__()):
        with pytest.raises(DatabaseFault) as refused:
            act(writable)
        assert str(refused.value) == f"{path.name} {GONE}"
    writable.dispose()
    with pytest.raises(DatabaseFault, match="is gone"):
        counted(writable)
    assert not path.exists()


def test_another_file_in_its_place_is_gone_on_with_and_that_is_said(
    path: Path, writable: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    new = another(path)
    with database.writing(writable) as connection:
        connection.execute(LINE)
        connection.execute(LINE)
    new.replace(path)
    with caplog.at_level(logging.WARNING):
        assert counted(writable) == 1
    assert f"{path} was replaced by another file; from now on that one is read and written" in caplog.text
    with database.writing(writable) as connection:
        connection.execute(LINE)
    assert counted(writable) == 2


@pytest.mark.parametrize(("how", "said"), [(lambda _, path: path.unlink(), GONE), (Path.replace, REPLACED)])
def test_what_is_being_written_when_it_goes_is_not_confirmed(how, said: str, path: Path, writable: Engine) -> None:
    new = another(path)
    with pytest.raises(DatabaseFault) as refused, database.writing(writable) as connection:
        connection.execute(LINE)
        how(new, path)
    assert str(refused.value) == f"{path.name} {said}"
    shutil.copy(new, path) if new.exists() else None
    assert counted(writable) == 1


def test_a_file_that_may_only_be_read_in_a_folder_that_may_only_be_read_is_read(
    path: Path, writable: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    writable.dispose()
    monkeypatch.setattr(os, "access", lambda *_: False)
    engine = database.open_engine(str(writable.url))
    assert counted(engine) == 0
    said = "may not be written to; nothing was changed"
    with pytest.raises(DatabaseFault, match=said), database.writing(engine) as connection:
        connection.execute(LINE)
    engine.dispose()
    assert sorted(other.name for other in path.parent.iterdir() if other.name.startswith(path.name)) == [path.name]


def test_what_is_confirmed_is_on_the_disk_by_then(writable: Engine) -> None:
    with writable.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
