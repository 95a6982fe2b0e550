"""What a source stands in, with volume, issue and pages: read, cited, planned, taken back, and kept like any value."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.collection.access import Standing, Visitor
from data.collection.codebook import Codebook
from data.exporting import workbook
from data.exporting.citation import cite
from data.filters.filter import Filter
from data.importing.loads import loading, prepared_load
from data.importing.loads.undoing import undo
from data.importing.mapping import bring
from data.importing.mapping.suggesting.column_suggestions import columns
from data.importing.mapping.suggesting.proposal import propose
from data.importing.readers.format_choice import read_any
from data.importing.strand_files import read
from tests.data.importing.mapping.raw_files import CONSTANTS
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand
from tests.data.importing.stored import ask

FIELDS = ("publication", "volume", "issue", "pages")
STANDS = dict(zip(FIELDS, ("Town Planning Review", "93", "4", "410-432"), strict=True))
EDITOR = Visitor("an editor", Standing.EDITOR)


def written(folder: Path, **stands: str) -> Path:
    """Write a strand whose source S1 stands in a publication."""
    return write_strand(folder, FINDINGS, changed(SOURCES, {"S1": {**STANDS, **stands}}), further=FIELDS)


def held(engine: Engine) -> list[tuple[object, ...]]:
    return ask(engine, "SELECT ref, publication, volume, issue, pages FROM source ORDER BY ref")


def digests(engine: Engine) -> list[object]:
    return [digest for (digest,) in ask(engine, "SELECT digest FROM load ORDER BY id")]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    """Return another collection, empty."""
    engine = database.open_engine(f"sqlite:///{tmp_path / 'other.sqlite'}")
    yield engine
    engine.dispose()


def test_goes_from_the_files_through_the_workbook_to_another_collection(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    loading.load(engine, [written(tmp_path / "strand")])
    out = tmp_path / "evidence.xlsx"
    workbook.write(engine, Filter(), out)
    loading.load(other, [out])
    assert held(other) == [("S1", "Town Planning Review", "93", "4", "410-432"), ("S2", "", "", "", "")]
    assert digests(other) == digests(engine)


def test_evidence_that_names_none_has_the_digest_that_it_had_before_there_were_any(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    loading.load(engine, [write_strand(tmp_path / "without")])
    loading.load(other, [write_strand(tmp_path / "with", further=FIELDS)])
    assert digests(engine) == digests(other)


def test_another_issue_is_planned_field_by_field_and_taken_back(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [written(tmp_path / "one")])
    plan = prepared_load.prepare(engine, read([written(tmp_path / "two", issue="5")]))
    assert [tuple(row) for row in plan.fields.itertuples(index=False)] == [("source", "S1", "issue", "4", "5")]
    load = prepared_load.confirm(engine, plan, EDITOR)
    undo(engine, load.id or 0, EDITOR)
    assert held(engine)[0] == ("S1", *STANDS.values())
    assert digests(engine)[0] == digests(engine)[2]


def test_a_file_without_these_columns_leaves_them_as_they_are(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [written(tmp_path / "one")])
    load = loading.load(engine, [write_strand(tmp_path / "two")])
    assert (load.changed, held(engine)[0]) == (0, ("S1", *STANDS.values()))
    loading.load(engine, [written(tmp_path / "three", issue="", pages="")])
    assert held(engine)[0] == ("S1", "Town Planning Review", "93", "", "")


REFERENCES = (
    b"Key,Title,Author,Publication Year,Publication Title,Volume,Issue,Pages,DOI\n"
    b'AB12,Halls,"Zia, N.",2023,Town Planning Review,93,4,410-432,10.1000/a\n'
)


def test_a_reference_manager_s_journal_reaches_the_citation(codebook: Codebook, writable: Engine) -> None:
    raw = read_any("zotero.csv", REFERENCES)
    fields = {row.column: row.field for row in columns(raw, codebook)}
    assert {name: fields[name] for name in ("Publication Title", "Volume", "Issue", "Pages")} == {
        "Publication Title": "publication", "Volume": "volume", "Issue": "issue", "Pages": "pages",
    }  # fmt: skip
    brought = bring(raw, propose(raw, "Zotero", codebook).with_constants(CONSTANTS), codebook)
    prepared_load.load_at_once(writable, brought.files, mapping="Zotero")
    ((title, authors, year, doi, *stands),) = ask(
        writable,
        "SELECT title, authors, year, doi, publication, volume, issue, pages FROM source WHERE title = 'Halls'",
    )
    row = {"title": title, "authors": authors, "year": year, "doi": doi, **dict(zip(FIELDS, stands, strict=True))}
    assert cite(row) == "Zia, N. (2023) Halls. Town Planning Review, 93(4), pp. 410–432. doi:10.1000/a."
