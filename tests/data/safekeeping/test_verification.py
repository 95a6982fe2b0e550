"""Whether a database is whole: each kind of damage is told, by its place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.collection import database
from data.importing.loads import loading
from data.safekeeping import verification
from tests.data.importing.small_strand import write_strand

ROW = "was changed by something other than this dashboard"


@pytest.fixture
def small(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    loading.load(engine, [write_strand(tmp_path / "strand")])
    yield engine
    engine.dispose()


def test_the_shipped_evidence_is_whole(loaded: Engine) -> None:
    assert verification.faults(loaded) == []


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ("UPDATE finding SET finding = 'Something else' WHERE ref = 'E1'",
         ["finding E1 is not found by its words, as the index of words says something else of it",
          f"finding E1 {ROW}"]),
        ("UPDATE finding SET direction = 'strengthened', confidence = 'low' WHERE ref = 'E2'", [f"finding E2 {ROW}"]),
        ("UPDATE source SET year = 1066 WHERE ref = 'S1'", [f"source S1 {ROW}"]),
        ("DELETE FROM finding_theme WHERE finding_id = (SELECT id FROM finding WHERE ref = 'E1')",
         [f"finding E1 {ROW}"]),
        ("DELETE FROM finding_search WHERE rowid = (SELECT id FROM finding WHERE ref = 'E3')",
         ["finding E3 is not found by its words, as the index of words says something else of it",
          "the index of words has 2 rows for 3 findings"]),
        ("DROP TABLE meeting_note", ["the table meeting_note is missing"]),
        ("ALTER TABLE draft RENAME COLUMN subject TO topic", ["the column subject of draft is missing"]),
    ],
)  # fmt: skip
def test_what_something_else_changed_is_told_row_by_row(change: str, faults: list[str], small: Engine) -> None:
    with small.begin() as connection:
        connection.execute(text(change))
    assert verification.faults(small) == faults


def test_a_finding_that_went_by_another_way_leaves_a_digest_that_does_not_fit(small: Engine) -> None:
    with small.begin() as connection:
        connection.execute(text("DELETE FROM finding_search WHERE rowid = (SELECT id FROM finding WHERE ref = 'E3')"))
        connection.execute(text("DELETE FROM finding WHERE ref = 'E3'"))
    (fault,) = verification.faults(small)
    assert fault.startswith("the evidence has the digest ")
    assert ", and load 1 left it with " in fault
    assert verification.faults(small, each_row=False) == [fault]


def test_what_rows_name_that_is_not_there_is_told(small: Engine) -> None:
    with closing(sqlite3.connect(small.url.database or "")) as connection, connection:
        connection.execute("UPDATE finding SET source_id = 999 WHERE ref = 'E1'")
    assert verification.faults(small) == ["row 1 of finding names a row of source that is not there"]


def test_damaged_pages_are_told_and_not_read_past(small: Engine) -> None:
    path = Path(small.url.database or "")
    with small.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    small.dispose()
    contents = bytearray(path.read_bytes())
    contents[4096 * 4 : 4096 * 40] = b"\x55" * (4096 * 36)
    path.write_bytes(contents)
    faults = verification.faults(database.open_engine(str(small.url)))
    assert faults
    assert len(faults) <= verification.MOST
