"""A copy of a database is whole, of one state, and never in another file's place."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.safekeeping import backup
from data.safekeeping.backup import CopyFault
from tests.data.kept_database import kept


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return kept(4, tmp_path)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_copy_holds_every_row_and_says_how_many(source: Path, tmp_path: Path) -> None:
    copy = backup.copied(source, tmp_path / "copy.sqlite")
    assert dump(copy.path) == dump(source)
    assert (copy.rows["finding"], copy.rows["audit"], copy.rows["meeting"], copy.rows["attempt"]) == (6, 11, 2, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite", "version_4.sqlite"]


def test_a_copy_made_while_another_writes_is_of_the_state_before(source: Path, tmp_path: Path) -> None:
    before = dump(source)
    with closing(sqlite3.connect(source, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM answer")
        copy = backup.copied(source, tmp_path / "copy.sqlite")
        writer.execute("COMMIT")
    assert (dump(copy.path), copy.rows["answer"]) == (before, 7)


def test_no_copy_is_written_over_a_file_that_is_there(source: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear colleague")
    with pytest.raises(CopyFault) as refused:
        backup.copied(source, tmp_path / "letter")
    assert str(refused.value) == f"{tmp_path / 'letter'} is there already; give the copy another name"
    assert (tmp_path / "letter").read_text() == "Dear colleague"


def test_what_a_kill_left_of_a_copy_is_written_over(source: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite.part").write_bytes(source.read_bytes()[:9000])
    assert dump(backup.copied(source, tmp_path / "copy.sqlite").path) == dump(source)
    assert not (tmp_path / "copy.sqlite.part").exists()


@pytest.mark.parametrize("page", [3, 20])
def test_of_a_damaged_database_no_copy_is_made(page: int, source: Path, tmp_path: Path) -> None:
    damaged = bytearray(source.read_bytes())
    damaged[4096 * page : 4096 * (page + 1)] = b"\x55" * 4096
    source.write_bytes(damaged)
    with pytest.raises(CopyFault, match=r"could not be copied|no whole copy could be made"):
        backup.copied(source, tmp_path / "copy.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["version_4.sqlite"]


def test_where_there_is_no_place_for_it_no_copy_is_made(source: Path, tmp_path: Path) -> None:
    with pytest.raises(CopyFault, match=r"could not be copied to .* \(unable to open database file\)"):
        backup.copied(source, tmp_path / "no such folder" / "copy.sqlite")
    with pytest.raises(CopyFault, match="could not be copied"):
        backup.copied(tmp_path / "none.sqlite", tmp_path / "copy.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["version_4.sqlite"]


def test_how_far_a_copy_is_is_told(source: Path, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    backup.copied(source, tmp_path / "copy.sqlite", lambda share, doing: told.append((share, doing)))
    assert told[-1] == (1.0, "Copying the database")
