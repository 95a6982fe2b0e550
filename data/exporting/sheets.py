"""A workbook written row by row: each sheet a title, a sentence, notes, and one real table with a name."""

import math
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from data import palette
from data.exporting.cells import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    UNWRITABLE,
    WRAPPED,
    CellKind,
    CellMakers,
    Changed,
    escaped,
)
from data.filters.wording import number_of

HEADER_ROW = 4
"""Where the header of a table stands that has nothing to be read before it but title, sentence and notes."""
LINE = 15
"""The height of a line of text, in points."""
A4 = 9
PRINTED_WIDTH = 200
"""Sheets no wider than this, in characters, are printed at the width of the paper."""
NARROW, MANY = 20, 8
"""A first column no wider than the one stays in sight where there are at least as many columns as the other."""
LONGEST_SHEET_NAME = 31
LONGEST_HEADER = 250
FULL = 0.9
"""How much of a column's width a wrapped line fills, words being broken where they end."""
HIGHEST = 400
"""Points: Excel makes no row higher than 409."""
MARGINS = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.75, header=0.3, footer=0.3)
SMALL = 7
"""Points of what stands at the head and foot of a printed page."""
LONGEST_FOOT = 255
"""Letters that all of a head or a foot may take in Excel, with its codes."""
PAGES = "&A, page &P of &N"
SHORTHAND = f"{NOT_AVAILABLE} not available, {NOT_APPLICABLE} not applicable."
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
LIKE_A_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*")
"""What no table can be called, since a formula would take it for a cell: T1, R1C1."""
RESERVED_SHEET_NAMES = ("history",)

SIZE = 11
"""Points of ordinary text."""
TITLE = Font(name="Calibri", bold=True, size=15, color=palette.digits(palette.ACCENT))
HEADER_FONT = Font(name="Calibri", bold=True, color=palette.digits(palette.GROUND))
HEADER_FILL = PatternFill("solid", fgColor=palette.digits(palette.ACCENT))
ANSWER = Font(name="Calibri", bold=True, size=13)
ONE_LINE = Alignment(wrap_text=False, vertical="top")


@dataclass(frozen=True)
class SheetColumn:
    """One column of a table: its header, what it holds, how it is written, and why a cell of it may be blank."""

    name: str
    meaning: str
    width: int = 14
    kind: CellKind = CellKind.TEXT
    blank: str = NOT_AVAILABLE


