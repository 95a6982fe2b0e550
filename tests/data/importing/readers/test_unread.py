"""What cannot be read says what it is, and what its program can give instead."""

import io
import zipfile

import pytest

from data.importing.readers.format_choice import read_any
from tests.data.importing.readers.refi_files import archived

QUALITATIVE = "export the project as REFI-QDA (.qdpx)"
RIS = "export its references as RIS (.ris)"
TABLE = "put what is coded into a table, one finding a row, and save it as .xlsx or CSV"
WORD, ZOTERO = "a document of Word or another word processor", "JSON of references, as Zotero writes it"
PASSAGES = "bring in the project in which its passages are coded (.qdpx), or its reference as RIS"
STATISTICS = "a data set of a program for statistics"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("name", "contents", "what", "instead"),
    [
        ("library.enl", b"\x00\x01", "a library of EndNote",
         "in EndNote, export the references with the output style RefMan (RIS)"),
        ("study.nvpx", b"\x00\x01", "a project of NVivo", f"in NVivo, {QUALITATIVE}"),
        ("study.nvp", OLE, "a project of NVivo", f"in NVivo, {QUALITATIVE}"),
        ("study.mx22", b"SQLite format 3\0", "a project of MAXQDA",
         f"in MAXQDA, {QUALITATIVE}, or the coded segments as .xlsx"),
        ("study.ATLPROJ23", archived({"a.xml": "<a/>"}), "a project of ATLAS.ti",
         f"in ATLAS.ti, {QUALITATIVE}, or the quotations as .xlsx"),
        ("halls", b"SQLite format 3\0", "a database", f"{QUALITATIVE}, or save its tables as CSV"),
        ("halls", b"%PDF-1.7", "a PDF", PASSAGES),
        ("halls.docx", archived({"word/document.xml": "<a/>"}), WORD, TABLE),
        ("halls", archived({"word/document.xml": "<a/>"}), WORD, TABLE),
        ("halls", archived({"mimetype": "application/vnd.oasis.opendocument.text"}), WORD, TABLE),
        ("halls.doc", OLE + "WordDocument".encode("utf-16-le"), WORD, TABLE),
        ("halls.rtf", b"{\\rtf1 Halls}", WORD, TABLE),
        ("halls", b"<!doctype html><html><body>", "a web page", f"if it shows a table, save it as .xlsx or CSV; {RIS}"),
        ("refs.xml", b'<?xml version="1.0"?><xml><records/></xml>', "references as EndNote XML", RIS),
        ("refs.xml", b"<PubmedArticleSet/>", "references as PubMed XML",
         "in PubMed, save them in the format PubMed (.nbib)"),
        ("refs.json", b'[{"id": "a", "type": "book", "title": "Halls"}]', ZOTERO, RIS),
        ("refs.json", b'{"items": [{"itemType": "book", "title": "Halls"}]}', ZOTERO, RIS),
        ("labels.json", b'[{"id": 1, "data": {"text": "a"}, "annotations": []}]', "JSON of a tool for annotating",
         "save it as .xlsx or CSV"),
        ("data.sav", b"$FL2@(#) IBM SPSS STATISTICS", STATISTICS, "save it as .xlsx or CSV"),
        ("data", b"$FL2@(#) IBM SPSS STATISTICS", STATISTICS, "save it as .xlsx or CSV"),
        ("study.mx24", b"\x00\x01\x02", "a project of MAXQDA",
         f"in MAXQDA, {QUALITATIVE}, or the coded segments as .xlsx"),
        ("figure.png", PNG, "a picture", TABLE),
        ("figure.csv", PNG, "a picture", TABLE),
        ("report.pdf", b"%PDF-1.4 halls", "a PDF", PASSAGES),
        ("report.xlsx", b"%PDF-1.4 halls", "a PDF", PASSAGES),
        ("book.xml", b"<Workbook/>", "a workbook as XML", "save it as .xlsx"),
        ("book.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "a workbook as XML", "save it as .xlsx"),
        ("pictures.zip", archived({"a.png": "x", "b/c.txt": "y"}), "an archive", "unpack it and give the files in it"),
        ("halls.zip", archived({"halls.csv": "a,b"}), "an archive", "unpack it and give the files in it"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,  # an archive holds its hour, which a name must not
)  # fmt: skip
def test_a_file_of_another_kind_says_what_it_is_and_what_to_give(
    name: str, contents: bytes, what: str, instead: str
) -> None:
    file = read_any(name, contents)
    assert [fault.reason for fault in file.faults] == [f"is {what}, which cannot be read here; {instead}"]
    assert file.tables == []


def test_what_can_be_read_is_read_whatever_the_end_of_its_name() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert read_any("a.doc", b"TY  - BOOK\nTI  - Halls\nER  - \n").format == "RIS"
    assert read_any("a.ris", b"PMID- 1\nTI  - Halls\n").format == "MEDLINE"
    assert read_any("a.ris", b"%0 Book\n%T Halls\n").format == "EndNote"
    assert read_any("a.numbers", book.getvalue()).format == "Excel"


def test_references_that_do_not_begin_as_their_name_says_are_told_with_what_begins_a_record() -> None:
    (fault,) = read_any("a.ris", b"Title: Halls\n").faults
    assert (fault.warning, fault.reason) == (
        False, '"Title: Halls" stands before the first record (TY  - ) and is left out')  # fmt: skip
