"""A database of each older version is brought up with everything in it, or is left exactly as it was.

`make kills` kills a hundred upgrades; KILLS says how many.
"""

import hashlib
import multiprocessing
import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, update
from sqlmodel import Session, col

from data.coders import rounds
from data.collection import audit, database
from data.collection import codebook as codebooks
from data.collection.database import OLDEST, SCHEMA, DatabaseFault
from data.curating import row_history
from data.importing.loads import loading
from data.importing.loads.applying import collection_digest
from data.importing.loads.undoing import CannotUndo, undo
from data.meeting import answers, leading, rooms
from data.safekeeping import upgrade
from data.safekeeping.migrations.shape import plain
from data.search.words import indexed
from models import Base, Meeting, now
from tests.data.importing.small_strand import changed, write_strand
from tests.data.importing.stored import found_by
from tests.data.kept_database import EDITOR, MORE_FINDINGS, MORE_SOURCES, WINDOW, kept, sets

KILLS = int(os.environ.get("KILLS", "4"))
FORK = multiprocessing.get_context("fork")
Row = dict[str, Any]
OLDER = range(OLDEST, SCHEMA)
REWRITTEN = (3, 4, 5)
"""Versions of which tables are written anew on the way: these can fail at it, and grow."""
CREATED = {
    3: "e682f1ff50d62ea4",
    4: "5e6a9bdeb7842222",
    5: "c48e7e68c11c3dc9",
    6: "c7aca04918967ad1",
    7: "c7aca04918967ad1",
}
"""A digest of the CREATE statements of each version. Once a version is given out its line never changes."""
ADDRESSES: dict[str, Row] = {
    "meeting": {"address_key": ""},
    "participant": {"origin_id": None, "left_out": None, "left_out_by": ""},
}
"""What version 6 adds."""
EMPTY: dict[int, dict[str, Row]] = {
    3: {
        **ADDRESSES,
        "source": {"note": "", "publication": "", "volume": "", "issue": "", "pages": ""},
        "finding": {"note": ""},
        "load": {"rows": "[]"},
        "meeting": {"place": "", "pane": "slide", "joining": 0, "address_key": ""},
    },
    4: {
        **ADDRESSES,
        "source": {"publication": "", "volume": "", "issue": "", "pages": ""},
        "load": {"rows": "[]"},
        "meeting": {"place": "", "pane": "slide", "joining": 0, "address_key": ""},
    },
    5: ADDRESSES,
    6: {},
}
"""What an upgrade adds to each row of a table: the columns that the version had not, and what stands in them."""
NEW: dict[int, tuple[str, ...]] = {
    3: ("draft", "meeting_origin"),
    4: ("draft", "meeting_origin"),
    5: ("meeting_origin",),
    6: (),
}
"""The tables that an upgrade makes."""


