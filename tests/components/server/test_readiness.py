"""The server makes itself ready: what the first reader asks is answered before anyone is let in."""

import logging
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from components.server import readiness
from components.store import remembered_answers, store
from data.collection import database, meetings_file
from data.collection.database import GO_BACK, SCHEMA, DatabaseFault
from data.filters.filter import Filter
from data.meeting import rooms
from models import Access
from tests.data.kept_database import kept


def test_a_ready_server_has_the_pages_parts_and_the_collection_at_hand(monkeypatch, shipped_file):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shipped_file}")
    store.forget()
    readiness.prepare()
    assert {
        "components.meeting.presenter.presentation",
        "components.views.region_map",
        "components.meeting.notes.rapporteur_form",
    } <= set(sys.modules)
    asked = remembered_answers._remembered.cache_info()
    with store.beside_the_page(Access.TEAM):
        assert sum(store.facets(Filter())["strand"].values()) == 543
    assert remembered_answers._remembered.cache_info().hits == asked.hits + 1
    assert remembered_answers._remembered.cache_info().misses == asked.misses
    words = remembered_answers._remembered_of_collection.cache_info()
    with store.beside_the_page(Access.TEAM):
        assert store.words()["libraries"] > 0
    assert remembered_answers._remembered_of_collection.cache_info().misses == words.misses
    store.forget()


def test_what_is_read_first_is_what_the_local_user_sees_and_on_a_network_what_is_public(monkeypatch):
    assert readiness.mostly() is Access.TEAM
    monkeypatch.setattr(readiness.visitor, "token_offered", lambda: False)
    assert readiness.mostly() is Access.PUBLIC


def test_a_damaged_database_is_said_to_be_one_and_never_read_past(monkeypatch, shipped_file, tmp_path, caplog):
    shutil.copy(shipped_file, tmp_path / "evidence.sqlite")
    with closing(sqlite3.connect(tmp_path / "evidence.sqlite")) as connection, connection:
        connection.execute("UPDATE finding SET source_id = 9999 WHERE ref = 'COM-E001'")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'evidence.sqlite'}")
    store.forget()
    readiness.prepare()
    said = "evidence.sqlite is not whole: row 1 of finding names a row of source that is not there"
    assert said in caplog.text
    with pytest.raises(DatabaseFault) as refused, store.beside_the_page():
        store.facets(Filter())
    assert str(refused.value) == f"{said}; {GO_BACK}; then start the dashboard again"
    store.forget()


def test_a_database_that_is_none_is_noted_and_the_server_starts(monkeypatch, tmp_path, caplog):
    (tmp_path / "evidence.sqlite").write_text("not a database")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'evidence.sqlite'}")
    store.forget()
    with caplog.at_level(logging.WARNING):
        readiness.prepare()
    assert "the collection could not be read at the start" in caplog.text
    store.forget()


def test_meetings_that_are_in_the_database_are_given_a_file_of_their_own_before_anyone_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = kept(SCHEMA, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    readiness.give_meetings_their_file()
    assert meetings_file.beside(path).exists()
    with database.opened() as engine:
        assert len(database.ask(engine, rooms.past_meetings) + database.ask(engine, rooms.running_meetings)) == 2
