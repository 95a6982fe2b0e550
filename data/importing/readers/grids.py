"""The cells of a CSV file or of a workbook's sheets as rows of text, before anything is known of their meaning."""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from functools import partial

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.faults import Unreadable
from data.importing.readers.archive import Archive
from data.importing.readers.limits import Watch
from data.importing.readers.spans import far_sheet
from data.importing.readers.waiting import waited_for

Grid = list[tuple[int, list[str]]]
"""Rows with their numbers as a spreadsheet counts them: a cell of several lines stands in one row."""

SHORTHAND = frozenset({"[x]", "[z]", "[c]"})
"""What a released spreadsheet writes in a cell that has no value; read back as empty."""
LONGEST_CELL = 10_000_000
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files of Excel 97 begin, and password-protected ones of any Excel."""
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OLD_WORKBOOK = "Workbook".encode("utf-16-le")
NOT_UTF8 = re.compile("[\udc80-\udcff]")


def csv_grid(contents: bytes, watch: Watch | None = None) -> tuple[Grid, Unreadable | None]:
    """Return a CSV file's rows and, where it cannot be read to its end, why; `watch` is told how far it is.

    A byte that is not UTF-8 stands in its cell as a lone surrogate, for `wrong_byte` to find.
    """
    # Without its mark too, UTF-16 shows itself: the first letter of a header has a zero byte beside it.
    if contents.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in contents[:2]:
        return [], Unreadable("is UTF-16, not UTF-8; save the file as CSV UTF-8")
    text = contents.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    grid: Grid = []
    watch, lines = watch or Watch(), io.StringIO(text, newline="")
    try:
        # Strict, because a quotation mark without its pair would else swallow the rows below it in silence.
        for number, row in enumerate(csv.reader(lines, strict=True), start=1):
            if not number % 1000:
                watch.tell(lines.tell() / len(text), f"reading row {number:,}")
            cells = [cell.strip() for cell in row]
            grid.append((number, cells if SHORTHAND.isdisjoint(cells) else [text_of(cell) for cell in cells]))
    except csv.Error as error:
        reason = f"is not CSV from here on ({error}); see that every quotation mark has its pair"
        return grid, Unreadable(reason, len(grid) + 1)
    return grid, None


def is_utf8(contents: bytes) -> bool:
    """Tell whether all of a file's bytes are UTF-8."""
    try:
        contents.decode()
    except UnicodeDecodeError:
        return False
    return True


def wrong_byte(cell: str) -> str:
    """Return the first byte of a cell that is not UTF-8, as 0xE9; nothing where all of it is."""
    found = NOT_UTF8.search(cell)
    return f"0x{ord(found[0]) - 0xDC00:02X}" if found else ""


class Workbook:
    """An .xlsx file's sheets, read one at a time; raises Unreadable where it is no workbook, or a sheet is broken."""

    def __init__(self, contents: bytes, watch: Watch | None = None) -> None:
        """Open the workbook without reading its sheets, within the limits of what a file may ask of this machine."""
        watch = watch or Watch()
        if contents.startswith(OLE):
            raise Unreadable(old_excel(contents))
        if not contents.startswith(b"PK"):
            raise Unreadable("is not a workbook that can be read (it is no ZIP archive); save it as .xlsx again")
        self.archive = Archive(contents)
        if reason := far_sheet(self.archive, watch):
            raise Unreadable(f"has a sheet that {reason}")
        try:
            opening = partial(CalamineWorkbook.from_filelike, io.BytesIO(contents))
            self._workbook = waited_for(opening, watch, 0.1, "opening the workbook")
        except CalamineError as error:
            raise Unreadable(f"is not a workbook that can be read ({error}); save it as .xlsx again") from error
        self._watch = watch
        self.names = self._workbook.sheet_names
        self.kinds = {sheet.name: (sheet.typ, sheet.visible) for sheet in self._workbook.sheets_metadata}

    def sheet(self, name: str, said: str = "") -> CalamineSheet:
        """Return a sheet as calamine has it, with the ranges of its merged cells; raises Unreadable and Cancelled.

        Calamine reads a sheet whole in one call, of several seconds for a million rows; `said` is told meanwhile.
        """
        try:
            reading = partial(self._workbook.get_sheet_by_name, name)
            return waited_for(reading, self._watch, 0.3, said or f"reading sheet {name}")
        except CalamineError as error:
            raise Unreadable(f"has a broken sheet {name} ({error}); save it as .xlsx again") from error

    def grid(self, sheet: str) -> Grid:
        """Return a sheet's rows, empty ones above its first cell included; raises Unreadable."""
        rows = self.sheet(sheet).to_python(skip_empty_area=False)
        return [(number, _texts(row)) for number, row in enumerate(rows, start=1)]


def _texts(row: Sequence[object]) -> list[str]:
    """Return a row's cells as text; nearly all are text already, which is stripped without asking further."""
    cells = [cell.strip() if isinstance(cell, str) else text_of(cell) for cell in row]
    return cells if SHORTHAND.isdisjoint(cells) else ["" if cell in SHORTHAND else cell for cell in cells]


def old_excel(contents: bytes) -> str:
    """Say what a file is that begins as files of Excel 97 and password-protected ones do, and what to do."""
    if ENCRYPTED_PACKAGE in contents:
        return "is protected by a password; save it as .xlsx without one"
    if OLD_WORKBOOK in contents:
        return "is a workbook of an old Excel (.xls); save it as .xlsx"
    return "is protected by a password or of an old Excel; save it as .xlsx without a password"


def text_of(cell: object) -> str:
    """Return a cell as the text a CSV file would hold: dates as 2026-11-23, whole numbers without a point."""
    if isinstance(cell, str):
        stripped = cell.strip()
        return "" if stripped in SHORTHAND else stripped
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell)