def tables(path: Path) -> dict[str, list[Row]]:
    """Return every row of every table by column, read by sqlite3 alone; the search index's own tables left out."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted((dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')), key=repr)
            for name in names
            if not name.startswith("finding_search")
        }


def created(path: Path) -> str:
    """Return a digest of the CREATE statements of all that a file holds, search index and triggers too."""
    with closing(sqlite3.connect(path)) as connection:
        statements = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    lines = sorted(" | ".join(plain(sql)) if sql.startswith("CREATE TABLE") else " ".join(sql.split())
                   for (sql,) in statements)  # fmt: skip
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def opened(path: Path) -> Engine:
    return database.open_engine(f"sqlite:///{path}")


def copies(path: Path) -> list[Path]:
    return [beside for beside in path.parent.glob(f"{path.name}*") if ".tables-" in beside.name]


@pytest.fixture(params=OLDER)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def old(version: int, tmp_path: Path) -> Path:
    return kept(version, tmp_path)


@pytest.fixture
def third(tmp_path: Path) -> Engine:
    """Return the database of version 3, brought up."""
    engine = opened(kept(3, tmp_path))
    assert upgrade.bring_up(engine, "someone")
    return engine


class TestEveryRow:
    def test_is_there_afterwards_and_only_what_the_version_had_not_is_new(self, version: int, old: Path) -> None:
        before = tables(old)
        engine = opened(old)
        done = upgrade.bring_up(engine, "someone")
        engine.dispose()
        after = tables(old)
        [line] = [row for row in after["audit"] if row["action"] == "upgrade"]
        assert (line["who"], line["subject"], line["before"]) == ("someone", "tables", f'{{"tables": {version}}}')
        after["audit"].remove(line)
        for row in after["sqlite_sequence"]:
            if row["name"] == "audit":
                assert row["seq"] == line["id"]
                row["seq"] -= 1
        for table, rows in before.items():
            wanted = [{**row, **EMPTY[version].get(table, {})} for row in rows]
            assert sorted(map(repr, (sorted(row.items()) for row in after[table]))) == sorted(
                map(repr, (sorted(row.items()) for row in wanted))
            ), table
        assert {name: after[name] for name in after.keys() - before.keys()} == {name: [] for name in NEW[version]}
        assert done and str(done) == (
            f"{old} was brought up from tables {version} to {SCHEMA} with everything in it; as it was before, it is "
            f"kept as {done.copy.name} beside it"
        )

    def test_is_in_the_copy_as_it_was(self, version: int, old: Path) -> None:
        before, statements = tables(old), created(old)
        engine = opened(old)
        done = upgrade.bring_up(engine, "someone")
        engine.dispose()
        assert done and copies(old) == [done.copy]
        assert (tables(done.copy), created(done.copy)) == (before, statements)
        assert not list(old.parent.glob("*.part"))

    @pytest.mark.slow
    def test_of_each_set_of_tables_that_bore_a_number_is_brought_up(self, tmp_path: Path) -> None:
        """Rows of today's file go into each set as far as it has the tables and columns for them."""
        rows = tables(kept(SCHEMA, tmp_path))
        for one in sets():
            path = tmp_path / f"{one['commit']}.sqlite"
            before = filled(path, one["version"], one["statements"], rows)
            engine = opened(path)
            assert upgrade.bring_up(engine, "someone"), one["commit"]
            assert upgrade.bring_up(engine, "someone") is None
            database.check(engine)
            engine.dispose()
            assert created(path) == CREATED[SCHEMA], one["commit"]
            after = tables(path)
            for table in before.keys() - {"sqlite_sequence", "audit"}:
                columns = before[table][0].keys() if before[table] else ()
                assert [{name: row[name] for name in columns} for row in after[table]] == before[table], table


def filled(path: Path, version: int, statements: list[str], rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Make a file of these tables with the rows that fit, and return what it then holds."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
        for table in [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]:
            there = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for row in rows.get(table, []) if table != "sqlite_sequence" else []:
                some = {name: value for name, value in row.items() if name in there}
                names, marks = ", ".join(f'"{name}"' for name in some), ", ".join("?" * len(some))
                connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(some.values()))
        connection.execute(f"PRAGMA user_version = {version}")
    return tables(path)


class TestTheTables:
    def test_of_each_version_are_as_they_were_when_it_was_given_out(self, tmp_path: Path) -> None:
        assert {number: created(kept(number, tmp_path)) for number in CREATED} == CREATED

    def test_each_version_since_the_oldest_has_a_file(self) -> None:
        assert list(CREATED) == list(range(OLDEST, SCHEMA + 1))

    def test_brought_up_are_those_of_a_new_database(self, old: Path, tmp_path: Path) -> None:
        engine, new = opened(old), opened(tmp_path / "new.sqlite")
        upgrade.bring_up(engine, "someone")
        with database.writing(new) as connection:
            database.prepare(connection)
        new.dispose()
        assert (created(old), created(tmp_path / "new.sqlite")) == (CREATED[SCHEMA], CREATED[SCHEMA])

    def test_brought_up_differ_in_nothing_that_alembic_sees_from_the_models(self, old: Path) -> None:
        engine = opened(old)
        upgrade.bring_up(engine, "someone")
        with engine.connect() as connection:
            ours = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("finding_search")}
            assert compare_metadata(MigrationContext.configure(connection, opts=ours), Base.metadata) == []

    def test_a_file_of_this_version_is_left_alone(self, tmp_path: Path) -> None:
        path = kept(SCHEMA, tmp_path)
        engine = opened(path)
        database.check(engine)
        before = tables(path)
        assert upgrade.bring_up(engine, "someone") is None
        assert (tables(path), copies(path)) == (before, [])

    def test_that_are_not_there_yet_are_not_brought_up(self, tmp_path: Path) -> None:
        engine = opened(tmp_path / "none.sqlite")
        assert upgrade.bring_up(engine, "someone") is None
        assert not (tmp_path / "none.sqlite").exists()


