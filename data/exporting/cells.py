"""Values as cells of a spreadsheet: text that can never run, nothing lost unsaid, a blank never without its reason."""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from data import palette

LONGEST = 32_767
"""What a cell holds at most, in the UTF-16 units that Excel counts."""
ESCAPE_GROWS = 7
"""Escaped, one character takes this many at most."""
NOT_AVAILABLE, NOT_APPLICABLE, WITHHELD = "[x]", "[z]", "[c]"
CUT = " … [cut]"

FORMULA_STARTS = "=+-@\t\r"
"""What a spreadsheet, or one that reads a CSV made of this file, takes for the start of a formula (OWASP)."""
# Control characters but tab, line feed and carriage return, and what XML 1.0 has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Excel reads _xHHHH_ as the character of that number; with its underscore escaped, the text stays as it is.
READ_AS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
FIRST_DATE = dt.date(1900, 3, 1)
"""Earlier dates stay text: Excel's calendar counts a 29 February 1900 that never was."""
WEB_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?([/?#][\w.~:/?@!$&'()*+,;=%#-]*)?", re.ASCII)
LONGEST_ADDRESS = 2_000
EXACT = 10**15
"""Whole numbers from here on lose digits in a spreadsheet, so they are written as text."""

WRAPPED = Alignment(wrap_text=True, vertical="top")
LINK = Font(name="Calibri", color=palette.digits(palette.ACCENT), underline="single")

Maker = Callable[[object], object]
"""Turns a value into what a row of the sheet takes: plain text or number, or a cell."""


class CellKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    LINK = "link"
    ANY = "any"


@dataclass
class Changed:
    """What writing did to the text of a file, so that its Cover can say it."""

    characters: int = 0
    """Characters that a spreadsheet cannot hold, each replaced with U+FFFD."""
    cells: int = 0
    """Cells in which that happened."""
    cut: int = 0
    """Cells whose text was cut at the longest that a cell holds."""


def escaped(text: str) -> str:
    """Return a text as the file holds it, so that a reader gets the text itself, carriage returns included."""
    return READ_AS_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")


def length(text: str) -> int:
    """Return how much of a cell a text takes: UTF-16 units, escaped."""
    return len(escaped(text).encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str) -> list[str]:
    """Return a text as the pieces that fit a cell each; joined, they are the text.

    A cut falls between two characters that are not white space, if there are such, since readers trim cells.
    """
    found = []
    while length(text) > LONGEST:
        longest = _longest_start(text, LONGEST)
        cuts = (at for at in range(longest, longest // 2, -1) if not (text[at - 1].isspace() or text[at].isspace()))
        cut = next(cuts, longest)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _longest_start(text: str, units: int) -> int:
    """Return how many characters from the start of a text fit."""
    low, high = 0, min(len(text), units)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(text[:middle]) <= units else (low, middle - 1)
    return low


class CellMakers:
    """The makers of one sheet's cells; what they change in a text is added up in `changed`."""

    def __init__(self, sheet: WriteOnlyWorksheet, changed: Changed) -> None:
        self.sheet, self.changed = sheet, changed

    def maker(self, kind: CellKind, blank: str) -> Maker:
        """Return the maker for a column; None, empty text and NaN become `blank`.

        A maker gives the same cell object each time, since a new one for each value would cost more than writing it:
        use one maker a column.
        """
        makers = {
            CellKind.TEXT: self._text,
            CellKind.NUMBER: self._number,
            CellKind.SHARE: self._share,
            CellKind.DATE: self._date,
            CellKind.LINK: self._link,
            CellKind.ANY: self._any,
        }
        return makers[kind](blank)

    def cell(self, **styles: object) -> Cell:
        """Return a cell to write again and again, wrapped unless its styles say otherwise.

        It must have a style and keep it: openpyxl takes a cell without one for its own, and puts later values into it.
        """
        cell = WriteOnlyCell(self.sheet)
        for name, value in {"alignment": WRAPPED, **styles}.items():
            setattr(cell, name, value)
        return cell

    def safe(self, text: str) -> str:
        """Return a text as it may be written: unwritable characters replaced, escaped, cut where it is too long."""
        clean, replaced = UNWRITABLE.subn("\ufffd", text)
        self.changed.characters += replaced
        self.changed.cells += bool(replaced)
        if length(clean) > LONGEST:
            self.changed.cut += 1
            clean = clean[: _longest_start(clean, LONGEST - len(CUT))] + CUT
        return escaped(clean)

    def fill(self, cell: Cell, text: str) -> Cell:
        """Put a text into a cell as text, whatever it looks like."""
        cell.value = self.safe(text)
        cell.data_type = "s"
        return cell

    def _text(self, blank: str) -> Maker:
        as_text, quoted = self.cell(), self.cell(quotePrefix=True)

        def make(value: object) -> object:
            if value is None or value == "":
                return blank
            text = str(value)
            # Nearly every text passes here and stands as it is; the others are only looked at more closely.
            if text.isprintable() and text[0] not in "=+-@#" and len(text) < LONGEST // 2 and "_x" not in text:
                return text
            if text[0] in FORMULA_STARTS:
                return self.fill(quoted, text)
            return self.fill(as_text, text) if text in ERROR_CODES else self.safe(text)

        return make

    def _number(self, blank: str) -> Maker:
        exact = self.cell()

        def make(value: object) -> object:
            if not isinstance(value, int | float) or not math.isfinite(value):
                return blank
            if isinstance(value, float) and float(f"{value:.16g}") != value:
                exact.value, exact.data_type = repr(value), "n"  # its seventeenth digit is written too
                return exact
            return value if abs(value) < EXACT else str(value)

        return make

    def _share(self, blank: str) -> Maker:
        percent = self.cell(number_format="0%")

        def make(value: object) -> object:
            if value is None:
                return blank
            percent.value = value
            return percent

        return make

    def _date(self, blank: str) -> Maker:
        text = self._text(blank)

        def make(value: object) -> object:
            if isinstance(value, str) and not ISO_DATE.fullmatch(value):
                return text(value)
            try:
                date = dt.date.fromisoformat(value) if isinstance(value, str) else value
            except ValueError:
                return text(value)
            if not isinstance(date, dt.date) or _day(date) < FIRST_DATE:
                return text(value)
            return _day(date)

        return make

    def _link(self, blank: str) -> Maker:
        """Make cells of (text, address): a link where the address is a sound web address, else the text."""
        text, plain, quoted = self._text(blank), self.cell(font=LINK), self.cell(font=LINK, quotePrefix=True)

        def make(value: object) -> object:
            label, address = value if isinstance(value, tuple) else (value, "")
            if not label or not is_web_address(address):
                return text(label)
            linked = quoted if label[0] in FORMULA_STARTS else plain
            linked.hyperlink = Hyperlink(ref="", target=address)
            return self.fill(linked, label)

        return make

    def _any(self, blank: str) -> Maker:
        text, number, date = self._text(blank), self._number(blank), self._date(blank)

        def make(value: object) -> object:
            value = value.item() if hasattr(value, "item") else value
            if isinstance(value, bool):
                return "yes" if value else "no"
            if isinstance(value, int | float):
                return number(value)
            if isinstance(value, dt.datetime) and value.time() != dt.time():
                return text(value.isoformat(" ", "minutes"))
            return date(value) if isinstance(value, dt.date) else text(value)

        return make


def _day(date: dt.date) -> dt.date:
    return date.date() if isinstance(date, dt.datetime) else date


def is_web_address(address: str) -> bool:
    """Tell whether an address can be linked to: http or https, and only characters that stand in one."""
    return len(address) <= LONGEST_ADDRESS and bool(WEB_ADDRESS.fullmatch(address)) and address.count("#") < 2
