"""From a file of each format to the collection, by what is suggested and a person adds, saved and used by name."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.__main__ import main
from data.codebook import Codebook
from data.exporting import refi_qda
from data.filters import Filter
from data.importing.checking import check
from data.importing.mapping import Mapping, bring, map_paths
from data.importing.mapping.saved import save
from data.importing.mapping.suggesting.proposal import lacking, propose
from data.importing.mapping.suggesting.words import words
from data.importing.mapping.targets import Target
from data.importing.raw import RawFile
from data.importing.readers.choosing import read_any
from tests.data.importing.mapping.raw_files import CONSTANTS, FILES, checked
from tests.fuzz.seeds import BIBTEX, EPPI, QUALCODER, RIS

FORMATS: dict[str, tuple[bytes | Path, int, int]] = {
    "halls.json": (json.dumps(EPPI).encode(), 2, 1),
    "halls.ris": (RIS.encode(), 2, 0),
    "halls.bib": (BIBTEX.encode(), 2, 0),
    "report.csv": (QUALCODER.encode(), 1, 1),
    "highlights.xlsx": (FILES / "taguette_highlights.xlsx", 1, 2),
    "highlights.csv": (FILES / "taguette_highlights.csv", 1, 2),
    "interviews.qdpx": (FILES / "aqda.qdpx", 1, 3),
    "extracts.xlsx": (FILES / "libreoffice.xlsx", 1, 3),
    "extracts.csv": (FILES / "pandas_utf16.csv", 1, 3),
}
"""A file of each format, with the sources and findings that it holds."""


@pytest.fixture(autouse=True)
def mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))


def looked_over(file: RawFile, codebook: Codebook) -> Mapping:
    """Return the mapping that a person makes of what is suggested: what is lacking is given, each open code a theme."""
    mapping = propose(file, "Their team", codebook)
    values = {**CONSTANTS, "title": "One workshop"}
    mapping = mapping.with_constants({field: values[field] for field in lacking(file, mapping)})
    if file.format == "EPPI-Reviewer":
        mapping = replace(mapping, finding_codes=("Levers::Places::Libraries",))
    undecided = [row for row in words(file, mapping, codebook) if row.field == "codes" and not row.targets]
    return mapping.with_words(("codes", row.word, (Target("theme", "T1"),)) for row in undecided)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_each_format_is_checked_and_loaded_by_the_name_of_its_mapping(
    name: str, writable: Engine, codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    contents, sources, findings = FORMATS[name]
    path = tmp_path / name
    path.write_bytes(contents if isinstance(contents, bytes) else contents.read_bytes())
    save(looked_over(read_any(name, path), codebook), codebook)
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    assert main(["check", str(path), "--mapping", "Their team", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["sources"], told["findings"]) == (0, sources, findings)
    assert main(["load", str(path), "--mapping", "Their team", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["changed"], told["mapping"]) == (sources + findings, 0, "Their team")
    with writable.connect() as connection:
        refs = connection.execute(text("SELECT ref FROM source WHERE ref LIKE 'THEIR-TEAM-%'")).scalars().all()
    assert len(refs) == sources
    assert main(["load", str(path), "--mapping", "Their team", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["changed"], told["unchanged"]) == (0, 0, sources + findings)


def test_a_name_that_nothing_is_saved_under_is_refused(
    loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    assert main(["check", str(tmp_path), "--mapping", "Nobody"]) == 1
    assert 'no mapping has the name "Nobody"; none is saved yet' in capsys.readouterr().err


def test_a_project_of_our_own_comes_back_as_it_was(loaded: Engine, codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "ours.qdpx"
    written = refi_qda.write(loaded, Filter(region=("TLC",)), path)
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
    files, additions = map_paths([FILES / name for name in names], "Their team", codebook)
    assert [Path(entry["name"]).name for entry in files.hashes] == list(names)
    assert additions == ()
    found = check(files, codebook, ())
    assert (found.errors, len(found.sources), len(found.findings)) == ([], 1, 2)  # the same highlights in both
