"""Codings and their agreement through `python -m data`, for people and as JSON for machines."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from data.__main__ import main
from data.coders.round_loads import FOLDER
from tests.conftest import read_csv
from tests.data.importing.small_strand import write_strand
from tests.data.importing.stored import ask, everything

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch, capsys) -> Run:
    """Return a runner of `python -m data` in this process, on an engine's database: its exit code and what it said."""

    def runner(engine, *arguments: object) -> tuple[int, str, str]:
        monkeypatch.setenv("DATABASE_URL", str(engine.url))
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return runner


def test_agreement_is_printed_as_csv(run, loaded):
    code, out, err = run(loaded, "agreement")
    rows = {(row["facet"], row["code"]): row for row in csv.DictReader(io.StringIO(out))}
    assert (code, err) == (0, "")
    assert [rows["direction", ""][key] for key in ("compared", "agree", "kappa", "overlap")] == [
        "543", "0.8435", "0.7873", "",
    ]  # fmt: skip
    first, second = ({row["finding_id"]: row["levers"].split(";") for row in read_csv(FOLDER / f"{name}_coding.csv")}
                     for name in ("first", "second"))  # fmt: skip
    used = sum("L5.3" in first[ref] or "L5.3" in second[ref] for ref in first)
    assert rows["lever", "L5.3"]["used"] == str(used)


def test_agreement_is_printed_as_one_object_and_keeps_to_a_filter(run, loaded):
    _, out, _ = run(loaded, "agreement", "--between", "check,agreed", "--filter", "strand=roundtable", "--json")
    answer = json.loads(out)
    compared = sum(row["finding_id"].startswith("RND") for row in read_csv(FOLDER / "check_coding.csv"))
    assert answer["between"] == ["check", "agreed"]
    assert (answer["rows"][0]["facet"], answer["rows"][0]["compared"]) == ("direction", compared)
    assert answer["rows"][0]["overlap"] is None


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("first,secnd", "there is no coding of the name secnd; there are first, second, check, roles, agreed; did you"),
        ("first", "name at least two codings, such as first,second"),
    ],
)
def test_codings_that_are_not_there_are_named(run, loaded, names, said):
    code, out, err = run(loaded, "agreement", "--between", names)
    assert (code, out) == (1, "")
    assert said in err


def test_a_coding_is_brought_in_listed_and_withdrawn(run, writable, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("finding_id,levers,lever_roles\nCOM-E001,L4.2,applied\n", encoding="utf-8")
    assert run(writable, "codings", "load", path, "--name", "mine", "--covers", "role", "--as", "Ada") == (
        0, "mine: 1 finding; covers role\n", "",
    )  # fmt: skip
    listed = json.loads(run(writable, "codings", "list", "--json")[1])["codings"]
    assert [coding["name"] for coding in listed] == ["first", "second", "check", "roles", "mine"]
    assert (listed[-1]["covers"], listed[-1]["who"]) == (["role"], "Ada")
    assert "mine: Mine coding; covers role; " in run(writable, "codings", "list")[1]
    assert run(writable, "codings", "withdraw", "mine", "--as", "Ada")[:2] == (0, "withdrawn: Mine coding\n")
    assert ask(writable, "SELECT who, action FROM audit WHERE subject = 'coding mine' ORDER BY id") == [
        ("Ada", "load coding"), ("Ada", "withdraw coding"),
    ]  # fmt: skip


def test_faults_are_told_by_row_and_column_and_nothing_comes_in(run, writable, tmp_path):
    path, before = tmp_path / "mine.csv", everything(writable)
    path.write_text("finding_id,direction\nCOM-E001,mixd\n", encoding="utf-8")
    code, out, err = run(writable, "codings", "load", path, "--name", "mine")
    assert (code, out) == (1, "")
    assert 'row 2 column direction: "mixd" is not one of' in err
    assert (
        "is none of direction, theme, lever, role"
        in run(writable, "codings", "load", path, "--name", "mine", "--covers", "themes")[2]
    )
    assert everything(writable) == before


def test_shipped_codings_come_with_the_shipped_evidence_once(run, engine):
    told = "codings beside the agreed one: first, second, check, roles, reasons\n"
    assert told in run(engine, "load", "--shipped")[1]
    assert "codings" not in run(engine, "load", "--shipped")[1]
    answer = json.loads(run(engine, "load", "--shipped", "--json")[1])
    assert (answer["current"], answer["codings"]) == (True, [])


def test_other_evidence_comes_without_codings(run, engine, tmp_path):
    assert run(engine, "load", write_strand(tmp_path / "strand"))[0] == 0
    assert ask(engine, "SELECT count(*) FROM coding_round") == [(0,)]
