"""Meetings have a file of their own: what a room does waits for no load, and no moment leaves it in neither place."""

import multiprocessing
import os
import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data import backup, database, meetings_file, upgrading, verifying
from data.database import SCHEMA, DatabaseFault
from data.importing import loading
from data.meeting import following, leading, notes, own_file, rooms
from data.meeting.notes import Noted
from data.meeting.tables import Meeting, Note
from data.restore import restore
from models import Load
from tests.data.importing.small_strand import write_strand
from tests.data.kept_database import EDITOR, kept
from tests.data.meeting.conftest import PRESENTER, Room, device

KILLS = int(os.environ.get("KILLS", "6"))
FORK = multiprocessing.get_context("fork")
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return a database that holds its meetings itself, as a copy and an older version's do."""
    return kept(SCHEMA, tmp_path)


@pytest.fixture
def apart(whole: Path) -> Iterator[Engine]:
    """Return the same with its meetings in a file of their own."""
    engine = opened(whole)
    own_file.divide(engine)
    yield engine
    engine.dispose()


def opened(path: Path) -> Engine:
    return database.open_engine(f"sqlite:///{path}")


def path_of(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def rows(path: Path) -> Rows:
    """Return the rows of the meetings' tables that a file holds, and the last numbers given, by sqlite3 alone."""
    with closing(sqlite3.connect(path)) as connection:
        held = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in meetings_file.NAMES}
        given = connection.execute("SELECT name, seq FROM sqlite_sequence WHERE name = 'meeting_note'").fetchall()
    return {**held, "sqlite_sequence": given}


def names(path: Path) -> set[str]:
    """Return the tables of a file."""
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def notes_of(engine: Engine) -> list[str]:
    return [row.said for row in database.ask(engine, lambda session: notes.notes(session, 1))]


def noted(engine: Engine, said: str) -> int:
    return notes.note(engine, 1, EDITOR, Noted("one", said))


class TestARoom:
    def test_is_answered_while_a_load_holds_the_database(self, room: Room) -> None:
        """Nothing is waited for: who would have to is refused at once here."""
        room.ask("one")
        with (
            database.writing(room.engine) as load,
            database.opened(f"{room.engine.url}?timeout=0") as impatient,
        ):
            load.exec_driver_sql("DELETE FROM finding_search")
            here = Room(impatient, room.number, room.codebook)
            here.answer(1, "Pubs")
            rooms.join(impatient, room.number, device(2))
            here.lead(leading.move, "agree")
            noted = notes.note(impatient, room.number, PRESENTER, Noted("agree", "It is enough."))
            rooms.end(impatient, rooms.start(impatient, rooms.briefing_of(room.now), "", PRESENTER).id or 0, EDITOR)
            load.rollback()
        assert (room.given("one"), room.now.slide, noted) == ([["Pubs"]], "agree", 1)
        assert database.ask(room.engine, rooms.joined, room.number) == 2

    def test_is_seen_by_another_process_at_once(self, room: Room) -> None:
        room.lead(leading.move, "one")
        with database.opened(str(room.engine.url)) as other:
            assert database.ask(other, following.state, room.number).slide == "one"

    def test_finds_the_codes_of_the_evidence_beside_what_it_writes(self, room: Room) -> None:
        notes.note(room.engine, room.number, PRESENTER, Noted("one", "Halls.", themes=("T1.1",)))
        with own_file.ask_and_write(room.engine) as session:
            assert [row.themes for row in notes.notes(session, room.number)] == [["T1.1"]]
            assert database.data_version(session).number == 1

    def test_is_asked_in_plain_tables_and_columns_too_beside_the_evidence(self, apart: Engine) -> None:
        counted = select(func.count()).select_from(Meeting.__table__)  # type: ignore[attr-defined]
        named = select(Load.__table__.c.version).where(Load.__table__.c.id == 1)  # type: ignore[attr-defined]
        with database.asking(apart) as session:
            assert (session.execute(counted).scalar(), session.execute(named).scalar()) == (2, 1)

    def test_keeps_nothing_of_what_is_refused(self, apart: Engine) -> None:
        before = notes_of(apart)
        with pytest.raises(ZeroDivisionError), own_file.ask_and_write(apart) as session:
            session.add(Note(meeting_id=1, slide="one", said="Not to be kept."))
            session.flush()
            raise ZeroDivisionError
        assert notes_of(apart) == before

    def test_in_a_database_in_memory_has_one_place_with_the_rest(self) -> None:
        with database.opened("sqlite://") as engine:
            with own_file.ask_and_write(engine) as session:
                session.add(rooms.Meeting(room="CDFH", title="t", briefing="b", content="c"))
            assert [one.room for one in database.ask(engine, rooms.running_meetings)] == ["CDFH"]


