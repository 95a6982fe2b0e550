"""Findings as a REFI-QDA project (.qdpx), for NVivo, ATLAS.ti, MAXQDA and QualCoder, and to be read back here.

A source becomes a text of its findings, one a paragraph, each a selection with its codes: themes, regions, direction,
confidence, and levers, each with its role below it. What else is known of a finding stands in a case that covers it,
what is known of a source in its variables; the notes of both are memos.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from sqlalchemy import Engine

from data.collection import codebook as codebooks
from data.collection import database
from data.collection.codebook import Codebook
from data.exporting.request import NAME
from data.exporting.whole_file import opened
from data.filters.filter import Filter
from data.importing.readers.grid_tables import REPLACEMENT, UNREADABLE
from data.queries.listing import FINDING_FIELDS, stream_findings
from data.schema import FINDING, SOURCE
from models import Access, Role

NAMESPACE = "urn:QDA-XML:project:1.0"
CODED = {"theme": "Themes", "lever": "Policy levers", "region": "Regions", "direction": "Direction",
         "confidence": "Confidence"}  # fmt: skip
"""The facets that become codes, and the code that each stands under."""
OF_FINDING = tuple(column.name for column in FINDING if column.carried)
OF_SOURCE = tuple(column.name for column in SOURCE if column.carried)
PARTED = "\n\n"
Row = Mapping[str, object]


def write(engine: Engine, wanted: Filter, out: Path, level: Access = Access.PUBLIC) -> int:
    """Write the filter's findings as a .qdpx project, as far as `level` may see them; return how many there are.

    Raises DatabaseFault where there is no evidence to read, Refused where the path cannot be written to.
    """
    database.check(engine)
    with database.explained(engine), database.asking(engine, level) as session:
        codebook = codebooks.read(session)
        sources: dict[str, list[Row]] = {}
        for found in stream_findings(session, wanted, codebook):
            row = dict(zip(FINDING_FIELDS, found.values(), strict=True))
            sources.setdefault(str(row["source_id"]), []).append(row)
    with opened(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for ref, rows in sources.items():
            archive.writestr(f"sources/{_guid('source', ref)}.txt", PARTED.join(_text(row["finding"]) for row in rows))
        with archive.open("project.qde", "w") as part, etree.xmlfile(part, encoding="utf-8") as xml:
            xml.write_declaration()
            with xml.element("Project", {"name": NAME, "origin": NAME}, nsmap={None: NAMESPACE}):
                for element in (_users(sources), _codebook(codebook), _variables(), _cases(sources)):
                    xml.write(element)
                with xml.element("Sources"):
                    for ref, rows in sources.items():
                        xml.write(_source(ref, rows))
                if len(notes := _notes(sources)):
                    xml.write(notes)
    return sum(map(len, sources.values()))


def _guid(kind: str, ref: str) -> str:
    """Return the identifier of a thing, the same in every file."""
    return str(uuid5(NAMESPACE_URL, f"urn:social-infrastructure-evidence:{kind}:{ref}"))


def _text(value: object) -> str:
    return "" if value is None else UNREADABLE.sub(REPLACEMENT, str(value)).replace("\r\n", "\n").replace("\r", "\n")


def _element(tag: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{NAMESPACE}}}{tag}", {name: value for name, value in attributes.items() if value})


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    child = _element(tag, **attributes)
    child.text = text or None
    parent.append(child)
    return child


def _coders(row: Row) -> list[str]:
    return [mark.strip() for mark in _text(row["coder"]).split(";") if mark.strip()]


def _users(sources: Mapping[str, list[Row]]) -> etree._Element:
    users = _element("Users")
    for coder in sorted({coder for rows in sources.values() for row in rows for coder in _coders(row)}):
        _add(users, "User", guid=_guid("coder", coder), name=coder)
    return users


def _codebook(codebook: Codebook) -> etree._Element:
    """Return every facet's codes in their order, each called by its code and name, roles below each lever."""
    book = _element("CodeBook")
    codes = _add(book, "Codes")
    for facet, name in CODED.items():
        top = _add(codes, "Code", guid=_guid("facet", facet), name=name, isCodable="false")
        above: dict[str | None, etree._Element] = {None: top}
        for entry in codebook.entries(facet):
            called = entry.code if entry.name == entry.code else f"{entry.code} {entry.name}"
            code = _add(above[entry.parent], "Code", guid=_guid(facet, entry.code), name=called, isCodable="true")
            if entry.definition:
                _add(code, "Description", _text(entry.definition))
            for role in Role if facet == "lever" else ():
                _add(code, "Code", guid=_guid("lever", f"{entry.code}:{role}"), name=str(role), isCodable="true")
            above[entry.code] = code
    return book


