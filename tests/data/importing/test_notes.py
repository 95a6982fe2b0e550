"""What coders remarked: read from files and memos, kept and taken back like any value, and given out only as text."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.collection import database
from data.collection.access import Standing, Visitor
from data.collection.codebook import Codebook
from data.curating.row_history import versions
from data.exporting import refi_export, workbook
from data.filters.filter import Filter
from data.importing.loads import loading, prepared_load
from data.importing.loads.undoing import undo
from data.importing.mapping import bring
from data.importing.mapping.suggesting.column_suggestions import columns
from data.importing.mapping.suggesting.proposal import propose
from data.importing.readers.format_choice import read_any
from data.importing.strand_files import read
from models import Access
from tests.data.importing.mapping.raw_files import CONSTANTS
from tests.data.importing.readers.refi_files import CODES, archived, project, selection, source
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_strand
from tests.data.importing.stored import ask, changes, found_by

HOSTILE = '=HYPERLINK("x") <script>alert(1)</script>, said twice'
EDITOR = Visitor("an editor", Standing.EDITOR)


def noted(finding: str, source: str = "") -> tuple[list[Row], list[Row]]:
    """Return a strand's findings and sources with a note on E1 and on S1."""
    return changed(FINDINGS, {"E1": {"note": finding}}), changed(SOURCES, {"S1": {"note": source}})


def written(folder: Path, finding: str, source: str = "", *further: str) -> Path:
    """Write a strand with a note on E1 and on S1."""
    return write_strand(folder, *noted(finding, source), further=("note", *further))


def notes(engine: Engine) -> dict[object, object]:
    """Return every note that the collection holds, by the ref of what it is on."""
    return dict(ask(engine, "SELECT ref, note FROM finding UNION ALL SELECT ref, note FROM source"))  # type: ignore[arg-type]


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
    loading.load(engine, [written(tmp_path / "strand", HOSTILE, "seen in part")])
    out = tmp_path / "evidence.xlsx"
    workbook.write(engine, Filter(), out)
    loading.load(other, [out])
    assert notes(other) == {"E1": HOSTILE, "E2": "", "E3": "", "S1": "seen in part", "S2": ""}
    assert digests(other) == digests(engine)
    cells = {cell.data_type for row in openpyxl.load_workbook(out)["Findings"].iter_rows() for cell in row}
    assert "f" not in cells


