"""How far the cells of a workbook's sheets reach, found before they are read.

A reader of sheets asks for memory for every cell up to the last one, whether filled or not, so that one cell in the
last corner would ask for 17 thousand million and end the process. What a sheet says of its own extent need not be
true; so the addresses of its cells are looked at, as quickly as that can be done.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from data.importing.readers.archive import Archive
from data.importing.readers.limits import FREE_TO_SPAN, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Watch

OVERLAP = 64
UNUSUAL = (re.compile(rb'<c\s(?!r="[A-Z]\d{1,5}"|[^>]{0,16}\Z)'), re.compile(rb":c\s"))
"""A cell that is not written plainly, or not within columns A to Z and rows 1 to 99,999, which may all be spanned.

One that a piece cuts off is judged in the next, which begins with the end of this one.
"""
FAR = re.compile(rb'r\s*=\s*["\'](?:([A-Z]{2,3})(\d{1,7})|[A-Z](\d{6,7}))')
ANY = re.compile(rb'r\s*=\s*["\']([A-Z]{1,3})(\d{1,7})')
CELL = re.compile(rb"[<:]c[\s>]")
SMALLEST_CELL = len(b"<c></c>")
"""Bytes that a cell takes at least where none is unusual: to count such cells takes as long as to read them."""


@dataclass
class Span:
    """The last column and row that any cell of a sheet has, and at most how many cells it fills."""

    columns: int = 0
    rows: int = 0
    filled: int = 0

    @property
    def too_much(self) -> str:
        """Return why the sheet may not be read; nothing where it may."""
        if self.columns > MOST_COLUMNS or self.rows > MOST_ROWS:
            return (f"reaches to column {letters(self.columns)} and row {self.rows:,}, where Excel has "
                    f"{MOST_COLUMNS:,} columns and {MOST_ROWS:,} rows; save it again")  # fmt: skip
        spanned = self.columns * self.rows
        if self.filled > MOST_CELLS or spanned > max(FREE_TO_SPAN, min(4 * self.filled, MOST_CELLS)):
            return (f"reaches to cell {letters(self.columns)}{self.rows}; clear what stands far from its table"
                    if self.filled <= MOST_CELLS else
                    f"holds {self.filled:,} cells, where at most {MOST_CELLS:,} are taken; split it")  # fmt: skip
        return ""


def far_sheet(archive: Archive, watch: Watch) -> str:
    """Return why one of a workbook's parts spans too much to be read as a sheet; nothing where all may be read."""
    done = 0
    for name in archive.names:
        span, filled = Span(), 0
        for piece in _overlapping(archive.pieces(name)):
            watch.tell(0.1 * done / max(archive.unpacked, 1), "looking over the workbook")
            done += len(piece)
            if any(pattern.search(piece) for pattern in UNUSUAL):
                _widen(span, piece)
                filled += len(CELL.findall(piece))
            else:
                filled += len(piece) // SMALLEST_CELL
        # Each cell is looked at only where it may be too far, or there may be too many.
        if (span.too_much or filled > MOST_CELLS) and (reason := _exact(archive, name, watch).too_much):
            return reason
    return ""


def _widen(span: Span, piece: bytes) -> None:
    """Take a piece with unusual cells into a span, which may come out wider than it is, and never narrower."""
    span.columns, span.rows = max(span.columns, 26), max(span.rows, 99_999)
    for column, row, far_row in FAR.findall(piece):
        span.columns = max(span.columns, number_of_column(column))
        span.rows = max(span.rows, int(row or far_row))


def _exact(archive: Archive, name: str, watch: Watch) -> Span:
    """Return how far a part's cells reach and how many it fills, each looked at."""
    exact = Span()
    for piece in _overlapping(archive.pieces(name)):
        watch.tell(0.1, "looking over the workbook")
        exact.filled += len(CELL.findall(piece))
        for column, row in set(ANY.findall(piece)):
            exact.columns = max(exact.columns, number_of_column(column))
            exact.rows = max(exact.rows, int(row))
    return exact


def _overlapping(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Yield pieces that each begin with the end of the one before, so that no address is cut in two."""
    end = b""
    for piece in pieces:
        yield end + piece
        end = piece[-OVERLAP:]


def number_of_column(letters: bytes) -> int:
    """Return which column letters name, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def letters(number: int) -> str:
    """Return the letters of a column, counted from 1."""
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
