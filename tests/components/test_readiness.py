"""The server makes itself ready: what the first reader asks is answered before anyone is let in."""

import logging
import sys

from components import readiness, remembering, store
from data.filters import Filter
from models import Access


def test_a_ready_server_has_the_pages_parts_and_the_collection_at_hand(monkeypatch, shipped_file):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shipped_file}")
    store.forget()
    readiness.prepare()
    assert {"components.present", "components.region_map", "components.meeting.rapporteur"} <= set(sys.modules)
    asked = remembering._remembered.cache_info()
    with store.beside_the_page(Access.TEAM):
        assert sum(store.facets(Filter())["strand"].values()) == 543
    assert remembering._remembered.cache_info().hits == asked.hits + 1
    assert remembering._remembered.cache_info().misses == asked.misses
    words = remembering._remembered_of_collection.cache_info()
    with store.beside_the_page(Access.TEAM):
        assert store.words()["libraries"] > 0
    assert remembering._remembered_of_collection.cache_info().misses == words.misses
    store.forget()


def test_what_is_read_first_is_what_the_local_user_sees_and_on_a_network_what_is_public(monkeypatch):
    assert readiness.mostly() is Access.TEAM
    monkeypatch.setattr(readiness.visitor, "token_offered", lambda: False)
    assert readiness.mostly() is Access.PUBLIC


def test_a_database_that_is_none_is_noted_and_the_server_starts(monkeypatch, tmp_path, caplog):
    (tmp_path / "evidence.sqlite").write_text("not a database")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'evidence.sqlite'}")
    store.forget()
    with caplog.at_level(logging.WARNING):
        readiness.prepare()
    assert "the collection could not be read at the start" in caplog.text
    store.forget()