class TableSheet:
    """A sheet with one table, filled a row at a time; `close` it when the last row is in."""

    def __init__(
        self,
        sheet: WriteOnlyWorksheet,
        table: str,
        columns: Sequence[SheetColumn],
        above: Sequence[str],
        height: int,
        changed: Changed,
        to_be_read: bool = False,
    ) -> None:
        self.sheet, self.table, self.title = sheet, table, above[0]
        self.rows, self.header_row = 0, len(above) + 1
        self.widths, self.to_be_read = [column.width for column in columns], to_be_read
        self.cells = CellMakers(sheet, changed)
        self.makers = [self.cells.maker(column.kind, column.blank) for column in columns]
        self.headers = _unlike(column.name for column in columns)
        lay_out(sheet, self.widths)
        freeze = "B" if columns[0].width <= NARROW and len(columns) >= MANY else "A"
        if not to_be_read:  # what is read before its table is too high to stay in sight
            sheet.freeze_panes = f"{freeze}{self.header_row + 1}"
        sheet.print_title_rows = f"{self.header_row}:{self.header_row}"
        # Excel fits each row to its text; LibreOffice gives those without a height of their own the sheet's.
        sheet.sheet_format.defaultRowHeight = LINE * height
        fonts = (TITLE, ANSWER) if to_be_read else (TITLE,)
        for row, (line, font) in enumerate(zip_longest(above, fonts), start=1):
            self._write_above(row, line, font)
        sheet.row_dimensions[self.header_row].height = LINE * 2
        header = [self.cells.cell(font=HEADER_FONT, fill=HEADER_FILL) for _ in columns]
        sheet.append([self.cells.fill(cell, name) for cell, name in zip(header, self.headers, strict=True)])

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return str(self.sheet.title)

    def _write_above(self, row: int, line: str, font: Font | None) -> None:
        """Write a line above the table: beside nothing, so that it may run over; one to be read is wrapped instead."""
        larger = font.size / SIZE if font else 1
        lines = lines_of(line, self.widths[0] / larger) if self.to_be_read else 1
        self.sheet.row_dimensions[row].height = LINE * larger * lines
        styles = {"alignment": WRAPPED if self.to_be_read else ONE_LINE, **({"font": font} if font else {})}
        self.sheet.append([self.cells.fill(self.cells.cell(**styles), line)])

    def add(self, values: Sequence[object]) -> None:
        """Write one row, a value for each column; in a table to be read it is as high as its longest text needs."""
        if self.to_be_read:
            texts = [value[0] if isinstance(value, tuple) else value for value in values]
            needed = max(lines_of(str(text), width) for text, width in zip(texts, self.widths, strict=True))
            self.sheet.row_dimensions[self.header_row + self.rows + 1].height = min(HIGHEST, LINE * needed + 3)
        self.sheet.append([make(value) for make, value in zip(self.makers, values, strict=True)])
        self.rows += 1

    def fill(self, rows: Iterable[Sequence[object]]) -> None:
        """Write all rows and make them a table."""
        for row in rows:
            self.add(row)
        self.close()

    def close(self) -> None:
        """Make the rows a table; without a row one of [z] stands in, since a table cannot be without."""
        if not self.rows:
            self.sheet.append([NOT_APPLICABLE] * len(self.headers))
        last = f"{get_column_letter(len(self.headers))}{self.header_row + max(self.rows, 1)}"
        table = Table(displayName=self.table, ref=f"A{self.header_row}:{last}")
        table.tableColumns = [
            TableColumn(id=place, name=escaped(name)) for place, name in enumerate(self.headers, start=1)
        ]
        table.autoFilter = AutoFilter(ref=table.ref)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        self.sheet.tables.add(table)  # add_table would warn that columns are wanting, which are given


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of this width, in characters."""
    return sum(max(1, math.ceil(len(line) / (width * FULL))) for line in text.split("\n"))


def lay_out(sheet: WriteOnlyWorksheet, widths: Sequence[int]) -> None:
    """Give a sheet its columns, in characters, and the paper it is printed on."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.page_margins = MARGINS
    sheet.oddFooter.center.text = PAGES
    if sum(widths) <= PRINTED_WIDTH:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0


