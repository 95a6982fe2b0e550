"""From a file of each format to the collection, by what is suggested and a person adds, saved and used by name."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, text

from data.__main__ import main
from data.collection.codebook import Codebook
from data.exporting import refi_export
from data.filters.filter import Filter
from data.importing.checking.checks import check
from data.importing.mapping import Mapping, bring, map_paths
from data.importing.mapping.saved import save
from data.importing.mapping.suggesting.proposal import lacking, propose
from data.importing.mapping.suggesting.word_suggestions import words
from data.importing.mapping.taking_codes import with_codes, without_meaning
from data.importing.mapping.targets import Target
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawFile
from tests.data.importing.mapping.raw_files import CONSTANTS, FILES, checked
from tests.data.importing.small_strand import FINDINGS, SOURCES, write_strand
from tests.data.importing.stored import state
from tests.fuzz.seeds import BIBTEX, EPPI, QUALCODER, RIS

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Brought:
    """A file of a format and what it brings: sources, findings, codes of the codebook.

    `idle` are its sources that no finding rests on, `search` a question that one of its findings answers. Where it is
    not `mapped`, its columns are ours.
    """

    write: Callable[[Path], object]
    sources: int = 0
    findings: int = 0
    idle: int = 0
    codes: int = 0
    search: str = ""
    mapped: bool = True


def holding(contents: bytes) -> Callable[[Path], object]:
    """Return what writes these bytes to a path."""
    return lambda path: path.write_bytes(contents)


def real(name: str) -> Callable[[Path], object]:
    """Return what writes a copy of another program's file to a path."""
    return holding((FILES / name).read_bytes())


def write_report(path: Path) -> None:
    """Write QualCoder's report of codings as the workbook that it can be exported as."""
    write_rows(path, list(csv.reader(io.StringIO(QUALCODER))))


