"""A snapshot is of one state of the evidence and one level: made once for each, and never shown for another."""

import pytest
from sqlmodel import Session

from data.collection import database
from data.collection.snapshot import current
from data.collection.snapshot.bounded_memory import Remembered
from data.importing.loads import loading
from models import Access
from tests.data.importing.small_strand import FINDINGS, write_strand


def snapshot(engine, level: Access = Access.PUBLIC):
    return database.ask(engine, current.of, level=level)


def test_it_is_made_once_for_each_level(loaded):
    assert snapshot(loaded) is snapshot(loaded)
    assert len({id(snapshot(loaded, level)) for level in Access}) == 3


def test_a_load_is_seen_at_once(engine, tmp_path):
    loading.load(engine, [write_strand(tmp_path / "first", FINDINGS[:1])])
    assert snapshot(engine).refs == (FINDINGS[0]["finding_id"],)
    loading.load(engine, [write_strand(tmp_path / "more", FINDINGS)])
    assert snapshot(engine).refs == tuple(sorted(row["finding_id"] for row in FINDINGS))


def test_a_reader_in_a_transaction_keeps_what_it_began_with(engine, tmp_path):
    loading.load(engine, [write_strand(tmp_path / "first", FINDINGS[:1])])
    with Session(engine) as reader:
        before = current.of(reader)
        loading.load(engine, [write_strand(tmp_path / "more", FINDINGS)])
        assert current.of(reader) is before
        reader.rollback()
        assert len(current.of(reader)) == len(FINDINGS)


def test_what_a_transaction_takes_back_is_not_kept(engine, tmp_path):
    loading.load(engine, [write_strand(tmp_path / "all", FINDINGS)])
    with engine.connect().execution_options(writing=True) as connection, connection.begin() as transaction:
        connection.exec_driver_sql("UPDATE finding SET access = 'team'")
        with Session(bind=connection) as session:
            assert len(current.of(session)) == 0
        transaction.rollback()
    assert len(snapshot(engine)) == len(FINDINGS)


def test_an_empty_collection_has_an_empty_snapshot(engine):
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        database.prepare(connection)
    assert (len(snapshot(engine)), snapshot(engine).withheld) == (0, 0)


def test_what_was_asked_for_longest_ago_is_let_go():
    made = []
    memory = Remembered[int](2)
    for key in (1, 2, 1, 3, 1, 2):
        assert memory.get(key, lambda key=key: made.append(key) or key) == key
    assert made == [1, 2, 3, 2]


@pytest.mark.parametrize("level", Access)
def test_it_holds_no_text_of_a_finding(loaded, level, csv_findings):
    held = " ".join(str(value) for value in vars(snapshot(loaded, level)).values())
    assert not any(row["finding"] in held for row in csv_findings)
