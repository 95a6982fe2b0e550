"""The database file: which addresses name one, and what is said of files that cannot be used."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from data.collection import database
from data.collection.database import DatabaseFault, DataVersion
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, write_strand
from tests.data.importing.stored import ask, everything, file_bytes

ANOTHER_FILE = "move it away, or set DATABASE_URL to another file; then load the evidence with: python -m data load"


def refusal(engine: Engine) -> str:
    """Return what is said when a database is opened to be read, its path left out."""
    with pytest.raises(DatabaseFault) as refused:
        database.check(engine)
    engine.dispose()
    return str(refused.value).replace(database.name_of(engine), "FILE")


class TestAnAddress:
    def test_is_database_url_or_else_the_file_beside_the_code(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////somewhere/else.sqlite")
        assert database.url() == "sqlite:////somewhere/else.sqlite"
        assert database.open_engine().url.database == "/somewhere/else.sqlite"
        monkeypatch.setenv("DATABASE_URL", "")
        assert database.url() == f"sqlite:///{Path('data/evidence.sqlite').resolve()}"
        monkeypatch.delenv("DATABASE_URL")
        assert database.url() == f"sqlite:///{Path('data/evidence.sqlite').resolve()}"

    @pytest.mark.parametrize(
        "address",
        ["evidence.sqlite", "/srv/evidence.sqlite", "sqlite:/x", "sqlite://host/x", "sqlite://a:b:c/x", "://", " ",
         "sqlite:///x?timeout=soon"],
    )  # fmt: skip
    def test_that_is_malformed_is_told_and_not_shown_as_it_may_hold_a_password(self, address: str) -> None:
        with pytest.raises(DatabaseFault) as refused:
            database.open_engine(address)
        assert str(refused.value) == "DATABASE_URL holds no address of a database; one is sqlite:///PATH"

    @pytest.mark.parametrize(
        ("address", "named"),
        [
            ("postgresql://someone:secret@host/evidence", "postgresql"),
            ("mysql+pymysql://host/evidence", "mysql+pymysql"),
            ("sqlite+aiosqlite:///evidence.sqlite", "sqlite+aiosqlite"),
            ("nonsense://x", "nonsense"),
        ],
    )
    def test_of_another_kind_of_database_is_refused_without_its_password(self, address: str, named: str) -> None:
        with pytest.raises(DatabaseFault) as refused:
            database.open_engine(address)
        said = f"DATABASE_URL names {named}; the evidence is kept in SQLite: use sqlite:///PATH"
        assert str(refused.value) == said

    @given(st.one_of(st.text(min_size=1), st.text().map("sqlite://{}".format)))
    @example("sqlite:///\x00")
    @example("sqlite://[::1")
    def test_of_any_text_is_taken_or_refused_in_words(self, address: str) -> None:
        try:
            engine = database.open_engine(address)
        except DatabaseFault as refused:
            assert str(refused).startswith("DATABASE_URL ")
        else:
            assert engine.url.drivername in ("sqlite", "sqlite+pysqlite")


class TestAFileThatIsNoUse:
    """Opened to be read, each is refused in a sentence that says what to do; none is changed."""

    def test_because_it_is_not_there(self, engine: Engine, tmp_path: Path) -> None:
        with pytest.raises(DatabaseFault) as refused:
            database.check(engine)
        path = tmp_path / "evidence.sqlite"
        assert str(refused.value) == (
            "there is no database evidence.sqlite; load the evidence with: python -m data load, or go back to a copy "
            "with: python -m data restore FILE"
        )
        assert not path.exists()

    def test_because_it_is_not_a_database(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.sqlite"
        path.write_bytes(b"Dear colleague,\n" * 400)
        said = f"FILE is not a database this dashboard can open; {ANOTHER_FILE} (file is not a database)"
        assert refusal(database.open_engine(f"sqlite:///{path}")) == said
        assert path.read_bytes() == b"Dear colleague,\n" * 400

    def test_because_it_is_empty(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.sqlite"
        path.touch()
        assert refusal(database.open_engine(f"sqlite:///{path}")) == (
            "FILE holds no evidence; load it with: python -m data load"
        )

    def test_because_it_is_in_memory_alone(self) -> None:
        assert refusal(database.open_engine("sqlite://")).startswith("FILE holds no evidence; load it with")

    @pytest.mark.parametrize("act", ["read", "load"])
    def test_because_it_belongs_to_another_program(self, act: str, engine: Engine, tmp_path: Path) -> None:
        with closing(sqlite3.connect(engine.url.database or "")) as connection:
            connection.execute("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)")
        with pytest.raises(DatabaseFault) as refused:
            if act == "read":
                database.check(engine)
            else:
                loading.load(engine, [write_strand(tmp_path / "strand")])
        assert str(refused.value) == f"{database.name_of(engine)} is a database of another program; {ANOTHER_FILE}"
        assert ask(engine, "SELECT name FROM sqlite_master") == [("bookmarks",)]

    @pytest.mark.parametrize("act", ["read", "load"])
    @pytest.mark.parametrize(
        ("version", "said"),
        [
            (0, f"was made by an older version of this dashboard (tables 0, needed {database.SCHEMA}), and only "
             f"tables 3 or later can be brought up; {ANOTHER_FILE}"),
            (3, f"was made by an older version of this dashboard (tables 3, needed {database.SCHEMA}); bring it up, "
             "with everything that is in it, with: python -m data upgrade"),
            (database.SCHEMA + 1, f"was made by a newer version of this dashboard (tables {database.SCHEMA + 1}, this "
             f"one knows {database.SCHEMA}); it is as it was; serve it with that version, or set DATABASE_URL to "
             "another file"),
        ],
    )  # fmt: skip
    def test_because_another_version_made_it(
        self, act: str, version: int, said: str, writable: Engine, tmp_path: Path
    ) -> None:
        with closing(sqlite3.connect(writable.url.database or "")) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
        before = everything(writable)
        with pytest.raises(DatabaseFault) as refused:
            if act == "read":
                database.check(writable)
            else:
                loading.load(writable, [write_strand(tmp_path / "strand")])
        assert str(refused.value) == f"{database.name_of(writable)} {said}"
        assert everything(writable) == before

    def test_because_a_part_of_it_is_damaged(self, writable: Engine) -> None:
        contents = bytearray(file_bytes(writable))
        contents[4096 * 2 :] = b"\x55" * (len(contents) - 4096 * 2)
        Path(writable.url.database or "").write_bytes(contents)
        with pytest.raises(DatabaseFault) as refused:
            database.ask(writable, lambda session: session.execute(text("SELECT sum(length(finding)) FROM finding")))
        assert re.fullmatch(
            rf"{re.escape(database.name_of(writable))} is a damaged database; {re.escape(database.GO_BACK)} \(.+\)",
            str(refused.value),
        )

    @pytest.mark.parametrize("path", ["no/such/folder/evidence.sqlite", "."])
    def test_because_its_folder_is_not_there_or_it_is_one(self, path: str, tmp_path: Path) -> None:
        engine = database.open_engine(f"sqlite:///{tmp_path / path}")
        with pytest.raises(DatabaseFault) as refused:
            loading.load(engine, [write_strand(tmp_path / "strand")])
        assert str(refused.value) == (
            f"{(tmp_path / path).name} cannot be opened; its folder must be there, and be writable; DATABASE_URL names "
            "it (unable to open database file)"
        )


class TestAFileThatCannotBeWritten:
    def test_because_it_is_only_to_be_read_is_still_read(self, writable: Engine, tmp_path: Path) -> None:
        before = file_bytes(writable)
        only_read = database.open_engine(f"sqlite:///file:{writable.url.database}?mode=ro&uri=true")
        database.check(only_read)
        with pytest.raises(DatabaseFault) as refused:
            loading.load(only_read, [write_strand(tmp_path / "strand")])
        assert str(refused.value) == (
            f"{database.name_of(writable)} may not be written to; nothing was changed; "
            "allow it, or set DATABASE_URL to another (attempt to write a readonly database)"
        )
        only_read.dispose()
        assert file_bytes(writable) == before

    def test_because_the_disk_is_full_is_as_it_was(self, writable: Engine, tmp_path: Path) -> None:
        before = everything(writable)
        ((pages,),) = ask(writable, "PRAGMA page_count")
        event.listen(
            writable, "connect", lambda held, _: held.execute(f"PRAGMA max_page_count = {int(str(pages)) + 9}")
        )
        many = [{**FINDINGS[0], "finding_id": f"N{number}", "place": "x" * 3000} for number in range(100)]
        with pytest.raises(DatabaseFault) as refused:
            loading.load(writable, [write_strand(tmp_path / "strand", many)])
        assert str(refused.value) == (
            f"{database.name_of(writable)} has no room to grow; nothing was changed; "
            "make room on the disk, then try again (database or disk is full)"
        )
        assert everything(writable) == before


class TestAnOpenDatabase:
    def test_holds_to_its_keys_and_vocabularies(self, writable: Engine) -> None:
        for statement in (
            "INSERT INTO finding_theme VALUES (1, 'T9.9', 1)",
            "UPDATE finding SET source_id = 99999",
            "UPDATE finding SET direction = 'up'",
            "UPDATE finding SET confidence = ''",
            "UPDATE finding SET latitude = 1, longitude = NULL",
            "UPDATE source SET strand = 'other'",
            "UPDATE finding_lever SET role = 'used'",
            "UPDATE finding SET ref = 'COM-E001'",
            "UPDATE source SET ref = 'COM-S001'",
            "DELETE FROM source",
            "DELETE FROM region WHERE code = 'TLC'",
        ):
            with pytest.raises(IntegrityError), writable.begin() as connection:
                connection.execute(text(statement))

    def test_takes_the_codes_of_a_finding_with_it(self, writable: Engine) -> None:
        with writable.begin() as connection:
            connection.execute(text("DELETE FROM finding WHERE ref = 'COM-E001'"))
        for table in ("finding_theme", "finding_lever", "finding_region"):
            assert ask(writable, f"SELECT 1 FROM {table} WHERE finding_id NOT IN (SELECT id FROM finding)") == []

    def test_answers_a_question_in_one_state(self, loaded: Engine) -> None:
        def number(session: Session, table: str) -> object:
            return session.execute(text(f"SELECT count(*) FROM {table}")).scalar()

        assert database.ask(loaded, number, "finding") == 543


class TestTheDataVersion:
    def test_is_zero_while_nothing_is_loaded(self, engine: Engine) -> None:
        with engine.begin() as connection:
            database.prepare(connection)
        with Session(engine) as session:
            version = database.data_version(session)
        assert version == DataVersion(0, "", None)
        assert str(version) == "0 (no evidence loaded)"

    def test_rises_with_loads_that_change_something_and_only_with_them(self, writable: Engine, tmp_path: Path) -> None:
        strand = write_strand(tmp_path / "strand")
        versions = []
        for paths in (loading.shipped(), [strand], [strand], loading.shipped(), [write_strand(strand, FINDINGS[1:])]):
            loading.load(writable, paths)
            with Session(writable) as session:
                versions.append(database.data_version(session))
        assert [version.number for version in versions] == [1, 2, 2, 2, 2]
        assert len({version.digest for version in versions}) == 2
        with Session(writable) as session:
            assert [load.version for load in database.loads(session)] == [2, 2, 2, 2, 1, 1]

    def test_is_told_with_its_day_and_the_start_of_its_digest(self) -> None:
        version = DataVersion(3, "0123456789abcdef" * 4, datetime(2026, 11, 3, 9, 30))
        assert str(version) == "3 of 3 November 2026 (0123456789ab)"
