"""The commands backup, restore and verify."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.commands.parser import main


@pytest.fixture
def served(writable: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    return writable


def test_a_backup_says_what_it_holds_and_the_same_file_is_not_written_twice(
    served: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "kept.sqlite"
    code, answer = main(["backup", str(out), "--json"]), capsys.readouterr()
    assert (code, answer.err) == (0, "")
    said = json.loads(answer.out)
    assert said["copy"] == str(out)
    assert said["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert said["rows"]["finding"] == 543
    assert main(["backup", str(out)]) == 1
    assert capsys.readouterr().err == f"{out} is there already; give the copy another name\n"
    assert main(["restore", str(out)]) == 0
    assert capsys.readouterr().out == "copy.sqlite is as kept.sqlite has it\n"


def test_verify_tells_damage_by_its_place_and_that_nothing_is_wrong(
    served: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == f"{served.url.database} is whole\n"
    with served.begin() as connection:
        connection.execute(text("UPDATE source SET title = 'Another' WHERE ref = 'COM-S001'"))
    assert main(["verify", "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert faults[-1] == "source COM-S001 was changed by something other than this dashboard"
    assert main(["backup", str(tmp_path / "kept.sqlite")]) == 1
    assert capsys.readouterr().err.startswith("the database is not whole, so no copy is kept: ")
    assert not (tmp_path / "kept.sqlite").exists()
