"""What a load did, field by field, however often its rows have changed since."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from data.curating.load_changes import changes_of_load
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand


@pytest.fixture
def thrice(engine: Engine, tmp_path: Path) -> Engine:
    """Return a collection loaded, its first finding recoded, and recoded again; its last withdrawn."""
    loading.load(engine, [write_strand(tmp_path / "1")])
    loading.load(engine, [write_strand(tmp_path / "2", changed(FINDINGS, {"E1": {"direction": "mixed"}}))])
    again = changed(FINDINGS[:-1], {"E1": {"direction": "unclear", "place": "Morpeth"}})
    loading.load(engine, [write_strand(tmp_path / "3", again)], {"community"})
    return engine


def lines(engine: Engine, load: int) -> list[tuple[str, ...]]:
    with Session(engine) as session:
        return [tuple(row) for row in changes_of_load(session, load).itertuples(index=False)]


def test_what_came_is_listed_by_its_first_words_though_it_has_changed_since(thrice):
    found = lines(thrice, 1)
    assert [line[:3] for line in found] == [
        *(("finding", row["finding_id"], "added") for row in FINDINGS),
        *(("source", row["source_id"], "added") for row in SOURCES),
    ]
    texts = {row["finding_id"]: row["finding"] for row in FINDINGS}
    assert {line[1]: line[5] for line in found if line[0] == "finding"} == texts


def test_a_change_shows_what_it_was_then_and_not_what_it_is_now(thrice):
    first = next(row for row in FINDINGS if row["finding_id"] == "E1")
    assert lines(thrice, 2) == [("finding", "E1", "changed", "direction", first["direction"], "mixed")]


def test_the_newest_change_shows_what_is_now_and_what_went(thrice):
    first, last = FINDINGS[0], FINDINGS[-1]
    assert lines(thrice, 3) == [
        ("finding", "E1", "changed", "place", first["place"], "Morpeth"),
        ("finding", "E1", "changed", "direction", "mixed", "unclear"),
        ("finding", last["finding_id"], "withdrawn", "finding", last["finding"], ""),
    ]


def test_a_load_that_is_not_there_did_nothing(thrice):
    assert lines(thrice, 99) == []
