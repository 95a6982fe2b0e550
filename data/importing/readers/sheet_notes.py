"""What a workbook says of a sheet's cells beside their values: hidden ones, formulas without a value, and errors."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data.importing.readers.archive import BROKEN, Archive
from data.importing.readers.limits import Watch
from data.importing.readers.markup import Receiver, stream

BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
WORTH_READING = re.compile(rb"hidden|<(?:\w+:)?f[\s/>]|[\s]t\s*=\s*[\"']e")
"""Where none of these stands in a sheet's XML, nothing is to be noted of it."""
TRUE = ("1", "true")
EXTENT = re.compile(rb'<(?:\w+:)?dimension\s+ref="[A-Z]{1,3}\d+:[A-Z]{1,3}(\d{1,7})"')
START = 4096
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class SheetNotes:
    """Rows and columns that are hidden; addresses of formulas without a value, and of errors with their kind."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unvalued: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)


def sheet_parts(archive: Archive) -> dict[str, str]:
    """Return the part of the archive that each sheet is in, by the sheet's name; raises Unreadable."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(attributes: dict[str, str]) -> None:
        sheets[attributes.get("name", "")] = attributes.get(RELATION, "")

    def link(attributes: dict[str, str]) -> None:
        targets[attributes.get("Id", "")] = attributes.get("Target", "")

    for part in (BOOK, LINKS):
        if part in archive.names:
            receiver = Receiver({"sheet": sheet, "Relationship": link}, {}, {})
            stream(archive.pieces(part), f"has a part {part} that", receiver)
    parts = {name: posixpath.normpath(posixpath.join("xl", targets.get(link, ""))) for name, link in sheets.items()}
    return {name: part.lstrip("/") for name, part in parts.items() if part.lstrip("/") in archive.names}


def rows_of(archive: Archive, part: str) -> int:
    """Return how many rows a sheet says it reaches over, which need not be true; 0 where it does not say."""
    if not part:
        return 0
    with archive.open(part) as opened:
        try:
            found = EXTENT.search(opened.read(START))
        except BROKEN:  # of which whoever reads the sheet itself tells
            return 0
    return int(found[1]) if found else 0


def notes_of(archive: Archive, part: str, watch: Watch) -> SheetNotes:
    """Return what is to be noted of a sheet's cells; its XML is parsed only where it holds such things at all."""
    reading = _NoteReading()
    if any(WORTH_READING.search(piece) for piece in archive.pieces(part)):
        begins = {"c": reading.cell, "f": reading.formula, "row": reading.row, "col": reading.column}
        receiver = Receiver(begins, {"c": reading.end}, {"v": reading.value, "t": reading.value})
        stream(_watched(archive.pieces(part), watch), f"has a part {part} that", receiver)
    return reading.notes


def _watched(pieces: Iterable[bytes], watch: Watch) -> Iterator[bytes]:
    for piece in pieces:
        watch.tell(0.2, "looking for hidden cells")
        yield piece


class _NoteReading:
    """Gathers the notes while a sheet's XML passes by."""

    def __init__(self) -> None:
        self.notes = SheetNotes()
        self._cell = self._kind = self._value = ""
        self._formula = False

    def cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._kind = attributes.get("r", "?"), attributes.get("t", "")
        self._formula, self._value = False, ""

    def formula(self, attributes: dict[str, str]) -> None:
        self._formula = True

    def value(self, text: str) -> None:
        self._value = text[:32]

    def end(self) -> None:
        if self._kind == "e":
            self.notes.errors.append((self._cell, self._value or "an error"))
        elif self._formula and not self._value and self._kind != "str":
            self.notes.unvalued.append(self._cell)

    def row(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden", "").lower() in TRUE and attributes.get("r", "").isdecimal():
            self.notes.hidden_rows.append(int(attributes["r"]))

    def column(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden", "").lower() in TRUE and first.isdecimal() and last.isdecimal():
            self.notes.hidden_columns.append((int(first), int(last)))
