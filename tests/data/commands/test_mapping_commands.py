"""Commands take files of any format with the same suggestions as the page, and write them as a mapping to edit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.importing.mapping.saved import saved
from data.importing.mapping.targets import Target
from tests.fuzz.seeds import BIBTEX, RIS

EXPORTS = Path(__file__).parents[2] / "files" / "exports"
READERS = Path(__file__).parents[2] / "files" / "readers"
ONE_HOT = EXPORTS / "onehot_min.csv"
GIVEN = ("--give", "strand=community", "--give", "direction=context", "--give", "confidence=low")


@pytest.fixture
def asked(
    writable: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return a runner of a command on a collection of its own: exit code, output and standard error."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))

    def runner(*command: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(part) for part in command])
        told = capsys.readouterr()
        return code, told.out, told.err

    return runner


@pytest.fixture
def answer(asked: Callable[..., tuple[int, str, str]]) -> Callable[..., Any]:
    """Return a runner that reads the object a command prints with --json."""
    return lambda *command: json.loads(asked(*command, "--json")[1])


@pytest.mark.parametrize(("name", "program", "sources"), [("zotero_min", "Zotero", 3), ("scopus_min", "Scopus", 2)])
def test_references_alone_need_nothing_and_are_literature(
    name: str, program: str, sources: int, asked: Callable[..., tuple[int, str, str]]
) -> None:
    path = EXPORTS / f"{name}.csv"
    code, out, err = asked("check", path)
    assert (code, err) == (0, "")
    assert f"{name}.csv: an export of {program}" in out
    assert "for all of it, strand: literature" in out
    assert f"no fault in {sources} sources and 0 findings\n" in out


def test_a_file_of_each_format_is_read_and_none_is_told_to_be_a_folder(
    asked: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "halls.ris").write_text(RIS)
    (tmp_path / "halls.bib").write_text(BIBTEX)
    for path in (tmp_path / "halls.ris", tmp_path / "halls.bib"):
        assert asked("check", path)[0] == 0
    assert asked("check", READERS / "aqda.qdpx", *GIVEN)[0] == 0
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.7 a report")
    code, _, err = asked("check", tmp_path / "notes.pdf")
    assert (code, "is a PDF" in err, "give a folder" in err) == (1, True, False)


def test_guesses_are_taken_as_asked(answer: Callable[..., Any]) -> None:
    def taken(*guess: str) -> list[str]:
        columns = answer("check", ONE_HOT, *GIVEN, *guess)["suggested"]["columns"]
        return [row["column"] for row in columns if row["taken"]]

    assert taken() == ["Title", "Year", "Finding"]
    assert taken("--guess", "all") == ["Title", "Year", "Finding", "Libraries", "Youth clubs", "Parks"]
    assert taken("--guess", "none") == []


def test_a_guess_that_is_not_taken_is_told(asked: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = asked("plan", ONE_HOT, *GIVEN)
    assert code == 0
    assert "not taken: Parks may be a code: its heading, where the cell says yes" in out
    assert "3 guesses not taken; --guess all takes them" in out
    assert "still needed" not in err


def test_what_is_still_needed_is_told_with_how_to_give_it(asked: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = asked("check", ONE_HOT)
    assert code == 1
    needed = "still needed: direction (every finding needs one); --give direction=VALUE gives it for all"
    assert needed in err


def test_a_file_is_loaded_by_what_is_suggested_and_its_record_says_so(answer: Callable[..., Any]) -> None:
    load = answer("load", ONE_HOT, *GIVEN, "--guess", "all")
    assert (load["added"], load["mapping"]) == (4, "suggested (all): onehot_min")
    assert answer("load", ONE_HOT, *GIVEN, "--guess", "all")["added"] == 0


def test_passages_of_what_people_said_are_for_the_team_unless_said_otherwise(answer: Callable[..., Any]) -> None:
    path = READERS / "aqda.qdpx"
    assert answer("check", path, *GIVEN)["suggested"]["constants"]["access"] == "team"
    assert answer("check", path, *GIVEN, "--give", "access=public")["suggested"]["constants"]["access"] == "public"
    assert "access" not in answer("check", ONE_HOT, *GIVEN)["suggested"]["constants"]


def test_a_mapping_is_written_to_be_edited_and_used(
    asked: Callable[..., tuple[int, str, str]], answer: Callable[..., Any]
) -> None:
    written = answer("mapping", ONE_HOT, "--out", "Village team", *GIVEN)
    path = Path(written["path"])
    text = path.read_text()
    assert '# "Parks" = "presence"  # a guess: its cells say yes or no' in text
    assert saved("Village team").columns == {"": {"Title": "title", "Year": "year", "Finding": "finding"}}
    path.write_text(text.replace('# "Parks" = "presence"', 'Parks = "presence"'))
    assert saved("Village team").columns[""]["Parks"] == "presence"
    assert answer("check", ONE_HOT, "--mapping", "Village team")["errors"] == 0
    code, _, err = asked("mapping", ONE_HOT, "--out", "Village team")
    assert (code, "is there already; give another name, or --overwrite" in err) == (1, True)


def test_a_mapping_with_all_guesses_holds_what_words_mean(answer: Callable[..., Any]) -> None:
    answer("mapping", ONE_HOT, "--out", "Team", "--guess", "all")
    assert saved("Team").words == {
        "codes": {
            "Libraries": (Target("theme", "T1.2"),),
            "Youth clubs": (Target("theme", "T1.6"),),
            "Parks": (Target("theme", "T1.3"),),
        }
    }


def test_a_value_given_for_a_field_that_cannot_be_given_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "x.csv", "--give", "finding=x"])
    assert "--give takes FIELD=VALUE" in capsys.readouterr().err