def _variables() -> etree._Element:
    variables = _element("Variables")
    for name in sorted({*OF_FINDING, *OF_SOURCE}):
        _add(variables, "Variable", guid=_guid("variable", name), name=name, typeOfVariable="Text")
    return variables


def _values(parent: etree._Element, row: Row, columns: Iterable[str]) -> None:
    for name in columns:
        if text := _text(row[name]):
            value = _add(parent, "VariableValue")
            _add(value, "VariableRef", targetGUID=_guid("variable", name))
            _add(value, "TextValue", text)


def _cases(sources: Mapping[str, list[Row]]) -> etree._Element:
    """Return a case a finding, which holds what its selection cannot."""
    cases = _element("Cases")
    for row in (row for rows in sources.values() for row in rows):
        ref = _text(row["finding_id"])
        case = _add(cases, "Case", guid=_guid("case", ref), name=ref)
        _values(case, row, OF_FINDING)
        _add(case, "SelectionRef", targetGUID=_guid("finding", ref))
    return cases


def _source(ref: str, rows: list[Row]) -> etree._Element:
    guid = _guid("source", ref)
    source = _element("TextSource", guid=guid, name=_text(rows[0]["title"]), plainTextPath=f"internal://{guid}.txt")
    at = 0
    for row in rows:
        end = at + len(_text(row["finding"]))
        _selection(source, row, at, end)
        at = end + len(PARTED)
    if rows[0]["source_note"]:
        _add(source, "NoteRef", targetGUID=_guid("source note", ref))
    _values(source, {**rows[0], "access": rows[0]["source_access"]}, OF_SOURCE)
    return source


def _selection(source: etree._Element, row: Row, start: int, end: int) -> None:
    ref, coders, day = _text(row["finding_id"]), _coders(row), _text(row["coded_on"])
    made = {"creatingUser": _guid("coder", coders[0]) if coders else "",
            "creationDateTime": f"{day}T00:00:00Z" if len(day) == 10 else ""}  # fmt: skip
    selection = _add(source, "PlainTextSelection", guid=_guid("finding", ref), name=ref, startPosition=str(start),
                     endPosition=str(end), **made)  # fmt: skip
    for guid in _codes(row):
        coding = _add(selection, "Coding", guid=_guid("coding", f"{ref}:{guid}"), **made)
        _add(coding, "CodeRef", targetGUID=guid)
    if row["note"]:
        _add(selection, "NoteRef", targetGUID=_guid("note", ref))


def _notes(sources: Mapping[str, list[Row]]) -> etree._Element:
    """Return each note as a memo, called as what it is a note on."""
    notes = _element("Notes")
    for ref, rows in sources.items():
        if text := _text(rows[0]["source_note"]):
            _note(notes, _guid("source note", ref), _text(rows[0]["title"]), text)
        for row in rows:
            if text := _text(row["note"]):
                finding = _text(row["finding_id"])
                _note(notes, _guid("note", finding), finding, text)
    return notes


def _note(notes: etree._Element, guid: str, name: str, text: str) -> None:
    _add(_add(notes, "Note", guid=guid, name=name), "PlainTextContent", text)


def _codes(row: Row) -> Iterator[str]:
    """Yield the identifiers of a finding's codes."""
    for facet, column in (("theme", "themes"), ("region", "regions")):
        yield from (_guid(facet, code) for code in str(row[column] or "").split(";") if code)
    levers, roles = (str(row[column] or "").split(";") for column in ("levers", "lever_roles"))
    yield from (_guid("lever", f"{lever}:{role}") for lever, role in zip(levers, roles, strict=True) if lever)
    yield from (_guid(facet, str(row[facet])) for facet in ("direction", "confidence"))
