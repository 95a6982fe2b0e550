"""Sound files of each format, to be spoilt: the real ones, and small made ones for what no program here writes."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl

REAL = Path(__file__).parent.parent / "files" / "readers"
PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Halls" origin="a test">
<Users><User guid="{A1}" name="Ann"/></Users>
<CodeBook><Codes><Code guid="c1" name="Places" isCodable="true"><Description>Where</Description>
<Code guid="c2" name="Libraries"/></Code><Code guid="c3" name="Transport::Bus"/></Codes>
<Sets><Set guid="s1" name="Group"><MemberCode targetGUID="c1"/></Set></Sets></CodeBook>
<Variables><Variable guid="v1" name="region" typeOfVariable="Text"/></Variables>
<Cases><Case guid="k1" name="Blyth">
<VariableValue><VariableRef targetGUID="v1"/><TextValue>TLC</TextValue></VariableValue>
<SourceRef targetGUID="t1"/></Case></Cases>
<Sources><TextSource guid="t1" name="Workshop" plainTextPath="internal://t1.txt" creatingUser="A1">
<PlainTextSelection guid="p1" name="The hall" startPosition="0" endPosition="8" creationDateTime="2026-03-14T10:00:00Z">
<Description>said</Description><Coding guid="d1" creatingUser="a1"><CodeRef targetGUID="c2"/></Coding>
<NoteRef targetGUID="n1"/></PlainTextSelection><Coding guid="d2"><CodeRef targetGUID="c3"/></Coding></TextSource>
<TextSource guid="t2"><PlainTextContent>A bus came.</PlainTextContent>
<PlainTextSelection guid="p2" startPosition="2" endPosition="5"/></TextSource>
<PDFSource guid="t3" name="Report"><Representation guid="r1" plainTextPath="relative:///t1.txt">
<PlainTextSelection guid="p3" startPosition="4" endPosition="8"/></Representation>
<PDFSelection guid="p4" page="1" name="a page"/></PDFSource>
<AudioSource guid="t4" name="Tape"><Transcript guid="w1" plainTextPath="internal://t1.txt">
<SyncPoint guid="y1" position="0"/><SyncPoint guid="y2" position="8"/>
<TranscriptSelection guid="p5" fromSyncPoint="y1" toSyncPoint="y2"/></Transcript></AudioSource></Sources>
<Notes><Note guid="n1" name="Memo"><PlainTextContent>laughing</PlainTextContent></Note></Notes>
<Links><Link guid="l1" originGUID="n1" targetGUID="p2"/></Links></Project>"""
EPPI = {
    "CodeSets": [{"SetName": "Levers", "SetId": 1, "Attributes": {"AttributesList": [
        {"AttributeId": 5, "AttributeName": "Places", "AttributeDescription": "Where", "Attributes": {
            "AttributesList": [{"AttributeId": 6, "AttributeName": "Libraries"}]}}]}}],
    "References": [
        {"ItemId": 9, "Title": "Halls", "Authors": "Smith A; Jones B", "Year": "2019", "Keywords": "a;b", "Codes": [
            {"AttributeId": 6, "AdditionalText": "p. 3", "ArmTitle": "",
             "ItemAttributeFullTextDetails": [{"Text": "The hall reopened"}]}, {"AttributeId": 5}]},
        {"ItemId": 10, "Title": "Buses", "Outcomes": [{"OutcomeId": 1}]}],
}  # fmt: skip
RIS = (
    "TY  - JOUR\r\nID  - 1\r\nTI  - Caf\u00e9 life\r\nAU  - Smith, A.\r\nAU  - Jones, B.\r\nPY  - 2019/03/01/\r\n"
    "DO  - 10.1/x\r\nKW  - halls\r\nAB  - Of halls\r\nER  - \r\n\r\n"
    "TY  - BOOK\r\nT1  - Buses\r\nY1  - 2020\r\nER  - \r\n"
)
BIBTEX = (
    '@string{p = "Press"}\n@article{smith2019, title = {Caf\\\'{e} {UK} life -- 50% more}, '
    'author = {M{\\"u}ller, J. and Smith, Ann}, year = 2019, publisher = p, keywords = {halls, buses}}\n'
    "@comment{x}\n@book{b, title = {Buses}, date = {2020-01}}\n"
)
QUALCODER = (
    '"File","Coder","Coded","Id","Codename","Coded_Memo","Category","Category","FileVar_region"\r\n'
    '"a.txt","ann","The hall","ctid:1","Libraries","said","Places","All","TLC"\r\n'
    '"a.txt","ann","The hall","ctid:2","Bus","","Transport","","TLC"\r\n'
)
CODEBOOK = "code,parent,name,definition\nA,,Places,Where\nA1,A,Libraries,\nB,A1,Vans,\nC,D,x > y,\nD,C,z,\n"


def archived(parts: dict[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def _busy_workbook() -> bytes:
    """Return a workbook with merged and hidden cells, formulas, errors, and two header rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Where", None, "When"], ["place", "region", "year"], ["Blyth", "TLC", 2019], ["Wick", "=A3", "tbc"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Empty").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _real(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(REAL.glob(pattern))]


def sound() -> dict[str, tuple[str, list[bytes]]]:
    """Return the ending of a name and the sound files of each reader."""
    text = "The hall reopened.\r\nA bus came.\r\n"
    return {
        "Excel": (".xlsx", [*_real("*.xlsx"), _busy_workbook()]),
        "CSV": (".csv", _real("pandas*.csv", "libreoffice.csv")),
        "REFI-QDA project": (".qdpx", [*_real("*.qdpx"), archived({"project.qde": PROJECT, "sources/t1.txt": text})]),
        "REFI-QDA codebook": (".qdc", _real("*.qdc")),
        "EPPI-Reviewer": (".json", [json.dumps(EPPI).encode(), json.dumps(EPPI, indent=1).encode("utf-8-sig")]),
        "RIS": (".ris", [RIS.encode(), RIS.encode("cp1252")]),
        "MEDLINE": (".nbib", _real("*.nbib")),
        "Web of Science": (".ciw", _real("*.ciw")),
        "EndNote": (".enw", _real("*.enw")),
        "BibTeX": (".bib", [BIBTEX.encode()]),
        "Taguette highlights": (".csv", _real("taguette*.csv")),
        "QualCoder coding report": (".csv", [QUALCODER.encode()]),
        "Codebook": (".csv", [CODEBOOK.encode(), CODEBOOK.replace(",", ";").encode("utf-16")]),
    }