class Book:
    """A workbook in the making; its sheets stand in the order they were asked for, whichever is filled first."""

    def __init__(self) -> None:
        self.file = Workbook(write_only=True)
        self.changed = Changed()
        self.tables: list[TableSheet] = []

    def describe(self, title: str, organisation: str, keywords: str, description: str) -> None:
        """Set the properties of the document."""
        properties = self.file.properties
        properties.title, properties.creator, properties.keywords = title, organisation, keywords
        properties.description, properties.language = description, "en-GB"

    def sign(self, name: str, version: str, whence: str) -> None:
        """Say on every printed page of which evidence it is: name and version at its foot, who coded it at its head.

        Call it when the last sheet is there. What is longer than Excel takes is cut.
        """
        for sheet in self.file.worksheets:
            sheet.HeaderFooter.scaleWithDoc = False  # a wide sheet is made small to fit its paper; this stays readable
            foot, head = sheet.oddFooter, sheet.oddHeader
            foot.left.text, foot.right.text, head.left.text = _beside(name), _beside(version), _beside(whence, 1)
            for part in (foot.left, foot.center, foot.right, head.left):
                part.size = SMALL

    def table(
        self,
        name: str,
        title: str,
        about: str,
        columns: Sequence[SheetColumn],
        rows: int,
        notes: str,
        height: int = 2,
        before: Sequence[str] = (),
    ) -> TableSheet:
        """Return a new sheet with one table; `name` is made a valid sheet name that no other sheet has.

        `about` is one sentence on what the table is; `rows` how many there will be, `height` how many lines of text
        most of them take. With `before`, lines to be read between the title and what the table is, all of the sheet is
        laid out to be read: wrapped, as high as its texts, at the width of the paper.
        """
        sheet_name = self._sheet_name(name)
        held = f"One table, with {number_of(rows, 'row')}." if rows else "One table, with no row: [z] stands for it."
        above = (title, *before, about, f"{held} {SHORTHAND} {notes}")
        made, read = self.file.create_sheet(sheet_name), bool(before)
        # A text to be read stands on a sheet of data too, where what is changed in it is counted.
        changed = Changed() if read else self.changed
        sheet = TableSheet(made, self._table_name(sheet_name), columns, above, height, changed, read)
        self.tables.append(sheet)
        return sheet

    def save(self, out: BinaryIO) -> None:
        """Write the file; the first sheet is the one it opens at, in its first cell."""
        _wrap_unless_told(self.file)
        self.file.active = 0
        self.file.save(out)

    def close(self) -> None:
        """Remove the rows that openpyxl put aside for a file that was never saved."""
        for sheet in self.file.worksheets:
            if not sheet.closed:
                with suppress(OSError):
                    sheet.close()
                sheet._writer.cleanup()

    def _sheet_name(self, wanted: str) -> str:
        taken = {*(name.casefold() for name in self.file.sheetnames), *RESERVED_SHEET_NAMES}
        wanted = " ".join(NOT_IN_SHEET_NAMES.sub(" ", wanted).split()).strip("'") or "Table"
        number, name = 1, _shortened(wanted, LONGEST_SHEET_NAME)
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = _shortened(wanted, LONGEST_SHEET_NAME - len(ending)) + ending
        return name

    def _table_name(self, wanted: str) -> str:
        taken = {sheet.table for sheet in self.tables}
        stem = re.sub(r"\W+", "_", wanted, flags=re.ASCII).strip("_").lower()
        if not stem[:1].isalpha() or LIKE_A_CELL.fullmatch(stem):
            stem = f"table_{stem}".rstrip("_")
        return next(name for name in (stem, *(f"{stem}_{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def _beside(text: str, parts: int = 3) -> str | None:
    """Return text as a head or a foot of so many parts has it: one line, its ampersands no codes, cut to its room."""
    line = UNWRITABLE.sub("\ufffd", " ".join(text.split()))[:LONGEST_FOOT]
    room = LONGEST_FOOT // parts - len(f"&L&{SMALL} ")
    while len(line) + line.count("&") > room:
        line = f"{line.removesuffix('…')[:-1].rstrip()}…"
    return line.replace("&", "&&") or None


def _wrap_unless_told(file: Workbook) -> None:
    """Make wrapped text the way of every cell whose style does not say how to align it, and of those without style.

    openpyxl has no public way to say so. Giving each cell a style instead makes a large workbook take two thirds
    longer to write.
    """
    wrapped = file._alignments.add(WRAPPED)
    for style in file._cell_styles:
        style.alignmentId = style.alignmentId or wrapped
    file._named_styles["Normal"].alignment = WRAPPED


def _shortened(name: str, units: int) -> str:
    while len(name.encode("utf-16-le", "replace")) // 2 > units:
        name = name[:-1]
    return name.strip(" '")


def _unlike(names: Iterable[object]) -> list[str]:
    """Return headers of one line each, none empty and no two alike, as a table needs them."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        line = UNWRITABLE.sub("\ufffd", " ".join(str(name).split()))[:LONGEST_HEADER] or f"column {place}"
        header, number, taken = line, 1, {other.casefold() for other in found}
        while header.casefold() in taken:
            number += 1
            header = f"{line} ({number})"
        found.append(header)
    return found