class TestTheirFile:
    def test_holds_every_row_and_number_and_the_database_none(self, whole: Path) -> None:
        before, all_tables = rows(whole), names(whole)
        with database.opened(f"sqlite:///{whole}") as engine:
            own_file.divide(engine)
            assert own_file.divide(engine) is None
            assert verifying.faults(engine) == []
        own = meetings_file.beside(whole)
        assert (own.name, rows(own)) == (f"{whole.name}-meetings", before)
        assert all_tables - names(whole) == set(meetings_file.NAMES)
        assert own.stat().st_mode == whole.stat().st_mode

    def test_gives_no_number_a_second_time(self, apart: Engine) -> None:
        assert noted(apart, "A third.") == 3

    def test_is_kept_beside_where_it_holds_what_the_database_put_in_place_does_not(self, whole: Path) -> None:
        pristine = whole.with_name("pristine.sqlite")
        shutil.copy(whole, pristine)
        with database.opened(f"sqlite:///{whole}") as engine:
            noted(engine, "Said since.")
        since = rows(meetings_file.beside(whole))
        shutil.copy(pristine, whole)
        with database.opened(f"sqlite:///{whole}") as engine:
            aside = own_file.divide(engine)
            assert (notes_of(engine), verifying.faults(engine)) == (["The hall was let go."], [])
        assert aside and aside.name.startswith(f"{whole.name}-meetings.before.")
        assert rows(aside) == since

    def test_that_is_gone_is_told_and_not_made_anew(self, apart: Engine) -> None:
        own = meetings_file.beside(path_of(apart))
        apart.dispose()
        own.unlink()
        said = f"{own.name} {meetings_file.MISSING}"
        for act in (notes_of, lambda engine: noted(engine, "Lost?")):
            with pytest.raises(DatabaseFault) as refused:
                act(apart)
            assert str(refused.value) == said
        assert verifying.faults(apart) == [said]
        with pytest.raises(backup.CopyFault, match=said):
            backup.copied(path_of(apart), own.with_name("copy.sqlite"))
        assert database.ask(apart, database.data_version).number == 7
        assert not own.exists()

    def test_that_is_damaged_is_told_by_its_name(self, apart: Engine) -> None:
        own = meetings_file.beside(path_of(apart))
        apart.dispose()
        with closing(sqlite3.connect(own)) as connection, connection:
            connection.execute("DELETE FROM participant")
            connection.execute("DROP TABLE attempt")
        found = verifying.faults(apart)
        assert found[0] == f"{own.name}: row 1 of answer names a row of participant that is not there"
        assert len(found) == 7

    def test_in_a_place_that_may_only_be_read_is_read(self, apart: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        apart.dispose()
        monkeypatch.setattr(os, "access", lambda *_: False)
        engine = opened(path_of(apart))
        assert notes_of(engine) == ["The hall was let go."]
        with pytest.raises(DatabaseFault, match="may not be written to; nothing was changed"):
            noted(engine, "No.")
        engine.dispose()


class TestACopy:
    def test_is_one_file_with_all_in_it(self, apart: Engine, tmp_path: Path) -> None:
        copy = backup.copied(path_of(apart), tmp_path / "copy.sqlite")
        assert rows(copy.path) == rows(meetings_file.beside(path_of(apart)))
        assert (copy.rows["finding"], copy.rows["meeting"], copy.rows["answer"]) == (6, 2, 7)
        with database.opened(f"sqlite:///{copy.path}", read_only=True) as engine:
            assert (verifying.faults(engine), notes_of(engine)) == ([], ["The hall was let go."])
        assert not meetings_file.beside(copy.path).exists()

    def test_is_not_gone_back_to_where_a_note_taken_since_would_be_lost(self, apart: Engine, tmp_path: Path) -> None:
        copy = backup.copied(path_of(apart), tmp_path / "copy.sqlite").path
        noted(apart, "Said since.")
        with pytest.raises(DatabaseFault) as refused:
            restore(apart, copy, "someone")
        assert str(refused.value).startswith(
            f"{path_of(apart).name} holds what copy.sqlite does not: 1 note of a meeting; nothing was changed"
        )
        assert notes_of(apart) == ["The hall was let go.", "Said since."]

    def test_gone_back_to_all_the_same_keeps_one_file_of_what_was_there(self, apart: Engine, tmp_path: Path) -> None:
        copy = backup.copied(path_of(apart), tmp_path / "copy.sqlite").path
        noted(apart, "Said since.")
        done = restore(apart, copy, "someone", over=True)
        assert (notes_of(apart), verifying.faults(apart)) == (["The hall was let go."], [])
        assert names(path_of(apart)).isdisjoint(meetings_file.NAMES)
        assert done.kept and len(rows(done.kept)["meeting_note"]) == 2
        assert [path for path in tmp_path.iterdir() if ".before." in path.name] == [done.kept]
        assert noted(apart, "Noted anew.") == 4
        restore(apart, done.kept, "someone", over=True)
        assert notes_of(apart) == ["The hall was let go.", "Said since."]

    @pytest.mark.parametrize(
        ("lost", "spoilt", "kept"),
        [
            (("",), (), "meetings"),
            (("-meetings",), (), "database"),
            (("", "-meetings"), (), "nothing"),
            ((), ("-meetings",), "both"),
            ((), ("",), "both"),
            ((), ("", "-meetings"), "both"),
        ],
    )
    def test_is_gone_back_to_from_what_is_left_and_that_is_kept(
        self, lost: tuple[str, ...], spoilt: tuple[str, ...], kept: str, apart: Engine, tmp_path: Path
    ) -> None:
        path = path_of(apart)
        copy = backup.copied(path, tmp_path / "copy.sqlite").path
        noted(apart, "Said since.")
        loading.load(apart, [write_strand(tmp_path / "two", findings=())])
        apart.dispose()
        for end in lost:
            Path(f"{path}{end}").unlink()
        for end in spoilt:
            Path(f"{path}{end}").write_bytes(b"no database any more" * 500)
        with database.opened(f"sqlite:///{path}") as engine:
            if kept != "nothing":
                with pytest.raises(DatabaseFault, match="say --over"):
                    restore(engine, copy, "someone")
            done = restore(engine, copy, "someone", over=kept != "nothing")
            assert (notes_of(engine), verifying.faults(engine)) == (["The hall was let go."], [])
        assert (done.kept is not None) == (kept in ("database", "both"))
        assert (done.meetings is not None) == (kept in ("meetings", "both"))
        if done.meetings and "-meetings" not in spoilt:
            assert len(rows(done.meetings)["meeting_note"]) == 2


def test_a_divided_database_of_an_older_version_is_brought_up_with_its_meetings(apart: Engine) -> None:
    path, own = path_of(apart), meetings_file.beside(path_of(apart))
    noted(apart, "Said since.")
    before = rows(own)
    with apart.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {meetings_file.FIRST}")
    with pytest.MonkeyPatch.context() as newer:
        newer.setattr(upgrading, "_found", lambda _: meetings_file.FIRST)
        done = upgrading.bring_up(apart, "someone")
    assert done and rows(done.copy) == before
    assert rows(path) == before  # it holds them itself, until a server starts or a meeting writes
    assert notes_of(apart) == ["The hall was let go.", "Said since."]
    own_file.divide(apart)
    assert (rows(own), names(path).isdisjoint(meetings_file.NAMES)) == (before, True)


def test_what_a_room_writes_while_a_copy_is_gone_back_to_is_there_afterwards_or_was_there_before(
    apart: Engine, tmp_path: Path
) -> None:
    """Each note that was confirmed is in the meetings now, or in what was kept of them before."""
    copy = backup.copied(path_of(apart), tmp_path / "copy.sqlite").path
    stop, confirmed = threading.Event(), []

    def room() -> None:
        while not stop.wait(0.02):
            said = f"Note {len(confirmed)}"
            noted(apart, said)
            confirmed.append(said)

    writer = threading.Thread(target=room)
    writer.start()
    with database.opened(str(apart.url)) as other:
        done = [restore(other, copy, "someone", over=True) for _ in range(3)]
    stop.set()
    writer.join()
    held = set(notes_of(apart))
    for one in done:
        held |= {row[3] for row in rows(one.kept)["meeting_note"]} if one.kept else set()
    for aside in tmp_path.glob("*-meetings.before.*"):
        held |= {row[3] for row in rows(aside)["meeting_note"]}
    assert set(confirmed) <= held
    assert verifying.faults(apart) == []


@pytest.mark.slow
@pytest.mark.parametrize("act", ["divide", "restore"])
def test_killed_at_any_moment_every_row_is_in_one_place_and_the_next_start_goes_on(
    act: str, whole: Path, tmp_path: Path
) -> None:
    drawn = random.Random(os.environ.get("KILLS_SEED", "1"))
    wanted, pristine = rows(whole), tmp_path / "pristine.sqlite"
    shutil.copy(whole, pristine)
    for _ in range(KILLS):
        for left in tmp_path.glob(f"{whole.name}*"):
            left.unlink()
        shutil.copy(pristine, whole)
        with database.opened(f"sqlite:///{whole}") as engine:
            if act == "restore":
                noted(engine, "Said since.")
        child = FORK.Process(target=_in_a_child, args=(whole, pristine if act == "restore" else None))
        child.start()
        child.join(drawn.uniform(0, 0.4))
        child.kill()
        child.join()
        with database.opened(f"sqlite:///{whole}") as engine:
            said = notes_of(engine)
            own_file.divide(engine)  # as the next start does
            assert verifying.faults(engine) == []
            assert notes_of(engine) == said or (act, notes_of(engine)) == ("restore", ["The hall was let go."])
        found = rows(meetings_file.beside(whole))
        if act == "divide":
            assert found == wanted
        assert [row[3] for row in found["meeting_note"]] in (
            ["The hall was let go."], ["The hall was let go.", "Said since."]
        )  # fmt: skip


def _in_a_child(path: Path, copy: Path | None) -> None:
    engine = opened(path)
    if copy:
        restore(engine, copy, "someone", over=True)
    else:
        own_file.divide(engine)
    os._exit(0)


def test_a_new_collection_has_one_file_until_somebody_meets(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [write_strand(tmp_path / "one")])
    assert not meetings_file.beside(path_of(engine)).exists()
    assert own_file.divide_where_met(engine) is None
    assert not meetings_file.beside(path_of(engine)).exists()
    with own_file.ask_and_write(engine):
        pass
    assert meetings_file.beside(path_of(engine)).exists()
    loading.load(engine, [write_strand(tmp_path / "two", findings=())])
    assert verifying.faults(engine) == []
