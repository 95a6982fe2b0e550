"""A copy of a person's own workbook: their cells as they were, faulty ones marked, all faults listed first."""

import io
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.exporting.marking import CannotMark, marked_workbook
from data.faults import Fault
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, Row, changed, write_strand, write_workbook

WORSE: dict[str, Row] = {"E1": {"direction": "up", "place": "NE24 1AA"}, "E3": {"regions": "GBR"}}


def marked(engine: Engine, path: Path, file: Path) -> openpyxl.Workbook:
    faults = loading.check_only(engine, [path])[0].faults
    return openpyxl.load_workbook(io.BytesIO(marked_workbook(file.read_bytes(), faults)))


def test_a_workbook_has_each_faulty_cell_marked_in_words_and_lists_all_first(engine: Engine, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "s.xlsx", changed(FINDINGS, WORSE), above=[["My coding"], []])
    book = marked(engine, path, path)
    assert book.sheetnames == ["Faults", "Sources", "Findings"]
    sheet = book["Findings"]
    marks = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert marks == {
        "D4": "WARNING: NE24 1AA looks like a postcode; take it out unless the person's consent covers it",
        "K4": 'ERROR: "up" is not one of strengthened, impeded, mixed, unclear, context',
        "E6": 'ERROR: "GBR" is not a region code of the codebook; did you mean "UK"?',
    }
    assert {sheet[at].fill.fgColor.rgb for at in marks} == {"00FFF2CC", "00F3C9D2"}
    assert book["Faults"]["A2"].value == "2 errors, which stop a load; 1 warning, which do not."
    listed = [[cell.value for cell in row] for row in book["Faults"].iter_rows(min_row=4)]
    assert listed[0] == ["severity", "file", "sheet", "row", "column", "value", "what is wrong"]
    assert [row[0] for row in listed[1:]] == ["error", "error", "warning"]
    assert listed[1][2:6] == ["Findings", 4, "direction", "up"]


def test_its_cells_stay_as_they_were(engine: Engine, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "s.xlsx", changed(FINDINGS, WORSE))
    book, theirs = marked(engine, path, path), openpyxl.load_workbook(path)
    for name in theirs.sheetnames:
        assert list(book[name].values) == list(theirs[name].values)


def test_a_csv_file_becomes_a_workbook_of_text(engine: Engine, tmp_path: Path) -> None:
    folder = write_strand(tmp_path / "strand", changed(FINDINGS, WORSE | {"E3": {"finding": '=HYPERLINK("x")'}}))
    book = marked(engine, folder, folder / "findings.csv")
    sheet = book["File"]
    assert (sheet["K2"].value, sheet["K2"].comment.text.split(":")[0]) == ("up", "ERROR")
    assert (sheet["C4"].value, sheet["C4"].data_type, sheet["C4"].quotePrefix) == ('=HYPERLINK("x")', "s", True)
    assert sheet["F2"].value == "55.13"


def test_a_comment_of_theirs_is_kept_below_ours(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(path)
    book["Findings"]["K2"].comment = openpyxl.comments.Comment("ask Ann", "Ben")
    book["Findings"].merge_cells("A3:C3")
    book.save(path)
    faults = [
        Fault("s.xlsx", "is wrong", "Findings", 2, "direction"),
        Fault("s.xlsx", "is odd", "Findings", 3, "finding"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(marked_workbook(path.read_bytes(), faults)))["Findings"]
    assert sheet["K2"].comment.text == "ERROR: is wrong\n\nEarlier comment: ask Ann"
    assert sheet["A3"].comment.text == "ERROR: is odd"


def test_values_that_could_run_or_cannot_be_written_are_listed_as_text(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "s.xlsx")
    faults = [Fault("=cmd|' /C calc'!A0", "bad\x00\ud800", "Findings", 2, "direction", "@SUM(1)\x07")]
    sheet = openpyxl.load_workbook(io.BytesIO(marked_workbook(path.read_bytes(), faults)))["Faults"]
    cells = {cell.column_letter: (cell.value, cell.data_type) for cell in sheet[5]}
    assert (cells["B"], cells["F"]) == (("=cmd|' /C calc'!A0", "s"), ("@SUM(1)\ufffd", "s"))
    assert cells["G"] == ("bad\ufffd\ufffd", "s")
    assert sheet["B5"].quotePrefix


@pytest.mark.parametrize("contents", [b"PK\x03\x04 no more", b"\xff\xfea\x00", b"a,b\n\xe9,1\n"])
def test_what_cannot_be_opened_says_so(contents: bytes) -> None:
    with pytest.raises(CannotMark, match="cannot be opened to be marked"):
        marked_workbook(contents, [Fault("s.xlsx", "is wrong")])
