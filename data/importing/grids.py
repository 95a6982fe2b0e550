"""The cells of a CSV file or of a workbook's sheets as rows of text, before anything is known of their meaning."""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

Grid = list[tuple[int, list[str]]]
"""Rows with their numbers as a spreadsheet counts them: a cell of several lines stands in one row."""

SHORTHAND = frozenset({"[x]", "[z]", "[c]"})
"""What a released spreadsheet writes in a cell that has no value; read back as empty."""
LONGEST_CELL = 10_000_000
MOST_CELLS = 30_000_000
"""Cells a sheet may span: a full sheet of 28 columns. One stray cell in the last corner would ask for 17 thousand
million, which ends the process."""
NOT_UTF8 = re.compile("[\udc80-\udcff]")
SPAN = re.compile(rb'<dimension ref="(?:[A-Z]+[0-9]+:)?([A-Z]+)([0-9]+)"')
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What zipfile raises of an archive that is broken, encrypted, or compressed in a way that it does not know."""
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files of Excel 97 begin, and password-protected ones of any Excel."""


class Unreadable(Exception):
    """A file cannot be read, or no further than a row; the message says why and what to do."""

    def __init__(self, reason: str, row: int | None = None) -> None:
        """Keep the row where reading ended."""
        super().__init__(reason)
        self.row = row


def csv_grid(contents: bytes) -> tuple[Grid, Unreadable | None]:
    """Return a CSV file's rows and, where it cannot be read to its end, why.

    A byte that is not UTF-8 stands in its cell as a lone surrogate, for `wrong_byte` to find.
    """
    # Without its mark too, UTF-16 shows itself: the first letter of a header has a zero byte beside it.
    if contents.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in contents[:2]:
        return [], Unreadable("is UTF-16, not UTF-8; save the file as CSV UTF-8")
    text = contents.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    grid: Grid = []
    try:
        # Strict, because a quotation mark without its pair would else swallow the rows below it in silence.
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
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

    def __init__(self, contents: bytes) -> None:
        """Open the workbook without reading its sheets."""
        if contents.startswith(OLE):
            raise Unreadable("is protected by a password or of an old Excel; save it as .xlsx without a password")
        try:
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(contents))
            for corner in _far_corners(contents):
                raise Unreadable(f"has a sheet that reaches to cell {corner}; clear what stands far from its table")
        except (CalamineError, *BROKEN_ARCHIVE) as error:
            raise Unreadable(f"is not a workbook that can be read ({error}); save it as .xlsx again") from error
        self.names = self._workbook.sheet_names

    def grid(self, sheet: str) -> Grid:
        """Return a sheet's rows, empty ones above its first cell included."""
        try:
            rows = self._workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise Unreadable(f"has a broken sheet {sheet} ({error}); save it as .xlsx again") from error
        return [(number, _texts(row)) for number, row in enumerate(rows, start=1)]


def _texts(row: list[object]) -> list[str]:
    """Return a row's cells as text; nearly all are text already, which is stripped without asking further."""
    cells = [cell.strip() if cell.__class__ is str else text_of(cell) for cell in row]  # type: ignore[attr-defined]
    return cells if SHORTHAND.isdisjoint(cells) else ["" if cell in SHORTHAND else cell for cell in cells]


def _far_corners(contents: bytes) -> Iterator[str]:
    """Yield the last cell of each sheet that spans too much to be read."""
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    span = SPAN.search(part.read(4096))
                if span and _column_number(span[1]) * int(span[2]) > MOST_CELLS:
                    yield (span[1] + span[2]).decode()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


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
