"""REFI-QDA projects written by hand, as programs write them and as they should not."""

import io
import zipfile
from collections.abc import Mapping

from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawFile, RawTable

NAMESPACE = "urn:QDA-XML:project:1.0"
USERS = '<Users><User guid="U1" name="Ann"/><User guid="U2" id="B."/></Users>'
CODES = (
    '<CodeBook><Codes><Code guid="C1" name="Places" isCodable="true"><Description>Where people meet</Description>'
    '<Code guid="C2" name="Libraries"/></Code><Code guid="C3" name="Transport"/></Codes></CodeBook>'
)
TEXT = "The hall reopened. Nobody came by bus."


def archived(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def project(inside: str, namespace: str = NAMESPACE, attributes: str = 'name="Halls"') -> str:
    """Return a project's XML."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{namespace}" {attributes}>{inside}</Project>'


def selection(start: int, end: int, inside: str = '<Coding><CodeRef targetGUID="C2"/></Coding>', more: str = "") -> str:
    """Return one selection of a text."""
    given = f'guid="S{start}" startPosition="{start}" endPosition="{end}" {more}'
    return f"<PlainTextSelection {given}>{inside}</PlainTextSelection>"


def source(inside: str, path: str = "internal://t.txt", more: str = 'name="Workshop"') -> str:
    """Return the sources with one text."""
    return f'<Sources><TextSource guid="T1" plainTextPath="{path}" {more}>{inside}</TextSource></Sources>'


def read(xml: str, parts: Mapping[str, str | bytes] | None = None, entry: str = "project.qde") -> RawFile:
    """Read a project with these further parts, or with the usual text."""
    given = {"sources/t.txt": TEXT} if parts is None else parts
    return read_any("halls.qdpx", archived({entry: xml, **given}))


def table(file: RawFile, sheet: str) -> RawTable:
    """Return a table by its name."""
    return next(table for table in file.tables if table.sheet == sheet)


def column(file: RawFile, name: str, sheet: str = "Selections") -> list[str]:
    """Return a column of a table."""
    held = table(file, sheet)
    return [cells[held.columns.index(name)] for _, cells in held.rows]


def said(file: RawFile) -> list[str]:
    """Return what is said to be wrong, in lines."""
    return [str(fault) for fault in file.faults]
