"""`python -m data upgrade`, and the load at the start, on databases of older versions."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.collection import database, meetings_file
from data.collection.database import SCHEMA
from data.commands import upgrade_commands
from data.meeting import rooms
from data.safekeeping import own_file
from tests.data.importing.stored import ask
from tests.data.kept_database import kept

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return the database of version 3 as the one that commands are about."""
    engine = database.open_engine(f"sqlite:///{kept(3, tmp_path)}")
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    return engine


def test_it_says_what_was_done_and_then_that_there_is_nothing_to_do(old: Engine, capsys: Printed) -> None:
    assert main(["upgrade", "--as", "someone"]) == 0
    path = re.escape(str(old.url.database))
    said = capsys.readouterr()
    assert re.fullmatch(
        rf"{path} was brought up from tables 3 to {SCHEMA} with everything in it; as it was before, it is kept as "
        r"version_3\.sqlite\.tables-3\.\d{8}T\d{6}Z beside it\n",
        said.out,
    )
    assert main(["upgrade"]) == 0
    assert re.fullmatch(
        rf"{path} has tables {SCHEMA}, as this version does; there is nothing to bring up\n", capsys.readouterr().out
    )
    assert ask(old, "SELECT who FROM audit WHERE action = 'upgrade'") == [("someone",)]


def test_machines_are_told_the_versions_and_the_copy(old: Engine, capsys: Printed) -> None:
    assert main(["upgrade", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["from"], said["to"]) == (3, SCHEMA)
    assert (Path(old.url.database or "").parent / said["copy"]).is_file()
    main(["upgrade", "--json"])
    assert json.loads(capsys.readouterr().out) == {"from": SCHEMA, "to": SCHEMA, "copy": None}


def test_a_newer_database_and_none_at_all_are_refused(
    old: Engine, capsys: Printed, tmp_path: Path, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    with old.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA + 1}")
    assert main(["upgrade"]) == 1
    assert "was made by a newer version of this dashboard" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert main(["upgrade"]) == 1
    assert "there is no database none.sqlite" in capsys.readouterr().err


def test_what_only_reads_says_how_to_bring_it_up(old: Engine, capsys: Printed) -> None:
    assert main(["status"]) == 1
    assert capsys.readouterr().err == (
        f"{database.name_of(old)} was made by an older version of this dashboard (tables 3, needed {SCHEMA}); bring it "
        "up, with everything that is in it, with: python -m data upgrade\n"
    )


def test_the_load_at_the_start_brings_it_up_and_loads_into_what_is_there(old: Engine, capsys: Printed) -> None:
    before = ask(old, "SELECT * FROM settlement WHERE finding = 'E1'"), ask(old, "SELECT * FROM answer")
    assert main(["load", "--shipped"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{old.url.database} was brought up from tables 3 to {SCHEMA}")
    assert ask(old, "SELECT count(*) FROM finding WHERE ref LIKE 'COM-%'") == [(130,)]
    assert (ask(old, "SELECT * FROM settlement WHERE finding = 'E1'"), ask(old, "SELECT * FROM answer")) == before


def test_on_a_terminal_a_line_says_how_far_it_is(old: Engine, capsys: Printed, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert upgrade_commands.brought_up(old, "someone")
    assert "Bringing the database up to this version" in capsys.readouterr().err


def test_where_the_file_of_meetings_is_lost_it_goes_on_without_them_if_that_is_said(
    old: Engine, capsys: Printed
) -> None:
    main(["upgrade"])
    own_file.divide(old)
    path = Path(old.url.database or "")
    old.dispose()
    meetings_file.beside(path).unlink()
    main(["upgrade"])
    assert main(["verify"]) == 1
    assert "python -m data upgrade --without-meetings" in capsys.readouterr().out
    assert main(["upgrade", "--without-meetings"]) == 0
    said = f"the meetings of {path.name} are lost; an empty file for new ones is beside it"
    assert said in capsys.readouterr().out
    assert (main(["verify"]), database.ask(old, rooms.past_meetings)) == (0, [])