class TestTheEvidence:
    def test_keeps_its_digest_and_its_data_version(self, old: Path) -> None:
        with closing(sqlite3.connect(old)) as connection:
            version, digest = connection.execute("SELECT version, digest FROM load ORDER BY id DESC LIMIT 1").fetchone()
        engine = opened(old)
        upgrade.bring_up(engine, "someone")
        with Session(engine) as session:
            held = database.data_version(session)
            assert (held.number, held.digest) == (version, digest)
            assert collection_digest(session.connection()) == digest

    def test_is_found_by_its_words_as_this_version_reads_them(self, old: Path) -> None:
        engine = opened(old)
        upgrade.bring_up(engine, "someone")
        engine.dispose()
        with closing(sqlite3.connect(old)) as connection:
            wanted = connection.execute(
                "SELECT f.id, f.finding, f.place, f.population, s.title FROM finding f JOIN source s "
                "ON s.id = f.source_id ORDER BY f.id"
            ).fetchall()
            found = connection.execute("SELECT rowid, words, stems FROM finding_search ORDER BY rowid").fetchall()
        assert found == [(number, *indexed(fields)) for number, *fields in wanted]
        assert found_by(engine, "halls kept") == ["E4"]

    def test_can_be_taken_back_by_its_old_loads(self, third: Engine) -> None:
        """The third load set E2's confidence; taken back, it is as it was, and that undone, as it was set."""

        def confidence() -> str:
            with Session(third) as session:
                sql = "SELECT confidence FROM finding WHERE ref = 'E2'"
                return str(session.connection().exec_driver_sql(sql).scalar())

        assert confidence() == "moderate"
        undone = undo(third, 4, EDITOR)
        assert (undone.changed, confidence()) == (1, "low")
        undo(third, undone.id or 0, EDITOR)
        assert confidence() == "moderate"

    def test_is_told_of_in_its_history_without_the_fields_that_came_later(self, third: Engine) -> None:
        with Session(third) as session:
            found = row_history.versions(session, "E2")
        assert [(one.load, one.what, one.fields) for one in found] == [
            (4, "changed", (("confidence", "low", "moderate"),)),
            (1, "added", ()),
        ]

    def test_of_a_load_that_kept_no_ids_cannot_be_taken_back_and_says_so(self, third: Engine) -> None:
        with third.begin() as connection:
            connection.exec_driver_sql("UPDATE change SET row_id = NULL WHERE load_id = 4")
        with pytest.raises(CannotUndo, match="load 4 was made before what an undo needs was recorded"):
            undo(third, 4, EDITOR)

    def test_that_was_settled_stands_when_its_file_is_loaded_again(self, third: Engine, tmp_path: Path) -> None:
        def agreed() -> tuple[str, list[str]]:
            with Session(third) as session:
                [coded] = rounds.agreed(session, ["E1"]).values()
                return coded.direction, sorted(map(str, coded.levers))

        settled = agreed()
        assert settled[0] == "mixed"
        again = tuple(changed(MORE_FINDINGS, {"E3": {"finding": "Halls are for people"}}))
        load = loading.load(third, [write_strand(tmp_path / "small", again, MORE_SOURCES, ("access",))])
        assert load.changed >= 1
        assert agreed() == settled


