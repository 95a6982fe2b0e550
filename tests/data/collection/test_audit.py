"""The log of changes: what writes to it, what it tells, and that nothing takes a line out of it or alters one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import audit, database
from data.collection.access import Standing, Visitor
from data.importing.loads import loading
from data.importing.loads.undoing import undo
from tests.data.importing.small_strand import write_strand
from tests.data.importing.stored import ask

EDITOR = Visitor("an editor", Standing.EDITOR)


@pytest.fixture
def logged(engine: Engine, tmp_path: Path) -> Engine:
    loading.load(engine, [write_strand(tmp_path / "strand")], who="Ann")
    undo(engine, 1, EDITOR, note="too early")
    return engine


def test_every_load_and_undo_is_a_line_newest_first(logged: Engine, tmp_path: Path) -> None:
    with Session(logged) as session:
        log = audit.log(session)
        of_one = audit.log(session, "load 1")
        assert audit.log(session, limit=1).equals(log.head(1))
    assert list(log.columns) == list(audit.COLUMNS)
    assert log[["id", "who", "action", "subject", "before"]].values.tolist() == [
        [2, "an editor", "undo", "load 2", "version: 1"],
        [1, "Ann", "load", "load 1", "version: 0"],
    ]
    assert log.loc[0, "after"] == (
        "version: 2; added: 0; changed: 0; withdrawn: 5; unchanged: 0; codebook_changes: 0; note: too early; undoes: 1"
    )
    assert list(of_one["subject"]) == ["load 1"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET who = 'someone else'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit (id, at, who, action, subject) VALUES (1, '2020-01-01', 'x', 'x', 'x')",
        "REPLACE INTO audit (id, at, who, action, subject) VALUES (2, '2020-01-01', 'x', 'x', 'x')",
        "INSERT INTO audit (id, at, who, action, subject) VALUES (1, '2020', 'x', 'x', 'x') "
        "ON CONFLICT (id) DO UPDATE SET who = 'x'",
    ],
)
def test_no_line_is_altered_or_taken_out(sql: str, logged: Engine) -> None:
    before = ask(logged, "SELECT * FROM audit")
    with (
        closing(sqlite3.connect(logged.url.database or "")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="the audit log only grows"),
    ):
        connection.execute(sql)
    assert ask(logged, "SELECT * FROM audit") == before


def test_a_line_goes_with_the_change_that_fails(logged: Engine) -> None:
    before = ask(logged, "SELECT * FROM audit")
    with pytest.raises(ZeroDivisionError), database.writing(logged) as connection:
        audit.record(connection, "Ann", "settle", "finding E1", {"direction": "mixed"}, {"direction": "impeded"})
        raise ZeroDivisionError
    assert ask(logged, "SELECT * FROM audit") == before
    with Session(logged) as session:
        audit.record(session, "Ann", "settle", "finding E1", {"direction": "mixed"}, {"direction": "impeded"})
        session.commit()
        assert list(audit.log(session, "finding E1")["after"]) == ["direction: impeded"]
