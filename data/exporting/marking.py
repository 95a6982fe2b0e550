"""A copy of a person's own workbook with its faulty cells marked, and a sheet that lists all that is wrong."""

import io
from collections.abc import Iterable, Sequence
from numbers import Integral

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from data import palette
from data.exporting.cells import FORMULA_STARTS, UNWRITABLE, escaped
from data.exporting.sheets import HEADER_FILL
from data.faults import FAULT_COLUMNS, Fault, ForPeople, fault_table
from data.filters.wording import number_of
from data.importing.readers.archive import BROKEN
from data.importing.readers.grids import csv_grid, is_utf8
from data.schema import HEADER_SEARCH_ROWS

AUTHOR = "Check"
FILLS = {
    False: PatternFill("solid", fgColor=palette.digits(palette.ERROR)),
    True: PatternFill("solid", fgColor=palette.digits(palette.WARNING)),
}
"""The ground of a cell with an error, and with a warning; its comment says which in words."""
SAYS = {False: "ERROR", True: "WARNING"}
WIDTHS = (11, 30, 14, 8, 18, 34, 90)
MOST_MARKED = 20_000
"""Cells that are marked, with a comment each; the sheet of faults lists all the same."""
LONGEST_COMMENT = 2_000
HEADER_FONT = Font(bold=True, color=palette.digits(palette.GROUND))


class CannotMark(ForPeople):
    """A file cannot be opened to be marked; the message says why."""


def marked_workbook(contents: bytes, faults: Iterable[Fault], file: str = "") -> bytes:
    """Return a copy of a workbook, or of a CSV file as one, with each faulty cell marked and a sheet that lists all.

    `faults` of other files than `file`, where that is given, are listed and not marked. A marked cell has a comment
    that begins with ERROR or WARNING, and a fill; one without a column is marked in the row's first cell. Values stay
    as they are; formulas are kept as formulas, and macros are not carried over. Raises CannotMark where the file
    cannot be opened.
    """
    listed = list(faults)
    book = _opened(contents)
    marks: dict[tuple[str, int, str], list[Fault]] = {}
    for fault in listed:
        if fault.row and not (file and fault.file != file):
            marks.setdefault((fault.sheet, fault.row, fault.column), []).append(fault)
    columns: dict[str, dict[str, int]] = {}
    for (sheet_name, row, column), found in list(marks.items())[:MOST_MARKED]:
        sheet = book[sheet_name] if sheet_name in book.sheetnames else book.worksheets[0] if not sheet_name else None
        if isinstance(sheet, Worksheet):
            at = columns.setdefault(sheet.title, _columns(sheet, {fault.column for fault in listed}))
            _mark(sheet, row, at.get(column, 1), found)
    _list(book, listed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _opened(contents: bytes) -> Workbook:
    if not contents.startswith(b"PK"):
        return _from_csv(contents)
    try:
        return load_workbook(io.BytesIO(contents))
    except (InvalidFileException, TypeError, *BROKEN) as error:
        raise CannotMark(f"the workbook cannot be opened to be marked ({error}); save it as .xlsx again") from error


def _from_csv(contents: bytes) -> Workbook:
    """Return a workbook with one sheet of a CSV file's cells, each as the text it is."""
    grid, ended = csv_grid(contents)
    if (ended and not grid) or not is_utf8(contents):
        raise CannotMark(f"the file cannot be opened to be marked: {ended or 'it is not UTF-8'}")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "File"
    for number, cells in grid:
        for place, text in enumerate(cells, start=1):
            if text:
                _write(sheet, number, place, text)
    return book


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = escaped(UNWRITABLE.sub("\ufffd", text))[:32_767]
    cell.data_type = "s"
    if text[:1] in FORMULA_STARTS:
        cell.quotePrefix = True


def _columns(sheet: Worksheet, wanted: set[str]) -> dict[str, int]:
    """Return where each column stands, by the row among the first that names most of those at fault."""
    best: dict[str, int] = {}
    for row in sheet.iter_rows(max_row=HEADER_SEARCH_ROWS, values_only=True):
        names = {str(value).strip(): place for place, value in reversed(list(enumerate(row, start=1))) if value}
        if len(names.keys() & wanted) > len(best.keys() & wanted):
            best = names
    return best


def _mark(sheet: Worksheet, row: int, column: int, faults: Sequence[Fault]) -> None:
    cell = _anchor(sheet, row, column)
    said = "\n".join(f"{SAYS[fault.warning]}: {fault.reason}" for fault in faults)
    earlier = f"\n\nEarlier comment: {cell.comment.text}" if cell.comment else ""
    text = UNWRITABLE.sub("\ufffd", said + earlier)
    comment = Comment(text[:LONGEST_COMMENT], AUTHOR)
    comment.width, comment.height = 360, 40 + 18 * (len(text) // 55 + text.count("\n") + 1)
    cell.comment = comment
    cell.fill = FILLS[all(fault.warning for fault in faults)]


def _anchor(sheet: Worksheet, row: int, column: int):  # type: ignore[no-untyped-def]
    """Return the cell, or where cells are merged over it the one that holds their value."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _list(book: Workbook, faults: Sequence[Fault]) -> None:
    """Put a sheet of all faults first, each text as text."""
    name = next(n for n in ("Faults", *(f"Faults ({k})" for k in range(2, 99))) if n not in book.sheetnames)
    sheet = book.create_sheet(name, 0)
    errors = sum(not fault.warning for fault in faults)
    _write(sheet, 1, 1, "What is wrong in this file")
    sheet["A1"].font = Font(bold=True, size=15, color=palette.digits(palette.ACCENT))
    warnings = number_of(len(faults) - errors, "warning")
    _write(sheet, 2, 1, f"{number_of(errors, 'error')}, which stop a load; {warnings}, which do not.")
    marked = f"The first {MOST_MARKED:,} faulty cells are" if len(faults) > MOST_MARKED else "Each faulty cell is"
    _write(sheet, 3, 1, f"{marked} marked in its sheet by a fill and a comment. Correct them and load the file again.")
    for place, (header, width) in enumerate(zip(FAULT_COLUMNS, WIDTHS, strict=True), start=1):
        _write(sheet, 4, place, header)
        sheet.cell(4, place).font, sheet.cell(4, place).fill = HEADER_FONT, HEADER_FILL
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, values in enumerate(fault_table(faults).itertuples(index=False, name=None), start=5):
        for place, value in enumerate(values, start=1):
            if isinstance(value, Integral):
                sheet.cell(number, place).value = int(value)
            else:
                _write(sheet, number, place, str(value) if isinstance(value, str) and value else "[z]")
            sheet.cell(number, place).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A5"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