class TestAMeetingUnderWay:
    def test_goes_on(self, third: Engine) -> None:
        with (
            database.asking(third) as session,
            session.begin(),
        ):  # the kept one began as its file was made, long ago by now
            session.exec(update(Meeting).where(col(Meeting.ended).is_(None)).values(started=now()))
        with database.asking(third) as session:
            [meeting] = rooms.running_meetings(session)
            number, book = meeting.id or 0, codebooks.read(session)
            assert rooms.briefing_of(meeting).title == "Our own briefing"
        leading.take(third, number, EDITOR, WINDOW)
        leading.move(third, number, EDITOR, WINDOW, "one")
        leading.open_question(third, number, EDITOR, WINDOW, True)
        answers.answer(third, number, "a-new-device", "one", ["Parks"], book)
        with database.asking(third) as session:
            assert rooms.joined(session, number) == 1
            assert rooms.held(session, number).slide == "one"


class TestWhatCannotBeBroughtUp:
    """Each is refused in words that say what to do, and every byte stays."""

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (SCHEMA + 1, f"was made by a newer version of this dashboard (tables {SCHEMA + 1}, this one knows "
             f"{SCHEMA}); it is as it was; serve it with that version, or set DATABASE_URL to another file"),
            (OLDEST - 1, f"was made by an older version of this dashboard (tables {OLDEST - 1}, needed {SCHEMA}), and "
             f"only tables {OLDEST} or later can be brought up; move it away, or set DATABASE_URL to another file; "
             "then load the evidence with: python -m data load"),
        ],
    )  # fmt: skip
    def test_because_it_is_newer_or_too_old(self, number: int, said: str, tmp_path: Path) -> None:
        path = kept(3, tmp_path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.commit()
        before = path.read_bytes()
        engine = opened(path)
        with pytest.raises(DatabaseFault) as refused:
            upgrade.bring_up(engine, "someone")
        engine.dispose()
        assert str(refused.value) == f"{path.name} {said}"
        assert (path.read_bytes(), copies(path)) == (before, [])

    @pytest.mark.parametrize("version", REWRITTEN)
    def test_because_a_step_fails(self, old: Path, version: int) -> None:
        """Someone's own view, of a table that is gone, lets SQLite rename no table."""
        with closing(sqlite3.connect(old)) as connection:
            connection.execute("CREATE VIEW own AS SELECT * FROM gone")
        before, statements = tables(old), created(old)
        engine = opened(old)
        with pytest.raises(DatabaseFault) as refused:
            upgrade.bring_up(engine, "someone")
        engine.dispose()
        assert str(refused.value) == (
            f"{old.name} could not be brought up from tables {version} and is as it was: error in view own: "
            "no such table: main.gone"
        )
        assert (tables(old), created(old), copies(old)) == (before, statements, [])

    @pytest.mark.parametrize("version", REWRITTEN)
    def test_because_the_disk_is_full(self, old: Path, version: int) -> None:
        before, statements = tables(old), created(old)
        with closing(sqlite3.connect(old)) as connection:
            ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
        engine = opened(old)
        event.listen(engine, "connect", lambda held, _: held.execute(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(DatabaseFault) as refused:
            upgrade.bring_up(engine, "someone")
        engine.dispose()
        assert str(refused.value) == (
            f"{old.name} could not be brought up from tables {version} and is as it was: database or disk is full"
        )
        assert (tables(old), created(old), copies(old)) == (before, statements, [])

    def test_because_no_whole_copy_can_be_made(self, old: Path, version: int) -> None:
        with closing(sqlite3.connect(old)) as connection, connection:
            connection.execute("UPDATE finding SET source_id = 999 WHERE ref = 'E1'")
        before, statements = tables(old), created(old)
        engine = opened(old)
        with pytest.raises(DatabaseFault) as refused:
            upgrade.bring_up(engine, "someone")
        engine.dispose()
        assert str(refused.value) == (
            f"{old.name} could not be brought up from tables {version} and is as it was: no whole copy could be made: "
            "row 1 of finding names a row of source that is not there"
        )
        assert (tables(old), created(old), list(old.parent.glob(f"{old.name}.*"))) == (before, statements, [])


def test_a_change_between_two_versions_is_carried_by_the_ids_that_were_never_given_twice(third: Engine) -> None:
    """E6 had the id 6 and was taken back; no finding has its id after the upgrade either."""
    with third.begin() as connection:
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
        given = {row.name: row.seq for row in rows}
        highest = connection.exec_driver_sql("SELECT max(id) FROM finding").scalar()
    assert (given["finding"], highest) == (7, 7)
    assert given["meeting_note"] == 2


def test_how_far_it_is_is_told_from_the_copy_to_the_comparison(old: Path) -> None:
    told: list[tuple[float, str]] = []
    upgrade.bring_up(opened(old), "someone", lambda share, doing: told.append((share, doing)))
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert list(dict.fromkeys(doing for _, doing in told)) == [
        "Waiting until nobody else writes", "Copying the database", "Changing the tables",
        "Writing the words that a search finds", "Comparing with the copy",
    ]  # fmt: skip


def test_the_log_says_who_brought_it_up_and_from_where(third: Engine) -> None:
    with Session(third) as session:
        newest = audit.log(session, limit=1).iloc[0]
    assert (newest.who, newest.action, newest.subject) == ("someone", "upgrade", "tables")


def test_of_two_starts_at_once_one_waits_and_finds_it_done(old: Path) -> None:
    barrier, said = FORK.Barrier(2), FORK.SimpleQueue()

    def start() -> None:
        engine = opened(old)
        barrier.wait(60)
        said.put(upgrade.bring_up(engine, "someone") is not None)
        os._exit(0)

    starts = [FORK.Process(target=start) for _ in range(2)]
    for one in starts:
        one.start()
    assert sorted(said.get() for _ in starts) == [False, True]
    for one in starts:
        one.join()
    assert created(old) == CREATED[SCHEMA]
    assert len(copies(old)) == 1


@pytest.mark.slow
def test_killed_at_any_moment_it_is_as_it_was_or_as_it_was_to_be(version: int, tmp_path: Path) -> None:
    drawn = random.Random(os.environ.get("KILLS_SEED", "1"))
    pristine = kept(version, tmp_path)
    before = (created(pristine), tables(pristine))
    whole = tmp_path / "whole.sqlite"
    shutil.copy(pristine, whole)
    begun = time.perf_counter()
    engine = opened(whole)
    upgrade.bring_up(engine, "someone")
    engine.dispose()
    seconds, after = time.perf_counter() - begun, (created(whole), without_upgrade(tables(whole)))
    ends = {"before": 0, "after": 0}
    for number in range(KILLS):
        path = tmp_path / f"killed-{number}.sqlite"
        shutil.copy(pristine, path)
        kill(path, drawn.uniform(0, 1.4 * seconds))
        engine = opened(path)
        with engine.connect() as connection:  # what a kill left beside the file is taken in, as the next start does it
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        engine.dispose()
        state = (created(path), tables(path))
        end = "before" if state == before else "after"
        ends[end] += 1
        if end == "after":
            assert (state[0], without_upgrade(state[1])) == after
        engine = opened(path)
        upgrade.bring_up(engine, "someone")  # the next start makes it whole either way
        engine.dispose()
        assert (created(path), without_upgrade(tables(path))) == after
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
    print(f"upgrades of tables {version} killed {KILLS}: {ends['before']} as before, {ends['after']} as after")
    assert ends["before"] > 0 or KILLS < 4
    assert ends["after"] > 0 or KILLS < 50


def without_upgrade(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return tables without the log's line of the upgrade, which says when it was, and the id that it was given."""
    lines = [row for row in rows["audit"] if row["action"] != "upgrade"]
    return {**rows, "audit": lines}


def kill(path: Path, after: float) -> None:
    """Begin an upgrade in a process of its own, and kill that so many seconds later."""
    begun = FORK.Event()

    def run() -> None:
        engine = opened(path)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA cache_size = 10"))
        begun.set()
        upgrade.bring_up(engine, "someone")
        os._exit(0)

    child = FORK.Process(target=run)
    child.start()
    assert begun.wait(60)
    child.join(after)
    child.kill()
    child.join()