def write_rows(path: Path, rows: Sequence[Sequence[str]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)


def write_template(path: Path) -> None:
    """Write the coding template by its command, and fill two sources and three findings in below its examples."""
    assert main(["template", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    for name, rows in (("Sources", SOURCES), ("Findings", FINDINGS)):
        columns = [cell.value for cell in book[name][4]]
        for row in rows:
            book[name].append([row.get(str(column)) for column in columns])
    book.save(path)


FORMATS = {
    "halls.json": Brought(holding(json.dumps(EPPI).encode()), 2, 1, idle=1, search="reopened"),
    "halls.ris": Brought(holding(RIS.encode()), 2, idle=2),
    "halls.bib": Brought(holding(BIBTEX.encode()), 2, idle=2),
    "report.csv": Brought(holding(QUALCODER.encode()), 1, 1, search="hall"),
    "report.xlsx": Brought(write_report, 1, 1, search="hall"),
    "highlights.xlsx": Brought(real("taguette_highlights.xlsx"), 1, 2, search="neighbours"),
    "highlights.csv": Brought(real("taguette_highlights.csv"), 1, 2, search="neighbours"),
    "interviews.qdpx": Brought(real("aqda.qdpx"), 1, 3, search="neighbours"),
    "codes.qdc": Brought(real("aqda.qdc"), codes=4),
    "extracts.xlsx": Brought(real("libreoffice.xlsx"), 1, 3, search="neighbours"),
    "extracts.csv": Brought(real("pandas_utf16.csv"), 1, 3, search="neighbours"),
    "template.xlsx": Brought(write_template, 2, 3, search="readers", mapped=False),
    "strand": Brought(write_strand, 2, 3, search="readers", mapped=False),
}
"""A file of each format, by its name; the last is a folder of two."""


@pytest.fixture(autouse=True)
def mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))


def looked_over(file: RawFile, codebook: Codebook) -> Mapping:
    """Return the mapping that a person makes of what is suggested: what is lacking is given, each open code a theme.

    Passages are given to everyone, where they would be for the team. The codes of a codebook alone are added to ours.
    """
    mapping = propose(file, "Their team", codebook)
    if not file.tables:
        new = [code.id for code in without_meaning(file.codes, mapping, codebook)]
        return with_codes(mapping, file.codes, new, "theme", "T1", codebook)
    values = {**CONSTANTS, "title": "One workshop"}
    mapping = mapping.with_constants({field: values[field] for field in lacking(file, mapping)})
    if "access" in mapping.constants:
        mapping = mapping.with_constants({"access": "public"})
    if file.format == "EPPI-Reviewer":
        mapping = replace(mapping, finding_codes=("Levers::Places::Libraries",))
    undecided = [row for row in words(file, mapping, codebook) if row.field == "codes" and not row.targets]
    return mapping.with_words(("codes", row.word, (Target("theme", "T1"),)) for row in undecided)


@pytest.fixture
def said(writable: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a runner of `python -m data` on a collection of its own, which returns what a command prints."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))

    def runner(*command: object, code: int = 0) -> str:
        capsys.readouterr()  # what was printed before is not this command's
        assert main([str(part) for part in command]) == code
        return capsys.readouterr().out

    return runner


@pytest.fixture
def told(said: Callable[..., str]) -> Callable[..., Any]:
    """Return a runner that reads the one object a command prints with --json."""
    return lambda *command, code=0: json.loads(said(*command, "--json", code=code))


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def asked(name: str, said: Callable[..., str], tmp_path: Path, codebook: Codebook) -> tuple[str, ...]:
    """Write the file, save what its words mean, and return what a command is given to bring it in.

    The runner comes before it, as a template is written by a command too.
    """
    path = tmp_path / name
    FORMATS[name].write(path)
    if not FORMATS[name].mapped:
        return (str(path),)
    save(looked_over(read_any(name, path), codebook), codebook)
    return str(path), "--mapping", "Their team"


def seen(said: Callable[..., str], search: str) -> dict[str, int]:
    """Return what the command line shows of a collection: its numbers, and the findings that a search finds."""
    lines = [line.split(": ") for line in said("status").splitlines()]
    shown = {key: int(number) for key, number in lines if key in ("findings", "sources", "sources without findings")}
    counted = said("count", "--filter", f"q={search}").splitlines()[0]
    return {**shown, "found": int(counted.removeprefix("findings: "))}


def test_a_file_of_each_format_is_checked_and_loaded_once(
    name: str, asked: tuple[str, ...], told: Callable[..., Any]
) -> None:
    brought = FORMATS[name]
    rows = brought.sources + brought.findings
    check = told("check", *asked)
    assert (check["errors"], check["sources"], check["findings"]) == (0, brought.sources, brought.findings)
    load = told("load", *asked)
    assert (load["added"], load["changed"], load["codebook_changes"]) == (rows, 0, brought.codes)
    assert load["mapping"] == ("Their team" if brought.mapped else "")
    again = told("load", *asked)
    assert (again["added"], again["changed"], again["codebook_changes"], again["unchanged"]) == (0, 0, 0, rows)


def test_what_a_file_of_each_format_brings_is_seen_and_gone_once_it_is_undone(
    name: str, asked: tuple[str, ...], said: Callable[..., str], told: Callable[..., Any], writable: Engine
) -> None:
    brought = FORMATS[name]
    before, held = seen(said, brought.search), state(writable)
    load = told("load", *asked)["id"]
    told("load", *asked)
    assert {key: number - before[key] for key, number in seen(said, brought.search).items()} == {
        "findings": brought.findings,
        "sources": brought.sources - brought.idle,
        "sources without findings": brought.idle,
        "found": 1 if brought.search else brought.findings,
    }
    undone = told("undo", load)
    assert (undone["undoes"], undone["withdrawn"]) == (load, brought.sources + brought.findings)
    assert seen(said, brought.search) == before
    assert state(writable) == held


def test_the_history_tells_each_load_by_its_file_and_mapping_and_that_it_was_undone(
    name: str, asked: tuple[str, ...], told: Callable[..., Any]
) -> None:
    load = told("load", *asked, "--as", "Ann")["id"]
    undo = told("undo", load, "--as", "Ben")["id"]
    path = Path(asked[0])
    files = [path / "sources.csv", path / "findings.csv"] if path.is_dir() else [path]
    newest, its_load = told("history")["loads"][:2]
    assert {key: its_load[key] for key in ("id", "who", "files", "sha256", "mapping", "undone_by")} == {
        "id": load, "who": "Ann", "files": "; ".join(map(str, files)),
        "sha256": "; ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files),
        "mapping": "Their team" if FORMATS[name].mapped else "", "undone_by": undo,
    }  # fmt: skip
    assert {key: newest[key] for key in ("id", "who", "action", "undoes", "files")} == {
        "id": undo, "who": "Ben", "action": "undo", "undoes": load, "files": ""
    }  # fmt: skip


def test_a_load_that_changed_nothing_has_nothing_to_undo_and_says_so(
    told: Callable[..., Any], writable: Engine, tmp_path: Path
) -> None:
    path = write_strand(tmp_path / "strand")
    told("load", path)
    again, held = told("load", path)["id"], state(writable)
    assert told("undo", again, code=1) == {
        "error": f"load {again} changed no source, finding or added code, so there is nothing to undo", "faults": [],
    }  # fmt: skip
    assert state(writable) == held


def test_a_name_that_nothing_is_saved_under_is_refused(
    loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    assert main(["check", str(tmp_path), "--mapping", "Nobody"]) == 1
    assert 'no mapping has the name "Nobody"; none is saved yet' in capsys.readouterr().err


def test_a_project_of_our_own_comes_back_as_it_was(loaded: Engine, codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "ours.qdpx"
    written = refi_export.write(loaded, Filter(region=("TLC",)), path)
    file = read_any("ours.qdpx", path)
    found = checked(bring(file, propose(file, "Ours", codebook), codebook), codebook)
    assert (found.errors, len(found.findings)) == ([], written)
    columns = "f.ref, s.ref, f.finding, f.place, f.direction, f.confidence, f.coder, f.coded_on"
    with loaded.connect() as connection:
        held = connection.execute(text(f"SELECT {columns} FROM finding f JOIN source s ON s.id = f.source_id")).all()
        coded = {
            (facet, ref, code)
            for facet in ("theme", "region")
            for ref, code in connection.execute(
                text(
                    f"SELECT f.ref, l.{facet} FROM finding f JOIN finding_{facet} l ON l.finding_id = f.id WHERE coded"
                )
            )
        }
        levers = connection.execute(
            text("SELECT f.ref, l.lever, l.role FROM finding f JOIN finding_lever l ON l.finding_id = f.id WHERE coded")
        ).all()
    mine = found.findings
    assert {
        (f.ref, f.source, f.finding, f.place, f.direction, f.confidence, f.coder, f.coded_on) for f in mine.values()
    } == {tuple(row) for row in held if row[0] in mine}
    assert {("theme", f.ref, code) for f in mine.values() for code in f.themes} | {
        ("region", f.ref, code) for f in mine.values() for code in f.regions
    } == {row for row in coded if row[1] in mine}
    assert {(f.ref, *pair) for f in mine.values() for pair in f.levers} == {tuple(r) for r in levers if r[0] in mine}


def test_several_files_come_in_together(codebook: Codebook) -> None:
    names = ("taguette_highlights.csv", "taguette_highlights.xlsx")
    file = read_any(names[0], FILES / names[0])
    save(looked_over(file, codebook), codebook)
    told: list[tuple[float, str]] = []
    files, additions = map_paths(
        [FILES / name for name in names], "Their team", codebook, lambda share, doing: told.append((share, doing))
    )
    assert told[0] == (0.0, "taguette_highlights.csv: looking at the file")
    assert (0.5, "taguette_highlights.xlsx: looking at the file") in told
    assert [Path(entry["name"]).name for entry in files.hashes] == list(names)
    assert additions == ()
    found = check(files, codebook, ())
    assert (found.errors, len(found.sources), len(found.findings)) == ([], 1, 2)  # the same highlights in both
