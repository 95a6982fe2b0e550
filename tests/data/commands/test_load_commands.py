"""check, plan, load, undo, history and the rest through `python -m data`, for people and as JSON for machines."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand, write_workbook
from tests.data.importing.stored import ask, everything, evidence

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner of `python -m data` in this process: its exit code, and what it printed."""
    monkeypatch.setenv("DATABASE_URL", str(engine.url))

    def runner(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return runner


@pytest.fixture
def answer(run: Run) -> Callable[..., Any]:
    """Return a runner that reads the JSON a command prints, with nothing beside it."""

    def runner(*arguments: object) -> Any:
        _, out, err = run(*arguments, "--json")
        assert err == ""
        return json.loads(out)

    return runner


@pytest.fixture
def second(engine: Engine, tmp_path: Path) -> Path:
    """Load a strand, and return the folder of its next state: E1 moved, E3 gone, with a postcode to look at."""
    loading.load(engine, [write_strand(tmp_path / "first")], who="Ann")
    return write_strand(tmp_path / "second", changed(FINDINGS[:2], {"E1": {"place": "NE24 1AA"}}))


def test_check_lists_faults_and_counts_them(answer: Callable[..., Any], tmp_path: Path) -> None:
    worse = changed(FINDINGS, {"E1": {"direction": "up"}, "E2": {"place": "NE24 1AA"}})
    folder = write_strand(tmp_path / "s", worse)
    said = answer("check", folder)
    assert {key: said[key] for key in ("sources", "findings", "errors", "warnings")} == {
        "sources": 2, "findings": 2, "errors": 1, "warnings": 1
    }  # fmt: skip
    assert said["faults"][0] == {
        "severity": "error", "file": f"{folder}/findings.csv", "sheet": "", "row": 2, "column": "direction",
        "value": "up", "reason": '"up" is not one of strengthened, impeded, mixed, unclear, context',
    }  # fmt: skip


def test_check_writes_a_copy_with_the_faults_marked(run: Run, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "s.xlsx", changed(FINDINGS, {"E1": {"direction": "up"}}))
    assert run("check", book, "--marked", tmp_path / "marked.xlsx")[0] == 1
    sheet = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Findings"]
    assert sheet["K2"].comment.text.startswith("ERROR:")


def test_a_warning_is_told_and_the_load_is_done(run: Run, second: Path) -> None:
    code, out, err = run("check", second)
    assert (code, out.splitlines()[0]) == (0, "no fault in 2 sources and 2 findings, 1 warning")
    assert err.startswith(f"warning: {second}/findings.csv: row 2 column place: NE24 1AA looks like a postcode")
    code, out, err = run("load", second)
    assert (code, out.splitlines()[0], err.count("\n")) == (0, "added: 0", 1)


def test_the_history_tells_what_became_of_each_row(run: Run, second: Path) -> None:
    run("load", second)
    lines = run("history")[1].splitlines()
    assert lines[0].startswith("2 ")
    assert lines[1:3] == [
        f"  {second}/sources.csv: 2 rows read = 2 sources + 0 joined + 0 left",
        f"  {second}/findings.csv: 2 rows read = 2 findings + 0 joined + 0 left",
    ]


def test_plan_says_each_field_and_writes_nothing(run: Run, engine: Engine, second: Path) -> None:
    before = everything(engine)
    code, out, _ = run("plan", second, "--replace", "community")
    assert code == 0
    assert out.splitlines() == [
        f"{second}/sources.csv: 2 rows read = 2 sources + 0 joined + 0 left",
        f"{second}/findings.csv: 2 rows read = 2 findings + 0 joined + 0 left",
        "added: 0", "changed: 1", "withdrawn: 1", "unchanged: 3", "codebook changes: 0",
        "withdrawn finding E3: People told what halls are for",
        "finding E1 place: 'Blyth' to 'NE24 1AA'",
        "strand community Community: findings 3 to 2, sources 2 to 2",
        "region UK United Kingdom: findings 3 to 2, sources 2 to 2",
        "region ENG England: findings 3 to 2, sources 2 to 2",
        "theme T1 Places and spaces: findings 3 to 2, sources 2 to 2",
    ]  # fmt: skip
    assert everything(engine) == before


def test_plan_for_machines(answer: Callable[..., Any], second: Path) -> None:
    said = answer("plan", second, "--replace", "community")
    assert set(said) == {"version", "added", "changed", "withdrawn", "unchanged", "codebook_changes", "rows", "fields",
                         "counts", "likely_duplicates", "not_compared", "rows_read", "warnings"}  # fmt: skip
    assert said["fields"] == [
        {"kind": "finding", "ref": "E1", "field": "place", "before": "Blyth", "after": "NE24 1AA"}
    ]
    assert [fault["severity"] for fault in said["warnings"]] == ["warning"]


def test_load_undo_and_history_go_round(answer: Callable[..., Any], engine: Engine, second: Path) -> None:
    before = evidence(engine)
    loaded = answer("load", second, "--replace", "community", "--as", "Ben")
    assert (loaded["id"], loaded["who"], loaded["action"], loaded["changed"], loaded["withdrawn"]) == (
        2, "Ben", "load", 1, 1
    )  # fmt: skip
    undone = answer("undo", 2, "--as", "Cay", "--note", "by mistake")
    assert (undone["id"], undone["who"], undone["undoes"], undone["note"]) == (3, "Cay", 2, "by mistake")
    assert evidence(engine) == before
    loads = answer("history")["loads"]
    assert [(load["id"], load["who"], load["undoes"], load["undone_by"]) for load in loads] == [
        (3, "Cay", 2, None), (2, "Ben", None, 3), (1, "Ann", None, None)
    ]  # fmt: skip
    versions = answer("versions", "E1")["versions"]
    assert [version["fields"] for version in versions] == [
        [["place", "NE24 1AA", "Blyth"]], [["place", "Blyth", "NE24 1AA"]], []
    ]  # fmt: skip
    assert [line["action"] for line in answer("audit")["lines"]] == ["undo", "load", "load"]


def test_what_cannot_be_done_is_refused_in_one_line_or_one_object(
    run: Run, answer: Callable[..., Any], engine: Engine, second: Path
) -> None:
    before = everything(engine)
    assert run("undo", 9) == (1, "", "there is no load 9; the history lists them all\n")
    assert answer("undo", 9) == {"error": "there is no load 9; the history lists them all", "faults": []}
    assert answer("link", "S1", "S9")["error"] == "there is no source S9"
    write_strand(second, changed(FINDINGS, {"E1": {"direction": "up"}}))
    assert [fault["column"] for fault in answer("load", second)["faults"]] == ["direction"]
    assert everything(engine) == before


def test_sources_are_linked_and_unlinked(answer: Callable[..., Any], engine: Engine, second: Path) -> None:
    assert answer("link", "S1", "S2", "--as", "Ann")["action"] == "link studies"
    assert ask(engine, "SELECT DISTINCT study FROM source") == [("books",)]
    assert answer("unlink", "S2")["action"] == "unlink studies"


def test_duplicates_are_listed(run: Run, answer: Callable[..., Any], engine: Engine, tmp_path: Path) -> None:
    twins = [{**SOURCES[0], "source_id": ref} for ref in ("S8", "S9")]
    loading.load(engine, [write_strand(tmp_path / "s", (), twins)])
    (found,) = answer("duplicates")["duplicates"]
    assert (found["ref"], found["other"], found["score"], found["same_study"]) == ("S8", "S9", 100, True)
    assert run("duplicates")[1].startswith("100 source S8 and S9: titles 100 % alike, of the same year; linked as one")


def test_people_read_the_same_history(run: Run, second: Path) -> None:
    run("load", second, "--as", "Ben")
    run("undo", 2, "--as", "Cay")
    lines = [line for line in run("history")[1].splitlines() if not line.startswith(" ")]
    assert [re.split("GMT, |BST, ", line)[1].split(";")[0] for line in lines] == [
        "Cay: undo of load 2", "Ben: load, undone by 3", "Ann: load",
    ]  # fmt: skip
    assert "  place: 'Blyth' to 'NE24 1AA'" in run("versions", "E1")[1].splitlines()
    assert run("versions", "nothing")[1] == "nothing is recorded of nothing\n"
    assert run("audit", "--subject", "load 2")[1].count("\n") == 1
