"""What files are that cannot be read here, by name or contents, and what their programs can export instead."""

import re
from pathlib import PurePath
from typing import Any

from data.faults import Unreadable

CODING = "put what is coded into a table, one finding a row, and save it as .xlsx or CSV"
AS_PROJECT = "export the project as REFI-QDA (.qdpx)"
AS_WORKBOOK = "save it as .xlsx or CSV"
AS_RIS = "export its references as RIS (.ris)"
BY_ENDING: dict[tuple[str, ...], tuple[str, str]] = {
    (".enl", ".enlx", ".enlp", ".sdb"): ("a library of EndNote", "in EndNote, export the references with the output "
                                         "style RefMan (RIS)"),
    (".nvp", ".nvpx", ".nvcx", ".nvb"): ("a project of NVivo", f"in NVivo, {AS_PROJECT}"),
    (".mx24", ".mx22", ".mx20", ".mx18", ".mx12", ".mx11", ".mx5", ".mx4", ".mqda", ".mex22", ".mex24"):
        ("a project of MAXQDA", f"in MAXQDA, {AS_PROJECT}, or the coded segments as .xlsx"),
    (".atlproj", ".atlproj22", ".atlproj23", ".atlproj24", ".atlproj25", ".atlcb", ".hpr", ".hpr7"):
        ("a project of ATLAS.ti", f"in ATLAS.ti, {AS_PROJECT}, or the quotations as .xlsx"),
    (".qda",): ("a project of QualCoder", f"in QualCoder, {AS_PROJECT}, or its report of codings as CSV"),
    (".rqda",): ("a project of RQDA", "export its codings as CSV"),
    (".qrk", ".qdp", ".wpj", ".ppj"): ("a project of a program for qualitative analysis", AS_PROJECT),
    (".docx", ".doc", ".dotx", ".odt", ".rtf", ".pages"): ("a document of Word or another word processor", CODING),
    (".pptx", ".ppt", ".odp", ".key"): ("a presentation", CODING),
    (".pdf",): ("a PDF", "bring in the project in which its passages are coded (.qdpx), or its reference as RIS"),
    (".html", ".htm", ".mht", ".mhtml"): ("a web page", f"if it shows a table, {AS_WORKBOOK}; {AS_RIS}"),
    (".ods", ".fods"): ("an OpenDocument spreadsheet", AS_WORKBOOK),
    (".numbers",): ("a spreadsheet of Numbers", AS_WORKBOOK),
    (".xlsb",): ("a binary workbook of Excel", AS_WORKBOOK),
    (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".rds", ".rda", ".rdata", ".parquet", ".feather"):
        ("a data set of a program for statistics", AS_WORKBOOK),
    (".sqlite", ".sqlite3", ".db", ".accdb", ".mdb"): ("a database", f"{AS_PROJECT}, or save its tables as CSV"),
    (".rdf",): ("references as RDF", AS_RIS),
    (".jsonl", ".ndjson"): ("JSON by lines", AS_WORKBOOK),
    (".zip", ".gz", ".7z", ".rar", ".tar"): ("an archive", "unpack it and give the files in it"),
    (".mp3", ".mp4", ".wav", ".m4a", ".mov", ".avi"): ("a recording", "bring in the project in which it is coded "
                                                       "(.qdpx)"),
    (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".svg", ".webp"): ("a picture", CODING),
}  # fmt: skip
ROOTS = {
    "xml": ("references as EndNote XML", AS_RIS),
    "records": ("references as EndNote XML", AS_RIS),
    "pubmedarticleset": ("references as PubMed XML", "in PubMed, save them in the format PubMed (.nbib)"),
    "medlinecitationset": ("references as PubMed XML", "in PubMed, save them in the format PubMed (.nbib)"),
    "modscollection": ("references as MODS", AS_RIS), "mods": ("a reference as MODS", AS_RIS),
    "rdf": ("references as RDF", AS_RIS), "sources": ("references as Word keeps them", AS_RIS),
    "article": ("one article's text", "bring in its reference as RIS"), "tei": ("a text as TEI", CODING),
    "html": ("a web page", f"if it shows a table, {AS_WORKBOOK}; {AS_RIS}"),
    "workbook": ("a workbook as XML", "save it as .xlsx"),
}  # fmt: skip
"""XML by its outermost element, in small letters."""
BEGINNINGS = {
    b"%PDF": ".pdf", b"SQLite format 3\0": ".db", b"{\\rtf": ".rtf", b"\x1f\x8b": ".gz", b"7z\xbc\xaf": ".7z",
    b"Rar!": ".rar", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"$FL2": ".sav", b"PAR1": ".parquet",
}  # fmt: skip
OLD_WORD, OLD_SLIDES = "WordDocument".encode("utf-16-le"), "PowerPoint Document".encode("utf-16-le")
WITHIN_ARCHIVE = (
    (re.compile(r"word/"), ".docx"), (re.compile(r"ppt/"), ".pptx"), (re.compile(r"xl/workbook\.bin"), ".xlsb"),
    (re.compile(r"index/document\.iwa|index\.zip"), ".numbers"),
)  # fmt: skip
OPEN_DOCUMENTS = {"spreadsheet": ".ods", "text": ".odt", "presentation": ".odp"}


class OfNoFormat(Unreadable):
    """A file is of no format that is read here; what can be given is added where every format is known."""


def by_ending(name: str) -> str:
    """Return what a file is by the end of its name, and what to give instead; nothing where that does not say."""
    return _said(PurePath(name).suffix.lower())


def _said(ending: str) -> str:
    for endings, (what, instead) in BY_ENDING.items():
        if ending in endings:
            return f"is {what}, which cannot be read here; {instead}"
    return ""


def by_beginning(contents: bytes) -> str:
    """Return what a file is by its first bytes, and what to give instead; nothing where they do not say."""
    return next((_said(ending) for start, ending in BEGINNINGS.items() if contents.startswith(start)), "")


def old_office(contents: bytes) -> str:
    """Return what an old Word or PowerPoint file is; nothing where a file of its kind is another."""
    return _said(".doc") if OLD_WORD in contents else _said(".ppt") if OLD_SLIDES in contents else ""


def of_archive(names: list[str], mimetype: str) -> str:
    """Return what an archive is by the names of its entries, and what to give instead."""
    for pattern, ending in WITHIN_ARCHIVE:
        if any(pattern.match(name.lower()) for name in names):
            return _said(ending)
    kind = mimetype.rpartition("opendocument.")[2].partition("-")[0] if "opendocument." in mimetype else ""
    return _said(OPEN_DOCUMENTS.get(kind, ""))


def of_markup(root: str) -> str:
    """Return what XML is by its outermost element, and what to give instead; nothing where that does not say."""
    what, instead = ROOTS.get(root.lower(), ("", ""))
    return f"is {what}, which cannot be read here; {instead}" if what else ""


def of_json(parsed: Any) -> Unreadable:
    """Return the refusal of JSON that is no export of EPPI-Reviewer: what it is, and what to give instead."""
    items = parsed.get("items") if isinstance(parsed, dict) else parsed
    first = items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}
    keys = {key.lower() for key in first if isinstance(key, str)}
    if "title" in keys and keys & {"type", "itemtype", "issued", "creators", "author"}:
        return Unreadable(f"is JSON of references, as Zotero writes it, which cannot be read here; {AS_RIS}")
    if {"data", "annotations"} <= keys or {"text", "label"} <= keys:
        return Unreadable(f"is JSON of a tool for annotating, which cannot be read here; {AS_WORKBOOK}")
    return OfNoFormat("is JSON, but no export of EPPI-Reviewer: it has neither CodeSets nor References")