def test_evidence_without_notes_has_the_digest_that_it_had_before_there_were_any(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    loading.load(engine, [write_strand(tmp_path / "without")])
    loading.load(other, [written(tmp_path / "with", "")])
    assert digests(engine) == digests(other)


def test_a_note_alone_is_planned_recorded_and_taken_back(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [written(tmp_path / "one", "first", "of the source")])
    plan = prepared_load.prepare(engine, read([written(tmp_path / "two", "second", "of the source")]))
    assert [tuple(row) for row in plan.fields.itertuples(index=False)] == [("finding", "E1", "note", "first", "second")]
    load = prepared_load.confirm(engine, plan, EDITOR)
    before = changes(engine, load.id or 0)["finding", "E1", "changed"]
    assert isinstance(before, dict)
    assert before["note"] == "first"
    with database.asking(engine, Access.TEAM) as session:
        assert versions(session, "E1")[0].fields == (("note", "first", "second"),)
    undo(engine, load.id or 0, EDITOR)
    assert (notes(engine)["E1"], notes(engine)["S1"]) == ("first", "of the source")
    assert digests(engine)[0] == digests(engine)[2]


def test_a_file_that_has_no_column_for_notes_leaves_them_as_they_are(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [written(tmp_path / "one", "kept", "kept too")])
    load = loading.load(engine, [write_strand(tmp_path / "two")])
    assert (load.changed, notes(engine)["E1"], notes(engine)["S1"]) == (0, "kept", "kept too")
    loading.load(engine, [written(tmp_path / "three", "", "kept too")])
    assert (notes(engine)["E1"], notes(engine)["S1"]) == ("", "kept too")


def test_is_found_by_no_search_and_looked_over_for_what_leads_to_a_person(engine: Engine, tmp_path: Path) -> None:
    checked, _ = loading.check_only(engine, [written(tmp_path / "strand", "ask ann@example.org of zebras", "")])
    assert [(fault.column, fault.warning) for fault in checked.faults] == [("note", True)]
    loading.load(engine, [tmp_path / "strand"])
    assert found_by(engine, "zebras") == []


def test_leaves_with_no_file_that_leaves_its_finding_out(engine: Engine, tmp_path: Path) -> None:
    findings, sources = noted("a secret of E1", "a secret of S1")
    held = changed(findings, {"E1": {"access": "team"}})
    folder = write_strand(tmp_path / "strand", held, sources, further=("access", "note"))
    loading.load(engine, [folder])
    for level, there in ((Access.PUBLIC, False), (Access.TEAM, True)):
        project_file, book = tmp_path / f"{level}.qdpx", tmp_path / f"{level}.xlsx"
        refi_export.write(engine, Filter(), project_file, level)
        workbook.write(engine, Filter(), book, level=level)
        for path in (project_file, book):
            assert ("a secret of" in contents(path)) is there


def contents(path: Path) -> str:
    """Return all that the parts of an archive hold, as text."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


MEMOS = (
    '<Notes><Note guid="N1" name="Tone"><PlainTextContent>laughing, &lt;b&gt;twice</PlainTextContent></Note>'
    '<Note guid="N2"><PlainTextContent>held in a hall</PlainTextContent></Note></Notes>'
)


def test_memos_of_a_project_become_notes_and_go_out_as_memos_again(
    writable: Engine, codebook: Codebook, tmp_path: Path
) -> None:
    coded = '<Coding><CodeRef targetGUID="C2"/></Coding><NoteRef targetGUID="N1"/>'
    inside = selection(0, 18, coded) + '<NoteRef targetGUID="N2"/>'
    raw = read_any("halls.qdpx", archived({"project.qde": project(CODES + source(inside) + MEMOS),
                                           "sources/t.txt": "The hall reopened. Nobody came by bus."}))  # fmt: skip
    offered = {(row.sheet, row.column): row.field for row in columns(raw, codebook)}
    assert (offered["Selections", "note"], offered["Sources", "note"]) == ("note", "note")
    mapping = propose(raw, "Halls", codebook).with_constants({**CONSTANTS, "access": "public"})
    brought = bring(raw, mapping, codebook)
    assert "note" not in {left.name for left in brought.left}
    load = prepared_load.load_at_once(writable, brought.files, mapping="Halls")
    assert load.added == 2
    assert sorted(filter(None, notes(writable).values())) == ["Tone: laughing, <b>twice", "held in a hall"]
    (ref,) = (ref for ref, note in notes(writable).items() if note == "Tone: laughing, <b>twice")
    out = tmp_path / "out.qdpx"
    refi_export.write(writable, Filter(finding=(str(ref),)), out)
    back = read_any("out.qdpx", out)
    given = {table.sheet: dict(zip(table.columns, table.rows[0][1], strict=True)) for table in back.tables}
    assert (given["Selections"]["note"], given["Sources"]["note"]) == ("Tone: laughing, <b>twice", "held in a hall")
    assert back.faults == []


@pytest.mark.parametrize("header", ["Memo", "comment", "Annotation", "Notes", "Coder notes"])
def test_what_others_call_a_note_is_offered_for_it(header: str, codebook: Codebook) -> None:
    raw = read_any("a.csv", f"finding,direction,{header}\nThe hall reopened,positive,said twice\n".encode())
    assert [row.field for row in columns(raw, codebook)] == ["finding", "direction", "note"]


def test_remarks_in_several_rows_on_one_finding_are_all_kept(codebook: Codebook) -> None:
    text = "document,finding,code,memo\nA,The hall reopened,Halls,first\nA,The hall reopened,Buses,second\n"
    raw = read_any("a.csv", text.encode())
    brought = bring(raw, propose(raw, "Halls", codebook).with_constants(CONSTANTS), codebook)
    (table,) = brought.files.findings
    assert [cells[table.columns.index("note")] for _, cells in table.rows] == ["first\nsecond"]


REFERENCES = {
    "a.ris": "TY  - JOUR\nTI  - Halls\nN1  - seen in part\nER  - \n",
    "a.bib": "@book{a, title={Halls}, note={seen in part}}\n",
    "a.json": '{"References": [{"ItemId": 9, "Title": "Halls", "Comments": "seen in part"}]}',
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_remark_on_a_reference_is_a_note_on_its_source(name: str, codebook: Codebook) -> None:
    raw = read_any(name, REFERENCES[name].encode())
    brought = bring(raw, propose(raw, "Halls", codebook).with_constants(CONSTANTS), codebook)
    (table,) = brought.files.sources
    assert [cells[table.columns.index("note")] for _, cells in table.rows] == ["seen in part"]
